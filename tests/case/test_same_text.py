"""Copies of one text and texts written apart: made-up wire copy."""

from __future__ import annotations

import pytest

from dragoman.case.same_text import copies, signature, text_keys

WIRE = """Velstad, May 4 - The harbour of Velstad was closed on Sunday after dock workers walked out over pay, the port office said.
About four hundred workers gathered at the northern gate and turned lorries away until noon.
The union wants eight percent more and a shorter night shift. The port office has offered three percent.
"We have waited for two winters and we shall not wait for a third," the chairman of the union told the crowd.
Ships with grain and timber lay at anchor outside the bay. Two of them left for Dunmere in the afternoon.
Talks under a mediator are to begin on Tuesday in the town hall, both sides confirmed.
"""
APART = """Grain ships waited off Velstad as a strike for higher wages shut its docks.
A union leader cried: "We have waited for two winters and we shall not wait for a third."
Managers regretted the stoppage, which cost merchants dearly, and hoped that a mediator could bring peace before the week is out.
It is the second dispute at the port within a year, after crane drivers stayed away in autumn.
"""


def paragraphs() -> list[str]:
    return WIRE.strip().split("\n")


def is_copy(one: str, two: str) -> bool:
    return bool(set(text_keys(signature(one))) & set(text_keys(signature(two)))) and copies(one, two) is not None


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        WIRE.upper(),
        "\n".join(paragraphs()[:3]),
        "\n".join(["Dockers have struck at Velstad, and the port stands still.", *paragraphs()[1:]]),
        "\n".join([paragraphs()[0], *reversed(paragraphs()[1:])]),
        WIRE.replace("About four hundred", "Some 400").replace("gathered", "met").replace("lorries", "trucks"),
    ],
    ids=["same", "case", "cut", "new lede", "reordered", "edited"],
)
def test_copies_are_found(copy: str) -> None:
    assert is_copy(WIRE, copy)
    assert is_copy(copy, WIRE)


def test_reports_written_apart_are_no_copies_though_they_quote_the_same() -> None:
    assert copies(WIRE, APART) is None


def test_a_speech_quoted_at_length_makes_no_copy() -> None:
    speech = (
        '"'
        + " ".join(
            f"we {verb} the {noun} of this town" for verb in ("love", "praise", "keep", "build") for noun in ("walls", "bells", "ships")
        )
        + '"'
    )
    one = f"{speech}, the mayor said at the opening of the new bridge, while gulls cried above the crowd that had come by boat."
    two = f"Bells rang for the mayor on Sunday when she spoke to her people from the stairs of the old exchange: {speech}."
    assert copies(one, two) is None


def test_the_reason_tells_how_much_is_shared() -> None:
    found = copies(WIRE, "\n".join(paragraphs()[:3]))
    assert found is not None
    assert found.share == pytest.approx(1.0, abs=0.01)
    assert "of the shorter text" in found.why


@pytest.mark.parametrize("text", ["", " \n", "...", "URGENT strike"])
def test_short_and_empty_texts(text: str) -> None:
    assert copies(text, WIRE) is None
    assert text_keys(signature(text)) == [] or text == "URGENT strike"
    assert (copies(text, text) is not None) == (text == "URGENT strike")


def test_a_huge_text_is_bounded() -> None:
    huge = "word " * 200_000 + '"' * 50_000
    assert len(signature(huge)) == 512
    assert copies(huge, WIRE) is None
