"""Where and when an act took place, and its figures: what hangs on its trigger or on the verb that carries it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.annotations import Annotations, Name, Sentence, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Figure, Time, When
from dragoman.reading.events.acts import Act
from dragoman.reading.events.arguments import prepositional
from dragoman.reading.events.frames import frames
from dragoman.reading.events.status import first_conjunct, outer
from dragoman.reading.nearby import Nearby
from dragoman.text.report import Span

_PLACE_WORDS = ("in", "at", "near", "outside", "inside", "around", "across", "throughout", "off", "on")
_TARGET_WORDS = ("to", "into")
_OTHER_CLAUSES = ("acl:relcl", "ccomp", "advcl", "parataxis", "conj", "csubj")
_MAX_STEPS = 3
_SENTENCES_BACK = 2  # sentences of its paragraph from which an act may take its day
_YEAR = 4  # characters of a year alone, which says too little of an act that it does not stand with
_FULL_DAY = 10  # characters of "2026-01-09"
_OTHER_TIME = ("before", "after", "since", "until", "till", "than")  # "71 days before the handover in July"

_ASPECT = frozenset(("begin", "start", "continue", "keep", "resume", "commence", "stop", "finish", "halt", "cease"))
"""Verbs that tell a stage of an act and no act of their own: what dates and places them dates and places it."""


def _bearers(annotations: Annotations, act: Act) -> list[Token]:
    """The trigger, the head of its phrase, and the verb that carries it: what belongs to them belongs to the act."""
    found = [act.trigger]
    phrase = outer(annotations, act.trigger)
    if phrase is not act.trigger:
        found.append(phrase)
    if act.light is not None:
        found.append(act.light)
    above = annotations.head(act.trigger)
    if act.trigger.relation == "xcomp" and above is not None and above.lemma in _ASPECT:
        found.append(above)  # "began freeing detainees on Thursday"
    return found


def place_of(annotations: Annotations, cast: Cast, act: Act) -> str | None:
    """The place that the act's own words name ("Grozny", "the Chechen capital Grozny" gives "Grozny"), or None."""
    words = _PLACE_WORDS + (_TARGET_WORDS if act.frame.mode == "visit" else ())
    bearers = _bearers(annotations, act)
    behind = act.arguments.objects if act.frame.pos == "verb" else prepositional(annotations, act.trigger).get("of", ())
    around = [*bearers, *behind]  # "bombed a station in Tarvo", "the bombing of a station in Tarvo"
    for bearer in around:
        phrases = prepositional(annotations, bearer)
        for word in words:
            for noun in phrases.get(word, ()):
                name = _place_name(annotations, cast, noun)
                if name is not None:
                    return name
    if act.frame.mode in ("visit", "seize") or act.frame.type == "ASSAULT":
        names = (_place_name(annotations, cast, noun) for noun in act.arguments.objects if act.frame.pos == "verb")
        return next((n for n in names if n is not None), None)
    return None


def _place_name(annotations: Annotations, cast: Cast, noun: Token) -> str | None:
    actor = cast.of(noun)
    if actor is not None and cast.get(actor).kind in ("person", "group"):
        return None
    own = _name(annotations, noun)
    if own is not None:
        return annotations.text[own.start : own.end]
    if noun.upos == "PROPN" and cast.country_of(noun) is not None:
        return noun.text
    for token in annotations.children(noun, "appos", "compound", "nmod", "flat"):
        name = _name(annotations, token)
        if name is not None:
            return annotations.text[name.start : name.end]
    return None


def _name(annotations: Annotations, token: Token) -> Name | None:
    name = annotations.name_at(token)
    return name if name is not None and name.kind in ("PLACE", "FACILITY") else None


# ------------------------------------------------------------------ time


def when_of(annotations: Annotations, times: Sequence[Time], act: Act) -> When | None:
    """The date that stands with the act in its own clause; None if its words tell none. Durations date nothing."""
    sentence = annotations.sentence_of(act.trigger)
    dated = [t for t in times if sentence.start <= t.start < sentence.end and _day(t) is not None]
    bearers = {t.index for t in _bearers(annotations, act)}
    best: tuple[int, Time] | None = None
    for time in dated:
        head = _head(annotations, time)
        if head is None:
            continue
        path = _host(annotations, head)
        rank = next((n for n, index in enumerate(path) if index in bearers), None)
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, time)
    if best is None:
        return _shared(annotations, dated, act)
    day = _day(best[1])
    return When(day, day) if day is not None else None


