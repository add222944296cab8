"""Texts that are no news prose: no crash, offsets that hold, time that grows with length, and little confidence in what is found."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from dragoman.language.annotations import Annotations
from dragoman.language.encoder import Encoder
from dragoman.reading.read import read_annotations
from dragoman.reading.reading import Reading
from dragoman.text.report import Report, Span
from tests.reading.plain_text import plain

_CLAUSES = (
    "the army shelled the harbour of Tarvo",
    "ministers from Kora met rebel leaders in the old customs house",
    "police arrested nine dockers who had blocked the gates",
    "the governor said that he would free the pilots",
    "a spokeswoman denied that the navy had fired on the ferry",
    "the bank froze the accounts of the port authority",
)
PLAIN = "Police arrested nine dockers on Monday. The army shelled the harbour of Tarvo. The governor condemned the attack."
_TOWNS = ("Tarvo", "Ansa", "Brel")
_HEADLINES = ("Army shells Tarvo", "Ministers in talks over port", "9 held after dock clash", "Kora to free pilots: envoy")
_FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
_FLAG = "\U0001f1fa\U0001f1f3"
_ARABIC = "\u202b\u0627\u0639\u062a\u0642\u0644\u062a \u0627\u0644\u0634\u0631\u0637\u0629 \u062a\u0633\u0639\u0629\u202c"
_HEBREW = "\u05e9\u05dc\u05d5\u05dd \u200f\u200e"
TEXTS = {
    "one sentence of 400 words": " and ".join(_CLAUSES[i % len(_CLAUSES)] for i in range(44)).capitalize() + ".",
    "a list": "Arrests by town:\n\n" + "".join(f"- {_TOWNS[i % 3]}: {i} arrested, {i + 2} freed\n" for i in range(24)),
    "headlines": "\n".join(_HEADLINES * 6),
    "a table": "Town | Killed | Arrested\n--- | --- | ---\n" + "".join(f"Tarvo {i} | {i} | {i % 7}\n" for i in range(40)),
    "columns with tabs": "\n".join(f"{i}\t2026-01-{i:02d}\tstrike\tTarvo\t{i * 13}" for i in range(1, 29)),
    "all capitals": " ".join([PLAIN.upper()] * 6),
    "emoji": f"\U0001f6a8 Army shells Tarvo \U0001f4a5\U0001f4a5 {_FAMILY} 9 dead \U0001f622 police arrested 4 {_FLAG} " * 8,
    "nested quotation marks": "\u201cShe said \u2018he told me \u201cthey will attack\u201d and left\u2019 at noon,\u201d Brandt said. "
    * 6,
    "quotation marks that stay open": '\u201cThe army attacked, \u201cBrandt said, \u2018they shelled "the harbour. ' * 20
    + "\u201c\"'" * 60,
    "a thousand commas": "The police" + "," * 1000 + " arrested" + ", and" * 200 + " two men" + " ," * 300 + ".",
    "brackets that stay open": "The army ((( [[[ {{{ (shelled the harbour [of Tarvo (on Monday " * 20 + "(" * 400,
    "right to left": f"{_ARABIC} police arrested nine men {_HEBREW} in Tarvo. " * 8,
    "numbers only": " ".join(str(n * 7919 % 100_003) for n in range(600)) + "\n" + "1.5 2-3 4/5 6:07 $8 9% " * 40,
    "one word again and again": "attack " * 500,
    "one long word": "attack" * 2000,
    "marks only": "?!.,;:-()[]{}<>/\\|@#$%^&*~`'\"" * 30,
    "said that said that": "The minister said that " * 120 + "the army attacked.",
    "control characters": "The army\x00 shelled\x07 \ud800Tarvo\u2028on\x85 Monday.\x1b[31m Police arrested\ufeff two\u00a0men. " * 6,
    "white space": " \n\t\n" * 200,
}
SECONDS_A_TOKEN = 0.004  # of processor time for all builders; ten times what news prose takes


@pytest.fixture(scope="module")
def annotated() -> dict[str, Annotations]:
    return dict(zip(TEXTS, Encoder().annotate_many(TEXTS.values()), strict=True))


@pytest.fixture(scope="module")
def readings(annotated: dict[str, Annotations]) -> dict[str, Reading]:
    return {name: read_annotations(Report(TEXTS[name]), found) for name, found in annotated.items()}


def spans(reading: Reading) -> Iterator[Span]:
    for actor in reading.actors:
        yield from actor.mentions
    for statement in reading.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
    for event in reading.events:
        yield from (event.trigger, event.sentence, *event.cues)
    yield from (Span(t.start, t.end) for t in reading.times)
    yield from (Span(f.start, f.end) for f in reading.figures)


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_read_and_every_span_holds_characters_of_the_text(name: str, readings: dict[str, Reading]) -> None:
    reading = readings[name]
    size = len(TEXTS[name])
    assert all(0 <= span.start < span.end <= size for span in spans(reading))
    assert all(TEXTS[name][span.start : span.end].strip() for span in spans(reading))
    assert Reading.from_dict(reading.to_dict()) == reading


@pytest.mark.parametrize("name", TEXTS)
def test_a_trigger_lies_in_its_sentence_and_has_no_space_at_its_ends(name: str, readings: dict[str, Reading]) -> None:
    for event in readings[name].events:
        assert event.sentence.covers(event.trigger)
        trigger = TEXTS[name][event.trigger.start : event.trigger.end]
        assert trigger == trigger.strip()


@pytest.mark.parametrize("name", TEXTS)
def test_the_time_is_bounded(name: str, annotated: dict[str, Annotations]) -> None:
    begun = time.process_time()
    read_annotations(Report(TEXTS[name]), annotated[name])
    assert time.process_time() - begun < 0.5 + SECONDS_A_TOKEN * len(annotated[name].tokens)


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_read_where_the_model_knows_nothing(name: str) -> None:
    """Words without tags and a flat tree: the builders may not rely on either."""
    reading = read_annotations(Report(TEXTS[name]), plain(TEXTS[name]))
    assert all(0 <= span.start < span.end <= len(TEXTS[name]) for span in spans(reading))


@pytest.mark.parametrize("name", ["numbers only", "marks only", "one long word", "white space"])
def test_nothing_happens_where_nobody_does_anything(name: str, readings: dict[str, Reading]) -> None:
    assert readings[name].events == ()
    assert readings[name].statements == ()
