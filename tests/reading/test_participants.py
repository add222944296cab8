"""Who does an act and who undergoes it, where a noun names it, a clause implies them, or the report has told them before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.language.annotations import Name
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Event
from dragoman.reading.events.arguments import antecedent
from dragoman.reading.events.builder import read_events
from dragoman.reading.events.word_order import noun_before, noun_behind
from tests.reading.act_trees import cast, token, tree
from tests.reading.test_events import FIN, INF, PART, PEOPLE, events

Sides = tuple[str, tuple[str, ...], tuple[str, ...]]
THE_REBELS_ATTACKED = f"¶The DET det 2 | rebels NOUN nsubj 3 | attacked:attack VERB root 0 {FIN} | Kora PROPN obj 3"

SENTENCES: dict[str, tuple[str, list[Sides]]] = {
    "who is blamed for a deed has done it": (
        f"Brandt PROPN nsubj 2 | blamed:blame VERB root 0 {FIN} | the DET det 4 | rebels NOUN obj 2 | for ADP case 7 | the DET det 7 | "
        "attack NOUN obl 2",
        [("ACCUSE", ("Brandt",), ("rebels",)), ("ASSAULT", ("rebels",), ())],
    ),
    "who is responsible for a deed has done it": (
        "The DET det 2 | rebels NOUN nsubj 4 | are:be AUX cop 4 | responsible ADJ root 0 | for ADP case 7 | the DET det 7 | "
        "attack NOUN obl 4",
        [("ASSAULT", ("rebels",), ())],
    ),
    "the victim of a deed is not condemned with it": (
        f"Brandt PROPN nsubj 2 | condemned:condemn VERB root 0 {FIN} | the DET det 4 | murder NOUN obj 2 | of ADP case 7 | "
        "two NUM nummod 7 | "
        "men NOUN nmod 4",
        [("ACCUSE", ("Brandt",), ()), ("ASSAULT", (), ("men",))],
    ),
    "who resigns after criticism was criticised": (
        f"Holm PROPN nsubj 2 | resigned:resign VERB root 0 {FIN} | after ADP case 4 | criticism NOUN obl 2 | from ADP case 6 | "
        "Brandt PROPN nmod 4",
        [("RETREAT", ("Holm",), ()), ("ACCUSE", ("Brandt",), ("Holm",))],
    ),
    "who is to do what is demanded is asked": (
        "There PRON expl 2 | were:be VERB root 0 | demands:demand NOUN nsubj 2 | for SCONJ mark 7 | Brandt PROPN nsubj 7 | "
        "to PART mark 7 | "
        f"resign VERB acl 3 {INF}",
        [("REQUEST", (), ("Brandt",)), ("RETREAT", ("Brandt",), ())],
    ),
    "who would suffer what is threatened is threatened": (
        f"Kora PROPN nsubj 2 | threatened:threaten VERB root 0 {FIN} | to PART mark 4 | bomb VERB xcomp 2 {INF} | Velmar PROPN obj 4",
        [("THREATEN", ("Kora",), ("Velmar",)), ("ASSAULT", ("Kora",), ("Velmar",))],
    ),
    "who rejects a call has not made it": (
        f"Kora PROPN nsubj 2 | rejected:reject VERB root 0 {FIN} | a DET det 4 | call NOUN obj 2 | by ADP case 6 | Brandt PROPN nmod 4",
        [("REJECT", ("Kora",), ("Brandt",)), ("REQUEST", ("Brandt",), ())],
    ),
    "who dies in an attack has not made it": (
        f"Two NUM nummod 2 | men NOUN nsubj 3 | died:die VERB root 0 {FIN} | in ADP case 6 | an DET det 6 | attack NOUN obl 3 | "
        "on ADP case 8 | "
        "Kora PROPN nmod 6",
        [("ASSAULT", (), ("men",))],
    ),
    "a joined participle shares its agent": (
        f"Holm PROPN nsubj:pass 3 | was:be AUX aux:pass 3 | arrested:arrest VERB root 0 {PART} Voice=Pass | by ADP case 5 | "
        f"police NOUN obl:agent 3 | and CCONJ cc 7 | deported:deport VERB conj 3 {PART} Voice=Pass",
        [("COERCE", ("police",), ("Holm",)), ("COERCE", ("police",), ("Holm",))],
    ),
    "the failure of somebody to act is his": (
        "The DET det 2 | failure NOUN nsubj 9 | of ADP case 4 | Kora PROPN nmod 2 | to PART mark 6 | "
        f"release VERB acl 2 {INF} | the DET det 8 | "
        f"sailors NOUN obj 6 | angered:anger VERB root 0 {FIN} | Brandt PROPN obj 9",
        [("RETREAT", ("Kora",), ("sailors",))],
    ),
    "talks that somebody rules out would be his": (
        f"Kora PROPN nsubj 2 | ruled:rule VERB root 0 {FIN} | out ADP compound:prt 2 | talks:talk NOUN obj 2 | "
        "with ADP case 6 | Velmar PROPN nmod 4",
        [("CONSULT", ("Kora", "Velmar"), ())],
    ),
    "on a leg of a visit": (
        "Holm PROPN nsubj 9 | on ADP case 4 | the DET det 4 | stop NOUN obl 9 | of ADP case 6 | visit NOUN nmod 4 | to ADP case 8 | "
        f"Velmar PROPN nmod 6 | left:leave VERB root 0 {FIN}",
        [("CONSULT", ("Holm",), ("Velmar",))],
    ),
    "who keeps an embargo up has imposed it": (
        "Kora PROPN nsubj 2 | maintains:maintain VERB root 0 VerbForm=Fin | an DET det 4 | embargo NOUN obj 2 | on ADP case 6 | "
        "Velmar PROPN nmod 4",
        [("SANCTION", ("Kora",), ("Velmar",))],
    ),
    "a refusal to recognise is aimed at who is not recognised": (
        f"Kora PROPN nsubj 2 | refused:refuse VERB root 0 {FIN} | to PART mark 4 | recognise VERB xcomp 2 {INF} | Velmar PROPN obj 4",
        [("REJECT", ("Kora",), ("Velmar",)), ("SUPPORT", ("Kora",), ("Velmar",))],
    ),
    "the accused attacks, not the accuser": (
        f"Brandt PROPN nsubj 2 | accused:accuse VERB root 0 {FIN} | Holm PROPN nmod 5 | of SCONJ mark 5 | "
        "attacking:attack VERB advcl 2 VerbForm=Ger | "
        "residents NOUN obj 5",
        [("ACCUSE", ("Brandt",), ("Holm",)), ("ASSAULT", ("Holm",), ("residents",))],
    ),
    "who stands before a relative passive has not done it": (
        "Brandt PROPN obl:agent 8 | and CCONJ cc 3 | Holm PROPN conj 1 | , PUNCT punct 1 | who PRON nsubj:pass 8 | "
        f"were:be AUX aux:pass 8 | both ADV advmod 8 | arrested:arrest VERB root 0 {PART} | by ADP case 10 | police NOUN obl:agent 8",
        [("COERCE", ("police",), ("Brandt", "Holm"))],
    ),
    "an invasion is led by whom its adjective names": (
        f"Brandt PROPN nsubj 2 | joined:join VERB root 0 {FIN} | the DET det 7 | Kora PROPN obl 6 | - PUNCT punct 4 | "
        "led:lead VERB amod 7 | invasion NOUN obj 2 | of ADP case 9 | Velmar PROPN nmod 7",
        [("ASSAULT", ("Kora",), ("Velmar",))],
    ),
    "who is pressed to do something would do it": (
        f"Brandt PROPN nsubj 2 | put:put VERB root 0 {FIN} | pressure NOUN obj 2 | on ADP case 5 | Kora PROPN nmod 3 | to PART mark 7 | "
        f"arrest VERB advcl 2 {INF} | the DET det 9 | rebels NOUN obj 7",
        [("COERCE", ("Kora",), ("rebels",))],
    ),
    "what is held against somebody is his own": (
        f"Brandt PROPN nsubj 2 | criticised:criticise VERB root 0 {FIN} | Kora PROPN obj 2 | for ADP case 6 | its PRON nmod:poss 6 | "
        "attack NOUN obl 2 | on ADP case 8 | Velmar PROPN nmod 6",
        [("ACCUSE", ("Brandt",), ("Kora",)), ("ASSAULT", ("Kora",), ("Velmar",))],
    ),
    "who is wanted on charges of a deed has done it": (
        f"Brandt PROPN nsubj:pass 3 | is:be AUX aux:pass 3 | wanted:want VERB root 0 {PART} | on ADP case 5 | charges:charge NOUN obl 3 | "
        "including:include VERB case 8 | the DET det 8 | massacre NOUN nmod 5 | of ADP case 10 | men NOUN nmod 8",
        [("ASSAULT", ("Brandt",), ("men",))],
    ),
    "who inflicts casualties does the harm": (
        f"The DET det 2 | rebels NOUN nsubj 3 | inflicted:inflict VERB root 0 {FIN} | casualties:casualty NOUN obj 3 | on ADP case 6 | "
        "Kora PROPN obl 3 | in ADP case 8 | war NOUN obl 3",
        [("ASSAULT", ("rebels",), ("Kora",))],
    ),
    "a withdrawal is from the land behind it": (
        "The DET det 2 | withdrawal NOUN nsubj 7 | of ADP case 4 | troops NOUN nmod 2 | from ADP case 6 | Kora PROPN nmod 4 | "
        f"began:begin VERB root 0 {FIN}",
        [("RETREAT", ("troops",), ("Kora",))],
    ),
    "a visit is to where it takes the visitor": (
        "Brandt PROPN nmod:poss 3 | 's PART case 1 | visit NOUN nsubj 5 | will AUX aux 5 | take VERB root 0 | "
        "her PRON obj 5 | to ADP case 8 | Kora PROPN obl 5",
        [("CONSULT", ("Brandt",), ("Kora",))],
    ),
    "a stance is no passive": (
        "Kora PROPN nsubj:pass 3 | was:be AUX aux:pass 3 | opposed:oppose VERB root 0 VerbForm=Part Voice=Pass | to ADP case 5 | "
        "Velmar PROPN obl 3",
        [("REJECT", ("Kora",), ("Velmar",))],
    ),
}


def sides(event: Event) -> Sides:
    return event.type, event.initiators, event.recipients


@pytest.mark.parametrize("name", SENTENCES)
def test_sides(name: str) -> None:
    sentence, wanted = SENTENCES[name]
    found = [sides(event) for event in events(sentence)]
    assert [side for side in wanted if side not in found] == [], found


def test_what_an_attack_did_was_done_by_who_made_it() -> None:
    found = events(
        THE_REBELS_ATTACKED,
        f"¶The DET det 2 | attack NOUN nsubj 3 | killed:kill VERB root 0 {FIN} | two NUM nummod 5 | men NOUN obj 3",
    )
    assert [e.initiators for e in found] == [("rebels",)] * 3
    assert found[-1].recipients == ("men",)


def test_a_pronoun_means_the_subject_before_it() -> None:
    found = events(THE_REBELS_ATTACKED, f"¶They PRON nsubj 2 | killed:kill VERB root 0 {FIN} | two NUM nummod 4 | men NOUN obj 2")
    assert [e.initiators for e in found] == [("rebels",), ("rebels",)]


def test_who_is_freed_is_freed_by_who_held_him() -> None:
    found = events(
        f"¶The DET det 2 | rebels NOUN nsubj 3 | kidnapped:kidnap VERB root 0 {FIN} | the DET det 5 | sailors NOUN obj 3",
        f"¶The DET det 2 | sailors NOUN nsubj:pass 4 | were:be AUX aux:pass 4 | released:release VERB root 0 {PART} Voice=Pass",
    )
    assert [sides(e) for e in found[1:]] == [("RETREAT", ("rebels",), ("sailors",))]


def arrest(*others: str) -> Event:
    annotations = tree(
        "¶Two NUM nummod 2 | men NOUN nsubj:pass 4 | were:be AUX aux:pass 4 | arrested:arrest VERB root 0 VerbForm=Part Voice=Pass", *others
    )
    plain = cast(annotations, PEOPLE)
    forces = tuple(replace(a, sectors=("COP",), country="KOR") if a.name == "police" else a for a in plain.actors)
    return read_events(annotations, Cast(forces, plain.by_token), (), (), ())[0]


def test_an_arrest_without_agent_is_the_police_s_of_which_the_report_tells() -> None:
    assert arrest().initiators == ()
    assert arrest(f"¶The DET det 2 | police NOUN nsubj 3 | came:come VERB root 0 {FIN}").initiators == ("police",)


def test_who_stands_behind_a_person_s_name_is_that_person() -> None:
    annotations = tree(
        f"The DET det 2 | ministries:ministry NOUN nsubj 3 | fell:fall VERB root 0 {FIN} | said:say VERB parataxis 3 {FIN} | "
        "Holm PROPN nsubj 4 | "
        f", PUNCT punct 5 | who PRON nsubj 8 | left:leave VERB acl:relcl 2 {FIN}"
    )
    holm = token(annotations, "Holm")
    named = replace(annotations, names=[Name(holm.start, holm.end, holm.index, holm.index + 1, "PERSON", 0.9)])
    assert antecedent(annotations, token(annotations, "who")).text == "ministries"
    assert antecedent(named, token(named, "who")).text == "Holm"


THE_HEAD_HELD = f"The DET det 2 | head NOUN nsubj 5 | of ADP case 4 | rebels NOUN nmod 2 | held:hold VERB root 0 {FIN} | men NOUN obj 5"
IN_KORA_DIED = f"In ADP case 2 | Kora PROPN obl 4 | , PUNCT punct 4 | died:die VERB root 0 {FIN} | in ADP case 6 | war NOUN obl 4"
MEN_WERE_HELD = f"Men NOUN nsubj:pass 3 | were:be AUX aux:pass 3 | held:hold VERB root 0 {PART}"


@pytest.mark.parametrize(
    ("sentence", "verb", "before", "behind"),
    [(THE_HEAD_HELD, "held", "head", "men"), (IN_KORA_DIED, "died", None, None), (MEN_WERE_HELD, "held", "Men", None)],
)
def test_nouns_that_touch_a_verb(sentence: str, verb: str, before: str | None, behind: str | None) -> None:
    annotations = tree(sentence)
    found = (noun_before(annotations, token(annotations, verb)), noun_behind(annotations, token(annotations, verb)))
    assert tuple(t.text if t is not None else None for t in found) == (before, behind)


def test_who_is_only_blamed_for_a_deed_is_not_its_doer_elsewhere() -> None:
    found = events(
        f"¶Brandt PROPN nsubj 2 | blamed:blame VERB root 0 {FIN} | the DET det 4 | attack NOUN obj 2 | on ADP case 7 | "
        "the DET det 7 | rebels NOUN nmod 4",
        f"¶The DET det 2 | attack NOUN nsubj 3 | killed:kill VERB root 0 {FIN} | two NUM nummod 5 | men NOUN obj 3",
    )
    assert ("ASSAULT", ("rebels",), ()) in [sides(e) for e in found]
    assert [e.initiators for e in found[2:]] == [()] * len(found[2:])


def test_sides_that_are_told_elsewhere_are_marked() -> None:
    found = events(
        THE_REBELS_ATTACKED,
        f"¶The DET det 2 | attack NOUN nsubj 3 | killed:kill VERB root 0 {FIN} | two NUM nummod 5 | men NOUN obj 3",
    )
    assert [e.inferred for e in found] == [(), ("initiators", "recipients"), ("initiators",)]


def test_a_definite_noun_takes_up_the_act_before_it() -> None:
    found = events(
        f"¶The DET det 2 | rebels NOUN nsubj 3 | murdered:murder VERB root 0 {FIN} | two NUM nummod 5 | men NOUN obj 3",
        f"¶Brandt PROPN nsubj 2 | condemned:condemn VERB root 0 {FIN} | the DET det 4 | killing NOUN obj 2",
    )
    assert sides(found[-1]) == ("ASSAULT", ("rebels",), ("men",))
    assert found[-1].inferred == ("initiators", "recipients")


def test_a_force_of_another_affair_has_arrested_nobody() -> None:
    far = tuple(f"¶Holm PROPN nsubj 2 | slept:sleep VERB root 0 {FIN}" for _ in range(2))
    police = f"¶The DET det 2 | police NOUN nsubj 3 | came:come VERB root 0 {FIN}"
    others = (*far, police, f"¶Kora PROPN nsubj 2 | fell:fall VERB root 0 {FIN}")
    assert arrest(*others, f"¶Velmar PROPN nsubj 2 | fell:fall VERB root 0 {FIN}").initiators == ()
