from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import WeightsError
from dragoman.language.annotations import Annotations
from dragoman.language.encoder import WEIGHTS, Encoder
from dragoman.text.report import Span


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def check(annotations: Annotations) -> None:
    """What holds of the annotations of any text."""
    size = len(annotations.text)
    assert [t.index for t in annotations.tokens] == list(range(len(annotations.tokens)))
    for token in annotations.tokens:
        assert 0 <= token.start < token.end <= size
        assert annotations.text[token.start : token.end] == token.text
        assert -1 <= token.head < len(annotations.tokens)
        assert 0 <= token.score <= 1
    for sentence in annotations.sentences:
        tokens = annotations.tokens_of(sentence)
        assert sum(t.head < 0 for t in tokens) == 1
        assert all(t.head < 0 or sentence.first <= t.head < sentence.last for t in tokens)
        assert len(annotations.subtree(annotations.root(sentence))) == len(tokens)
    for name in annotations.names:
        assert 0 <= name.start < name.end <= size


def test_a_plain_sentence(encoder: Encoder) -> None:
    found = encoder.annotate("Angela Merkel met French officials in Berlin on Tuesday. They did not agree.")
    assert [s.span for s in found.sentences] == [Span(0, 56), Span(57, 76)]
    root = found.root(found.sentences[0])
    assert (root.text, root.lemma, root.upos, root.feats.get("Tense")) == ("met", "meet", "VERB", "Past")
    subject = found.child(root, "nsubj")
    assert subject is not None
    assert subject.text == "Angela"
    names = {(found.text[n.start : n.end], n.kind) for n in found.names}
    assert names >= {("Angela Merkel", "PERSON"), ("Berlin", "PLACE"), ("French", "NATIONALITY")}
    check(found)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_annotated(text: str) -> None:
    check(Encoder().annotate(text))


STRANGE = ["", "\u200b", "😀 👩‍👩‍👧", "\ud800 lone", "a" * 5_000, "\u0301\u0301", "....", "“”" * 400, "A\r\nB\r\n\r\nC", "\x00\x1b[31m"]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts(encoder: Encoder, text: str) -> None:
    check(encoder.annotate(text))


def test_texts_come_back_in_order_whatever_their_length(encoder: Encoder) -> None:
    texts = ["One report.", "", "Two reports. " * 900, "Three."]
    found = list(encoder.annotate_many(texts))
    assert [a.text for a in found] == texts
    assert [len(a.sentences) for a in found][:2] == [1, 0]
    for annotations in found:
        check(annotations)


def test_a_text_reads_the_same_in_company(encoder: Encoder) -> None:
    text = "The army shelled the town on Monday, residents said."
    together = list(encoder.annotate_many([text, "Short.", "A much longer text about nothing at all. " * 12]))
    assert together[0] == encoder.annotate(text)


def test_two_threads_read_what_one_reads(encoder: Encoder) -> None:
    texts = ["", *(f"Report {n}: ministers met in Ostrava. " * n for n in range(1, 60, 7)), ""]
    assert list(Encoder(threads=2).annotate_many(texts)) == list(encoder.annotate_many(texts))


def test_who_stops_early_leaves_nothing_under_way() -> None:
    pooled = Encoder(threads=2)
    endless = pooled.annotate_many(f"Report {n} ends here." for n in count())
    assert next(endless).text == "Report 0 ends here."
    endless.close()
    assert pooled.annotate("One report.").sentences


def test_one_thread_takes_a_text_when_it_is_asked_for(encoder: Encoder) -> None:
    taken = []

    def texts() -> Iterator[str]:
        for n in range(3):
            taken.append(n)
            yield f"Report {n}."

    next(encoder.annotate_many(texts()))
    assert taken == [0]


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no language model could be opened there"):
        Encoder(tmp_path)


def test_the_weights_stay_under_their_limit() -> None:
    sizes = {path.name: path.stat().st_size for path in WEIGHTS.iterdir()}
    assert sum(sizes.values()) <= 30e6


@pytest.mark.parametrize("address", ["press.Office@korafreedom.org", "https://www.Kora-Times.com/World", "www.Varenia.gov"])
def test_an_address_is_no_name(encoder: Encoder, address: str) -> None:
    text = f"Write to {address} or ask Mira Tolan in Ostrava."
    found = [text[n.start : n.end] for n in encoder.annotate(text).names]
    assert "Ostrava" in found
    assert not any(address in name for name in found)


def test_an_opening_quotation_mark_is_no_sentence(encoder: Encoder) -> None:
    text = 'He spoke.\n\n"But it will be the last time that we meet," he said.\n\n"Prices are lower than before."'
    found = encoder.annotate(text)
    assert all(s.end - s.start > 1 for s in found.sentences)
