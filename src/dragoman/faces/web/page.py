"""What a page is asked and what it answers: the terms that the pages and the application share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.cli.answers import Answer
from dragoman.faces.web.access.audit import Kind
from dragoman.faces.web.access.roles import Role
from dragoman.faces.web.access.visitor import Visitor
from dragoman.faces.web.address import Address

_NOBODY = Visitor("", "reader", "")


@dataclass(frozen=True)
class Asked:
    """A request: `item` is the id in the path ("" where there is none), `seen` the cookie of the last visit, `visitor` who asks."""

    address: Address
    filters: Filters
    item: str = ""
    seen: str = ""
    visitor: Visitor = _NOBODY


@dataclass(frozen=True)
class Page:
    """What a template shows. `downloads` are the formats in which the same can be had; `seen` is a cookie to be kept.

    `kept` is False for a page that shows more than the case (alerts, the audit): it is made anew each time. Any other page is kept
    until the case changes.
    """

    title: str
    values: Mapping[str, Any]
    downloads: tuple[str, ...] = ("csv", "json")
    seen: str = ""
    kept: bool = True


Show = Callable[[Case, Asked], Page]
Load = Callable[[Case, Asked], Answer]
Draw = Callable[[Case, Asked], str]
Write = Callable[[Case, Asked], bytes]


@dataclass(frozen=True)
class Way:
    """A page of the workspace: its path ("/actors/{item}"), its template, what makes it, and the same as a file.

    `menu` is the entry of the menu that it belongs to; `narrows` are the filters that it takes, `takes` the other names; `draw`
    gives a picture as SVG; `files` write the same in other formats, by their endings; `role` is what a visitor must be to see it.
    `snapshot` is False for a page that takes its own. `own` tells a page that each visitor has for themselves (what they decided, what
    they may change); any other is the same for all of a role, but for the name at its head and the tokens of its forms.
    """

    path: str
    template: str
    show: Show
    load: Load | None = None
    menu: str = ""
    narrows: tuple[str, ...] = ("as_of",)
    takes: tuple[str, ...] = field(default=())
    draw: Draw | None = None
    role: Role = "reader"
    files: Mapping[str, Write] = field(default_factory=dict)
    snapshot: bool = True
    own: bool = False


@dataclass(frozen=True)
class Sent:
    """What a form has sent: each field once in `form` (the last value of it), all of them in order in `fields`; `item` as in Asked.

    The token of the form is checked and taken out before. Decisions are made in the name of the visitor (`visitor.name`).
    """

    form: Mapping[str, str]
    item: str
    visitor: Visitor
    fields: tuple[tuple[str, str], ...] = ()

    def every(self, name: str) -> tuple[str, ...]:
        """All values of a field that may be given several times (the boxes that are ticked)."""
        return tuple(value for given, value in self.fields if given == name)


@dataclass(frozen=True)
class Done:
    """What follows when it is done: a browser goes on to `to` ("/log?as_of=…"); a script that asks for JSON is given `said`."""

    to: str
    said: Mapping[str, Any] | None = None


Do = Callable[[Case, Sent], Done]


@dataclass(frozen=True)
class Deed:
    """Something that a form sends by POST to `path` ("/review/{item}/accept"). What cannot be done is raised as Refused.

    Role, token, size and type of what is sent are checked before `do` is called; it is called for one deed at a time. `kind` is how
    the audit calls it.
    """

    path: str
    role: Role
    do: Do
    kind: Kind = "decision"
