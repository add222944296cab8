"""Who "I", "they", "the group" and "the man" are: made-up sentences with hand-made trees."""

from __future__ import annotations

import pytest

from dragoman.language.annotations import Annotations
from dragoman.reading.actors.builder import read_actors
from tests.reading.test_actors import parse

QUOTED = """
"        PUNCT punct 3
{who}    PRON nsubj 3
+agree   VERB ccomp 6
+,       PUNCT punct 3
+"       PUNCT punct 3
said:say VERB root 0
{name}   PROPN nsubj 6
+.       PUNCT punct 6
"""
AND_DAHL = """
and  CCONJ cc 9
said:say VERB conj 6
Dahl PROPN nsubj 9
"    PUNCT punct 12
I    PRON root 0
"""
FRONT = """
Front    PROPN nsubj 2
opened:open VERB root 0 VerbForm=Fin
an       DET det 4
office   NOUN obj 2 Number=Sing
+.       PUNCT punct 2
"""
SHOT = """
Lund  PROPN nsubj:pass 3
was   AUX aux:pass 3
shot:shoot VERB root 0
+.    PUNCT punct 3
"""
BOTH_SHOT = """
Lund  PROPN nsubj:pass 5
and   CCONJ cc 3
Dahl  PROPN conj 1
were  AUX aux:pass 5
shot:shoot VERB root 0
+.    PUNCT punct 5
"""
TAKEN_UP = """
The    DET det 2
{noun} NOUN nsubj 3 Number=Sing
grew:grow VERB root 0 VerbForm=Fin
+.     PUNCT punct 3
"""
FLED = """
Rebels:rebel NOUN nsubj 2 Number=Plur
fled:flee    VERB root 0 VerbForm=Fin
+.           PUNCT punct 2
"""
BURNED = """
{thing}     NOUN nsubj 2 Number={number}
burned:burn VERB root 0 VerbForm=Fin
with        ADP case 5
their       PRON nmod:poss 5
flags:flag  NOUN obl 2 Number=Plur
+.          PUNCT punct 2
"""
LEFT = """
Carts:cart   NOUN nsubj:pass 3 Number=Plur
were         AUX aux:pass 3
left:leave   VERB root 0 VerbForm=Part
by           ADP case 5
rebels:rebel NOUN obl:agent 3 Number=Plur
+.           PUNCT punct 3
"""


def told(annotations: Annotations, *words: str) -> list[str | None]:
    """The name of the actor that each word means, at its last place."""
    cast = read_actors(annotations)
    last = {t.text: t for t in annotations.tokens}
    found = (cast.of(last[word]) for word in words)
    return [cast.get(actor).name if actor is not None else None for actor in found]


@pytest.mark.parametrize(("who", "kind", "speaker"), [("I", "PERSON", "Lund"), ("We", "ORGANIZATION", "Lund"), ("We", "PERSON", None)])
def test_who_speaks_in_a_quotation_is_i_and_a_body_is_we(who: str, kind: str, speaker: str | None) -> None:
    assert told(parse(QUOTED.format(who=who, name="Lund"), names={"Lund": kind}), who) == [speaker]


def test_i_is_nobody_where_two_speak_in_one_sentence() -> None:
    two = QUOTED.format(who="We", name="Lund").rstrip().rsplit("\n", 1)[0] + AND_DAHL
    assert told(parse(two, names={"Lund": "PERSON", "Dahl": "PERSON"}), "I") == [None]


def test_you_is_left_open() -> None:
    assert told(parse(QUOTED.format(who="You", name="Lund"), names={"Lund": "PERSON"}), "You") == [None]


@pytest.mark.parametrize("noun", ["group", "organization", "company"])
def test_a_word_for_any_body_takes_up_the_only_one_just_named(noun: str) -> None:
    assert told(parse(FRONT, TAKEN_UP.format(noun=noun), names={"Front": "ORGANIZATION"}), noun) == ["Front"]


def test_a_word_for_a_body_with_an_office_of_its_own_does_not() -> None:
    assert told(parse(FRONT, TAKEN_UP.format(noun="army"), names={"Front": "ORGANIZATION"}), "army") != ["Front"]


def test_the_man_is_the_only_person_just_told_of() -> None:
    assert told(parse(SHOT, TAKEN_UP.format(noun="man"), names={"Lund": "PERSON"}), "man") == ["Lund"]
    assert told(parse(BOTH_SHOT, TAKEN_UP.format(noun="man"), names={"Lund": "PERSON", "Dahl": "PERSON"}), "man") == ["man"]
    assert told(parse(SHOT, TAKEN_UP.format(noun="minister"), names={"Lund": "PERSON"}), "minister") == ["minister"]


def test_the_man_is_nobody_told_of_long_before() -> None:
    between = [FLED] * 3
    assert told(parse(SHOT, *between, TAKEN_UP.format(noun="man"), names={"Lund": "PERSON"}), "man") == ["man"]


def test_their_is_who_leads_all_nouns_of_its_number_and_things_are_rivals() -> None:
    one, many = BURNED.format(thing="Hay:hay", number="Sing"), BURNED.format(thing="Carts:cart", number="Plur")
    assert told(parse(FLED, one), "their") == ["Rebels"]
    assert told(parse(FLED, many), "their") == [None]
    assert told(parse(LEFT, one), "their") == [None]
