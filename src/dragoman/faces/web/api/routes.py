"""The table of all questions: the routes, their check, the OpenAPI description and the reference page are made from it.

To add an answer: write what answers it in a module beside this one, as `answers.py` does (`Ask`: the case, what is asked, the window of
a listing; what it gives is JSON's plain values, and for a listing how many there are in all); its schema as a `Shape`, out of the classes
that the values are made of (`_of(threads=Thread)`), or of `record(...)`; and one `Question` in QUESTIONS, with its parameters, and
`role` where a reader may not ask it. `tests/faces/web/test_schemathesis.py` then asks it too; `python -c "from
dragoman.faces.web.api.openapi import table; print(table())"` gives the table for docs/reference/api.md.
"""

from __future__ import annotations

from typing import Any

from dragoman.case.brief.parts import Brief
from dragoman.case.exporting import SCHEMA
from dragoman.case.judgements import CaseActor, CaseEvent, Commitment, Dispute, FigureSeries, Link, Thread, Verb
from dragoman.case.log import FATES
from dragoman.case.network import PERIODS, EdgeKind, Node, Sign
from dragoman.case.showing import Shown
from dragoman.faces.web.address import LONGEST
from dragoman.faces.web.api import alerts, answers, places, reviewing
from dragoman.faces.web.api.question import Parameter, Question, Shape
from dragoman.faces.web.api.schemas import COUNT, NULLABLE, STRING, Components, Schema, many, record, row
from dragoman.faces.web.pages.sources import STANDINGS, Publisher
from dragoman.reading.plover import STATUSES, TYPES

_DAY: Schema = {"type": "string", "format": "date"}
_AS_OF = Parameter("as_of", "The record of that day: only reports published up to it (YYYY-MM-DD).", _DAY)
_SINCE = Parameter("since", "Only what is from that day or later.", _DAY)
_WORDS: Schema = {"type": "string", "pattern": r"\S", "maxLength": LONGEST}
_ACTOR = Parameter("actor", "Only what an actor takes part in, by id (A2) or name.", _WORDS)
_THREAD = Parameter("thread", "Only what belongs to a thread, by id (T1) or title.", _WORDS)
_TYPE = Parameter("type", f"Only events of a PLOVER type: {', '.join(TYPES)}.", {"enum": list(TYPES)})
_STATUS = Parameter("status", f"Only events with a status: {', '.join(STATUSES)}.", {"enum": list(STATUSES)})
_ALL = (_AS_OF, _SINCE, _ACTOR, _THREAD, _TYPE, _STATUS)
_INSIDE = (_AS_OF, _SINCE, _TYPE, _STATUS)
PAGING = (
    Parameter("limit", f"At most so many items, up to {answers.MOST:,}; 0 for all.", {**COUNT, "maximum": answers.MOST, "default": 100}),
    Parameter("offset", "How many items to leave out at the beginning.", {**COUNT, "maximum": 10_000_000, "default": 0}),
)
_QUERY = Parameter(
    "q", 'Words; "..." is a phrase; AND, OR, NOT; missil* begins words; khruschev~ finds names spelt alike.', _WORDS, required=True
)
_BY = Parameter("by", "Cuts time into periods.", {"enum": list(PERIODS)})
_WHO = Parameter("by", "Only what one person decided.", _WORDS)
_ITEM = Parameter("item", "Only what is about an item, a link, a decision, or a mention as REPORT:ENTRY.", _WORDS)
_STATE = Parameter("state", "Only decisions in a state.", {"enum": list(FATES)})
_HEAD: dict[str, Schema] = {"schema": {"const": SCHEMA}, "as_of": {**NULLABLE, "format": "date"}}
_REPORT = record(id=STRING, **dict.fromkeys(("title", "publisher", "published", "url", "same_text_as", "source_id"), NULLABLE))


def _told(components: Components, **items: Any) -> Schema:
    """An answer with these arrays of items, each of a class."""
    return record(**_HEAD, **{name: many(components.of(kind)) for name, kind in items.items()})


def _of(**items: Any) -> Shape:
    return lambda components: _told(components, **items)


def _and(base: Schema, **more: Schema) -> Schema:
    return record(**base["properties"], **more)


def _sources(components: Components) -> dict[str, Schema]:
    counts = {"type": "object", "properties": dict.fromkeys(STANDINGS, COUNT), "additionalProperties": False}
    return {"publishers": many(components.of(Publisher)), "standings": record(counts=counts, reports=COUNT)}


def _overview(components: Components) -> Schema:
    names = ("reports", "events", "actors", "threads", "figures", "disputes", "commitments", "overdue", "due")
    told = _told(components, threads=Thread, disputes=Dispute, overdue=Commitment, due=Commitment)
    span = {"case": STRING, "today": STRING, "first": NULLABLE, "last": NULLABLE, "counts": record(**dict.fromkeys(names, COUNT))}
    return _and(told, **span, **_sources(components))


def _one_report(components: Components) -> Schema:
    items = {"type": "object", "additionalProperties": STRING, "description": "The item of the case for each entry of the reading."}
    return _and(_told(components, copies=Link, disputes=Dispute), report=_REPORT, reading=components.reading(), items=items)


