"""One store for each database that a case can be kept in; PostgreSQL runs for real."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case.store.base import Store
from dragoman.case.store.opening import open_store
from tests.case.store.postgres_server import HOW, PostgresServer, programs

REQUIRED = "DRAGOMAN_REQUIRE_POSTGRES"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server, or a skip that says how to get one; with DRAGOMAN_REQUIRE_POSTGRES=1 a failure."""
    binaries = programs()
    if binaries is None or importlib.util.find_spec("psycopg") is None:
        if os.environ.get(REQUIRED, "0") not in ("", "0"):
            pytest.fail(f"{REQUIRED} is set and {HOW}")
        pytest.skip(HOW)
    server = PostgresServer(binaries)
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where there is no case yet: a file name, then a database."""
    if request.param == "sqlite":
        return str(tmp_path / "a case.db")
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    """A new case."""
    opened = open_store(location, create=True)
    yield opened
    opened.close()
