"""The forms for other programs, each read by a tool of its format: what stands there, and what must never stand there."""

from __future__ import annotations

import csv
import importlib.metadata
import importlib.util
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bibtexparser
import networkx
import pandas
import pytest
import rdflib
import rispy
from acled.models.data_models import AcledEvent
from followthemoney import model
from prov.model import ProvActivity, ProvAgent, ProvAssociation, ProvDerivation, ProvDocument
from stix2validator import ValidationOptions, validate_string

from dragoman.case.case import Case
from dragoman.case.exports import acled, gdelt, ucdp
from dragoman.case.exports.forms import COLUMNED, TEXTS, written
from dragoman.case.exports.sources import bibtex
from dragoman.case.exports.tables import Table
from dragoman.case.judgements import FigureClaim, FigureSeries, Place, Revision
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow
from dragoman.errors import MissingLibrary
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
    assert (met["Day"], met["FractionDate"], met["Actor1Code"], met["QuadClass"]) == ("20260312", 2026.1973, "VELGOV", 1)
    assert {name for row in found for name, cell in row.items() if cell is not None} <= gdelt.FILLED


def test_columns_are_those_that_libraries_of_the_data_sets_know(case: Case, tmp_path: Path) -> None:
    assert list(AcledEvent.__annotations__) == list(acled.COLUMNS)
    (page,) = [file for file in importlib.metadata.files("gdelt") or () if file.name == "events2.csv"]
    known = pandas.read_csv(str(page.locate()))
    assert [name.casefold() for name in known["name"]] == ["sqldate" if name == "Day" else name.casefold() for name in gdelt.COLUMNS]
    with (tmp_path / "rows.CSV").open("w", encoding="utf-8", newline="") as place:
        csv.writer(place, delimiter="\t").writerows(gdelt.gdelt(case.selected()).rows)  # no names, as in GDELT's own files
    kinds = {"INTEGER": "Int64", "FLOAT": "float64", "STRING": "str"}
    types = {name: kinds[kind] for name, kind in zip(known["name"], known["type"], strict=True)} | {"GLOBALEVENTID": "str"}  # ours: E1
    frame = pandas.read_csv(tmp_path / "rows.CSV", sep="\t", names=list(known["name"]), dtype=types)
    assert len(frame) == len(gdelt.gdelt(case.selected()).rows) and set(frame["QuadClass"]) <= {1, 2, 3, 4}


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


def test_ftm_is_what_its_library_takes_and_only_deeds_are_events(case: Case) -> None:
    found = [model.get_proxy(json.loads(line)) for line in text_of(case, "ftm").splitlines()]
    for entity in found:
        entity.schema.validate(entity.to_dict())
    by_id, events = {entity.id: entity for entity in found}, {event["id"]: event for event in case.contract()["events"]}
    assert len(by_id) == len(found)
    assert {end for entity in found for prop, end in entity.itervalues() if prop.type.name == "entity"} <= by_id.keys()
    told = [entity for entity in found if entity.schema.name in ("Event", "Note")]
    assert len(told) == len(events)
    done = [event for event in events.values() if event["status"] in ("occurred", "ongoing")]
    assert {one.first("recordId") for one in told if one.schema.is_a("Event")} == {event["id"] for event in done}
    kinds = Counter(entity.schema.name for entity in found)
    assert kinds["Article"] == len(case.contract()["reports"])
    assert kinds["Documentation"] == sum(len(event["claims"]) for event in events.values())
    assert kinds["UnknownLink"] == sum(len(event["initiators"]) + len(event["recipients"]) for event in events.values())


def test_ftm_tells_who_says_so_and_whose_dates(case: Case) -> None:
    found = [model.get_proxy(json.loads(line)) for line in text_of(case, "ftm").splitlines()]
    (met,) = [one for one in found if one.schema.name == "Event" and "CONSULT" in one.get("keywords")]
    assert (met.get("startDate"), len(met.get("involved"))) == (["2026-03-12"], 2)
    names = {entity.id: entity.caption for entity in found}
    named = {(names[one.first("resolved")], one.first("name")) for one in found if one.schema.name == "Mention"}
    assert ("Port Union", "Port Union") in named
    threat = next(one for one in found if one.schema.name == "Note" and (one.first("name") or "").startswith("threatened: "))
    roles = {one.first("role"): names[one.first("subject")] for one in found if one.first("object", quiet=True) == threat.id}
    assert roles["recipient"] == "Port Union" and roles.keys() == {"initiator", "recipient"}


def test_ftm_without_its_library_says_what_to_install(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingLibrary, match=r"dragoman\[ftm\]"):
        text_of(case, "ftm")


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


def test_prov_is_read_by_the_library_of_that_name(case: Case) -> None:
    turtle = rdflib.Graph().parse(data=text_of(case, "prov"), format="json-ld").serialize(format="turtle")
    found = ProvDocument.deserialize(content=turtle, format="rdf", rdf_format="turtle")
    kinds = Counter(type(record) for record in found.records)
    claims = sum(len(event["claims"]) for event in case.contract()["events"])
    publishers = {report["publisher"] for report in case.contract()["reports"]}
    assert kinds[ProvAgent] == len(publishers) + len({"Ada", "dragoman"})
    assert (kinds[ProvActivity], kinds[ProvAssociation]) == (len(case.log()), len(case.log()))
    assert kinds[ProvDerivation] == 2 * claims  # an event of a claim, a claim of a report


def test_only_what_a_person_decided_is_a_review(case: Case) -> None:
    (review,) = json.loads(text_of(case, "claimreview"))["@graph"]
    assert review["author"]["name"] == "Ada" and review["reviewRating"] == {"@type": "Rating", "alternateName": "denied"}
    published = {"@context": {"@vocab": "https://schema.org/"}, "@graph": [review]}
    graph = rdflib.Graph().parse(data=json.dumps(published), format="json-ld")
    assert list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/ClaimReview")))
