"""The data sets whose rows a case may hold, and how such a row is known again among reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

DataSet = Literal["gdelt", "polecat", "acled"]
CALLED: Mapping[DataSet, str] = {"gdelt": "GDELT 2.0", "polecat": "POLECAT", "acled": "ACLED"}
"""What each is called as the publisher of its rows."""
GDELT_1 = "GDELT 1.0"
_NAMES = frozenset((*CALLED.values(), GDELT_1))
ONE_ROW_EACH = _NAMES - {CALLED["polecat"]}
"""Data sets in which two rows are two events; POLECAT has a row for each story that tells one."""


def publishers_of(form: DataSet) -> frozenset[str]:
    """The publishers of the rows of a data set, in all its versions."""
    return frozenset((CALLED[form], GDELT_1) if form == "gdelt" else (CALLED[form],))


def title_of(source: str, row: str) -> str:
    """The title of the report that the row with this id becomes."""
    return f"{source}, event {row}"


def is_row(publisher: str, title: str, source_id: str) -> bool:
    """Whether a report is a row of a data set: what it tells was read by others from reports, perhaps from these."""
    return publisher in _NAMES and title == title_of(publisher, source_id)
