"""The sentences of a brief: each status and type is told in true and grammatical English, or the report is quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.case.brief.verbs import conjugated, verb_in
from dragoman.lexicons.load import load
from dragoman.reading.entries import EventType, Status
from dragoman.reading.plover import TYPES
from tests.case.brief_story import Writer, case_of, sentence_of, told

# For each type: a sentence of a report in which "Norland" acts, the trigger, and what the brief makes of it.
OCCURRED: list[tuple[EventType, str, str, str]] = [
    ("AGREE", "Norland agreed to a truce.", "agreed", "Norland agreed “to a truce”"),
    ("CONSULT", "Norland met the envoys in Tarvo.", "met", "Norland met “the envoys in Tarvo”"),
    ("SUPPORT", "Norland praised the envoys.", "praised", "Norland praised “the envoys”"),
    ("CONCEDE", "Norland lifted the curfew.", "lifted", "Norland lifted “the curfew”"),
    ("COOPERATE", "Norland shared its maps with Osten.", "shared", "Norland shared “its maps with Osten”"),
    ("AID", "Norland sent flour to the islands.", "sent", "Norland sent “flour to the islands”"),
    ("RETREAT", "Norland withdrew its guards.", "withdrew", "Norland withdrew “its guards”"),
    ("REQUEST", "Norland demanded that the port be opened.", "demanded", "Norland demanded “that the port be opened”"),
    ("ACCUSE", "Norland accused Osten of theft.", "accused", "Norland accused “Osten of theft”"),
    ("REJECT", "Norland refuses to open the port.", "refuses", "Norland refused “to open the port”"),
    ("THREATEN", "Norland warned Osten of a war.", "warned", "Norland warned “Osten of a war”"),
    ("PROTEST", "Norland protested against the toll.", "protested", "Norland protested “against the toll”"),
    ("SANCTION", "Norland expelled two envoys.", "expelled", "Norland expelled “two envoys”"),
    ("MOBILIZE", "Norland deployed a fleet.", "deployed", "Norland deployed “a fleet”"),
    ("COERCE", "Norland seized the harbour.", "seized", "Norland seized “the harbour”"),
    ("ASSAULT", "Norland shelled the harbour.", "shelled", "Norland shelled “the harbour”"),
]


def test_every_type_has_verbs_and_a_sentence_here() -> None:
    assert set(load("brief")["verbs"]) == set(TYPES) == {act for act, *_ in OCCURRED}


@pytest.mark.parametrize(("act", "words", "trigger", "clause"), OCCURRED)
def test_what_a_report_tells_itself_is_told_as_its_report(tmp_path: Path, act: EventType, words: str, trigger: str, clause: str) -> None:
    found = sentence_of(tmp_path, Writer().act(words, trigger, act, by="Norland"))
    assert found.text == f"Daily Post reports that {clause}"
    assert found.composed and found.standing is None


@pytest.mark.parametrize(
    ("status", "words", "trigger", "clause"),
    [
        ("ongoing", "Norland is shelling the harbour.", "shelling", "that Norland was shelling “the harbour”"),
        ("planned", "Norland will shell the harbour.", "shell", "plans or expectations that Norland would shell “the harbour”"),
        ("promised", "Norland promised to shell no harbour.", "shell", "that Norland promised or offered to shell “no harbour”"),
        ("threatened", "Norland threatened to shell the harbour.", "shell", "that Norland threatened to shell “the harbour”"),
        ("demanded", "Norland must shell the harbour.", "shell", "a demand or request for Norland to shell “the harbour”"),
    ],
)
def test_tense_and_modality_come_from_the_status(tmp_path: Path, status: Status, words: str, trigger: str, clause: str) -> None:
    assert sentence_of(tmp_path, Writer().act(words, trigger, "ASSAULT", status, by="Norland")).text == f"Daily Post reports {clause}"


@pytest.mark.parametrize(
    ("status", "clause"),
    [
        ("planned", "According to Osten, as Daily Post reports, there are plans or expectations that Norland would leave “the islands”"),
        ("promised", "Daily Post reports that Osten promised or offered that Norland would leave “the islands”"),
        ("threatened", "Daily Post reports that Osten threatened that Norland would leave “the islands”"),
    ],
)
def test_who_says_so_is_kept(tmp_path: Path, status: Status, clause: str) -> None:
    writer = Writer().act("Osten said that Norland would leave the islands.", "leave", "RETREAT", status, by="Norland",
                          said_by=("Osten", "said", "institution"))  # fmt: skip
    found = sentence_of(tmp_path, writer)
    assert found.text == clause and found.standing == "institution"


def test_what_somebody_says_never_becomes_a_fact(tmp_path: Path) -> None:
    writer = Writer().act("Osten said that Norland shelled the harbour.", "shelled", "ASSAULT", by="Norland",
                          said_by=("Osten", "said", "institution"))  # fmt: skip
    assert sentence_of(tmp_path, writer).text == "According to Osten, as Daily Post reports, Norland shelled “the harbour”"


def test_a_source_without_a_name_is_told_as_one(tmp_path: Path) -> None:
    words = "A clerk said that Norland shelled the harbour."
    unnamed = Writer().act(words, "shelled", "ASSAULT", by="Norland", said_by=("", "said", "anonymous"), source="A clerk")
    said = "According to a source described as “A clerk” (anonymous), as Daily Post reports, Norland shelled “the harbour”"
    assert sentence_of(tmp_path, unnamed).text == said


def test_who_asks_is_told_to_ask(tmp_path: Path) -> None:
    writer = Writer().act("Osten urged Norland to leave the islands.", "leave", "RETREAT", "demanded", by="Norland",
                          said_by=("Osten", "urged", "institution"))  # fmt: skip
    assert sentence_of(tmp_path, writer).text == "Daily Post reports that Osten called for Norland to leave “the islands”"


def test_to_whom_it_is_done_stands_first_in_the_passive(tmp_path: Path) -> None:
    writer = Writer().act("Two sailors were detained by Norland.", "detained", "COERCE", by="Norland", to="two sailors",
                          called={"two sailors": "Two sailors"})  # fmt: skip
    assert sentence_of(tmp_path, writer).text == "Daily Post reports that two sailors were detained “by Norland”"


def test_a_description_stays_in_the_words_of_the_report(tmp_path: Path) -> None:
    writer = Writer().act("The government denied the charge.", "denied", "REJECT", by="Norland", called={"Norland": "The government"})
    assert sentence_of(tmp_path, writer).text == "Daily Post reports that “the government” denied “the charge”"


def test_a_pronoun_is_shown_beside_the_name(tmp_path: Path) -> None:
    writer = Writer().act("Marta Ilva met the envoys.", "met", "CONSULT", by="Marta Ilva")
    writer.act("She rejected the charge.", "rejected", "REJECT", by="Marta Ilva", called={"Marta Ilva": "She"})
    with case_of(tmp_path, writer) as case:
        texts = [found.text for found in told(case)]
    assert "Daily Post reports that Marta Ilva (“she”) rejected “the charge”" in texts


def test_a_pronoun_that_may_be_another_persons_is_quoted(tmp_path: Path) -> None:
    writer = Writer().act('Marta Ilva met the envoys and said of President Ilva: "He must go."', "met", "CONSULT", by="Marta Ilva")
    writer.act("President Ilva opened the port.", "opened", "AID", by="President Ilva")
    writer.act("She rejected the charge.", "rejected", "REJECT", by="Marta Ilva", called={"Marta Ilva": "She"})
    with case_of(tmp_path, writer) as case:
        assert "Daily Post reports: “She rejected the charge.”" in [found.text for found in told(case)]


@pytest.mark.parametrize(
    ("words", "trigger", "act", "why"),
    [
        ("Norland reportedly shelled the harbour.", "shelled", "ASSAULT", "a hedge"),
        ("Norland has not shelled the harbour.", "shelled", "ASSAULT", "a negation"),
        ("If Norland shelled the harbour, war would follow.", "shelled", "ASSAULT", "a condition"),
        ("The attack by Norland began at dawn.", "attack", "ASSAULT", "a noun"),
        ("Norland and its shelling of the harbour were discussed.", "shelling", "ASSAULT", "a noun in -ing"),
        ("Norland plays host to soldiers deployed in Osten.", "deployed", "MOBILIZE", "a participle that describes"),
        ("The harbour shelled by Norland is closed.", "shelled", "ASSAULT", "a short passive"),
        ("Norland talks on the toll went on.", "talks", "CONSULT", "a noun that looks like a verb"),
        ("The council of southern Norland met the envoys.", "met", "CONSULT", "a part of another name"),
        ("Norland will, as it said, be blamed.", "blamed", "ACCUSE", "a doer who is none"),
        ("The Norland office charged a fee.", "shut", "ASSAULT", "another word"),
    ],
)
def test_where_the_words_do_not_bear_it_the_report_is_quoted(tmp_path: Path, words: str, trigger: str, act: EventType, why: str) -> None:
    trigger = trigger if trigger in words else "fee"
    found = sentence_of(tmp_path, Writer().act(words, trigger, act, by="Norland"))
    assert not found.composed, why
    assert found.text == f"Daily Post reports: “{words}”"


def test_what_the_reader_is_unsure_of_is_quoted(tmp_path: Path) -> None:
    found = sentence_of(tmp_path, Writer().act("Norland shelled the harbour.", "shelled", "ASSAULT", by="Norland", confidence=0.5))
    assert found.text == "Daily Post reports: “Norland shelled the harbour.”"


def test_what_somebody_has_to_do_is_no_demand(tmp_path: Path) -> None:
    found = sentence_of(tmp_path, Writer().act("It is said that Norland has to sign.", "sign", "AGREE", "demanded"))
    assert found.text == "Daily Post reports: “It is said that Norland has to sign.”"


def test_an_invitation_is_no_plan(tmp_path: Path) -> None:
    writer = Writer().act("Osten invited Norland to visit Tarvo.", "visit", "CONSULT", "planned", by="Norland")
    assert sentence_of(tmp_path, writer).text == "Daily Post reports: “Osten invited Norland to visit Tarvo.”"


@pytest.mark.parametrize(
    ("status", "words", "trigger", "lead"),
    [
        ("planned", "Talks on the toll are to open soon, Norland hopes to hear.", "hear", "as planned or expected"),
        ("cancelled", "The visit of Norland was called off.", "visit", "as called off or ended"),
        ("denied", "No shot was fired by Norland.", "fired", "as not done"),
    ],
)
def test_a_quotation_says_what_it_shows(tmp_path: Path, status: Status, words: str, trigger: str, lead: str) -> None:
    found = sentence_of(tmp_path, Writer().act(words, trigger, "CONSULT", status))
    assert found.text == f"Daily Post reports {lead}: “{words}”" and found.led


def test_the_clause_of_a_relative_ends_at_its_comma(tmp_path: Path) -> None:
    writer = Writer().act("Norland, which seized the harbour on Monday, opened it again.", "seized", "COERCE", by="Norland")
    assert sentence_of(tmp_path, writer).text == "Daily Post reports that Norland seized “the harbour on Monday”"


def test_an_attribution_at_the_end_is_no_part_of_what_was_done(tmp_path: Path) -> None:
    writer = Writer().act("Norland seized the harbour, the Osten ministry said on Monday.", "seized", "COERCE", by="Norland",
                          said_by=("Osten ministry", "said", "institution"))  # fmt: skip
    told = "According to the Osten ministry, as Daily Post reports, Norland seized “the harbour”"
    assert sentence_of(tmp_path, writer).text == told


def test_quotation_marks_inside_a_quotation_are_single(tmp_path: Path) -> None:
    writer = Writer().act('Norland rejected the "so-called" charge.', "rejected", "REJECT", by="Norland")
    assert sentence_of(tmp_path, writer).text == "Daily Post reports that Norland rejected “the ‘so-called’ charge”"


def test_a_long_object_is_cut(tmp_path: Path) -> None:
    found = sentence_of(
        tmp_path, Writer().act("Norland seized " + "the old grain store and " * 40 + "more.", "seized", "COERCE", by="Norland")
    )
    assert found.text.endswith("…”") and len(found.text) < 320


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        ("deny", ("denies", "denied", "denied", "denying")),
        ("stop", ("stops", "stopped", "stopped", "stopping")),
        ("free", ("frees", "freed", "freed", "freeing")),
        ("withdraw withdrew withdrawn", ("withdraws", "withdrew", "withdrawn", "withdrawing")),
        ("punish", ("punishes", "punished", "punished", "punishing")),
    ],
)
def test_verbs_are_conjugated(entry: str, forms: tuple[str, ...]) -> None:
    verb = conjugated(entry)
    assert (verb.third, verb.past, verb.participle, verb.gerund) == forms


def test_a_word_is_only_a_verb_of_its_type() -> None:
    assert verb_in("Accused", "ACCUSE") is not None and verb_in("accused", "AID") is None
