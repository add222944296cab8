"""Disputes: what the reports or those who speak in them contradict each other about, with both sides.

Four kinds: `figure` (values that cannot all hold, `figures.py`), `status` (it happened; it did not, `denials.py`), `agent` (who did it) and
`time` (when). A contradiction only flags: no claim is dropped and nothing is decided. A source counts once, with what it said last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.case.denials import ONE_ACT, Matter, claimant, matters, one_act
from dragoman.case.figures import Given, Measured, contradict, measured_things
from dragoman.case.judgements import Dispute, DisputeKind, Place, Side
from dragoman.case.likeness import likeness
from dragoman.case.linking.stems import stem
from dragoman.case.mentions import last_day
from dragoman.case.moved import by_day, day_of, moved
from dragoman.case.numbering import Numbers
from dragoman.case.opposed import Judged, Opposed, about, opposed
from dragoman.case.pleas import Plea, pleas
from dragoman.case.record import EventMention, Record, StatementMention, Who, days_between
from dragoman.case.refusals import Refused, refused
from dragoman.reading.entries import Figure
from dragoman.reading.wording import amount, first_day, listed, one_line, shortened, spoken_date

_DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "AID"})
"""Acts that somebody did or did not do; several may talk, demand or refuse in one matter."""
_ONCE = 31  # days within which one thing done to one person is one act
_SURE = 0.6
"""Doers and dates of mentions that the reader is less sure of start no dispute."""


_REPORT_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Found:
    """A dispute without its number; `since` is the day on which its second side appeared."""

    kind: DisputeKind
    about: str
    summary: str
    sides: tuple[Side, ...]
    since: str


class _Position(NamedTuple):
    """What one claim holds: the words for it, the place, who speaks for it, the day."""

    words: str
    place: Place
    speaker: Who | None
    source: str
    day: str


def disputes(record: Record, numbers: Numbers | None = None, series: Iterable[Measured] | None = None) -> tuple[Dispute, ...]:
    """All disputes of a record, in the order in which they arose; the same whatever the order in which reports were added.

    `series` is what `measured_things` gave, if it is known.
    """
    numbers = numbers or Numbers(record.ids)
    series = measured_things(record, numbers) if series is None else series
    found = [d for measured in series for d in figure_dispute(record, measured)]
    found += [status_dispute(record, matter) for matter in matters(record)]
    found = _with_pleas(record, _with_judged(record, _with_refusals(record, found)))
    again = done_once(record)
    for item, cluster in record.clusters.items():
        found += agent_dispute(record, item, cluster)
        found += time_dispute(record, item, (*cluster, *again.get(item, ())))
    found += [_moved_day(record, announced) for announced in moved(record)]
    found.sort(key=lambda d: (d.since, d.kind, d.about))
    return tuple(Dispute(numbers.give("D", [f"{d.kind}:{d.about}"]), d.kind, d.about, d.summary, d.sides) for d in found)


def figure_dispute(record: Record, measured: Measured) -> list[_Found]:
    """The dispute over one series, if the last values of its sources cannot all hold."""
    groups = _groups(measured.positions, contradict)
    if len(groups) < 2:
        return []
    sides = tuple(_figure_side(measured, group) for group in groups)
    of = measured.series.of or measured.series.unit or "value"
    summary = f"{of}: {' against '.join(f'{side.position} ({_said_by(record, side)})' for side in sides)}"
    since = sorted(min(g.day for g in group) for group in groups)[1]
    return [_Found("figure", measured.series.id, one_line(summary), sides, since)]


def _groups(positions: Sequence[Given], clash: Callable[[Given, Given], bool]) -> list[list[Given]]:
    """Positions that can hold together, those first that were taken first; a position that clashes with none takes no side."""
    ordered = sorted(positions, key=lambda g: (g.day, g.range, g.mention.place))
    bounds = [*sorted(ordered, key=lambda g: g.range.high)[:40], *sorted(ordered, key=lambda g: -g.range.low)[:40]]
    groups: list[list[Given]] = []
    for given in ordered:
        if any(clash(given, other) for other in bounds):
            home = next((g for g in groups if not any(clash(given, other) for other in (*g[:20], *g[-20:]))), None)
            if home is None:
                groups.append([given])
            else:
                home.append(given)
    return groups


def _figure_side(measured: Measured, group: Sequence[Given]) -> Side:
    sources = {given.by.source for given in group}
    claims = [
        g for g in measured.given if g.by.source in sources and any(g.range.meets(o.range) for o in group if o.by.source == g.by.source)
    ]
    exact = [g for g in group if g.mention.figure.low == g.mention.figure.high] or list(group)
    speakers = {g.by.speaker.id for g in claims if g.by.speaker}
    return Side(_amount(exact[-1].mention.figure), tuple(g.mention.place for g in claims), tuple(sorted(speakers)))


def _amount(figure: Figure) -> str:
    return one_line(amount(figure))


def status_dispute(record: Record, matter: Matter) -> _Found:
    """One side says that it is so, the other denies it; who denied and then admitted it stands on both, with the day in the summary."""
    so, against = _stated(matter)
    deniers = {claimant(record, m).source for m in matter.denied.values()}
    held = [_admitting(matter, _not_by(record, deniers, _position(record, m, so), matter)) for m in matter.held.values()]
    held += [_saying(record, told, so) for told in matter.said.values()]
    denied = [_position(record, m, against) for m in matter.denied.values()]
    sides = (_side(held, so), _side(denied, f"it is {against}"))
    told = sorted(matter.denied.values(), key=lambda m: (m.event.status != "denied", m.published, m.place))
    subject = shortened(told[0].sentence, 160)
    words = f"asserted by {_names(held)}, {against} by {_names(denied)}"
    if matter.admitted:
        first = min((matter.held[place] for place in matter.admitted), key=lambda m: (m.published, m.place))
        who = one_line(matter.admitted[first.place].name)
        words += f"; admitted by {who} on {spoken_date(record.day_said(first.published, first.voices))}"
    since = max(min(p.day for p in held), min(p.day for p in denied))
    return _Found("status", matter.about, f"{words}: {subject}", sides, since)


def _with_refusals(record: Record, found: Sequence[_Found]) -> list[_Found]:
    """The disputes with those over what is to come; one that is known already is not told again."""
    known = {place for told in found for side in told.sides for place in side.claims}
    new = (matter for matter in refused(record) if known.isdisjoint((*matter.against, *matter.held)))
    return [*found, *(_refusal_dispute(record, matter) for matter in new)]


def _refusal_dispute(record: Record, matter: Refused) -> _Found:
    held = [
        _Position("", w.mention.place, w.maker, w.maker.party, record.day_said(w.mention.published, w.mention.voices))
        for w in matter.held.values()
    ]
    against = [_position(record, m, "")._replace(speaker=matter.refusers[place]) for place, m in matter.against.items()]
    first = min(matter.against.values(), key=lambda m: (m.published, m.place))
    no = "opposed" if all(m.event.type == "ACCUSE" for m in matter.against.values()) else "refused"
    summary = f"wanted by {_names(held)}, {no} by {_names(against)}: {shortened(first.sentence, 160)}"
    since = max(min(p.day for p in held), min(p.day for p in against))
    return _Found("status", matter.about, summary, (_side(held, "it is to be"), _side(against, f"it is {no}")), since)


def _with_pleas(record: Record, found: Sequence[_Found]) -> list[_Found]:
    """The disputes with the charges that are answered by "innocent"; one of which either side is told already is not told again."""
    known = {place for told in found for side in told.sides for place in side.claims}
    return [*found, *(_plea_dispute(record, row) for row in pleas(record) if known.isdisjoint((*row.charges, *row.answers)))]


def _plea_dispute(record: Record, row: Plea) -> _Found:
    held = [_position(record, m, "") for m in row.charges.values()]
    held = [p._replace(speaker=None) if p.source == row.who.party else p for p in held]
    denied = [_saying(record, told, "") for told in row.answers.values()]
    first = min(row.charges.values(), key=lambda m: (m.published, m.place))
    summary = f"asserted by {_names(held)}, denied by {_names(denied)}: {shortened(first.sentence, 160)}"
    since = max(min(p.day for p in held), min(p.day for p in denied))
    return _Found("status", record.item(first.place), summary, (_side(held, "it is so"), _side(denied, "it is denied")), since)


def _with_judged(record: Record, found: Sequence[_Found]) -> list[_Found]:
    """The disputes with those over how a thing is judged; one that is known already is not told again."""
    known = {place for told in found for side in told.sides for place in side.claims}
    new = (row for row in opposed(record) if known.isdisjoint(j.told.place for j in row.told))
    return [*found, *(told for row in new if (told := _judged_dispute(record, row)))]


def _judged_dispute(record: Record, row: Opposed) -> _Found | None:
    item = about(record, row)
    if item is None:
        return None
    groups = [[_judging(record, judged) for judged in side] for side in row.sides]
    groups.sort(key=lambda group: min((p.day, p.place) for p in group))
    sides = tuple(_side(group, group[0].words) for group in groups)
    told = " against ".join(f"{side.position} ({_names(group)})" for side, group in zip(sides, groups, strict=True))
    first = min(row.told, key=lambda j: (j.told.published, j.told.place))
    since = max(min(p.day for p in group) for group in groups)
    return _Found("status", item, one_line(f"{told}: {shortened(one_line(first.told.content), 160)}"), sides, since)


def _judging(record: Record, judged: Judged) -> _Position:
    told = judged.told
    return _saying(record, told, f"\u201c{judged.words}\u201d")._replace(speaker=judged.who)


def _stated(matter: Matter) -> tuple[str, str]:
    """What the two sides of a matter hold, in words: that it is so or is to be; that it is denied, refused, or not confirmed."""
    ahead = bool(matter.held) and all(matter.stances.get(place) == "ahead" for place in matter.held)
    told = {matter.stances.get(place) for place in matter.denied}
    against = "not confirmed" if told == {"not confirmed"} else "refused" if told <= {"refused", "not confirmed"} else "denied"
    return "it is to be" if ahead else "it is so", against


def _not_by(record: Record, deniers: Set[str], position: _Position, matter: Matter) -> _Position:
    """A charge of which only those who deny it tell is nobody's who is named."""
    own = position.source in deniers and position.place not in matter.admitted
    return position._replace(speaker=None, source=f"{record.source(position.place.report)}/unnamed") if own else position


