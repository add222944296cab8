"""Full text on both databases: the same words, the same answers, offsets that point at the matches."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.case.judgements import Place
from dragoman.case.query import Filters
from dragoman.case.store.base import ItemRow, Store
from dragoman.errors import QueryError
from tests.case.store.made_up_case import actor, add, event, identity

TEXTS = {
    "harbour": "Gunboats left the harbour at dawn. The mayor, Zoë Rendón, said that nobody had been hurt.\nFishermen stayed at home.",
    "talks": "Talks on the harbour began. The envoy's no-fire proposal was read aloud; the mayor listened.",
    "storm": "A storm closed the U.S. mission. Nobody travelled, and the talks were put off until 1,500 guests could land.",
    "kelvin": "Mr. Khrenov spoke for an hour. Khrenov's aides took notes about the \u00c9lys\u00e9e and the stra\u00dfe.",
}


@pytest.fixture
def full(store: Store) -> Store:
    """A case with the four reports, a day apart, and one actor's name."""
    with store.transaction():
        for day, (title, text) in enumerate(TEXTS.items(), start=1):
            add(store, text, f"2026-04-0{day}", title=f"Report on {title}")
        report = identity(TEXTS["kelvin"])
        store.put_item(ItemRow("A1", "actor"))
        store.put_entries(report, [actor(Place(report, "a1"), "A1", "Igor Khrenov"), event(Place(report, "e1"), None, "CONSULT")])
    return store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("harbour", "talks harbour"),
        ("HARBOUR dawn", "harbour"),
        ("harbour AND dawn", "harbour"),
        ("dawn OR storm", "storm harbour"),
        ("dawn | storm", ""),
        ("nobody -harbour", "storm"),
        ("nobody NOT harbour", "storm"),
        ("NOT harbour", "kelvin storm"),
        ("-harbour -storm", "kelvin"),
        ("NOT (harbour OR storm)", "kelvin"),
        ("NOT NOT dawn", "harbour"),
        ('"the harbour"', "talks harbour"),
        ('"harbour the"', ""),
        ('-"the harbour" mayor', ""),
        ("“at dawn”", "harbour"),
        ('"at da"*', "harbour"),
        ("harb*", "talks harbour"),
        ("h*", "kelvin talks harbour"),
        ("rendon", "harbour"),
        ("ZOË", "harbour"),
        ("strasse elysee", "kelvin"),
        ("no-fire", "talks"),
        ("fire-no", ""),
        ("U.S.", "storm"),
        ("1,500", "storm"),
        ("kremov~", "kelvin"),
        ("khrenow~ aides", "kelvin"),
        ("qqqq~", ""),
        ("harbour~", "talks harbour"),
        ("storm mission", "storm"),
        ('"storm a"', ""),
        ("report", "kelvin storm talks harbour"),
        ("(dawn OR storm) (talks OR fishermen)", "storm harbour"),
    ],
)
def test_what_is_found(full: Store, query: str, expected: str) -> None:
    found = full.search(query)
    names = {identity(text): name for name, text in TEXTS.items()}
    assert " ".join(names[hit.report.id] for hit in found.hits) == expected
    assert found.total == len(expected.split())


@pytest.mark.parametrize("query", ["harbour", "dawn OR storm", "NOT harbour", "kremov~", "harb*", "qqqq"])
def test_all_that_match_are_those_that_a_search_finds(full: Store, query: str) -> None:
    assert full.matching(query) == {hit.report.id for hit in full.search(query, limit=1000).hits}


def test_snippets_hold_the_sentence_and_offsets_of_the_text(full: Store) -> None:
    (hit,) = full.search('"nobody had" fisherm*').hits
    text = TEXTS["harbour"]
    assert hit.matches == 2
    assert [snippet.text for snippet in hit.snippets] == [
        "The mayor, Zoë Rendón, said that nobody had been hurt.",
        "Fishermen stayed at home.",
    ]
    assert all(text[snippet.span.start : snippet.span.end] == snippet.text for snippet in hit.snippets)
    assert [text[mark.start : mark.end] for snippet in hit.snippets for mark in snippet.marks] == ["nobody had", "Fishermen"]


def test_a_match_in_the_title_alone_has_no_snippet(full: Store) -> None:
    (hit,) = full.search("kelvin").hits
    assert (hit.matches, hit.snippets) == (0, ())


def test_filters_and_pages(full: Store) -> None:
    assert full.search("report", Filters(as_of="2026-04-02")).total == 2
    assert full.search("report", Filters(since="2026-04-04", type="CONSULT")).total == 1
    assert full.search("report", Filters(actor="A1")).hits[0].report.title == "Report on kelvin"
    page = full.search("report", limit=2, offset=1)
    assert page.total == 4 and [hit.report.published for hit in page.hits] == ["2026-04-03", "2026-04-02"]
    assert full.search("report", limit=0).hits == ()


def test_a_phrase_deep_in_a_long_report(store: Store) -> None:
    """PostgreSQL keeps neither the places of words this deep nor those of words this frequent."""
    deep = "the ship " * 9_000 + "of the last convoy sank"
    wide = " ".join(f"word{number}" for number in range(90_000)) + " in the end"
    with store.transaction():
        add(store, deep)
        add(store, wide)
    assert store.search('"last convoy sank"').total == 1
    assert store.search('"last convoy sa"*').total == 1
    assert store.search('"convoy last"').total == 0
    assert store.search('"convoy last" OR ship').total == 1
    assert store.search("word40000").total == 1


@pytest.mark.parametrize("query", ["", "   ", '""', "()", "- AND OR NOT", "***", "\x00", "~", '"-"', "?!"])
def test_a_query_without_words_is_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="holds no word"):
        store.search(query)


def test_a_query_that_asks_too_much_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="characters long"):
        store.search("a" * 3000)
    with pytest.raises(QueryError, match="more than 64"):
        store.search("a " * 65)
    with pytest.raises(QueryError, match="deep"):
        store.search("(" * 21 + "a")
    assert store.search("(" * 20 + "a").total == 0


MARKS = ["(", ")", "AND", "OR", "NOT", "-", "*", "~", '"', "nobody", "harb*", "NEAR(", "title:", "^", "{", "'", "\\", ":*", "<->", "!", "%"]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(MARKS), max_size=20).map(" ".join)))
def test_no_query_breaks_the_store(full: Store, query: str) -> None:
    try:
        found = full.search(query)
    except QueryError:
        return
    for hit in found.hits:
        assert all(snippet.span.start <= mark.start < mark.end <= snippet.span.end for snippet in hit.snippets for mark in snippet.marks)
