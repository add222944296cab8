"""Kills `dragoman code` at random moments and holds the final tables against an undisturbed run's: `python -m bench.code_kills --kills 50`.

Each killed call is started again in the same folder; when a folder comes to its end, it is compared byte by byte (all files but run.json,
which has the times of the inputs) and another is begun, until there were enough kills. Exits with 1 if a byte differs.

With `--engine ray` the work is done on a cluster of two nodes beside a head, all on this computer; what is killed is the command itself, a
whole node (another one takes its place) or the process of one actor. The tables are held against those of the local engine.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench.machine import EXAMPLE, WIRE, command_line

if TYPE_CHECKING:
    from bench.ray_nodes import Nodes


def fingerprints(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that a run leaves, hidden files and run.json apart."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".") and path.name != "run.json")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def killed_run(words: Sequence[str], kills: int, longest: float, chance: random.Random) -> int:
    """Starts the command, kills it after up to `longest` seconds, and again, until it comes to its end; at most `kills` times.

    Gives how often it was killed. Raises CalledProcessError where it ends by itself with a fault.
    """
    done = 0
    while True:
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, told = process.communicate(timeout=chance.uniform(0, longest) if done < kills else None)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            done += 1
            continue
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words, stderr=told)
        return done


def killed_on_ray(words: Sequence[str], kills: int, longest: float, chance: random.Random, nodes: Nodes) -> Counter[str]:
    """The same on a cluster, whose nodes and actors are killed as well; gives how often what was killed."""
    done: Counter[str] = Counter()
    process = None
    while True:
        process = process or subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, told = process.communicate(timeout=chance.uniform(0, longest) if done.total() < kills else None)
        except subprocess.TimeoutExpired:
            victim = chance.choice(("command", "node", "actor"))
            if victim == "command":
                process.send_signal(signal.SIGKILL)
                process.communicate()
                process = None
            elif victim == "node":
                nodes.replace(chance.randrange(len(nodes.nodes)))
            elif not nodes.kill_actor(chance):
                continue
            done[victim] += 1
            continue
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, words, stderr=told)
        return done


def _input(folder: Path, reports: int) -> Path:
    source = WIRE if WIRE.exists() else EXAMPLE
    data = gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()
    path = folder / "reports.jsonl"
    path.write_bytes(b"".join(data.splitlines(keepends=True)[:reports]))
    return path


def main() -> int:
    """Kills until there were enough kills; prints how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--per-shard", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-kills-") as name, ExitStack() as opened:
        folder = Path(name)
        words = command_line("code", str(_input(folder, asked.reports)), "--per-shard", str(asked.per_shard))
        _timed((*words, "--out", str(folder / "whole")), "undisturbed")
        nodes = None
        if asked.engine == "ray":
            from bench.ray_nodes import Nodes  # brings Ray

            nodes = opened.enter_context(Nodes(2))
            words += ["--engine", "ray", "--address", nodes.address, "--workers", "2"]
        longest = _timed((*words, "--out", str(folder / "timed")), f"undisturbed, {asked.engine}")
        return _killed(words, folder, asked, longest * 0.6, nodes)


def _timed(words: Sequence[str], what: str) -> float:
    begun = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - begun
    print(f"{what}: {seconds:.1f} s", flush=True)
    return seconds


def _killed(words: Sequence[str], folder: Path, asked: argparse.Namespace, longest: float, nodes: Nodes | None) -> int:
    """Runs until there were enough kills; 1 if a byte differs from what the undisturbed run left."""
    chance = random.Random(asked.seed)
    expected = fingerprints(folder / "whole")
    done: Counter[str] = Counter()
    runs = 0
    found = fingerprints(folder / "timed")
    while found == expected and done.total() < asked.kills:
        runs += 1
        out, most = folder / f"killed-{runs}", min(asked.kills - done.total(), 8)
        line = (*words, "--out", str(out))
        done += killed_on_ray(line, most, longest, chance, nodes) if nodes else Counter(command=killed_run(line, most, longest, chance))
        found = fingerprints(out)
        print(f"run {runs}: killed so far: {dict(done)}", flush=True)
    if found != expected:
        print("different: " + ", ".join(sorted(key for key in {*found, *expected} if found.get(key) != expected.get(key))))
        return 1
    print(f"{done.total()} kills in {runs} runs: all {len(expected)} files of every run are those of the undisturbed one, byte by byte")
    return 0


if __name__ == "__main__":
    sys.exit(main())
