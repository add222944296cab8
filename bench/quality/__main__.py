"""The gate: `python -m bench.quality [--json FILE] [--markdown FILE]` measures everything and fails if a number falls below its floor.

`--raise` lifts floors to what was measured, less the tolerance; a floor is lowered only by `--lower NAME --because "..."`,
and the reason stays in floors.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.quality import (
    actor_codes,
    actors_across,
    case_gold,
    coreference,
    factuality,
    figures_gold,
    gold_readings,
    measures,
    reliability,
    same_text,
    stories,
)
from bench.quality.tables import tables
from dragoman.language.encoder import Encoder
from dragoman.reading.read import Reader

FLOORS = Path(__file__).parent / "floors.json"
TOLERANCE = {True: 0.3, False: 0.005}
"""Of numbers in per cent, and of F1: below what a change of one library's rounding makes."""


def measure() -> dict[str, float]:
    """All numbers, printed as they come."""
    numbers: dict[str, float] = {}
    encoder, reader = Encoder(threads=2), Reader(threads=2)
    of_encoder = (*measures.OF_THE_ENCODER, factuality.measure, actor_codes.measure)
    of_reader = (
        *measures.OF_THE_READER,
        gold_readings.measure_both,
        figures_gold.measure,
        reliability.measure,
        coreference.measure,
        case_gold.measure,
    )
    of_the_case = (stories.measure, same_text.measure, actors_across.measure)
    for run in (*(partial(m, encoder) for m in of_encoder), *(partial(m, reader) for m in of_reader), *of_the_case):
        for name, value in run().items():
            print(f"{name:32} {value:8.4g}", flush=True)
            numbers[name] = value
    return numbers


def tolerance(value: float) -> float:
    """How far a number may fall before it counts as lower."""
    return TOLERANCE[value > 1]


def raised(floors: dict[str, Any], numbers: dict[str, float]) -> dict[str, Any]:
    """The floors, none lower than it was."""
    for name, value in numbers.items():
        floors["floors"][name] = max(floors["floors"].get(name, 0.0), round(value - tolerance(value), 4))
    return floors


def write(numbers: dict[str, float], floors: dict[str, Any], to_json: Path | None, to_markdown: Path | None) -> None:
    """The numbers with the machine and the data that they were made with, for `python -m bench.report` and for people."""
    rounded = {name: round(value, 4) for name, value in numbers.items()}
    result = {"machine": machine(), "digest": measures.digest(), "numbers": rounded, "floors": floors["floors"]}
    if to_json:
        to_json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    if to_markdown:
        to_markdown.write_text(tables(result), "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured now")
    parser.add_argument("--lower", metavar="NAME", help="lower one floor to what is measured now")
    parser.add_argument("--because", metavar="WHY", help="the reason, kept in floors.json")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there as JSON")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the numbers there as tables")
    args = parser.parse_args()
    if bool(args.lower) != bool(args.because):
        parser.error("--lower NAME and --because WHY go together: a floor is not lowered without a reason")
    if not measures.DATA.is_dir():
        print(f"{measures.DATA}: not there, so nothing was measured", file=sys.stderr)
        return 2
    floors = json.loads(FLOORS.read_text("utf-8"))
    if floors["digest"] not in ("", measures.digest()):
        print(f"the data have digest {measures.digest()}, the floors were made on {floors['digest']}: not to be compared", file=sys.stderr)
        return 2
    numbers = measure()
    if args.lower:
        floors["lowered"].append({"name": args.lower, "from": floors["floors"][args.lower], "to": numbers[args.lower], "why": args.because})
        floors["floors"][args.lower] = round(numbers[args.lower] - tolerance(numbers[args.lower]), 4)
    if args.lift:
        floors = raised(floors, numbers)
    if args.lift or args.lower:
        floors["digest"] = measures.digest()
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    write(numbers, floors, args.json, args.markdown)
    below = [name for name, floor in floors["floors"].items() if numbers.get(name, 0.0) < floor]
    for name in below:
        print(f"BELOW ITS FLOOR: {name} {numbers.get(name)} < {floors['floors'][name]}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