def _network(components: Components) -> Schema:
    ends = dict.fromkeys(("source", "source_name", "target", "target_name"), STRING)
    counts = {"weight": COUNT, "material": COUNT, "disputed": COUNT, "score": {"type": "number"}, "first": STRING, "last": STRING}
    edge = record(**ends, kind=components.of(EdgeKind), sign=components.of(Sign), **counts, events=many(STRING))
    return _and(_told(components, nodes=Node), edges=many(edge), slices=many(record(period=STRING, **edge["properties"])))


def _search(_: Components) -> Schema:
    snippet = record(start=COUNT, end=COUNT, text=STRING, marks=many(row((COUNT, COUNT))))
    return record(**_HEAD, query=STRING, total=COUNT, hits=many(record(report=_REPORT, matches=COUNT, snippets=many(snippet))))


def _changes(components: Components) -> Schema:
    changed = many(record(id=STRING, state=STRING, before=NULLABLE))
    return _and(_told(components, events=CaseEvent), reports=many(_REPORT), changed=changed)


def _log(components: Components) -> Schema:
    texts = dict.fromkeys(("id", "at", "by", "target", "why", "because_of"), STRING)
    decision = record(**texts, verb=components.of(Verb), value=NULLABLE, state={"enum": list(FATES)})
    return record(decisions=many(decision))


QUESTIONS: tuple[Question, ...] = (
    Question(
        "/overview", "overview", "How much there is, the first threads, disputes and commitments, and who the sources are.",
        answers.overview, _overview, _ALL,
    ),
    Question(
        "/timeline", "timeline", "Events in the order of time.", answers.timeline, _of(events=CaseEvent), _ALL,
        paged=True, command="timeline",
    ),
    Question(
        "/threads", "threads", "Where each process stands.", answers.threads, _of(threads=Thread), _ALL,
        paged=True, command="threads",
    ),
    Question(
        "/actors", "actors", "Who is named, those named most often first.", answers.actors, _of(actors=CaseActor),
        tuple(one for one in _ALL if one is not _ACTOR), paged=True, command="actors",
    ),
    Question(
        "/figures", "figures", "What was counted, with every value given for it.", answers.figures, _of(figures=FigureSeries), _ALL,
        paged=True, command="figures",
    ),
    Question(
        "/disputes", "disputes", "What is contradicted, with its sides.", answers.disputes, _of(disputes=Dispute), _ALL,
        paged=True, command="disputes",
    ),
    Question(
        "/promises", "commitments", "Plans, promises, threats and demands; the overdue first.", answers.commitments,
        _of(commitments=Commitment), _ALL, paged=True, command="promises",
    ),
    Question(
        "/network", "network", "Who acts on whom: all edges of what passes.", answers.network, _network, (*_ALL, _BY), command="network",
    ),
    Question(
        "/places", "places", "Where the events took place, with the reason for each place, and the events without one.",
        places.places, places.shape, _ALL, command="places",
    ),
    Question(
        "/search", "search", "Reports by their words, the newest first.", answers.search, _search, (_QUERY, *_ALL),
        paged=True, command="search",
    ),
    Question(
        "/sources", "sources", "Publishers, and the standing of those quoted in the last reports.", answers.sources,
        lambda components: record(**_HEAD, **_sources(components)), (_AS_OF,),
    ),
    Question(
        "/reports", "reports", "The reports by day of publication, without their texts.", answers.reports,
        lambda _: record(**_HEAD, reports=many(_REPORT)), _ALL, paged=True,
    ),
    Question(
        "/reports/{item}", "report", "A report with its text and reading, the case's items for its entries, copies and disputes.",
        answers.one_report, _one_report, (_AS_OF,),
    ),
    Question(
        "/show/{item}", "show", "Everything about one item, down to the sentences: E12, A3, T1, D1, C4, F2, L7, or a report.",
        answers.show, lambda components: components.of(Shown), _INSIDE, command="show",
    ),
    Question(
        "/changes", "changes", "What is new since a day: reports, up to 100 events, what stands otherwise. `since` must be given.",
        answers.changes, _changes, (Parameter("since", "The day from which changes are told.", _DAY, required=True),
                                    *(one for one in _ALL if one is not _SINCE)), command="changes",
    ),
    Question(
        "/log", "log", "What people decided.", answers.log, _log, (_AS_OF, _SINCE, _WHO, _ITEM, _STATE), paged=True, command="log",
    ),
    Question(
        "/review", "review", "What is uncertain and nobody has judged, what matters most and is least certain first.",
        reviewing.review, reviewing.review_shape, (*reviewing.PARAMETERS, _ACTOR, _THREAD), paged=True, beside=reviewing.who,
    ),
    Question(
        "/agreement", "agreement", "How far those agree who decided the same questions (Krippendorff's alpha), and where they differ.",
        reviewing.agreement, reviewing.agreement_shape, command="agreement",
    ),
    Question(
        "/alerts", "alerts", "What is watched, by whom, and how much each alert has found.", alerts.alerts, alerts.alerts_shape,
        paged=True, beside=alerts.stamp,
    ),
    Question(
        "/alerts/{item}", "alert", "One alert, by its number, with what it has found, the latest first.", alerts.one_alert,
        alerts.alert_shape, paged=True, beside=alerts.stamp,
    ),
    Question(
        "/brief", "brief", "What happened, who says so, what is disputed, promised and due, each sentence with its notes.",
        answers.brief, lambda components: record(**_HEAD, brief=components.of(Brief)), (_AS_OF, _SINCE, _THREAD), snapshot=False,
    ),
)  # fmt: skip
