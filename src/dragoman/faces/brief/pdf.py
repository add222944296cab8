"""A brief as PDF: the HTML file, set by WeasyPrint, which `pip install 'dragoman[pdf]'` and a few system libraries bring."""

from __future__ import annotations

from typing import Any, NoReturn

import click

from dragoman.case.brief.parts import Brief
from dragoman.faces.brief.html import html

_SYSTEM = "on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; --format html can be printed to PDF by any browser"


def pdf(brief: Brief, name: str = "") -> bytes:
    """The bytes of the file; the same brief gives the same bytes with the same version of WeasyPrint and the same fonts.

    Raises click.UsageError where WeasyPrint or its system libraries lack. Nothing is fetched, from the network or from disk.
    """
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html(brief, name), url_fetcher=_refused)
    written = document.write_pdf(pdf_identifier=b"dragoman")
    return bytes(written)


def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError:
        raise click.UsageError("PDF needs the library WeasyPrint, which is not installed; run `pip install 'dragoman[pdf]'`") from None
    except OSError as problem:  # it opens Pango when it is imported
        missing = str(problem).splitlines()[0][:120] if str(problem) else "Pango"
        raise click.UsageError(f"PDF needs system libraries that WeasyPrint does not find ({missing}); {_SYSTEM}") from None
    return weasyprint


def _refused(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"a brief fetches nothing: {url[:80]}")
