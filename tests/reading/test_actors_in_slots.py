"""Actors: people, parts of society and of the world who are somebody because of their place in a clause, and who is taken up again."""

from __future__ import annotations

import pytest

from dragoman.language.annotations import Annotations
from dragoman.reading.actors.builder import read_actors
from tests.reading.test_actors import at, called, parse


def named(annotations: Annotations) -> list[str]:
    return [actor.name for actor in read_actors(annotations).actors]


def test_some_of_a_people_are_nobody_but_themselves() -> None:
    report = parse(
        """
        Peruvian ADJ amod 2
        forces:force NOUN nsubj 3 Number=Plur
        wounded:wound VERB root 0
        another DET det 5
        Chilean ADJ obj 3
        and CCONJ cc 5
        six NUM nummod 8
        Peruvians ADJ amod 3
        +. PUNCT punct 3
        """,
        names={"Peruvian": "NATIONALITY"},
    )
    cast = read_actors(report)
    assert [(a.name, a.kind, a.country) for a in cast.actors] == [
        ("Peruvian forces", "group", "PER"),
        ("another Chilean", "person", "CHL"),
        ("six Peruvians", "group", "PER"),
    ]
    assert cast.of(at(report, "Peruvians")) != cast.of(at(report, "forces"))


@pytest.mark.parametrize("noun", ["concertgoers", "revellers", "motorcyclists"])
def test_who_is_urged_is_somebody(noun: str) -> None:
    report = parse(
        f"""
        Officials:official NOUN nsubj 2 Number=Plur
        urged:urge VERB root 0
        {noun} NOUN obj 2 Number=Plur
        to PART mark 5
        leave VERB xcomp 2
        +. PUNCT punct 2
        """
    )
    assert read_actors(report).of(at(report, noun)) is not None


def test_a_field_of_work_is_somebody_only_where_it_is_called_upon() -> None:
    asked = parse(
        """
        Officials:official NOUN nsubj 2 Number=Plur
        called:call VERB root 0
        on ADP case 6
        the DET det 6
        private ADJ amod 6
        sector NOUN obl 2
        +. PUNCT punct 2
        """
    )
    worked = parse(
        """
        Officials:official NOUN nsubj 2 Number=Plur
        worked:work VERB root 0
        in ADP case 6
        the DET det 6
        private ADJ amod 6
        sector NOUN obl 2
        +. PUNCT punct 2
        """
    )
    assert named(asked) == ["Officials", "private sector"]
    assert named(worked) == ["Officials"]


def test_a_continent_is_a_group_where_it_is_acted_on() -> None:
    helped = parse(
        """
        Peru PROPN nsubj 2
        supported:support VERB root 0
        Africa PROPN obj 2
        +. PUNCT punct 2
        """
    )
    placed = parse(
        """
        Peru PROPN nsubj 2
        trades:trade VERB root 0
        in ADP case 4
        Africa PROPN obl 2
        +. PUNCT punct 2
        """
    )
    assert [(a.name, a.kind, a.country) for a in read_actors(helped).actors] == [("Peru", "country", "PER"), ("Africa", "group", None)]
    assert named(placed) == ["Peru"]


@pytest.mark.parametrize(("next_word", "country"), [("refused", "PRK"), ("Sea", None)])
def test_the_north_is_half_of_a_land_that_the_report_names(next_word: str, country: str | None) -> None:
    report = parse(
        """
        South PROPN compound 2
        Korea PROPN nsubj 3
        waited:wait VERB root 0
        +. PUNCT punct 3
        """,
        f"""
        The DET det 2
        North PROPN nsubj 3
        {next_word} VERB root 0
        it PRON obj 3
        +. PUNCT punct 3
        """,
    )
    cast = read_actors(report)
    actor = cast.of(at(report, "North"))
    assert (cast.get(actor).country if actor is not None else None) == country


def test_this_country_is_the_one_just_named() -> None:
    report = parse(
        """
        Peru PROPN nsubj 2
        won:win VERB root 0
        +. PUNCT punct 2
        """,
        """
        Peru PROPN nsubj 2
        helped:help VERB root 0
        Chile PROPN obj 2
        +. PUNCT punct 2
        """,
        """
        This DET det 3
        southern ADJ amod 3
        country NOUN nsubj 4
        rejoiced:rejoice VERB root 0
        +. PUNCT punct 4
        """,
    )
    cast = read_actors(report)
    assert cast.of(at(report, "country")) == called(cast, "Chile").id


