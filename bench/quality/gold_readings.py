"""How much of readings made by hand dragoman finds: `python -m bench.quality.gold_readings tuning [--verbose]`.

A careful reader (an AI helper, without looking at dragoman's output) wrote down what each report under gold/ says, in the form
of ../shared/data/gold and after docs/reference/reading.md. The texts are not ours, so the files hold offsets and the text's
hash only and are joined here with ../shared/data; a report whose text is absent or different is named and left out.

There are two halves. The tuning half is there to learn from: `--verbose` shows what was missed, made up and got wrong. Of the
unseen half only numbers are ever printed: once somebody has mended a rule for one of its sentences, its numbers no longer tell
how dragoman reads a report that nobody looked at.

The matching is all score_reading.py's. What one missed or made-up entry is, is found by scoring with it alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.quality import measures
from dragoman.reading.read import Reader
from dragoman.text.report import Report

GOLD = Path(__file__).parent / "gold"
HALVES = ("tuning", "unseen")
FIELDS = {"status": "status", "by": "initiators", "to": "recipients", "when": "time", "said": "claimant"}
"""The scorer's names of an event's fields, and ours."""
COUNTED = {
    "events": "events",
    "events_full": "full",
    "statements": "statements",
    "statements_full": "statements_full",
    "times_value": "times",
}
"""The scorer's names of what has precision and recall, and ours."""
Entry = dict[str, Any]


@dataclass(frozen=True)
class GoldReport:
    """One file of a half: `gold` is what score_reading.py takes, or None with the reason in `missing`."""

    name: str
    gold: Entry | None
    missing: str | None = None


@dataclass(frozen=True)
class Scores:
    """Counts over one report or many: hits and totals by name; precision, recall and F1 follow from them."""

    counts: dict[str, tuple[int, int, int]]
    """events, full, statements, times: (right, found, in the gold)."""
    shares: dict[str, tuple[int, int]]
    """status, initiators, recipients, time, claimant (of the events found, where the gold gives one), figures: (right, of)."""

    def numbers(self) -> dict[str, float]:
        """Shares between 0 and 1; one of nothing is left out."""
        found: dict[str, float] = {}
        for name, (right, predicted, gold) in self.counts.items():
            if name == "events":
                found |= {"precision": right / max(1, predicted), "recall": right / max(1, gold)}
            found[name] = 2 * right / max(1, predicted + gold)
        return {**found, **{name: right / total for name, (right, total) in self.shares.items() if total}}


def load(half: str, data: Path = measures.DATA) -> list[GoldReport]:
    """The reports of "tuning" or "unseen", by name, joined with their texts under `data`."""
    return joined(((path.stem, json.loads(path.read_text("utf-8"))) for path in sorted((GOLD / half).glob("*.json"))), data)


def joined(named: Iterable[tuple[str, Entry]], data: Path = measures.DATA) -> list[GoldReport]:
    """What was marked in some reports, each with its name, joined with the texts that it was marked in."""
    parts = list(named)
    rows = {file: _rows(data / file) for file in {part["source"]["file"] for _, part in parts}}
    return [_joined(name, part, rows[part["source"]["file"]]) for name, part in parts]


def _rows(path: Path) -> dict[str, str]:
    """The texts of a file by their ids; none if the file is absent."""
    if not path.exists():
        return {}
    return {row["id"]: row["text"] for row in measures.rows_of(path)}


def _joined(name: str, part: Entry, texts: dict[str, str]) -> GoldReport:
    where = f"{part['source']['id']} in {part['source']['file']}"
    text = texts.get(part["source"]["id"])
    if text is None:
        return GoldReport(name, None, f"{where} is not there: the reading has offsets only and needs its text")
    found = hashlib.sha256(text.encode()).hexdigest()
    if found != part["sha256"]:
        return GoldReport(name, None, f"{where} has sha256 {found[:12]}, the reading was made of {part['sha256'][:12]}: not to be compared")
    return GoldReport(name, {**part, "text": text})


def counting_scorer() -> ModuleType:
    """score_reading.py whose precisions and recalls carry the counts that they were made of."""
    scorer = measures.scorer_of("score_reading")
    plain, matches = scorer.prf, scorer.actor_matches
    scorer.prf = lambda *counts: {**plain(*counts), "counts": counts}  # type: ignore[attr-defined]
    # It gives None for a gold actor without a country, and the statements' sum over speakers stumbles over that.
    scorer.actor_matches = lambda *actors: bool(matches(*actors))  # type: ignore[attr-defined]
    return scorer


