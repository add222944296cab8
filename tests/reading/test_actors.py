"""Actors: who is in a report, read from made-up sentences with hand-made trees and names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.annotations import Annotations, Name, Sentence, Token
from dragoman.reading.actors.builder import read_actors
from dragoman.reading.actors.cast import Cast
from dragoman.reading.actors.naming import same_organization, same_person, short_for
from dragoman.reading.actors.sectors import organization_named, sense_of
from dragoman.reading.actors.states import LandWord, in_their_time, land_named
from dragoman.reading.entries import Actor


def parse(*sentences: str, names: dict[str, str] | None = None) -> Annotations:
    """Trees from lines "word[:lemma] UPOS relation head [Feature=Value ...]"; heads count from 1 in their sentence.

    "+word" stands directly behind the word before it. Each sentence is a paragraph of its own, as in a wire report.
    `names` gives the kind of a proper name wherever its words stand.
    """
    text = ""
    tokens: list[Token] = []
    built: list[Sentence] = []
    for number, sentence in enumerate(sentences):
        text += "\n\n" if text else ""
        first = len(tokens)
        for row in (line.split() for line in sentence.strip().splitlines()):
            word, _, lemma = row[0].removeprefix("+").partition(":")
            text += "" if row[0].startswith("+") or len(tokens) == first else " "
            start, text = len(text), text + word
            head, feats = int(row[3]), dict(f.split("=") for f in row[4:])
            lemma = lemma or (word if row[1] == "PROPN" else word.lower())
            above = first + head - 1 if head else -1
            tokens.append(Token(len(tokens), start, len(text), word, lemma, row[1], feats, above, row[2], number))
        built.append(Sentence(number, tokens[first].start, len(text), first, len(tokens), number))
    found = Annotations(text, tokens, built)
    return replace(found, names=_names(found, names or {}))


def _names(annotations: Annotations, kinds: dict[str, str]) -> list[Name]:
    found: list[Name] = []
    for words, kind in sorted(kinds.items(), key=lambda pair: -len(pair[0])):
        at = annotations.text.find(words)
        while at >= 0:
            covered = [t.index for t in annotations.tokens if at <= t.start < at + len(words)]
            if not any(n.start <= at < n.end for n in found):
                found.append(Name(at, at + len(words), covered[0], covered[-1] + 1, kind, 1.0))
            at = annotations.text.find(words, at + 1)
    return sorted(found, key=lambda n: n.start)


def called(cast: Cast, name: str) -> Actor:
    return next(a for a in cast.actors if a.name == name)


def mentions(annotations: Annotations, actor: Actor) -> list[str]:
    return [annotations.text[s.start : s.end] for s in actor.mentions]


def at(annotations: Annotations, word: str, nth: int = 0) -> Token:
    return [t for t in annotations.tokens if t.text == word][nth]


ENVOY = """
    Norway PROPN nmod:poss 4
    +'s PART case 1
    chief ADJ amod 4
    envoy NOUN nsubj 9
    +, PUNCT punct 6
    Kari PROPN appos 4
    Lund PROPN flat 6
    +, PUNCT punct 6
    criticised:criticise VERB root 0
    Defence PROPN compound 11
    Minister PROPN nmod:desc 12
    Per PROPN obj 9
    Dahl PROPN flat 12
    +. PUNCT punct 9
"""
SHE_SAID = """
    She PRON nsubj 2
    said:say VERB root 0
    Dahl PROPN nsubj 5
    had AUX aux 5
    lied:lie VERB ccomp 2
    to ADP case 7
    her PRON obl 5
    +. PUNCT punct 2
