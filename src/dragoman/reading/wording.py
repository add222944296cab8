"""Plain English for what a reading holds: dates, amounts, lists of names, and text that is safe to show.

Everything here returns text for people. Nothing escapes for a medium: HTML and Markdown do that on their own pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from dragoman.reading.entries import Figure, Status, When

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_PLURALS = {
    "person": "people",
    "percent": "percent",
    "foot": "feet",
    "man": "men",
    "woman": "women",
    "child": "children",
}

# Words that begin a name or a description only where a sentence begins with it.
_LOWERED = frozenset(
    {"A", "An", "The", "Two", "Three", "Four", "Five", "Six", "Several",
     "Some", "Many", "Most", "Both", "Other", "His", "Her", "Its", "Their"}
)  # fmt: skip

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_PRINTABLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys((*range(0x80, 0xA0), *_BIDI), "\N{REPLACEMENT CHARACTER}"),
    0x7F: "\N{SYMBOL FOR DELETE}",
}
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class StatusWords:
    """How a status is shown: a symbol (and one in ASCII), a word, a heading, and the family of its colour."""

    symbol: str
    ascii: str
    word: str
    heading: str
    family: str


STATUS_WORDS: MappingProxyType[Status, StatusWords] = MappingProxyType(
    {
        "occurred": StatusWords("●", "*", "occurred", "Took place", "done"),
        "ongoing": StatusWords("◐", "~", "ongoing", "Going on", "done"),
        "planned": StatusWords("◇", ">", "planned", "Announced or planned", "ahead"),
        "promised": StatusWords("◆", "+", "promised", "Promised", "ahead"),
        "threatened": StatusWords("▲", "!", "threatened", "Threatened", "pressed"),
        "demanded": StatusWords("▷", "?", "demanded", "Demanded", "pressed"),
        "cancelled": StatusWords("✕", "x", "cancelled", "Called off", "undone"),
        "denied": StatusWords("⊘", "-", "denied", "Denied, or said not to have happened", "undone"),
        "hypothetical": StatusWords("○", "o", "hypothetical", "Only supposed", "supposed"),
    }
)


def printable(text: str) -> str:
    """The text with every control, bidirectional-override and surrogate character made visible, one for one.

    Offsets stay true: the result has as many characters as the text. Tabs and line ends are kept.
    """
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.translate(_PRINTABLE))


def one_line(text: str) -> str:
    """The text made printable, with every stretch of white space (line ends included) as one blank."""
    return " ".join(printable(text).split())


def shortened(text: str, limit: int) -> str:
    """The text, cut at a word and closed with an ellipsis where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > limit // 2 else cut).rstrip(" ,;:-–—") + "…"


def mid_sentence(name: str) -> str:
    """The name as it stands inside a sentence: 'A US official' becomes 'a US official'; 'The Hague' is let be."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if first in _LOWERED and rest != "Hague" else name


def listed(names: Sequence[str], most: int = 4) -> str:
    """'A', 'A and B', 'A, B and C'; from `most` + 1 names on, 'A, B, C, D and 3 more'."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def first_day(value: str) -> date | None:
    """The first day that an ISO day, week, month, quarter, season or year covers; None if it names none."""
    week = re.match(r"(\d{4})-W(\d\d)", value)
    parts = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)", value)
    try:
        if week:
            return date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)) if parts else None
    except ValueError:
        return None


def spoken_day(day: date) -> str:
    """'Friday 9 January 2026'."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def spoken_date(value: str) -> str:
    """An ISO value in words: 'Friday 9 January 2026', 'August 1996', 'week of 12 January 2026', 'summer 1996'."""
    day = first_day(value)
    if day is None:
        return one_line(value)
    if re.fullmatch(r"\d{4}-W\d\d", value):
        return f"week of {day.day} {_MONTHS[day.month - 1]} {day.year}"
    if re.fullmatch(r"\d{4}-\d\d", value):
        return f"{_MONTHS[day.month - 1]} {day.year}"
    if season := re.fullmatch(r"\d{4}-(SP|SU|FA|WI)", value):
        return f"{_SEASONS[season[1]]} {day.year}"
    if clock := re.fullmatch(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)(?::\d\d)?", value):
        return f"{spoken_day(day)}, {clock[1]}"
    return spoken_day(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else one_line(value)


def spoken_when(when: When | None) -> str:
    """'Friday 9 January 2026', 'week of 12 January 2026', 'March 2026', 'from … to …', or 'no date told'."""
    if when is None:
        return "no date told"
    return spoken_date(_whole(when.start, when.end) or when.start) if _is_one(when) else _from_to(when)


def _is_one(when: When) -> bool:
    return when.start == when.end or _whole(when.start, when.end) is not None


def _from_to(when: When) -> str:
    return f"from {spoken_date(when.start)} to {spoken_date(when.end)}"


def _whole(start: str, end: str) -> str | None:
    """The ISO week, month or year that two days span from its first to its last day; None for any other two."""
    first, last = first_day(start), first_day(end)
    if first is None or last is None or len(start) != 10 or len(end) != 10:
        return None
    after = last + timedelta(days=1) if last < date.max else last
    if first.weekday() == 0 and after - first == timedelta(days=7):
        return first.strftime("%G-W%V")
    if (first.day, after.day) == (1, 1) and 28 <= (after - first).days <= 31:
        return start[:7]
    return start[:4] if start[4:] == "-01-01" and end == start[:4] + "-12-31" else None


def number(value: float) -> str:
    """'8', '1,250', '2.5', '30 million'; numbers beyond a quadrillion as a power of ten."""
    if not -(10**15) < value < 10**15:
        return format(Decimal(value), ".3e")
    for scale, word in _SCALES:
        scaled = value / scale
        if abs(scaled) >= 1 and abs(scaled * 1000 - round(scaled * 1000)) < 1e-6:
            return f"{_plain(scaled)} {word}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,.3f}".rstrip("0")


def _unit(figure: Figure) -> str:
    unit = one_line(figure.unit or "")
    if not unit or unit in _PLURALS or figure.low == figure.high == 1:
        return "person" if unit == "person" and figure.low == figure.high == 1 else _PLURALS.get(unit, unit)
    if unit.endswith(("s", "sh", "ch", "x")):
        return unit + "es"
    return unit[:-1] + "ies" if re.search(r"[^aeiou]y$", unit) else unit + "s"


def _bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"up to {number(high)}" if high is not None else f"at least {number(low or 0)}"
    lower, upper = number(low), number(high)
    if lower == upper:
        return lower
    scale = re.search(r" \w+illion$", upper)
    return f"{lower.removesuffix(scale[0]) if scale else lower} to {upper}"


def amount(figure: Figure) -> str:
    """'30 to 50 million barrels (Venezuelan oil)', 'at least 20 people (killed)', 'about USD 100 billion'."""
    bounds = _bounds(figure.low, figure.high)
    money = re.fullmatch(r"[A-Z]{3}", figure.unit or "")
    words = f"{figure.unit} {bounds}" if money else f"{bounds} {_unit(figure)}".strip()
    of = one_line(figure.of or "")
    of = f" ({of})" if of and of not in (figure.unit, _unit(figure)) else ""
    return f"{'about ' if figure.approximate else ''}{words}{of}"
