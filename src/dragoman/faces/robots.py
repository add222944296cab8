"""What a site allows programs to fetch: its robots.txt, read as RFC 9309 says.

The standard library's reader takes the first rule that fits instead of the longest, and does not know `*` and `$` inside a path,
which most rules of news sites have; with it we would fetch what a site has forbidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

# RFC 9309 asks for at least 500 KiB.
LIMIT = 512 * 1024


@dataclass(frozen=True)
class Rule:
    """One line: `pattern` is a path with `*` for anything and `$` for the end."""

    pattern: str
    allow: bool

    def fits(self, path: str) -> bool:
        """Whether the rule is about this path. Time grows with the product of the two lengths at most."""
        whole = self.pattern.endswith("$")
        first, *others = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        for part in others:
            at = _last(path, part, at) if whole and part is others[-1] else path.find(part, at)
            if at < 0:
                return False
            at += len(part)
        return not whole or at == len(path)


def _last(path: str, part: str, start: int) -> int:
    """Where the last part begins if it ends the path."""
    at = len(path) - len(part)
    return at if at >= start and path.endswith(part) else -1


@dataclass(frozen=True)
class Robots:
    """The rules that one site has for one program. `delay` are seconds between two requests, if it asks for them."""

    rules: tuple[Rule, ...] = ()
    delay: float | None = None

    def allow(self, url: str) -> bool:
        """Whether the address may be fetched: the longest rule that fits decides, and of two equal ones the one that allows."""
        parts = urlsplit(url)
        path = _plain(parts.path or "/") + (f"?{_plain(parts.query)}" if parts.query else "")
        fitting = [(len(rule.pattern), rule.allow) for rule in self.rules if rule.fits(path)]
        return max(fitting, default=(0, True))[1]


ALL = Robots()
NOTHING = Robots((Rule("/", allow=False),))


def parse(data: bytes, agent: str) -> Robots:
    """The rules of a robots.txt for a program whose name is `agent`; those for all programs if it is not named."""
    named = _gathered(data, agent.lower())
    return named if named is not None else _gathered(data, "*") or ALL


def _gathered(data: bytes, agent: str) -> Robots | None:
    """All groups for one name as one; None if there is no such group."""
    rules: list[Rule] = []
    delay: float | None = None
    applies = found = in_names = False
    for field, value in _lines(data):
        if field == "user-agent":
            applies = value.lower().split("/")[0].strip() == agent or (in_names and applies)
            found, in_names = found or applies, True
            continue
        in_names = in_names and field not in ("allow", "disallow", "crawl-delay")
        if applies and field in ("allow", "disallow") and value:
            rules.append(Rule(_plain(value), field == "allow"))
        elif applies and field == "crawl-delay":
            delay = _seconds(value)
    return Robots(tuple(rules), delay) if found else None


def _lines(data: bytes) -> Sequence[tuple[str, str]]:
    """The fields and their values, comments left out."""
    text = data[:LIMIT].decode("utf-8", "replace").removeprefix("\ufeff")
    pairs = (line.partition("#")[0].partition(":") for line in text.splitlines())
    return [(field.strip().lower(), value.strip()) for field, _, value in pairs]


def _plain(path: str) -> str:
    """A path in which %41 and A are the same."""
    return unquote_to_bytes(path).decode("latin-1")


def _seconds(value: str) -> float | None:
    return float(value) if value.replace(".", "", 1).isdecimal() and value.isascii() else None