"""
PEOPLE = {"Kari Lund": "PERSON", "Per Dahl": "PERSON", "Dahl": "PERSON", "Norway": "PLACE"}


def test_name_apposition_and_title_are_one_actor_with_country_role_and_sector() -> None:
    report = parse(ENVOY, SHE_SAID, names=PEOPLE)
    cast = read_actors(report)
    lund = called(cast, "Kari Lund")
    assert (lund.kind, lund.country, lund.sectors, lund.roles) == ("person", "NOR", ("GOV",), ("chief envoy",))
    assert mentions(report, lund)[:2] == ["Norway's chief envoy", "Kari Lund"]
    dahl = called(cast, "Per Dahl")
    assert dahl.roles == ("Defence Minister",)
    assert dahl.country == "NOR", "a bare office is the home land's"
    assert mentions(report, dahl) == ["Per Dahl", "Dahl"], "the surname alone means him, the title is no part of the span"


def test_a_title_and_every_word_of_a_name_answer_for_the_actor() -> None:
    report = parse(ENVOY, names=PEOPLE)
    cast = read_actors(report)
    dahl = called(cast, "Per Dahl").id
    assert [cast.of(at(report, word)) for word in ("Minister", "Per", "Dahl")] == [dahl, dahl, dahl]
    assert cast.of(at(report, "envoy")) == called(cast, "Kari Lund").id
    assert cast.of(at(report, "criticised")) is None


def test_he_and_she_go_by_gender_and_subject() -> None:
    report = parse(ENVOY, SHE_SAID, names=PEOPLE | {"Kari Lund": "PERSON"})
    cast = read_actors(report)
    lund = called(cast, "Kari Lund").id
    assert cast.of(at(report, "She")) == lund
    assert cast.of(at(report, "her")) == lund, "Dahl is the subject of the same verb"


COUNCIL = """
    Officials:official NOUN nsubj 5 Number=Plur
    in ADP case 4
    Lima PROPN compound 4
    ministries:ministry NOUN nmod 1 Number=Plur
    met:meet VERB root 0
    two NUM nummod 8
    Bolivian ADJ amod 8
    women:woman NOUN obj 5 Number=Plur
    +. PUNCT punct 5
"""
WOMEN = """
    The DET det 2
    women:woman NOUN nsubj 3 Number=Plur
    left:leave VERB root 0
    because SCONJ mark 7
    they PRON nsubj 7
    were AUX cop 7
    tired ADJ advcl 3
    +. PUNCT punct 3
