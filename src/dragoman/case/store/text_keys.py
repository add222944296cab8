"""Where copies of a text are found: each report is filed under the keys of its text's signature (see `same_text.py`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman.case.store.dialect import Database

_ONE = "SELECT * FROM (SELECT t.report FROM text_keys t WHERE t.key = ? ORDER BY t.report LIMIT ?) AS k"


def put(database: Database, report: int, keys: Sequence[str]) -> None:
    """Files a report, by its number, under these keys."""
    sql = "INSERT INTO text_keys (key, report) VALUES (?, ?) ON CONFLICT DO NOTHING"
    database.many(sql, [(key, report) for key in dict.fromkeys(keys)])


def alike(database: Database, keys: Sequence[str], per_key: int, limit: int) -> list[str]:
    """The ids of the reports that share most keys, the earliest added first among equals; of each key only the first `per_key`."""
    if not keys:
        return []
    found = database.rows(" UNION ALL ".join([_ONE] * len(keys)), [value for key in keys for value in (key, per_key)])
    shared = Counter(int(row[0]) for row in found)
    numbers = sorted(shared, key=lambda number: (-shared[number], number))[:limit]
    if not numbers:
        return []
    rows = database.rows(f"SELECT number, id FROM reports WHERE number IN ({', '.join('?' * len(numbers))})", numbers)
    ids = {int(number): str(identity) for number, identity in rows}
    return [ids[number] for number in numbers]
