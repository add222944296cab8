"""What people decide: in any order, taken back in any order, against each other, and field by field."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from dragoman.case.case import Case
from dragoman.case.judgements import Place
from dragoman.case.log import entries
from dragoman.case.query import Filters
from dragoman.errors import QueryError
from tests.case.following import NOON, crisis, loaded, read


@pytest.fixture
def case(location: str) -> Iterator[Case]:
    text = "The Salt League offered grain to the Kora Guard. The Reef Union warned the Salt League over it, a clerk said."
    acts = (("Salt League", "offered", "Kora Guard", "AID", "promised"), ("Reef Union", "warned", "Salt League", "ACCUSE", "occurred"))
    with Case.open(location, create=True) as opened:
        for reading in (*crisis(), read(text, "2026-03-11", "Islander", *acts)):  # type: ignore[arg-type]
            opened.add(loaded(reading.report), reading, NOON)
        opened.settle()
        yield opened


def bare(case: Case) -> dict[str, object]:
    case.settle()
    return case.contract()


def states(case: Case) -> list[tuple[str, str, str]]:
    return [(entry.decision.id, entry.state, entry.because) for entry in entries(case.judge("").log(), case.waiting())]


# --- in any order


def decide(case: Case, chance: random.Random) -> str:
    """One decision that can be taken, by chance; its id."""
    judge = case.judge(chance.choice(["Ada", "Ben"]))
    events, actors = [t.event for t in case.timeline()], case.actors()
    links = [kept.link for kept in case.store.links() if kept.link.kind != "reverses"]
    ways = ["link", "rename", "reject", "edit"] + ["merge"] * (len(events) > 1 or len(actors) > 1)
    ways += ["split"] * any(len(event.claims) > 1 for event in events)
    way = chance.choice(ways)
    if way == "link":
        return judge.link(chance.choice(links).id, chance.random() < 0.5, "", NOON)
    if way == "rename":
        return judge.rename(chance.choice(actors).id, f"Name {chance.random()}", "", NOON)
    if way == "reject":
        return judge.reject(chance.choice([event.id for event in events] or ["E1"]), "", NOON)
    if way == "edit":
        field, value = chance.choice([("status", "denied"), ("type", "COERCE"), ("when", "2026-03"), ("actor", actors[0].id)])
        return judge.edit(chance.choice([event.id for event in events] or ["E1"]), {field: value}, "", NOON)[0]
    if way == "split":
        event = chance.choice([event for event in events if len(event.claims) > 1])
        return judge.split(event.id, [Place(event.claims[-1].report, event.claims[-1].event)], "", NOON)
    pool = [item.id for item in (events if len(events) > 1 and (len(actors) < 2 or chance.random() < 0.5) else actors)]
    return judge.merge(*chance.sample(pool, 2), "", NOON)


@pytest.mark.parametrize("seed", range(6))
def test_decisions_are_taken_back_in_any_order(case: Case, seed: int) -> None:
    before, chance = bare(case), random.Random(seed)
    made = [decide(case, chance) for _ in range(8)]
    after = bare(case)
    chance.shuffle(made)
    undone = [case.judge("Eve").undo(decision, "", NOON) for decision in made]
    assert bare(case) == before
    chance.shuffle(undone)
    for decision in undone:  # an undo is taken back, too
        case.judge("Eve").undo(decision, "", NOON)
    assert bare(case) == after


def test_a_merge_taken_back_leaves_what_was_merged_on(case: Case) -> None:
    judge, before = case.judge("Ada"), bare(case)
    first = judge.merge("E1", "E2", "", NOON)
    judge.merge("E3", "E1", "", NOON)
    assert [len(t.event.claims) for t in case.timeline()] == [5, 1]
    judge.undo(first, "", NOON)
    assert {t.event.id: len(t.event.claims) for t in case.timeline()} == {"E3": 4, "E2": 1, "E4": 1}
    judge.undo("J2", "", NOON)
    assert bare(case) == before


def test_what_came_after_a_merge_goes_back_with_what_it_was_linked_to(case: Case) -> None:
    guard = next(actor for actor in case.actors() if actor.name == "Kora Guard")
    league = next(actor for actor in case.actors() if actor.name == "Salt League")
    made = case.judge("Ada").merge(guard.id, league.id, "", NOON)
    late = read("The Salt League thanked nobody.", "2026-03-12", "Courier", ("Salt League", "thanked", "", "SUPPORT", "occurred"))
    case.add(loaded(late.report), late, NOON)
    assert len(next(actor for actor in case.actors() if actor.id == guard.id).mentions) == len(guard.mentions) + len(league.mentions) + 1
    case.judge("Ada").undo(made, "", NOON)
    assert {actor.id: len(actor.mentions) for actor in case.actors()}[league.id] == len(league.mentions) + 1


def test_of_two_opposing_decisions_the_later_wins_and_both_are_listed(case: Case) -> None:
    before = bare(case)
    link = next(kept.link for kept in case.store.links(kinds=("same_event",)))
    case.judge("Ada").link(link.id, False, "two raids", NOON)
    assert sorted(len(t.event.claims) for t in case.timeline(Filters(type="ASSAULT"))) == [1, 2]
    case.judge("Ben").link(link.id, True, "one raid", NOON)
    assert [len(t.event.claims) for t in case.timeline(Filters(type="ASSAULT"))] == [3]
    assert states(case) == [("J1", "overruled", "J2"), ("J2", "stands", "")]
    case.judge("Ben").undo("J2", "", NOON)
    assert states(case) == [("J1", "stands", ""), ("J2", "undone", "J3"), ("J3", "stands", "")]
    assert sorted(len(t.event.claims) for t in case.timeline(Filters(type="ASSAULT"))) == [1, 2]
    case.judge("Ada").undo("J1", "", NOON)
    assert bare(case) == before


def test_an_undo_is_taken_back_once(case: Case) -> None:
    judge = case.judge("Ada")
    made = judge.rename("A1", "Somebody", "", NOON)
    undo = judge.undo(made, "", NOON)
    with pytest.raises(QueryError, match="taken back already"):
        judge.undo(made, "", NOON)
    judge.undo(undo, "", NOON)
    assert case.names(["A1"]) == {"A1": "Somebody"}
    judge.undo(made, "", NOON)
    assert case.names(["A1"]) == {"A1": "Kora Guard"}
    with pytest.raises(QueryError, match="does not exist"):
        judge.undo("J99", "", NOON)


def test_a_copy_is_made_independent_and_one_again(case: Case) -> None:
    (link,) = (kept.link for kept in case.store.links(kinds=("same_text",)))
    made = case.judge("Ada").link(link.id, False, "they have their own man there", NOON)
    assert case.timeline()[0].event.independent_sources == 3
    case.judge("Ada").undo(made, "", NOON)
    assert case.timeline()[0].event.independent_sources == 2


# --- edits


def test_every_question_goes_by_an_edited_event(case: Case) -> None:
    before = bare(case)
    league = next(actor.id for actor in case.actors() if actor.name == "Salt League")
    fields = {"type": "coerce", "mode": "none", "status": "threatened", "actor": league, "recipient": "A1", "when": "2026-03-20/2026-04"}
    made = case.judge("Ada").edit("E1", {**fields, "place": "Old  Tarvo"}, "the clerk said so", NOON)
    case.settle()
    (event,) = (t.event for t in case.timeline() if t.event.id == "E1")
    assert (event.type, event.mode, event.status, event.plover) == ("COERCE", None, "threatened", "THREATEN")
    assert (event.initiators, event.recipients, event.place) == ((league,), ("A1",), "Old Tarvo")
    assert event.when is not None and (event.when.start, event.when.end) == ("2026-03-20", "2026-04")
    assert [t.event.id for t in case.timeline(Filters(type="COERCE", status="threatened", actor=league))] == ["E1"]
    assert [t.event.id for t in case.timeline(Filters(since="2026-04-01"))] == ["E1"]
    assert case.timeline(Filters(type="ASSAULT")) == []
    assert "E1" in {commitment.act for commitment in case.commitments()}
    for decision in made[::2] + made[1::2]:
        case.judge("Ada").undo(decision, "", NOON)
    assert bare(case) == before


def test_what_was_read_is_shown_beside_the_edit(case: Case) -> None:
    case.judge("Ada").edit("E1", {"status": "denied", "place": "none"}, "a rumour", NOON)
    shown = case.show("E1")
    assert ("status", "denied; status set by Ada (J1: a rumour), read as occurred") in shown.facts
    assert next((e.field, e.value, e.read, e.by, e.why) for e in shown.edits) == ("status", "denied", "occurred", "Ada", "a rumour")
    assert [kept.decision.id for kept in shown.decisions] == ["J1", "J2"]
    case.judge("Ben").edit("E1", {"status": "ongoing"}, "", NOON)
    assert ("J1", "overruled", "J3") in states(case)
    assert case.timeline(Filters(status="ongoing"))[0].event.id == "E1"


def test_an_edit_of_one_mention_leaves_the_others(case: Case) -> None:
    mention = case.show("E1").passages[1].place
    case.judge("Ada").edit(f"{mention.report[:8]}:{mention.entry}", {"status": "denied"}, "misread", NOON)
    (event,) = (t.event for t in case.timeline() if t.event.id == "E1")
    assert [claim.status for claim in event.claims] == ["occurred", "denied", "occurred"]
    assert event.status == "occurred"
    assert "status set by Ada (J1: misread), read as occurred" in case.show("E1").passages[1].note
    case.judge("Ada").edit("E1", {"status": "denied"}, "", NOON)
    (event,) = (t.event for t in case.timeline() if t.event.id == "E1")
    assert event.status == "denied"
    assert [claim.status for claim in event.claims] == ["occurred", "denied", "occurred"], "claims that differ stay as they are"


def test_an_edited_commitment(case: Case) -> None:
    (commitment,) = case.commitments()
    case.judge("Ada").edit(commitment.id, {"state": "kept", "due": "2026-03-15"}, "seen", NOON)
    case.settle()
    (after,) = case.commitments()
    assert (after.state, after.due, after.decided_by) == ("kept", "2026-03-15", "person")
    shown = case.show(commitment.id)
    assert [(edit.field, edit.value, edit.read) for edit in shown.edits] == [
        ("state", "kept", commitment.state),
        ("due", "2026-03-15", commitment.due or ""),
    ]


def test_an_edit_follows_an_actor_that_is_merged(case: Case) -> None:
    league = next(actor.id for actor in case.actors() if actor.name == "Salt League")
    case.judge("Ada").edit("E1", {"actor": league}, "", NOON)
    case.judge("Ada").merge("A1", league, "", NOON)
    (event,) = (t.event for t in case.timeline() if t.event.id == "E1")
    assert event.initiators == ("A1",)
    assert "E1" in [t.event.id for t in case.timeline(Filters(actor="A1"))]


@pytest.mark.parametrize(
    ("target", "field", "value", "said"),
    [
        ("E1", "status", "perhaps", "choose one of occurred, ongoing"),
        ("E1", "type", "WAR", "choose one of AGREE"),
        ("E1", "mode", "tickle", "choose one of"),
        ("E1", "actor", "A999", "no actor 'A999'"),
        ("E1", "actor", "Kora Guard", "give ids as"),
        ("E1", "when", "2026-13", "give YYYY-MM-DD"),
        ("E1", "when", "2026-04/2026-03", "give YYYY-MM-DD"),
        ("E1", "place", "x" * 201, "give 1 to 200"),
        ("E1", "state", "kept", "give one of type, mode"),
        ("E999", "status", "denied", "no 'E999'"),
        ("A1", "status", "denied", "give the id of an event"),
        ("L1", "status", "denied", "the case has no"),
        ("C1", "due", "tomorrow", "YYYY-MM-DD"),
        ("C1", "state", "done", "choose one of not yet rated"),
        ("zz:e1", "status", "denied", "no mention"),
        ("\x1b[31m", "status", "denied", "the case has no"),
    ],
)
def test_what_cannot_be_set_is_refused(case: Case, target: str, field: str, value: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        case.judge("Ada").edit(target, {"place" if field != "place" and target == "E1" else field: "Tarvo", field: value}, "", NOON)
    assert said in str(caught.value)
    assert case.judge("Ada").log() == [], "all or none"
