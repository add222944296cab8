"""The network that is asked what one actor does to another."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from dragoman.language.labels import RELATION_ROOTS
from dragoman.language.pairs import MOST_WORDS, SOURCE, TARGET, PairScorer, roles_of, words_around
from dragoman.language.pieces import gaps_of
from dragoman.text.report import Span

SENTENCES = [
    ("The Velian army shelled the port of Kora on Sunday, killing two fishermen.", "The Velian army", "Kora", "ASSAULT"),
    ("France and the Netherlands held a joint naval exercise in the North Sea.", "France", "the Netherlands", "COOPERATE"),
    ("Norway gave Malawi 12 million dollars to buy maize after the floods.", "Norway", "Malawi", "AID"),
    ("The opposition demanded that the government release the arrested students.", "The opposition", "the government", "REQUEST"),
    ("Police arrested seven leaders of the teachers' union in the capital.", "Police", "seven leaders", "COERCE"),
    ("The Kenyan minister met his Ugandan counterpart in Nairobi.", "The Kenyan minister", "his Ugandan counterpart", "CONSULT"),
]


@cache
def scorer() -> PairScorer:
    return PairScorer()


def at(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def test_clear_sentences_get_their_root() -> None:
    texts, sources, targets = [s[0] for s in SENTENCES], [at(s[0], s[1]) for s in SENTENCES], [at(s[0], s[2]) for s in SENTENCES]
    chances = scorer().scores(texts, sources, targets)
    assert chances.shape == (len(SENTENCES), len(RELATION_ROOTS))
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-4)
    assert [RELATION_ROOTS[i] for i in chances.argmax(axis=1)] == [s[3] for s in SENTENCES]


def test_the_answer_does_not_hang_on_the_batch() -> None:
    texts, sources, targets = [s[0] for s in SENTENCES], [at(s[0], s[1]) for s in SENTENCES], [at(s[0], s[2]) for s in SENTENCES]
    together = scorer().scores(texts, sources, targets)
    alone = np.vstack([scorer().scores([t], [s], [g]) for t, s, g in zip(texts, sources, targets, strict=True)])
    assert np.abs(together - alone).max() < 0.15  # int8 scales are taken over the batch
    assert (together.argmax(axis=1) == alone.argmax(axis=1)).all()


@pytest.mark.parametrize("text", ["", "\n\t ", "\u200b", "a", "x" * 5000, "word " * 3000])
def test_any_text_has_an_answer(text: str) -> None:
    chances = scorer().scores([text], [None], [Span(0, 1) if text else None])
    assert np.isfinite(chances).all()


def test_a_long_text_is_read_around_its_spans() -> None:
    text = "one " * 400 + "Kora attacked Vela. " + "two " * 400
    words = words_around(text, (at(text, "Kora"), at(text, "Vela")))
    assert len(words) == MOST_WORDS
    roles = roles_of(words, at(text, "Kora"), at(text, "Vela"))
    assert roles.count(SOURCE) == 1
    assert roles.count(TARGET) == 1


def test_gaps_tell_joined_words() -> None:
    words = words_around("don't go", ())
    assert gaps_of(words) == [1, 0, 1]
    assert gaps_of([]) == []
