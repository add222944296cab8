"""Writes the output in docs/method/events.md anew; `test_events_example.py` holds the page to what the tool says.

PYTHONPATH=src:. python -m tests.reading.events_example
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.language.encoder import Encoder
from dragoman.reading.read import read_annotations
from dragoman.text.report import Report

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method" / "events.md"
TEXT = (
    "Kenya's foreign minister said on Friday that Kenya had called off a visit to Tanzania "
    "and would free two Tanzanian fishermen next week."
)
PUBLISHED = date(2026, 1, 10)
_TREE = re.compile(r"(?<=<!-- tree -->\n```\n)(.*?)(?=```\n)", re.DOTALL)
_RECORDS = re.compile(r"(?<=<!-- events -->\n```json\n)(.*?)(?=```\n)", re.DOTALL)


def made() -> tuple[str, list[dict[str, Any]]]:
    """The tree as lines of text, and the events as JSON values."""
    annotations = Encoder().annotate(TEXT)
    reading = read_annotations(Report(TEXT, published=PUBLISHED), annotations)
    lines = []
    for token in annotations.tokens:
        head = annotations.head(token)
        cells = (f"{token.text:<10}", f"{token.lemma:<10}", f"{token.upos:<6}", f"{token.relation:<14}", head.text if head else "")
        lines.append(" ".join(cells).rstrip() + "\n")
    return "".join(lines), reading.to_dict()["events"]


def written() -> tuple[str, list[dict[str, Any]]]:
    """What the page has of both."""
    page = PAGE.read_text("utf-8")
    tree, records = _TREE.search(page), _RECORDS.search(page)
    assert tree and records
    return tree[0], [json.loads(line) for line in records[0].splitlines()]


def main() -> None:
    tree, events = made()
    page = _TREE.sub(lambda _: tree, PAGE.read_text("utf-8"), count=1)
    records = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
    PAGE.write_text(_RECORDS.sub(lambda _: records, page, count=1), "utf-8")


if __name__ == "__main__":
    main()
