"""Where the output goes: standard output, one file, or a folder with a file for each report.

A file appears under its name only when it is complete; until then it has a hidden temporary name in the same folder,
and if the work fails or is stopped it is taken away again.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import click

from dragoman.reading.entries import Reading


class OutputError(click.UsageError):
    """The output cannot be written where it was asked for."""

    def __init__(self, path: str | Path, found: str, remedy: str) -> None:
        super().__init__(f"--out {path}: {found}; {remedy}")


class StandardOutput:
    """The stream that is there already: kept open, and told to hold any character."""

    def __init__(self, form: str) -> None:
        self.stream = sys.stdout
        reconfigure = getattr(self.stream, "reconfigure", None)
        if reconfigure and form == "terminal":
            reconfigure(errors="replace")
        elif reconfigure:
            reconfigure(encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def commit(self) -> None:
        """Hands on what is buffered."""
        self.stream.flush()


class NewFile:
    """A text file (UTF-8) that takes its name when `commit` is called; without that, nothing of it stays.

    An existing regular file is replaced; a device or a pipe is written to as it is.
    """

    stream: TextIO

    def __init__(self, path: Path) -> None:
        self.shown = path
        self.path = path.resolve()
        self.temporary: Path | None = None
        if self.path.is_dir():
            raise OutputError(path, "is a folder", "name a file in it")
        try:
            self._open()
        except OSError as problem:
            raise self._refused(problem) from None

    def _open(self) -> None:
        if self.path.exists() and not self.path.is_file():
            self.stream = self.path.open("w", encoding="utf-8", newline="\n")
            return
        handle, name = tempfile.mkstemp(prefix=".dragoman-", suffix=".part", dir=self.path.parent)
        self.temporary = Path(name)
        self.stream = os.fdopen(handle, "w", encoding="utf-8", newline="\n")

    def _refused(self, problem: OSError) -> OutputError:
        if not self.path.parent.is_dir():
            return OutputError(self.shown, f"there is no folder {self.shown.parent}", "create it first")
        return OutputError(self.shown, f"cannot be written ({problem.strerror})", "name a place that can be written to")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, _: TracebackType | None) -> None:
        # Closing may fail again where writing failed (a full disk); the temporary file goes away all the same.
        with suppress(OSError):
            self.stream.close()
        if self.temporary:
            self.temporary.unlink(missing_ok=True)
        if isinstance(problem, OSError) and not isinstance(problem, BrokenPipeError):
            raise self._refused(problem) from None

    def commit(self) -> None:
        """Makes the file complete and visible."""
        self.stream.flush()
        if self.temporary is None:
            return
        os.fsync(self.stream.fileno())
        self.stream.close()
        self.temporary.chmod(self._mode())
        os.replace(self.temporary, self.path)
        self.temporary = None

    def _mode(self) -> int:
        """The rights of the file that is replaced, else those that the user's mask gives to a new file."""
        if self.path.exists():
            return self.path.stat().st_mode & 0o777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


class Folder:
    """Gives each report a file name of its own: its id in the input, else its title, else its file's, else its hash.

    `sources` gives the name of the file that a report (by `Report.id`) came from.
    """

    def __init__(self, path: Path, ending: str, sources: Mapping[str, str]) -> None:
        self.path = path
        self.ending = ending
        self.sources = sources
        self.taken: set[str] = set()
        if path.exists() and not path.is_dir():
            raise OutputError(path, "is a file, not a folder", "name another place, or leave out the / at the end")

    def file_for(self, reading: Reading) -> NewFile:
        """The file of a report that has none yet in this call."""
        report = reading.report
        names = (report.source_id, report.title, Path(self.sources.get(report.id, "")).stem)
        stem = next(filter(None, (_slug(name or "") for name in names)), report.id[:12])
        name, count = stem, 1
        while name in self.taken:
            count += 1
            name = f"{stem}-{count}"
        self.taken.add(name)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise OutputError(self.path, f"cannot be made a folder ({problem.strerror})", "name another place") from None
        return NewFile(self.path / f"{name}.{self.ending}")


def _slug(text: str) -> str:
    """Small letters, digits and hyphens, at most 60: a name that no system takes for a path or a device."""
    words = re.sub("[^a-z0-9]+", "-", text[:200].lower()).strip("-")[:60].rstrip("-")
    return f"report-{words}" if re.fullmatch(r"con|prn|aux|nul|(com|lpt)\d", words) else words
