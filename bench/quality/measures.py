"""Every number that says how good dragoman is, each with the file that it is measured on.

A measure is a function from a `Reader` to numbers between 0 and 100 (accuracies, LAS) or 0 and 1 (F1), under a name. All use
the development files under ../shared/data and the scorers under ../shared/scorers; where these are absent nothing is measured.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.language.encoder import Encoder
from dragoman.reading.attributions import attributions
from dragoman.reading.read import Reader
from dragoman.reading.reading import Reading
from dragoman.text.report import Report
from training import evaluate

SHARED = Path(__file__).resolve().parents[3] / "shared"
DATA = SHARED / "data"
Numbers = dict[str, float]


def scorer_of(name: str) -> ModuleType:
    """One of the programs under ../shared/scorers as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "scorers" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{SHARED}/scorers/{name}.py: not found; the numbers are made with it")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON Lines, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def syntax(encoder: Encoder) -> Numbers:
    """Trees, tags, lemmas on gold words; sentences and words on raw text."""
    numbers: Numbers = {}
    for name, path in evaluate.SYNTAX.items():
        for measure, value in {**evaluate.syntax_scores(encoder, path), **evaluate.segmentation_scores(encoder, path)}.items():
            numbers[f"{name}.{measure}"] = value
    return numbers


def names(encoder: Encoder) -> Numbers:
    """F1 of names: UNER's EWT dev, and every tenth sentence of gmb_news."""
    gmb = {f"gmb_news.{measure}": value for measure, value in evaluate.gmb_scores(encoder).items()}
    return {"uner_ewt.F1": evaluate.uner_scores(encoder)["F1"], **gmb}


def wire_sentences(encoder: Encoder) -> Numbers:
    """F1 of sentences on 40 wire reports marked by hand, by an AI helper that read each (offsets only: the texts are not ours)."""
    marked: dict[str, list[list[int]]] = json.loads((Path(__file__).parent / "wire_sentences.json").read_text("utf-8"))
    texts = {row["id"]: row["text"] for row in rows_of(DATA / "news" / "wire.jsonl.gz") if row["id"] in marked}
    gold, found = set[object](), set[object]()
    for name, text in texts.items():
        gold |= {(name, start, end) for start, end in marked[name]}
        found |= {(name, s.start, s.end) for s in encoder.annotate(text).sentences}
    return {"wire.sentences": round(evaluate.f1(gold, found), 4)}


def hand_made(reader: Reader) -> Numbers:
    """The reading made by hand: the headline of score_reading.py and its parts."""
    scorer = scorer_of("score_reading")
    gold = json.loads((DATA / "gold" / "chechnya.gold.json").read_text("utf-8"))
    reading = reader.read(Report(gold["text"], published=date.fromisoformat(gold["published"])))
    result, _ = scorer.score(gold, reading.to_dict())
    return {
        "chechnya.headline": scorer.headline(result),
        "chechnya.events_full": result["events_full"]["f"],
        "chechnya.events": result["events"]["f"],
        "chechnya.statements_full": result["statements_full"]["f"],
        "chechnya.times": result["times_value"]["f"],
        "chechnya.figures": result["figures_recall"],
        "chechnya.actors": result["actors_recall"],
    }


def times(reader: Reader) -> Numbers:
    """TempEval-3 value F1 on time/dev, and on the half (odd lines) that the grammar was not tuned on."""
    scorer = scorer_of("score_time")
    rows = rows_of(DATA / "time" / "dev.jsonl.gz")
    readings = reader.read_many(_dated(row["text"], row["dct"]) for row in rows)
    found = {row["id"]: _timex(reading) for row, reading in zip(rows, readings, strict=True)}
    halves = {"time.value_F1": rows, "time.value_F1.untuned_half": rows[1::2]}
    return {name: _value_f1(scorer, part, found) for name, part in halves.items()}


def _timex(reading: Reading) -> dict[str, Any]:
    return {"timex": [{"start": t.start, "end": t.end, "type": t.type, "value": t.value or ""} for t in reading.times]}


def _value_f1(scorer: ModuleType, rows: list[dict[str, Any]], found: dict[str, Any]) -> float:
    result = scorer.score({r["id"]: r for r in rows}, {r["id"]: {"id": r["id"], **found[r["id"]]} for r in rows})
    report = result[0] if isinstance(result, tuple) else result
    return round(float(report["value_f1"]), 4)


def _dated(text: str, published: str) -> Report:
    return Report(text, published=date.fromisoformat(published[:10]))


def attribution(reader: Reader) -> Numbers:
    """Attributions on PolNeAR dev, with the quotation marks where PolNeAR has them: numbers only, nobody looks at its texts."""
    scorer = scorer_of("score_attribution")
    rows = rows_of(DATA / "attribution" / "dev.jsonl.gz")
    readings = reader.read_many(_dated(row["text"], row["date"]) for row in rows)
    found = {row["id"]: {"id": row["id"], "attributions": attributions(r)} for row, r in zip(rows, readings, strict=True)}
    result = scorer.score({r["id"]: r for r in rows}, found)
    report = result[0] if isinstance(result, tuple) else result
    return {f"polnear.{name}": round(float(_figure(report, name)), 4) for name in ("content.exact", "whole.half", "token.all")}


def _figure(report: dict[str, Any], name: str) -> float:
    value: Any = report.get(name) or report[name.split(".")[0]][name.split(".")[1]]
    return float(value["f1"] if isinstance(value, dict) and "f1" in value else value["f"] if isinstance(value, dict) else value)


OF_THE_ENCODER: tuple[Callable[[Encoder], Numbers], ...] = (syntax, names, wire_sentences)
OF_THE_READER: tuple[Callable[[Reader], Numbers], ...] = (hand_made, times, attribution)


def digest() -> str:
    """A hash over the files that are measured on: numbers of different digests are not to be compared."""
    paths = ["syntax/en_ewt-ud-dev.conllu.gz", "syntax/en_gum-ud-dev.conllu.gz"]
    paths += ["entities/uner_ewt.dev.jsonl.gz", "entities/gmb_news.train.jsonl.gz"]
    paths += ["gold/chechnya.gold.json", "time/dev.jsonl.gz", "attribution/dev.jsonl.gz", "news/wire.jsonl.gz"]
    paths += ["stories/ecbplus.dev.jsonl.gz", "stories/meantime.train.jsonl.gz", "cases/zaire_1997_04.jsonl"]
    total = hashlib.sha256()
    for path in paths:
        total.update((DATA / path).read_bytes())
    return total.hexdigest()[:16]
