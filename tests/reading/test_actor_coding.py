"""Marked actors get the codes that the cast has for them, and more where a mark tells that there is an actor."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.language.annotations import Annotations
from dragoman.reading.actors.builder import read_actors
from dragoman.reading.actors.coding import ActorCode, code_spans
from dragoman.reading.actors.lists import with_own
from dragoman.reading.actors.roster import Entry
from tests.reading.test_actors import parse


def coded(
    report: Annotations, words: str, published: date | None = None, own: list[Entry] | None = None
) -> tuple[str | None, tuple[str, ...]]:
    start = report.text.index(words)
    (code,) = code_spans(report, [(start, start + len(words))], published, with_own(own) if own else None)
    return code.country, code.sectors


POLICE = parse(
    """
    Peruvian ADJ amod 2
    police NOUN nsubj 3 Number=Plur
    freed:free VERB root 0
    protesters:protester NOUN obj 3 Number=Plur
    in ADP case 6
    Cuzco PROPN nmod 4
    """,
    names={"Cuzco": "PLACE"},
)


def test_bodies_and_crowds_are_of_the_state_that_their_phrase_tells() -> None:
    assert coded(POLICE, "Peruvian police") == ("PER", ("COP",))
    assert coded(POLICE, "protesters in Cuzco") == ("PER", ("CVL",)), "the town lies in Peru"
    assert coded(POLICE, "Cuzco") == ("PER", ()), "a place has no sector"


def test_a_span_has_the_code_of_the_actor_in_the_reading() -> None:
    cast = read_actors(POLICE)
    police = cast.of(POLICE.tokens[1])
    assert police is not None
    assert cast.code(police) == ActorCode("PER", ("COP",))
    assert (cast.get(police).country, cast.get(police).sectors) == ("PER", ("COP",))


OFFICE = parse(
    """
    Chirac PROPN nsubj 2
    met:meet VERB root 0
    Foreign ADJ amod 4
    Minister PROPN compound 5
    Ana PROPN obj 2
    Prado PROPN flat 5
    in ADP case 8
    Chile PROPN obl 2
    """,
    names={"Chirac": "PERSON", "Ana Prado": "PERSON", "Chile": "PLACE"},
)


def test_a_listed_last_name_needs_no_other_word_and_its_day_counts() -> None:
    assert coded(OFFICE, "Chirac", date(2000, 5, 1)) == ("FRA", ("GOV",))
    assert coded(OFFICE, "Chirac", date(2012, 5, 1)) == ("FRA", ("ELI",))


def test_an_unknown_minister_is_of_the_state_that_the_text_is_about() -> None:
    assert coded(OFFICE, "Foreign Minister Ana Prado") == ("CHL", ("GOV",))


def test_own_lists_go_before_everything() -> None:
    own = [Entry("Ana Prado", (), "BOL", ("OPP",), "person"), Entry("Chile", (), "NGO", ("LAB",))]
    assert coded(OFFICE, "Foreign Minister Ana Prado", own=own) == ("BOL", ("OPP",))
    assert coded(OFFICE, "Chile", own=own) == ("NGO", ("LAB",))


FORMER = parse(
    """
    Kenya PROPN nmod:poss 4
    +'s PART case 1
    former ADJ amod 4
    governor NOUN nsubj 9
    and CCONJ cc 8
    the DET det 8
    defence NOUN compound 8
    minister NOUN conj 4
    resigned:resign VERB root 0
    """,
    names={"Kenya": "PLACE"},
)


def test_former_officials_are_eli_and_defence_is_military_too() -> None:
    assert coded(FORMER, "Kenya's former governor") == ("KEN", ("ELI",))
    assert coded(FORMER, "the defence minister") == ("KEN", ("GOV", "MIL"))


RAID = parse(
    """
    A DET det 2
    raid NOUN nsubj 7
    by ADP case 6
    the DET det 6
    Abkhaz ADJ amod 6
    army NOUN nmod 2
    failed:fail VERB root 0
    """,
    names={"Abkhaz": "NATIONALITY"},
)


def test_an_actor_inside_the_span_answers_for_it_and_a_breakaway_land_has_its_claimant() -> None:
    country, sectors = coded(RAID, "A raid by the Abkhaz army")
    assert country == "GEO" and "MIL" in sectors
    cast = read_actors(RAID)
    army = cast.of(RAID.tokens[5])
    assert army is not None and cast.get(army).country is None, "in a reading a contested land has no country"


def test_spans_that_hold_nothing() -> None:
    with pytest.raises(ValueError, match="holds no character"):
        code_spans(RAID, [(5, 5)])
    with pytest.raises(ValueError, match="holds no character"):
        code_spans(RAID, [(0, 5000)])
    blank = Annotations("  ", [], [])
    assert code_spans(blank, [(0, 1)]) == [ActorCode()]


UNCLEAR = parse(
    """
    Ana PROPN nsubj 3
    Prado PROPN flat 1
    told:tell VERB root 0
    Chile PROPN compound 5
    +'s PART case 6
    governor NOUN obj 3
    she PRON nsubj 8
    lost:lose VERB ccomp 3
    """,
    names={"Ana Prado": "PERSON", "Chile": "PLACE"},
)


def test_a_marked_pronoun_is_answered_even_where_a_reading_leaves_it_open() -> None:
    own = [Entry("Ana Prado", (), "BOL", ("OPP",), "person")]
    assert coded(UNCLEAR, "she", own=own) == ("BOL", ("OPP",))