def score(scorer: ModuleType, gold: Entry, reading: Entry) -> Scores:
    """The counts of one report; `reading` is `Reading.to_dict()`."""
    result, found = scorer.score(gold, reading)
    counts = {ours: result[theirs]["counts"] for theirs, ours in COUNTED.items()}
    shares = {}
    for theirs, ours in FIELDS.items():
        told = sum(theirs == "status" or bool(gold["events"][index][theirs]) for index in found)
        shares[ours] = (round((result["event_fields"][theirs] or 0) * told), told)
    shares["figures"] = (round((result["figures_recall"] or 0) * len(gold["figures"])), len(gold["figures"]))
    return Scores(counts, shares)


def pooled(scores: Iterable[Scores]) -> Scores:
    """All reports' counts together: each event counts once, wherever it stands."""
    counts: dict[str, tuple[int, int, int]] = {}
    shares: dict[str, tuple[int, int]] = {}
    for each in scores:
        for name, (right, predicted, gold) in each.counts.items():
            before = counts.get(name, (0, 0, 0))
            counts[name] = (before[0] + right, before[1] + predicted, before[2] + gold)
        for name, (right, total) in each.shares.items():
            had = shares.get(name, (0, 0))
            shares[name] = (had[0] + right, had[1] + total)
    return Scores(counts, shares)


def read(reader: Reader, reports: Iterable[GoldReport]) -> list[tuple[GoldReport, Entry]]:
    """dragoman's readings of the reports that have a text."""
    present = [report for report in reports if report.gold is not None]
    texts = [Report(r.gold["text"], published=date.fromisoformat(r.gold["published"])) for r in present if r.gold is not None]
    return [(report, reading.to_dict()) for report, reading in zip(present, reader.read_many(texts), strict=True)]


def measure(reader: Reader, half: str) -> dict[str, float]:
    """The numbers of a half under the names that the gate uses; none without the texts."""
    scorer = counting_scorer()
    found = [score(scorer, report.gold, reading) for report, reading in read(reader, load(half)) if report.gold]
    return {f"gold.{half}.{name}": round(value, 4) for name, value in pooled(found).numbers().items()} if found else {}


def measure_both(reader: Reader) -> dict[str, float]:
    """The numbers of both halves."""
    return {name: value for half in HALVES for name, value in measure(reader, half).items()}


def lines(scorer: ModuleType, gold: Entry, reading: Entry) -> Iterator[str]:
    """What was missed, made up and got wrong in one report, in text order within each kind. For the tuning half only."""
    yield from _event_lines(scorer, gold, reading)
    for kind, spans in (("statements", "content"), ("times", "span"), ("figures", "span")):
        for entry in gold[kind]:
            if entry.get("core", True) and not _right(scorer, {**gold, kind: [entry]}, reading, kind):
                yield f"missed {kind[:-1]:9}  {_gold_value(kind, entry)}  {_quoted(gold['text'], entry[spans])}"
    for entry in reading["statements"]:
        if scorer.score(gold, {**reading, "statements": [entry]})[0]["statements"]["counts"][:2] == (0, 1):
            yield f"false  statement  {_name(reading, entry['speaker'])}: {_quoted(gold['text'], entry['content'])}"


def _right(scorer: ModuleType, gold: Entry, reading: Entry, kind: str) -> bool:
    result = scorer.score(gold, reading)[0]
    value = result["figures_recall"] if kind == "figures" else result["times_value" if kind == "times" else "statements_full"]["r"]
    nobody = kind == "statements" and gold["statements"][0]["speaker"] is None
    return bool(result["statements"]["r"] if nobody else value)


def _gold_value(kind: str, entry: Entry) -> str:
    if kind == "figures":
        return f"{entry['low']}..{entry['high']} {entry['unit']}"
    return str(entry["value"] if kind == "times" else f"{entry['speaker']}:")


def _event_lines(scorer: ModuleType, gold: Entry, reading: Entry) -> Iterator[str]:
    _, found = scorer.score(gold, reading)
    for index, event in enumerate(gold["events"]):
        told = f"{'|'.join(event['types'])} {'|'.join(event['statuses'])}"
        if index in found:
            yield from _wrong_fields(scorer, {**gold, "events": [event]}, {**reading, "events": [reading["events"][found[index]]]})
        elif event["core"]:
            yield f"missed event      {told}  {_quoted(gold['text'], event['trigger'])}"
    for event in _made_up(scorer, gold, reading, set(found.values())):
        yield f"false  event      {event['type']} {event['status']}  {_quoted(gold['text'], event['trigger'])}"


