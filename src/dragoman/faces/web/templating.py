"""The templates: every text is made printable and then escaped, wherever it comes from and wherever it stands.

Markup that our own code has made (`Markup`) goes through as it is; nothing else does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dragoman.faces.web import shapes
from dragoman.faces.web.paths import path_of
from dragoman.reading.wording import STATUS_WORDS, first_day, one_line, printable, shortened, spoken_date, spoken_day

_STATIC = "dragoman.faces.web"


def render(template: str, values: Mapping[str, Any]) -> str:
    """A page as HTML. Raises nothing for any text of a report."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(_STATIC), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_shown, auto_reload=False,
    )  # fmt: skip
    made.globals |= {"static": static, "status_words": STATUS_WORDS, "shape": shapes.shape, "legend": shapes.LEGEND, "path_of": path_of}
    made.filters |= {
        "day": spoken_day_of, "date": spoken_date, "line": one_line, "short": shortened, "count": counted, "brief_day": brief_day,
    }  # fmt: skip
    return made


def _shown(value: Any) -> Any:
    """What a template writes: nothing for None; texts without characters that could drive a page or turn its words round."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) or not isinstance(value, str) else printable(value)


def spoken_day_of(value: str | None) -> str:
    """A day in words, or that there is none."""
    return spoken_date(value) if value else "no date"


def brief_day(value: str | None) -> str:
    """'28 Oct 1962' or 'Oct 1962', for narrow places."""
    day = first_day(value) if value else None
    if day is None or value is None:
        return one_line(value or "no date")
    month = spoken_day(day).split()[2][:3]
    if len(value) == 10:
        return f"{day.day} {month} {day.year}"
    return f"{month} {day.year}" if re.fullmatch(r"\d{4}-\d\d", value) else spoken_date(value)


def counted(number: int, what: str, plural: str = "s") -> str:
    """'3 reports', '1 report'."""
    return f"{number:,} {what}{'' if number == 1 else plural}"


@cache
def static(name: str) -> str:
    """The address of a file of our own, with a mark of its content, so that a browser never shows an old one."""
    data = resources.files(_STATIC).joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:12]}"
