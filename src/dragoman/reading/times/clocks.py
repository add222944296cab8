"""Hours: "4 a.m. EDT", "0600 GMT", "10:30", "from 8 to 10 p.m.", "4 in the morning", "noon"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reading.times.rules import A_PART, LEXICON, NOTHING, PART, TO, Found, Rule, Setting, iso, rule

_CUES = frozenset({"at", "by", "until", "till", "from", "around", "about", "before", "after", "since", "to", "and", "(", "between"})
_SURE_CUES = frozenset({"at", "by", "until", "till", "before", "after", "since"})
_FAR = 40  # characters behind a day within which an hour belongs to it


def _by_clock(s: Setting) -> Sequence[Found]:
    m = s.match
    half, zone = m["half"], m["zone"]
    sure = half or (zone and (m["minute"] or not zone.endswith(" time") or zone == "local time"))
    if not (sure or (m["minute"] and not _CUES.isdisjoint(s.before()))):
        return NOTHING
    if half and not 1 <= int(m["hour"]) <= 12:
        return NOTHING
    return s.found("TIME", _clock(s, _of_24(int(m["hour"]), half), int(m["minute"] or 0), zone))


def _of_24(hour: int, half: str | None) -> int:
    """The hour of a whole day, from the hour of a half: 4 p.m. is 16, 12 a.m. is 0."""
    return hour if half is None else hour % 12 + (12 if half[0] == "p" else 0)


def _clock_range(s: Setting) -> Sequence[Found]:
    """ "from 8 to 10 p.m.", "between 11:30 and 1 a.m.": the half of the day stands with the second hour only."""
    m = s.match
    first, last = int(m["hour"]), int(m["hour2"])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return NOTHING
    turned = first % 12 > last % 12  # "11 to 1 p.m." begins before noon
    half = m["half"] if not turned else "a" if m["half"][0] == "p" else "p"
    begins = _clock(s, _of_24(first, half), int(m["minute"] or 0), None)
    ends = _clock(s, _of_24(last, m["half"]), int(m["minute2"] or 0), m["zone"])
    return (*s.found("TIME", begins, "first"), *s.found("TIME", ends, "last"))


def _spoken_clock(s: Setting) -> Sequence[Found]:
    """ "4 in the morning", "eleven o'clock at night", "7 that evening": the part of the day tells which half."""
    m = s.match
    hour, part = int(m["hour"]) if m["hour"] else _HOURS[m["word"]], m["part"] or m["part2"]
    if not 1 <= hour <= 12 or (m["part2"] and _SURE_CUES.isdisjoint(s.before())):  # "the blast killed 4 in the morning"
        return NOTHING
    if part:
        early = part == "morning" or (part == "night" and hour in (12, 1, 2, 3, 4))
        hour = _of_24(hour, "a" if early else "p")
    return s.found("TIME", _clock(s, hour, int(m["minute"] or 0), None))


def _military(s: Setting) -> Sequence[Found]:
    digits = s.match["clock"]
    return s.found("TIME", _clock(s, int(digits[:2]), int(digits[2:]), s.match["zone"]))


def _named_hour(s: Setting) -> Sequence[Found]:
    return s.found("TIME", _clock(s, 0 if "midnight" in s.match.group() else 12, 0, None))


def _dotted(s: Setting) -> Sequence[Found]:
    m = s.match
    return s.found("TIME", _clock(s, _of_24(int(m["hour"]), m["half"]), int(m["minute"]), m["zone"] or m["zone2"]))


def _clock(s: Setting, hour: int, minute: int, zone: str | None) -> str | None:
    """The hour on the day that was named last if it stands close, else on the day of publication."""
    if hour > 24 or minute > 59:
        return None
    day = iso(s.published)
    previous = s.previous
    if previous and previous.value and re.match(r"\d{4}-\d\d-\d\d", previous.value):
        between = s.line.text[previous.last : s.match.start()]
        if len(between) < _FAR and _BREAKS.isdisjoint(between.split()):
            day = previous.value[:10]
    return day and f"{day}T{hour:02d}:{minute:02d}{'Z' if zone in ('gmt', 'utc') else ''}"


_BREAKS = frozenset({".", ";", "\n"})
_HOURS = {word: number for number, word in enumerate(LEXICON["hours"], 1)}
_HOUR, _MINUTE = r"[012]?[0-9]", r"[0-5][0-9]"
_HALF = r"(?P<half>[ap](?: \.)? m(?: \.)?|[ap]m)"
_ZONE = (
    r"(?P<zone>gmt|utc|est|edt|et|pst|pdt|pt|cst|cdt|mst|mdt|cet|cest|eet|msk|bst|ist|jst|eastern"
    r"|(?!(?:this|that|same|next|last|first|all|full|prime|any|one|some|the|each|every|in) )[a-z]+ time)"
)
_IN_THE = "(?:in the|at|this|that)"

CLOCKS: tuple[Rule, ...] = (
    rule(
        "clock",
        rf"(?P<hour>{_HOUR})(?: [:.] (?P<minute>{_MINUTE}))?(?: {_HALF})?(?: \(? ?{_ZONE})?",
        _by_clock,
    ),
    rule(
        "clock_range",
        rf"(?P<first>(?P<hour>{_HOUR})(?: : (?P<minute>{_MINUTE}))?) {TO}"
        rf" (?P<last>(?P<hour2>{_HOUR})(?: : (?P<minute2>{_MINUTE}))? {_HALF}(?: {_ZONE})?)",
        _clock_range,
    ),
    rule(
        "dotted_clock",
        rf"(?P<hour>{_HOUR})\.(?P<minute>{_MINUTE}) (?:{_HALF}(?: {_ZONE})?|(?P<zone2>gmt))",
        _dotted,
    ),
    rule(
        "spoken_clock",
        rf"(?:(?P<hour>{_HOUR})(?: : (?P<minute>{_MINUTE}))?|(?P<word>{'|'.join(_HOURS)}))"
        rf"(?: o ' clock(?: {_IN_THE} (?P<part>{PART}))?| {_IN_THE} (?P<part2>{PART}))",
        _spoken_clock,
        A_PART | {"clock"},
    ),
    rule("military", rf"(?P<clock>[012][0-9][0-5][0-9]) (?:{_ZONE}|hours|hrs|h)", _military),
    rule("named_hour", r"noon|midday|midnight", _named_hour, {"noon", "midday", "midnight"}),
)
