"""Writes the expected readings of the stories anew: `python -m tests.stories.regenerate`. Look at the difference before you commit it.

A story is a report of the example case, or one invented for what that lacks (casualties). Its reading is kept without
the text and without confidences, which move in their last
digits from one processor to another.
"""

import json
from pathlib import Path
from typing import Any

from dragoman.reading.read import Reader
from dragoman.text.formats import read_source
from dragoman.text.report import Report

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (ROOT / "examples" / "cuba_1962" / "case.jsonl", Path(__file__).parent / "invented.jsonl")
EXPECTED = Path(__file__).parent / "expected"


def reports() -> list[Report]:
    """The reports of the stories."""
    made = []
    for source in SOURCES:
        with source.open("rb") as lines:
            made.extend(report for report in read_source(lines, str(source)) if isinstance(report, Report))
    return made


def essence(reading: dict[str, Any]) -> dict[str, Any]:
    """What is compared."""
    kept: dict[str, Any] = json.loads(json.dumps(reading))
    del kept["report"]["text"]
    for event in kept["events"]:
        del event["confidence"]
    return kept


def path_of(report: Report) -> Path:
    """Where the expected reading of a report lies."""
    return EXPECTED / f"{report.source_id}.json"


def main() -> None:
    EXPECTED.mkdir(exist_ok=True)
    made = reports()
    for report, reading in zip(made, Reader().read_many(made), strict=True):
        path_of(report).write_text(json.dumps(essence(reading.to_dict()), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
