"""Lists of actors: what they hold, what is refused, who holds which office when."""

from __future__ import annotations

from datetime import date
from importlib import resources

import pytest

from dragoman.reading.actors.codes import SECTORS, ActorCode, countries
from dragoman.reading.actors.lists import ActorListError, read_actor_list, shipped, with_own
from dragoman.reading.actors.roster import Directory, Entry, roster_of


def refused(text: str, name: str = "mine.toml") -> tuple[str, ...]:
    with pytest.raises(ActorListError) as problem:
        read_actor_list(text.encode(), name)
    return problem.value.problems


@pytest.mark.parametrize("name", ["organizations", "offices"])
def test_our_own_lists_pass_the_checks_of_users_lists(name: str) -> None:
    data = resources.files("dragoman.lexicons").joinpath(f"{name}.csv").read_bytes()
    entries = read_actor_list(data, f"{name}.csv")
    assert len({entry.name for entry in entries}) > {"organizations": 700, "offices": 500}[name]
    assert all(entry.kind == "person" for entry in entries) == (name == "offices")


def test_toml_and_csv_say_the_same() -> None:
    toml = (
        '[[actors]]\nname = "Ana Prado"\naliases = ["La Jefa"]\nkind = "person"\n'
        'country = "CHL"\nsectors = ["GOV", "PTY"]\nfrom = "2022-03"\n'
    )
    csv = "name,aliases,kind,country,sectors,from\nAna Prado,La Jefa,person,CHL,GOV;PTY,2022-03\n"
    entry = Entry("Ana Prado", ("La Jefa",), "CHL", ("GOV", "PTY"), "person", date(2022, 3, 1), None)
    assert read_actor_list(toml.encode(), "a.toml") == read_actor_list(csv.encode(), "a.csv") == [entry]


def test_every_fault_is_told_with_its_line_and_what_is_valid() -> None:
    text = (
        "name,country,sectors,kind,from,to\n"
        "Harbour Union,Chile,LAB,,,\n"
        "Ana Prado,CHL,GOVT,person,2023-02-30,\n"
        "Port Guild,CHL,LAB,firm,2024,2023\n"
        ",CHL,LAB,,,\n"
    )
    problems = refused(text, "mine.csv")
    assert [problem.split(": ")[0] for problem in problems] == [f"mine.csv:{n}" for n in (2, 3, 3, 4, 4, 5)]
    assert "CHL?" in problems[0] and "UNO, EUR" in problems[0]
    assert all(sector in problems[1] for sector in SECTORS)
    assert "2023-02-30" in problems[2] and "2026-01-10" in problems[2]
    assert "person, group, organization" in problems[3]
    assert "later" in problems[4] and "no name" in problems[5]


def test_faults_of_toml_have_their_line() -> None:
    text = '[[actors]]\nname = "One"\n\n[[actors]]\nname = "Two"\ncolour = "red"\n\n[[actors]]\nname = "One"\n'
    problems = refused(text)
    assert problems[0].startswith("mine.toml:5: 'colour' is no column") and "aliases, country" in problems[0]
    assert problems[1].startswith("mine.toml:9: 'One' stands already in line 2")
    assert refused('[[actors]\nname = "One"')[0].startswith("mine.toml:1: is no TOML")
    assert "[[actors]]" in refused('actors = "One"')[0]
    assert "UTF-8" in (lambda: _of_bytes(b"name\nJos\xe9"))()


def test_a_column_that_is_named_twice_is_refused() -> None:
    assert refused("name,country,name,country\nOne,CHL,Two,PER\n", "mine.csv") == (
        "mine.csv:1: names the column 'country' more than once; keep one of them",
        "mine.csv:1: names the column 'name' more than once; keep one of them",
    )
    assert read_actor_list(b"name,,\nHarbour Union,,\n", "mine.csv"), "empty columns, as spreadsheets write them"


def _of_bytes(data: bytes) -> str:
    with pytest.raises(ActorListError) as problem:
        read_actor_list(data, "mine.csv")
    return problem.value.problems[0]