def _admitting(matter: Matter, position: _Position) -> _Position:
    """Behind an admission stands the one who admits, whoever tells of it; behind a charge whose it is said to be where it is denied."""
    speaker = matter.admitted.get(position.place) or matter.owners.get(position.place) or position.speaker
    return position._replace(speaker=speaker)


def agent_dispute(record: Record, item: str, cluster: Sequence[EventMention]) -> list[_Found]:
    """Who did it, where two sources name doers that have nothing to do with each other."""
    positions, parties = [], {}
    for mention in cluster:
        doers = record.initiators(mention)
        if mention.event.type not in _DEEDS or not any(map(_is_named, doers)) or not _counts(mention, "initiators"):
            continue
        position = _position(record, mention, listed([who.name for who in doers]))
        positions.append(position)
        parties[position.place] = frozenset(who.party for who in doers) | {who.id for who in doers} | _states(doers)
    events = record.event_at
    return _opposed(
        record, "agent", item, positions,
        lambda a, b: not parties[a.place] & parties[b.place] and _one_deed(record, events[a.place], events[b.place]),
    )  # fmt: skip


def _states(doers: Iterable[Who]) -> frozenset[str]:
    """The states of persons: who did it, a state or one of its people, is no question of two parties."""
    return frozenset(who.country for who in doers if who.kind == "person" and who.country)


