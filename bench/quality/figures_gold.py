"""How many figures marked by hand dragoman reads: `python -m bench.quality.figures_gold tuning [--verbose]`.

A careful reader (an AI helper, without looking at dragoman's output) marked every figure in sentences drawn at random from those
of wire.jsonl.gz and gmb_news that hold a number, after docs/reference/reading.md. gold/figures.json holds offsets, values and each
sentence's hash; the texts are not ours and are joined here with ../shared/data. A row is read whole, as a user would read it, and
scored within its marked sentence. Many of the sentences hold no figure, only dates, ages, scores and names with numbers in them.

A figure is right if it overlaps one marked and `low`, `high` and `unit` are equal. What reading.md leaves open ("the two sides",
"one of", "two-thirds of") is marked `optional`: to find it or to leave it costs nothing. `alternatives` are values as good as the
first, `other_of` phrases (or none) as good as `of`. Of the unseen half only numbers are ever printed: once somebody has mended a
rule for one of its sentences, they no longer tell how text is read that nobody looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bench.quality import measures
from dragoman.reading.read import Reader
from dragoman.text.report import Report

GOLD = Path(__file__).parent / "gold" / "figures.json"
HALVES = ("tuning", "unseen")
SPELLINGS = {
    "injured": "wounded",
    "dead": "killed",
    "died": "killed",
    "death": "killed",
    "detained": "arrested",
    "people": "person",
    "buse": "bus",
}
"""Words for `of` that say the same."""
SAYS_NOTHING = ("the", "a", "an", "person")
WORD = re.compile(r"[\w'/&-]+")
PREPOSITION = re.compile(r"\b(?:of|in|for|to|on|from|at|by)\b")
Entry = dict[str, Any]


@dataclass(frozen=True)
class Marked:
    """One marked sentence with the row that it stands in."""

    half: str
    row: Entry
    start: int
    end: int
    figures: list[Entry]


@dataclass(frozen=True)
class Outcome:
    """What became of one sentence: gold figures found (with what was read for them), missed, and figures made up."""

    pairs: list[tuple[Entry, Entry]] = field(default_factory=list)
    missed: list[Entry] = field(default_factory=list)
    false: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """Over any number of sentences; optional figures are in none of them."""

    gold: int
    read: int
    found: int
    right: int
    counted: int
    """Right in value, and `of` says the same."""

    def numbers(self) -> dict[str, float]:
        """Shares between 0 and 1; `precision`, `recall` and `value_f1` are of span and value both right."""
        return {
            "precision": self.right / max(1, self.read),
            "recall": self.right / max(1, self.gold),
            "value_f1": 2 * self.right / max(1, self.read + self.gold),
            "value_of_found": self.right / max(1, self.found),
            "of": self.counted / max(1, self.right),
        }


def load(half: str, data: Path = measures.DATA) -> tuple[list[Marked], list[str]]:
    """The marked sentences of "tuning" or "unseen", and a sentence for each whose text is absent or another."""
    parts: list[Entry] = [part for part in json.loads(GOLD.read_text("utf-8")) if part["half"] == half]
    wanted = {(part["file"], part["id"]) for part in parts}
    rows = {(name, row["id"]): row for name in {f for f, _ in wanted} for row in _rows(data / name) if (name, row["id"]) in wanted}
    marked, problems = list[Marked](), list[str]()
    for part in parts:
        row, (start, end) = rows.get((part["file"], part["id"])), part["sentence"]
        if row is None:
            problems.append(f"{part['id']} in {part['file']} is not there: the marks are offsets only and need its text")
        elif hashlib.sha256(row["text"][start:end].encode()).hexdigest() != part["sha256"]:
            problems.append(f"{part['id']} in {part['file']} has other words at {start} to {end} than were marked: not to be compared")
        else:
            marked.append(Marked(half, row, start, end, part["figures"]))
    return marked, problems


def _rows(path: Path) -> list[Entry]:
    return measures.rows_of(path) if path.exists() else []


def read(reader: Reader, sentences: Iterable[Marked]) -> list[tuple[Marked, list[Entry]]]:
    """Each sentence with the figures that dragoman reads in it, from a reading of the whole row."""
    kept = list(sentences)
    readings = reader.read_many(Report(s.row["text"], published=_published(s.row)) for s in kept)
    return [
        (sentence, [f for f in reading.to_dict()["figures"] if sentence.start <= f["start"] < sentence.end])
        for sentence, reading in zip(kept, readings, strict=True)
    ]


def _published(row: Entry) -> date | None:
    return date.fromisoformat(row["published"][:10]) if row.get("published") else None


def outcome(gold: list[Entry], found: list[Entry]) -> Outcome:
    """One-to-one: right values first, then what overlaps; marked figures before optional ones."""
    near = [(g, f) for g in range(len(gold)) for f in range(len(found)) if _overlap(gold[g], found[f])]
    best = sorted(near, key=lambda p: (not _same_value(gold[p[0]], found[p[1]]), _optional(gold[p[0]]), p))
    taken = dict[int, int]()
    for g, f in best:
        if g not in taken and f not in taken.values():
            taken[g] = f
    return Outcome(
        [(gold[g], found[f]) for g, f in sorted(taken.items()) if not _optional(gold[g])],
        [entry for g, entry in enumerate(gold) if g not in taken and not _optional(entry)],
        [entry for f, entry in enumerate(found) if f not in taken.values()],
    )


def _overlap(gold: Entry, found: Entry) -> bool:
    return bool(found["start"] < gold["span"][1] and gold["span"][0] < found["end"])


def _optional(gold: Entry) -> bool:
    return bool(gold.get("optional", False))


def _same_value(gold: Entry, found: Entry) -> bool:
    return any(
        _same_number(one["low"], found["low"]) and _same_number(one["high"], found["high"]) and _unit(one["unit"]) == _unit(found["unit"])
        for one in (gold, *gold.get("alternatives", ()))
    )


def _same_number(one: float | None, other: float | None) -> bool:
    return one is other or (one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9))


def _unit(unit: str | None) -> str | None:
    return re.sub(r"(met|lit)er\b", r"\1re", unit) if unit else unit


def same_of(gold: Entry, found: Entry) -> bool:
    """Whether both say that the same is counted: the head of one is among the words of the other. No `of` says the unit only."""
    theirs, their_head = _words(found["of"] or gold["unit"] or "")
    accepted = (_words(of or gold["unit"] or "") for of in (gold["of"], *gold.get("other_of", ())))
    return any((not ours and not theirs) or our_head in theirs or their_head in ours for ours, our_head in accepted)


def _words(named: str) -> tuple[set[str], str | None]:
    """The words of an `of` in lower case, without endings of the plural and what says nothing; and its head."""
    phrases = [[_word(word) for word in WORD.findall(part)] for part in PREPOSITION.split(named.lower())]
    kept = [[word for word in phrase if word not in SAYS_NOTHING] for phrase in phrases]
    return {word for phrase in kept for word in phrase}, next((phrase[-1] for phrase in kept if phrase), None)


def _word(word: str) -> str:
    short = re.sub(r"(?<=ss|sh|ch)es$|(?<![su'])s$", "", re.sub(r"ies$", "y", word))
    return SPELLINGS.get(short, short)


def counts(outcomes: Iterable[Outcome]) -> Counts:
    """The sums over sentences."""
    kept = list(outcomes)
    pairs = [pair for each in kept for pair in each.pairs]
    right = [pair for pair in pairs if _same_value(*pair)]
    missed, false = sum(len(each.missed) for each in kept), sum(len(each.false) for each in kept)
    return Counts(len(pairs) + missed, len(pairs) + false, len(pairs), len(right), sum(same_of(*pair) for pair in right))


def measure(reader: Reader) -> dict[str, float]:
    """The numbers of both halves under the names that the gate uses; none without the texts."""
    numbers = dict[str, float]()
    for half in HALVES:
        sentences, _ = load(half)
        if sentences:
            found = counts(outcome(s.figures, figures) for s, figures in read(reader, sentences)).numbers()
            numbers |= {f"figures.{half}.{name}": round(found[name], 4) for name in ("value_f1", "of")}
    return numbers


def lines(sentence: Marked, found: list[Entry]) -> Iterator[str]:
    """What was missed, made up and got wrong in one sentence. For the tuning half only."""
    result, text = outcome(sentence.figures, found), sentence.row["text"]
    for entry in result.missed:
        yield f"missed  {_value(entry)}  {_shown(text, *entry['span'])}"
    for entry in result.false:
        yield f"false   {_value(entry)}  {_shown(text, entry['start'], entry['end'])}"
    for gold, got in result.pairs:
        if not _same_value(gold, got):
            yield f"wrong   {_value(got)}, not {_value(gold)}  {_shown(text, *gold['span'])}"
        elif not same_of(gold, got):
            yield f"of      {got['of']!r}, not {gold['of']!r}  {_shown(text, *gold['span'])}"


def _value(entry: Entry) -> str:
    return f"{entry['low']}..{entry['high']} {entry['unit']}"


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.figures_gold", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("half", choices=HALVES)
    parser.add_argument("--verbose", action="store_true", help="what was missed, made up and got wrong (tuning half only)")
    args = parser.parse_args()
    if args.verbose and args.half == "unseen":
        parser.error("the unseen half gives numbers only: tune on the tuning half, so that this one still tells how new text is read")
    sentences, problems = load(args.half)
    for problem in problems:
        print(f"left out: {problem}", file=sys.stderr)
    if not sentences:
        print(f"{GOLD}: no marked sentence with its text, so nothing was measured", file=sys.stderr)
        return 2
    pairs = read(Reader(), sentences)
    if args.verbose:
        print(*(line for sentence, found in pairs for line in lines(sentence, found)), sep="\n")
    total = counts(outcome(sentence.figures, found) for sentence, found in pairs)
    print(f"{len(sentences)} sentences, {total.gold} figures marked, {total.read} read, {total.found} found, {total.right} right in value")
    for name, value in total.numbers().items():
        print(f"{name:16} {value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
