"""The output folder: tables, what was done, and what the run is a run of. Every file in it is whole, or is not there.

    run.json                     settings and inputs: a later call with others is refused
    shards/<shard>.json          written last of a shard: its files with their SHA-256, counts, failures
    groups/<group>.json          written when a group was read to its end: how many shards it has, the SHA-256 of its files
    <table>/month=<m>/<shard>.parquet
    failed.jsonl, manifest.json  written when all is done

How a file is written so, `writing` tells.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.errors import StoreError
from dragoman.faces.batch.parquet import written
from dragoman.faces.batch.plan import Group, Share, shard_name
from dragoman.faces.batch.schema import SCHEMA, TABLES, UNKNOWN_MONTH
from dragoman.faces.batch.sources import Listing
from dragoman.faces.batch.writing import PART, ShardWriter, as_json, telling

RUN, MANIFEST, FAILED = "run.json", "manifest.json", "failed.jsonl"
_SHOWN = 3
_ENDINGS = tuple(f".{Path(name).stem}." for name in (MANIFEST, FAILED, "empty"))
_OLD = 3_600.0  # seconds


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two calls the same run: the settings, and the inputs by name and size."""

    settings: Mapping[str, Any]
    listing: Listing

    def as_dict(self) -> dict[str, Any]:
        """As it is kept in run.json."""
        inputs = [{"name": one.name, "size": one.size, "changed": one.changed} for one in self.listing.inputs]
        problems = [{"place": one.where, "reason": one.found, "remedy": one.remedy} for one in self.listing.problems]
        return {"schema": SCHEMA, "settings": dict(self.settings), "inputs": inputs, "unusable": problems}


