"""Events: each mention of an act with who, to whom, where, when, how many, on whose word, and whether it took place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Event, Figure, Statement, Time, When
from dragoman.reading.events.acts import Act, find_acts
from dragoman.reading.events.asked import with_modes
from dragoman.reading.events.circumstances import figures_of, place_of
from dragoman.reading.events.confidence import confidence
from dragoman.reading.events.dates import due_when, inferred_when, when_of
from dragoman.reading.events.lemmas import with_known_lemmas
from dragoman.reading.events.mending import mended
from dragoman.reading.events.participants import participants
from dragoman.reading.events.reversals import reversals
from dragoman.reading.events.same_act import is_told_past, same_acts, takes_up
from dragoman.reading.events.status import status_of
from dragoman.reading.events.support import may_carry
from dragoman.reading.events.told_elsewhere import told_elsewhere
from dragoman.reading.nearby import Nearby, by_place
from dragoman.reading.plover import code
from dragoman.text.report import Span

_REFUSABLE = ("CONCEDE", "RETREAT", "AGREE", "COOPERATE", "CONSULT", "AID", "SUPPORT")
_IN_WORDS = ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE")
_DOUBTED = -1.2
"""Factuality below which a noun is no deed. Of 13 such nouns of fresh wire reports those above it were mostly deeds ("the final meeting
has taken place"), those below it were not; on the tuning half every value from -0.4 to -1.2 gives the same."""

_PHRASE = 8  # words from a carrying verb to its noun that make one trigger
_WILLING = ("will", "wo", "would", "shall", "sha")
_FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "myself", "ourselves"})


def read_events(
    annotations: Annotations,
    cast: Cast,
    times: Sequence[Time],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
    published: date | None = None,
) -> list[Event]:
    """All events of the report in text order; ids "e1", "e2", ... Offsets are those of `annotations.text`.

    What a noun names and dates behind the day of publication is planned.
    """
    annotations = mended(with_known_lemmas(annotations))
    cast = with_speakers(annotations, cast, statements)
    acts = find_acts(annotations, cast)
    context = _Context(annotations, cast, by_place(times), by_place(figures), Nearby(statements, lambda s: (*s.content, *s.cue)), published)
    events: list[Event] = []
    kept: list[Act] = []
    for act in acts:
        event = _event(context, act, f"e{len(events) + 1}")
        if act.frame.who and not event.initiators and not event.recipients and not takes_up(annotations, act, kept):
            continue
        if events and _is_more_harm(act, kept[-1]):
            events[-1] = _with_more(events[-1], event)
            continue
        events.append(event)
        kept.append(act)
        refusal = _refusal(context, act, event, f"e{len(events) + 1}")
        if refusal is not None:
            events.append(refusal)
            kept.append(act)
    events = told_elsewhere(annotations, cast, kept, same_acts(annotations, kept, events))
    return with_modes(reversals(annotations, kept, events))


@dataclass(frozen=True)
class _Context:
    """What an event is put together from."""

    annotations: Annotations
    cast: Cast
    times: Nearby[Time]
    figures: Nearby[Figure]
    statements: Nearby[Statement]
    published: date | None = None


def _event(context: _Context, act: Act, name: str) -> Event:
    annotations, cast = context.annotations, context.cast
    sentence = annotations.sentence_of(act.trigger).span
    status, cues = status_of(annotations, act.trigger)
    if status == "promised" and act.frame.type == "ASSAULT":
        status = "threatened"  # to vow violence is to threaten it
    if status == "occurred" and act.frame.status is not None:
        status, cues = act.frame.status, (act.trigger.span,)
    if status == "occurred" and not cues and _is_doubted(act.trigger):
        status = "hypothetical"
    when = when_of(annotations, context.times.at(sentence), act)
    if status == "occurred" and _may_lie_ahead(annotations, act) and _lies_ahead(when, context.published):
        status = "planned"
    initiators, recipients = participants(annotations, cast, act)
    return Event(
        id=name,
        type=act.frame.type,
        mode=act.frame.mode,
        trigger=trigger_of(act),
        sentence=sentence,
        status=status,
        cues=cues,
        same_as=None,
        initiators=initiators,
        recipients=recipients,
        place=place_of(annotations, cast, act),
        when=when
        or due_when(annotations, context.times.at(sentence), act, status, context.published)
        or inferred_when(annotations, context.times, act, settled=status in ("occurred", "ongoing")),
        according_to=according_to(context.statements.at(act.trigger.span), act.trigger.span),
        figures=figures_of(annotations, context.figures.at(sentence), act),
        plover=code(act.frame.type, status),
        confidence=confidence(annotations, act, status, bool(initiators), bool(recipients)),
        contexts=act.frame.contexts,
        statement=statement_made(context.statements.at(sentence), act.trigger.span) if act.frame.type in _IN_WORDS else None,
        evidence=act.frame.evidence,
    )


