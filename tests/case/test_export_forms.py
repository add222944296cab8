"""The forms for other programs, each read by a tool of its format: what stands there, and what must never stand there."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import bibtexparser
import networkx
import pytest
import rdflib
import rispy
from stix2validator import ValidationOptions, validate_string

from dragoman.case.case import Case
from dragoman.case.exports import gdelt, ucdp
from dragoman.case.exports.forms import COLUMNED, TEXTS, written
from dragoman.case.exports.sources import bibtex
from dragoman.case.exports.tables import Table
from dragoman.case.judgements import FigureClaim, FigureSeries, Place, Revision
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from tests.case.following import NOON
from tests.case.leaving import eventful_case

PROV, OA = "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#"
ANNOTATION_TERMS = {
    "oa": OA, "id": "@id", "type": "@type", "Annotation": "oa:Annotation", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector", "target": {"@id": "oa:hasTarget", "@type": "@id"}, "exact": "oa:exact",
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"}, "start": "oa:start",
    "end": "oa:end", "prefix": "oa:prefix", "suffix": "oa:suffix", "first": {"@id": "oa:first", "@type": "@id"},
    "items": {"@id": "oa:items", "@type": "@id"},
}  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with eventful_case(tmp_path_factory.mktemp("forms") / "a.case") as opened:
        assault = next(telling.event.id for telling in opened.timeline() if telling.event.status == "occurred")
        opened.judge("Ada").edit(assault, {"status": "denied"}, "the port office says so", NOON)
        opened.settle()
        yield opened


def text_of(case: Case, form: str, filters: Filters = Filters()) -> str:  # noqa: B008 - it cannot be changed
    return "".join(written(form, case.selected(filters)))


def rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("form", TEXTS)
def test_every_form_is_the_same_again_and_holds_nothing_that_drives_a_terminal(case: Case, form: str) -> None:
    found = text_of(case, form)
    assert found == text_of(case, form) and found.encode()
    assert not {"\x1b", "\u202e", "\x00"} & set(found)
    assert text_of(case, form, Filters(as_of="1900-01-01")) != found


@pytest.mark.parametrize("form", ["gdelt", "ucdp"])
def test_every_cell_has_the_type_of_its_column(case: Case, form: str) -> None:
    table = COLUMNED[form](case.selected())
    kinds = {"text": str, "whole": int, "number": float}
    for row in table.rows:
        assert all(cell is None or type(cell) is kinds[column.type] for column, cell in zip(table.columns, row, strict=True))


def test_gdelt_has_its_61_columns_and_the_code_of_what_is_told(case: Case) -> None:
    found, events = rows(gdelt.gdelt(case.selected())), {event["id"]: event for event in case.contract()["events"]}
    assert len(gdelt.COLUMNS) == len(set(gdelt.COLUMNS)) == 61
    roots = {(events[row["GlobalEventID"]]["type"], events[row["GlobalEventID"]]["status"]): row["EventRootCode"] for row in found}
    assert (roots["ASSAULT", "threatened"], roots["RETREAT", "demanded"], roots["CONSULT", "occurred"]) == ("13", "10", "04")
    assert ("ASSAULT", "denied") not in roots
    met = next(row for row in found if row["EventRootCode"] == "04")
    assert (met["Day"], met["FractionDate"], met["Actor1Code"], met["QuadClass"]) == ("20260312", 2026.1918, "VELGOV", 1)
    assert {name for row in found for name, cell in row.items() if cell is not None} <= gdelt.FILLED


def deaths(*claims: tuple[int | None, int | None, str], revisions: tuple[Revision, ...] = ()) -> FigureSeries:
    made = tuple(FigureClaim(low, high, f"r{n}", "f1", speaker or None, None) for n, (low, high, speaker) in enumerate(claims))
    return FigureSeries("F1", "killed", "E1", "person", made, revisions)


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ([deaths((4, 4, ""))], (4, 4, 4)),
        ([deaths((4, 4, "A1"), (9, 9, "A2"))], (None, 9, 4)),
        ([deaths((4, 4, "A1"), (4, 4, "A1"), (9, 9, "A2"))], (None, 9, 4)),
        ([deaths((4, 4, "A1"), (9, 9, "A2"), (9, 9, "A3"))], (9, 9, 4)),
        ([deaths((4, None, ""))], (None, None, 4)),
        ([deaths((3, 3, "A1"), (7, 7, "A1"), revisions=(Revision(Place("r0", "f1"), Place("r1", "f1"), "A1"),))], (7, 7, 7)),
        ([deaths((4, 4, "")), deaths((6, 8, ""))], (None, None, 6)),
    ],
)
def test_deaths_are_what_is_claimed_and_never_added_up(series: list[FigureSeries], expected: tuple[int | None, ...]) -> None:
    assert ucdp.deaths_of(series) == expected


def test_graphml_is_read_by_networkx(case: Case) -> None:
    graph = networkx.read_graphml(io.BytesIO(text_of(case, "graphml").encode()))
    network = case.network()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(network.nodes), len(network.edges))
    assert sum(data["weight"] for *_, data in graph.edges(data=True)) == sum(edge.weight for edge in network.edges) > 0
    assert {data["name"] for _, data in graph.nodes(data=True)} == {node.name for node in network.nodes}


def test_timelinejs_has_a_slide_for_each_event_with_its_status(case: Case) -> None:
    slides, tellings = json.loads(text_of(case, "timelinejs"))["events"], case.timeline()
    assert [slide["unique_id"] for slide in slides] == [telling.event.id for telling in tellings]
    assert all(slide["text"]["headline"].startswith(f"{slide['group']}: ") for slide in slides)
    assert slides[0]["start_date"] == {"year": 2026, "month": 3, "day": 2}


def hostile(**more: Any) -> ReportRow:
    known: dict[str, Any] = {"title": "Grain} & 50% off_ \\input{x}\nTY  - BOOK", "publisher": "=A {B", "url": "https://a.example/}%00\n"}
    return ReportRow("ab" * 32, "2026-03-02", **(known | more), source_id="7", language="en", added=NOON, blob=None, signature=None)


def test_sources_are_read_by_reference_managers(case: Case) -> None:
    entries = rispy.loads(text_of(case, "ris"))
    library = bibtexparser.parse_string(text_of(case, "bibtex"))
    assert len(entries) == len(library.entries) == len(case.contract()["reports"]) and not library.failed_blocks
    assert {entry["type_of_reference"] for entry in entries} == {"NEWS"}
    (one,) = bibtexparser.parse_string("".join(bibtex([hostile()]))).entries
    assert {"title", "howpublished", "year", "url"} <= one.fields_dict.keys()
    assert one["title"].startswith(r"{Grain\} \& 50\% off\_ \textbackslash{}input\{x\}") and one["url"].startswith(
        "https://a.example/%7D%00"
    )


def test_stix_is_valid_and_only_deeds_are_incidents(case: Case) -> None:
    text = text_of(case, "stix")
    result = validate_string(text, ValidationOptions(version="2.1", silent=True))
    assert result.is_valid, [str(error) for one in result.object_results for error in one.errors]
    things, events = json.loads(text)["objects"], {event["id"]: event for event in case.contract()["events"]}
    ids = [thing["id"] for thing in things]
    assert len(ids) == len(set(ids))
    told: dict[str, set[str]] = {}
    for thing in things:
        for extension in thing.get("extensions", {}).values():
            told.setdefault(thing["type"], set()).add(extension["event"])
    assert {events[item]["status"] for item in told["incident"]} <= {"occurred", "ongoing"}
    assert {item for kind in told.values() for item in kind} == events.keys()
    assert {thing["opinion"] for thing in things if thing["type"] == "opinion"} == {"agree"}


def test_annotations_point_at_the_words_that_they_quote(case: Case) -> None:
    found = json.loads(text_of(case, "annotations"))
    assert found.pop("@context") == "http://www.w3.org/ns/anno.jsonld"  # the terms that we use stand above: tests have no network
    graph = rdflib.Graph().parse(data=json.dumps({"@context": ANNOTATION_TERMS, **found}), format="json-ld")
    asked = f"""PREFIX oa: <{OA}> SELECT ?report ?exact ?start ?end WHERE {{
        ?a oa:hasTarget ?t. ?t oa:hasSource ?report; oa:hasSelector ?q, ?p.
        ?q oa:exact ?exact. ?p oa:start ?start; oa:end ?end }}"""
    answers = list(graph.query(asked))
    assert len(answers) == found["total"] > 0
    for report, exact, start, end in answers:  # type: ignore[misc]
        text = case.store.text(str(report).removeprefix("urn:sha256:")) or ""
        assert text[int(start) : int(end)].encode("utf-8", "replace").decode() == str(exact)


def test_prov_leads_from_each_event_to_its_reports_and_from_each_decision_to_a_person(case: Case) -> None:
    graph = rdflib.Graph().parse(data=text_of(case, "prov"), format="json-ld")
    asked = f"""PREFIX prov: <{PROV}> SELECT DISTINCT ?event ?report WHERE {{ ?event prov:wasDerivedFrom/prov:wasDerivedFrom ?report }}"""
    expected = {(e["id"], claim["report"]) for e in case.contract()["events"] for claim in e["claims"]}
    assert {(str(e).rpartition(":")[2], str(r).rpartition(":")[2]) for e, r in graph.query(asked)} == expected  # type: ignore[misc]
    who = graph.query(
        f"PREFIX prov: <{PROV}> SELECT ?d WHERE {{ ?d a prov:Activity; prov:wasAssociatedWith <urn:dragoman:agent:person:Ada> }}"
    )
    assert len(list(who)) == len(case.log())


def test_only_what_a_person_decided_is_a_review(case: Case) -> None:
    (review,) = json.loads(text_of(case, "claimreview"))["@graph"]
    assert review["author"]["name"] == "Ada" and review["reviewRating"] == {"@type": "Rating", "alternateName": "denied"}
    published = {"@context": {"@vocab": "https://schema.org/"}, "@graph": [review]}
    graph = rdflib.Graph().parse(data=json.dumps(published), format="json-ld")
    assert list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/ClaimReview")))
