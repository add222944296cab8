"""A stream of bytes whose beginning can be looked at before it is read."""

from __future__ import annotations

from typing import Protocol

_CHUNK = 1 << 20
HEAD = 1 << 16
BLANK = b" \t\r\n\x0b\x0c"
UTF8_MARK = b"\xef\xbb\xbf"
"""What may stand in front of a text in UTF-8."""


class Source(Protocol):
    """What bytes come from: a file, a pipe, memory, a decompressor."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none only at the end."""

    def readline(self, size: int, /) -> bytes:
        """The next line with its line feed, or its first `size` bytes."""


class Unpacks(Source, Protocol):
    """A decompressor. `damage` is None, or why the data ended before their time."""

    damage: str | None


class Stream:
    """Bytes read once, from a file, a pipe or memory; `head` holds the first ones (at most `HEAD`) until they are read."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.head = self._pull(HEAD)

    def read(self, limit: int) -> bytes:
        """The next bytes, up to `limit`; fewer only at the end."""
        taken, self.head = self.head[:limit], self.head[limit:]
        return taken + self._pull(limit - len(taken)) if len(taken) < limit else taken

    def read_line(self, limit: int) -> bytes:
        """The next line with its line feed, or its first `limit` bytes; empty at the end."""
        cut = self.head.find(b"\n") + 1 or len(self.head)
        cut = min(cut, limit)
        line, self.head = self.head[:cut], self.head[cut:]
        if line.endswith(b"\n") or len(line) == limit:
            return line
        return line + self._source.readline(limit - len(line))

    def skip_line(self) -> None:
        """Passes over the rest of the line."""
        while (part := self.read_line(_CHUNK)) and not part.endswith(b"\n"):
            pass

    def skip(self, count: int) -> int:
        """Passes over so many bytes; gives how many there were."""
        passed = 0
        while passed < count and (part := self.read(min(count - passed, _CHUNK))):
            passed += len(part)
        return passed

    def unread(self, data: bytes) -> None:
        """Puts bytes back, to be read next."""
        self.head = data + self.head

    def _pull(self, limit: int) -> bytes:
        """Pipes give less than was asked for; this asks until it has `limit` bytes or the end is reached."""
        parts = []
        while limit > 0 and (part := self._source.read(min(limit, _CHUNK))):
            parts.append(part)
            limit -= len(part)
        return b"".join(parts)
