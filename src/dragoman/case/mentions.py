"""From a reading to what the functions over a record want: sentences, telling words, conditions, days by which something is due.

All of it is read off the text around the entries, once for each reading; what is looked at is bounded, whatever the text holds.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from dragoman.case.judgements import Place
from dragoman.case.linking.stems import rarity, stem, words
from dragoman.case.record import EventMention, FigureMention, Mentions, ReportInfo, StatementMention
from dragoman.lexicons.load import load, words_of
from dragoman.reading.entries import Actor, Event, Figure, Reading, Statement, Time
from dragoman.reading.nearby import Nearby
from dragoman.reading.wording import first_day, one_line
from dragoman.text.report import Report, Span

TELLING = 2.5
"""Words less rare than this ("said", "government") tell nothing about what a sentence is about."""
_LONGEST = 800
"""Characters of a sentence that are looked at on each side of a trigger."""
_CONDITION = 240
_ADVERB = 10
"""Characters between who puts a number against another and the verb: "He also gave ..."."""
_PENDING = frozenset({"planned", "promised", "threatened", "demanded"})
_LENGTH = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(\d{1,5})H)?")
_AMOUNT = r"(?:(?:at least|more than|about|some|nearly|over|up to) )?(?:a )?[\w,.-]{1,20}(?: (?:dozen|hundred|thousand|million))?"
_SOME_OF = re.compile(_AMOUNT + r" of (?:the|its|their|his|her|these|those|some|more|about|around|at least|\d)")
_BESIDES = re.compile(_AMOUNT + r" (?:more|others?)\b(?! than)")
_KIND = re.compile(r" of ((?:[\w'-]+ ?){1,4})")
_PUT_AT = re.compile(r"[^,;:.!?\"\u201c\u201d\n]{0,70}$")
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:!?\u2014\u201d\"]|\.(?=\s|$)|--|\n")


def mentions_of(reading: Reading, same_text_as: str | None = None) -> Mentions:
    """All mentions of one reading; `same_text_as` is the id of the earlier report whose text this one copies."""
    report = reading.report
    info = ReportInfo(
        report.id, one_line(report.title or ""), one_line(report.publisher or ""), _published(report), same_text_as, report.source_id or ""
    )
    statements = {s.id: s for s in reading.statements}
    times = Nearby(reading.times, lambda time: [Span(time.start, time.end)])
    events = tuple(_event(report, event, statements, times) for event in reading.events)
    said = Nearby(reading.statements, lambda statement: statement.content)
    owners = _owners(reading.events)
    named = Nearby(reading.actors, lambda actor: actor.mentions)
    figures = tuple(_figure(report, figure, owners.get(figure.id, []), said, named) for figure in reading.figures)
    told = tuple(_statement(report, statement) for statement in reading.statements)
    return Mentions(info, reading.actors, events, figures, told)


def telling_words(text: str) -> frozenset[str]:
    """The stems of the words that tell what a text is about."""
    return frozenset(alike(word.stem) for word in words(text) if rarity(word.stem) >= TELLING and not word.stem.isdigit())


def alike(word: str) -> str:
    """The stem that stands for a stem's group ("blockade" for "quarantine"); the stem itself where it has none."""
    return _groups().get(word, word)


@cache
def _groups() -> Mapping[str, str]:
    groups: list[list[str]] = load("case")["alike"]["groups"]
    return {stem(word): stem(group[0]) for group in groups for word in group}


def stems_of(*path: str) -> frozenset[str]:
    """The stems of a list of single words in lexicons/case.toml."""
    return _stems(path)


def says(said: Iterable[str], *path: str) -> bool:
    """Whether one of some words is a form of one of the single words of a list in lexicons/case.toml."""
    return not stems_of(*path).isdisjoint(stem(word) for word in said)


@cache
def _stems(path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of("case", *path) if " " not in word)


def phrase_in(text: str, *path: str) -> bool:
    """Whether a text holds one of the words or phrases of a list in lexicons/case.toml."""
    return _phrases(path).search(text) is not None


