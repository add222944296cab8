"""robots.txt: the longest rule decides, wildcards count, groups are those of RFC 9309."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.faces.robots import Robots, Rule, parse

NEWS = b"""User-agent: *
Disallow: /
Allow: /news/   # but not
Disallow: /news/*/print
Disallow: /*.pdf$
Allow: /news/a/print-edition

User-agent: other
User-agent: Dragoman/2.0
Crawl-delay: 2.5
Disallow: /archive

User-agent: dragoman
Disallow: /search
"""


def allowed(robots: Robots, path: str) -> bool:
    return robots.allow(f"https://gazette.example{path}")


def test_the_longest_rule_decides() -> None:
    robots = parse(NEWS, "somebody")
    assert [allowed(robots, path) for path in ("/", "/news/a", "/news/a/print", "/news/a/print-edition")] == [False, True, False, True]


def test_groups_for_one_name_are_joined_and_go_before_those_for_all() -> None:
    robots = parse(NEWS, "dragoman")
    assert [allowed(robots, path) for path in ("/", "/archive/1", "/search?q=a", "/news/a/print")] == [True, False, False, True]
    assert robots.delay == 2.5


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/a", "/abc", True),
        ("/a$", "/abc", False),
        ("/a$", "/a", True),
        ("/*.pdf$", "/x/y.pdf", True),
        ("/*.pdf$", "/x/y.pdf?a", False),
        ("/*ab$", "/abab", True),
        ("/a*a$", "/a", False),
        ("*/print", "/x/print/y", True),
        ("/*?*id=", "/a?b&id=3", True),
        ("/caf%C3%A9", "/caf\u00e9", True),
        ("/%61", "/a", True),
        ("/A", "/a", False),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    robots = parse(f"User-agent: *\nDisallow: {pattern}".encode(), "dragoman")
    assert allowed(robots, path) is not fits


def test_of_equal_rules_the_one_that_allows() -> None:
    assert allowed(Robots((Rule("/a", False), Rule("/a", True))), "/a")


@pytest.mark.parametrize("data", [b"", b"Disallow: /", b"User-agent: *\nDisallow:", b"\xff\xfe\x00", b"<html>no such page</html>"])
def test_nothing_that_forbids(data: bytes) -> None:
    assert allowed(parse(data, "dragoman"), "/a")


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_break_it(data: bytes, path: str) -> None:
    assert parse(b"User-agent: *\nDisallow: " + data, "dragoman").allow("https://a.example/" + path) in (True, False)


def test_a_pattern_of_wildcards_takes_no_endless_time() -> None:
    begin = time.process_time()
    assert allowed(parse(b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"b$", "dragoman"), "/" + "a" * 4000)
    assert time.process_time() - begin < 1
