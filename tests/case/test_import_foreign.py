"""Rows of GDELT 2.0, POLECAT and ACLED become claims of these data sets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case.adding import OF_ROWS
from dragoman.case.case import Case
from dragoman.case.exports.forms import COLUMNED
from dragoman.case.exports.gdelt import COLUMNS
from dragoman.case.foreign.bringing import Brought, DataSet, bring, opened
from dragoman.case.foreign.comparing import compare
from dragoman.case.foreign.gdelt import plover_of
from dragoman.case.foreign.rows import BadRow, NoEvent
from dragoman.errors import InputError
from dragoman.faces.cli.export_command import cell
from dragoman.faces.cli.import_command import run
from tests.case.following import crisis, loaded, read

ROW = {
    "GlobalEventID": "7001", "Day": "20310412", "EventCode": "190", "DATEADDED": "20310413091500", "Actor1Name": "IRAQ",
    "Actor1CountryCode": "IRQ", "Actor2Name": "IRAN", "Actor2CountryCode": "IRN", "Actor2Type1Code": "MIL",
    "ActionGeo_Fullname": "Baghdad, Iraq", "SOURCEURL": "https://paper.example/1",
}  # fmt: skip
ACLED = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,country,location,notes,fatalities\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.open(tmp_path / "others.case", create=True)


def gdelt_line(**changed: str) -> bytes:
    row = ROW | changed
    return ("\t".join(row.get(column, "") for column in COLUMNS) + "\n").encode("utf-8", "surrogateescape")


def brought(case: Case, form: DataSet, content: bytes) -> tuple[Brought, list[str]]:
    told: list[str] = []
    return bring(case, opened(form, io.BytesIO(content), "rows"), told.append), told


def exported(case: Case, form: DataSet) -> bytes:
    """As `dragoman export` writes it."""
    table, stream = COLUMNED[form](case.selected()), io.StringIO()
    writer = csv.writer(stream, delimiter="," if form == "acled" else "\t", lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(map(cell, row) for row in table.rows)
    return stream.getvalue().encode()


@pytest.mark.parametrize("form", ["gdelt", "polecat", "acled"])
def test_our_own_export_comes_back_with_types_days_and_sides(form: DataSet, tmp_path: Path, case: Case) -> None:
    with Case.open(tmp_path / "ours.case", create=True) as ours:
        for reading in crisis():
            ours.add(loaded(reading.report), reading)
        ours.settle()
        rows = exported(ours, form)
        expected = facts(ours, lambda kind: form != "acled" or kind == "ASSAULT")
    outcome, told = brought(case, form, rows)
    assert (outcome.added, outcome.bad, told) == (len(expected), 0, [])
    assert {(kind, day, who) for kind, day, who in facts(case, lambda _: True)} == {
        # CAMEO's 08 does not tell RETREAT from CONCEDE
        ("CONCEDE" if form == "gdelt" and kind == "RETREAT" else kind, day, who)
        for kind, day, who in expected
    }


def facts(case: Case, wanted: Callable[[str], bool]) -> set[tuple[str, str, tuple[str, ...]]]:
    names = {actor.id: actor.name for actor in case.actors()}
    events = [telling.event for telling in case.timeline() if wanted(telling.event.type)]
    return {(event.type, event.when.start if event.when else "", tuple(names[a] for a in event.initiators)) for event in events}


def test_a_row_is_a_claim_of_its_data_set(case: Case) -> None:
    brought(case, "gdelt", gdelt_line())
    (telling,) = case.timeline()
    (report,) = case.reports()
    event, mention = telling.event, telling.mention
    assert mention.sentence == "GDELT 2.0, event 7001: IRAQ → IRAN, CAMEO 190, ASSAULT, 2031-04-12, Baghdad, Iraq."
    assert (event.type, event.status, event.when.start if event.when else "") == ("ASSAULT", "occurred", "2031-04-12")
    assert (report.publisher, report.published, report.url) == ("GDELT 2.0", "2031-04-13", "https://paper.example/1")
    (voice,) = mention.voices
    (reading,) = case.selected().store.reading_jsons([report.id])
    assert voice.speaker == "a1" and '"name":"GDELT 2.0"' in reading[1].replace('": "', '":"')
    countries = {actor.id: actor.country for actor in case.actors()}
    assert [countries[a] for a in (*event.initiators, *event.recipients)] == ["IRQ", "IRN"]


def test_all_spans_lie_on_their_words(case: Case) -> None:
    brought(
        case, "acled", (ACLED + 'X1,12 April 2031,1,Battles,Armed clash,Kora Guard,2,Tarvo Militia,3,Iraq,Basra,"two\nlines",14\n').encode()
    )
    (telling,) = case.timeline()
    text = case.store.text(telling.mention.place.report) or ""
    event = telling.mention.event
    assert text[event.trigger.start : event.trigger.end] == "Armed clash"
    (series,) = case.figures()
    (claim,) = series.claims
    assert (series.about, claim.low, claim.high) == (telling.event.id, 14, 14)
    assert [row[-3] for row in csv.reader(io.StringIO(exported(case, "acled").decode()))][1:] == ["14"]


def test_alike_rows_are_no_copies_of_each_other(case: Case) -> None:
    outcome, _ = brought(case, "gdelt", b"".join(gdelt_line(GlobalEventID=str(n), Day=f"203104{n}") for n in range(10, 20)))
    assert outcome.added == 10
    assert [row.same_text_as for row in case.reports()] == [None] * 10


def test_twice_changes_nothing(case: Case) -> None:
    lines = gdelt_line() + gdelt_line(GlobalEventID="7002", EventCode="042")
    brought(case, "gdelt", lines)
    before = list(case.lines())
    outcome, _ = brought(case, "gdelt", lines)
    assert (outcome.added, outcome.known) == (0, 2)
    assert list(case.lines()) == before


def test_bad_rows_are_named_and_good_ones_kept(case: Case) -> None:
    lines = (
        gdelt_line(), b"a\tb\n", gdelt_line(Day="20310231"), gdelt_line(EventCode="99"), gdelt_line(GlobalEventID=""),
        gdelt_line(Actor1Name="\udcff"), gdelt_line(EventCode="010"), b"x" * (2**20 + 5) + b"\n", gdelt_line(GlobalEventID="7009"),
    )  # fmt: skip
    outcome, told = brought(case, "gdelt", b"".join(lines))
    assert (outcome.added, outcome.bad, outcome.without.total()) == (2, 6, 1)
    assert [line.split(":")[1] for line in told] == ["2", "3", "4", "5", "6", "8"]
    assert "found 2 columns; expected 61" in told[0] and "calendar" in told[1] and "UTF-8" in told[4]


def test_a_file_of_something_else_is_refused(case: Case) -> None:
    with pytest.raises(InputError, match="lacks the columns"):
        brought(case, "acled", b"id,day\n1,2\n")
    with pytest.raises(InputError, match="not UTF-8"):
        brought(case, "polecat", b"\xff\xfe\n")
    with pytest.raises(InputError, match="empty"):
        brought(case, "acled", b"")
    assert case.reports() == []


def test_an_open_quote_does_not_take_what_stands_before_it(case: Case) -> None:
    good = "X1,2031-04-12,1,Riots,,Kora Guard,,,,Iraq,Basra,,0\n"
    outcome, told = brought(case, "acled", (ACLED + good + 'X2,2031-04-12,1,"' + "a," * 100_000 + "\n").encode())
    assert (outcome.added, outcome.bad) == (1, 1) and "no CSV" in told[0]
    assert case.figures() == []


def test_hostile_cells_stay_on_one_printable_line(case: Case) -> None:
    name = "Evil\x1b[2J\u202e; if. unless " + "x" * 5000
    brought(case, "gdelt", gdelt_line(Actor1Name=name, GlobalEventID="\x009", SOURCEURL="javascript:alert(1)", EventCode="030"))
    (report,) = case.reports()
    text = case.store.text(report.id) or ""
    assert text.isprintable() and len(text) < 500 and report.url is None


def test_rows_are_not_read_again(case: Case) -> None:
    brought(case, "gdelt", gdelt_line())
    assert case.rereader("a newer reader").to_read(everything=False) == []
    assert case.rereader("a newer reader").to_read(everything=True) == []
    assert OF_ROWS == "rows of "


def test_cameo_codes_come_back_by_their_longest_beginning() -> None:
    assert plover_of("0841") == ("RETREAT", "release")
    assert plover_of("141") == plover_of("1411") == ("PROTEST", "demo")
    assert plover_of("183") == ("ASSAULT", None)  # suicide attacks and other bombs
    assert plover_of("173") == ("COERCE", "arrest")
    assert plover_of("020") == ("REQUEST", None)
    with pytest.raises(NoEvent):
        plover_of("010")
    with pytest.raises(BadRow):
        plover_of("21")


def test_our_report_and_a_row_stand_side_by_side(case: Case) -> None:
    text = "Iraq shelled the border post on Saturday, and Iran protested."
    reading = read(text, "2031-04-12", "Courier", ("Iraq", "shelled", "Iran", "ASSAULT", "denied"))
    case.add(loaded(reading.report), reading)
    brought(case, "gdelt", gdelt_line())
    statuses = {report.publisher: mention.status for report in case.reports() for t in case.timeline()
                for mention in t.event.claims if mention.report == report.id}  # fmt: skip
    assert statuses == {"Courier": "denied", "GDELT 2.0": "occurred"}


def test_the_command_adds_tells_and_makes_no_case_of_a_wrong_file(tmp_path: Path) -> None:
    rows, wrong, place = tmp_path / "rows.csv", tmp_path / "wrong.csv", tmp_path / "new.case"
    rows.write_bytes(gdelt_line() + b"a\tb\n")
    wrong.write_bytes(b"id\n1\n")
    with pytest.raises(InputError):
        run(str(place), str(wrong), "acled")
    assert not place.exists()
    assert run(str(place), str(rows), "gdelt") == 1
    with Case.open(place) as made:
        assert len(made.reports()) == 1


def test_events_are_compared_by_day_type_and_sides(case: Case) -> None:
    for day, publisher, trigger in (("2031-04-13", "Courier", "shelled"), ("2031-04-20", "Mail", "bombed")):
        text = f"In the week of {day} Iraq {trigger} a border post of Iran, the {publisher} reports from there."
        reading = read(text, day, publisher, ("Iraq", trigger, "Iran", "ASSAULT", "occurred"))
        lands = tuple(
            replace(actor, kind="country", country={"Iraq": "IRQ", "Iran": "IRN"}[actor.name], sectors=()) for actor in reading.actors
        )
        reading = replace(reading, actors=lands)
        case.add(loaded(reading.report), reading)
    lines = (gdelt_line(), gdelt_line(GlobalEventID="8", EventCode="042"), gdelt_line(GlobalEventID="9", Day="20310425", EventCode="173"))
    brought(case, "gdelt", b"".join(lines))
    brought(case, "polecat", b"Event ID\tEvent Date\tEvent Type\nP1\t2031-04-12\tAID\n")
    types = {telling.event.id: telling.event.type for telling in case.timeline()}
    found = compare(case, "gdelt")
    assert [(types[one], types[other]) for one, other in found.matched] == [("ASSAULT", "ASSAULT")]
    assert sorted(types[event] for event in found.theirs) == ["COERCE", "CONSULT"]
    assert [types[event] for event in found.ours] == ["ASSAULT"]
    assert found.undated == 0
