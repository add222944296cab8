"""Words of war on pitches, trading floors and weather maps name no acts; the same words of people do."""

from __future__ import annotations

import pytest

from dragoman.reading.entries import Reading
from dragoman.reading.read import Reader

MATCH = (
    "Rovers beat United 2-1 in the second round of the league cup on Saturday. The visitors attacked from the start and their striker "
    "fired a shot over the bar. United's captain was dismissed after a clash with the goalkeeper, and the coach accused the referee of "
    "helping the home side. The midfielder apologised to his teammates after the match. Rovers' second goal freed the winger to attack "
    "the defender. The club rejected criticism of its season. The champions will meet City in the final of the tournament."
)
FIGURES = (
    "Bank shares have taken a beating in Madrid this week.",
    "The peso came under attack from speculators.",
    "A cold front will attack the northern provinces on Friday.",
    "Investors retreated and the index fell.",
    "The new drug attacks the virus in the blood.",
    "Sellers hammered the currency in early trading.",
)
LITERAL = {
    "The editor took a beating from three policemen in the cells.": "ASSAULT",
    "The convoy came under attack near Bunia.": "ASSAULT",
    "The rebels attacked the northern provinces on Friday.": "ASSAULT",
    "The army retreated from the hills.": "RETREAT",
}
BESIDE = (
    "Rovers won the league match 2-0 and the cup final is in May. Police arrested 30 hooligans outside the stadium after the match. "
    + MATCH
)


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = [MATCH, BESIDE, *FIGURES, *LITERAL]
    return dict(zip(texts, Reader().read_many(texts), strict=True))


def test_a_match_report_tells_of_no_act(readings: dict[str, Reading]) -> None:
    assert readings[MATCH].events == ()


def test_arrests_at_a_match_are_arrests(readings: dict[str, Reading]) -> None:
    assert [e.type for e in readings[BESIDE].events] == ["COERCE"]


@pytest.mark.parametrize("line", FIGURES)
def test_no_act_of_what_cannot_act(line: str, readings: dict[str, Reading]) -> None:
    assert readings[line].events == ()


@pytest.mark.parametrize("line", LITERAL)
def test_the_same_words_of_people(line: str, readings: dict[str, Reading]) -> None:
    assert LITERAL[line] in [e.type for e in readings[line].events]
