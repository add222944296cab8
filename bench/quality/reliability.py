"""Whether `confidence` means what it says: `python -m bench.quality.reliability`.

An event is right if an entry of the gold reading (optional ones too) overlaps its trigger and accepts its type and its status.
Of the events given with about 0.8 about 8 in 10 should be right. The weights of `reading/events/confidence.py` are fitted on the
events of 32 wire reports that four readers judged (`gold/judged_events.json`: offsets, type, status, right or not; `--fit`): an event
counts if it is still read as it was judged. The table for the unseen half shows whether the weights hold elsewhere.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple
from unittest.mock import patch

from bench.quality import measures
from bench.quality.gold_readings import GOLD, joined, load
from dragoman.reading.events import builder
from dragoman.reading.events.confidence import WEIGHTS, features
from dragoman.reading.read import Reader
from dragoman.text.report import Report

JUDGED = GOLD / "judged_events.json"
EDGES = (0.0, 0.3, 0.5, 0.65, 0.8, 0.9, 1.0)


class Judged(NamedTuple):
    """An event's confidence and whether it is right."""

    confidence: float
    right: bool


def judged(reader: Reader, golds: Sequence[dict[str, Any]]) -> Iterator[Judged]:
    """All events of the readings of some gold reports."""
    texts = [Report(g["text"], published=date.fromisoformat(g["published"])) for g in golds]
    for gold, reading in zip(golds, reader.read_many(texts), strict=True):
        for event in reading.events:
            yield Judged(event.confidence, any(_accepts(entry, event) for entry in gold["events"]))


def _accepts(entry: dict[str, Any], event: Any) -> bool:
    start, end = entry["trigger"]
    here = start < event.trigger.end and event.trigger.start < end
    return here and event.type in entry["types"] and event.status in entry["statuses"]


def golds_of(half: str) -> list[dict[str, Any]]:
    """The gold readings of a half that have their texts; with "tuning" the one report that is shared too."""
    found = [report.gold for report in load(half) if report.gold is not None]
    if half == "tuning":
        found.append(json.loads((measures.DATA / "gold" / "chechnya.gold.json").read_text("utf-8")))
    return found


def bands(events: Sequence[Judged]) -> Iterator[tuple[float, float, list[Judged]]]:
    """The events by bands of confidence, each with its edges; the last band holds its upper edge."""
    for low, high in pairwise(EDGES):
        yield low, high, [e for e in events if low <= e.confidence < high or e.confidence == high == 1.0]


def table(events: Sequence[Judged]) -> Iterator[str]:
    """One line a band of confidence: how many events, the mean confidence, the share that is right."""
    yield f"{'confidence':>12}{'events':>8}{'mean':>8}{'right':>8}"
    for low, high, band in bands(events):
        if band:
            mean, right = sum(e.confidence for e in band) / len(band), sum(e.right for e in band) / len(band)
            yield f"{low:5.2f} - {high:4.2f}{len(band):8}{mean:8.2f}{right:8.2f}"
    yield f"expected calibration error {error(events):.3f}, Brier score {brier(events):.3f} (of a constant: {constant(events):.3f})"


def error(events: Sequence[Judged]) -> float:
    """The mean distance of confidence and share right over the bands, weighed by their events (Naeini et al. 2015)."""
    total = 0.0
    for _, _, band in bands(events):
        total += abs(sum(e.confidence for e in band) - sum(e.right for e in band))
    return total / max(1, len(events))


def brier(events: Sequence[Judged]) -> float:
    """The mean square of the distance to 0 or 1."""
    return sum((e.confidence - e.right) ** 2 for e in events) / max(1, len(events))


def constant(events: Sequence[Judged]) -> float:
    """The Brier score of saying the share of right events every time."""
    share = sum(e.right for e in events) / max(1, len(events))
    return share * (1 - share)


def measure(reader: Reader) -> measures.Numbers:
    """1 less the calibration error on the unseen half, so that higher is better, as all numbers of the gate are."""
    events = list(judged(reader, golds_of("unseen")))
    return {"gold.unseen.calibration": round(1 - error(events), 4)} if events else {}


def judged_features(reader: Reader) -> list[tuple[Sequence[float], bool]]:
    """The features of every event that is read as it was judged, and whether it is right.

    The reader numbers its events where it would give a confidence.
    """
    seen: list[Sequence[float]] = []

    def numbered(*about: Any) -> float:
        seen.append(features(*about))
        return len(seen) - 1

    marked = joined((part["source"]["id"], part) for part in json.loads(JUDGED.read_text("utf-8")))
    reports = [report.gold for report in marked if report.gold is not None]
    found = []
    with patch.object(builder, "confidence", numbered):
        readings = reader.read_many(Report(r["text"], published=date.fromisoformat(r["published"])) for r in reports)
        for report, reading in zip(reports, readings, strict=True):
            verdicts = {tuple(told): right for *told, right in report["events"]}
            for event in reading.events:
                key = (event.trigger.start, event.trigger.end, event.type, event.status)
                if key in verdicts:
                    found.append((seen[int(event.confidence)], verdicts[key]))
    return found


def fitted(rows: Sequence[tuple[Sequence[float], bool]], steps: int = 4000, rate: float = 0.3, decay: float = 0.02) -> list[float]:
    """Weights of a logistic regression with a little shrinkage, the first for the constant; plain gradient descent."""
    weights = [0.0] * len(rows[0][0])
    for _ in range(steps):
        slope = [0.0] * len(weights)
        for values, right in rows:
            miss = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True)))) - right
            for i, v in enumerate(values):
                slope[i] += miss * v / len(rows)
        weights = [w - rate * (s + decay * w * (i > 0)) for i, (w, s) in enumerate(zip(weights, slope, strict=True))]
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.reliability", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fit", action="store_true", help="print fresh weights, fitted on the events that were judged")
    args = parser.parse_args()
    reader = Reader()
    if args.fit:
        weights = fitted(judged_features(reader))
        print(dict(zip(WEIGHTS, (round(w, 2) for w in weights), strict=True)))
    for half in ("tuning", "unseen"):
        events = list(judged(reader, golds_of(half)))
        print(f"{half}: {len(events)} events, {sum(e.right for e in events) / max(1, len(events)):.3f} right in type and status")
        print("\n".join(table(events)))


if __name__ == "__main__":
    main()
