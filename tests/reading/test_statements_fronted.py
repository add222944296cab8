"""What is said on both sides of a tag, and quotations that belong to a cue which the tree gave something else: made-up trees."""

from __future__ import annotations

from dragoman.reading.statements.builder import read_statements
from tests.reading.test_statements import cast_of, only, parse, words

FRONTED = """
    The DET det 2
    snag NOUN nsubj 10
    with ADP case 4
    tolls NOUN nmod 2
    +, PUNCT punct 7
    Rosa PROPN nsubj 7
    said:say VERB parataxis 10
    +, PUNCT punct 7
    is:be AUX cop 10
    cost NOUN root 0
    +. PUNCT punct 10
"""


def test_the_words_before_a_tag_in_mid_sentence_are_said_as_well() -> None:
    a = parse(FRONTED)
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert words(a, s.content) == ["The snag with tolls", "is cost"]


def test_a_quotation_that_only_ends_a_sentence_takes_its_beginning_along() -> None:
    a = parse("""
        Judging:judge VERB advcl 6
        by ADP case 3
        polls NOUN obl 1
        +, PUNCT punct 6
        Rosa PROPN nsubj 6
        said:say VERB root 0
        +, PUNCT punct 6
        “ PUNCT punct 9
        +misleads:mislead VERB ccomp 6
        us PRON obj 9
        +.” PUNCT punct 9
    """)
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert (s.mode, words(a, s.content)) == ("mixed", ["Judging by polls", "“misleads us.”"])


def test_two_words_at_the_head_of_a_sentence_are_the_writers() -> None:
    a = parse("""
        On ADP case 2
        Friday PROPN obl 5
        +, PUNCT punct 5
        Rosa PROPN nsubj 5
        said:say VERB root 0
        +, PUNCT punct 5
        “ PUNCT punct 8
        +talks NOUN ccomp 5
        over ADV advmod 8
        +.” PUNCT punct 8
    """)
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert (s.mode, words(a, s.content)) == ("direct", ["talks over."])


IN_A_TALK = """
    “ PUNCT punct 3
    +We PRON nsubj 3
    stay VERB ccomp 6
    +,” PUNCT punct 3
    Rosa PROPN nsubj 6
    said:say VERB root 0 Tense=Past
    in ADP case 9
    a DET det 9
    talk NOUN {relation} 6
    +. PUNCT punct 6
"""


def test_a_quotation_beside_its_cue_is_the_content() -> None:
    for relation in ("obl", "obj"):
        a = parse(IN_A_TALK.format(relation=relation))
        s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
        assert (s.mode, words(a, s.content)) == ("direct", ["We stay"])


LED_UP = (
    """
    Rosa PROPN nsubj 2
    {verb} VERB root 0 Tense=Past
    them PRON obj 2
    +: PUNCT punct 2
    """,
    """
    ¶
    “ PUNCT punct 3
    +We PRON nsubj 3
    stay VERB root 0
    +.” PUNCT punct 3
    """,
)


def test_a_line_with_a_colon_leads_up_to_the_quotation_below_it() -> None:
    for verb in ("warned:warn", "faced:face"):
        a = parse(LED_UP[0].format(verb=verb), LED_UP[1])
        said = [s for s in read_statements(a, cast_of(a, {"Rosa": "person"}), []) if s.mode == "direct"]
        assert words(a, only(said).content) == ["We stay."]
        assert only(said).speaker == "a-Rosa"


def test_the_tag_may_stand_in_a_sentence_of_its_own() -> None:
    a = parse(
        "“ PUNCT punct 3\n+We PRON nsubj 3\nstay VERB root 0\n+,” PUNCT punct 3",
        "Rosa PROPN nsubj 2\nsaid:say VERB root 0 Tense=Past\n+. PUNCT punct 2",
    )
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert (s.speaker, s.mode, words(a, s.content)) == ("a-Rosa", "direct", ["We stay"])


def test_several_sentences_in_marks_are_speech_even_if_the_last_goes_on_outside() -> None:
    a = parse(
        "Rosa PROPN nsubj 2\nspoke:speak VERB root 0 Tense=Past\n+. PUNCT punct 2",
        "“ PUNCT punct 3\n+We PRON nsubj 3\nstay VERB root 0\n+. PUNCT punct 3",
        "Nobody PRON nsubj 2\nleaves:leave VERB root 0\n+” PUNCT punct 2\n- PUNCT punct 5\nlaughing:laugh VERB acl 2\n+. PUNCT punct 2",
    )
    said = [s for s in read_statements(a, cast_of(a, {"Rosa": "person"}), []) if s.mode == "direct"]
    assert words(a, only(said).content) == ["We stay. Nobody leaves"]


def test_an_apposition_of_the_speaker_is_no_content() -> None:
    a = parse("""
        “ PUNCT punct 3
        +We PRON nsubj 3
        stay VERB ccomp 5
        +,” PUNCT punct 3
        said:say VERB root 0 Tense=Past
        Rosa PROPN nsubj 5
        +, PUNCT punct 9
        a DET det 9
        nurse NOUN appos 6
        who PRON nsubj 11
        hoped:hope VERB acl:relcl 9
        to PART mark 13
        leave VERB xcomp 11
        +. PUNCT punct 5
    """)
    s = next(s for s in read_statements(a, cast_of(a, {"Rosa": "person"}), []) if words(a, s.cue) == ["said"])
    assert words(a, s.content) == ["We stay"]
