"""A large archive through `dragoman code`: `python -m bench.archive --reports 100000 [--words 25] [--json FILE]`.

Reports are made by `bench.many_reports` into DIR, outside the tree, and coded there with so many workers. While that goes on, the
memory and the processor time of the command and of all processes that it starts are noted. The rates of the ten tenths of the archive
follow, in words a second of processor time and of the clock: the first and the last should be the same within 5 %. A call that was
stopped is started again with the same words and goes on; so does the measurement.

Other work on the machine makes a second of processor time worth less. So a yardstick is read after each shard, by this process: the same
few reports each time. `against_yardstick` is the rate of the archive in that of the yardstick.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.machine import ROOT, command_line, machine
from bench.many_reports import many, wire_rows, write
from dragoman.faces.batch.charts import Shape, chart
from dragoman.reading.read import Reader
from dragoman.text.report import Report

EVERY, KEPT = 1.0, 15.0  # seconds between two looks, and between two samples that are kept where no shard was done
TENTHS, YARD = 10, 20
MOST_MB, APART = 1_500, 0.05  # what is asked: resident memory, and how far the last tenth's rate may lie from the first's
SAMPLES = "samples.jsonl"
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Sample:
    """The command at one moment. `call`: how often it had been started; `clock`, `cpu`: seconds since it was, of all its processes.

    `resident_mb`: the most since the sample before; `peak_mb`: the largest that the processes ever were, added up. `yardstick`: words
    a second of processor time in which it was read at that moment; None between shards.
    """

    call: int
    clock: float
    cpu: float
    resident_mb: float
    peak_mb: float
    reports: int
    words: int
    yardstick: float | None = None


# --- while it runs


def tree(process: int) -> list[int]:
    """A process and all that came of it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (told := _stat(int(folder.name))):
            children.setdefault(int(told[1]), []).append(int(folder.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _stat(process: int) -> list[str]:
    """What the system says of a process behind its name: state, parent, and so on; nothing where it has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []


def used(process: int) -> tuple[float, float, float]:
    """Seconds of processor time, resident MB and the sum of the peaks in MB, of a process with its children."""
    seconds = resident = peak = 0.0
    for one in tree(process):
        told = _stat(one)
        if not told:
            continue
        own_and_ended = told[11:15] if one == process else told[11:13]
        seconds += sum(map(int, own_and_ended)) / _TICK
        sizes = _sizes(one)
        resident, peak = resident + sizes.get("VmRSS", 0.0), peak + sizes.get("VmHWM", 0.0)
    return seconds, resident, peak


def _sizes(process: int) -> dict[str, float]:
    try:
        told = Path(f"/proc/{process}/status").read_text("utf-8", "replace")
    except OSError:
        return {}
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith(("VmRSS", "VmHWM"))}


class Done:
    """The shards that a run has done, each opened once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "shards"
        self._seen: set[str] = set()
        self.reports = self.words = 0

    def look(self) -> bool:
        """Whether there are new ones."""
        names = {path.name for path in self._folder.glob("[!.]*.json")} if self._folder.is_dir() else set()
        new = names - self._seen
        for name in new:
            counts = json.loads((self._folder / name).read_bytes())["counts"]
            self.reports += counts["reports"]
            self.words += counts["words"]
        self._seen |= new
        return bool(new)


def yardstick(words: int | None) -> Callable[[], float]:
    """Something that reads some reports, the same each time, and gives words a second of processor time."""
    reports = [Report(row["text"]) for row in many(wire_rows()[:: max(1, len(wire_rows()) // YARD)][:YARD], YARD, words)]
    told, reader = sum(len(report.text.split()) for report in reports), Reader()

    def read() -> float:
        before = time.process_time()
        for _ in reader.read_many(reports):
            pass
        return round(told / (time.process_time() - before), 1)

    read()
    return read


def watch(words: Sequence[str], out: Path, call: int, read_yardstick: Callable[[], float]) -> Iterator[Sample]:
    """Runs the command to its end; a sample for each shard, and one every KEPT seconds."""
    done = Done(out)
    done.look()
    begun = noted = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        highest = 0.0
        while process.poll() is None:
            time.sleep(EVERY)
            seconds, resident, peak = used(process.pid)
            highest, now = max(highest, resident), time.monotonic()
            new = bool(resident) and done.look()
            if resident and (new or now - noted >= KEPT):
                counts = (done.reports, done.words)
                measured = read_yardstick() if new else None
                yield Sample(call, round(now - begun, 2), round(seconds, 2), round(highest, 1), round(peak, 1), *counts, measured)
                noted, highest = now, 0.0
    finally:
        process.terminate()
        if process.wait() not in (0, 1):
            raise SystemExit(f"dragoman code ended with {process.returncode}: run the same command again, it goes on where it was")


def kept_samples(folder: Path) -> list[Sample]:
    """Those of all calls so far."""
    kept = folder / SAMPLES
    return [Sample(**json.loads(line)) for line in kept.read_text("utf-8").splitlines()] if kept.exists() else []


def measure(folder: Path, source: Path, workers: int, read_yardstick: Callable[[], float]) -> list[Sample]:
    """Codes what is left to code; all samples, those of earlier calls too."""
    kept, samples = folder / SAMPLES, kept_samples(folder)
    call = samples[-1].call + 1 if samples else 1
    words = command_line("code", str(source), "--out", str(folder / "tables"), "--workers", str(workers))
    with kept.open("a", encoding="utf-8") as file:
        for sample in watch(words, folder / "tables", call, read_yardstick):
            samples.append(sample)
            file.write(json.dumps(asdict(sample)) + "\n")
            file.flush()
    return samples


# --- what follows


def tenths(samples: Sequence[Sample], reports: int) -> list[dict[str, float]]:
    """For each tenth that is done: words a second of processor time and of the clock, the first in yardsticks, and the most resident MB.

    Told from the stretches between two samples of one call; a stretch over the end of a tenth goes to the one in which it began.
    """
    found: list[dict[str, float]] = []
    for tenth in range(TENTHS):
        low, high = reports * tenth / TENTHS, reports * (tenth + 1) / TENTHS
        inside = [pair for pair in _stretches(samples) if low <= pair[0].reports < high]
        if not inside or samples[-1].reports < high:
            continue
        words, cpu, clock = (sum(getattr(b, key) - getattr(a, key) for a, b in inside) for key in ("words", "cpu", "clock"))
        rates = {"words_per_cpu_second": words / cpu, "words_per_second": words / clock}
        if yards := [b.yardstick for _, b in inside if b.yardstick]:
            rates["against_yardstick"] = words / cpu / statistics.median(yards)
        found.append({"tenth": tenth + 1, **rates, "resident_mb": max(b.resident_mb for _, b in inside)})
    return found


def _stretches(samples: Sequence[Sample]) -> Iterator[tuple[Sample, Sample]]:
    """From one end of a shard to the next, within a call; its beginning, when the model is opened, is left out."""
    last: Sample | None = None
    for sample in samples:
        if last is None or sample.call != last.call:
            last = sample
        elif sample.reports > last.reports:
            yield last, sample
            last = sample


def summary(samples: Sequence[Sample], reports: int) -> dict[str, Any]:
    """What is asked of an archive, and what was measured."""
    parts = tenths(samples, reports)
    calls = {sample.call: sample for sample in samples}.values()
    cpu, clock = sum(one.cpu for one in calls), sum(one.clock for one in calls)
    return {
        "reports_done": samples[-1].reports,
        "words_done": samples[-1].words,
        "calls": len(calls),
        "cpu_seconds": round(cpu, 1),
        "clock_seconds": round(clock, 1),
        "resident_mb_most": round(max(sample.resident_mb for sample in samples), 1),
        "peak_mb": round(max(sample.peak_mb for sample in samples), 1),
        "last_to_first_cpu": _last_to_first(parts, "words_per_cpu_second"),
        "last_to_first_against_yardstick": _last_to_first(parts, "against_yardstick"),
        "tenths": [{key: round(value, 4 if key == "against_yardstick" else 1) for key, value in part.items()} for part in parts],
    }


def _last_to_first(parts: Sequence[Mapping[str, float]], rate: str) -> float | None:
    """None until the last tenth is done."""
    told = {part["tenth"]: part[rate] for part in parts if rate in part}
    return round(told[TENTHS] / told[1], 4) if {1, TENTHS} <= set(told) else None


def thinned(samples: Sequence[Sample], most: int = 100) -> list[Sample]:
    """So many that a plot is no longer helped by more; the highest of each stretch."""
    step = max(1, -(-len(samples) // most))
    return [max(samples[at : at + step], key=lambda one: one.resident_mb) for at in range(0, len(samples), step)]


def plot(result: Mapping[str, Any], column: str, title: str, unit: str) -> str:
    """One number of the ten tenths as bars, in SVG."""
    rows = [(f"reports {_span(result['reports'], part['tenth'])}", part[column]) for part in result["tenths"]]
    told = f"dragoman code, {result['workers']} workers, {result['machine']['processor']}"
    return chart(("tenth", unit), rows, Shape("bars", "tenth", (unit,)), title, told)


def _span(reports: int, tenth: float) -> str:
    return f"{reports * (int(tenth) - 1) // TENTHS + 1:,} to {reports * int(tenth) // TENTHS:,}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--words", type=int, help="cut each report to its first sentences of at most so many words")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "out" / "archive_bench", help="where reports and tables are kept")
    parser.add_argument("--json", type=Path, help="file for the numbers")
    parser.add_argument("--so-far", action="store_true", help="only tell what was measured, also while another call is at work")
    args = parser.parse_args()
    folder = args.folder / f"{args.reports}x{args.words or 'all'}"
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "reports.jsonl.gz"
    if not source.exists() and not args.so_far:
        print(f"{write(source, args.reports, args.words):,} words in {args.reports:,} reports: {source}", flush=True)
    noted = machine()
    samples = kept_samples(folder) if args.so_far else measure(folder, source, args.workers, yardstick(args.words))
    if not samples:
        print(f"nothing was measured in {folder}", file=sys.stderr)
        raise SystemExit(1)
    about = {"machine": noted, "reports": args.reports, "words_each_at_most": args.words, "workers": args.workers}
    result = {**about, **summary(samples, args.reports), "samples": [asdict(sample) for sample in thinned(samples)]}
    print(json.dumps({key: value for key, value in result.items() if key != "samples"}, indent=1))
    if args.json:
        args.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
