"""docs/reference/exports.md tells every column that an export has, and every kind of line."""

from __future__ import annotations

from pathlib import Path

from dragoman.case.exports import acled, gdelt, polecat, ucdp
from dragoman.case.exports.forms import COLUMNED, TEXTS
from dragoman.case.exports.tables import COLUMNS

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "reference" / "exports.md").read_text("utf-8")
WORDS = {"text": "text", "whole": "whole number", "number": "number", "truth": "true or false", "texts": "texts"}


def test_every_column_of_every_table_is_told_with_its_type() -> None:
    for kind, columns in COLUMNS.items():
        section = PAGE.split(f"### {kind}\n")[1].split("\n#")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows == [f"| `{column.name}` | {WORDS[column.type]} | {column.about} |" for column in columns]


def test_every_column_of_other_data_sets_is_told() -> None:
    for name, columns in (("polecat", polecat.COLUMNS), ("acled", acled.COLUMNS), ("gdelt", gdelt.FILLED), ("ucdp", ucdp.COLUMNS)):
        section = PAGE.split(f"## {name}\n")[1].split("\n## ")[0]
        assert [column for column in columns if f"`{column}`" not in section] == []


def test_what_is_said_to_be_empty_is() -> None:
    for columns in (polecat.EMPTY, acled.EMPTY, ucdp.EMPTY):
        (row,) = [line for line in PAGE.splitlines() if "always empty" in line and all(f"`{column}`" in line for column in columns)]
        assert row.count("`") == 2 * len(columns)


def test_every_kind_of_line_is_told() -> None:
    table = PAGE.split("| line | what it holds |")[1].split("\n\n")[0]
    kinds = (
        "case", "counter", "item", "report", "reading", "entry", "number", "link", "decision", "thread", "figure", "dispute", "commitment",
        "words", "note", "end",
    )  # fmt: skip
    assert [kind for kind in kinds if f"`{kind}`" not in table] == []


def test_every_form_has_a_section_that_says_what_is_lost() -> None:
    for form in (*COLUMNED, *TEXTS, "timeml"):
        heading = "ris and bibtex" if form in ("ris", "bibtex") else form
        assert "\nLost: " in PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
        assert f"`{form}`" in PAGE
