"""A case is tested on each database that it can be kept in."""

from tests.case.store.conftest import location, postgres

__all__ = ["location", "postgres"]
