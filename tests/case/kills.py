"""Kills the command line again and again and looks after the case.

PYTHONPATH=src:. python3 -m tests.case.kills add 200            # also reread, import; 200 kills
PYTHONPATH=src:. python3 -m tests.case.kills add 20 --real      # with the language model, on examples/cuba_1962

The commands run as they are, in processes of their own; without --real a made-up reader takes the language model's place, which
takes seconds to open. A case is killed until it has died three times, then finished, and must be what an undisturbed run makes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dragoman.case.case import Case
from dragoman.faces.cli.main import main as command_line
from dragoman.reading.entries import Reading
from dragoman.text.report import Report
from tests.case.following import read

ROOT = Path(__file__).parents[2]
CUBA = ROOT / "examples" / "cuba_1962" / "case.jsonl"
READER = "KILLS_READER"
_ACT = re.compile(r"The (\w+ \w+) (shelled|left|promised|warned) (\w+)\.")
_TYPES = {"shelled": "ASSAULT", "left": "RETREAT", "promised": "AID", "warned": "THREATEN"}
_DEATHS = 3


class PatternReader:
    """Finds what follows one pattern; the second reader reads "left" as a threat to leave and overlooks warnings."""

    def __init__(self, *_: object, **__: object) -> None:
        """Takes what the real one takes."""

    def read_many(self, reports: Iterable[Report], *, failed: object = None) -> Iterator[Reading]:
        """Readings in the order of the reports."""
        second = os.environ.get(READER) == "second"
        for report in reports:
            acts = []
            for who, verb, whom in _ACT.findall(report.text):
                status = "threatened" if verb == "left" and second else "promised" if verb == "promised" else "occurred"
                if not (second and verb == "warned"):
                    acts.append((who, verb, whom, _TYPES[verb], status))
            made = read(report.text, f"{report.published}", "Courier", *acts)
            yield Reading(report, made.actors, events=made.events)


def write_reports(path: Path, count: int = 40) -> None:
    """Reports of a sentence or two each; every fifth repeats the one before for another paper."""
    lines, verbs, towns = [], list(_TYPES), ("Tarvo", "Dunmere", "Velstad", "Osk")
    for number in range(count):
        verb, town = verbs[number % 4], towns[number // 4 % 4]
        text = (
            f"The Kora Guard {verb} {town}. The Reef Union {verbs[number % 3]} {towns[number % 3]}. Report {number // 5 * 5} came by boat."
        )
        day = f"2026-03-{1 + number % 28:02}"
        lines.append({"id": f"r{number}", "title": f"{verb} {number}", "text": text, "published": day, "publisher": f"Paper {number % 5}"})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def start(arguments: list[str], *, reader: str = "first", real: bool = False) -> subprocess.Popen[bytes]:
    """A process that runs the command line."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", READER: reader, "OMP_NUM_THREADS": "1"}
    module = "dragoman.faces.cli.main" if real else "tests.case.kills"
    run = [] if real else ["run"]
    command = [sys.executable, "-m", module, *run, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(arguments: list[str], **how: Any) -> float:
    """Runs a command to its end; returns the seconds that it took."""
    began = time.monotonic()
    process = start(arguments, **how)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
    return time.monotonic() - began


def killed(arguments: list[str], after: float, **how: Any) -> bool:
    """Starts a command and kills it after some seconds; False if it had ended by then."""
    process = start(arguments, **how)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    assert process.returncode == 0
    return False


def state(case: Path) -> dict[str, Any]:
    """What is in a case, without the moments at which it was written; the file must be whole."""
    with sqlite3.connect(case) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with Case.open(case) as opened:
        found = opened.contract()
        readings = [[kept.by for kept in opened.store.whole().readings(row.id)] for row in opened.reports()]
        numbers = [row.number for row in opened.reports()]
    return {**found, "links": [{**link, "at": ""} for link in found["links"]], "readings": readings, "numbers": numbers}


def opens(case: Path) -> None:
    """A case that a kill has left opens and answers, or has not begun."""
    if case.exists() and case.stat().st_size:
        with Case.open(case, create=True) as opened:
            for row in opened.reports():
                assert opened.store.reading_json(row.id)
            opened.timeline()


def kill_runs(folder: Path, verb: str, kills: int, chance: random.Random, *, real: bool = False) -> int:
    """Kills a command so many times, finishing the case after every third; returns the number of cases that were compared."""
    scene = Scene(folder, verb, real)
    undisturbed = scene.prepare("undisturbed")
    seconds = finish(scene.call(undisturbed), **scene.how)
    wanted, deaths, cases = state(undisturbed), 0, 0
    while deaths < kills:
        case, done = scene.prepare(f"victim {cases}"), False
        for _ in range(min(_DEATHS, kills - deaths)):
            deaths += killed(scene.call(case), chance.uniform(0.1, 1.1) * seconds, **scene.how)
            opens(case)
            if done := verb == "import" and is_begun(case):
                break  # it was killed when its work was done; an import into a case is refused
        if not done:
            finish(scene.call(case), **scene.how)
        assert state(case) == wanted, f"{case} is not what an undisturbed run makes"
        cases += 1
    return cases


def is_begun(case: Path) -> bool:
    """Whether there is a case with reports: an import writes all of them or none."""
    if not case.exists() or not case.stat().st_size:
        return False
    with Case.open(case, create=True) as opened:
        return opened.store.count_reports() > 0


class Scene:
    """What a command is killed over: its arguments, and the case before it."""

    def __init__(self, folder: Path, verb: str, real: bool) -> None:
        """Makes the reports, and for reread and import the case that they start from."""
        self.folder, self.verb = folder, verb
        self.reports = CUBA if real else folder / "reports.jsonl"
        self.how: dict[str, Any] = {"real": real, "reader": "second" if verb == "reread" else "first"}
        if not real:
            write_reports(self.reports)
        if verb != "add":
            self.before = folder / "before.case"
            finish(["add", str(self.before), str(self.reports)], real=real)
        if verb == "reread":
            for decision in (["rename", "A1", "Guard of Kora"], ["edit", "E1", "status=denied"], ["reject", "E2"]):
                finish([decision[0], str(self.before), *decision[1:]], real=real)
        if verb == "import":
            finish(["export", str(self.before), "--out", str(folder / "case.jsonl")], real=real)

    def prepare(self, name: str) -> Path:
        """A case file as it is before the command."""
        case = self.folder / f"{name}.case"
        if self.verb == "reread":
            case.write_bytes(self.before.read_bytes())
        return case

    def call(self, case: Path) -> list[str]:
        """The command line over a case."""
        if self.verb == "add":
            return ["add", str(case), str(self.reports)]
        return ["reread", str(case), "--all"] if self.verb == "reread" else ["import", str(case), str(self.folder / "case.jsonl")]


def main() -> None:
    """Runs as asked; as "run ..." it is the command line with the made-up reader."""
    if sys.argv[1:2] == ["run"]:
        sys.modules["dragoman.reading.read"] = SimpleNamespace(Reader=PatternReader)  # type: ignore[assignment]
        sys.exit(command_line(sys.argv[2:]))
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("verb", choices=("add", "reread", "import"))
    asked.add_argument("kills", type=int)
    asked.add_argument("--real", action="store_true")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cases = kill_runs(Path(folder), given.verb, given.kills, random.Random(given.seed), real=given.real)
    print(f"{given.verb} killed {given.kills} times; {cases} cases, each what an undisturbed run makes")


if __name__ == "__main__":
    main()