def _made_up(scorer: ModuleType, gold: Entry, reading: Entry, found: set[int]) -> list[Entry]:
    """Events that are neither core nor optional: the scorer gives the core first, so the optional take from what is left."""
    left = [event for index, event in enumerate(reading["events"]) if index not in found]
    optional = [{**event, "core": True} for event in gold["events"] if not event["core"]]
    _, taken = scorer.score({**gold, "events": optional}, {**reading, "events": left})
    return [event for index, event in enumerate(left) if index not in set(taken.values())]


def _wrong_fields(scorer: ModuleType, gold: Entry, reading: Entry) -> Iterator[str]:
    """One line for an event that was found and has something wrong; both hold this event only."""
    result, _ = scorer.score(gold, reading)
    wanted, got = gold["events"][0], reading["events"][0]
    wrong = [name for name, share in result["event_fields"].items() if share == 0]
    if wrong:
        told = "; ".join(f"{FIELDS[name]} {_got(reading, got, name)}, not {_wanted(gold, wanted, name)}" for name in wrong)
        yield f"wrong  event      {got['type']}  {_quoted(gold['text'], wanted['trigger'])}  {told}"


def _wanted(gold: Entry, event: Entry, name: str) -> str:
    if name in ("by", "to"):
        return " or ".join(gold["actors"][actor]["name"] for actor in event[name])
    if name == "said":
        return str(gold["actors"][event["said"]]["name"])
    return " or ".join(event["statuses"]) if name == "status" else str(event[name])


def _got(reading: Entry, event: Entry, name: str) -> str:
    if name in ("by", "to"):
        return ", ".join(_name(reading, actor) for actor in event[FIELDS[name]]) or "nobody"
    if name == "said":
        speakers = {s["id"]: s["speaker"] for s in reading["statements"]}
        return ", ".join(_name(reading, speakers.get(s)) for s in event["according_to"]) or "nobody"
    if name == "when" and event["when"]:
        return f"{event['when']['start']}/{event['when']['end']}"
    return str(event[name])


def _name(reading: Entry, actor: str | None) -> str:
    return next((str(a["name"]) for a in reading["actors"] if a["id"] == actor), "nobody")


def _quoted(text: str, spans: Any) -> str:
    """The words of a span, or of a list of spans, with the words before the first; long ones are cut in the middle."""
    pairs = spans if isinstance(spans[0], list | tuple) else [spans]
    words = " … ".join(text[start:end] for start, end in pairs)
    shown = words if len(words) <= 90 else f"{words[:45]} … {words[-40:]}"
    return f"{text[max(0, pairs[0][0] - 25) : pairs[0][0]]}[{shown}]".replace("\n", " ")


COLUMNS = ("precision", "recall", "events", *FIELDS.values(), "full", "statements", "statements_full", "times", "figures")
HEADS = ("prec", "rec", "F1", "status", "by", "to", "when", "said", "full", "stmts", "+who", "times", "fig")


def table(rows: dict[str, Scores]) -> Iterator[str]:
    """One line a report and one for all, in per cent."""
    yield f"{'':18}" + "".join(f"{head:>7}" for head in HEADS)
    for name, scores in (*rows.items(), ("all", pooled(rows.values()))):
        numbers = scores.numbers()
        cells = (f"{100 * numbers[column]:7.1f}" if column in numbers else f"{'-':>7}" for column in COLUMNS)
        yield f"{name:18}" + "".join(cells)
    yield "F1 of events with the right type; of these status, by, to, when, said right, where the gold tells; F1 of events right in all"
    yield "of it; F1 of statements, and with the right speaker; F1 of times with the right value; recall of figures. In per cent."


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.gold_readings", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("half", choices=HALVES)
    parser.add_argument("--verbose", action="store_true", help="what was missed, made up and got wrong (tuning half only)")
    args = parser.parse_args()
    if args.verbose and args.half == "unseen":
        parser.error("the unseen half gives numbers only: tune on the tuning half, so that this one still tells how new text is read")
    reports = load(args.half)
    for report in reports:
        if report.missing:
            print(f"{report.name}: left out. {report.missing}", file=sys.stderr)
    if not any(report.gold for report in reports):
        print(f"{GOLD / args.half}: no report with its text, so nothing was measured", file=sys.stderr)
        return 2
    scorer, rows = counting_scorer(), {}
    for report, reading in read(Reader(), reports):
        assert report.gold is not None
        rows[report.name] = score(scorer, report.gold, reading)
        if args.verbose:
            print(f"== {report.name}", *lines(scorer, report.gold, reading), sep="\n")
    print(*table(rows), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