def inferred_when(annotations: Annotations, times: Nearby[Time], act: Act, *, settled: bool) -> When | None:
    """The date of an act whose own words tell none, marked `inferred`; None if nothing near speaks for one.

    First the one date of the sentence that stands in a clause above the act's; for an act that is told as done
    (`settled`) then the last day that the sentences before it in its paragraph name. When somebody spoke dates nothing.
    """
    sentence = annotations.sentence_of(act.trigger)
    here = [t for t in times.at(sentence.span) if sentence.start <= t.start < sentence.end and _day(t)]
    days = {_day(t) for t in here if _may_date(annotations, t, act.trigger, settled)}
    if len(days) == 1:
        day = days.pop()
        return When(day, day, inferred=True) if day is not None and len(day) > _YEAR else None
    if here or not settled:
        return None
    return _of_paragraph(annotations, times, sentence)


def _of_paragraph(annotations: Annotations, times: Nearby[Time], sentence: Sentence) -> When | None:
    first = max(0, sentence.index - _SENTENCES_BACK)
    for earlier in reversed(annotations.sentences[first : sentence.index]):
        if earlier.paragraph != sentence.paragraph:
            return None
        found = [t for t in times.at(earlier.span) if earlier.start <= t.start < earlier.end]
        days = [day for t in found if (day := _day(t)) is not None and len(day) == _FULL_DAY]
        if days:
            return When(days[-1], days[-1], inferred=True) if len(set(days)) == 1 else None
    return None


def _may_date(annotations: Annotations, time: Time, trigger: Token, settled: bool) -> bool:
    """Whether the verb that a date stands with is above the act without a verb of saying between them."""
    head = _head(annotations, time)
    if head is None or any(t.lower in _OTHER_TIME for t in annotations.children(head, "case", "mark")):
        return False
    host = next((t for t in annotations.ancestors(head) if t.upos in ("VERB", "AUX")), None)
    if host is None:
        return False
    apart = ("ccomp", "parataxis") if settled else ("ccomp", "parataxis", "xcomp", "acl")
    for below in (trigger, *annotations.ancestors(trigger)):
        if below.index == host.index:
            return True
        if below.relation.split(":")[0] in apart:
            return False
    return False


def _day(time: Time) -> str | None:
    """The date of a time without its hour; None for durations, repeated times and what stayed unresolved."""
    value = time.value
    if value is None or time.type in ("DURATION", "SET") or not value[:1].isdigit() or "X" in value:
        return None
    return value.split("T")[0] or None


def _head(annotations: Annotations, time: Time) -> Token | None:
    """The token of a time expression on which its others depend."""
    inside = annotations.tokens_in(Span(time.start, time.end))
    indexes = {t.index for t in inside}
    return next((t for t in inside if t.head not in indexes), None)


def _host(annotations: Annotations, head: Token) -> list[int]:
    """The tokens that a time may date: its governors up to the first verb or act noun, nearest first."""
    path: list[int] = []
    for above in annotations.ancestors(head):
        path.append(above.index)
        if any(t.lower in _OTHER_TIME for t in annotations.children(above, "case", "mark")):
            break
        names_act = above.lemma.lower() in frames("noun")
        if above.upos in ("VERB", "AUX") or names_act or len(path) >= _MAX_STEPS:
            break
    return path


def _shared(annotations: Annotations, dated: Sequence[Time], act: Act) -> When | None:
    """A date at the head of a clause holds for the verbs joined to it: "On Friday police held two and shot one"."""
    carrier = act.light or act.trigger
    first = first_conjunct(annotations, carrier)
    if first is carrier or carrier.upos != "VERB":
        return None
    for time in dated:
        head = _head(annotations, time)
        if head is not None and head.head == first.index and head.index < first.index and (day := _day(time)):
            return When(day, day)
    return None


# ------------------------------------------------------------------ figures


def figures_of(annotations: Annotations, figures: Sequence[Figure], act: Act) -> tuple[str, ...]:
    """The ids of the figures that hang on the act, clauses of their own left out."""
    if not figures:
        return ()
    tokens = annotations.subtree(act.trigger, without=_OTHER_CLAUSES)
    for head in act.arguments.objects if act.frame.pos == "verb" else ():
        tokens = [*tokens, *annotations.subtree(head, without=_OTHER_CLAUSES)]
    if act.light is not None and not any(c.upos == "NOUN" for c in annotations.children(act.light, "obj")):
        tokens = [*tokens, act.light]
    starts = {t.start for t in tokens}
    return tuple(f.id for f in figures if any(f.start <= start < f.end for start in starts))