def _is_doubted(trigger: Token) -> bool:
    """Whether the encoder doubts that what a noun names took place, where no words around it tell."""
    return trigger.upos == "NOUN" and trigger.factuality < _DOUBTED


def _may_lie_ahead(annotations: Annotations, act: Act) -> bool:
    """Whether a day to come makes the act one to come: a noun that is not told as past, a present tense ("they meet on Friday")."""
    if act.trigger.upos == "NOUN":
        return not is_told_past(annotations, act)
    return act.trigger.feats.get("Tense") == "Pres" and act.trigger.feats.get("VerbForm") == "Fin"


def _lies_ahead(when: When | None, published: date | None) -> bool:
    """Whether an act is dated behind the day of publication; the day after is left out, as clocks of agencies differ."""
    if when is None or published is None:
        return False
    return when.start > (published + timedelta(days=1)).isoformat()


def trigger_of(act: Act) -> Span:
    """The word for the act; with a verb that only carries the noun it asks for, both: "imposed new sanctions"."""
    verb, asked = act.trigger, act.frame.obj
    if act.frame.pos != "verb" or asked is None or not may_carry(verb):
        return verb.span
    nouns = [t for t in act.arguments.objects if t.lemma.lower() in asked.lemmas and 0 < t.index - verb.index <= _PHRASE]
    return Span(verb.start, nouns[0].end) if nouns else verb.span


def _refusal(context: _Context, act: Act, event: Event, name: str) -> Event | None:
    """The refusal that lies in "will not" or in "we cannot": "Kora will not release them" denies the release and refuses it."""
    if event.status != "denied" or event.type not in _REFUSABLE or not event.initiators or act.frame.pos != "verb":
        return None
    annotations, speakers = context.annotations, {s.speaker for s in context.statements.at(act.trigger.span)}
    helpers = [t for t in annotations.children(act.trigger, "aux", "advmod") if t.index < act.trigger.index]
    ours = bool(speakers & set(event.initiators)) or any(t.lower in ("we", "i") for t in annotations.children(act.trigger, "nsubj"))
    will = next((t for t in helpers if t.lower in _WILLING or (ours and t.lower in ("can", "ca", "cannot"))), None)
    no = next((t for t in helpers if t.lower in ("not", "n't", "never", "cannot")), None)
    if will is None or no is None or any(t.lower == "have" for t in helpers):
        return None
    return replace(
        event,
        id=name,
        type="REJECT",
        mode=None,
        trigger=Span(min(will.start, no.start), max(will.end, no.end)),
        status="occurred",
        cues=(),
        recipients=(),
        figures=(),
        plover=code("REJECT", "occurred"),
        contexts=(),
        statement=None,
    )


def _is_more_harm(act: Act, last: Act) -> bool:
    """Whether a verb adds victims to the one that it is joined to: "killed two people and wounded 15" is one act."""
    joined = act.trigger.relation == "conj" and act.trigger.head == last.trigger.index
    return joined and act.frame.harm and last.frame.harm and act.frame.pos == last.frame.pos == "verb"


def _with_more(event: Event, more: Event) -> Event:
    return replace(
        event,
        recipients=tuple(dict.fromkeys((*event.recipients, *more.recipients))),
        figures=tuple(dict.fromkeys((*event.figures, *more.figures))),
    )


def with_speakers(annotations: Annotations, cast: Cast, statements: Sequence[Statement]) -> Cast:
    """The cast in which "I" and "we" inside a quotation mean its speaker."""
    said: dict[int, str] = {}
    quoted = Nearby((s for s in statements if s.speaker and s.mode != "indirect"), lambda s: s.content)
    for token in annotations.tokens:
        if token.lower in _FIRST_PERSON and cast.of(token) is None:
            holding = [s for s in quoted.at(token.span) if _holds(s, token.span)]
            if holding:
                said[token.index] = str(min(holding, key=_length).speaker)
    return replace(cast, by_token={**cast.by_token, **said}) if said else cast


def _holds(statement: Statement, span: Span) -> bool:
    return any(content.covers(span) for content in statement.content)


def _length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def statement_made(statements: Sequence[Statement], trigger: Span) -> str | None:
    """The statement whose cue is the trigger: what an accusation or a demand says."""
    return next((s.id for s in statements if any(span.overlaps(trigger) for span in s.cue)), None)


def according_to(statements: Sequence[Statement], trigger: Span) -> tuple[str, ...]:
    """The statements whose content holds the trigger, outermost first, without the one that the trigger makes."""
    found = [s for s in statements if _holds(s, trigger) and not any(span.overlaps(trigger) for span in s.cue)]
    return tuple(s.id for s in sorted(found, key=lambda s: -_length(s)))
