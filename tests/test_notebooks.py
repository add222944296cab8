"""The notebooks in docs/ run from a clean kernel, and say what is kept in them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

pytest.importorskip("nbclient")
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "notebooks"
RUN = runpy.run_path(str(FOLDER / "run.py"))
MOST_BYTES = 100_000
"""Of one notebook with its outputs: pages in a repository are read on the net."""


@pytest.mark.parametrize("path", RUN["notebooks"](), ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_what_is_kept_in_it(path: Path) -> None:
    import nbformat

    kept, now = list(RUN["said"](nbformat.read(path, as_version=4))), list(RUN["said"](RUN["executed"](path)))
    assert kept == now, f"{path.name} says other things now; if they are right: python docs/notebooks/run.py {path.stem}"


def test_there_are_notebooks_and_they_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in RUN["notebooks"]()}
    assert len(sizes) >= 3
    assert max(sizes.values()) < MOST_BYTES, sizes