"""


def test_a_definite_phrase_takes_up_the_group_and_they_follows_it() -> None:
    report = parse(COUNCIL, WOMEN, names={"Lima": "PLACE"})
    women = called(read_actors(report), "two Bolivian women")
    assert (women.kind, women.country) == ("group", "BOL")
    assert mentions(report, women) == ["two Bolivian women", "The women", "they"]


def test_a_government_phrase_and_a_capital_that_acts_are_the_state() -> None:
    report = parse(
        """
        Lima PROPN nsubj 2
        rejected:reject VERB root 0
        the DET det 4
        offer NOUN obj 2
        of ADP case 8
        the DET det 8
        Chilean ADJ amod 8
        government NOUN nmod 4
        +. PUNCT punct 2
        """,
        """
        Peru PROPN nsubj 2
        said:say VERB root 0
        it PRON nsubj 5
        would AUX aux 5
        wait VERB ccomp 2
        +, PUNCT punct 8
        but CCONJ cc 8
        visited:visit VERB conj 2
        Santiago PROPN obj 8
        +. PUNCT punct 2
        """,
        names={"Lima": "PLACE", "Peru": "PLACE", "Santiago": "PLACE", "Chilean": "NATIONALITY"},
    )
    cast = read_actors(report)
    peru = called(cast, "Peru")
    assert (peru.kind, peru.country) == ("country", "PER")
    assert mentions(report, peru) == ["Lima", "Peru", "it"]
    chile = cast.of(at(report, "government"))
    assert chile is not None and cast.get(chile).country == "CHL"
    assert cast.of(at(report, "Santiago")) is None, "a town that is visited is a place"
    assert cast.country_of(at(report, "Chilean")) == "CHL"


def test_two_people_with_one_surname_stay_two() -> None:
    report = parse(
        """
        Ana PROPN nsubj 3
        Ruiz PROPN flat 1
        met:meet VERB root 0
        Luis PROPN obj 3
        Ruiz PROPN flat 4
        +. PUNCT punct 3
        """,
        names={"Ana Ruiz": "PERSON", "Luis Ruiz": "PERSON"},
    )
    assert [a.name for a in read_actors(report).actors] == ["Ana Ruiz", "Luis Ruiz"]


def test_an_acronym_is_its_full_name_and_the_agency_takes_up_a_listed_one() -> None:
    report = parse(
        """
        The DET det 4
        Harbour PROPN compound 4
        Workers PROPN compound 4
        Union PROPN nsubj 5
        struck:strike VERB root 0
        +, PUNCT punct 8
        Interfax PROPN nsubj 8
        said:say VERB parataxis 5
        +. PUNCT punct 5
        """,
        """
        The DET det 2
        HWU PROPN nsubj 3
        won:win VERB root 0
        +, PUNCT punct 7
        the DET det 6
        agency NOUN nsubj 7
        added:add VERB parataxis 3
        +. PUNCT punct 3
        """,
        names={"Harbour Workers Union": "ORGANIZATION", "Interfax": "ORGANIZATION", "HWU": "ORGANIZATION"},
    )
    cast = read_actors(report)
    union, interfax = cast.actors
    assert (union.name, mentions(report, union)) == ("Harbour Workers Union", ["Harbour Workers Union", "HWU"])
    assert (interfax.country, interfax.sectors) == ("RUS", ("JRN",))
    assert mentions(report, interfax) == ["Interfax", "the agency"]


def test_counted_people_are_the_people() -> None:
    report = parse(
        """
        Tens:ten NOUN nsubj 6 Number=Plur
        of ADP case 3
        thousands:thousand NOUN nmod 1 Number=Plur
        of ADP case 5
        miners:miner NOUN nmod 3 Number=Plur
        marched:march VERB root 0
        who PRON nsubj 8 PronType=Rel
        struck:strike VERB acl:relcl 5
        +. PUNCT punct 6
        """
    )
    cast = read_actors(report)
    (miners,) = cast.actors
    assert (miners.kind, mentions(report, miners)) == ("group", ["Tens of thousands of miners", "who"])
    assert cast.of(at(report, "Tens")) == miners.id


def test_a_breakaway_land_has_no_country_and_a_place_is_no_actor() -> None:
    report = parse(
        """
        The DET det 3
        Abkhaz ADJ amod 3
        leadership NOUN nsubj 4
        met:meet VERB root 0
        monitors:monitor NOUN obj 4 Number=Plur
        in ADP case 7
        Portugal PROPN obl 4
        +. PUNCT punct 4
        """,
        names={"Abkhaz": "NATIONALITY", "Portugal": "PLACE"},
    )
    cast = read_actors(report)
    leaders = cast.get(cast.of(at(report, "leadership")) or "")
    assert (leaders.kind, leaders.country) == ("government", None)
    assert cast.of(at(report, "Portugal")) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("George W. Bush", "George Bush", True),
        ("José Núñez", "Jose Nunez", True),
        ("Ana Ruiz", "Luis Ruiz", False),
        ("A. Ruiz", "Ana Ruiz", True),
    ],
)
def test_full_names(one: str, other: str, expected: bool) -> None:
    assert same_person(one, other) is expected


def test_short_names() -> None:
    assert short_for("Ruiz", "Ana Ruiz") == 2
    assert short_for("van Dyk", "Piet van Dyk") == 2
    assert short_for("Ana", "Ana Ruiz") == 1
    assert short_for("Diaz", "Ana Ruiz") == 0


def test_names_of_organisations() -> None:
    assert same_organization("HWU", "Harbour Workers Union")
    assert same_organization("Acme", "Acme Corp.")
    assert not same_organization("Acme", "Acme Hospital")
    known = organization_named("the UNHCR")
    assert known is not None and (known.country, known.sector) == ("UNO", "REF")


@pytest.mark.parametrize(
    ("words", "country", "use"),
    [
        ("the United States", "USA", "name"),
        ("Britons", "GBR", "people"),
        ("Kremlin", "RUS", "house"),
        ("Zaire", "COD", "name"),
        ("Soviet", "SUN", "people"),
        ("Grozny", None, "seat"),
        ("SOUTH KOREA", "KOR", "name"),
    ],
)
def test_words_for_states(words: str, country: str | None, use: str) -> None:
    found = land_named(words)
    assert found is not None
    assert (found[0].country, found[1]) == (country, use)


def test_us_the_pronoun_is_no_state() -> None:
    assert land_named("us") is None


def test_senses_of_nouns() -> None:
    policewoman, ministry = sense_of("policewoman"), sense_of("ministry", "interior")
    assert policewoman is not None and (policewoman.kind, policewoman.sector) == ("person", "COP")
    assert ministry is not None and (ministry.kind, ministry.sector) == ("organization", "GOV")
    assert sense_of("table") is None


def test_nothing_in_nothing_out() -> None:
    assert read_actors(Annotations("", [], [])) == Cast((), {}, {})


WORDS = st.sampled_from(["Ana", "Ruiz", "Peru", "Lima", "the", "minister", "he", "they", "who", "of", "UN", "\u0301", "police", "'s", "“"])
RELATIONS = st.sampled_from(["nsubj", "appos", "nmod", "nmod:poss", "flat", "compound", "conj", "acl:relcl", "cop", "xcomp", "dep"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, RELATIONS, st.integers(0, 30), st.sampled_from(["NOUN", "PROPN", "PRON", "VERB", "ADP"])),
        max_size=30,
    ),
    st.data(),
)
def test_any_tree_gives_spans_inside_the_text(rows: list[tuple[str, str, int, str]], data: st.DataObject) -> None:
    lines = [f"{word}:{word.lower()} {upos} {relation} {min(head, i)}" for i, (word, relation, head, upos) in enumerate(rows)]
    report = parse("\n".join(lines)) if lines else Annotations("", [], [])
    ends = st.integers(0, max(len(rows) - 1, 0))
    first, last = sorted((data.draw(ends), data.draw(ends)))
    kind = data.draw(st.sampled_from(["PERSON", "ORGANIZATION", "PLACE", "EVENT"]))
    if rows:
        start, end = report.tokens[first].start, report.tokens[last].end
        report = replace(report, names=[Name(start, end, first, last + 1, kind, 0.5)])
    cast = read_actors(report)
    for actor in cast.actors:
        assert actor.mentions == tuple(sorted(set(actor.mentions)))
        assert all(0 <= s.start < s.end <= len(report.text) for s in actor.mentions)
    assert all(cast.get(actor_id).id == actor_id for actor_id in cast.by_token.values())


def test_an_apposition_that_the_tree_missed_is_found_by_its_commas() -> None:
    report = parse(
        """
        Ana PROPN nsubj 8
        Ruiz PROPN flat 1
        +, PUNCT punct 4
        62 NUM dep 8
        +, PUNCT punct 7
        a DET det 7
        baker NOUN nsubj 8
        wept:weep VERB root 0
        +. PUNCT punct 8
        """.replace("baker", "teacher"),
        names={"Ana Ruiz": "PERSON"},
    )
    (ruiz,) = read_actors(report).actors
    assert (ruiz.name, ruiz.roles, ruiz.sectors) == ("Ana Ruiz", ("teacher",), ("EDU",))


def test_a_name_has_one_kind_throughout_and_a_missed_surname_is_found() -> None:
    report = parse(
        """
        Ana PROPN nsubj 3
        Ruiz PROPN flat 1
        left:leave VERB root 0
        +. PUNCT punct 3
        """,
        """
        Later ADV advmod 3
        Ruiz PROPN nsubj 3
        returned:return VERB root 0
        +. PUNCT punct 3
        """,
        names={"Ana Ruiz": "PERSON"},
    )
    (ruiz,) = read_actors(report).actors
    assert mentions(report, ruiz) == ["Ana Ruiz", "Ruiz"]


def test_a_wrong_lemma_does_not_lose_a_group() -> None:
    report = parse(
        """
        Women:wome NOUN nsubj 2 Number=Plur
        marched:marche VERB root 0
        +. PUNCT punct 2
        """
    )
    (women,) = read_actors(report).actors
    assert (women.kind, women.name) == ("group", "Women")


def test_her_in_an_opening_phrase_is_the_subject_behind_it() -> None:
    report = parse(
        """
        In ADP case 3
        her PRON nmod:poss 3
        speech NOUN obl 6
        +, PUNCT punct 3
        Ruiz PROPN nsubj 6
        apologised:apologise VERB root 0
        +. PUNCT punct 6
        """,
        names={"Ruiz": "PERSON"},
    )
    (ruiz,) = read_actors(report).actors
    assert mentions(report, ruiz) == ["her", "Ruiz"]


def test_a_title_with_of_belongs_to_the_name_behind_it() -> None:
    report = parse(
        """
        Secretary PROPN nmod:desc 4
        of ADP case 3
        State PROPN nmod 1
        Ana PROPN nsubj 6
        Ruiz PROPN flat 4
        left:leave VERB root 0
        +. PUNCT punct 6
        """,
        names={"Ana Ruiz": "PERSON"},
    )
    cast = read_actors(report)
    (ruiz,) = cast.actors
    assert ruiz.roles == ("Secretary of State",)
    assert cast.of(at(report, "Secretary")) == ruiz.id


def test_words_that_look_like_a_land_are_none() -> None:
    report = parse(
        """
        Latin PROPN compound 2
        America PROPN nsubj 3
        grew:grow VERB root 0
        +. PUNCT punct 3
        """
    )
    assert read_actors(report).actors == ()


def test_a_seat_is_the_former_states_where_that_alone_is_named() -> None:
    def seat(*words: LandWord) -> str | None:
        return in_their_time(words)[-1].land.country

    sun, moscow, russia = (LandWord(0, 1, *found) for word in ("Soviet Union", "Moscow", "Russia") if (found := land_named(word)))
    assert seat(sun, moscow) == "SUN"
    assert seat(moscow) == "RUS"
    assert seat(sun, russia, moscow) == "RUS"
