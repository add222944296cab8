"""One text from several publishers: each is kept, linked as a copy, counted once, and made independent by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dragoman.case.case import Case
from dragoman.reading.entries import Reading
from tests.case.following import NOON, crisis, loaded

SIEGE = crisis()[0]


@pytest.fixture
def case(location: str) -> Iterator[Case]:
    with Case.open(location, create=True) as opened:
        assert printed(opened, "Courier")
        yield opened


def printed(case: Case, publisher: str | None, day: str = "") -> bool:
    """Adds the siege as another paper printed it; whether that was new."""
    report = replace(SIEGE.report, publisher=publisher, url=f"https://{publisher}.example/")
    new = case.as_new(report)
    reading = replace(SIEGE, report=new) if new else Reading(report)
    added = case.add(loaded(new), reading, NOON) if new else None
    case.settle()
    return added is not None


def test_the_second_publisher_is_kept_and_counted_with_the_first(case: Case) -> None:
    assert printed(case, "Evening Mail")
    first, second = case.reports()
    assert (second.publisher, second.same_text_as, second.url) == ("Evening Mail", first.id, "https://Evening Mail.example/")
    (telling,) = case.timeline()
    assert (len(telling.event.claims), telling.event.independent_sources) == (2, 1)
    assert [passage.repeats for passage in case.show("E1").passages] == ["", first.id]


@pytest.mark.parametrize("publisher", ["Courier", "COURIER", " courier ", None, ""])
def test_the_same_publisher_or_none_brings_nothing(case: Case, publisher: str | None) -> None:
    assert not printed(case, publisher)


def test_each_publisher_counts_once(case: Case) -> None:
    assert [printed(case, name) for name in ("Islander", "Islander", "Mail", "ISLANDER")] == [True, False, True, False]
    assert len(case.reports()) == 3 and case.timeline()[0].event.independent_sources == 1


def test_a_person_makes_them_independent_and_takes_it_back(case: Case) -> None:
    printed(case, "Evening Mail")
    (link,) = (kept.link for kept in case.store.links(kinds=("same_text",)))
    made = case.judge("Ada").link(link.id, False, "", NOON)
    assert case.timeline()[0].event.independent_sources == 2
    case.judge("Ada").undo(made, "", NOON)
    assert case.timeline()[0].event.independent_sources == 1


def test_a_printing_is_read_again_as_itself(case: Case) -> None:
    printed(case, "Evening Mail")
    rereader = case.rereader("reader 2")
    rows = rereader.to_read(everything=False)
    done = [rereader.reread(replace(SIEGE, report=report), NOON) for report in rereader.reports(rows)]
    assert [one.report for one in done] == [row.id for row in case.reports()]
    assert all(one.same for one in done)
