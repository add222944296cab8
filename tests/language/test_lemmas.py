import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.lemmas import Lemmas, possible_lemmas

KNOWN = Lemmas(
    {"VERB": ["announce", "stop", "study", "pass", "refer", "go"], "NOUN": ["study", "class", "army", "talk"], "ADJ": ["happy", "big"]}
)


@pytest.mark.parametrize(
    ("form", "upos", "guess", "lemma"),
    [
        ("announced", "VERB", "announc", "announce"),
        ("Stopped", "VERB", "stopp", "stop"),
        ("studies", "NOUN", "studie", "study"),
        ("passing", "VERB", "passe", "pass"),
        ("goes", "VERB", "goe", "go"),
        ("armies", "NOUN", "armie", "army"),
        ("happier", "ADJ", "happi", "happy"),
        ("biggest", "ADJ", "bigg", "big"),
        ("fled", "VERB", "fl", "flee"),
        ("began", "VERB", "beg", "begin"),
        ("women", "NOUN", "wome", "woman"),
        ("gunmen", "NOUN", "gunme", "gunman"),
        ("talks", "NOUN", "talk", "talk"),
    ],
)
def test_a_wrong_guess_is_put_right(form: str, upos: str, guess: str, lemma: str) -> None:
    assert KNOWN.of(form, upos, guess) == lemma


def test_a_good_guess_stays_and_so_do_other_parts_of_speech() -> None:
    assert KNOWN.of("strafed", "VERB", "strafe") == "strafe"
    assert KNOWN.of("Nations", "PROPN", "Nation") == "Nation"
    assert KNOWN.of("Iranian", "ADJ", "Iranian") == "Iranian"


@given(st.text(max_size=30), st.sampled_from(["VERB", "NOUN", "ADJ", "X"]), st.text(max_size=10))
def test_any_form_has_a_lemma(form: str, upos: str, guess: str) -> None:
    assert isinstance(KNOWN.of(form, upos, guess), str)
    assert list(possible_lemmas(form, upos))[-1] == form
