"""The review by programs: the queue and the agreement as JSON, and the one address that takes decisions."""

from __future__ import annotations

from typing import Any

from dragoman.case.case import Case, now
from dragoman.case.reviewing import REASONS
from dragoman.case.reviewing_agreement import Agreement
from dragoman.faces.cli import review_command
from dragoman.faces.web.address import LONGEST
from dragoman.faces.web.api.question import Answered, Parameter, Window
from dragoman.faces.web.api.schemas import COUNT, STRING, Components, Schema, many, record
from dragoman.faces.web.page import Asked, Done, Sent
from dragoman.faces.web.problems import Refused, not_found
from dragoman.faces.web.review import answering, items
from dragoman.faces.web.review.asking import wanted
from dragoman.faces.web.review.deeds import answered_by_others, why
from dragoman.reading.wording import one_line

DECISIONS = "/decisions"
_SCHEMA = "dragoman.review/1"
_NUMBER: Schema = {"type": "number"}
_SCORE: Schema = {"type": "number", "minimum": 0, "maximum": 2}
_KINDS = f"^({'|'.join(REASONS)})(,({'|'.join(REASONS)}))*$"
PARAMETERS = (
    Parameter("reason", f"Only questions of these kinds, with commas: {', '.join(REASONS)}.", {"type": "string", "pattern": _KINDS}),
    Parameter("from_score", "Only scores from this one on.", {**_SCORE, "default": 0}),
    Parameter("below", "Only scores below this one; 2 also for what the rules are sure of.", {**_SCORE, "default": 0.9}),
    Parameter("publisher", "Only what a report of this publisher tells.", {"type": "string", "pattern": r"\S", "maxLength": LONGEST}),
    Parameter("second", "1 for a second reading: what others have decided and the asker has not.", {"enum": ["1"]}),
)


def review(case: Case, asked: Asked, window: Window) -> Answered:
    """A part of the queue, each question with its sentences."""
    asks = wanted(asked.address, asked.filters, asked.visitor.name)
    found = review_command.review(case, asks, window.limit, window.offset).items
    return Answered(found, found["count"])


def review_shape(_: Components) -> Schema:
    """The schema of the queue."""
    facts: Schema = {"type": "object", "additionalProperties": STRING}
    texts = dict.fromkeys(("report", "entry", "role", "publisher", "published", "sentence"), STRING)
    told = record(**texts, item={"type": ["string", "null"]}, start=COUNT, end=COUNT, facts=facts)
    words = dict.fromkeys(("id", "question", "why", "proposed"), STRING)
    question = record(**words, reason={"enum": list(REASONS)}, score=_NUMBER, told=COUNT, items=many(STRING), evidence=many(told))
    counts: Schema = {"type": "object", "properties": dict.fromkeys(REASONS, COUNT), "additionalProperties": False}
    return record(schema={"const": _SCHEMA}, count=COUNT, counts=counts, questions=many(question))


def agreement(case: Case, _: Asked, __: Window) -> Answered:
    """How far people agree, and where they differ."""
    return Answered(review_command.agreement(case).items)


def agreement_shape(components: Components) -> Schema:
    """The schema of agreement."""
    components.of(Agreement)
    made = components.schemas["Agreement"]["properties"]
    return record(schema={"const": _SCHEMA}, **made)


def who(_: Case, asked: Asked) -> str:
    """What the queue depends on beside the case: who reads for the second time."""
    return asked.visitor.name


def decide(case: Case, sent: Sent) -> Done:
    """Answers a question of the queue, or takes a decision back. Raises Refused and QueryError."""
    if undone := sent.form.get("undo", "").strip().upper():
        return items.undo(case, Sent(sent.form, undone, sent.visitor, sent.fields))
    item = sent.form.get("item", "").strip().upper()
    doubt = case.doubt(item)
    if doubt is None:
        raise not_found(f"Nothing is asked about {one_line(item[:20])!r}; expected the id of a question of the queue.")
    if sent.form.get("second") is None and answered_by_others(case, doubt, sent.visitor.name):
        raise Refused(
            409,
            "Decided by somebody else",
            f"{doubt.id} was decided by somebody else meanwhile.",
            "Send second=1 for a second reading.",
        )
    proposed = sent.form.get("proposed", "")
    made = answering.answer(case.judge(sent.visitor.name), doubt, sent.form.get("answer", ""), proposed, why(sent), now())
    return Done("/log", {"to": "/log", "decisions": made})


def operation() -> dict[str, Any]:
    """What takes decisions, for the description: its form, and what it gives back."""
    form: Schema = {
        "type": "object",
        "properties": {
            "item": {"type": "string", "description": "The id of a question: L7, E5, C3 or D1."},
            "answer": {"type": "string", "description": "accept, reject, or for a promise state: and one of its states (state:kept)."},
            "proposed": {"type": "string", "description": "With accept, for a promise: the state that was proposed, as the queue has it."},
            "why": {"type": "string", "description": "The reason, for the log."},
            "second": {"enum": ["1"], "description": "Answers also what somebody else has decided: a second reading."},
            "undo": {"type": "string", "description": "Instead of all others: the decision to be taken back, such as J3."},
        },
    }
    about = "Answers a question of the queue, or takes a decision back, in the name of the token's owner; a reviewer may."
    given = {"application/json": {"schema": record(to=STRING, decisions=many(STRING))}}
    return {
        "operationId": "decide",
        "summary": about,
        "description": f"{about} A workspace without accounts takes decisions on its pages only.",
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
        "responses": {"200": {"description": "The decisions that were taken.", "content": given}},
    }
