"""Zstandard-compressed data as a stream in bounded memory: the only door to the library that unpacks them.

Python has it from 3.14 on; before, `pip install 'dragoman[archive]'` brings it.
"""

from __future__ import annotations

import importlib
from typing import Any

from dragoman.errors import MissingLibrary
from dragoman.text.stream import Stream

MAGIC = b"\x28\xb5\x2f\xfd"
_HOMES = ("compression.zstd", "backports.zstd")


class Unzstd:
    """What a stream of Zstandard data holds. `damage` is None, or why the data ended before their time.

    Raises MissingLibrary where nothing is installed that unpacks them.
    """

    def __init__(self, packed: Stream) -> None:
        library = _library()
        self._errors: tuple[type[Exception], ...] = (library.ZstdError, EOFError)
        self._unpacked = library.ZstdFile(_Readable(packed))
        self.damage: str | None = None

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none only at the end or at damage."""
        return self._taken(self._unpacked.read, size)

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes; a line that damage cuts off is not given."""
        return self._taken(self._unpacked.readline, size)

    def _taken(self, take: Any, size: int) -> bytes:
        if self.damage is not None:
            return b""
        try:
            found: bytes = take(size)
        except self._errors as problem:
            cut = isinstance(problem, EOFError)
            self.damage = "the zstd data end before they are complete" if cut else f"the zstd data are damaged ({problem})"
            return b""
        return found


class _Readable:
    """A stream with the one method that the library asks for."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""
        return self._stream.read(size if size >= 0 else 1 << 16)


def _library() -> Any:
    for home in _HOMES:
        try:
            return importlib.import_module(home)
        except ImportError:
            continue
    raise MissingLibrary(
        "files ending in .zst need the library backports.zstd, which is not installed; run `pip install 'dragoman[archive]'`"
    )
