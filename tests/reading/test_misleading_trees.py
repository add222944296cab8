"""Who speaks, who did it, whom a role describes and whether it took place, where the words of a clause mislead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from dragoman.language.encoder import Encoder
from dragoman.reading.entries import Event, Reading
from dragoman.reading.read import read_annotations
from dragoman.text.report import Report

ATTACKERS: Mapping[str, tuple[str, ...]] = {
    "Five soldiers were killed when the bomber drove his truck into the gate.": ("bomber",),
    "Two girls were wounded after gunmen opened fire on a bus.": ("gunmen",),
    "Ten rebels were killed when rebels stormed the post.": (),
    "The rebels admitted a role in the bombing of the port.": ("rebels",),
    "The minister said Kora did not have any involvement in the attack on a school in Velan.": (),
    "Kora denied any role in the bombing of the port.": (),
    "The general had no hand in the army's massacre of villagers.": ("army",),
    "A rebel attack on the port killed two dockers.": ("rebel",),
    "Rebels left the port. The rebel attack on Monday killed two dockers.": ("Rebels",),
    "Rebel fire hit the convoy, killing two soldiers.": ("Rebel",),
}
FREE: Mapping[str, str] = {
    "Whoever came to inspect Cuba would be met with rifles, Brandt said.": "hypothetical",
    "Anyone who attacks the port will be shot, the army said.": "hypothetical",
    "Whoever killed the guards would have known the house, police said.": "occurred",
    "Anyone who attacked the port was shot.": "occurred",
    "Whoever came to bomb the port must come in armour.": "hypothetical",
    "Whoever came to bomb the port, he warned, would have to come in armour.": "hypothetical",
    "Whoever bombed the port, Brandt said, had come in armour.": "occurred",
    "Anyone who tried to bomb the port would meet our guns.": "hypothetical",
    "Those who want to attack our ships will be punished.": "hypothetical",
    "Any state that invades Kenya would be on its own.": "hypothetical",
    "Those who attacked the embassy on Monday will be found.": "occurred",
}
NOBODYS_DEED = (
    "The factory was destroyed in an earthquake on Sunday, officials said.",
    "A fire that destroyed the parliament building in Dhaka killed six people.",
    "More than 40 houses were burnt down when lightning struck the village.",
    "The premier, Peter Ward, died of a heart attack on Monday.",
    "Brandt said that nine boys were poisoned by wild mushrooms.",
    "In the poll 1,100 people were questioned.",
    "Brandt said the fair was the largest one held by Russia in China.",
    "The deal involves 30 Russian attack and transport helicopters.",
    "Wild dogs killed two boys in Lima.",
)
MISSED: Mapping[str, str] = {
    "Brandt was to have travelled to Lima on Saturday for talks with the premier.": "cancelled",
    "Brandt is to travel to Lima on Saturday for talks with the premier.": "planned",
}
JUDGED: Mapping[str, str] = {
    "The attack on the port is considered an act of war.": "occurred",
    "Kenya considered the attack on the port a crime.": "occurred",
    "A raid on the camp is being considered.": "hypothetical",
}
TOLLS: Mapping[str, tuple[str, ...]] = {
    "Dozens were killed when the army stormed the camp.": ("Dozens",),
    "Scores were wounded by the bomb.": ("Scores",),
    "The rebels killed 12 on Monday.": ("12",),
    "Two soldiers were wounded by rebel fire.": ("Two soldiers",),
    "Three guards died in a fire set by rebels.": ("Three guards",),
}
FORBIDDEN: Mapping[str, str] = {
    "Kenya barred joint ventures with Ugandan firms.": "denied",
    "A ban on joint ventures with Uganda was announced on Monday.": "denied",
    "The government lifted the ban on joint ventures with Uganda.": "hypothetical",
    "The council called for a ban on joint ventures with Uganda.": "hypothetical",
}
URGED: Mapping[str, tuple[str, str]] = {
    '"We need more boats", urged Brandt.': ("Brandt", "We need more boats"),
    "The blockade should be lifted at once, urged Ugandan President Peter Ward.": ("Peter Ward", "The blockade should be lifted at once"),
    "Kenya should withdraw its troops from Uganda, demanded France.": ("France", "Kenya should withdraw its troops from Uganda"),
    "Brandt flew to Paris, urged Peter Ward to send boats and left.": ("Brandt", "Peter Ward to send boats"),
}
SPEECH: Mapping[str, list[tuple[str | None, str]]] = {
    'Speaking Sunday on Radio Nine\'s "The Hour," Brandt admitted that the figure in his book was wrong.': [
        ("Brandt", "that the figure in his book was wrong"),
    ],
    "That view, many argue, could carry risks for the harbour.": [(None, "That view | could carry risks for the harbour")],
    "The Directorate of Rescue was quoted by Kora Press as saying that an aircraft would leave on Tuesday.": [
        ("Directorate of Rescue", "that an aircraft would leave on Tuesday"),
    ],
    "Parliament passed the bill on Tuesday by 120 votes to 80.": [],
    '"Thanks, Lima, for welcoming these boats," said Rosa Gil.': [("Rosa Gil", "Thanks, Lima, for welcoming these boats")],
    "If the talks make the road too hard, Gil said, parliament can still pass a bill.": [
        ("Gil", "If the talks make the road too hard | parliament can still pass a bill"),
    ],
    "When he came home, Gil said his wife had left.": [("Gil", "his wife had left")],
    "Gil, the secretary of the port council, said Lund's remarks on the fire in Callao, southern Peru, were an attempt to end the talks.": [
        ("Gil", "Lund's remarks on the fire in Callao, southern Peru, were an attempt to end the talks"),
    ],
    "While most of the boats stayed, according to Gil, two in the north have left.": [
        ("Gil", "While most of the boats stayed | two in the north have left"),
    ],
    "Ivo Lund, the director of the party, released a statement confirming that it would hire 200 people.": [
        ("Ivo Lund", "that it would hire 200 people"),
    ],
    'The ministry said that those "who know me know that I am an honest man and will go on with it."': [
        ("ministry", 'that those "who know me know that I am an honest man and will go on with it."'),
    ],
}
TAKEN_UP: Mapping[str, str] = {
    'Marie Dupont, a swimmer, won two titles. "I have never thought about it," said the 25-year-old.': "Marie Dupont",
    "Designated Foreign Minister Frank Lund spoke on Monday. The talks had failed, the future foreign minister said.": "Frank Lund",
    "Outgoing Foreign Minister Jan Roe left on Monday. The future foreign minister said that he was glad.": "future foreign minister",
    'Two men were jailed, a court clerk said. "They killed a guard," the clerk said.': "court clerk",
    "Australian investment group Acme Bank made an offer. The Australian group said that it would wait.": "Acme Bank",
}
GOES_ON = (
    'The League believes "that trade is a fit subject for talks. On this we differ with Kora," Brandt said.\n'
    '"But we also differ with those who would end it."'
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def _read(encoder: Encoder, text: str) -> Reading:
    return read_annotations(Report(text, published=date(2024, 5, 14)), encoder.annotate(text))


def _names(reading: Reading, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(next(a.name for a in reading.actors if a.id == i) for i in ids)


def _first(reading: Reading, *types: str) -> Event:
    return next(e for e in reading.events if e.type in types)


@pytest.mark.parametrize("line", ATTACKERS)
def test_who_attacks_is_who_the_sentence_tells(encoder: Encoder, line: str) -> None:
    reading = _read(encoder, line)
    assert _names(reading, _first(reading, "ASSAULT").initiators) == ATTACKERS[line]


@pytest.mark.parametrize("line", FREE)
def test_what_whoever_will_do_has_not_been_done(encoder: Encoder, line: str) -> None:
    assert _first(_read(encoder, line), "ASSAULT", "ACCUSE").status == FREE[line]


@pytest.mark.parametrize("line", NOBODYS_DEED)
def test_storms_illness_and_polls_do_nothing_to_anybody(encoder: Encoder, line: str) -> None:
    assert [e.type for e in _read(encoder, line).events if e.type in ("ASSAULT", "COERCE", "ACCUSE")] == []


@pytest.mark.parametrize("line", JUDGED)
def test_what_an_act_is_called_does_not_put_it_in_doubt(encoder: Encoder, line: str) -> None:
    assert _first(_read(encoder, line), "ASSAULT").status == JUDGED[line]


def test_the_victim_of_a_deed_is_not_blamed_for_it(encoder: Encoder) -> None:
    reading = _read(encoder, "Brandt denounced the expulsion of two reporters by Kenya, and Ward condemned the ouster of the mayor.")
    blamed = [_names(reading, e.recipients) for e in reading.events if e.type == "ACCUSE"]
    assert blamed == [("Kenya",), ()]


def test_what_is_agreed_during_a_visit_is_to_come_and_the_visit_is_not(encoder: Encoder) -> None:
    reading = _read(encoder, "Brazil and Russia agreed on Monday to develop trade ties during a visit by Foreign Minister Ivan Petrov.")
    assert _first(reading, "CONSULT").status == "occurred"
    planned = _read(encoder, "Petrov is expected to sign accords during a visit to Paris next week.")
    assert _first(planned, "CONSULT").status == "planned"


@pytest.mark.parametrize("line", MISSED)
def test_what_was_to_have_been_done_was_not(encoder: Encoder, line: str) -> None:
    found = [e.status for e in _read(encoder, line).events if e.type == "CONSULT"]
    assert found == [MISSED[line]] * 2


@pytest.mark.parametrize("line", TOLLS)
def test_whom_violence_hurts(encoder: Encoder, line: str) -> None:
    reading = _read(encoder, line)
    assert _names(reading, _first(reading, "ASSAULT").recipients) == TOLLS[line]


@pytest.mark.parametrize("line", FORBIDDEN)
def test_what_is_forbidden_has_not_been_done(encoder: Encoder, line: str) -> None:
    assert _first(_read(encoder, line), "COOPERATE").status == FORBIDDEN[line]


@pytest.mark.parametrize("line", URGED)
def test_whose_name_stands_behind_the_verb_has_said_it(encoder: Encoder, line: str) -> None:
    reading = _read(encoder, line)
    speaker, content = URGED[line]
    said = reading.statements[0]
    assert (_names(reading, (said.speaker or "",)), line[said.content[0].start : said.content[0].end]) == ((speaker,), content)
    assert _names(reading, _first(reading, "REQUEST", "THREATEN").initiators) == (speaker,)


@pytest.mark.parametrize("line", SPEECH)
def test_who_says_what(encoder: Encoder, line: str) -> None:
    reading = _read(encoder, line)
    names = {a.id: a.name for a in reading.actors}
    told = [(names.get(s.speaker or ""), " | ".join(line[p.start : p.end] for p in s.content)) for s in reading.statements]
    assert told == SPEECH[line]


def test_a_quotation_goes_on_with_who_spoke_and_not_with_whose_belief_was_told(encoder: Encoder) -> None:
    reading = _read(encoder, GOES_ON)
    last = reading.statements[-1]
    assert not last.cue
    assert last.speaker is not None
    assert _names(reading, (last.speaker,)) == ("Brandt",)


@pytest.mark.parametrize("text", TAKEN_UP)
def test_who_is_told_of_in_other_words_is_the_one_named(encoder: Encoder, text: str) -> None:
    reading = _read(encoder, text)
    speaker = reading.statements[-1].speaker
    assert speaker is not None
    assert _names(reading, (speaker,)) == (TAKEN_UP[text],)


def test_a_role_belongs_to_the_name_before_it(encoder: Encoder) -> None:
    reading = _read(encoder, "Brandt met with Rosa Gil, the trade minister, and Ivo Lund, the head of the bank.")
    roles = {a.name: a.roles for a in reading.actors if a.roles}
    assert roles == {"Rosa Gil": ("trade minister",), "Ivo Lund": ("head of the bank",)}
