"""Calendar arithmetic: days that may not exist, the nearest Friday, the TIMEX3 value of "three weeks before".

Every function is total: where no day exists (February 30, the year 0) it gives None instead of raising.
"""

from __future__ import annotations

from datetime import date, timedelta


def day(year: int, month: int, number: int) -> date | None:
    """The day, or None if the calendar lacks it."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def plus_days(start: date, days: int) -> date | None:
    """The day so many days later (earlier if negative), or None outside the years 1 to 9999."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def week(of: date) -> str:
    """The ISO week: 2026-W03."""
    year, number, _ = of.isocalendar()
    return f"{year:04d}-W{number:02d}"


def weekday(anchor: date, number: int, *, ahead: bool, strictly: bool = False) -> date | None:
    """The nearest day with this ISO weekday number on the wanted side of `anchor`; `strictly` leaves out the anchor."""
    distance = (number - anchor.isoweekday()) % 7 if ahead else (anchor.isoweekday() - number) % 7
    if strictly and distance == 0:
        distance = 7
    return plus_days(anchor, distance if ahead else -distance)


def in_week(anchor: date, number: int, weeks: int) -> date | None:
    """The day with this ISO weekday number in the week that lies so many weeks from the anchor's."""
    return plus_days(anchor, 7 * weeks + number - anchor.isoweekday())


def month_shift(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month so many months later."""
    count = year * 12 + month - 1 + months
    return count // 12, count % 12 + 1


def shift(anchor: date | None, amount: int, unit: str) -> str | None:
    """The TIMEX3 value, as fine as the unit, that lies `amount` units from the anchor; None if there is none."""
    if anchor is None:
        return None
    if unit in ("day", "week", "fortnight"):
        if abs(amount) > 4_000_000:
            return None
        moved = plus_days(anchor, amount * {"day": 1, "week": 7, "fortnight": 14}[unit])
        if moved is None:
            return None
        return moved.isoformat() if unit == "day" else week(moved)
    if unit in ("month", "quarter"):
        year, month = month_shift(anchor.year, anchor.month, amount * (3 if unit == "quarter" else 1))
        if not 1 <= year <= 9999:
            return None
        return f"{year:04d}-{month:02d}" if unit == "month" else f"{year:04d}-Q{(month + 2) // 3}"
    year = anchor.year + amount * {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
    return f"{year:04d}" if 1 <= year <= 9999 else None


def years_on(value: str, years: int) -> str | None:
    """The same period so many years later: "2004-Q3" and -1 give "2003-Q3"."""
    year = int(value[:4]) + years
    return f"{year:04d}{value[4:]}" if 1 <= year <= 9999 else None


def last_quarter(anchor: date) -> str | None:
    """The latest quarter that is over."""
    return shift(anchor, -1, "quarter")


def nth_weekday(year: int, month: int, number: int, nth: int) -> date | None:
    """The nth day of the month with an ISO weekday number; -1 is the last one."""
    if nth > 0:
        first = date(year, month, 1)
        return day(year, month, 1 + (number - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = plus_days(date(*month_shift(year, month, 1), 1), -1) if year < 9999 else None
    return last and plus_days(last, -((last.isoweekday() - number) % 7))


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, number = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, number + 1)
