"""Stores a case of today's schema for the tests of later ones: `PYTHONPATH=src:. python3 -m tests.case.store.release`.

Run it once when a schema is released; what it writes to released/ is never written again.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

from dragoman.case.judgements import Decision, Link, Place
from dragoman.case.store.base import FollowRow, Store
from dragoman.case.store.migrations import STEPS
from dragoman.case.store.opening import open_store
from tests.case.store.made_up_case import NOON, small_case
from tests.case.store.postgres_server import PostgresServer, programs

FOLDER = Path(__file__).parent / "released"


def fill(store: Store) -> None:
    """The small case with something in every table."""
    first, second, *_ = small_case(store)
    with store.transaction():
        store.put_blob(b"bytes")
        store.set_same_text(second, first)
        store.put_reading(first, '{"a": 1}', by="model", at=NOON)
        store.put_keys("event", "E1", ["key"])
        store.put_numbers({"F:x": "F1"})
        store.set_meta("last look", "2")
        store.next_id("actor")
        store.put_link(Link("same_event", Place(second, "e1"), Place(first, "e1"), 0.5, "why", at=NOON))
        store.put_decision(Decision("rename", "A1", "Rebels", "why", "Ada", NOON))
        store.follows().put([FollowRow("C1", "commitment", "E1", "2026-01-01", 1, "{}")])


def main() -> None:
    """Writes released/vNNNN.db.gz and released/vNNNN.sql.gz."""
    name, binaries = f"v{len(STEPS):04}", programs()
    if binaries is None or (FOLDER / f"{name}.db.gz").exists():
        sys.exit(f"PostgreSQL is not installed, or {name} is stored already")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.db"
        store = open_store(path, create=True)
        fill(store)
        store.close()
        (FOLDER / f"{name}.db.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    server = PostgresServer(binaries)
    try:
        url = server.new_database()
        store = open_store(url, create=True)
        fill(store)
        store.close()
        dumped = subprocess.run([str(binaries / "pg_dump"), "--no-owner", "-d", url], capture_output=True, check=True).stdout
        (FOLDER / f"{name}.sql.gz").write_bytes(gzip.compress(dumped, mtime=0))
    finally:
        server.stop()


if __name__ == "__main__":
    main()
