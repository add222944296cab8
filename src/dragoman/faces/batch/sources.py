"""What an archive is made of: files, folders, and addresses that fsspec opens, listed in a fixed order and opened one by one.

A folder gives its files in the order of their names; an address may name one file, a folder, or a pattern with `*`. The only file that
imports fsspec, which `pip install 'dragoman[archive]'` brings; storage systems need their own library beside it (s3fs, gcsfs, adlfs).
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit, urlunsplit

from dragoman.errors import InputError, MissingLibrary
from dragoman.faces import inputs

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,30}:{1,2}[a-z/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Input:
    """One file: `name` is what messages and tables call it, `size` its bytes as they are stored.

    `changed` is when it was last changed, or the tag that its store gives it; "" if neither is known. `path` is how it is opened: for
    an address with a password in it, the name leaves that out.
    """

    name: str
    size: int
    changed: str
    path: str = field(repr=False)
    is_address: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """All inputs in order; what cannot be one, with the reason; and what was passed over in folders."""

    inputs: tuple[Input, ...]
    problems: tuple[InputError, ...]
    passed: Counter[str]

    @property
    def size(self) -> int:
        """Bytes of all inputs as they are stored."""
        return sum(one.size for one in self.inputs)


def listed(names: Sequence[str]) -> Listing:
    """What the names stand for, each file once. Raises MissingLibrary where an address needs a library that lacks."""
    passed: Counter[str] = Counter()
    found: dict[str, Input] = {}
    problems: list[InputError] = []
    for name in names:
        for item in _named(name, passed):
            if isinstance(item, Input):
                found.setdefault(item.path, item)
            else:
                problems.append(item)
    return Listing(tuple(found.values()), tuple(problems), passed)


def is_address(name: str) -> bool:
    """Whether a name is an address ("s3://bucket/key") and no path."""
    return _ADDRESS.match(name) is not None and not os.path.exists(name)


def opened(one: Input) -> BinaryIO:
    """The file, to be read from its beginning. Raises InputError where it cannot be opened."""
    try:
        if one.is_address:
            system, path = _system(one.path)
            return cast(BinaryIO, system.open(path, "rb"))
        return open(one.path, "rb")
    except (OSError, ValueError) as problem:
        raise InputError(one.name, f"cannot be opened ({_reason(problem)})", "check it, and run the same command again to go on") from None


def _named(name: str, passed: Counter[str]) -> Iterator[Input | InputError]:
    if name == "-":
        yield InputError("standard input", "cannot be read twice, as a run that is resumed has to", "name a file")
    elif is_address(name):
        yield from _at_address(name)
    elif os.path.isdir(name):
        yield from _in_folder(name, passed)
    else:
        yield _file(name)


def _in_folder(name: str, passed: Counter[str]) -> Iterator[Input | InputError]:
    found = False
    for item in inputs.files(name, passed):
        found = True
        yield _file(item) if isinstance(item, str) else item
    if not found:
        yield InputError(name, "a folder without files to read", "put reports into it: JSON Lines, Parquet, WARC, HTML, text")


def _file(name: str) -> Input | InputError:
    try:
        about = os.stat(name)
    except FileNotFoundError:
        return InputError(name, "there is no such file", "check the name")
    except (OSError, ValueError) as problem:
        return InputError(name, f"cannot be opened ({_reason(problem)})", "check the file")
    if not os.path.isfile(name):
        return InputError(name, "is no regular file, and cannot be read twice", "save it as a file first")
    if not os.access(name, os.R_OK):
        return InputError(name, "may not be read", "ask for the right to read it")
    return Input(name, about.st_size, str(about.st_mtime_ns), name)


def _reason(problem: Exception) -> str:
    return (problem.strerror if isinstance(problem, OSError) else None) or str(problem) or type(problem).__name__


# Addresses


def _at_address(address: str) -> Iterator[Input | InputError]:
    shown = without_password(address)
    try:
        system, path = _system(address)
        paths = sorted(system.glob(path)) if _has_pattern(path) else [path]
        members = [member for one in paths for member in (sorted(system.find(one)) if system.isdir(one) else [one])]
        found = [_input(system, member, address) for member in members if not _is_hidden(member)]
    except FileNotFoundError:
        yield InputError(shown, "there is nothing", "check the address")
    except MissingLibrary:
        raise
    except Exception as problem:  # each storage system raises errors of its own
        yield InputError(shown, f"cannot be listed ({_reason(problem)})", "check the address and your rights")
    else:
        yield from found
        if not found:
            yield InputError(shown, "there is nothing", "check the address")


def _input(system: Any, path: str, asked: str) -> Input:
    about = system.info(path)
    changed = next(
        (str(about[key]) for key in ("ETag", "etag", "md5Hash", "LastModified", "mtime", "updated", "created") if about.get(key)), ""
    )
    full = str(system.unstrip_protocol(path)) if "::" not in asked else asked
    login = urlsplit(asked).netloc.rpartition("@")[0]
    if login and "@" not in urlsplit(full).netloc:
        full = full.replace("://", f"://{login}@", 1)
    return Input(without_password(full), int(about.get("size") or 0), changed, full, is_address=True)


def _is_hidden(path: str) -> bool:
    return path.rpartition("/")[2].startswith((".", "_"))


def _has_pattern(path: str) -> bool:
    return any(mark in path for mark in "*?[")


def without_password(address: str) -> str:
    """The address without the user and the password that it may carry."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])) if "@" in parts.netloc else address


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    scheme = address.partition(":")[0]
    try:
        import fsspec  # an extra
    except ImportError:
        raise MissingLibrary(
            f"{without_password(address)}: addresses need the library fsspec, which is not installed; run `pip install 'dragoman[archive]'`"
        ) from None
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as problem:
        raise MissingLibrary(f"{scheme}:// addresses need a library of their own; {problem}") from None
    return system, path
