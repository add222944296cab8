"""The machine and the program that a measurement was made with, as a benchmark notes them."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from dragoman.faces.batch.software import processor, version_of
from dragoman.faces.made_by import made_by

ROOT = Path(__file__).resolve().parents[1]
WIRE = ROOT.parent / "shared" / "data" / "news" / "wire.jsonl.gz"
EXAMPLE = ROOT / "examples" / "cuba_1962" / "case.jsonl"


def machine() -> dict[str, Any]:
    """Processor, cores, memory in GB, system, Python, the libraries that weigh, the revision of the program, the load now."""
    return {
        "day": time.strftime("%Y-%m-%d"),
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": {name: version_of(name) for name in ("numpy", "onnxruntime", "polars", "trafilatura")},
        "made_by": made_by(),
        "revision": _revision(),
        "load": round(os.getloadavg()[0], 2),
    }


def _revision() -> str:
    """The commit, with a plus where files of the tree differ from it."""
    try:
        named = _git("rev-parse", "--short", "HEAD")
        return named + ("+" if _git("status", "--porcelain", "--", "src") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", str(ROOT), *words], check=True, capture_output=True, text=True).stdout.strip()


def command_line(*words: str) -> list[str]:
    """`dragoman` with these words, run by this Python."""
    return [sys.executable, "-c", "from dragoman.faces.cli.main import main; raise SystemExit(main())", *words]
