"""From each released schema to the next: one file a version, never changed once it was released.

A new case goes through all of them, so that there is one way to today's schema. Whoever changes the schema adds a file, adds
its `apply` to `STEPS`, and stores a case of the version before under tests/case/store/released/.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.case.store.dialect import Database
from dragoman.case.store.migrations import v0001, v0002, v0003, v0004
from dragoman.errors import StoreError

Step = Callable[[Database], None]
STEPS: tuple[Step, ...] = (v0001.apply, v0002.apply, v0003.apply, v0004.apply)


def bring_up(database: Database, *, create: bool, steps: Sequence[Step] = STEPS) -> None:
    """Takes the schema to this version in one transaction. Raises StoreError for a case of a newer version, and for none."""
    version = database.version()
    _check(database, version, create, len(steps))
    if version == len(steps):
        return
    database.begin(write=True)
    try:
        # Another process may have done it while we waited for our turn.
        for step in steps[database.version() :]:
            step(database)
        database.set_version(len(steps))
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _check(database: Database, version: int, create: bool, known: int) -> None:
    if version > known:
        found = f"the case was made by a newer dragoman (its schema has version {version}, this one knows up to {known})"
        raise StoreError(database.location, found, "open it with that version, or `pip install --upgrade dragoman`")
    if version == 0 and not create:
        raise StoreError(database.location, "there is no case in it", "see that the name is right; `dragoman add` begins a case")
    if version < known and database.read_only:
        raise StoreError(
            database.location, f"the schema has the older version {version} and the file cannot be written", "copy it and open the copy"
        )
