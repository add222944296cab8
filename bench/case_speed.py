"""How fast a case grows and answers: `python -m bench.case_speed [--cache FOLDER] [--plot FILE.svg] [--case NAME] [--batches N]`.

Three things are measured, in processor time, which other work on the machine changes little: what reading a report costs (a sample), what
the case layer costs for each report when the wire reports are added in one call (with what follows worked out at the end), and how long
each question takes on a case of 10,000 reports (`growth.py`), asked in a case that was opened for it. FOLDER keeps the readings and the
large case between runs, outside the tree; `--fill` makes both (about 15 minutes) and does nothing else. `--case` asks another case, such
as one at a `postgresql://` URL that `--fill --case URL` has filled.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it; before numpy is imported

from bench.growth import grown
from bench.machine import ROOT, WIRE, command_line
from bench.quality.same_text import KEPT_APART
from dragoman.case.case import Case
from dragoman.case.query import Filters
from dragoman.faces.cli import case_pages, changes_page, network_command
from dragoman.faces.inputs import load
from dragoman.reading.entries import Reading
from dragoman.reading.read import Reader
from dragoman.reading.wire import from_json, to_json
from dragoman.text.loaded import Loaded

CACHE = ROOT.parent / "out" / "case_speed"
MOMENT = "2026-01-01T00:00:00Z"
LARGE = 10_000
SAMPLE = 60  # reports that are read to know what reading costs
FIRST, WIDE = 200, 100  # growth is told from the reports around the 200th and the last ones
QUESTION_MS, SEARCH_MS = 300, 100


def loaded_reports() -> list[Loaded]:
    """The wire reports, without those whose readings test what is unseen."""
    items = [item for item in load([str(WIRE)]) if isinstance(item, Loaded)]
    return [item for row, item in enumerate(items) if row not in KEPT_APART]


def readings(cache: Path) -> list[Reading]:
    """The readings of all wire reports, from the cache as far as it goes."""
    path = cache / "readings.jsonl.gz"
    found = [from_json(line) for line in _lines(path)]
    wanted = loaded_reports()[len(found) :]
    if wanted:
        print(f"reading {len(wanted):,} reports", flush=True)
        cache.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "at", encoding="utf-8") as file:
            for reading in Reader().read_many(item.report for item in wanted):
                file.write(to_json(reading) + "\n")
                found.append(reading)
    return found


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from file


def spent(act: Callable[..., object], *given: object) -> float:
    """Milliseconds of processor time that a call takes."""
    before = time.process_time()
    act(*given)
    return (time.process_time() - before) * 1000


def reading_costs() -> float:
    """What reading one report costs, on the mean of a sample."""
    reports = [item.report for item in loaded_reports()]
    sample = reports[:: len(reports) // SAMPLE]
    reader = Reader()
    reader.read(sample[0])
    return statistics.mean(spent(reader.read, report) for report in sample)


def add(case: Case, reading: Reading) -> None:
    """One report, whose bytes are its text's."""
    text = reading.report.text.encode("utf-8", "surrogatepass")
    case.add(Loaded(reading.report, text, "text/plain", "wire"), reading, MOMENT)


def adding_costs(told: Sequence[Reading]) -> tuple[list[float], float, float]:
    """What adding costs for each report, what settling costs behind the 200th, and behind the last one."""
    with tempfile.TemporaryDirectory() as folder, Case.open(Path(folder) / "wire.case", create=True) as case:
        first = [spent(add, case, reading) for reading in told[:FIRST]]
        early = spent(case.settle)
        others = [spent(add, case, reading) for reading in told[FIRST:]]
        return first + others, early, spent(case.settle)


def adding(cache: Path, plot: Path | None) -> None:
    """The first two measurements, and the plot."""
    told = readings(cache)
    read = reading_costs()
    costs, early, late = adding_costs(told)
    total = (sum(costs) + late) / len(told)
    at_first = statistics.mean(costs[FIRST - WIDE : FIRST]) + early / FIRST
    at_last = statistics.mean(costs[-WIDE:]) + late / len(told)
    print(f"reading: {read:.0f} ms a report (mean of {SAMPLE})")
    print(f"adding {len(told):,} reports: {total:.1f} ms a report, {total / read:.2f} of reading (at most 0.50)")
    print(f"  of which settling once, at the end: {late / len(told):.1f} ms a report ({late / 1000:.1f} s)")
    print(f"growth from the {FIRST}th to the last: {at_first:.1f} to {at_last:.1f} ms, {at_last / at_first:.2f} times (less than 2)")
    if plot:
        plot.write_text(svg(costs, read, (FIRST, early / FIRST), (len(told), late / len(told))), encoding="utf-8")
        print(f"plot: {plot}")


