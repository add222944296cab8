"""The queue of what is uncertain: what is in it and in which order, what leaves it and comes back, and how far two reviewers agree."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.case.log import entries
from dragoman.case.reviewing import REASONS, Wanted, openness, rank
from dragoman.case.reviewing_agreement import alpha
from dragoman.case.reviewing_words import settle_with
from dragoman.errors import QueryError
from dragoman.reading.entries import Reading
from tests.case.following import NOON, crisis, loaded, read

LATER = "2026-03-02T12:00:00Z"
EVERYTHING = Wanted(high=1.1)


def doubtful(text: str, day: str, trigger: str, confidence: float) -> Reading:
    """A report of one act of which the reader is not sure."""
    told = read(text, day, "Courier", ("Somebody", trigger, "", "ASSAULT", "occurred"))
    return replace(told, events=tuple(replace(event, confidence=confidence) for event in told.events))


def story() -> list[Reading]:
    """The siege, a promise of grain and its keeping, and a raid that may not have been."""
    offered = "The Salt League offered grain to the Kora Guard. A clerk was there."
    came = "The Salt League delivered the grain to the Kora Guard at noon."
    return [
        *crisis(),
        read(offered, "2026-03-11", "Islander", ("Salt League", "offered", "Kora Guard", "AID", "promised")),
        read(came, "2026-03-14", "Courier", ("Salt League", "delivered", "Kora Guard", "AID", "occurred")),
        doubtful("Somebody raided the mill of Oster.", "2026-03-15", "raided", 0.4),
    ]


@pytest.fixture
def case(location: str) -> Iterator[Case]:
    with Case.open(location, create=True) as opened:
        for reading in story():
            opened.add(loaded(reading.report), reading, NOON)
        opened.settle()
        yield opened


def ids(case: Case, wanted: Wanted = EVERYTHING) -> list[str]:
    return [doubt.id for doubt in case.review(wanted, limit=None).doubts]


def of(case: Case, reason: str) -> str:
    """The one question of a reason."""
    (found,) = case.review(replace(EVERYTHING, reasons=(reason,)), limit=None).doubts  # type: ignore[arg-type]
    return found.id


# --- what is asked, and in which order


def test_what_is_at_stake_and_open_comes_first(case: Case) -> None:
    queue = case.review(EVERYTHING, limit=None)
    assert [doubt.reason for doubt in queue.doubts[:3]] == ["event", "state", "came_of"]
    assert dict(queue.counts) == {"event": 1, "state": 1, "came_of": 1, "same_actor": 6, "same_event": 2, "same_text": 1}
    assert queue.count == len(queue.doubts) == 12
    ranks = [rank(doubt.reason, doubt.score) for doubt in queue.doubts]
    assert ranks == sorted(ranks, reverse=True)


def test_of_what_is_equally_open_most_is_told_first(case: Case) -> None:
    actors = case.review(replace(EVERYTHING, reasons=("same_actor",)), limit=None).doubts
    assert [(doubt.score, doubt.told) for doubt in actors] == [(0.98, 6)] * 5 + [(0.98, 2)]
    assert {doubt.items for doubt in actors[:5]} == {("A1",)}


def test_the_queue_tells_why_and_by_whom(case: Case) -> None:
    event, state, *_ = case.review().doubts
    assert (event.score, event.publishers, event.why) == (0.4, ("Courier",), "the reader is not sure of it: its confidence is 0.40")
    assert (state.proposed, state.publishers, state.roles) == ("kept", ("Islander", "Courier"), ("the promise", "evidence that it is kept"))
    assert state.why.startswith("evidence that it is kept: ")


def test_what_the_rules_are_sure_of_is_not_asked_unless_somebody_wants_it(case: Case) -> None:
    assert {doubt.reason for doubt in case.review().doubts} == {"event", "state", "came_of"}
    assert [doubt.score for doubt in case.review(Wanted(low=0.95, high=0.99), limit=None).doubts] == [0.98] * 6


def test_filters_narrow_what_is_counted_too(case: Case) -> None:
    league = next(actor.id for actor in case.actors() if actor.name == "Salt League")
    thread = next(thread for thread in case.threads() if "E1" in thread.events)
    assert {d.reason for d in case.review(replace(EVERYTHING, actor=league)).doubts} == {"state", "came_of", "same_actor"}
    inside = case.review(replace(EVERYTHING, thread=thread.id), limit=None)
    assert inside.counts["same_event"] == 2 and inside.count == len(inside.doubts)
    assert all(set(doubt.items) & set(thread.events) for doubt in inside.doubts)
    mail = case.review(replace(EVERYTHING, publisher="Evening Mail"))
    assert dict(mail.counts) == {"same_actor": 1, "same_event": 1, "same_text": 1}
    assert all("Evening Mail" in doubt.publishers for doubt in mail.doubts)
    assert case.review(replace(EVERYTHING, publisher="Nobody's Paper")).count == 0


def test_pages_hold_everything_once(case: Case) -> None:
    whole = ids(case)
    paged = [doubt.id for at in range(0, 12, 5) for doubt in case.review(EVERYTHING, limit=5, offset=at).doubts]
    assert paged == whole
    assert case.review(EVERYTHING, limit=5, offset=100).doubts == ()
    left = case.review(EVERYTHING, limit=3, skip=whole[:2])
    assert [doubt.id for doubt in left.doubts] == whole[2:5] and left.count == 12


@pytest.mark.parametrize("wrong", [{"reasons": ("weather",)}, {"low": 0.9, "high": 0.5}, {"low": -1.0}])
def test_what_makes_no_sense_is_said(wrong: dict[str, object]) -> None:
    with pytest.raises(QueryError, match=r"choose from|give two numbers"):
        Wanted(**wrong)  # type: ignore[arg-type]


def test_an_event_that_another_report_tells_plainly_is_certain(case: Case) -> None:
    text = "Somebody raided the mill of Oster, the miller said."
    sure = read(text, "2026-03-15", "Islander", ("Somebody", "raided", "", "ASSAULT", "occurred"))
    case.add(loaded(sure.report), sure, NOON)
    assert next(len(t.event.claims) for t in case.timeline() if t.event.id == "E5") == 2
    assert case.review(replace(EVERYTHING, reasons=("event",))).count == 0


def test_what_came_since_the_case_was_settled_is_asked_too(case: Case, location: str) -> None:
    more = doubtful("Somebody burned the barn of Lund.", "2026-03-17", "burned", 0.6)
    case.add(loaded(more.report), more, NOON)
    assert [doubt.score for doubt in case.review(Wanted(("event",))).doubts] == [0.4, 0.6]
    case.settle()
    with Case.open(location) as other:
        assert [doubt.score for doubt in other.review(Wanted(("event",))).doubts] == [0.4, 0.6]


def test_what_a_newer_reading_is_sure_of_is_asked_no_more(case: Case) -> None:
    told = story()[-1]
    rereader = case.rereader("newer")
    rereader.reread(replace(told, events=tuple(replace(event, confidence=0.9) for event in told.events)), LATER)
    assert case.review(Wanted(("event",))).count == 0
    plain = story()[-2]
    rereader.reread(replace(plain, events=tuple(replace(event, confidence=0.5) for event in plain.events)), LATER)
    case.settle()
    assert [doubt.score for doubt in case.review(Wanted(("event",))).doubts] == [0.5]


def test_a_copy_of_the_case_asks_the_same(case: Case, tmp_path: Path) -> None:
    decide(case, of(case, "came_of"))
    settle_with(case.store, lambda: [case.judge("Cy").confirm("E5", "", LATER)])
    case.settle()
    lines = "".join(case.lines())
    Case.import_lines(tmp_path / "copy.case", io.BytesIO(lines.encode()))
    with Case.open(tmp_path / "copy.case") as copy:
        assert ids(copy) == ids(case)
        assert copy.review(replace(EVERYTHING, by="Ben", second=True)) == case.review(replace(EVERYTHING, by="Ben", second=True))


# --- what is judged leaves


def decide(case: Case, item: str, judge: str = "Ada", good: bool = True, at: str = NOON) -> str:
    """One answer, whatever the question."""
    judging = case.judge(judge)
    if item.startswith("L"):
        return judging.link(item, good, "because", at)
    if item.startswith("C"):
        return judging.edit(item, {"state": "kept" if good else "broken"}, "because", at)[0]
    return judging.confirm(item, "because", at) if good else judging.reject(item, "because", at)


def test_every_question_is_answered_to_the_end_and_each_comes_back(case: Case) -> None:
    before, taken = ids(case), []
    while found := case.review(EVERYTHING, limit=1).doubts:
        taken.append(decide(case, found[0].id))
        case.settle()
        assert found[0].id not in ids(case)
    assert len(taken) == len(before)
    assert [entry.decision.why for entry in entries(case.judge("").log(), frozenset())] == ["because"] * len(before)
    for decision in taken:
        case.judge("Ada").undo(decision, "", NOON)
    case.settle()
    assert ids(case) == before


def test_whoever_corrects_an_event_or_a_mention_of_it_has_judged_it(case: Case) -> None:
    place = case.review().doubts[0].places[0]
    made = case.judge("Ada").edit(f"{place.report}:{place.entry}", {"status": "denied"}, "", NOON)
    assert case.review(Wanted(("event",))).count == 0
    case.judge("Ada").undo(made[0], "", NOON)
    assert case.review(Wanted(("event",))).count == 1


def test_a_confirmation_goes_before_an_earlier_rejection(case: Case) -> None:
    case.judge("Ada").reject("E5", "a rumour", NOON)
    assert "E5" not in [t.event.id for t in case.timeline()]
    case.judge("Ben").confirm("E5", "I was there", NOON)
    assert "E5" in [t.event.id for t in case.timeline()]
    log = [(e.decision.verb, e.state, e.because) for e in entries(case.judge("").log(), case.waiting())]
    assert log == [("reject", "overruled", "J2"), ("confirm", "stands", "")]
    case.judge("Ben").undo("J2", "", NOON)
    assert "E5" not in [t.event.id for t in case.timeline()]
    with pytest.raises(QueryError, match="no 'E99'"):
        case.judge("Ben").confirm("E99", "", NOON)


def test_what_is_confirmed_is_right_as_it_was_read(case: Case) -> None:
    case.judge("Ada").edit("E5", {"status": "denied"}, "", NOON)
    case.judge("Ada").confirm("E5", "no, it was so", NOON)
    case.settle()
    assert [t.event.status for t in case.timeline() if t.event.id == "E5"] == ["occurred"]
    assert [(e.decision.verb, e.state, e.because) for e in case.log()] == [("edit", "overruled", "J2"), ("confirm", "stands", "")]
    case.judge("Ben").edit("E5", {"status": "denied"}, "", NOON)
    assert [t.event.status for t in case.timeline() if t.event.id == "E5"] == ["denied"]


# --- two reviewers


def test_a_second_reading_asks_what_others_have_decided_and_not_oneself(case: Case) -> None:
    state, link = of(case, "state"), of(case, "came_of")
    shown = case.evidence([case.doubt(state)])  # type: ignore[list-item]
    decide(case, state, good=False)
    decide(case, link)
    decide(case, "E5", good=False)
    case.settle()
    second = replace(EVERYTHING, by="Ben", second=True)
    assert sorted(ids(case, second)) == sorted([state, link, "E5"])
    assert ids(case, replace(second, reasons=("event",))) == ["E5"]
    assert ids(case, replace(second, by="Ada")) == []
    asked = case.doubt(state)
    assert asked is not None and asked.proposed == "" and "broken" not in repr(asked), "the first word is not told"
    assert case.evidence([asked]) == shown
    decide(case, link, "Ben", good=False)
    assert sorted(ids(case, second)) == sorted([state, "E5"])


def test_agreement_is_counted_from_the_log_and_a_third_settles(case: Case) -> None:
    links = [doubt.id for doubt in case.review(replace(EVERYTHING, reasons=("same_actor",)), limit=None).doubts]
    for number, link in enumerate(links[:4]):
        decide(case, link, "Ada", good=number < 2, at=NOON)
        decide(case, link, "Ben", good=number != 1, at=LATER)
    decide(case, links[4], "Ada")
    (agreed,) = case.agreement().kinds
    # Ada says s s d d, Ben s d s s: one unit alike of four; n(s) = 5, n(d) = 3, o(s, d) + o(d, s) = 6
    assert (agreed.reason, agreed.units, agreed.same, agreed.people) == ("same_actor", 4, 1, ("Ada", "Ben"))
    assert agreed.alpha == pytest.approx(1 - 7 * 6 / (2 * 5 * 3))
    found = case.agreement()
    assert [unit.id for unit in found.open] == [links[1], links[2], links[3]] and found.settled == ()
    assert [(word.by, word.said, word.why) for word in found.open[0].words] == [("Ada", "same", "because"), ("Ben", "different", "because")]
    made = settle_with(case.store, lambda: [case.judge("Cy").link(links[1], True, "same passport", LATER)])
    found = case.agreement()
    assert [unit.id for unit in found.open] == [links[2], links[3]]
    (settled,) = found.settled
    assert settled.settled is not None and (settled.settled.by, settled.settled.said, settled.settled.why) == (
        "Cy",
        "same",
        "same passport",
    )
    assert found.kinds[0].alpha == agreed.alpha, "who settles has read what the others say, and is no third reader"
    case.judge("Cy").undo(made[0], "", LATER)
    assert [unit.id for unit in case.agreement().open] == [links[1], links[2], links[3]]


def test_the_last_word_of_each_counts_and_what_is_taken_back_does_not(case: Case) -> None:
    link = of(case, "came_of")
    decide(case, link, "Ada", good=False)
    decide(case, link, "Ben")
    assert len(case.agreement().open) == 1
    decide(case, link, "Ada")
    assert case.agreement().open == () and case.agreement().kinds[0].same == 1
    case.judge("Ben").undo("J2", "", NOON)
    assert case.agreement().kinds == ()
    words = [(e.decision.id, e.state) for e in entries(case.judge("").log(), frozenset())]
    assert words == [("J1", "overruled"), ("J2", "undone"), ("J3", "stands"), ("J4", "stands")]


def test_fields_of_an_event_are_one_word(case: Case) -> None:
    case.judge("Ada").edit("E5", {"status": "denied", "type": "coerce"}, "misread", NOON)
    case.judge("Ben").edit("E5", {"status": "denied"}, "", NOON)
    (unit,) = case.agreement().open
    assert [(word.said, len(word.decisions)) for word in unit.words] == [("status=denied; type=COERCE", 2), ("status=denied", 1)]
    case.judge("Ada").confirm("E5", "", LATER)
    assert [word.said for word in case.agreement().open[0].words] == ["right", "status=denied"]


# --- the coefficient


def pairs(one: str, other: str) -> list[list[str]]:
    return [list(unit) for unit in zip(one, other, strict=True)]


def test_alpha_is_what_krippendorff_works_out() -> None:
    """The examples of his paper: two observers of ten units; two of twelve units with five values; four of twelve with values missing."""
    assert alpha(pairs("0100000010", "1110010000")) == pytest.approx(0.095, abs=5e-4)
    assert alpha(pairs("aabbdcccedda", "babbbccceddd")) == pytest.approx(0.692, abs=5e-4)
    rows = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[row[at] for row in rows if row[at] != "."] for at in range(12)]
    assert alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_alpha_says_nothing_where_nothing_can_be_said() -> None:
    assert alpha([]) is None
    assert alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None
    assert alpha([["a", "a"], ["b", "b"]]) == 1.0
    assert alpha([["a", "b"], ["b", "a"]]) == pytest.approx(-0.5)


def test_openness_and_rank() -> None:
    assert [openness(score) for score in (0.2, 0.5, 0.75, 1.0)] == [1.0, 1.0, 0.5, 0.0]
    assert [rank(reason, 0.5) for reason in REASONS] == sorted((rank(reason, 0.5) for reason in REASONS), reverse=True)
