"""Kills a writing process again and again and looks after the case: `PYTHONPATH=src:. python3 -m tests.case.store.kills LOCATION 100`.

LOCATION is a new file name or the URL of an empty PostgreSQL database.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from dragoman.case.store.opening import open_store
from tests.case.store.writer import add_whole, is_whole

ROOT = Path(__file__).parents[3]


def start_writer(location: str, name: str, count: int) -> subprocess.Popen[str]:
    """A process that adds `count` reports."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.case.store.writer", location, name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def kill_once(location: str, name: str, chance: random.Random) -> int:
    """Kills a writer in the middle; returns how many reports the case then has. Raises AssertionError if it is not whole."""
    writer = start_writer(location, name, 10_000)
    assert writer.stdout is not None
    # Some writers die before they have opened the case, most while they write.
    if chance.random() < 0.9:
        writer.stdout.readline()
    time.sleep(chance.random() * 0.3)
    writer.kill()
    writer.communicate()
    store = open_store(location, create=True)
    assert is_whole(store), f"the case is not whole after {name}"
    assert add_whole(store, f"after {name}: a whole report"), "the case does not go on"
    count = store.count_reports()
    store.close()
    return count


def main() -> None:
    """Kills as often as asked."""
    location, times = sys.argv[1], int(sys.argv[2])
    chance = random.Random(5)
    for number in range(times):
        print(f"killed {number + 1} times; reports: {kill_once(location, f'victim {number}', chance)}", flush=True)


if __name__ == "__main__":
    main()
