"""The example case of 1962 is what it says it is: short retellings, listed quotations, a true calendar, a fresh case.jsonl."""

from __future__ import annotations

import csv
import difflib
import itertools
import json
import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "cuba_1962"
BUILD: dict[str, Any] = runpy.run_path(str(FOLDER / "build.py"))
REPORTS: list[Path] = BUILD["report_paths"]()
NEAR_COPIES = {"1962-10-25_gulf-courier", "1962-10-25_lakeshore-post"}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEEKDAY = re.compile(r"\b(?:" + "|".join(WEEKDAYS) + r")\b")
MONTHS = {"Oct": 10, "Nov": 11, "Dec": 12}
DAY_MONTH = re.compile(r"\b(\d{1,2}) (Oct|Nov|Dec)(?:ober|ember)?\b|\b(Oct|Nov|Dec)(?:ober|ember)?\.? (\d{1,2})\b")
QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')

each_report = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def body_of(path: Path) -> str:
    body: str = BUILD["split_header"](text_of(path))[2]
    return body


def key_of(path: Path) -> str:
    """Date and outlet, as dates.tsv and the near-copies name a report."""
    return "_".join(path.stem.split("_")[:2])


def published(path: Path) -> date:
    return date.fromisoformat(path.stem[:10])


def quotations(text: str) -> list[str]:
    """What stands in quotation marks, without the comma or stop that typesetting puts inside."""
    return [(plain or curly).rstrip(",.") for plain, curly in QUOTED.findall(text)]


def listed_quotations() -> set[str]:
    """The first column of the table of quotations in SOURCES.md."""
    rows = re.findall(r'^\| "(.+?)" \|', (FOLDER / "SOURCES.md").read_text("utf-8"), re.MULTILINE)
    return set(rows)


def dated_words() -> list[tuple[str, str, str]]:
    """Rows of dates.tsv: report (date and outlet), words, value."""
    with (FOLDER / "dates.tsv").open(encoding="utf-8", newline="") as lines:
        return [(row["report"], row["words"], row["value"]) for row in csv.DictReader(lines, delimiter="\t")]


def explicit_dates(text: str) -> list[date]:
    """Every "23 October", "Oct. 26", "Nov 20" of a text, in 1962."""
    found = DAY_MONTH.findall(text)
    return [date(1962, MONTHS[month or month2], int(day or day2)) for day, month, month2, day2 in found]


def likeness(one: Path, other: Path) -> float:
    return difflib.SequenceMatcher(None, body_of(one).split(), body_of(other).split(), autojunk=False).ratio()


def test_there_are_twelve_reports_of_the_thirty_days() -> None:
    assert len(REPORTS) == 12
    assert {path.name for path in FOLDER.glob("*.txt")} == {path.name for path in REPORTS}
    assert min(map(published, REPORTS)) == date(1962, 10, 22)
    assert max(map(published, REPORTS)) == date(1962, 11, 20)


@each_report
def test_a_report_says_that_it_is_a_retelling(path: Path) -> None:
    header, headline, body = BUILD["split_header"](text_of(path))
    assert header == BUILD["HEADER"]
    assert headline and "\n" not in headline and headline == headline.strip()
    assert body.endswith("\n") and not body.endswith("\n\n")


@each_report
def test_a_body_has_150_to_500_words(path: Path) -> None:
    assert 150 <= len(body_of(path).split()) <= 500


@each_report
def test_every_quotation_is_listed_with_its_source(path: Path) -> None:
    assert [words for words in quotations(text_of(path)) if words not in listed_quotations()] == []


@each_report
def test_quotation_marks_are_paired_and_double(path: Path) -> None:
    text = text_of(path)
    assert text.count('"') % 2 == 0 and text.count("“") == text.count("”")
    assert not re.search(r"(?<!\w)'\w|[‘’]", text)


def test_every_listed_quotation_is_used() -> None:
    used = {words for path in REPORTS for words in quotations(text_of(path))}
    assert listed_quotations() - used == set()


@each_report
def test_every_weekday_is_dated_and_no_date_contradicts_the_calendar(path: Path) -> None:
    text = text_of(path)
    rows = [(words, value) for report, words, value in dated_words() if report == key_of(path)]
    covered = {
        place for words, _ in rows for hit in re.finditer(re.escape(words), text) for place in range(*hit.span())
    }
    assert [hit.group() for hit in WEEKDAY.finditer(text) if hit.start() not in covered] == []
    for words, value in rows:
        assert words in text
        for name in WEEKDAY.findall(words):
            assert WEEKDAYS[date.fromisoformat(value).weekday()] == name
            assert -9 <= (date.fromisoformat(value) - published(path)).days <= 7


def test_dates_name_reports_that_exist() -> None:
    assert {report for report, _, _ in dated_words()} == {key_of(path) for path in REPORTS}


@each_report
def test_explicit_dates_lie_within_the_story(path: Path) -> None:
    assert all(date(1962, 10, 22) <= day <= date(1962, 12, 20) for day in explicit_dates(body_of(path)))
    datelines = explicit_dates(body_of(path).splitlines()[0].split(" - ")[0])
    assert all(day == published(path) for day in datelines)


def test_case_is_up_to_date() -> None:
    assert (FOLDER / "case.jsonl").read_bytes() == BUILD["case_lines"]().encode("utf-8")


def test_case_lines_hold_the_reports() -> None:
    lines = (FOLDER / "case.jsonl").read_text("utf-8").splitlines()
    for line, path in zip(map(json.loads, lines), REPORTS, strict=True):
        assert set(line) == {"id", "title", "published", "publisher", "text"}
        assert line["text"] == text_of(path)
        assert line["title"] in line["text"] and line["published"] == published(path).isoformat()
        assert line["publisher"].lower().replace(" ", "-") == path.stem.split("_")[1]


def test_only_the_near_copies_are_near() -> None:
    for one, other in itertools.combinations(REPORTS, 2):
        if {key_of(one), key_of(other)} == NEAR_COPIES:
            assert 0.75 <= likeness(one, other) < 1
        else:
            assert likeness(one, other) < 0.3


def test_readme_names_files_that_exist() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    named = re.findall(r"examples/cuba_1962/(\S+\.(?:txt|jsonl|py))", readme)
    assert named and all((FOLDER / name).is_file() for name in named)
