"""What stands beside a name tells where it ends: made-up sentences, without the network."""

from __future__ import annotations

import re

import pytest

from dragoman.language.annotations import Name, Token
from dragoman.language.name_edges import mended

Marked = tuple[str, str]


def ends(text: str, *names: Marked) -> list[Marked]:
    """The mended names of a sentence, each with its kind; `names` are those that the network found."""
    words = list(re.finditer(r"['\u2019]s\b|\w+(?:-\w+)*|[^\w\s]", text))
    tokens = [Token(i, w.start(), w.end(), w[0], w[0].lower(), "X", {}, -1, "root", 0) for i, w in enumerate(words)]
    found = []
    for name, kind in names:
        start = text.index(name)
        inside = [t.index for t in tokens if start <= t.start < start + len(name)]
        found.append(Name(start, start + len(name), inside[0], inside[-1] + 1, kind, 0.9))
    mend = mended(text, tokens, found)
    assert all(tokens[n.first].start == n.start and tokens[n.last - 1].end == n.end for n in mend)
    return [(text[n.start : n.end], n.kind) for n in mend]


def test_a_town_and_its_state_are_two_places() -> None:
    assert ends("He moved to Elko Nevada in May.", ("Elko Nevada", "PLACE")) == [("Elko", "PLACE"), ("Nevada", "PLACE")]
    assert ends("in Warm Springs GA today", ("Warm Springs GA", "PLACE")) == [("Warm Springs", "PLACE"), ("GA", "PLACE")]


@pytest.mark.parametrize("name", ["West Virginia", "New Mexico", "Fort Washington", "Mount Washington", "Nevada", "Elko , Nevada"])
def test_a_state_in_a_name_of_its_own_stays_in_it(name: str) -> None:
    assert ends(f"near {name} there was snow", (name, "PLACE")) == [(name, "PLACE")]


def test_a_noun_that_every_such_name_ends_with_belongs_to_it() -> None:
    assert ends("at Harlow Air Base", ("Harlow", "PLACE")) == [("Harlow Air Base", "FACILITY")]
    assert ends("the Orrin Council met", ("Orrin", "PLACE")) == [("Orrin Council", "ORGANIZATION")]
    assert ends("down Mill Road", ("Mill", "PERSON")) == [("Mill Road", "PLACE")]


@pytest.mark.parametrize("text", ["at Harlow base camp", "at Harlow, Base two", "Harlow. Station two"])
def test_another_noun_does_not(text: str) -> None:
    assert ends(text, ("Harlow", "PLACE")) == [("Harlow", "PLACE")]


def test_a_house_is_called_by_its_owner() -> None:
    assert ends("We ate at Ned's Diner.", ("Ned", "PERSON")) == [("Ned's Diner", "ORGANIZATION")]
    assert ends("We went to Del Moro's for dinner.", ("Del Moro", "PERSON")) == [("Del Moro's", "FACILITY")]
    assert ends("They met at Brody\u2019s.", ("Brody", "PERSON")) == [("Brody\u2019s", "FACILITY")]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("a friend of Tom's, and", "Tom", "PERSON"),
        ("to Tom's brother", "Tom", "PERSON"),
        ("The office was Tom's.", "Tom", "PERSON"),
        ("to Norland's, not Sudia's, army", "Norland", "PLACE"),
        ("from Acme's and others' books", "Acme", "ORGANIZATION"),
    ],
)
def test_a_possessive_is_no_house_elsewhere(text: str, name: str, kind: str) -> None:
    assert ends(text, (name, kind)) == [(name, kind)]


def test_the_full_stop_of_a_short_form_belongs_to_the_name() -> None:
    assert ends("Acme Corp. sold it", ("Acme Corp", "ORGANIZATION")) == [("Acme Corp.", "ORGANIZATION")]
    assert ends("they sold Acme Corp", ("Acme Corp", "ORGANIZATION")) == [("Acme Corp", "ORGANIZATION")]


def test_no_name_grows_into_another() -> None:
    found = ends("at Harlow Air Base", ("Harlow", "PLACE"), ("Air Base", "FACILITY"))
    assert found == [("Harlow", "PLACE"), ("Air Base", "FACILITY")]
