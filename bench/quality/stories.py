"""How well dragoman knows that texts tell of one act, and of one story: `python -m bench.quality.stories [train|dev]`, on ECB+.

Events: the gold mentions of acts in the validated sentences become events of readings, and the case's own features, score, keys and
`assign` put them into items, text by text; topics and stories are not given. CoNLL F1 over all mentions, with those of one mention.
The order of the texts is drawn, since a case may meet them in any order: the mean over three orders.
Stories: the case's own grouping of whole texts; B-cubed F1 against the 16 stories of the part.

ECB+ has no dates of publication, and the readings made here have neither types nor sides: those features are silent.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bench.quality import measures
from bench.quality.coreference import conll, f1, score
from dragoman.case.linking.candidates import event_keys, event_questions
from dragoman.case.linking.cluster import JOIN, Member, assign
from dragoman.case.linking.stories import ALIKE, story_groups
from dragoman.case.linking.views import EventView, about_of, event_views
from dragoman.reading.entries import Event, EventType, Reading
from dragoman.text.report import Report, Span

ORDERS = (1, 2, 3)
Row = dict[str, Any]


@dataclass(frozen=True)
class Gold:
    """A gold mention as the case sees it; `chain` is the act that it tells of."""

    view: EventView
    text: str
    chain: str
    topic: str
    story: str


def load(part: str) -> list[Row]:
    """The texts of "train" or "dev". Raises FileNotFoundError without the data."""
    return list(measures.rows_of(measures.DATA / "stories" / f"ecbplus.{part}.jsonl.gz"))


def mentions(rows: Iterable[Row]) -> list[Gold]:
    """The gold mentions of acts of all texts, in their order."""
    return [mention for row in rows for mention in _mentions(row)]


def _mentions(row: Row) -> list[Gold]:
    sentences = {s["n"]: Span(s["start"], s["end"]) for s in row["sentences"] if s["annotated"]}
    acts = [m for m in row["mentions"] if "ACTION" in m["type"] and m["sent"] in sentences]
    events = [_event(f"e{n}", Span(m["start"], m["end"]), sentences[m["sent"]]) for n, m in enumerate(acts, 1)]
    views = event_views(Reading(Report(row["text"], source_id=row["id"]), events=tuple(events)))
    chains = [m["chain"] or f"{row['id']}:{n}" for n, m in enumerate(acts)]
    return [Gold(v, m["text"], c, row["topic"], row["story"]) for v, m, c in zip(views, acts, chains, strict=True)]


def _event(name: str, trigger: Span, sentence: Span) -> Event:
    """An event of which only the place in the text is known."""
    none = cast(EventType, "")
    return Event(name, none, None, trigger, sentence, "occurred", (), None, (), (), None, None, (), (), None, 1.0)


def items(gold: Sequence[Gold], join: float = JOIN) -> list[list[int]]:
    """The mentions (by number) put into items by the case's own way, one after another."""
    shelves: dict[str, list[int]] = defaultdict(list)
    item_of: list[int] = []
    for number, mention in enumerate(gold):
        near = sorted({i for key in event_questions(mention.view) for i in shelves[key]})
        chosen = assign(mention.view, [Member(str(item_of[i]), gold[i].view) for i in near], join)
        item_of.append(number if chosen.item is None else int(chosen.item))
        for key in event_keys(mention.view):
            shelves[key].append(number)
    return together(item_of)


def together(labels: Sequence[object]) -> list[list[int]]:
    """The numbers that carry one label."""
    found: dict[object, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        found[label].append(number)
    return list(found.values())


def scores(gold: Sequence[Gold], found: Iterable[Iterable[int]]) -> float:
    """CoNLL F1 in per cent."""
    true = together([m.chain for m in gold])
    return 100 * conll(score(*part) for part in apart(true, list(map(list, found))))


def apart(true: Sequence[Sequence[int]], found: Sequence[Sequence[int]]) -> list[tuple[list[frozenset[int]], list[frozenset[int]]]]:
    """The two sides in parts that share no mention: the counts of the parts add up to those of the whole, in far less time."""
    labels = list(range(max(map(max, true)) + 1))
    for group in (*true, *found):
        least = min(_top(labels, m) for m in group)
        for mention in group:
            labels[_top(labels, mention)] = least
    sides: dict[int, tuple[list[frozenset[int]], list[frozenset[int]]]] = defaultdict(lambda: ([], []))
    for side, groups in enumerate((true, found)):
        for group in groups:
            sides[_top(labels, group[0])][side].append(frozenset(group))
    return list(sides.values())


def _top(labels: list[int], mention: int) -> int:
    while labels[mention] != mention:
        mention = labels[mention]
    return mention


def in_order(rows: Sequence[Row], seed: int) -> list[Row]:
    """The texts in an order that is drawn."""
    drawn = list(rows)
    random.Random(seed).shuffle(drawn)
    return drawn


def events_f1(rows: Sequence[Row], join: float = JOIN) -> float:
    """The mean CoNLL F1 over the orders."""
    found = []
    for seed in ORDERS:
        gold = mentions(in_order(rows, seed))
        found.append(scores(gold, items(gold, join)))
    return sum(found) / len(found)


def stories_f1(rows: Sequence[Row], alike: float = ALIKE) -> float:
    """B-cubed F1 of the grouping of whole texts."""
    found = story_groups([about_of(row["text"]) for row in rows], alike)
    sides = [[frozenset(g) for g in together(labels)] for labels in ([row["story"] for row in rows], found)]
    return f1(score(*sides)["b_cubed"])


def measure() -> dict[str, float]:
    """The numbers of the gate, on the development part."""
    rows = load("dev")
    return {"ecb_events_conll": events_f1(rows), "ecb_stories_b_cubed": stories_f1(rows)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", default="dev", choices=("train", "dev"))
    parser.add_argument("--sweep", action="store_true", help="try thresholds, on train only")
    args = parser.parse_args()
    rows = load(args.part)
    gold = mentions(rows)
    print(f"{args.part}: {len(rows)} texts, {len(gold)} mentions")
    print(f"same word alone    {scores(gold, together([m.view.root for m in gold])):.1f}")
    print(f"same word, topics  {scores(gold, together([(m.topic, m.view.root) for m in gold])):.1f}")
    print(f"same word, stories {scores(gold, together([(m.story, m.view.root) for m in gold])):.1f}")
    print(f"events             {events_f1(rows):.1f}")
    print(f"stories            {stories_f1(rows):.3f}")
    if args.sweep and args.part == "train":
        for alike in (0.26, 0.28, 0.3, 0.32, 0.34, 0.36):
            print(f"stories at {alike}: {stories_f1(rows, alike):.3f}")
        for join in (0.3, 0.4, 0.5, 0.6, 0.7):
            print(f"events at {join}: {scores(gold, items(gold, join)):.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
