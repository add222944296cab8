"""Arcs put right, and lemmas found by the form of the word."""

from __future__ import annotations

import pytest

from dragoman.reading.events.lemmas import with_known_lemmas
from dragoman.reading.events.mending import mended
from tests.reading.act_trees import token, tree

FIN = "Tense=Past VerbForm=Fin"


def test_a_bare_noun_behind_a_verb_is_its_object() -> None:
    annotations = mended(
        tree(
            f"Despite ADP case 3 | pledging:pledge VERB advcl 5 VerbForm=Ger | help NOUN obl 5 | she PRON nsubj 5 | "
            f"left:leave VERB root 0 {FIN}"
        )
    )
    assert (token(annotations, "help").relation, token(annotations, "help").head) == ("obj", 1)


def test_a_bare_noun_before_a_verb_without_subject_is_its_subject() -> None:
    annotations = mended(tree(f"The DET det 2 | envoy NOUN obl 3 | travelled:travel VERB root 0 {FIN}"))
    assert token(annotations, "envoy").relation == "nsubj"


def test_a_verb_joined_to_a_noun_is_joined_to_the_verb() -> None:
    annotations = mended(
        tree(
            f"It PRON nsubj 2 | killed:kill VERB root 0 {FIN} | two NUM nummod 4 | men NOUN obj 2 | and CCONJ cc 6 | "
            f"wounded:wound VERB conj 4 {FIN}"
        )
    )
    assert token(annotations, "wounded").head == 1


def test_which_is_no_person() -> None:
    annotations = mended(
        tree(
            f"Women:woman NOUN nsubj:pass 2 | held:hold VERB root 0 {FIN} | for ADP case 5 | the DET det 5 | "
            "bombing NOUN obl 2 | "
            f"which PRON nsubj 7 PronType=Rel | killed:kill VERB acl:relcl 1 {FIN} | two NUM obj 7"
        )
    )
    assert token(annotations, "killed").head == 4


def test_a_sound_tree_is_left_alone() -> None:
    annotations = tree(f"Kora PROPN nsubj 2 | met:meet VERB root 0 {FIN} | envoys:envoy NOUN obj 2 | in ADP case 5 | Tarvo PROPN obl 2")
    assert mended(annotations) is annotations


@pytest.mark.parametrize(
    ("form", "lemma", "upos", "expected"),
    [
        ("dispatched", "dispatche", "VERB", "dispatch"),
        ("shelved", "shelved", "VERB", "shelve"),
        ("scheduled", "schedul", "VERB", "schedule"),
        ("planned", "plann", "VERB", "plan"),
        ("denied", "denie", "VERB", "deny"),
        ("attacks", "attacks", "NOUN", "attack"),
        ("women", "women", "NOUN", "woman"),
        ("meet", "meet", "VERB", "meet"),
        ("Began", "Began", "PROPN", "Began"),
        ("", "", "VERB", ""),
    ],
)
def test_a_lemma_that_the_lexicons_do_not_know_is_found_by_its_form(form: str, lemma: str, upos: str, expected: str) -> None:
    annotations = tree("x VERB root 0") if not form else tree(f"{form}:{lemma} {upos} root 0")
    if form:
        assert with_known_lemmas(annotations).tokens[0].lemma == expected


def test_of_belongs_to_the_noun_before_it() -> None:
    annotations = mended(tree(f"Hopes:hope NOUN nsubj 4 | of ADP case 3 | talks:talk NOUN obl 4 | receded:recede VERB root 0 {FIN}"))
    assert (token(annotations, "talks").head, token(annotations, "talks").relation) == (0, "nmod")


def test_a_verb_with_an_object_and_no_auxiliary_is_active() -> None:
    annotations = mended(tree(f"Police NOUN nsubj:pass 2 | arrested:arrest VERB root 0 {FIN} | two NUM nummod 4 | men NOUN obj 2"))
    assert token(annotations, "Police").relation == "nsubj"


def test_a_true_passive_stays_one() -> None:
    given = tree("Men NOUN nsubj:pass 3 | were AUX aux:pass 3 | given:give VERB root 0 VerbForm=Part | visas NOUN obj 3")
    assert token(mended(given), "Men").relation == "nsubj:pass"


def test_a_noun_before_of_and_a_verb_is_the_object_of_the_verb_before_it() -> None:
    annotations = mended(
        tree(
            f"They PRON nsubj 2 | accused:accuse VERB root 0 {FIN} | police NOUN obj 5 | of SCONJ mark 5 | "
            "beating:beat VERB advcl 2 VerbForm=Ger | them PRON obj 5"
        )
    )
    assert token(annotations, "police").head == 1