def batches(cache: Path, size: int) -> None:
    """What adding costs where each batch of reports is added by a call of its own, which has to read the case and settles it."""
    told, read = readings(cache), reading_costs()
    print(f"reading: {read:.0f} ms a report; adding {size} reports to a call, with all that a call costs:")
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, len(told), size):
            with Case.open(Path(folder) / "wire.case", create=True) as case:
                costs = [spent(add, case, reading) for reading in told[first : first + size]]
                settled = spent(case.settle)
            each = (sum(costs) + settled) / len(costs)
            print(
                f"  {first + len(costs):>6,}  {each:6.1f} ms a report, {each / read:.2f} of reading; settling {settled / 1000:.1f} s",
                flush=True,
            )


# --- questions


def large_case(location: str, cache: Path) -> None:
    """Makes the case of 10,000 reports, or goes on making it."""
    told = readings(cache)
    with Case.open(location, create=True) as case:
        there = case.store.count_reports()
        for number, reading in enumerate(grown(told, LARGE), 1):
            if number > there:
                add(case, reading)
            if number % 1000 == 0:
                print(f"{number:,} reports", flush=True)
        took = spent(case.settle)
        print(f"what follows was worked out in {took / 1000:.0f} s", flush=True)


Ask = Callable[[Case], object]


