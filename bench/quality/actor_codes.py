"""How well marked actors are coded: 258 spans of `plv_train.jsonl`, coded by hand (gold/actors_plv.json), in two halves.

Rows with an even number were looked at while the rules were made, odd ones were only measured. The gold was made by an AI
helper from its own knowledge before the coder was run on any of the rows. Run: python -m bench.quality.actor_codes [--wrong]
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.quality import measures
from dragoman.language.annotations import Annotations
from dragoman.language.encoder import Encoder
from dragoman.reading.actors.coding import ActorCode, code_spans

GOLD = Path(__file__).parent / "gold" / "actors_plv.json"
SIDES = ("source", "target")
Coded = dict[str, dict[str, list[dict[str, Any]]]]


def marked_rows(gold: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows of plv_train.jsonl that the gold has."""
    wanted = set(gold)
    return {row["id"]: row for row in measures.rows_of(measures.DATA / "events" / "plv_train.jsonl") if row["id"] in wanted}


def coded(rows: dict[str, dict[str, Any]], annotated: dict[str, Annotations]) -> Coded:
    """The coder's answers in the form that `score_events.py actors` reads."""
    found: Coded = {}
    for name, row in rows.items():
        sides = [side for side in SIDES if row[side]]
        codes = code_spans(annotated[name], [(row[side]["start"], row[side]["end"]) for side in sides])
        found[name] = {side: [] for side in SIDES} | {s: [_answer(c)] for s, c in zip(sides, codes, strict=True)}
    return found


def _answer(code: ActorCode) -> dict[str, Any]:
    return {"country": code.country, "sectors": list(code.sectors)}


def measured(gold: Coded, found: Coded, *, odd: bool) -> dict[str, float]:
    """Country accuracy over spans whose country can be told, sectors F1 and both right, over one half."""
    scorer = measures.scorer_of("score_events")
    half = [{"id": name, **sides} for name, sides in gold.items() if int(name[-4:]) % 2 == odd]
    known = [{**row, **{s: [a for a in row[s] if a["country"]] for s in SIDES}} for row in half]
    result = scorer.score_actors(half, found)
    told = scorer.score_actors(known, {n: _told(gold[n], found[n]) for n in gold})
    return {
        "spans": result["n"], "country": round(told["country_accuracy"], 4), "country.answered": round(told["country_answered"], 4),
        "sectors.p": round(result["sectors"]["p"], 4), "sectors.r": round(result["sectors"]["r"], 4),
        "sectors.F1": round(result["sectors"]["f1"], 4), "both": round(told["country_and_sectors_exact"], 4),
    }  # fmt: skip


def _told(gold: dict[str, list[Any]], found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {s: [f for g, f in zip(gold[s], found[s], strict=True) if g["country"]] for s in SIDES}


def measure(encoder: Encoder) -> measures.Numbers:
    """Country accuracy, sectors F1 and both right over the half that was only measured."""
    gold: Coded = json.loads(GOLD.read_text("utf-8"))["actors"]
    rows = marked_rows(gold)
    annotated = dict(zip(rows, encoder.annotate_many(row["text"] for row in rows.values()), strict=True))
    numbers = measured(gold, coded(rows, annotated), odd=True)
    return {f"actors.{name}": numbers[name] for name in ("country", "sectors.F1", "both")}


def main() -> None:
    """Prints the numbers of both halves; --wrong also the spans of the tuning half that are not right."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wrong", action="store_true", help="list what is wrong in the tuning half")
    options.add_argument("--annotations", type=Path, help="a pickle of annotations by id, made if it is not there")
    chosen = options.parse_args()
    gold: Coded = json.loads(GOLD.read_text("utf-8"))["actors"]
    rows = marked_rows(gold)
    found = coded(rows, _annotated(rows, chosen.annotations))
    for half, odd in (("tuning (even)", False), ("reported (odd)", True)):
        print(half, json.dumps(measured(gold, found, odd=odd)))
    if chosen.wrong:
        _list_wrong(rows, gold, found)


def _annotated(rows: dict[str, dict[str, Any]], cache: Path | None) -> dict[str, Annotations]:
    if cache is not None and cache.exists():
        kept: dict[str, Annotations] = pickle.loads(cache.read_bytes())
        return kept
    made = dict(zip(rows, Encoder().annotate_many(row["text"] for row in rows.values()), strict=True))
    if cache is not None:
        cache.write_bytes(pickle.dumps(made))
    return made


def _list_wrong(rows: dict[str, dict[str, Any]], gold: Coded, found: Coded) -> None:
    for name, row in rows.items():
        for side in SIDES:
            for right, told in zip(gold[name][side], found[name][side], strict=True):
                same = right["country"] == told["country"] and set(right["sectors"]) == set(told["sectors"])
                if int(name[-4:]) % 2 == 0 and not same:
                    print(name, side, repr(row[side]["text"]), "is", right, "told", told)


if __name__ == "__main__":
    main()