def _one_deed(record: Record, one: EventMention, other: EventMention) -> bool:
    """Whether two mentions share words besides names and those for the act: the same deed, not only the same kind of deed."""
    said = likeness(one.words - one.words_of_act, other.words - other.words_of_act)
    return said.score >= ONE_ACT and not record.name_stems.issuperset(said.shared)


def _is_named(who: Who) -> bool:
    """Whether somebody is told by name; "gunmen" and "the attackers" may be anybody."""
    return who.name[:1].isupper() and (who.kind != "group" or who.country is not None)


def time_dispute(record: Record, item: str, cluster: Sequence[EventMention]) -> list[_Found]:
    """When it happened, where two sources give days that lie apart for what they tell alike, of the same doers.

    Between two papers a day's difference is the hour of going to print.
    """
    positions, days = [], {}
    for mention in cluster:
        when = mention.event.when
        if when is None or when.inferred or not _start(mention) or not _counts(mention, "when"):
            continue
        position = _position(record, mention, spoken_date(when.start))
        positions.append(position)
        days[position.place] = (when.start, last_day(when.end) or when.start)
    events = record.event_at
    return _opposed(
        record, "time", item, positions,
        lambda a, b: _apart(days[a.place], days[b.place]) > (0 if a.speaker and b.speaker else 1)
        and one_act(record, events[a.place], events[b.place]) >= ONE_ACT,
    )  # fmt: skip


def _moved_day(record: Record, announced: Sequence[EventMention]) -> _Found:
    """A day that has moved: each day with those who announce it, or call it off."""
    groups = [[_position(record, m, _announced(m)) for m in told] for told in by_day(announced).values()]
    sides = tuple(_side(group, group[-1].words) for group in groups)
    told = ", then ".join(f"{side.position} ({_said_by(record, side)})" for side in sides)
    subject = shortened(announced[-1].sentence, 120)
    since = sorted(min(p.day for p in group) for group in groups)[1]
    return _Found("time", record.item(announced[0].place), one_line(f"when: {told}: {subject}"), sides, since)


