"""Gzip-compressed data as a stream: decompressed piece by piece in bounded memory, past damage if need be.

A gzip file is a row of members; web archives have one for each record. Where one is damaged the stream ends, `damage`
says why, and `resume` goes on behind it, so that one bad record does not cost the others.
"""

from __future__ import annotations

import zlib

from dragoman.text.stream import Stream

MAGIC = b"\x1f\x8b"
_MEMBER = b"\x1f\x8b\x08"
_PIECE = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS


class Gunzip:
    """What a stream of gzip data holds. `damage` is None, or why the data ended before their time."""

    def __init__(self, packed: Stream) -> None:
        self._packed = packed
        self._waiting = b""  # packed, not yet decompressed
        self._ready = b""  # decompressed
        self._at = 0  # of which so much was read
        self._member: zlib._Decompress | None = None
        self.damage: str | None = None

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none only at the end or at damage."""
        return self._take(size) if self._filled() else b""

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes."""
        parts: list[bytes] = []
        while size > 0 and self._filled():
            end = self._ready.find(b"\n", self._at) + 1 or len(self._ready)
            parts.append(self._take(min(end - self._at, size)))
            size -= len(parts[-1])
            if parts[-1].endswith(b"\n"):
                break
        return b"".join(parts)

    def _filled(self) -> bool:
        """Whether there is something to take, after decompressing more if need be."""
        if self._at == len(self._ready):
            self._ready, self._at = self._more(), 0
        return bool(self._ready)

    def _take(self, size: int) -> bytes:
        taken = self._ready[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def resume(self) -> bool:
        """Goes on at the next member behind the damage; False if there is none."""
        self._member, self.damage = None, None
        self._waiting = self._waiting[1:]  # the damaged member's own beginning is not the next one
        while True:
            if (start := self._waiting.find(_MEMBER)) >= 0:
                self._waiting = self._waiting[start:]
                return True
            self._waiting = self._waiting[-len(_MEMBER) + 1 :]
            if not (piece := self._packed.read(_PIECE)):
                self._waiting = b""
                return False
            self._waiting += piece

    def _more(self) -> bytes:
        """The next decompressed bytes, across the borders of members."""
        while self.damage is None:
            if not self._waiting:
                self._waiting = self._packed.read(_PIECE)
            if self._member is None and not self._opened():
                return b""
            if data := self._decompressed():
                return data
        return b""

    def _opened(self) -> bool:
        """Begins a member; False at the end, zero bytes as padding included."""
        while self._waiting.startswith(b"\0"):
            self._waiting = self._waiting.lstrip(b"\0") or self._packed.read(_PIECE)
        if not self._waiting:
            return False
        self._member = zlib.decompressobj(_GZIP)
        return True

    def _decompressed(self) -> bytes:
        assert self._member is not None
        at_end = not self._waiting
        try:
            data = self._member.decompress(self._waiting, _PIECE)
        except zlib.error as problem:
            self.damage = f"the gzip data are damaged ({str(problem).partition(': ')[2] or problem})"
            return b""
        self._waiting = self._member.unconsumed_tail
        if self._member.eof:
            self._waiting, self._member = self._member.unused_data, None
        elif at_end and not data:
            self.damage = "the gzip data end before they are complete"
        return data
