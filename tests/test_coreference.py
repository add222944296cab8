"""The scores of coreference on the examples of the papers that brought them, and the ways in which our clusters meet the gold's."""

from __future__ import annotations

import itertools
import random

import pytest

from bench.quality import coreference as c
from bench.quality import measures
from dragoman.reading.entries import Actor, Reading
from dragoman.text.report import Report, Span

TEXT = "Anna Berg, the mayor of Tarvo, resigned. She left Tarvo on Friday. Mr Lund, who stayed, praised her."


def clusters(*parts: str) -> list[frozenset[str]]:
    return [frozenset(part) for part in parts]


def place(words: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def made_up() -> c.Document:
    whole, tarvo = place("Anna Berg, the mayor of Tarvo"), (place("Tarvo"), place("Tarvo", 1))
    gold = [frozenset((whole, place("She"), place("her"))), frozenset(tarvo)]
    heads = {p: p for cluster in gold for p in cluster} | {whole: place("Anna")}
    return c.Document("made_up", "news", TEXT, gold, gold, heads)


def reading(*actors: list[tuple[int, int]]) -> Reading:
    made = [Actor(f"a{i}", "x", "person", None, (), (), tuple(Span(*p) for p in own)) for i, own in enumerate(actors)]
    return Reading(Report(TEXT), tuple(made))


def rates(count: c.Count) -> tuple[float, float]:
    return count[0] / count[1], count[2] / count[3]


def test_the_example_of_the_reference_scorer() -> None:
    """Pradhan and others 2014: key {a,b,c} {d,e,f,g}, response {a,b} {c,d} {f,g,h,i}."""
    found = c.score(clusters("abc", "defg"), clusters("ab", "cd", "fghi"))
    assert rates(found["muc"]) == pytest.approx((2 / 5, 2 / 5))
    assert rates(found["b_cubed"]) == pytest.approx((35 / 12 / 7, 4 / 8))
    assert rates(found["ceaf"]) == pytest.approx((0.65, 1.3 / 3))
    assert rates(found["mentions"]) == pytest.approx((6 / 7, 6 / 8))
    assert c.conll([found]) == pytest.approx((0.4 + 10 / 22 + 0.52) / 3, abs=1e-3)


@pytest.mark.parametrize(("response", "precision"), [(("12345", "6789ABC"), 16 / 21), (("1234589ABC", "67"), 7 / 12)])
def test_b_cubed_minds_which_clusters_are_joined(response: tuple[str, ...], precision: float) -> None:
    """Bagga and Baldwin 1998: MUC gives both the same 9 of 10."""
    found = c.score(clusters("12345", "67", "89ABC"), clusters(*response))
    assert rates(found["muc"]) == pytest.approx((1.0, 0.9))
    assert rates(found["b_cubed"]) == pytest.approx((1.0, precision))


def test_muc_counts_links() -> None:
    """Vilain and others 1995: one chain of four, told as two of two, lacks one link of three."""
    assert rates(c.score(clusters("ABCD"), clusters("AB", "CD"))["muc"]) == pytest.approx((2 / 3, 1.0))


@pytest.mark.parametrize(("gold", "found"), [((), ("ab",)), (("ab",), ()), ((), ())])
def test_nothing_to_match_scores_nothing(gold: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert c.conll([c.score(clusters(*gold), clusters(*found))]) == 0


def test_the_same_clusters_score_one() -> None:
    assert c.conll([c.score(clusters("abc", "de"), clusters("de", "abc"))]) == pytest.approx(1.0)


@pytest.mark.parametrize("seed", range(20))
def test_the_pairing_is_the_best_of_all(seed: int) -> None:
    dice = random.Random(seed)
    rows, columns = dice.randint(1, 5), dice.randint(1, 5)
    gains = [[dice.choice((0.0, 0.2, dice.random())) for _ in range(columns)] for _ in range(rows)]
    wide = gains if rows <= columns else [list(column) for column in zip(*gains, strict=True)]
    every = (sum(wide[r][col] for r, col in enumerate(way)) for way in itertools.permutations(range(len(wide[0])), len(wide)))
    assert c.best_pairing(gains) == pytest.approx(max(every))


def test_clusters_share_no_mention_and_one_mention_is_no_cluster() -> None:
    one, two, three = (0, 1), (2, 3), (4, 5)
    assert c.disjoint([[one, two], [two, three], [three]]) == [frozenset((one, two))]


def test_relative_pronouns_are_no_mentions() -> None:
    assert c.actor_places(TEXT, reading([place("Mr Lund"), place("who")])) == [[place("Mr Lund")]]


def test_a_core_counts_for_its_phrase_and_an_apposition_once() -> None:
    own = [place("Anna Berg"), place("the mayor"), place("She")]
    assert c.at_heads(made_up(), [own]) == [[place("Anna Berg, the mayor of Tarvo"), place("She")]]
    assert c.at_heads(made_up(), [[place("the mayor")]]) == [[place("the mayor")]]  # the head is "Anna"
    assert c.at_heads(made_up(), [[place("Tarvo")]]) == [[place("Tarvo")]]


def test_a_name_counts_for_the_phrase_with_its_title() -> None:
    titled = place("Mr Lund")
    found = c.Document("titled", "news", TEXT, [frozenset((titled, place("who")))], [], {titled: place("Mr")})
    assert c.at_heads(found, [[place("Lund")]]) == [[titled]]
    assert c.at_heads(made_up(), [[place("Tarvo")]]) == [[place("Tarvo")]]


def test_a_pronoun_is_right_with_the_phrase_before_it() -> None:
    found = c.scores(made_up(), reading([place("Anna Berg"), place("She")], [place("Mr Lund"), place("her")]))
    assert found.pronouns["she"] == c.PronounCount(gold=2, resolved=2, right=1)
    assert c.numbers([found])["coref.pronouns"] == 0.5
    assert c.numbers([found])["coref.pronouns.coverage"] == 1.0


def test_exact_spans_are_asked_of_the_published_number() -> None:
    found = c.scores(made_up(), reading([place("Anna Berg"), place("She"), place("her")]))
    assert rates(found.all["mentions"]) == (2 / 5, 2 / 3)
    assert rates(found.heads["mentions"]) == (3 / 5, 1.0)


def test_a_pronoun_without_a_phrase_has_no_antecedent() -> None:
    assert c.antecedent(made_up(), [place("She"), place("her")], place("her")) is None


@pytest.mark.skipif(not (measures.DATA / "coref").is_dir(), reason="the data are not here")
def test_the_documents_hold_clusters_of_actors_and_of_things() -> None:
    documents = c.load("train", ("news",))
    assert len(documents) == 20
    assert all(0 < len(d.of_actors) < len(d.clusters) for d in documents)
    assert all(d.words(p) for d in documents for cluster in d.clusters for p in cluster)
