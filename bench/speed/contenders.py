"""The processes that are measured by turns: started once, asked in rounds, so that whatever else the machine does meets all of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from bench.machine import ROOT


@dataclass
class Contender:
    """`command` is run `processes` times, each with a share of the reports; `words`: of all that they read in one round."""

    name: str
    command: Sequence[str]
    words: int
    cores: int = 1
    processes: int = 1
    taken: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    peak_mb: float = 0.0
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    said: list[IO[str]] = field(default_factory=list)

    def start(self) -> None:
        """Starts its processes and waits until they are ready. Raises BenchError with what they said where they are not."""
        for number in range(1, self.processes + 1):
            words = [*self.command, *(("--share", f"{number}/{self.processes}") if self.processes > 1 else ()), "--cores", str(self.cores)]
            # A pipe that nobody empties would stop them.
            said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - it is closed with the process
            pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": said, "text": True}
            self.running.append(subprocess.Popen(words, cwd=ROOT, env=_environment(), **pipes))
            self.said.append(said)
        for process in self.running:
            self._line(process)

    def round(self) -> None:
        """Asks all its processes at once and notes what each stage took: the slowest clock, the sum of the processor times."""
        for process in self.running:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [self._line(process) for process in self.running]
        self.peak_mb = max(self.peak_mb, sum(answer.pop("peak_mb") for answer in answers))
        for stage in answers[0]:
            clocks, used = zip(*(answer[stage] for answer in answers), strict=True)
            self.taken.setdefault(stage, []).append((max(clocks), sum(used)))

    def stop(self) -> None:
        """Ends its processes."""
        for process in self.running:
            process.communicate()
        for said in self.said:
            said.close()
        self.running, self.said = [], []

    def _line(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        assert process.stdout
        while line := process.stdout.readline():
            if line.startswith("{"):  # what libraries print is none of ours
                found: dict[str, Any] = json.loads(line)
                return found
        process.wait()
        said = self.said[self.running.index(process)]
        said.seek(0)
        told = said.read().strip().splitlines()
        raise BenchError(f"{self.name} ended: {told[-1] if told else 'without a word'}")


class BenchError(Exception):
    """Something could not be measured; the text says why."""


def start_all(contenders: Sequence[Contender]) -> tuple[list[Contender], dict[str, str]]:
    """Those that could be started, and why the others could not."""
    started: list[Contender] = []
    missing: dict[str, str] = {}
    for one in contenders:
        try:
            one.start()
            one.round()  # the first one warms caches up and does not count
            one.taken = {}
            started.append(one)
        except (BenchError, OSError) as problem:
            missing[one.name] = str(problem)
            one.stop()
        print(f"{one.name}: {missing.get(one.name, 'ready')}", file=sys.stderr, flush=True)
    return started, missing


_LAUNCHER = """
import json, os, sys, time
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
told = {"clock": time.perf_counter() - start, "cpu": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}
print(json.dumps({**told, "code": os.waitstatus_to_exitcode(status)}), file=sys.stderr)
"""
"""A small process that starts the one to be measured: memory of whoever starts a process counts as that process's own."""


def once(command: Sequence[str]) -> dict[str, float]:
    """A whole process: seconds of the clock and of processor time, and the most memory that it or a child of it had."""
    launched = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command]
    done = subprocess.run(launched, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    last = (done.stderr.strip().splitlines() or ["without a word"])[-1]
    told: dict[str, float] = json.loads(last) if done.returncode == 0 and last.startswith("{") else {"code": 1}
    if told.pop("code"):
        raise BenchError(f"{' '.join(command[-3:])}: {' '.join(done.stderr.strip().splitlines()[-2:-1]) or last}")
    return told


def _environment() -> dict[str, str]:
    """This one, in which `bench` is found."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)))}


def cold(commands: Mapping[str, Sequence[str]], rounds: int) -> tuple[dict[str, list[dict[str, float]]], dict[str, str]]:
    """Each command so many times, by turns, after once for the caches of the system."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    missing: dict[str, str] = {}
    for number in range(rounds + 1):
        for name, command in commands.items():
            if name in missing:
                continue
            try:
                taken = once(command)
            except (BenchError, OSError) as problem:
                missing[name] = str(problem)
                continue
            if number:
                found[name].append(taken)
    return {name: runs for name, runs in found.items() if name not in missing}, missing
