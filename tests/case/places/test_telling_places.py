"""Whether the words of a sentence tell where an act took place."""

from __future__ import annotations

import pytest

from dragoman.case.judgements import Place
from dragoman.case.places import telling
from dragoman.case.record import EventMention
from dragoman.reading.entries import Event, EventType
from dragoman.text.report import Span


def mention(sentence: str, trigger: str, kind: EventType) -> EventMention:
    at = Span(0, 1)
    event = Event("e1", kind, None, at, at, "occurred", (), None, (), (), None, None, (), (), kind, 0.8)
    return EventMention(Place("r", "e1"), "2026-01-01", event, sentence, trigger, frozenset())


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind", "words"),
    [
        ("Two guards were shot in Basra.", "shot", "ASSAULT", "Basra"),
        ("In Paris, the minister condemned the raid.", "condemned", "ACCUSE", "Paris"),
        ("The writer appeared before court in Istanbul.", "appeared", "ACCUSE", "Istanbul"),
        ("Bombers opened an attack on Iraq.", "attack", "ASSAULT", "Iraq"),
        ("On Tuesday, envoys met in Geneva.", "met", "CONSULT", "Geneva"),
        ("The plan was approved.", "approved", "AGREE", "Geneva"),
    ],
)
def test_it_happened_there(sentence: str, trigger: str, kind: EventType, words: str) -> None:
    one = mention(sentence, trigger, kind)
    assert telling.not_there(one, telling.standing(one, words), words) == ""


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind", "words", "why"),
    [
        ("The council imposed sanctions on Iraq.", "imposed", "SANCTION", "Iraq", "aimed at"),
        ("The council condemned the shelling of Basra.", "condemned", "ACCUSE", "Basra", "named in what is said"),
        ("Envoys held talks on Kuwait in June.", "talks", "CONSULT", "Kuwait", "aimed at"),
        ("An aide hit out at US plans.", "hit out", "ACCUSE", "US", "nothing takes place"),
        ("He dismissed the planned peace talks in South Africa.", "dismissed", "REJECT", "South Africa", "named in what is said"),
        ("The union deplored the long and bloody offensive in Gaza.", "deplored", "ACCUSE", "Gaza", "named in what is said"),
    ],
)
def test_it_is_only_named(sentence: str, trigger: str, kind: EventType, words: str, why: str) -> None:
    one = mention(sentence, trigger, kind)
    assert why in telling.not_there(one, telling.standing(one, words), words)


def test_a_name_is_widened_to_the_whole_land() -> None:
    one = mention("Soldiers landed in Papua New Guinea.", "landed", "MOBILIZE")
    assert telling.widened(telling.standing(one, "Guinea"), "Guinea") == "Papua New Guinea"
    assert telling.widened(telling.standing(one, "Papua New Guinea"), "Papua New Guinea") == "Papua New Guinea"


@pytest.mark.parametrize(
    ("sentence", "words", "town"),
    [
        ("They left Goma in eastern Zaire.", "eastern Zaire", "Goma"),
        ("Troops reached Port Harcourt, Nigeria.", "Nigeria", "Port Harcourt"),
        ("The minister saw Hu in China.", "China", ""),
        ("Rain fell in Nigeria.", "Nigeria", ""),
    ],
)
def test_a_town_right_before_the_words_is_finer(sentence: str, words: str, town: str) -> None:
    assert telling.finer(telling.standing(mention(sentence, "", "ASSAULT"), words)) == town


@pytest.mark.parametrize(
    ("sentence", "words", "town"),
    [
        ("Two men were held in the Alsan quarter of Izmir.", "Alsan", "Izmir"),
        ("Police raided the Kassar slum in the capital city of Nairobi.", "Kassar", "Nairobi"),
        ("Shells fell on Delbi village outside Port Harcourt.", "Delbi", "Port Harcourt"),
        ("Shells fell on Delbi and on Nairobi.", "Delbi", ""),
        ("Shells fell on Delbi.", "Delbi", ""),
    ],
)
def test_the_town_around_a_quarter(sentence: str, words: str, town: str) -> None:
    assert telling.around(telling.standing(mention(sentence, "", "ASSAULT"), words)) == town
