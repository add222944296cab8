"""How well dragoman knows one actor in several reports: `python -m bench.quality.actors_across`, on the people and bodies of MEANTIME.

The gold gives who is who within each text (90 dated Wikinews texts of three companies' affairs); the case's own keys, scores and
`assign_actors` join them across texts, by names and descriptions alone: states and sectors, which a reading knows, are not given.
B-cubed over the actors of the texts that have a name, and the same for joining equal longest names.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from bench.quality import measures
from bench.quality.coreference import f1, score
from bench.quality.stories import together
from dragoman.case.linking.actors import ActorMember, actor_keys, assign_actors, full_name
from dragoman.case.linking.views import ActorView, actor_views
from dragoman.reading.entries import Actor, Kind, Reading
from dragoman.text.report import Report, Span

KINDS: dict[str, Kind] = {"PERSON": "person", "ORGANIZATION": "organization"}
Gold = list[tuple[str, list[tuple[str, ActorView]]]]
"""For each text its day and its actors: who it is in the gold, and the view of it."""


def load() -> Gold:
    """The texts by their days. Raises FileNotFoundError without the data."""
    rows = measures.rows_of(measures.DATA / "stories" / "meantime.train.jsonl.gz")
    return [(row["date"], _actors(row)) for row in sorted(rows, key=lambda row: (row["date"], row["id"]))]


def _actors(row: dict[str, Any]) -> list[tuple[str, ActorView]]:
    chains: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mention in row["mentions"]:
        if mention["type"] in KINDS:
            chains[mention["chain"].rsplit("_", 1)[-1]].append(mention)
    actors = [_actor(f"a{n}", own) for n, own in enumerate(chains.values(), 1)]
    reading = Reading(Report(row["text"], published=date.fromisoformat(row["date"]), source_id=row["id"]), tuple(actors))
    return [(chain, view) for chain, view in zip(chains, actor_views(reading), strict=True) if view.names]


def _actor(name: str, mentions: Sequence[dict[str, Any]]) -> Actor:
    spans = tuple(Span(m["start"], m["end"]) for m in mentions)
    longest = max((m["text"] for m in mentions), key=len)
    return Actor(name, longest, KINDS[mentions[0]["type"]], None, (), (), spans)


def joined(gold: Gold) -> list[str]:
    """The item of each actor, text by text."""
    items: dict[str, list[ActorView]] = defaultdict(list)
    shelves: dict[str, dict[str, None]] = defaultdict(dict)

    def find(view: ActorView) -> list[ActorMember]:
        found = dict.fromkeys(item for key in sorted(actor_keys(view)) for item in shelves[key])
        return [ActorMember(item, member) for item in found for member in items[item]]

    labels: list[str] = []
    for _, actors in gold:
        views = [view for _, view in actors]
        for view, chosen in zip(views, assign_actors(views, find), strict=True):
            labels.append(chosen.item or f"A{len(items) + 1}")
            items[labels[-1]].append(view)
            for key in actor_keys(view):
                shelves[key][labels[-1]] = None
    return labels


def b_cubed(true: Sequence[object], found: Sequence[object]) -> float:
    """F1 of two labellings of the same things."""
    sides = [[frozenset(group) for group in together(labels)] for labels in (true, found)]
    return f1(score(*sides)["b_cubed"])


def measure() -> dict[str, float]:
    """The number of the gate."""
    gold = load()
    return {"meantime_actors_b_cubed": b_cubed([chain for _, own in gold for chain, _ in own], joined(gold))}


def main() -> int:
    gold = load()
    true = [chain for _, own in gold for chain, _ in own]
    views = [view for _, own in gold for _, view in own]
    labels = joined(gold)
    print(f"{len(true)} actors of {len(gold)} texts, {len(set(true))} in the gold, {len(set(labels))} found")
    print(f"equal names  {b_cubed(true, [full_name(view).lower() for view in views]):.3f}")
    print(f"the case     {b_cubed(true, labels):.3f}")
    if "--verbose" in sys.argv:
        for group in together(labels):
            if len({true[i] for i in group}) > 1:
                print("JOINED", [full_name(views[i]) for i in group][:8])
        for group in together(true):
            if len({labels[i] for i in group}) > 1:
                print("SPLIT", sorted({full_name(views[i]) for i in group})[:8])
    return 0


if __name__ == "__main__":
    sys.exit(main())
