"""Every error that dragoman raises: what was found, what was expected, what to do next."""

from __future__ import annotations


class DragomanError(Exception):
    """The base of all: its text is one line that a user can act on."""


class LocatedError(DragomanError):
    """An error that tells three things: where it is, what was found there, and what to do."""

    def __init__(self, where: str, found: str, remedy: str) -> None:
        super().__init__(f"{where}: {found}; {remedy}")
        self.where = where
        self.found = found
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[LocatedError], tuple[str, str, str], dict[str, object]]:
        """Errors travel between processes, and are made again from what they were made of."""
        return type(self), (self.where, self.found, self.remedy), self.__dict__


class InputError(LocatedError):
    """Something about the input: `where` names the file and, if there is one, the line."""


class WeightsError(DragomanError):
    """The language model cannot be opened."""


class SchemaError(DragomanError):
    """A JSON reading does not follow the schema."""


class StoreError(LocatedError):
    """Something about where a case or an output is kept: `where` names the file or the database."""


class ClusterError(LocatedError):
    """Something about the computers that share the work: `where` names the cluster or the node."""


class QueryError(DragomanError):
    """A search asks for nothing, or for more than can be asked at once."""


class MissingLibrary(DragomanError):
    """A library lacks that an extra brings; the text says which, and how to get it."""