def questions(location: str) -> list[tuple[str, list[str], Ask]]:
    """Every question: what to call it, its words on the command line, and how it is asked in the library, page and all."""
    with Case.open(location) as case:
        days = sorted(row.published for row in case.reports())
        thread, actor = case.threads(limit=1)[0], case.actors(limit=1)[0]
        shown = [thread.id, actor.id, thread.events[0], case.disputes(limit=1)[0].id, case.figures(limit=1)[0].id]
        shown += [case.commitments(limit=1)[0].id, case.store.links(limit=1)[0].link.id]
    middle, late = days[len(days) // 2], days[-len(days) // 20]
    ways: dict[str, Filters] = {
        "": Filters(), "--as-of": Filters(as_of=middle), "--since": Filters(since=late), "--actor": Filters(actor=actor.id),
        "--thread": Filters(thread=thread.id), "--type": Filters(type="ASSAULT"), "--status": Filters(status="promised"),
        "--actor --as-of": Filters(actor=actor.id, as_of=middle),
    }  # fmt: skip
    found: list[tuple[str, list[str], Ask]] = []
    for name, filters in ways.items():
        words = _words(filters)
        for question, ask in _listings(filters).items():
            found.append((f"{question} {name}".strip(), [question, location, *words], ask))
    for item in shown:
        for name in ("", "--as-of"):
            filters = ways[name]
            found.append((f"show {item} {name}".strip(), ["show", location, item, *_words(filters)], _show(item, filters)))
    queries = ("president", '"prime minister"', "troops AND (bomb* OR attack*)", "bagdad~ -police")
    for name in ("", "--as-of"):
        filters = ways[name]
        found += [
            (f"search {query} {name}".strip(), ["search", location, query, *_words(filters)], _search(query, filters)) for query in queries
        ]
    return found


def _words(filters: Filters) -> list[str]:
    given = {"--as-of": filters.as_of, "--since": filters.since, "--actor": filters.actor, "--thread": filters.thread}
    given |= {"--type": filters.type, "--status": filters.status}
    return [word for name, value in given.items() if value for word in (name, value)]


def _listings(filters: Filters) -> dict[str, Ask]:
    found: dict[str, Ask] = {
        "timeline": lambda case: case_pages.timeline(case, filters, 300),
        "threads": lambda case: case_pages.threads(case, filters, 100),
        "disputes": lambda case: case_pages.disputes(case, filters, 50),
        "promises": lambda case: case_pages.promises(case, filters, 100),
        "figures": lambda case: case_pages.figures(case, filters, 100),
        "network": lambda case: network_command.page(case.network(filters), filters, case_pages.about_filters(case, filters), 100),
    }
    if not filters.actor:
        found["actors"] = lambda case: case_pages.actors(case, filters, 100)
    if filters.since or filters == Filters():
        found["changes"] = lambda case: changes_page.changes(case, Filters(since=filters.since) if filters.since else filters, "bench")
    return found


def _show(item: str, filters: Filters) -> Ask:
    return lambda case: case_pages.show(case, item, filters)


def _search(query: str, filters: Filters) -> Ask:
    return lambda case: case_pages.search(case, query, filters, 20)


def ask_all(location: str, runs: int = 3) -> None:
    """Each question in a case opened for it, and once as a process."""
    slow = 0
    print(f"{'':44} best  worst of {runs}   whole process")
    for name, words, ask in questions(location):
        took = [_fresh(location, ask) for _ in range(runs)]
        limit = SEARCH_MS if name.startswith("search") else QUESTION_MS
        slow += max(took) > limit
        print(f"{name:42} {min(took):6.0f} {max(took):6.0f} ms{' !' if max(took) > limit else '  '} {_process(words):8.0f} ms", flush=True)
    print(f"{slow} over the limit ({QUESTION_MS} ms; search {SEARCH_MS} ms)")


def _fresh(location: str, ask: Ask) -> float:
    gc.collect()  # what other questions left behind is not this one's to clear away
    return spent(_asked, location, ask)


def _asked(location: str, ask: Ask) -> None:
    with Case.open(location) as case:
        ask(case)


def _process(words: Sequence[str]) -> float:
    """Processor time of the command, in milliseconds."""
    before = os.times()
    subprocess.run(command_line(*words), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user + after.children_system - before.children_user - before.children_system) * 1000


# --- the plot


def svg(costs: Sequence[float], read: float, *settled: tuple[int, float]) -> str:
    """Milliseconds of each report against its number, as means of fifty, under the line of half the reading time."""
    wide, high, left, low = 720, 320, 56, 40
    most = max(read * 0.6, statistics.mean(costs) * 1.5)

    def x(number: float) -> float:
        return left + (wide - left - 20) * number / len(costs)

    def y(value: float) -> float:
        return high - low - (high - low - 20) * min(value, most) / most

    means = [(i + 25, statistics.mean(costs[i : i + 50])) for i in range(0, len(costs) - 49, 50)]
    line = " ".join(f"{x(n):.1f},{y(v):.1f}" for n, v in means)
    dots = "".join(f'<circle cx="{x(n):.1f}" cy="{y(v):.1f}" r="4" fill="#b40"/>' for n, v in settled)
    ticks = "".join(
        f'<text x="{left - 6}" y="{y(v) + 4:.1f}" text-anchor="end">{v}</text><path d="M{left} {y(v):.1f}H{wide - 20}" stroke="#ddd"/>'
        for v in range(0, int(most) + 1, 20)
    )
    feet = "".join(f'<text x="{x(n):.1f}" y="{high - low + 18}" text-anchor="middle">{n:,}</text>' for n in range(0, len(costs) + 1, 400))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="12">'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>{ticks}{feet}'
        f'<path d="M{left} {y(read / 2):.1f}H{wide - 20}" stroke="#070" stroke-dasharray="6 4"/>'
        f'<text x="{wide - 24}" y="{y(read / 2) - 5:.1f}" text-anchor="end" fill="#070">half of reading a report</text>'
        f'<polyline points="{line}" fill="none" stroke="#06c" stroke-width="2"/>{dots}'
        f'<text x="{left}" y="14">milliseconds of processor time a report; dots: settling, spread over the reports</text>'
        f'<text x="{wide - 20}" y="{high - 4}" text-anchor="end">reports in the case</text></svg>\n'
    )


def main() -> None:
    """Measures, or fills the cache."""
    parser = argparse.ArgumentParser(prog="python -m bench.case_speed", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder for the readings and the large case")
    parser.add_argument("--plot", type=Path, help="SVG file to write")
    parser.add_argument("--case", help="the large case, where it is not the one in the cache")
    parser.add_argument("--fill", action="store_true", help="make the readings and the large case, and stop")
    parser.add_argument("--only", choices=("adding", "questions"), help="one half of the measurements")
    parser.add_argument("--batches", type=int, metavar="N", help="measure only what adding costs where N reports are added to a call")
    args = parser.parse_args()
    location = args.case or str(args.cache / "large.case")
    if args.fill:
        large_case(location, args.cache)
        return
    if args.batches:
        batches(args.cache, args.batches)
        return
    if args.only != "questions":
        adding(args.cache, args.plot)
    if args.only != "adding":
        if "://" not in location and not Path(location).exists():
            print(f"no {location}: make it with `python -m bench.case_speed --fill`", file=sys.stderr)
            return
        ask_all(location)


if __name__ == "__main__":
    main()
