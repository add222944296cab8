"""Writing into the output folder: a file is whole, or is not there, whoever writes it and how often.

A file is written under a hidden name that no other writer has, handed to the disk, and renamed. Two writers of one shard, as there may be
where a computer is given up for lost and is not, write the same bytes: whichever comes last changes nothing.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dragoman.errors import StoreError
from dragoman.faces.batch.coding import Coded

PART = ".part"
"""The ending of hidden files that are being written."""


class ShardWriter:
    """Writes the tables of shards into a folder that is there; any number of these may write into one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._made: set[Path] = set()

    def commit(self, coded: Coded) -> None:
        """Writes the tables of a shard, then its entry: only with that is it done. Raises StoreError if the disk is full."""
        files = []
        for one in coded.files:
            self.write(one.path, one.data)
            files.append({"path": one.path, "rows": one.rows, "bytes": len(one.data), "sha256": hashlib.sha256(one.data).hexdigest()})
        entry = {
            "shard": coded.shard,
            "records": coded.records,
            "input_sha256": coded.input_sha256,
            "counts": dict(coded.counts),
            "passed": dict(coded.passed),
            "files": files,
            "failed": [asdict(failure) for failure in coded.failed],
        }
        self.write(f"shards/{coded.shard}.json", as_json(entry))

    def write(self, name: str, data: bytes) -> None:
        """One file, whole or not at all. Raises StoreError where it cannot be written."""
        self.write_parts(name, [data])

    def write_parts(self, name: str, parts: Iterable[bytes]) -> None:
        """The same from parts that come one by one."""
        place = self.path / name
        hidden = place.with_name(f".{place.stem}.{secrets.token_hex(8)}{PART}")
        with telling(place):
            if place.parent not in self._made:
                place.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(place.parent)
            try:
                with hidden.open("wb") as file:
                    for part in parts:
                        file.write(part)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(hidden, place)
                _sync_folder(place.parent)
            except BaseException:
                with suppress(OSError):
                    hidden.unlink(missing_ok=True)
                raise


class telling:
    """Turns what the operating system says about writing into one error that tells what to do."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, _: object) -> None:
        if not isinstance(problem, OSError):
            return
        full = problem.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "free some space" if full else "see to it that it can be written"
        found = f"cannot be written ({problem.strerror or problem})"
        raise StoreError(str(self._place), found, f"{remedy}, and run the same command again: it goes on where it was") from None


def as_json(value: Any) -> bytes:
    """One line, the same for the same value."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True).encode() + b"\n"


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