class OutputFolder(ShardWriter):
    """A folder that one run writes to, by one call or by several with a share each."""

    def __init__(self, path: Path, identity: Identity, share: Share) -> None:
        """Makes the folder, or goes on in it. Raises StoreError where it holds another run or something else, or is at work already."""
        super().__init__(path)
        self.identity = identity
        self._lock: BinaryIO | None = None
        self._tags: dict[str, str] = {}
        with telling(path):
            self._check_folder()
            self._locked(share)
            self._check_run()

    def close(self) -> None:
        """Lets another call work here."""
        if self._lock is not None:
            self._lock.close()

    def _check_folder(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise StoreError(str(self.path), "is a file", "name a folder, or a name that does not exist yet")
        self.path.mkdir(parents=True, exist_ok=True)
        held = sorted(name for name in os.listdir(self.path) if not name.startswith("."))
        if held and RUN not in held:
            found = f"a folder that holds other things ({', '.join(held[:_SHOWN])})"
            raise StoreError(str(self.path), found, "name a folder that is empty or does not exist yet")

    def _locked(self, share: Share) -> None:
        try:
            import fcntl  # there is none on Windows
        except ImportError:
            return
        self._lock = (self.path / f".lock-{share.number}-of-{share.of}").open("wb")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            self._lock.close()
            if problem.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise StoreError(str(self.path), "another call is at work on the same share", "wait for it, or stop it") from None

    def _check_run(self) -> None:
        now = self.identity.as_dict()
        place = self.path / RUN
        if not place.exists():
            self.write(RUN, as_json(now))
            return
        kept = self._kept(RUN)
        if told := list(differences(kept, now)):
            more = f" and {len(told) - _SHOWN:,} more" if len(told) > _SHOWN else ""
            found = f"holds another run: {'; '.join(told[:_SHOWN])}{more}"
            raise StoreError(str(self.path), found, "name another folder, or go on with the settings and inputs of that run")
        self._tags = {one["name"]: one["changed"] for one in kept["inputs"]}

    def _kept(self, name: str) -> Any:
        try:
            return json.loads((self.path / name).read_bytes())
        except ValueError:
            raise StoreError(str(self.path / name), "is not what dragoman wrote", "name another folder for the output") from None

    # what was done

    def is_unchanged(self, group: Group) -> bool:
        """Whether the files of a group bear the same time or tag as when the run began."""
        return all(self._tags.get(one.name, one.changed) == one.changed for one in group.inputs)

    def group(self, group: Group) -> dict[str, Any] | None:
        """What was kept of a group when it was read to its end."""
        name = f"groups/{group.name}.json"
        return dict(self._kept(name)) if (self.path / name).exists() else None

    def shard(self, name: str) -> dict[str, Any] | None:
        """What was kept of a shard that is done; None if it is not, or if one of its files is gone or has another size."""
        place = f"shards/{name}.json"
        if not (self.path / place).exists():
            return None
        entry: dict[str, Any] = self._kept(place)
        return entry if all(_size(self.path / one["path"]) == one["bytes"] for one in entry["files"]) else None

    # a group

    def end_group(self, group: Group, parts: int, sha256: Sequence[str], passed: Mapping[str, int]) -> None:
        """Keeps how many shards a group has, the fingerprints of its files, and what was passed over in them."""
        inputs = [{"name": one.name, "size": one.size, "sha256": tag} for one, tag in zip(group.inputs, sha256, strict=True)]
        self.write(f"groups/{group.name}.json", as_json({"shards": parts, "inputs": inputs, "passed": dict(sorted(passed.items()))}))

    # the end

    def finish(self, groups: Sequence[Group]) -> bool:
        """Writes failed.jsonl and the manifest if all shards of all groups are done; tells whether they are."""
        if any(self._parts(group) is None for group in groups):
            return False
        self._write_empty_tables(groups)
        self.write_parts(FAILED, self._failures(groups))
        self.write_parts(MANIFEST, self._manifest(groups))
        self._clear()
        return True

    def _clear(self) -> None:
        """Takes away what killed calls left. Another call may write the same ending at this moment: what is young stays there."""
        for left in self.path.rglob(f".*{PART}"):
            try:
                if left.name.startswith(_ENDINGS) and time.time() - left.stat().st_mtime < _OLD:
                    continue
                left.unlink(missing_ok=True)
            except FileNotFoundError:
                continue

    def _parts(self, group: Group) -> int | None:
        entry = self.group(group)
        if entry is None or any(not (self.path / f"shards/{shard_name(group.number, i)}.json").exists() for i in range(entry["shards"])):
            return None
        return int(entry["shards"])

    def entries(self, groups: Sequence[Group]) -> Iterator[dict[str, Any]]:
        """What was kept of each shard that is done, in their order."""
        for group in groups:
            for part in range((self.group(group) or {"shards": 0})["shards"]):
                place = f"shards/{shard_name(group.number, part)}.json"
                if (self.path / place).exists():
                    yield self._kept(place)

    def _write_empty_tables(self, groups: Sequence[Group]) -> None:
        """A table without a row has one file all the same, so that it can be opened."""
        counts: Counter[str] = Counter()
        for entry in self.entries(groups):
            counts.update(entry["counts"])
        for table in TABLES:
            if not counts[table]:
                self.write(_empty(table), written(table, []))

    def _failures(self, groups: Sequence[Group]) -> Iterator[bytes]:
        for problem in self.identity.as_dict()["unusable"]:
            yield as_json(problem)
        for entry in self.entries(groups):
            for failure in entry["failed"]:
                yield as_json(failure)

    def _manifest(self, groups: Sequence[Group]) -> Iterator[bytes]:
        """Written piece by piece: with a million shards it is large."""
        counts: Counter[str] = Counter()
        passed: Counter[str] = Counter(self.identity.listing.passed)
        yield b'{"schema": %s,\n"settings": %s,\n"inputs": [' % (as_json(SCHEMA).strip(), as_json(dict(self.identity.settings)).strip())
        first = True
        for group in groups:
            entry = self.group(group) or {}
            passed.update(entry["passed"])
            for one in entry["inputs"]:
                yield (b"\n" if first else b",\n") + as_json(one).strip()
                first = False
        yield b'],\n"shards": ['
        first = True
        for entry in self.entries(groups):
            counts.update(entry["counts"])
            passed.update(entry["passed"])
            yield (b"\n" if first else b",\n") + as_json({key: value for key, value in entry.items() if key != "failed"}).strip()
            first = False
        yield b'],\n"empty": %s,\n' % as_json([self._described(_empty(table)) for table in TABLES if not counts[table]]).strip()
        counts["failed"] += len(self.identity.listing.problems)
        yield b'"counts": %s,\n"passed": %s}\n' % (as_json(dict(counts)).strip(), as_json(dict(passed)).strip())

    def _described(self, name: str) -> dict[str, Any]:
        data = (self.path / name).read_bytes()
        return {"path": name, "rows": 0, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def differences(kept: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """In words, what differs between the run in the folder and the one that is asked for; nothing if it is the same."""
    if kept.get("schema") != now["schema"]:
        yield f"its tables have the form {kept.get('schema')}, not {now['schema']}"
        return
    before, after = kept["settings"], now["settings"]
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield f"{name} is {before.get(name)} there and {after.get(name)} now"
    yield from _differing_inputs({one["name"]: one["size"] for one in kept["inputs"]}, {one["name"]: one["size"] for one in now["inputs"]})
    if [one["place"] for one in kept["unusable"]] != [one["place"] for one in now["unusable"]]:
        yield "other inputs cannot be used than then"


def _differing_inputs(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[str]:
    for name in before:
        if name not in after:
            yield f"the input {name} is missing now"
        elif before[name] != after[name]:
            yield f"the input {name} has {after[name]:,} bytes, not {before[name]:,}"
    yield from (f"the input {name} is new" for name in after if name not in before)
    if list(before) != list(after) and before.keys() == after.keys():
        yield "the inputs are named in another order"


def _empty(table: str) -> str:
    return f"{table}/month={UNKNOWN_MONTH}/empty.parquet"


def _size(place: Path) -> int:
    try:
        return place.stat().st_size
    except OSError:
        return -1
