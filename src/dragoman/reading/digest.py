"""A reading in the order in which a person reads it: when, who says what, how much, and what is still to come.

Pages (terminal, HTML, Markdown, notebook) differ in how they draw these lines, never in what the lines say. All texts
in here are printable (see `wording.printable`) and on one line; none is escaped for any medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dragoman.reading.entries import Actor, Event, Figure, Link, Reading, Statement, Status
from dragoman.reading.wording import (
    amount,
    first_day,
    listed,
    mid_sentence,
    one_line,
    shortened,
    spoken_day,
    spoken_when,
)
from dragoman.text.report import Report, Span

PENDING: tuple[Status, ...] = (
    "planned", "promised", "threatened", "demanded", "cancelled", "denied", "hypothetical",
)  # fmt: skip
NOBODY = "(not told)"
# Below this confidence a line says that it is unsure.
UNSURE = 0.5
_STANDING = {"named": "", "unnamed": "not named", "anonymous": "asked not to be named", "institution": ""}
_CLAUSE_END = re.compile(r"[,;:—–)”]\s+|[.!?][\"”’']?\s+(?=[A-Z“\"])|\s(?=[(“])|\s(?=—|–)")


@dataclass(frozen=True)
class Excerpt:
    """The text's own words around an act: what stands before the trigger, the trigger, what stands behind it."""

    before: str
    trigger: str
    after: str

    def __str__(self) -> str:
        return self.before + self.trigger + self.after


@dataclass(frozen=True)
class Act:
    """One act: `who` -> `whom`, the words (`phrase` is a shorter `excerpt`), `according_to` ('' if told as fact)."""

    event: Event
    who: str
    whom: str
    excerpt: Excerpt
    phrase: Excerpt
    according_to: str
    figures: tuple[str, ...]
    when: str
    retold: tuple[Event, ...]

    @property
    def parties(self) -> str:
        """'A → B', 'A', '(not told) → B'; '(not told)' when the text names nobody."""
        return f"{self.who or NOBODY} → {self.whom}" if self.whom else self.who or NOBODY

    @property
    def kind(self) -> str:
        """'coerce: arrest', 'consult'."""
        return self.event.type.lower() + (f": {one_line(self.event.mode)}" if self.event.mode else "")

    @property
    def details(self) -> tuple[str, ...]:
        """Place, figures, retellings and doubt, each in a few words."""
        event = self.event
        found = (
            one_line(event.place or ""),
            *self.figures,
            _times_told(len(self.retold) + 1),
            "date inferred" if event.when and event.when.inferred else "",
            f"unsure ({event.confidence:.2f})" if round(event.confidence, 2) < UNSURE else "",
        )
        return tuple(filter(None, found))


def _times_told(count: int) -> str:
    return "" if count == 1 else "told twice" if count == 2 else f"told {count} times"


@dataclass(frozen=True)
class Day:
    """The acts of one date (or week, month, year; or of none), in text order."""

    heading: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Saying:
    """One statement of a voice: its whole content, the cue's words, and when, where and through whom it was said."""

    statement: Statement
    content: str
    cue: str
    circumstances: tuple[str, ...]


@dataclass(frozen=True)
class Voice:
    """Somebody who is reported to say something: `about` tells roles and standing."""

    name: str
    about: str
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Quantity:
    """A figure in words, the text's own words around it, and who claims it ('' for the report itself)."""

    figure: Figure
    amount: str
    excerpt: Excerpt
    claimant: str


@dataclass(frozen=True)
class Digest:
    """The whole page of one reading."""

    title: str
    source: tuple[str, ...]
    chronology: tuple[Day, ...]
    voices: tuple[Voice, ...]
    quantities: tuple[Quantity, ...]
    pending: tuple[tuple[Status, tuple[Act, ...]], ...]
    notices: tuple[str, ...]


