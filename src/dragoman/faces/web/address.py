"""What is asked stands in the address: the filters of the command line under the same names, and what a page adds.

`/chronology?as_of=1962-10-28&actor=A2` can be sent to somebody and shows them the same. Links keep what belongs: those of the menu
keep all filters, those to one item the day only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import click

from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.cli.case_command import filters_of
from dragoman.faces.web.problems import senseless
from dragoman.reading.wording import one_line

FILTERS = ("as_of", "since", "actor", "thread", "type", "status")
NARROWED: Mapping[str, tuple[str, ...]] = {
    "/actors": tuple(name for name in FILTERS if name != "actor"),
    "/log": (),
    "/alerts": (),
    "/alerts/new": ("actor", "thread", "type", "status"),
    "/review": ("actor", "thread"),
    "/brief": ("as_of", "since", "thread"),
}
"""The pages of the menu that do not take all filters, with those that they take."""
LONGEST = 500
"""Characters of one value."""


@dataclass(frozen=True)
class Address:
    """An address of the workspace: `path`, and what was `given` behind the question mark, each name once."""

    path: str
    given: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.path + (f"?{urlencode(self.given)}" if self.given else "")

    def get(self, name: str) -> str | None:
        """What was given under a name."""
        return self.given.get(name)

    def but(self, **changes: str | int | None) -> Address:
        """The same page with other values; None takes one away."""
        given = {**self.given, **{name: None if value is None else str(value) for name, value in changes.items()}}
        return Address(self.path, {name: value for name, value in given.items() if value is not None})

    def to(self, path: str, **more: str | int) -> Address:
        """One item, as of the same day."""
        kept = {"as_of": self.given["as_of"]} if "as_of" in self.given else {}
        return Address(quote(path, safe="/"), {**kept, **{name: str(value) for name, value in more.items()}})

    def menu(self, path: str, **more: str | int) -> Address:
        """Another page of the menu with the same filters."""
        kept = {name: value for name, value in self.given.items() if name in narrows(path)}
        return Address(path, {**kept, **{name: str(value) for name, value in more.items()}})

    def download(self, form: str) -> Address:
        """The same answer as a file."""
        return Address(("/threads" if self.path == "/" else self.path) + f".{form}", self.given)


def narrows(path: str) -> tuple[str, ...]:
    """The filters that a page of the menu takes."""
    return NARROWED.get(path, FILTERS)


def read(path: str, given: Sequence[tuple[str, str]], known: Sequence[str]) -> Address:
    """The address that a browser asks for; `known` are the names that the page takes. Raises Refused."""
    found: dict[str, str] = {}
    for name, value in given:
        if name not in known:
            raise senseless(f"This page knows no {one_line(name[:40])!r}; it takes {', '.join(known) or 'no filters'}.")
        if name in found:
            raise senseless(f"{name} is given twice; give it once.")
        if len(value) > LONGEST:
            raise senseless(f"{name} has {len(value):,} characters; at most {LONGEST} are read.")
        found[name] = value.strip()
    return Address(path, found)


def filters(case: Case, address: Address) -> Filters:
    """The filters of an address; actors and threads may be named by id or by name. Raises Refused."""
    try:
        return filters_of(case, {name: address.get(name) for name in FILTERS})
    except click.UsageError as problem:
        raise senseless(problem.format_message().replace("--as-of", "as_of").replace("--", "") + ".") from None


def one_of(address: Address, name: str, known: Sequence[str]) -> str | None:
    """A word in an address, one of those that are known; None where none is given. Raises Refused."""
    given = address.get(name)
    if given and given not in known:
        raise senseless(f"{name} is {one_line(given[:40])!r}; expected one of {', '.join(known)}.")
    return given or None


def number(address: Address, name: str, default: int, most: int) -> int:
    """A whole number from 0 to `most` in an address. Raises Refused."""
    given = address.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit()) or len(given) > 9 or int(given) > most:
        raise senseless(f"{name} is {one_line(given[:40])!r}; expected a whole number from 0 to {most:,}.")
    return int(given)
