"""Runs the notebooks of this folder from clean kernels and writes their outputs anew: `python docs/notebooks/run.py [NAME]...`

They run in a temporary folder in which `../../examples` is what it is here, so that nothing is left beside them. The test suite runs them
the same way and holds what they say to what is kept in them; cells with the tag "varies" (they tell times) only have to run.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
_SECONDS = 120  # for one cell


def notebooks() -> list[Path]:
    """All of them."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(path: Path) -> NotebookNode:
    """The notebook with new outputs. Raises CellExecutionError where a cell fails."""
    book = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory(prefix="dragoman-notebook-") as folder:
        work = Path(folder) / "docs" / "notebooks"
        work.mkdir(parents=True)
        (Path(folder) / "examples").symlink_to(ROOT / "examples")
        client = NotebookClient(book, timeout=_SECONDS, coalesce_streams=True, resources={"metadata": {"path": str(work)}})
        client.execute(env=_environment())
    for cell in book.cells:
        cell.metadata.pop("execution", None)  # when it ran
    return book


def _environment() -> dict[str, str]:
    """With `dragoman` of this Python, and pages as wide as in a terminal."""
    paths = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    source = os.pathsep.join((str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])))
    own = {"PATH": paths, "PYTHONPATH": source, "COLUMNS": "80", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **own, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def said(book: NotebookNode) -> Iterator[tuple[str, str]]:
    """What each cell says that must stay the same: its source, and all texts that came out, one after the other."""
    for cell in book.cells:
        if cell.cell_type == "code" and "varies" not in cell.metadata.get("tags", ()):
            yield cell.source, "".join(_texts(cell))


def _texts(cell: NotebookNode) -> Iterator[str]:
    """Standard output, standard error (which of the two comes first is chance), then what is shown."""
    for name in ("stdout", "stderr"):
        yield from (output.text for output in cell.outputs if output.get("name") == name)
    for output in cell.outputs:
        yield from (text for kind, text in sorted(output.get("data", {}).items()) if isinstance(text, str) and not _is_name(text))


def _is_name(text: str) -> bool:
    """What Python says of an object that has no words of its own: another address in each run."""
    return text.startswith("<") and " object>" in text


if __name__ == "__main__":
    for one in notebooks():
        if len(sys.argv) == 1 or one.stem in sys.argv[1:]:
            nbformat.write(executed(one), one)
            print(one)
