"""Reports and spans."""

from dragoman.text.report import Report, Span


def test_the_id_is_that_of_the_text_alone() -> None:
    assert Report("One.", title="A").id == Report("One.", publisher="B").id
    assert Report("One.").id != Report("One. ").id
    assert Report("abc").id == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert len(Report("\ud800").id) == 64


def test_spans_are_half_open() -> None:
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 3).covers(Span(0, 3))
    assert not Span(0, 3).covers(Span(2, 4))
