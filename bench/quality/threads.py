"""How well the rules' threads are the processes that a person made of the same events: B-cubed precision, recall and F1.

`gold/threads.json` puts each event of two cases into a process (a letter), by the report that tells it first and the character where its
trigger begins; "-" is an event that belongs to none: it is not measured, but counts where it stands in a thread.

    python -m bench.quality.threads examples/cuba_1962/case.jsonl ../shared/data/cases/zaire_1997_04.jsonl
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from dragoman.case.case import Case
from dragoman.reading.read import Reader
from dragoman.text.formats import read_source
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report

GOLD = Path(__file__).parent / "gold" / "threads.json"


def bcubed(gold: Mapping[str, str], groups: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the items that `gold` puts into a process; `groups` gives each item's thread."""
    threads: dict[str, set[str]] = {}
    processes: dict[str, set[str]] = {}
    for item, process in gold.items():
        threads.setdefault(groups.get(item, item), set()).add(item)
        processes.setdefault(process, set()).add(item)
    measured = [item for item, process in gold.items() if process != "-"]
    shared = {item: len(threads[groups.get(item, item)] & processes[gold[item]]) for item in measured}
    precision = sum(shared[item] / len(threads[groups.get(item, item)]) for item in measured) / len(measured)
    recall = sum(shared[item] / len(processes[gold[item]]) for item in measured) / len(measured)
    return precision, recall, 2 * precision * recall / (precision + recall)


def labelled(case: Case, gold: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """The process and the thread of each event of a case that the gold has."""
    source = {row.id: row.source_id or "" for row in case.reports()}
    processes, threads = {}, {}
    for telling in case.timeline():
        first = telling.event.claims[0]
        place = next(p for p in case.show(telling.event.id).passages if p.place.report == first.report and p.place.entry == first.event)
        process = gold.get(source[first.report], {}).get(str(place.marked.start))
        if process:
            processes[telling.event.id] = process
            threads[telling.event.id] = telling.event.thread or telling.event.id
    return processes, threads


def measured(path: Path) -> str:
    """One line for one case."""
    gold = json.loads(GOLD.read_text("utf-8"))[path.parent.name if path.stem == "case" else path.stem]
    with path.open("rb") as lines:
        reports = [item for item in read_source(lines, path.name) if isinstance(item, Report)]
    with tempfile.TemporaryDirectory() as folder, Case.open(Path(folder) / "threads.case", create=True) as case:
        for reading in Reader().read_many(reports):
            case.add(Loaded(reading.report, reading.report.text.encode(), "text/plain", f"{reading.report.source_id}.txt"), reading)
        case.settle()
        processes, threads = labelled(case, gold)
        precision, recall, score = bcubed(processes, threads)
    return f"{path}: {len(processes)} events, precision {precision:.3f}, recall {recall:.3f}, F1 {score:.3f}"


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each file; returns the exit status."""
    for name in arguments:
        print(measured(Path(name)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