@cache
def _phrases(path: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words_of("case", *path), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


def last_day(value: str) -> str | None:
    """The last ISO day that an ISO day, week, month or year covers; None for anything else."""
    first = first_day(value)
    if first is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-W\d\d(?:-WE)?", value):
            return (first + timedelta(days=6 - first.weekday())).isoformat()
        if re.fullmatch(r"\d{4}-\d\d", value):
            return first.replace(day=monthrange(first.year, first.month)[1]).isoformat()
        return date(first.year, 12, 31).isoformat() if re.fullmatch(r"\d{4}", value) else first.isoformat()
    except (ValueError, OverflowError):
        return None


def _published(report: Report) -> str:
    return report.published.isoformat() if report.published else ""


def _event(report: Report, event: Event, statements: Mapping[str, Statement], times: Nearby[Time]) -> EventMention:
    near = _around(report.text, event.sentence, event.trigger)
    voices = tuple(statements[i] for i in event.according_to if i in statements)
    by_word = statements.get(event.statement or "")
    said = next((v.when for v in reversed(voices) if v.when and len(v.when) == 10), _published(report))
    return EventMention(
        Place(report.id, event.id),
        _published(report),
        event,
        one_line(report.text[near.start : near.end]),
        one_line(report.text[event.trigger.start : event.trigger.end]),
        _telling(report.text[near.start : near.end]),
        voices,
        by_word,
        _telling(_content(report.text, by_word)) if by_word else _matter(report.text, near, event.trigger),
        telling_words(report.text[event.trigger.start : event.trigger.end]),
        condition_of(report.text, near, event.trigger) if event.status in _PENDING or event.type == "AGREE" else None,
        _due(report.text, event, near, times.at(near), said) if event.status in _PENDING else None,
    )


@lru_cache(maxsize=512)
def _telling(text: str) -> frozenset[str]:
    """Several events stand in one sentence: its words are looked up once."""
    return telling_words(text)


def _around(text: str, sentence: Span, trigger: Span) -> Span:
    start = max(sentence.start, trigger.start - _LONGEST, 0)
    return Span(start, max(trigger.end, min(sentence.end, trigger.end + _LONGEST, len(text))))


def _matter(text: str, sentence: Span, trigger: Span) -> frozenset[str]:
    """What stands around an act, without the words for the act itself: its type tells those."""
    return _telling(_window(text, sentence, trigger)) - telling_words(text[trigger.start : trigger.end].partition(" ")[0])


def _window(text: str, sentence: Span, trigger: Span) -> str:
    """Some words before a trigger and more behind it, where objects stand."""
    start, end = max(sentence.start, trigger.start - 60), min(sentence.end, trigger.end + 100)
    cut_start = text.find(" ", start, trigger.start) if start > sentence.start else start
    cut_end = text.rfind(" ", trigger.end, end) if end < sentence.end else end
    return text[cut_start if cut_start >= 0 else trigger.start : cut_end if cut_end >= 0 else trigger.end]


def _content(text: str, statement: Statement) -> str:
    return one_line(" ".join(text[s.start : min(s.end, s.start + _LONGEST)] for s in statement.content[:8]))


def condition_of(text: str, sentence: Span, trigger: Span) -> str | None:
    """The clause on which the act of `trigger` depends, in the text's words; None if the sentence has none.

    A clause ends at a comma or a stop. The clause that holds the trigger is no condition of it.
    """
    for match in _phrases(("conditions", "openers")).finditer(text, sentence.start, sentence.end):
        found = _CLAUSE_END.search(text, match.end(), min(sentence.end, match.end() + _CONDITION))
        end = found.start() if found else min(sentence.end, match.end() + _CONDITION)
        if not match.start() <= trigger.start < end and end - match.end() > 2 and not _is_question(text, match):
            return one_line(text[match.start() : end]).rstrip(" ,")
    return None


def _is_question(text: str, opener: re.Match[str]) -> bool:
    """Whether "if" asks or compares: "asked if", "as if"."""
    before = text[max(0, opener.start() - 20) : opener.start()].lower().split()[-1:]
    return opener[0].lower() == "if" and before != [] and before[0].strip("\"'(\u201c") in words_of("case", "conditions", "not_behind")


def _due(text: str, event: Event, near: Span, times: Sequence[Time], said: str) -> str | None:
    """The last day by which a pending act is to happen: from its own time, else from "by Friday" or "in 30 days" in its sentence."""
    own = last_day(event.when.end) if event.when and not event.when.inferred else None
    inside = [t for t in times if near.covers(Span(t.start, t.end))]
    if own and own < said:
        own = _put_right(text, own, near, event.trigger, inside, said)
    if own:
        return own
    for time in sorted(inside, key=lambda t: (t.start < event.trigger.start, t.start)):
        day = _limit(text, time, said)
        if day and day >= said:
            return day
    return None


def _put_right(text: str, own: str, near: Span, trigger: Span, inside: Iterable[Time], said: str) -> str | None:
    """A day gone by: due of what "was supposed to" happen; "has called a strike for Monday" means the day to come."""
    before = text[max(near.start, trigger.start - 80) : trigger.start]
    if phrase_in(before, "due", "past"):
        return own
    coming = (t for t in inside if t.value == own and _WEEKDAY.fullmatch(text, t.start, t.end) and text.endswith(" for ", 0, t.start))
    return _after(own, "P7D") if next(coming, None) and 0 < _days(own, said) < 7 else None


def _days(first: str, second: str) -> int:
    """Days from one ISO day to another; 0 if one is not told."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days if first and second else 0


def _limit(text: str, time: Time, said: str) -> str | None:
    ahead = one_line(text[max(0, time.start - 30) : time.start].lower())
    of_ultimatum = says(text[time.end : time.end + 24].split()[:2], "ultimatums", "words")  # "a 60-day ultimatum"
    if time.type == "DURATION" and (_ends_with(ahead, "length") or _begins_with(text, time, "length") or of_ultimatum):
        return _after(said, time.value or "")
    told = _ends_with(ahead, "last_day") or _begins_with(text, time, "last_day") or _ends_with(ahead, "beginning")
    if time.type in ("DATE", "TIME") and time.value and told:
        return last_day(time.value[:10] if "T" in time.value else time.value)
    return None


def _ends_with(ahead: str, kind: str) -> bool:
    words_before = ahead.removesuffix(" the")
    return any(words_before.endswith(" " + word) or words_before == word for word in words_of("case", "due", kind))


def _begins_with(text: str, time: Time, kind: str) -> bool:
    own = text[time.start : time.end].lower()
    return any(own.startswith(word + " ") for word in words_of("case", "due", kind))


def _after(said: str, length: str) -> str | None:
    match = _LENGTH.fullmatch(length)
    if not match or not said:
        return None
    years, months, weeks, days, hours = (int(part or 0) for part in match.groups())
    try:
        total = timedelta(days=365 * years + 30 * months + 7 * weeks + days + -(-hours // 24))
        return (date.fromisoformat(said) + total).isoformat()
    except (ValueError, OverflowError):
        return None


def _owners(events: Iterable[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        for figure in event.figures:
            found.setdefault(figure, []).append(event)
    return found


def _figure(report: Report, figure: Figure, owners: Sequence[Event], said: Nearby[Statement], named: Nearby[Actor]) -> FigureMention:
    span = Span(figure.start, figure.end)
    rival, giver = _put_by(report.text, figure, named)
    near = _line(report.text, span)
    owner = min(owners, key=lambda e: (abs(e.trigger.start - figure.start), e.id), default=None)
    return FigureMention(
        Place(report.id, figure.id),
        _published(report),
        figure,
        _telling(report.text[near.start : near.end]),
        frozenset(word.stem for word in words(figure.of or "")),
        fate_of(figure),
        owner.id if owner else None,
        _is_part(report.text, figure),
        _voices(span, said),
        _kind_counted(report.text, figure),
        rival,
        giver,
    )


def _kind_counted(text: str, figure: Figure) -> frozenset[str]:
    """What stands behind a figure and tells those counted from others: "of cholera"."""
    match = _KIND.match(text, figure.end, min(len(text), figure.end + 60))
    return telling_words(match[1]) if match else frozenset()


def _put_by(text: str, figure: Figure, named: Nearby[Actor]) -> tuple[bool, str | None]:
    """Whether a figure is set against another ("the ministry puts the toll at 40"), and the actor who puts it so."""
    match = _PUT_AT.search(text[max(0, figure.start - 70) : figure.start])
    clause = match[0] if match else ""
    cue = next((m for m in re.finditer(r"[A-Za-z]+", clause) if m[0].lower() in words_of("case", "rivals", "verbs")), None)
    behind = clause[cue.end() :].split() if cue else []
    if cue is None or not (says(behind, "rivals", "nouns") or behind[-1:] == ["at"]):
        return False, None
    at = figure.start - len(clause) + cue.start()
    before = named.at(Span(max(0, at - _ADVERB), at))
    return True, next((actor.id for actor in before if any(at - _ADVERB <= m.end <= at for m in actor.mentions)), None)


def _voices(span: Span, said: Nearby[Statement]) -> tuple[Statement, ...]:
    """The statements whose content holds the span, outermost first."""
    holding = [s for s in said.at(span) if any(content.covers(span) for content in s.content)]
    return tuple(sorted(holding, key=lambda s: (-sum(c.end - c.start for c in s.content), s.id)))


def _line(text: str, span: Span) -> Span:
    """The sentence, more or less, around a figure."""
    start, end = max(0, span.start - 160), min(len(text), span.end + 160)
    left = max(text.rfind(mark, start, span.start) for mark in (". ", "\n", "? ", "! "))
    rights = [at for mark in (". ", "\n", "? ", "! ") if (at := text.find(mark, span.end, end)) >= 0]
    return Span(left + 1 if left >= 0 else start, min(rights, default=end))


def fate_of(figure: Figure) -> str | None:
    """What befell the people that a figure counts ("dead", "injured"); None where it counts others or does not tell."""
    if figure.unit != "person":
        return None
    of = re.findall(r"[a-z]+", (figure.of or "").lower()[:200])
    return next((_fates()[word] for word in reversed(of) if word in _fates()), None)


@cache
def _fates() -> Mapping[str, str]:
    return {word: kind for kind, found in load("units")["tolls"].items() for word in found}


def _is_part(text: str, figure: Figure) -> bool:
    """ "13 of the 30 men" and "including three children" count some of a whole, "three others" those besides."""
    ahead = one_line(text[max(0, figure.start - 24) : figure.start].lower())
    own = one_line(text[figure.start : figure.end + 24].lower())
    some = _SOME_OF.match(own) or _BESIDES.match(own)
    return some is not None or any(ahead.endswith(word) for word in words_of("case", "parts", "before"))


def _statement(report: Report, statement: Statement) -> StatementMention:
    content = _content(report.text, statement)
    cue = one_line(" ".join(report.text[s.start : s.end] for s in statement.cue[:4]))[:120]
    return StatementMention(Place(report.id, statement.id), _published(report), statement, content, cue, _telling(content))
