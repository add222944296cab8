"""Threads that new reports leave as they are: what is kept is the same as if all was worked out again."""

from dataclasses import replace

import pytest

from dragoman.case.following import thread_row
from dragoman.case.threads import threads
from dragoman.case.untouched import codes, is_same, untouched
from tests.case.made_case import Teller, record


def siege(day, who="Northern Front", publisher="Post"):
    return Teller(f"2001-03-0{day}", publisher).event(
        "Rebels began a blockade of the port of Kell.", "blockade", "COERCE", by=who, to="Norland", place="Kell", item=f"E{day}"
    )


def trial(day, who="General Oro"):
    return Teller(f"2001-03-0{day}", f"Herald {day}").event(
        f"A court in Tarm put {who} on trial for theft.", "trial", "ACCUSE", "ongoing", by="High Court", to=who, place="Tarm"
    )


@pytest.fixture(scope="module")
def before():
    case = record(siege(1), siege(2, publisher="Echo"), trial(1), trial(2))
    found = threads(case)
    return case, found, {t.id: thread_row(case, t, None) for t in found}


def with_new(before, *more, decisions=()):
    case, found, rows = before
    told = record(siege(1), siege(2, publisher="Echo"), trial(1), trial(2), *more, decisions=decisions)
    told = replace(told, ids={f"T:{event}": t.id for t in found for event in t.events})
    return told, untouched(told, codes(case), codes(told), rows), rows


def test_a_thread_of_which_nothing_is_told_is_not_worked_out_again(before):
    told, same, rows = with_new(before, siege(2, publisher="Gazette"))
    assert {name: t.title for name, t in same.items()} == {t.id: t.title for t in before[1] if "Oro" in t.title}
    anew = threads(told)
    assert threads(told, same=same) == anew
    assert [thread_row(told, t, rows.get(t.id)) for t in anew if is_same(t, same, rows)] == [
        rows[t.id] for t in anew if is_same(t, same, rows)
    ]
    assert sum(is_same(t, same, rows) for t in anew) == 1


def test_of_whom_more_is_known_moves_what_they_take_part_in(before):
    more = [Teller(f"2001-03-0{day}", "Gazette").event("General Oro spoke.", "spoke", "CONSULT", by="General Oro") for day in (4, 5, 6)]
    for told in more:
        told.actors["General Oro"] = replace(told.actors["General Oro"], country="KEN")
    _, same, _ = with_new(before, *more)
    assert [t.title for t in same.values()] == [t.title for t in before[1] if "Kell" in t.title]


def test_nothing_is_taken_over_where_a_state_is_new_or_a_report_tells_otherwise(before):
    new_state = Teller("2001-03-04", "Gazette").event("Osten sent a ship.", "sent", "AID", by="Osten")
    assert with_new(before, new_state)[1] == {}
    case, _, rows = before
    other = codes(case) | {siege(1).id: "0"}
    assert untouched(case, other, codes(case), rows) == {}
    assert untouched(case, {}, codes(case), rows) == {}
