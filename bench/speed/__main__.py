"""How fast, and where the time goes: `python -m bench.speed [--others PYTHON] [--json FILE] [--markdown FILE] [--plot FILE.svg]`.

Measures words a second by layer, on one core and on two, the start of commands and memory, and in the same run what a user would pick
instead (`theirs.py`), for which PYTHON is that of an environment with what `others.txt` names. Everybody is started once and asked by
turns, round after round, so that other work on the machine meets all of them; medians are told, of the clock and of processor time, which
other work changes less. "One core" means that the process may run on one alone. A benchmark is no test: nothing fails here.
"""

from __future__ import annotations

import argparse
import compileall
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import ROOT, command_line, machine
from bench.many_reports import wire_rows
from bench.speed.answering import words_in
from bench.speed.contenders import BenchError, Contender, cold, once, start_all
from bench.speed.pages import page
from bench.speed.tables import plot, tables
from bench.speed.theirs import AT_ONCE

EXAMPLE = ROOT / "examples" / "cuba_1962" / "1962-10-24_london-morning-record_quarantine-begins-today.txt"
OTHERS = ("spaCy", "HeidelTime", "dateparser", "trafilatura")


def rows(most: int) -> list[dict[str, Any]]:
    """Reports from all over the wire, each with a page around it."""
    every = wire_rows()
    chosen = every[:: max(1, len(every) // most)][:most]
    return [{"text": row["text"], "published": row["published"], "publisher": row.get("publisher"), "page": page(row)} for row in chosen]


def contenders(file: Path, reports: Sequence[dict[str, Any]], others: str | None, model: Path) -> list[Contender]:
    """Everybody that is asked by turns."""
    words = words_in([row["text"] for row in reports])
    ours, name = [sys.executable, "-m", "bench.speed.ours"], str(file)
    found = [
        Contender("layers", [*ours, "layers", name], words),
        Contender("whole", [*ours, "whole", name], words),
        Contender("whole, two cores", [*ours, "whole", name], words, cores=2),
        Contender("pages", [*ours, "pages", name], words),
    ]
    if others:
        joined = words_in(["\n\n".join(row["text"] for row in reports)[:AT_ONCE]])
        theirs = [others, "-m", "bench.speed.theirs"]
        spacy = [*theirs, "spacy", name, "--model", str(model)]
        found[2:2] = [Contender("spaCy", spacy, words), Contender("trafilatura", [*theirs, "trafilatura", name], words)]
        found += [
            Contender("spaCy, two cores", spacy, words, cores=2, processes=2),
            Contender("dateparser", [*theirs, "dateparser", name], words),
            Contender("HeidelTime", [*theirs, "heideltime", name], joined),
        ]
    return found


def starts(one: Path, others: str | None, model: Path) -> dict[str, list[str]]:
    """Whole commands, from nothing to their end."""
    found = {"dragoman --help": command_line("--help")}
    found["dragoman read, one report"] = command_line("read", str(EXAMPLE), "--published", "1962-10-24")
    if others:
        theirs = [others, "-m", "bench.speed.theirs"]
        for name in OTHERS:
            found[f"{name}, the same report"] = [*theirs, name.lower(), str(one), "--model", str(model), "--once"]
    return found


def measure(reports: Sequence[dict[str, Any]], others: str | None, rounds: int, folder: Path) -> dict[str, Any]:
    """All numbers."""
    file, one, model = folder / "reports.jsonl", folder / "one.jsonl", folder / "spacy"
    file.write_text("".join(json.dumps(row) + "\n" for row in reports), "utf-8")
    example = {"text": EXAMPLE.read_text("utf-8"), "published": "1962-10-24"}
    one.write_text(json.dumps({**example, "page": page(example)}) + "\n", "utf-8")
    missing = {} if others else dict.fromkeys(OTHERS, "no environment was named with --others")
    if others:
        try:
            once([others, "-m", "bench.speed.theirs", "make-spacy", str(model)])
        except (BenchError, OSError) as problem:
            missing["spaCy"] = str(problem)
    noted = machine()
    started, failed = start_all([c for c in contenders(file, reports, others, model) if c.name.split(",")[0] not in missing])
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        for contender in started:
            contender.round()
    for contender in started:
        contender.stop()
    whole, not_started = cold(starts(one, others, model), rounds)
    rates = [rate for contender in started for rate in _rates(contender)]
    told = {"machine": {**noted, "load_at_end": machine()["load"]}, "others": _versions(others), "rounds": rounds, "reports": len(reports)}
    return {**told, "rates": rates, "starts": _starts(whole), "not_measured": {**missing, **failed, **not_started}}


def _versions(others: str | None) -> dict[str, str]:
    if not others:
        return {}
    asked = subprocess.run([others, "-m", "bench.speed.theirs", "versions"], cwd=ROOT, capture_output=True, text=True, check=False)
    found: dict[str, str] = json.loads(asked.stdout) if asked.returncode == 0 else {}
    return found


def _rates(contender: Contender) -> list[dict[str, Any]]:
    return [
        {
            "name": contender.name, "stage": stage, "cores": contender.cores, "words": contender.words, "peak_mb": round(contender.peak_mb),
            "words_per_second": round(contender.words / median(clock for clock, _ in taken)),
            "words_per_cpu_second": round(contender.words / median(used for _, used in taken)),
            "clock": [round(clock, 4) for clock, _ in taken], "cpu": [round(used, 4) for _, used in taken],
        }
        for stage, taken in contender.taken.items()
    ]  # fmt: skip


def _starts(whole: dict[str, list[dict[str, float]]]) -> list[dict[str, Any]]:
    medians = ((name, {key: median(run[key] for run in runs) for key in runs[0]}) for name, runs in whole.items())
    return [{"name": name, **{key: round(value, 3) for key, value in told.items()}} for name, told in medians]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("--others", metavar="PYTHON", help="the Python of an environment with bench/speed/others.txt")
    parser.add_argument("--reports", type=int, default=40, help="how many reports are read in each round (40)")
    parser.add_argument("--rounds", type=int, default=5)
    for form in ("json", "markdown", "plot"):
        parser.add_argument(f"--{form}", type=Path, metavar="FILE")
    args = parser.parse_args()
    compileall.compile_dir(ROOT / "src", quiet=1)  # as an installed package has it; compiling at each start would take 0.6 s more
    with tempfile.TemporaryDirectory(prefix="dragoman-speed-") as folder:
        result = measure(rows(args.reports), args.others, args.rounds, Path(folder))
    told = tables(result)
    print(told)
    for path, text in ((args.json, json.dumps(result, indent=1) + "\n"), (args.markdown, told), (args.plot, plot(result))):
        if path:
            path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
