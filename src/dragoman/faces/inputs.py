"""What is named on the command line becomes reports: files, whole folders, standard input.

In a folder everything that may hold reports is read, in the order of the names: what ends as texts, pages, JSON, web archives and
feeds do, and what has no ending. Hidden files are left out, files of other kinds are counted. Nothing is fetched from a network here.
"""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.text.formats import load_source
from dragoman.text.loaded import Item, Loaded, passed_over

_READ = frozenset(
    {"", ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".warc", ".gz", ".xml", ".rss", ".atom"}
)
# Reports are kept in these too; they are opened so that each is told with what to do.
_TOLD = frozenset(
    {".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".eml", ".zip", ".bz2", ".xz", ".zst", ".7z", ".tar", ".tgz", ".parquet"}
)
# Folders inside folders: file systems end paths at 4,096 bytes, so that nobody's own tree goes deeper.
_DEEPEST = 200


def load(names: Sequence[str], known: Mapping[str, Any] | None = None, today: date | None = None) -> Iterator[Item]:
    """The reports of all inputs in order; "-" is standard input. What cannot be read is an InputError in its place.

    `known` are fields of Report that hold for all, whatever the inputs say. A report dated after `today` (without one, the
    day that the computer's clock shows) or before there were newspapers is kept, with a notice.
    """
    day = today or date.today()
    for name in names:
        for item in _load_one(name):
            yield item.knowing(known or {}, day) if isinstance(item, Loaded) else item


def _load_one(name: str) -> Iterator[Item]:
    if name == "-":
        yield from load_source(sys.stdin.buffer, "standard input")
    elif os.path.isdir(name):
        yield from _load_folder(name)
    else:
        yield from _load_file(name)


def _load_file(name: str) -> Iterator[Item]:
    try:
        with open(name, "rb") as file:
            yield from load_source(file, name)
    except (OSError, ValueError) as problem:
        yield _unopened(name, problem)


def _unopened(name: str, problem: OSError | ValueError) -> InputError:
    if name.startswith(("http://", "https://")):
        remedy = "save the page and name the file, or follow a feed with `dragoman add CASE --feed URL`"
        return InputError(name, "an address where a file should be", remedy)
    if isinstance(problem, FileNotFoundError):
        return InputError(name, "there is no such file", "check the name")
    if isinstance(problem, PermissionError):
        return InputError(name, "may not be read", "ask for the right to read it")
    reason = problem.strerror if isinstance(problem, OSError) else str(problem)
    return InputError(name, f"cannot be opened ({reason})", "check the file")


# Folders


def _load_folder(name: str) -> Iterator[Item]:
    """All of a folder, with one count of what is no report, and an error if there is nothing to read."""
    passed: Counter[str] = Counter()
    found = False
    for item in _walk(name, passed, set(), 0):
        found = True
        yield from _load_file(item) if isinstance(item, str) else (item,)
    if not found:
        yield InputError(name, "a folder without files to read", "put reports into it: text, HTML, JSON Lines, WARC")
    yield from passed_over(name, passed)


def files(folder: str, passed: Counter[str]) -> Iterator[str | InputError]:
    """The files of a folder that may hold reports, in the order in which `load` reads them; what is none is counted in `passed`."""
    return _walk(folder, passed, set(), 0)


def _walk(folder: str, passed: Counter[str], seen: set[tuple[int, int]], depth: int) -> Iterator[str | InputError]:
    """The files to read, folder by folder in the order of their names; each real folder once, however links lead to it."""
    try:
        place = os.stat(folder)
        names = sorted(os.listdir(folder))
    except OSError as problem:
        yield _unopened(folder, problem)
        return
    if (place.st_dev, place.st_ino) in seen or depth > _DEEPEST:
        passed["folders that links lead to again"] += 1
        return
    seen.add((place.st_dev, place.st_ino))
    for name in names:
        if not name.startswith("."):
            yield from _member(folder, name, frozenset(names), passed, seen, depth)


def _member(
    folder: str, name: str, beside: frozenset[str], passed: Counter[str], seen: set[tuple[int, int]], depth: int
) -> Iterator[str | InputError]:
    """One entry of a folder: a file to read, the files of another folder, or something to count."""
    path = os.path.join(folder, name)
    try:
        mode = os.stat(path).st_mode
    except OSError as problem:
        yield _unopened(path, problem)
        return
    if stat.S_ISDIR(mode):
        if _of_saved_page(name, beside):
            passed["folders of saved pages"] += 1
        else:
            yield from _walk(path, passed, seen, depth + 1)
    elif not stat.S_ISREG(mode):
        passed["pipes and devices"] += 1  # reading them could wait without end
    elif (ending := os.path.splitext(name)[1].lower()) in _READ or ending in _TOLD:
        yield path
    else:
        passed[f"{ending} files"] += 1


def _of_saved_page(name: str, beside: frozenset[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page that a browser saved beside it."""
    page = name.removesuffix("_files")
    return page != name and (f"{page}.html" in beside or f"{page}.htm" in beside)
