"""★ What one report says: actors, times, figures, statements, events. The contract is docs/reference/reading.md.

Every entry points at the characters that it was read from; an entry without evidence cannot be built. Ids are unique
within a reading ("a1", "t1", "f1", "s1", "e1") and other entries refer to them by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from dragoman.text.report import Report, Span

Kind = Literal["person", "group", "organization", "government", "country"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
StatementMode = Literal["direct", "indirect", "mixed"]
Standing = Literal["named", "unnamed", "anonymous", "institution"]
LinkKind = Literal["publisher", "statement", "carrier"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Evidence = Literal["lexicon", "model"]
Status = Literal["occurred", "ongoing", "planned", "promised", "threatened", "demanded", "cancelled", "denied", "hypothetical"]


def _has_evidence(what: str, spans: Sequence[Span]) -> None:
    if not spans or any(span.start >= span.end for span in spans):
        raise ValueError(f"{what} needs at least one span that holds a character, found {list(spans)}")


@dataclass(frozen=True)
class Actor:
    """Somebody who acts, is acted on, or speaks. `name` is the fullest form in the text.

    `country` is an ISO 3166-1 alpha-3 code or None; `sectors` are PLOVER sector codes; `roles` are the text's own words
    ("interim leader"); `mentions` are all places where the text means this actor, pronouns included, in text order.
    """

    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: tuple[str, ...]
    roles: tuple[str, ...]
    mentions: tuple[Span, ...]

    def __post_init__(self) -> None:
        _has_evidence(f"actor {self.id} ({self.name})", self.mentions)


@dataclass(frozen=True)
class Time:
    """A TIMEX3 expression. `value` is normalised ISO ("2026-01-09", "2026-W03", "P21M"); None if it stays unresolved."""

    id: str
    start: int
    end: int
    type: TimeType
    value: str | None

    def __post_init__(self) -> None:
        _has_evidence(f"time {self.id}", (Span(self.start, self.end),))


@dataclass(frozen=True)
class Figure:
    """A quantity: `low` = `high` if exact, `high` None for "at least", `low` None for "up to", scale words multiplied out.

    `unit` is ISO 4217 for money, else a singular English noun ("person", "barrel", "percent"); `of` is what is counted.
    """

    id: str
    start: int
    end: int
    low: int | float | None
    high: int | float | None
    unit: str | None
    of: str | None
    approximate: bool

    def __post_init__(self) -> None:
        _has_evidence(f"figure {self.id}", (Span(self.start, self.end),))
        if self.low is None and self.high is None:
            raise ValueError(f"figure {self.id} needs a lower or an upper bound, found neither")


@dataclass(frozen=True)
class Link:
    """Somebody through whom a statement has come into the report.

    `kind`: "publisher" has the whole report (given with it, or named by its byline, dateline or credit); "statement" reports
    the statement in a `statement` of its own, whose id is given; "carrier" was told it, quoted it, printed or aired it.
    `name` is the text's word for it; `actor` is an actor's id or None; `words` are where the text names it, empty for a
    publisher that only the report's own data tell.
    """

    kind: LinkKind
    name: str
    actor: str | None = None
    statement: str | None = None
    words: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Statement:
    """Who says, writes, claims, denies or believes what. Spans may be discontinuous; `source` and `cue` may be empty.

    `speaker` is an actor's id or None; `channel` is where it was said, in the text's words; `when` is an ISO date.
    `addressees` are the actors to whom it is said, `addressed` the words that name them, also where they are no actors
    ("reporters"). `through` are those through whom the report has it, outermost first; the speaker comes after the last of them.
    """

    id: str
    speaker: str | None
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mode: StatementMode
    standing: Standing
    channel: str | None
    when: str | None
    addressees: tuple[str, ...] = ()
    addressed: tuple[Span, ...] = ()
    through: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        _has_evidence(f"statement {self.id}", self.content)


@dataclass(frozen=True)
class When:
    """ISO dates (a day, a month, a year, a week) of an event; `inferred` if its own words do not tell them."""

    start: str
    end: str
    inferred: bool = False


@dataclass(frozen=True)
class Event:
    """One mention of an act. `type` is the PLOVER type of the act itself, `status` whether it took place.

    `cues` are the spans that decided the status; `same_as` is the id of the first mention of the same act;
    `according_to` are the statements through which the report has it, outermost first; `plover` is the code that a
    PLOVER data set would give; `confidence` is 0 to 1; `reverses` is the id of the mention of an earlier act that this
    one undoes (a blockade that is lifted) or calls off (a visit planned before). `statement` is the statement that an act
    done in words (an accusation, a demand, a threat, a refusal) makes. `evidence` tells what found the act: a frame of the
    lexicon, or only the head of the encoder ("model"). `inferred` names the sides ("initiators", "recipients") that the
    mention's own words do not tell and that stand elsewhere in the report.
    """

    id: str
    type: EventType
    mode: str | None
    trigger: Span
    sentence: Span
    status: Status
    cues: tuple[Span, ...]
    same_as: str | None
    initiators: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    when: When | None
    according_to: tuple[str, ...]
    figures: tuple[str, ...]
    plover: str | None
    confidence: float
    contexts: tuple[str, ...] = ()
    reverses: str | None = None
    statement: str | None = None
    evidence: Evidence = "lexicon"
    inferred: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _has_evidence(f"event {self.id}", (self.trigger, self.sentence))


@dataclass(frozen=True)
class Reading:
    """All that was read out of one report. `notices` are sentences for the reader ("relative dates stay unresolved")."""

    report: Report
    actors: tuple[Actor, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    notices: tuple[str, ...] = field(default=())
