"""Words of war on pitches, trading floors and weather maps name no acts; the same words of people do.

What is killed, shot down or attacked on paper is refused or criticised, and nobody is hurt.
"""

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
IN_WORDS = {
    "The senate killed the motion on Tuesday.": ["REJECT"],
    "The plan was killed by the coalition.": ["REJECT"],
    "The committee shot down the proposal.": ["REJECT"],
    "Norway torpedoed the treaty.": ["REJECT"],
    "The opposition attacked the government's policy on pensions.": ["ACCUSE"],
    "Senator Miller attacked Washington for its arms sales.": ["ACCUSE", "COOPERATE"],
    "The premier came under fire for his remarks.": ["ACCUSE"],
    "The governor is under attack for his handling of the floods.": ["ACCUSE"],
    "The senator hit back at critics of the bill.": ["ACCUSE"],
    "The premier launched a scathing attack on the opposition leader.": ["ACCUSE"],
    "The two companies struck a deal.": ["AGREE"],
}
NOBODY_HURT = (
    "The row killed hopes of a deal.",
    "It was a fierce battle between campaigners and retailers over the bypass.",
    "Reporters bombarded the minister with questions.",
    "The president launched a war on drugs.",
    "The bank raised rates to fight inflation.",
    "She battled cancer for years.",
    "The president vowed to fight crime.",
    "The state waged war on corruption.",
    "The scandal destroyed his career.",
    "The battle for the presidency began on Monday.",
    "A heart attack killed the singer.",
    "The verdict was a blow to the government.",
)
LITERAL = {
    "Rebels attacked the market and killed ten people.": "ASSAULT",
    "The patrol came under fire from rebels near the border.": "ASSAULT",
    "A gang killed the editor of a newspaper critical of the government.": "ASSAULT",
    "Gunmen attacked the minister over the border.": "ASSAULT",
    "The editor took a beating from three policemen in the cells.": "ASSAULT",
    "The convoy came under attack near Bunia.": "ASSAULT",
    "The rebels attacked the northern provinces on Friday.": "ASSAULT",
    "The army retreated from the hills.": "RETREAT",
}
OFF_THE_PITCH = (
    "The football federation suspended the club Tarvo United on Friday after its supporters attacked players in the cup final. The "
    "midfielder was banned for four matches by the disciplinary committee. Rovers attacked from the kickoff and beat City 3-1 with goals "
    "by the striker and the captain. The league denied allegations of bribery. The champions play in the second round of the tournament."
)
BESIDE = (
    "Rovers won the league match 2-0 and the cup final is in May. Police arrested 30 hooligans outside the stadium after the match. "
    + MATCH
)


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = [MATCH, BESIDE, OFF_THE_PITCH, *FIGURES, *LITERAL, *IN_WORDS, *NOBODY_HURT]
    return dict(zip(texts, Reader().read_many(texts), strict=True))


def test_a_match_report_tells_of_no_act(readings: dict[str, Reading]) -> None:
    assert readings[MATCH].events == ()


def test_arrests_at_a_match_are_arrests(readings: dict[str, Reading]) -> None:
    assert [e.type for e in readings[BESIDE].events] == ["COERCE"]


def test_what_bodies_of_a_sport_do_are_acts(readings: dict[str, Reading]) -> None:
    told = [(e.type, OFF_THE_PITCH[e.trigger.start : e.trigger.end]) for e in readings[OFF_THE_PITCH].events]
    assert ("SANCTION", "suspended the club") in told
    assert "banned" in [trigger for _, trigger in told]
    assert ("REJECT", "denied") in told
    assert "beat" not in [trigger for _, trigger in told]


@pytest.mark.parametrize("line", IN_WORDS)
def test_what_is_struck_on_paper_or_in_words(line: str, readings: dict[str, Reading]) -> None:
    assert [e.type for e in readings[line].events] == IN_WORDS[line]


@pytest.mark.parametrize("line", NOBODY_HURT)
def test_no_assault_where_nobody_is_hurt(line: str, readings: dict[str, Reading]) -> None:
    assert [e.type for e in readings[line].events if e.type in ("ASSAULT", "THREATEN", "COERCE")] == []


@pytest.mark.parametrize("line", FIGURES)
def test_no_act_of_what_cannot_act(line: str, readings: dict[str, Reading]) -> None:
    assert readings[line].events == ()


@pytest.mark.parametrize("line", LITERAL)
def test_the_same_words_of_people(line: str, readings: dict[str, Reading]) -> None:
    assert LITERAL[line] in [e.type for e in readings[line].events]
