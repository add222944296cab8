"""Kills `dragoman code` at random moments and holds the final tables against an undisturbed run's: `python -m bench.code_kills --kills 50`.

Each killed call is started again in the same folder; when a folder comes to its end, it is compared byte by byte (all files but run.json,
which has the times of the inputs) and another is begun, until there were enough kills. Exits with 1 if a byte differs.
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
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIRE = ROOT.parent / "shared" / "data" / "news" / "wire.jsonl.gz"
EXAMPLE = ROOT / "examples" / "cuba_1962" / "case.jsonl"
_COMMAND = (sys.executable, "-c", "from dragoman.faces.cli.main import main; raise SystemExit(main())")


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


def _input(folder: Path, reports: int) -> Path:
    source = WIRE if WIRE.exists() else EXAMPLE
    data = gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()
    path = folder / "reports.jsonl"
    path.write_bytes(b"".join(data.splitlines(keepends=True)[:reports]))
    return path


def main() -> int:
    """Kills until there were enough kills; prints how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--per-shard", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="dragoman-kills-") as name:
        folder = Path(name)
        words = (*_COMMAND, "code", str(_input(folder, asked.reports)), "--per-shard", str(asked.per_shard), "--out")
        begun = time.monotonic()
        subprocess.run((*words, str(folder / "whole")), check=True, stdout=subprocess.DEVNULL)
        longest = time.monotonic() - begun
        expected = fingerprints(folder / "whole")
        print(f"undisturbed: {longest:.1f} s, {len(expected)} files")
        kills = runs = 0
        while kills < asked.kills:
            runs += 1
            kills += killed_run((*words, str(folder / f"killed-{runs}")), min(asked.kills - kills, 8), longest * 0.6, chance)
            found = fingerprints(folder / f"killed-{runs}")
            if found != expected:
                print("different: " + ", ".join(sorted(key for key in {*found, *expected} if found.get(key) != expected.get(key))))
                return 1
        print(f"{kills} kills in {runs} runs: every run's files are those of the undisturbed one, byte by byte")
    return 0


if __name__ == "__main__":
    sys.exit(main())
