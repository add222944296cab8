import json
from collections.abc import Iterator
from datetime import date

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman
from dragoman import Reader, Reading, Report, read
from dragoman.language.annotations import Annotations
from dragoman.reading import read as reading_module
from dragoman.reading.entries import Time
from dragoman.reading.surface import Line
from dragoman.reading.wire import json_schema

TEXT = """The government of Kenya freed 12 prisoners on Friday, Interior Minister Joseph Ole Lenku said.

"We will hold talks with the rebels next week," he told reporters in Nairobi. Rebel leaders denied that they had attacked the town.
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def spans(reading: Reading) -> Iterator[tuple[int, int]]:
    for actor in reading.actors:
        yield from actor.mentions
    for statement in reading.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
    for event in reading.events:
        yield from (event.trigger, event.sentence, *event.cues)
    yield from ((t.start, t.end) for t in reading.times)
    yield from ((f.start, f.end) for f in reading.figures)


def check(reading: Reading) -> None:
    size = len(reading.report.text)
    assert all(0 <= start < end <= size for start, end in spans(reading))
    value = json.loads(json.dumps(reading.to_dict()))
    jsonschema.Draft202012Validator(json_schema()).validate(value)
    assert Reading.from_dict(value) == reading


def test_a_report_is_read(reader: Reader) -> None:
    reading = reader.read(Report(TEXT, published=date(2014, 3, 8)))
    check(reading)
    names = {actor.name for actor in reading.actors}
    assert "Joseph Ole Lenku" in names
    assert {t.value for t in reading.times} >= {"2014-03-07", "2014-W11"}
    assert [(f.low, f.high, f.unit) for f in reading.figures] == [(12, 12, "person")]
    freed = next(event for event in reading.events if TEXT[event.trigger.start : event.trigger.end] == "freed")
    assert (freed.type, freed.status) == ("RETREAT", "occurred")
    talks = next(event for event in reading.events if "talks" in TEXT[event.trigger.start : event.trigger.end])
    assert (talks.type, talks.status) == ("CONSULT", "planned")
    assert len(reading.statements) >= 2
    assert reading.notices == ()


def test_without_a_date_relative_dates_stay_unresolved(reader: Reader) -> None:
    reading = reader.read(TEXT)
    assert {t.value for t in reading.times} == {None}
    assert "not known" in reading.notices[0]


def test_read_takes_a_date_as_text_and_refuses_one_that_does_not_exist() -> None:
    assert read(TEXT, published="2014-03-08").report.published == date(2014, 3, 8)
    with pytest.raises(ValueError, match="day"):
        read(TEXT, published="2014-02-30")


def test_many_reports_are_read_as_they_are_asked_for(reader: Reader) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Report]:
        while True:
            taken.append(1)
            yield Report("Troops shelled the town. " * 150)

    readings = reader.read_many(endless())
    first = next(readings)
    assert first.events
    assert len(taken) < 60


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.none() | st.dates())
def test_any_text_is_read(text: str, published: date | None) -> None:
    check(Reader().read(Report(text, published=published)))


WORDS = [
    "he", "said", "that", '"', "“", "”", "the", "U.S.", "attack", "killed", "20", "on", "Friday", ",", ".", "not", "Iraq", "'s", "troops",
    "to", "and", "who", "President", "Ahmed", "it", "between", "million", "$", "would", "denied", "-", "…", "last", "week", "\n\n",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=120))
def test_any_order_of_words_is_read(words: list[str]) -> None:
    check(Reader().read(Report(" ".join(words), published=date(2020, 2, 29))))


EXTREME = ["", "\x00" * 40, "\ud800 said.", "A" * 20_000, "“" * 2_000, "he said " * 1_500, "1 " * 3_000, "attack and " * 1_000]


@pytest.mark.parametrize("text", EXTREME)
def test_extreme_texts_are_read(reader: Reader, text: str) -> None:
    check(reader.read(Report(text, published=date(2020, 1, 1))))


def test_frames_and_notebook(reader: Reader) -> None:
    reading = reader.read(Report(TEXT, published=date(2014, 3, 8)))
    assert len(reading.events_frame()) == len(reading.events)
    assert {row["name"] for row in reading.actors_frame()} == {a.name for a in reading.actors}
    assert len(reading.statements_frame()) == len(reading.statements)
    assert len(reading.figures_frame()) == 1
    assert len(reading.times_frame()) == len(reading.times)
    assert "<table" in reading._repr_html_()


def test_the_public_names() -> None:
    classes = {"ActorCode", "Case", "Client", "Filters", "Reader", "Reading", "Report"}
    names = classes | {"code_actor", "read", "relation", "relations_many", "__version__"}
    assert set(dragoman.__all__) == names
    assert dragoman.__version__.count(".") == 2
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        dragoman.nonsense  # noqa: B018


def test_a_fault_on_one_report_does_not_lose_the_others(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = reading_module.read_times

    def at_fault(annotations: Annotations, published: date | None, line: Line | None = None) -> list[Time]:
        if "poison" in annotations.text:
            raise RecursionError("too deep")
        return honest(annotations, published, line)

    monkeypatch.setattr(reading_module, "read_times", at_fault)
    lost: list[tuple[str, str]] = []
    readings = list(reader.read_many(["One.", "A poison.", "Three."], failed=lambda r, e: lost.append((r.text, str(e)))))
    assert [r.report.text for r in readings] == ["One.", "Three."]
    assert lost == [("A poison.", "too deep")]
    with pytest.raises(RecursionError):
        reader.read("A poison.")