class _Contents:
    """Finds the statement that a stretch of text is part of, without walking all statements for each question."""

    BUCKET = 512

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.buckets: dict[int, list[Statement]] = {}
        for statement in sorted(statements, key=_length):
            touched = {b for c in statement.content for b in range(c.start // self.BUCKET, c.end // self.BUCKET + 1)}
            for bucket in touched:
                self.buckets.setdefault(bucket, []).append(statement)

    def innermost(self, spans: Sequence[Span], longer_than: int = -1) -> Statement | None:
        """The shortest statement whose content covers all the spans."""
        for statement in self.buckets.get(spans[0].start // self.BUCKET, []):
            if _length(statement) > longer_than and _covers(statement, spans):
                return statement
        return None


def _covers(statement: Statement, spans: Sequence[Span]) -> bool:
    return all(any(content.covers(span) for content in statement.content) for span in spans)


def _length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


class _Names:
    """Looks up what ids mean, and how a speaker is called."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.actors = {actor.id: actor for actor in reading.actors}
        self.statements = {statement.id: statement for statement in reading.statements}
        self.figures = {figure.id: figure for figure in reading.figures}
        self.contents = _Contents(reading.statements)

    def actor(self, ids: Iterable[str]) -> str:
        """The names in a row, as they stand inside a sentence."""
        return listed([self.inside(self.actors[i]) for i in ids if i in self.actors])

    def inside(self, actor: Actor) -> str:
        """The actor's name as it stands inside a sentence: 'Officials' becomes 'officials' if the text writes it so, too."""
        name = mid_sentence(one_line(actor.name))
        return name.lower() if actor.kind == "group" and name.lower() in self.small_words else name

    @cached_property
    def small_words(self) -> frozenset[str]:
        """All words that the text writes in small letters."""
        return frozenset(re.findall(r"\b[a-z]+\b", self.text))

    def speaker(self, statement: Statement) -> str:
        """The actor's name; else the text's words for the source; else what is known of it."""
        if statement.speaker in self.actors:
            return one_line(self.actors[statement.speaker].name)
        if statement.source:
            return self.words(statement.source)
        return "an anonymous source" if statement.standing == "anonymous" else "somebody not named"

    def claimant(self, statement: Statement) -> str:
        """The speaker as they stand behind 'according to'."""
        actor = self.actors.get(statement.speaker or "")
        return self.inside(actor) if actor else mid_sentence(self.speaker(statement))

    def words(self, spans: Sequence[Span]) -> str:
        """The spans' words in a row, with an ellipsis where words between them are left out."""
        shown = ""
        for number, (start, end) in enumerate(spans):
            between = self.text[spans[number - 1].end : start] if number else ""
            shown += (" … " if any(map(str.isalnum, between)) else " ") + self.text[start:end]
        return one_line(shown)

    def chain(self, ids: Sequence[str]) -> str:
        """'A', or 'B, as told by A' for nested statements (outermost first in `ids`)."""
        speakers: list[str] = []
        for statement in (self.statements[i] for i in reversed(ids) if i in self.statements):
            if (name := self.claimant(statement)) not in speakers:
                speakers.append(name)
        return ", as told by ".join(speakers)


def digest(reading: Reading) -> Digest:
    """The reading as lines, in reading order."""
    names = _Names(reading)
    acts = _acts(reading, names)
    pending = ((status, tuple(a for a in acts if a.event.status == status)) for status in PENDING)
    return Digest(
        title=one_line(reading.report.title or "") or _opening(reading.report),
        source=_source(reading.report),
        chronology=_chronology(acts),
        voices=_voices(reading, names),
        quantities=tuple(_quantity(figure, names) for figure in reading.figures),
        pending=tuple((status, found) for status, found in pending if found),
        notices=tuple(one_line(notice) for notice in reading.notices),
    )


def excerpt(text: str, around: Span, trigger: Span, limit: int = 130) -> Excerpt:
    """The clause of `around` (a sentence) that holds the trigger, widened by neighbouring clauses up to `limit`."""
    near = Span(max(0, trigger.start - 4 * limit), min(len(text), trigger.end + 4 * limit))
    if around.covers(trigger):
        near = Span(max(near.start, around.start), min(near.end, around.end))
    start, end = _window(text, near, trigger, limit)
    before, after = text[start : trigger.start].lstrip(" \t\r\n,;:-–—"), text[trigger.end : end].rstrip()
    cut_off = end < around.end
    return Excerpt(
        before=("… " if start > around.start else "") + _inner(before),
        trigger=one_line(text[trigger.start : trigger.end]),
        after=_inner(after.rstrip(" ,;:—–") + " …" if cut_off else after),
    )


def _inner(text: str) -> str:
    """One line, but with a blank kept where the text touches the trigger across white space."""
    line = one_line(text)
    return (" " if text[:1].isspace() else "") + line + (" " if line and text[-1:].isspace() else "")


def _window(text: str, around: Span, trigger: Span, limit: int) -> Span:
    if around.end - around.start <= limit:
        return around
    cuts = [around.start, *(around.start + m.end() for m in _CLAUSE_END.finditer(text[around.start : around.end]))]
    cuts.append(around.end)
    left = max((c for c in cuts if c <= trigger.start), default=around.start)
    right = min((c for c in cuts if c >= trigger.end), default=around.end)
    if right - left > limit:
        return _words_around(text, Span(left, right), trigger, limit)
    return _widened(cuts, left, right, limit)


def _widened(cuts: list[int], left: int, right: int, limit: int) -> Span:
    """Takes in the clause behind, then the one before, as long as the whole stays under the limit."""
    first, last = cuts.index(left), cuts.index(right)
    while True:
        if last + 1 < len(cuts) and cuts[last + 1] - cuts[first] <= limit:
            last += 1
        elif first > 0 and cuts[last] - cuts[first - 1] <= limit:
            first -= 1
        else:
            return Span(cuts[first], cuts[last])


def _words_around(text: str, clause: Span, trigger: Span, limit: int) -> Span:
    """A stretch of a clause that is too long: two fifths of the room before the trigger, the rest behind; whole words."""
    room = max(0, limit - (trigger.end - trigger.start))
    start = max(clause.start, trigger.start - room * 2 // 5)
    end = min(clause.end, trigger.end + room - (trigger.start - start))
    if start > clause.start:
        blank = text.find(" ", start, trigger.start)
        start = blank + 1 if blank >= 0 else trigger.start
    if end < clause.end:
        blank = text.rfind(" ", trigger.end, end)
        end = blank if blank >= 0 else trigger.end
    return Span(start, end)


def _opening(report: Report) -> str:
    """A stand-in for a title that was not given: the first line that holds words."""
    line = next(filter(None, map(str.strip, report.text[:2000].splitlines())), "")
    return shortened(one_line(line), 80) or "(empty report)"


def _source(report: Report) -> tuple[str, ...]:
    published = f"published {spoken_day(report.published)}" if report.published else "date of publication not known"
    words = len(report.text.split())
    return tuple(filter(None, (one_line(report.publisher or ""), published, f"{words:,} word{'s' * (words != 1)}")))


def _acts(reading: Reading, names: _Names) -> tuple[Act, ...]:
    known = {event.id for event in reading.events}
    retold: dict[str, list[Event]] = {}
    firsts: list[Event] = []
    for event in reading.events:
        if event.same_as in known and event.same_as is not None and event.same_as != event.id:
            retold.setdefault(event.same_as, []).append(event)
        else:
            firsts.append(event)
    firsts.sort(key=lambda event: event.trigger)
    return tuple(_act(event, retold, names) for event in firsts)


def _act(event: Event, retold: Mapping[str, Sequence[Event]], names: _Names) -> Act:
    return Act(
        event=event,
        who=names.actor(event.initiators),
        whom=names.actor(event.recipients),
        excerpt=excerpt(names.text, event.sentence, event.trigger),
        phrase=excerpt(names.text, event.sentence, event.trigger, 72),
        according_to=names.chain(event.according_to),
        figures=tuple(amount(names.figures[i]) for i in event.figures if i in names.figures),
        when=spoken_when(event.when),
        retold=tuple(retold.get(event.id, ())),
    )


def _chronology(acts: Sequence[Act]) -> tuple[Day, ...]:
    """By first day, a single day before the week or month that starts on it; what has no date comes last."""
    days: dict[str, list[Act]] = {}
    for act in acts:
        days.setdefault(act.when, []).append(act)

    def order(item: tuple[str, list[Act]]) -> tuple[bool, date, str, str]:
        when = item[1][0].event.when
        day = first_day(when.start) if when else None
        return (when is None, day or date.max, when.end if when else "", item[0])

    ordered = sorted(days.items(), key=order)
    return tuple(Day(heading[:1].upper() + heading[1:], tuple(_told_once(found))) for heading, found in ordered)


def _told_once(acts: Sequence[Act]) -> Iterator[Act]:
    """An act whose words are those of the act before it shows its trigger alone."""
    before = ""
    for act in acts:
        words = str(act.excerpt)
        yield replace(act, excerpt=Excerpt("… ", act.excerpt.trigger, " …")) if words == before else act
        before = words


def _voices(reading: Reading, names: _Names) -> tuple[Voice, ...]:
    """Speakers in the order in which they first speak, each with all that they say."""
    spoken: dict[tuple[str | None, str], list[Statement]] = {}
    for statement in reading.statements:
        spoken.setdefault((statement.speaker, names.speaker(statement)), []).append(statement)
    return tuple(
        Voice(name, _about(statements, names), tuple(_saying(s, names) for s in statements)) for (_, name), statements in spoken.items()
    )


def _about(statements: Sequence[Statement], names: _Names) -> str:
    """Up to two roles that the name does not tell already, and the standing if all statements share it."""
    actor = names.actors.get(statements[0].speaker or "")
    if actor is None and not statements[0].source:
        return ""
    roles: dict[str, str] = {}
    for role in actor.roles if actor else ():
        if actor and role.casefold() not in actor.name.casefold():
            roles.setdefault(role.casefold(), one_line(role))
    standing = _STANDING.get(statements[0].standing, "") if len({s.standing for s in statements}) == 1 else ""
    return ", ".join(filter(None, (*list(roles.values())[:2], standing)))


def _saying(statement: Statement, names: _Names) -> Saying:
    circumstances = (
        one_line(statement.channel or ""),
        _hearers(statement, names),
        _day_said(statement),
        _way(statement, names),
    )
    return Saying(
        statement,
        names.words(statement.content),
        names.words(statement.cue).strip(" .,;:"),
        tuple(filter(None, circumstances)),
    )


def _hearers(statement: Statement, names: _Names) -> str:
    """'to Gil and the council'; '' where nobody hears but those whom the channel names already."""
    channel = (statement.channel or "").casefold()
    called = [names.inside(names.actors[i]) for i in statement.addressees if i in names.actors]
    told = [name for name in called if name.casefold() not in channel]
    same = all(names.text[span.start : span.end].casefold() in channel for span in statement.addressed)
    return f"to {listed(told)}" if told and not (same and channel) else ""


def _way(statement: Statement, names: _Names) -> str:
    """'through the agency, as told by Brandt': who brought it here, the innermost first, but for the publisher of all of it."""
    links = [link for link in reversed(statement.through) if link.kind != "publisher"]
    if not statement.through:
        outer = names.contents.innermost(statement.content, longer_than=_length(statement))
        return f"as told by {names.claimant(outer)}" if outer and outer.speaker != statement.speaker else ""
    channel = (statement.channel or "").casefold()
    ways = (_hand(link, names) for link in links if link.actor != statement.speaker or link.actor is None)
    return ", ".join(f"{how} {name}" for how, name in ways if name and not (how == "through" and name.casefold() in channel))


def _hand(link: Link, names: _Names) -> tuple[str, str]:
    told = names.statements.get(link.statement or "")
    if told is not None:
        return "as told by", names.claimant(told)
    actor = names.actors.get(link.actor or "")
    return "through", names.inside(actor) if actor else mid_sentence(one_line(link.name))


def _day_said(statement: Statement) -> str:
    """The day of a statement in words; '' when the text does not tell it."""
    day = first_day(statement.when) if statement.when else None
    return spoken_day(day) if day and len(statement.when or "") == 10 else one_line(statement.when or "")


def _quantity(figure: Figure, names: _Names) -> Quantity:
    span = Span(figure.start, figure.end)
    claimed = names.contents.innermost((span,))
    return Quantity(
        figure,
        amount(figure),
        excerpt(names.text, _line_around(names.text, span), span, 90),
        names.claimant(claimed) if claimed else "",
    )


def _line_around(text: str, span: Span, reach: int = 1000) -> Span:
    """The line (or at most `reach` characters of it on each side) that holds the span."""
    start = text.rfind("\n", max(0, span.start - reach), span.start) + 1
    end = text.find("\n", span.end, span.end + reach)
    return Span(start or max(0, span.start - reach), end if end >= 0 else min(len(text), span.end + reach))