def test_a_firm_is_named_again_without_its_last_word() -> None:
    report = parse(
        """
        Condor PROPN compound 2
        Airlines PROPN nsubj 3
        grew:grow VERB root 0
        +. PUNCT punct 3
        """,
        """
        Condor PROPN nsubj 2
        said:say VERB root 0
        so ADV advmod 2
        +. PUNCT punct 2
        """,
        names={"Condor Airlines": "ORGANIZATION"},
    )
    cast = read_actors(report)
    (firm,) = cast.actors
    assert len(firm.mentions) == 2


def test_the_leader_of_a_state_is_its_president() -> None:
    report = parse(
        """
        President PROPN nmod:desc 2
        Paz PROPN nsubj 3
        left:leave VERB root 0
        Peru PROPN obj 3
        +. PUNCT punct 3
        """,
        """
        The DET det 3
        Peruvian ADJ amod 3
        leader NOUN nsubj 4
        waved:wave VERB root 0
        +. PUNCT punct 4
        """,
        names={"Paz": "PERSON", "Peruvian": "NATIONALITY"},
    )
    cast = read_actors(report)
    assert cast.of(at(report, "leader")) == called(cast, "Paz").id


def test_a_paragraph_that_goes_on_quoting_does_not_mean_its_speaker_with_he() -> None:
    report = parse(
        """
        Paz PROPN nsubj 2
        accused:accuse VERB root 0
        Ruiz PROPN obj 2
        +. PUNCT punct 2
        """,
        """
        " PUNCT punct 3
        +We PRON nsubj 3
        know VERB ccomp 6
        +, PUNCT punct 3
        +" PUNCT punct 3
        said:say VERB root 0
        Paz PROPN nsubj 6
        +. PUNCT punct 6
        """,
        """
        " PUNCT punct 3
        +He PRON nsubj 3
        lied:lie VERB root 0
        +. PUNCT punct 3
        +" PUNCT punct 3
        """,
        names={"Paz": "PERSON", "Ruiz": "PERSON"},
    )
    cast = read_actors(report)
    assert cast.of(at(report, "He")) == called(cast, "Ruiz").id


def test_according_to_somebody_is_not_who_the_clause_is_about() -> None:
    report = parse(
        """
        Spokesman NOUN nmod:desc 2
        Ruiz PROPN nsubj 3
        announced:announce VERB root 0
        it PRON obj 3
        +. PUNCT punct 3
        """,
        """
        According:accord VERB case 4
        to ADP fixed 1
        the DET det 4
        spokesman NOUN obl 7
        +, PUNCT punct 4
        Paz PROPN nsubj 7
        left:leave VERB root 0
        +. PUNCT punct 7
        """,
        names={"Ruiz": "PERSON", "Paz": "PERSON"},
    )
    cast = read_actors(report)
    assert cast.of(at(report, "spokesman")) == called(cast, "Ruiz").id


def test_agreements_illnesses_and_pronouns_are_no_bodies() -> None:
    report = parse(
        """
        FTA PROPN nsubj 5
        and CCONJ cc 4
        Lima PROPN compound 4
        Protocol PROPN conj 1
        matter VERB root 0
        +. PUNCT punct 5
        """,
        names={"FTA": "ORGANIZATION", "Lima Protocol": "ORGANIZATION"},
    )
    assert named(report) == []


def test_two_people_taken_for_one_name_are_two() -> None:
    report = parse(
        """
        Paz PROPN nsubj 4
        and CCONJ cc 3
        Ruiz PROPN conj 1
        left:leave VERB root 0
        +. PUNCT punct 4
        """,
        names={"Paz and Ruiz": "PERSON"},
    )
    assert named(report) == ["Paz", "Ruiz"]


def test_the_twelve_who_are_convicted_are_people() -> None:
    report = parse(
        """
        The DET det 2
        twelve NUM nsubj:pass 4
        were AUX aux:pass 4
        convicted:convict VERB root 0
        +. PUNCT punct 4
        """
    )
    assert [(a.name, a.kind) for a in read_actors(report).actors] == [("twelve", "group")]


def test_it_added_is_who_spoke_last() -> None:
    report = parse(
        """
        Condor PROPN compound 2
        Bank PROPN nsubj 3
        said:say VERB root 0
        so ADV advmod 3
        +. PUNCT punct 3
        """,
        """
        The DET det 2
        delegation NOUN nsubj 3
        left:leave VERB root 0
        +, PUNCT punct 3
        it PRON nsubj 6
        added:add VERB parataxis 3
        +. PUNCT punct 3
        """,
        names={"Condor Bank": "ORGANIZATION"},
    )
    cast = read_actors(report)
    assert cast.of(at(report, "it")) == called(cast, "Condor Bank").id
