"""The lexicon of acts as researchers edit it: what is wrong in it is refused with the line and what would be valid."""

from __future__ import annotations

from importlib import resources

import pytest

from dragoman.errors import InputError
from dragoman.lexicons.load import load
from dragoman.reading.events.frames import frames, frames_of, spellings
from dragoman.reading.events.lexicon_check import check_acts
from dragoman.reading.plover import MODES, TYPES

GOOD = """
[domains]
labour = ["union"]

[[group]]
type = "PROTEST"
mode = "strike"
verbs = ["strike"]
nouns = [
  {lemma = "walkout", about = "labour"},
]
"""


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        check_acts(text, "mine.toml")
    return caught.value


def test_a_good_lexicon_is_counted() -> None:
    assert check_acts(GOOD) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "found", "valid"),
    [
        ('type = "PROTEST"', 'type = "FIGHT"', 6, "unknown type 'FIGHT'", "ASSAULT"),
        ('mode = "strike"', 'mode = "violence"', 7, "unknown mode of PROTEST 'violence'", "hunger"),
        ('about = "labour"', 'about = "labor"', 10, "unknown about 'labor'", "labour"),
        ('about = "labour"', 'contexts = ["war"]', 10, "unknown context 'war'", "military"),
        ('about = "labour"', 'status = "done"', 10, "unknown status 'done'", "occurred"),
        ('about = "labour"', "objects = []", 10, "unknown key 'objects'", "obj"),
        ('about = "labour"', 'obj = "person"', 10, "obj = 'person'", "a list of strings"),
    ],
)
def test_a_wrong_value_is_refused_with_its_line_and_the_valid_ones(old: str, new: str, line: int, found: str, valid: str) -> None:
    error = refused(GOOD.replace(old, new))
    assert error.where == f"mine.toml, line {line}"
    assert found in error.found
    assert valid in error.remedy


def test_the_same_conditions_twice_are_refused() -> None:
    error = refused(GOOD + '\n[[group]]\ntype = "ASSAULT"\nverbs = ["strike"]\n')
    assert error.where == "mine.toml, line 15"
    assert "'strike' twice" in error.found
    assert "PROTEST and ASSAULT" in error.found


def test_broken_toml_is_refused_with_its_line() -> None:
    assert refused('[[group]]\ntype = "PROTEST\n').where == "mine.toml, line 2"


@pytest.mark.parametrize("head", [" [[group]]", "[[ group ]]", '[["group"]]'])
def test_a_group_may_be_opened_in_every_way_that_toml_allows(head: str) -> None:
    text = GOOD.replace("[[group]]", head)
    assert check_acts(text) == 2
    assert refused(text.replace('"PROTEST"', '"FIGHT"')).where == "mine.toml, line 6"


@pytest.mark.parametrize(
    ("old", "new", "where", "found"),
    [
        ("[[group]]", "[group]", "mine.toml", "no list of groups"),
        ("[[group]]", "[[set]]", "mine.toml", "no list of groups"),
        ('[domains]\nlabour = ["union"]', "domains = 5", "mine.toml", "domains = 5"),
        ('verbs = ["strike"]', "verbs = [5]", "mine.toml, line 8", "verbs = [5]"),
        ('verbs = ["strike"]', 'verbs = "strike"', "mine.toml, line 8", "verbs = 'strike'"),
        ('type = "PROTEST"', 'type = ["PROTEST"]', "mine.toml, line 6", "type = ['PROTEST']"),
        ('lemma = "walkout"', "lemma = 7", "mine.toml, line 10", "lemma = 7"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(old: str, new: str, where: str, found: str) -> None:
    error = refused(GOOD.replace(old, new))
    assert error.where == where
    assert found in error.found


def test_a_head_of_a_group_inside_a_string_takes_the_line_away_only() -> None:
    error = refused(GOOD.replace('verbs = ["strike"]', 'verbs = ["""\n[[group]]\n"""]').replace("about =", "abuot ="))
    assert error.where == "mine.toml"
    assert "abuot" in error.found


def test_an_entry_without_a_lemma_is_refused() -> None:
    assert "without a lemma" in refused(GOOD.replace('lemma = "walkout", ', "")).found


def test_the_shipped_lexicon_is_valid_and_large() -> None:
    text = resources.files("dragoman.lexicons").joinpath("acts.toml").read_text("utf-8")
    assert check_acts(text) >= 1500


def test_every_type_and_mode_has_frames() -> None:
    held = {(f.type, f.mode) for pos in ("verb", "noun") for f in frames_of(load("acts"), pos)}
    wanted = {(type_, mode) for type_, modes in MODES.items() for mode in modes}
    assert {type_ for type_, _ in held} == set(TYPES)
    assert wanted - held == set()


def test_spellings() -> None:
    assert "criticize" in spellings("criticise")
    assert "maneuver" in spellings("manoeuvre")
    assert "ceasefire" in spellings("cease-fire")
    assert frames("verb")["mobilize"][0].type == "MOBILIZE"
