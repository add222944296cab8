"""Rows of GDELT 2.0, POLECAT and ACLED become claims of these data sets."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.case.adding import OF_ROWS
from dragoman.case.case import Case
from dragoman.case.exports.forms import COLUMNED
from dragoman.case.exports.gdelt import COLUMNS
from dragoman.case.foreign.bringing import Brought, bring
from dragoman.case.foreign.comparing import compare
from dragoman.case.foreign.gdelt import plover_of
from dragoman.case.foreign.rows import BadRow, NoEvent
from dragoman.case.foreign.sets import DataSet
from dragoman.case.foreign.sheets import opened
from dragoman.errors import InputError
from dragoman.faces.cli.export_command import cell
from dragoman.faces.cli.import_command import run, run_compare
from tests.case.following import NOON, crisis, loaded, read

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
    assert (outcome.added, outcome.bad.total(), told) == (len(expected), 0, [])
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
        gdelt_line(Actor1Name="M\udcfcller"), gdelt_line(EventCode="010"), b"x" * (2**20 + 5) + b"\n", gdelt_line(GlobalEventID="7009"),
    )  # fmt: skip
    outcome, told = brought(case, "gdelt", b"".join(lines))
    assert (outcome.added, outcome.recoded, outcome.without.total()) == (3, 1, 1)
    kinds = ("another number of columns", "no day as Day", "no CAMEO code", "no id", "lines that cannot be read")
    assert outcome.bad == dict.fromkeys(kinds, 1)
    assert [line.split(":")[1] for line in told] == ["2", "3", "4", "5", "8"]
    assert "found 2 columns; expected 61" in told[0] and "calendar" in told[1]


def test_a_file_of_something_else_is_refused(case: Case) -> None:
    with pytest.raises(InputError, match="lacks the columns"):
        brought(case, "acled", b"id,day\n1,2\n")
    with pytest.raises(InputError, match="not UTF-8"):
        brought(case, "polecat", b"\xff\xfe\n")
    with pytest.raises(InputError, match="57"):
        brought(case, "gdelt", b"a\tb\n" * 30)
    with pytest.raises(InputError, match="lacks the columns"):
        brought(case, "gdelt", b"This is a letter, and no table.\n")
    with pytest.raises(InputError, match="empty"):
        brought(case, "acled", b"")
    assert case.reports() == []


def told(case: Case) -> list[tuple[str, str, str, str, str, str]]:
    """Day, type, who, whom, place and country of who, of every event."""
    lands, found = {actor.id: actor.country or "" for actor in case.actors()}, []
    for t in case.timeline():
        day, land = t.event.when.start if t.event.when else "", lands[t.event.initiators[0]] if t.event.initiators else ""
        found.append((day, t.event.type, "; ".join(t.who), "; ".join(t.whom), t.event.place or "", land))
    return found


GDELT_1 = [name for name in COLUMNS if not name.endswith("ADM2Code")]
NAMED = {"GLOBALEVENTID": "7001", "SQLDATE": "20310412.0", "EventCode": "190", "ActionGeo_FullName": "Baghdad, Iraq", "Actor1Name": "IRAQ"}
SAME = ("2031-04-12", "ASSAULT", "Iraq", "Iran", "Baghdad, Iraq", "IRQ")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbf" + gdelt_line().replace(b"\n", b"\r\n") + b"\r\n", SAME),
        (gdelt_line(Actor1Code="NULL", Actor1KnownGroupCode="nan", AvgTone="-3.1746031746031744", GoldsteinScale="-10.0"), SAME),
        (("\t".join({**ROW, "DATEADDED": "20310413"}.get(name, "") for name in GDELT_1) + "\n").encode(), SAME),
        (("\t".join({**ROW, "DATEADDED": "20310413"}.get(name, "") for name in GDELT_1[:-1])).encode(), SAME),
        (("\t".join(name.upper() for name in COLUMNS) + "\n").encode() + gdelt_line(), SAME),
        ((",".join(NAMED) + "\n" + ",".join(f'"{cell}"' for cell in NAMED.values())).encode(), (*SAME[:2], "IRAQ", "", SAME[4], "")),
        (gdelt_line(Actor1CountryCode="ROM", Actor1Name="", Actor1Type1Code="INS"), (*SAME[:2], "Romania", *SAME[3:5], "ROU")),
        (gdelt_line(Actor1Name='"SOUTHERN" IRAQ', Actor1CountryCode=""), (*SAME[:2], '"SOUTHERN" IRAQ', *SAME[3:5], "")),
    ],
    ids=["bom and crlf", "null cells", "version 1", "version 1 before 2013", "with names", "names and commas", "cameo codes", "quotes"],
)  # fmt: skip
def test_gdelt_files_as_they_are_found(case: Case, content: bytes, expected: tuple[str, ...]) -> None:
    outcome, said = brought(case, "gdelt", content)
    assert (outcome.added, said) == (1, [])
    assert told(case) == [expected]
    (report,) = case.reports()
    assert report.publisher == ("GDELT 1.0" if content.count(b"\t") in (56, 57) else "GDELT 2.0")


ACLED_OF_TODAY = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,"
    "inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,"
    "source_scale,notes,fatalities,tags,timestamp\n"
)
FORCES = "Military Forces of Iran (1989-)"


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            ACLED_OF_TODAY,
            f'IRQ1,01 January 2031,2031,1,Political violence,Explosions/Remote violence,Air/drone strike,{FORCES},,External/Other forces,'
            'Civilians (Iraq),"Farmers (Iraq); Women (Iraq)",Civilians,State forces-Civilians,Civilian targeting,368,Asia,Iraq,Basrah,'
            'Al-Zubair,,Basra,30.5,47.8,1,Paper; Radio,National-Regional,"On 1 January, ""jets""\r\nstruck.",3,,1925000000\n',
            ("2031-01-01", "ASSAULT", FORCES, "Civilians (Iraq); Farmers (Iraq); Women (Iraq)", "Basra, Iraq", "IRN"),
        ),
        (
            "data_id;iso;event_id_cnty;event_date;year;time_precision;event_type;sub_event_type;actor1;inter1;actor2;inter2;country;location;"
            "fatalities\n",
            "9;368;IRQ2;2031-02-03;2031;2;Battles;Armed clash;Police Forces of Iraq (2003-);1;Kora Guard;2;Iraq;Basra;14.0\n",
            ("2031-02-03", "ASSAULT", "Police Forces of Iraq (2003-)", "Kora Guard", "Basra, Iraq", "IRQ"),
        ),
        (
            "EVENT_ID_CNTY\tEVENT_DATE\tEVENT_TYPE\tACTOR1\tCOUNTRY\tLOCATION\tFATALITIES\n",
            "IRQ3\t03 Feb 2031\tRiots\tRioters (Iraq)\tIraq\tBasra\tNA\n",
            ("2031-02-03", "PROTEST", "Rioters (Iraq)", "", "Basra, Iraq", "IRQ"),
        ),
    ],
    ids=["today", "semicolons and numbers", "tabs and capitals"],
)  # fmt: skip
def test_acled_files_as_they_are_found(case: Case, header: str, row: str, expected: tuple[str, ...]) -> None:
    outcome, said = brought(case, "acled", (header + row).encode("utf-8-sig"))
    assert (outcome.added, said) == (1, [])
    assert told(case) == [expected]


def test_polecat_files_as_they_are_found(case: Case) -> None:
    header = ("Event ID\tEvent Date\tEvent Type\tEvent Mode\tContexts\tActor Name\tActor Country\tActor Sectors\tRecipient Name\t"
              "Recipient Country\tRecipient Sectors\tRaw Placename\tPublication Date\n")  # fmt: skip
    rows = (
        "P1\t2031-04-12\tCONSULT\tvisit\tMilitary;human rights;unknown thing\tIraq;Kora Guard\tIRQ;IRN\tGOV;MIL\tIran\tIran\t"
        "GOV\tBaghdad\t2031-04-13\n"
        "P2\t2031-04-12\tASSAULT\tNone\tNone\t\tIRQ\t\tNone\tNone\tNone\tNone\t\n"
    )
    outcome, said = brought(case, "polecat", (header + rows).encode())
    assert (outcome.added, said) == (2, [])
    assert told(case) == [
        ("2031-04-12", "CONSULT", "Iraq; Kora Guard", "Iran", "Baghdad", "IRQ"), ("2031-04-12", "ASSAULT", "Iraq", "", "", "IRQ"),
    ]  # fmt: skip
    first, _ = case.timeline()
    assert first.mention.event.contexts == ("military", "human_rights")


@pytest.mark.parametrize("form", ["gdelt", "polecat", "acled"])
def test_what_is_exported_and_imported_tells_the_same(form: DataSet, tmp_path: Path, case: Case) -> None:
    hand_made = {
        "gdelt": b"".join(gdelt_line(GlobalEventID=str(at), **row) for at, row in enumerate((
            {"EventCode": "0841", "Actor1Name": "=SUM"}, {"EventCode": "173", "Day": "20310101"}, {"EventCode": "1411", "Actor2Name": ""},
            {"EventCode": "057", "ActionGeo_Fullname": ""}, {"EventCode": "138"}, {"EventCode": "020", "Actor1Name": 'A "B" C'},
        ), 1)),
        "polecat": (b"Event ID\tEvent Date\tEvent Type\tEvent Mode\tContexts\tActor Name\tActor COUNTRY\tRecipient Name\tRaw Placename\n"
                    b"1\t2031-04-12\tRETREAT\trelease\tmilitary\tIraq;Iran\tIRQ;IRN\t-Guard\tBasra\n"
                    b"2\t2031-04-13\tTHREATEN\t\t\tIran\tIRN\t\t\n3\t\tAID\t\t\t\t\tIraq\tBasra\n"),
        "acled": (ACLED + "1,2031-04-12,1,Explosions/Remote violence,Suicide bomb,Kora Guard,Rebel group,Men (Iraq),Civilians,Iraq,Basra"
                  ',,4\n2,2031-04-13,1,Protests,,"Guild, The",Protesters,,,Iraq,Basra,,0\n3,2031-04-14,1,Strategic developments,Arrests,'
                  "Police Forces of Iraq (2003-),State forces,@Man,,Iraq,Basra,,\n").encode(),
    }  # fmt: skip
    with Case.open(tmp_path / "first.case", create=True) as first:
        outcome, said = brought(first, form, hand_made[form])
        assert (outcome.bad, said) == ({}, []) and outcome.added == hand_made[form].count(b"\n") - (form != "gdelt")
        rows, expected = exported(first, form), (told(first), sorted((f.claims[0].low, f.of) for f in first.figures()))
    outcome, said = brought(case, form, rows)
    assert (outcome.bad, said) == ({}, [])
    assert (told(case), sorted((f.claims[0].low, f.of) for f in case.figures())) == expected


def test_two_rows_are_two_events_however_like(case: Case) -> None:
    brought(case, "gdelt", b"".join(gdelt_line(GlobalEventID=str(at)) for at in range(3)))
    assert len(case.timeline()) == 3


def test_a_data_set_is_no_further_source_and_outvotes_no_report(case: Case) -> None:
    text = "Iraq shelled the border post of Iran on Saturday, the Courier writes."
    reading = read(text, "2031-04-12", "Courier", ("Iraq", "shelled", "Iran", "ASSAULT", "denied"))
    case.add(loaded(reading.report), reading)
    brought(case, "gdelt", gdelt_line(EventCode="194"))
    brought(case, "acled", (ACLED + "IRQ1,2031-04-12,1,Battles,Armed clash,Iraq,,Iran,,Iraq,Basra,,\n").encode())
    judge, ids = case.judge("Ada"), [telling.event.id for telling in case.timeline()]
    assert [telling.event.independent_sources for telling in case.timeline()] == [1] * len(ids)
    for other in ids[1:]:
        judge.merge(ids[0], other, "the same", NOON)
    case.settle()
    (one,) = case.timeline()
    assert (len(one.event.claims), one.event.independent_sources, one.event.status) == (3, 1, "denied")


def test_persons_and_states_are_found_again_under_names_in_capitals(case: Case) -> None:
    reading = read("Ann Marlow met Iraq's envoy.", "2031-04-10", "Courier", ("Ann Marlow", "met", "Iraq", "CONSULT", "occurred"))
    person, land = (replace(one, country="IRQ", kind=kind) for one, kind in zip(reading.actors, ("person", "country"), strict=True))
    reading = replace(reading, actors=(person, land))
    case.add(loaded(reading.report), reading)
    brought(case, "gdelt", gdelt_line(Actor1Name="ANN MARLOW") + gdelt_line(GlobalEventID="7002", Actor1Name="IRAQI", EventCode="030"))
    assert {name for _, _, name, *_ in told(case)} == {"Ann Marlow", "Iraq"}


def test_compare_tells_what_each_has_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "both.case")
    with Case.open(place, create=True) as case:
        for day, kind in (("2031-04-12", "THREATEN"), ("2031-05-30", "AID")):
            reading = read(f"On {day} Iraq told Iran off.", day, "Courier", ("Iraq", "told", "Iran", kind, "occurred"))
            lands = {"Iraq": "IRQ", "Iran": "IRN"}
            actors = tuple(replace(one, kind="country", country=lands[one.name], sectors=()) for one in reading.actors)
            case.add(loaded(reading.report), replace(reading, actors=actors))
        case.settle()
    assert run_compare(place, "gdelt", False) == 0
    assert "the case holds no rows of GDELT" in capsys.readouterr().out
    (tmp_path / "rows").write_bytes(gdelt_line())
    run(place, str(tmp_path / "rows"), "gdelt")
    capsys.readouterr()
    run_compare(place, "gdelt", False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("GDELT has rows from 2031-04-12 to 2031-04-12")
    assert lines[2] == "1 events only in GDELT, 1 of them like one of ours but for the type"
    assert lines[3] == "  2031-04-12 ASSAULT Iraq → Iran (E3); ours E1: 2031-04-12 THREATEN Iraq → Iran"
    assert lines[-1] == "Not compared: 0 of GDELT and 0 of our reports without a day, 1 of ours on other days."
    run_compare(place, "gdelt", True)
    found = json.loads(capsys.readouterr().out)
    assert (found["with"], found["near"], found["days"]) == ("gdelt", [["E3", "E1"]], ["2031-04-12", "2031-04-12"])


def test_an_archive_of_one_file_is_unpacked(tmp_path: Path) -> None:
    for name, files in (("one.zip", ["a.export.CSV"]), ("two.zip", ["a", "b"])):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for file in files:
                archive.writestr(file, gdelt_line())
    (tmp_path / "cut.zip").write_bytes((tmp_path / "one.zip").read_bytes()[:80])
    assert run(str(tmp_path / "z.case"), str(tmp_path / "one.zip"), "gdelt") == 0
    with pytest.raises(InputError, match="holds 2 files"):
        run(str(tmp_path / "y.case"), str(tmp_path / "two.zip"), "gdelt")
    with pytest.raises(InputError, match="cannot be read"):
        run(str(tmp_path / "y.case"), str(tmp_path / "cut.zip"), "gdelt")
    assert not (tmp_path / "y.case").exists()


def test_an_open_quote_does_not_take_what_stands_before_it(case: Case) -> None:
    good = "X1,2031-04-12,1,Riots,,Kora Guard,,,,Iraq,Basra,,0\n"
    outcome, told = brought(case, "acled", (ACLED + good + 'X2,2031-04-12,1,"' + "a," * 100_000 + "\n").encode())
    assert (outcome.added, outcome.bad.total()) == (1, 1) and "no CSV" in told[0]
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
    assert (found.undated, found.outside, found.days) == ((0, 0), 0, ("2031-04-12", "2031-04-25"))
