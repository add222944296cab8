"""What speaks for and against two mentions being one act: small functions of two views, each with its reason in words.

Every function gives 0 where it can tell nothing; most give up to 1. The weights stand in `score.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dragoman.case.linking.act_words import kin
from dragoman.case.linking.stems import RAREST, rarity
from dragoman.case.linking.views import EventView, days_between, likeness

Measure = Callable[[EventView, EventView], float]


class Feature(NamedTuple):
    """One thing to look at: `says` is the reason where it speaks for the link, `against` where it speaks against it ("" for none)."""

    name: str
    measure: Measure
    says: str
    against: str = ""


def same_word(a: EventView, b: EventView) -> float:
    """1 if both use a form of one word."""
    return float(a.root == b.root != "")


def rare_word(a: EventView, b: EventView) -> float:
    """How rare the word is that both use, 0 to 1: "said" tells little, "earthquake" much."""
    return same_word(a, b) * min(1.0, rarity(a.root) / RAREST)


def kindred_word(a: EventView, b: EventView) -> float:
    """1 for words that are made of each other, less for words that name one kind of act."""
    return kin(a.root, b.root)


def alike_reports(a: EventView, b: EventView) -> float:
    """How much the two reports are about the same, 0 to 1."""
    return 1.0 if a.place.report == b.place.report else likeness(a.about, b.about)


def same_matter(a: EventView, b: EventView) -> float:
    """1 if the reports are about one matter, 0 if they are not; a step where `alike_reports` is a slope."""
    return min(1.0, max(0.0, (alike_reports(a, b) - 0.1) / 0.15))


def same_word_same_matter(a: EventView, b: EventView) -> float:
    """One word in reports on one matter: more than both alone."""
    return same_word(a, b) * same_matter(a, b)


def rare_word_same_matter(a: EventView, b: EventView) -> float:
    """A rare word in reports on one matter."""
    return rare_word(a, b) * same_matter(a, b)


def kindred_word_same_matter(a: EventView, b: EventView) -> float:
    """Kindred words in reports on one matter."""
    return kindred_word(a, b) * same_matter(a, b)


def alike_sentences(a: EventView, b: EventView) -> float:
    """How much the words near the two mentions are the same, 0 to 1."""
    return likeness(a.near, b.near)


def shared_names(a: EventView, b: EventView) -> float:
    """The share of the names in the shorter sentence that the other has too."""
    return len(a.names & b.names) / min(len(a.names), len(b.names)) if a.names and b.names else 0.0


def no_shared_name(a: EventView, b: EventView) -> float:
    """1 if both sentences hold names and none is shared."""
    return float(bool(a.names) and bool(b.names) and not a.names & b.names)


def told_beside(a: EventView, b: EventView) -> float:
    """How much each sentence tells of the other's act beside its own: two acts of one story ("shot him and fled")."""
    return 0.0 if a.root == b.root else a.near.get(b.root, 0.0) + b.near.get(a.root, 0.0)


def same_sentence(a: EventView, b: EventView) -> float:
    """1 if both stand in one sentence of one report."""
    return float(a.place.report == b.place.report and a.sentence == b.sentence)


def same_report(a: EventView, b: EventView) -> float:
    """1 if both stand in one report."""
    return float(a.place.report == b.place.report)


def same_type(a: EventView, b: EventView) -> float:
    """1 for one type of act, more for one mode of it, -1 for two types; 0 where a type is not known."""
    if not a.type or not b.type:
        return 0.0
    if a.type != b.type:
        return -1.0
    if a.mode and b.mode:
        return 1.5 if a.mode == b.mode else 0.25
    return 1.0


def same_days(a: EventView, b: EventView) -> float:
    """1 if both are dated to one day, less for longer or inferred times that meet, -1 for times that do not meet."""
    if not (a.start and a.end and b.start and b.end):
        return 0.0
    apart = max(days_between(a.end, b.start), days_between(b.end, a.start))
    if apart > 0:
        return -1.0 if (a.dated and b.dated) or apart > 2 else -0.5
    long = max(days_between(a.start, a.end), days_between(b.start, b.end))
    return (1.0 if long == 0 else 0.5 if long < 8 else 0.2) * (1.0 if a.dated and b.dated else 0.7)


def published_apart(a: EventView, b: EventView) -> float:
    """Where a date is missing: how long after each other the reports came, 0 to 1 at ten days."""
    told = a.start and b.start
    if told or not a.published or not b.published:
        return 0.0
    return min(1.0, abs(days_between(a.published, b.published)) / 10)


def same_initiators(a: EventView, b: EventView) -> float:
    """The share of those who act that both name; -1 if both give names and nobody is shared."""
    return _sides(a.initiators, b.initiators, a.unnamed | b.unnamed)


def same_recipients(a: EventView, b: EventView) -> float:
    """The share of those acted on that both name; -1 if both give names and nobody is shared."""
    return _sides(a.recipients, b.recipients, a.unnamed | b.unnamed)


def _sides(one: frozenset[str], other: frozenset[str], unnamed: frozenset[str]) -> float:
    """Who is told without a name ("three men") contradicts nobody."""
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other)) or -float(bool(one - unnamed) and bool(other - unnamed))


def same_place(a: EventView, b: EventView) -> float:
    """1 if both name one place, -1 if they name two of which neither holds the other's name."""
    if not a.place_name or not b.place_name:
        return 0.0
    return 1.0 if a.place_name in b.place_name or b.place_name in a.place_name else -1.0


def same_amount(a: EventView, b: EventView) -> float:
    """1 if one amount is told of both ("13 killed")."""
    return float(bool({f for f in a.figures if f > 1} & b.figures))


FEATURES = (
    Feature("same_word", same_word, "the same word"),
    Feature("rare_word", rare_word, "a telling word"),
    Feature("kindred_word", kindred_word, "kindred words"),
    Feature("alike_reports", alike_reports, "reports on one matter", "reports on different matters"),
    Feature("same_matter", same_matter, "reports on one matter"),
    Feature("same_word_same_matter", same_word_same_matter, "the same word in reports on one matter"),
    Feature("rare_word_same_matter", rare_word_same_matter, "a telling word in reports on one matter"),
    Feature("kindred_word_same_matter", kindred_word_same_matter, "kindred words in reports on one matter"),
    Feature("alike_sentences", alike_sentences, "sentences alike"),
    Feature("shared_names", shared_names, "the same names beside it"),
    Feature("no_shared_name", no_shared_name, "", "other names beside it"),
    Feature("told_beside", told_beside, "", "told beside each other"),
    Feature("same_sentence", same_sentence, "", "two acts of one sentence"),
    Feature("same_report", same_report, "one report"),
    Feature("same_type", same_type, "the same kind of act", "different kinds of act"),
    Feature("same_days", same_days, "the same time", "different days"),
    Feature("published_apart", published_apart, "", "reports far apart in time"),
    Feature("same_initiators", same_initiators, "the same initiators", "different initiators"),
    Feature("same_recipients", same_recipients, "the same recipients", "different recipients"),
    Feature("same_place", same_place, "the same place", "different places"),
    Feature("same_amount", same_amount, "the same figure"),
)
