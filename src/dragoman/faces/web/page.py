"""What a page is asked and what it answers: the terms that the pages and the application share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.cli.answers import Answer
from dragoman.faces.web.address import Address


@dataclass(frozen=True)
class Asked:
    """A request: `item` is the id in the path ("" where there is none), `seen` the cookie of the last visit."""

    address: Address
    filters: Filters
    item: str = ""
    seen: str = ""


@dataclass(frozen=True)
class Page:
    """What a template shows. `downloads` are the formats in which the same can be had; `seen` is a cookie to be kept."""

    title: str
    values: Mapping[str, Any]
    downloads: tuple[str, ...] = ("csv", "json")
    seen: str = ""


Show = Callable[[Case, Asked], Page]
Load = Callable[[Case, Asked], Answer]
Draw = Callable[[Case, Asked], str]


@dataclass(frozen=True)
class Way:
    """A page of the workspace: its path ("/actors/{item}"), its template, what makes it, and the same as a file.

    `menu` is the entry of the menu that it belongs to; `narrows` are the filters that it takes, `takes` the other names; `draw`
    gives a picture as SVG.
    """

    path: str
    template: str
    show: Show
    load: Load | None = None
    menu: str = ""
    narrows: tuple[str, ...] = ("as_of",)
    takes: tuple[str, ...] = field(default=())
    draw: Draw | None = None
