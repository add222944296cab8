"""When an act took place or is to: the date that stands with it, the range that it opens, the term that is set for it.

A date belongs to the act whose words it hangs on. "Will leave within two weeks" is due in the two weeks from the day of the
report, "to meet in three months" in the month that is three months off; a duration elsewhere dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice, pairwise
from types import MappingProxyType

from dragoman.language.annotations import Annotations, Sentence, Token
from dragoman.lexicons.load import words_of
from dragoman.reading.entries import Status, Time, When
from dragoman.reading.events.acts import Act
from dragoman.reading.events.frames import frames
from dragoman.reading.events.status import first_conjunct, outer
from dragoman.reading.nearby import Nearby
from dragoman.reading.times import calendar_math as calendar
from dragoman.text.report import Span

_MAX_STEPS = 3
_SENTENCES_BACK = 2  # sentences of its paragraph from which an act may take its day
_YEAR = 4  # characters of a year alone, which says too little of an act that it does not stand with
_FULL_DAY = 10  # characters of "2026-01-09"
_OTHER_TIME = ("before", "after", "since", "until", "till", "than")  # "71 days before the handover in July"
_AWAY = frozenset({*_OTHER_TIME, "ahead"})
_BACK = re.compile(r"\b(?:past|last|recent|previous|more than|less than)\b", re.IGNORECASE)
_JOINTS = frozenset({"-", "\u2013", "to", "through", "until", "till", "and"})  # what joins the first day of a range to its last
_BEFORE = 24  # characters before a length in which "within the next" stands
_LENGTH = re.compile(r"P([0-9]{1,3})([DWMY])")
_UNITS = MappingProxyType({"D": "day", "W": "week", "M": "month", "Y": "year"})
_TO_COME: tuple[Status, ...] = ("planned", "promised", "threatened", "demanded")
_TERM = re.compile(r"\b(within|in)(?: the next| the coming| another| about)? $", re.IGNORECASE)

_ASPECT = frozenset(("begin", "start", "continue", "keep", "resume", "commence", "stop", "finish", "halt", "cease"))
"""Verbs that tell a stage of an act and no act of their own: what dates and places them dates and places it."""


def bearers_of(annotations: Annotations, act: Act) -> list[Token]:
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
    if (going := _takes_place(annotations, act)) is not None:
        found.append(going)
    return found


def _takes_place(annotations: Annotations, act: Act) -> Token | None:
    """The verb that tells when a noun's act goes on: "the talks are set | to resume | on Monday"."""
    phrase = outer(annotations, act.trigger)
    above = annotations.head(phrase)
    if act.frame.pos != "noun" or above is None or not phrase.relation.startswith("nsubj"):
        return None
    return next((t for t in annotations.children(above, "xcomp") if t.lemma in words_of("status", "light", "to_take_place")), None)


def when_of(annotations: Annotations, times: Sequence[Time], act: Act) -> When | None:
    """The date, or the range of dates, that stands with the act in its own clause; None if its words tell none."""
    sentence = annotations.sentence_of(act.trigger)
    dated = [t for t in times if sentence.start <= t.start < sentence.end and _day(t) is not None]
    own = _own(annotations, dated, act)
    return _range(annotations, dated, own) if own is not None else _shared(annotations, dated, act)


def due_when(annotations: Annotations, times: Sequence[Time], act: Act, status: Status, published: date | None) -> When | None:
    """The term that is set for an act to come, counted from the day of publication: "within two weeks", "in three months"."""
    if published is None or status not in _TO_COME:
        return None
    sentence = annotations.sentence_of(act.trigger)
    lengths = [t for t in times if sentence.start <= t.start < sentence.end and t.type == "DURATION"]
    terms = [(t, found) for t in lengths if (found := _term(annotations.text, t, act))]
    own = _own(annotations, [t for t, _ in terms], act)
    length = _LENGTH.fullmatch(own.value or "") if own is not None else None
    if own is None or length is None:
        return None
    end = calendar.shift(published, int(length[1]), _UNITS[length[2]])
    word = next(found[1].lower() for t, found in terms if t is own)
    return When(published.isoformat() if word == "within" else end, end) if end is not None else None


def _term(text: str, length: Time, act: Act) -> re.Match[str] | None:
    """What makes a term of a length of time: "within"; of a verb "in" as well, while "the first visit in ten years" looks back."""
    found = _TERM.search(text, max(0, length.start - _BEFORE), length.start)
    if found is None or _BACK.search(text, length.start, length.end) or (found[1].lower() == "in" and act.frame.pos == "noun"):
        return None
    return found


def _own(annotations: Annotations, times: Sequence[Time], act: Act) -> Time | None:
    """Of these times that which hangs nearest on the act's own words."""
    bearers = {t.index for t in bearers_of(annotations, act)}
    best: tuple[int, Time] | None = None
    for time in times:
        head = _head(annotations, time)
        if head is None:
            continue
        path = _host(annotations, head)
        rank = next((n for n, index in enumerate(path) if index in bearers), None)
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, time)
    return best[1] if best is not None else None


def _range(annotations: Annotations, dated: Sequence[Time], time: Time) -> When | None:
    """A date with the other end of its range, if it opens or closes one: "from January 20 to 22", "between May 3 and 5"."""
    day, text = _day(time), annotations.text
    for first, last in pairwise(sorted(dated, key=lambda t: t.start)):
        if time not in (first, last):
            continue
        joint = text[first.end : last.start].strip()
        ends = _day(first), _day(last)
        opened = joint != "and" or text[: first.start].rstrip().lower().endswith("between")
        if joint in _JOINTS and opened and ends[0] and ends[1] and len(ends[0]) == len(ends[1]) and ends[0] < ends[1]:
            return When(ends[0], ends[1])
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
    if head is None:
        return False
    host = next((t for t in annotations.ancestors(head) if t.upos in ("VERB", "AUX")), None)
    if host is None or _is_of_another(annotations, head, host):
        return False
    apart = ("ccomp", "parataxis") if settled else ("ccomp", "parataxis", "xcomp", "acl")
    for below in (trigger, *annotations.ancestors(trigger)):
        if below.index == host.index:
            return True
        if below.relation.split(":")[0] in apart:
            return False
    return False


def _is_of_another(annotations: Annotations, head: Token, host: Token) -> bool:
    """Whether a phrase between a date and its verb tells that the act lies before or behind it: "ahead of Monday's talks"."""
    for token in (head, *islice(annotations.ancestors(head), _MAX_STEPS - 1)):
        if token.index == host.index:
            return False
        words = {t.lower for t in annotations.children(token, "case", "mark")}
        if words & _AWAY or (token.lower == "ahead" and token.index < head.index):
            return not any(t.text == "," for t in annotations.tokens[min(token.index, head.index) : max(token.index, head.index)])
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