def test_two_passive_subjects_are_subject_and_object() -> None:
    line = "Police NOUN nsubj:pass 2 | arrested:arrest VERB root 0 VerbForm=Part | two NUM nummod 4 | men NOUN nsubj:pass 2"
    annotations = mended(tree(line))
    assert (token(annotations, "Police").relation, token(annotations, "men").relation) == ("nsubj", "obj")


def test_what_stands_in_the_quoted_clause_is_part_of_it() -> None:
    annotations = mended(
        tree(
            f"In ADP case 2 | Accra NOUN obl 6 | Roe PROPN nsubj 4 | signs:sign VERB ccomp 6 VerbForm=Fin | , PUNCT punct 6 | "
            f"said:say VERB root 0 {FIN} | officials NOUN nsubj 6"
        )
    )
    assert token(annotations, "Accra").head == token(annotations, "signs").index
    assert token(annotations, "officials").head == token(annotations, "said").index


def test_a_gerund_is_joined_to_a_gerund() -> None:
    annotations = mended(
        tree(
            f"They PRON nsubj 2 | erred:err VERB root 0 {FIN} | by SCONJ mark 4 | failing:fail VERB advcl 2 VerbForm=Ger | "
            "to PART mark 6 | appear VERB xcomp 4 VerbForm=Inf | and CCONJ cc 8 | "
            "cancelling:cancel VERB conj 6 VerbForm=Ger | talks:talk NOUN obj 8"
        )
    )
    assert token(annotations, "cancelling").head == token(annotations, "failing").index


def test_a_preposition_right_behind_a_verb_is_that_verbs() -> None:
    annotations = mended(
        tree(
            f"They PRON nsubj 2 | stopped:stop VERB root 0 {FIN} | work NOUN obj 2 | and CCONJ cc 5 | entered:enter VERB conj 2 {FIN} | "
            "into ADP case 7 | talks:talk NOUN obl 2"
        )
    )
    assert token(annotations, "talks").head == token(annotations, "entered").index


def test_a_second_subject_behind_the_verb_is_its_object() -> None:
    annotations = mended(
        tree(f"Troops:troop NOUN nsubj 2 | stormed:storm VERB root 0 {FIN} | early ADV advmod 2 | the DET det 5 | town NOUN nsubj 2")
    )
    assert [token(annotations, word).relation for word in ("Troops", "town")] == ["nsubj", "obj"]


def test_behind_a_comma_the_clause_is_the_verbs() -> None:
    annotations = mended(
        tree(
            f"He PRON nsubj 2 | announced:announce VERB root 0 {FIN} | changes:change NOUN obj 2 | , PUNCT punct 5 | "
            "sacking:sack VERB acl 3 VerbForm=Ger | ministers:minister NOUN obj 5"
        )
    )
    assert (token(annotations, "sacking").head, token(annotations, "sacking").relation) == (1, "advcl")


def test_a_noun_with_a_genitive_is_the_owner() -> None:
    annotations = mended(
        tree(
            f"They PRON nsubj 2 | endorsed:endorse VERB root 0 {FIN} | Tolan PROPN nmod 5 | 's PART case 3 | call NOUN obj 2 | "
            "for ADP case 7 | talks NOUN nmod 5"
        )
    )
    assert token(annotations, "Tolan").relation == "nmod:poss"
    assert token(annotations, "talks").relation == "nmod"


def test_a_noun_behind_the_for_of_an_infinitive_is_its_subject() -> None:
    annotations = mended(
        tree(
            f"He PRON nsubj 2 | called:call VERB root 0 {FIN} | for ADP mark 7 | peace NOUN obl 2 | to PART mark 7 | be AUX aux:pass 7 | "
            "restored:restore VERB xcomp 2"
        )
    )
    assert (token(annotations, "peace").relation, token(annotations, "peace").head) == ("nsubj", 6)


def test_a_capitalised_act_noun_outside_a_name_is_a_common_noun() -> None:
    annotations = with_known_lemmas(tree("They PRON nsubj 2 | stopped:stop VERB root 0 | the DET det 4 | Attacks:Attack PROPN obj 2"))
    assert (token(annotations, "Attacks").upos, token(annotations, "Attacks").lemma) == ("NOUN", "attack")
