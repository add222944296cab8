"""An index of the links that rules made and nobody has judged, by kind and score: the queue of a review is read from it."""

from __future__ import annotations

from dragoman.case.store.dialect import Database


def apply(database: Database) -> None:
    """Makes the index. Its condition stands word for word in `store/unjudged.py`."""
    database.rows(
        "CREATE INDEX links_unjudged ON links (kind, score, number)"
        " WHERE superseded IS NULL AND judgement = 'undecided' AND made_by = 'rule'"
    )