def _announced(mention: EventMention) -> str:
    if not day_of(mention):
        return "put off"
    return f"not on {spoken_date(day_of(mention))}" if mention.event.status == "cancelled" else spoken_date(day_of(mention))


def done_once(record: Record) -> dict[str, list[EventMention]]:
    """Mentions in other events of what is done to a person once: who is arrested on two days within a month may be arrested on one.

    Mentions with two dates are never joined to one event, so that such a dispute lies between events. The key is the event told first.
    """
    groups: dict[tuple[str, str | None, str, str], list[EventMention]] = {}
    for mention in record.events:
        for who in record.recipients(mention):
            if who.kind == "person" and _is_named(who) and mention.event.type in _DEEDS and mention.event.when:
                key = (mention.event.type, mention.event.mode, who.id, stem(mention.trigger.partition(" ")[0]))
                groups.setdefault(key, []).append(mention)
    found: dict[str, list[EventMention]] = {}
    for first, *others in groups.values():
        near = [m for m in others if abs(days_between(_start(first), _start(m))) <= _ONCE]
        found.setdefault(record.item(first.place), []).extend(m for m in near if record.item(m.place) != record.item(first.place))
    return found


def _start(mention: EventMention) -> str:
    when = mention.event.when
    return when.start if when and len(when.start) == 10 and first_day(when.start) else ""


def _apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Days between two stretches; 0 if they touch."""
    early, late = sorted((one, other))
    end, start = first_day(early[1]), first_day(late[0])
    return max(0, (start - end).days) if end and start else 0


def _counts(mention: EventMention, field: str) -> bool:
    """Whether what a mention tells of a deed is firm: done, sure enough, and in its own words."""
    event = mention.event
    return event.status in ("occurred", "ongoing") and event.confidence >= _SURE and field not in event.inferred


def _opposed(
    record: Record, kind: DisputeKind, item: str, positions: Sequence[_Position], clash: Callable[[_Position, _Position], bool]
) -> list[_Found]:
    """A dispute if the last positions of two sources clash. Sides go by what is held, in the order in which it was first held."""
    last = {p.source: p for p in sorted(positions, key=lambda p: (p.day, p.place))}
    standing = sorted(last.values(), key=lambda p: (p.day, p.place))[:60]
    groups: list[list[_Position]] = []
    for position in standing:
        home = next((g for g in groups if not any(clash(position, other) for other in g)), None)
        groups.append([position]) if home is None else home.append(position)
    if len(groups) < 2:
        return []
    sides = tuple(_side(group, group[0].words) for group in groups)
    asked = "who did it" if kind == "agent" else "when"
    told = " against ".join(f"{side.position} ({_said_by(record, side)})" for side in sides)
    subject = shortened(record.event_at[standing[0].place].sentence, 120)
    return [_Found(kind, item, f"{asked}: {told}: {subject}", sides, sorted(min(p.day for p in g) for g in groups)[1])]


def _position(record: Record, mention: EventMention, words: str) -> _Position:
    by = claimant(record, mention)
    return _Position(words, mention.place, by.speaker, by.source, record.day_said(mention.published, mention.voices))


def _saying(record: Record, told: StatementMention, words: str) -> _Position:
    by = record.claimant(told.place.report, (told.statement,))
    return _Position(words, told.place, by.speaker, by.source, record.day_said(told.published, (told.statement,)))


def _side(positions: Sequence[_Position], words: str) -> Side:
    ordered = sorted(positions, key=lambda p: (p.day, p.place))
    speakers: Mapping[str, None] = dict.fromkeys(p.speaker.id for p in ordered if p.speaker)
    return Side(words, tuple(p.place for p in ordered), tuple(speakers))


def _names(positions: Iterable[_Position]) -> str:
    ordered = sorted(positions, key=lambda p: (p.day, p.place))
    return listed(list(dict.fromkeys(one_line(p.speaker.name if p.speaker else _nameless(p.source)) for p in ordered)))


def _nameless(source: str) -> str:
    """A source without a speaker: the publisher, or somebody in its report who is not named ("AFP/unnamed")."""
    publisher, told, _ = source.partition("/")
    return f"somebody unnamed ({_called(publisher)})" if told else _called(publisher)


def _called(publisher: str) -> str:
    """A publisher; a report of none by the beginning of its id."""
    return f"report {publisher[:8]}" if _REPORT_ID.fullmatch(publisher) else publisher


def _said_by(record: Record, side: Side) -> str:
    """Who speaks for a side; its publishers where nobody does."""
    speakers = [record.people[s].name for s in side.speakers if s in record.people]
    return listed([one_line(n) for n in speakers or sorted({_called(record.source(p.report)) for p in side.claims})])