def test_one_name_at_different_times_is_no_duplicate() -> None:
    csv = "name,kind,sectors,from,to\nAna Prado,person,REB,2001,2009\nAna Prado,person,GOV,2010,2015\n"
    roster = roster_of(read_actor_list(csv.encode(), "a.csv"))

    def sectors(day: date | None) -> tuple[str, ...]:
        found = Directory(roster, day).person(("Prado",), None, ())
        assert found is not None
        return found.sectors

    assert sectors(date(2005, 1, 1)) == ("REB",)
    assert sectors(date(2010, 1, 1)) == ("GOV",) == sectors(None)
    assert sectors(date(2020, 1, 1)) == ("ELI",)
    assert sectors(date(1999, 1, 1)) == ()


def test_a_last_name_is_believed_only_where_it_tells_one_person() -> None:
    rows = [Entry("Ana Prado", (), "CHL", ("GOV",), "person"), Entry("Luis Prado", (), "PER", ("OPP",), "person")]
    directory = Directory(roster_of(rows))
    assert directory.person(("Prado",), None, ()) is None
    assert directory.person(("Prado",), None, ("PER",)) == rows[1]
    assert directory.person(("Prado",), "CHL", ()) == rows[0]
    assert directory.person(("Eva Prado",), None, ("PER",)) is None, "another person of that last name"


def test_own_names_go_before_ours() -> None:
    roster = with_own([Entry("NATO", (), "CHL", ("LAB",)), Entry("Kofi Annan", (), "CHL", ("LAB",), "person")])
    found = Directory(roster).body("NATO")
    assert found is not None and (found.country, found.own) == ("CHL", True)
    person = Directory(roster).person(("Kofi Annan",), None, ())
    assert person is not None and person.country == "CHL"
    ours = Directory(shipped()).body("NATO")
    assert ours is not None and (ours.country, ours.sector) == ("IGO", "MIL")


def test_the_day_picks_the_row_of_an_own_name() -> None:
    rows = [
        Entry("Tarvo Circle", (), "CHL", (), "organization", None, date(2009, 12, 31)),
        Entry("Tarvo Circle", (), "CHL", (), "group", date(2010, 1, 1), None),
    ]
    days = (date(2005, 1, 1), date(2012, 1, 1), None)
    found = [Directory(with_own(rows), day).roster.own_names["Tarvo Circle"] for day in days]
    assert [entry.kind for entry in found] == ["organization", "group", "group"]
    assert all(entry.own for entry in found)


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Chirac", date(2003, 1, 1), ("FRA", ("GOV",))),
        ("Chirac", date(2010, 1, 1), ("FRA", ("ELI",))),
        ("Laurent Kabila", date(1997, 4, 1), ("COD", ("REB",))),
        ("Laurent Kabila", date(1998, 4, 1), ("COD", ("GOV",))),
        ("Musharraf", date(2006, 12, 1), ("PAK", ("GOV",))),
        ("Mobutu", None, ("COD", ("GOV",))),
        ("Nouri al-Maliki", date(2006, 12, 1), ("IRQ", ("GOV",))),
        ("Hugo Chávez", date(2006, 12, 1), ("VEN", ("GOV",))),
    ],
)  # fmt: skip
def test_offices_of_our_list(name: str, day: date | None, code: tuple[str, tuple[str, ...]]) -> None:
    found = Directory(shipped(), day).person((name,), None, ())
    assert found is not None and (found.country, found.sectors) == code


def test_the_taliban_are_rebels_or_the_government_by_the_day() -> None:
    days = {date(2000, 1, 1): "GOV", date(2010, 1, 1): "REB", date(2023, 1, 1): "GOV", None: "REB"}
    found = {day: Directory(shipped(), day).body("the Taliban") for day in days}
    assert {day: entry.sector if entry else None for day, entry in found.items()} == days


def test_codes() -> None:
    assert {"VEN", "KOS", "PSE", "VAT", "ATA", "UNO", "MNC"} <= countries() and "UK" not in countries()
    assert not ActorCode() and ActorCode(None, ("REB",)) and ActorCode("PER")
