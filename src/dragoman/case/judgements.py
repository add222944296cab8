"""★ What a case is made of: links with their reasons, people's decisions, and the items that stand on them.

The contract is docs/reference/case.md. A reading is never changed once it is in a case; what the case adds (these two
mentions are one event, these two names one person) is a `Link`: made by a rule or a person, superseded, never erased. The
items (`CaseActor`, `CaseEvent`, ...) are what the links, the readings and the decisions come to on a given day.

Ids of items are short and stable: "A12" an actor, "E40" an event, "F3" a series of figures, "D1" a dispute, "C7" a
commitment, "T2" a thread, "L123" a link, "J5" a decision. Days are ISO days ("1962-10-28"); moments are ISO date and time in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from dragoman.reading.entries import EventType, Kind, Status, When

LinkKind = Literal["same_text", "same_actor", "same_event", "came_of", "reverses"]
Judgement = Literal["undecided", "positive", "negative"]
Verb = Literal["same", "different", "undo", "rename", "split", "merge", "reject", "edit", "pin", "confirm"]
DisputeKind = Literal["figure", "status", "agent", "time"]
CommitmentKind = Literal["promise", "plan", "threat", "demand"]
State = Literal["not yet rated", "in the works", "stalled", "compromise", "kept", "broken"]
DecidedBy = Literal["rule", "person"]

RULE = "rule"
"""The author (`by`) of a link that no person made."""


class Place(NamedTuple):
    """One entry of one reading: `report` is the report's id, `entry` an id within its reading ("e7", "a3", "f2", "s1").

    `entry` is "" where the report as a whole is meant (links of kind same_text).
    """

    report: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Two places belong together, as `by` ("rule" or a person's name) held at the moment `at`.

    What `a` and `b` are depends on `kind`: same_text: `a` is the copy, `b` the earlier report; same_actor and same_event: `a`
    was read later; came_of: `a` is what happened, `b` the plan, promise, threat or demand; reverses: `a` undoes `b`.
    `score` is 0 to 1; `why` tells the reason in words. `judgement` is a person's word on it: a link judged negative joins
    nothing, whatever its score.
    """

    kind: LinkKind
    a: Place
    b: Place
    score: float
    why: str
    by: str = RULE
    at: str = ""
    judgement: Judgement = "undecided"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """An act of a person: what they did (`verb`) to what (`target`, an item's, a link's or a decision's id).

    `value` is what the verb needs: the new name (rename), the other item (merge), places as "report:entry" with commas (split),
    "field=value" (edit); None otherwise. undo's target is the decision that is taken back. `by` comes from the settings.
    """

    verb: Verb
    target: str
    value: str | None
    why: str
    by: str
    at: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor of a reading: where an actor of the case is named."""

    report: str
    actor: str


@dataclass(frozen=True, slots=True)
class CaseActor:
    """Somebody who acts or is acted on in several reports. `aliases` are the other names and descriptions that reports use."""

    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: tuple[str, ...]
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One report's mention of an event, with the status that it gives it. `event` is the id in that report's reading."""

    report: str
    event: str
    status: Status


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One act, with all that claims it. `initiators` and `recipients` are actors of the case.

    `independent_sources` counts claims once for each text that others copy and once for each speaker quoted; `reverses` is
    the event that this one undoes; `thread` the thread that it belongs to. `confidence` is 0 to 1.
    """

    id: str
    type: EventType
    mode: str | None
    status: Status
    plover: str | None
    when: When | None
    place: str | None
    initiators: tuple[str, ...]
    recipients: tuple[str, ...]
    claims: tuple[Claim, ...]
    independent_sources: int
    confidence: float
    reverses: str | None = None
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """One value for a measured thing. `low` and `high` as in a reading's figure; `said` is the day on which it was given.

    `speaker` is an actor of the case, None where the report itself gives it.
    """

    low: int | float | None
    high: int | float | None
    report: str
    figure: str
    speaker: str | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """A source that gave one value (`before`) gives another later (`after`): places of figures. `source` names it."""

    before: Place
    after: Place
    source: str


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """One measured thing through time: what is counted (`of`), about which event or thread (`about`, None if neither), in what `unit`.

    `revisions` are the changes that one source made to its own value; they are no disputes.
    """

    id: str
    of: str | None
    about: str | None
    unit: str | None
    claims: tuple[FigureClaim, ...]
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One position in a dispute: the places that hold it and the actors of the case who speak for it."""

    position: str
    claims: tuple[Place, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What reports or speakers contradict each other about. `about` is an event ("E3") or a series of figures ("F1")."""

    id: str
    kind: DisputeKind
    about: str
    summary: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A mention of an event that bears on a commitment, and the state that it speaks for.

    `score` (0 to 1) tells how sure it is that it bears on it, `why` the reason in words.
    """

    report: str
    event: str
    bears: State
    score: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody undertook, announced, threatened or demanded. `maker`, `to`: actors of the case; `act`: the event.

    `made` and `due` are ISO dates; `condition` is in the report's words. `state` is what `decided_by` holds, on the evidence given.
    """

    id: str
    kind: CommitmentKind
    maker: str | None
    to: str | None
    act: str
    made: str | None
    due: str | None
    condition: str | None
    state: State
    decided_by: DecidedBy
    evidence: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class StateEvidence:
    """A mention of an event on which the state of a thread rests."""

    report: str
    event: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A process that runs through the reports. `state` tells in one sentence where it stands; `since` is its first day."""

    id: str
    title: str
    state: str
    state_evidence: tuple[StateEvidence, ...]
    since: str | None
    events: tuple[str, ...]
