"""`dragoman brief`: opens the case, composes the brief, writes it as Markdown, HTML or PDF."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from dragoman.case.brief.parts import Brief
from dragoman.case.case import Case
from dragoman.errors import QueryError
from dragoman.faces.brief.html import html
from dragoman.faces.brief.markdown import markdown
from dragoman.faces.brief.pdf import pdf
from dragoman.faces.cli.case_command import filters_of
from dragoman.faces.cli.destination import NewFile, StandardOutput

ENDINGS = {".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@dataclass(frozen=True)
class Request:
    """One brief: `asked` are the filters as they were typed; `form` None goes by the ending of `out`."""

    case: str
    asked: dict[str, str | None]
    form: str | None
    out: str


def run(request: Request) -> int:
    """Composes first and writes then, so that what cannot be composed leaves no file."""
    form = request.form or ENDINGS.get(Path(request.out).suffix.lower(), "markdown")
    if form == "pdf" and request.out == "-" and sys.stdout.isatty():
        raise click.UsageError("a PDF is nothing for a terminal; name a file with --out FILE.pdf")
    with Case.open(request.case) as case:
        filters = filters_of(case, request.asked)
        try:
            brief = case.brief(filters)
        except QueryError as problem:
            raise click.UsageError(str(problem)) from None
    written = as_file(brief, form, called(request.case))
    with StandardOutput(form) if request.out == "-" else NewFile(Path(request.out)) as place:
        place.stream.flush()
        place.stream.buffer.write(written)
        place.commit()
    return 0


def as_file(brief: Brief, form: str, name: str) -> bytes:
    """The bytes of a brief in one of the forms; `name` is what its case is called. Raises click.UsageError where a PDF cannot be made."""
    if form == "pdf":
        return pdf(brief, name)
    return (html(brief, name) if form == "html" else markdown(brief, name)).encode("utf-8", "replace")


def called(case: str) -> str:
    """What a case is called: its file without the ending, or the last part of its address, which holds no password."""
    return urlsplit(case).path.rpartition("/")[2] if "://" in case else Path(case).stem
