"""Every error that dragoman raises: what was found, what was expected, what to do next."""

from __future__ import annotations


class DragomanError(Exception):
    """The base of all: its text is one line that a user can act on."""


class InputError(DragomanError):
    """Something about the input: `where` names the file and, if there is one, the line."""

    def __init__(self, where: str, found: str, remedy: str) -> None:
        super().__init__(f"{where}: {found}; {remedy}")
        self.where = where
        self.found = found
        self.remedy = remedy


class WeightsError(DragomanError):
    """The language model cannot be opened."""


class SchemaError(DragomanError):
    """A JSON reading does not follow the schema."""


class StoreError(DragomanError):
    """Something about where a case is kept: `where` names the file or the database."""

    def __init__(self, where: str, found: str, remedy: str) -> None:
        super().__init__(f"{where}: {found}; {remedy}")
        self.where = where
        self.found = found
        self.remedy = remedy


class QueryError(DragomanError):
    """A search asks for nothing, or for more than can be asked at once."""


class MissingLibrary(DragomanError):
    """A library lacks that an extra brings; the text says which, and how to get it."""
