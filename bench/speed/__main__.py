"""How fast, and where the time goes: `python -m bench.speed [--texts FILE.jsonl]`.

Prints one line a number. Whole commands are timed as processes, the best and the median of several runs, from bytecode as an
installed package has it (compiling all sources at each start would take 0.6 s more); reading is timed over wire reports
(../shared/data/news/wire.jsonl.gz) or, without them, over the example case. Behind each time stands the processor time, which other
work on the machine changes little. A benchmark is no test: nothing fails here.
"""

from __future__ import annotations

import argparse
import compileall
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it; before numpy is imported

from dragoman.language.encoder import WEIGHTS, Encoder
from dragoman.reading import read as stages
from dragoman.text.report import Report

ROOT = Path(__file__).resolve().parents[2]
WIRE = ROOT.parent / "shared" / "data" / "news" / "wire.jsonl.gz"
EXAMPLE = ROOT / "examples" / "cuba_1962" / "1962-10-24_london-morning-record_quarantine-begins-today.txt"


def reports(limit: int) -> list[Report]:
    """The reports that are timed."""
    source = WIRE if WIRE.exists() else ROOT / "examples" / "cuba_1962" / "case.jsonl"
    opener: Callable[..., Any] = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][:limit]
    return [Report(row["text"], published=date.fromisoformat(row["published"])) for row in rows]


def _call(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-c", "from dragoman.faces.cli.main import main; raise SystemExit(main())", *words]


def command(*words: str, runs: int = 7) -> str:
    """Wall and processor time of a command: best and median of the runs, the first left out."""
    taken, used = [], []
    for _ in range(runs + 1):
        start, before = time.perf_counter(), _processor_time()
        subprocess.run(_call(words), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
        used.append(_processor_time() - before)
    median, processor = statistics.median(taken[1:]), statistics.median(used[1:])
    return f"{min(taken[1:]):.2f} s best, {median:.2f} s median of {runs} (processor: {processor:.2f} s)"


def _processor_time() -> float:
    """Seconds that this process and those that it started have worked, in all threads."""
    return sum(os.times()[:4])


def peak_memory(*words: str) -> str:
    """The largest resident size of a command."""
    code = (
        "import resource,subprocess,sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code, *_call(words)], check=True, capture_output=True, text=True)
    return f"{int(done.stdout.split()[-1]) / 1024:.0f} MB"


def rate(name: str, made: list[Report], threads: int) -> None:
    """Words a second over whole readings, of all reports in one call and one report at a time."""
    words = sum(len(report.text.split()) for report in made)
    reader = stages.Reader(threads=threads)
    reader.read(made[0])
    for how, run in (("many", lambda: list(reader.read_many(made))), ("one by one", lambda: [reader.read(r) for r in made])):
        start, before = time.perf_counter(), _processor_time()
        run()
        taken, used = time.perf_counter() - start, _processor_time() - before
        print(f"{name}, {how}: {words / taken:.0f} words a second (processor: {words / used:.0f})", flush=True)


def shares(made: list[Report]) -> Iterator[tuple[str, float]]:
    """Where the time of reading goes, stage by stage, one thread."""
    spent: dict[str, float] = {}

    def timed(name: str, run: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = run()
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - start
        return result

    encoder = Encoder()
    annotated = timed("language model", lambda: list(encoder.annotate_many(r.text for r in made)))
    for report, a in zip(made, annotated, strict=True):
        times = timed("times", lambda a=a, report=report: stages.read_times(a, report.published))
        figures = timed("figures", lambda a=a, times=times: stages.read_figures(a, times))
        cast = timed("actors", lambda a=a: stages.read_actors(a))
        said = timed("statements", lambda a=a, cast=cast, times=times: stages.read_statements(a, cast, times))
        timed("events", lambda a=a, c=cast, t=times, f=figures, s=said: stages.read_events(a, c, t, f, s))
    total = sum(spent.values())
    return ((name, seconds / total) for name, seconds in spent.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=200)
    args = parser.parse_args()
    compileall.compile_dir(ROOT / "src", quiet=1)
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}")
    print(f"weights: {sum(p.stat().st_size for p in WEIGHTS.iterdir()) / 1e6:.1f} MB")
    print(f"dragoman --help: {command('--help')}")
    print(f"one report from a cold start, terminal: {command('read', str(EXAMPLE), '--published', '1962-10-24')}")
    print(f"resident memory of that: {peak_memory('read', str(EXAMPLE), '--published', '1962-10-24')}")
    made = reports(args.reports)
    rate("one core", made, 1)
    rate("two cores", made, 2)
    for name, share in shares(made):
        print(f"share of {name}: {100 * share:.0f} %")
    print(f"resident memory of this benchmark: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
