"""How well copies of one text are told from independent reports: `python -m bench.quality.same_text`, on the wire reports.

Copies are made as desks make them: the text is cut, its first paragraph is written anew (taken from another report), its paragraphs
are put in another order, words are changed, or two of these at once. A pair counts as found only if the keys of its signatures meet
and the check says that it is a copy. Independent pairs are two agencies' reports on one matter, at most three days apart.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from bench.quality import measures
from dragoman.case.linking.views import Weights, about_of, likeness
from dragoman.case.same_text import copies, signature, text_keys

PAIRS = 300
LIKE = 0.15
"""From this likeness of their heaviest words two reports are about one matter."""
DAYS = 3
KEPT_APART = frozenset((226, 692, 948, 1304, 291, 1532, 1591, 142, 2318))
"""Rows whose readings test what is unseen."""
Change = Callable[[list[str], random.Random, str], list[str]]


def cut(paragraphs: list[str], draw: random.Random, other: str) -> list[str]:
    """The first part of a text only, a third at least."""
    return paragraphs[: max(1, round(len(paragraphs) * draw.uniform(0.34, 0.8)))]


def new_lede(paragraphs: list[str], draw: random.Random, other: str) -> list[str]:
    """Another first paragraph."""
    return [other, *paragraphs[1:]]


def reordered(paragraphs: list[str], draw: random.Random, other: str) -> list[str]:
    """The paragraphs behind the first one in another order."""
    rest = paragraphs[1:]
    draw.shuffle(rest)
    return [paragraphs[0], *rest]


def edited(paragraphs: list[str], draw: random.Random, other: str) -> list[str]:
    """One word in fifteen dropped or replaced by another word of the text."""
    pool = " ".join(paragraphs).split()

    def changed(word: str) -> str:
        chance = draw.random()
        return "" if chance < 1 / 30 else draw.choice(pool) if chance < 1 / 15 else word

    return [" ".join(filter(None, map(changed, p.split()))) for p in paragraphs]


CHANGES: dict[str, tuple[Change, ...]] = {
    "cut": (cut,),
    "new lede": (new_lede,),
    "reordered": (reordered,),
    "edited": (edited,),
    "cut and edited": (cut, edited),
    "new lede, reordered": (new_lede, reordered),
    "all": (new_lede, cut, reordered, edited),
}


def made_copy(text: str, name: str, draw: random.Random, other: str) -> str:
    """A copy of `text` changed in the way that is named; `other` is where a new first paragraph comes from."""
    paragraphs = [p.strip() for p in text.split("\n") if p.strip()]
    lede = next(p.strip() for p in other.split("\n") if p.strip())
    for change in CHANGES[name]:
        paragraphs = change(list(paragraphs), draw, lede)
    return "\n".join(paragraphs)


def is_found(one: str, two: str) -> bool:
    """Whether the case would link the two: their keys meet and the check agrees."""
    return bool(set(text_keys(signature(one))) & set(text_keys(signature(two)))) and copies(one, two) is not None


def reports() -> list[dict[str, Any]]:
    """The wire reports of some length."""
    rows = measures.rows_of(measures.DATA / "news" / "wire.jsonl.gz")
    return [row for i, row in enumerate(rows) if i not in KEPT_APART and len(row["text"]) > 600]


def found_copies(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The share of made copies that are found, for each way of changing."""
    draw, found = random.Random(7), dict[str, float]()
    for name in CHANGES:
        chosen = draw.sample(range(len(rows)), PAIRS // len(CHANGES) + 1)
        right = [is_found(rows[i]["text"], made_copy(rows[i]["text"], name, draw, rows[i - 1]["text"])) for i in chosen]
        found[name] = sum(right) / len(right)
    return found


def independent(rows: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of reports of two agencies, at most `DAYS` apart and on one matter."""
    by_day: dict[date, list[tuple[dict[str, Any], Weights]]] = defaultdict(list)
    for row in rows:
        by_day[date.fromisoformat(row["published"])].append((row, about_of(row["text"])))
    found = []
    for day, own in by_day.items():
        later = [other for step in range(DAYS + 1) for other in by_day.get(day + timedelta(step), ())]
        for (one, about), (two, other_about) in product(own, later):
            if one["publisher"] != two["publisher"] and likeness(about, other_about) >= LIKE:
                found.append((one, two))
    return found


def measure() -> dict[str, float]:
    """The numbers of the gate."""
    rows = reports()
    shares = found_copies(rows)
    pairs = independent(rows)
    wrong = sum(is_found(a["text"], b["text"]) for a, b in pairs)
    return {"copies_found": sum(shares.values()) / len(shares), "independent_kept_apart": 1 - wrong / max(1, len(pairs))}


def main() -> int:
    rows = reports()
    for name, share in found_copies(rows).items():
        print(f"{name:22} {share:.3f}")
    pairs = independent(rows)
    wrong = [(a["id"], b["id"]) for a, b in pairs if is_found(a["text"], b["text"])]
    print(f"{len(pairs)} independent pairs, {len(wrong)} taken for copies: {wrong[:10]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
