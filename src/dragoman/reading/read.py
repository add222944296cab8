"""The builders in order, in plain code: text -> annotations -> reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import tee

from dragoman.language.annotations import Annotations
from dragoman.language.encoder import Encoder
from dragoman.reading.actors import read_actors
from dragoman.reading.actors.roster import Roster
from dragoman.reading.entries import Time
from dragoman.reading.events import read_events
from dragoman.reading.figures import read_figures
from dragoman.reading.reading import Reading
from dragoman.reading.statements import read_statements
from dragoman.reading.surface import line_of
from dragoman.reading.times import read_times
from dragoman.text.report import Report


class Reader:
    """Opens the language model once and reads reports with it.

    A reader may be shared by threads; `threads` is how many cores one call may use: with two or more the language
    model works ahead on reports to come while the caller has a reading in hand (numpy's own threads take cores from it:
    set OPENBLAS_NUM_THREADS=1 before numpy is imported, as the command line does). `roster` is who is known by name
    (`dragoman.reading.actors.lists.with_own` makes one of a user's own list); without one, our own lists.
    """

    def __init__(self, threads: int = 1, roster: Roster | None = None) -> None:
        self._encoder = Encoder(threads=threads)
        self._roster = roster

    def read(self, report: Report | str) -> Reading:
        """The reading of one report; a bare text is a report without a date."""
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[Report | str], *, failed: Callable[[Report, Exception], None] | None = None) -> Iterator[Reading]:
        """Readings in the order of the reports, made as they are asked for.

        No text should make a reader fail. If one does, it is given to `failed` with the exception and the others are still
        read; without `failed` the exception comes out here.
        """
        kept, texts = tee(r if isinstance(r, Report) else Report(r) for r in reports)
        annotated = self._encoder.annotate_many(report.text for report in texts)
        for report, found in zip(kept, annotated, strict=True):
            try:
                reading = read_annotations(report, found, self._roster)
            except Exception as error:
                if failed is None:
                    raise
                failed(report, error)
            else:
                yield reading


def read(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> Reading:
    """Reads one text. `published` is a date or "YYYY-MM-DD"; without it relative dates ("Friday") stay unresolved.

    Raises ValueError if `published` is no date. To read many reports keep a `Reader`: opening the model takes longer than
    reading a report.
    """
    day = date.fromisoformat(published) if isinstance(published, str) else published
    return Reader().read(Report(text, title=title, publisher=publisher, published=day, url=url))


def read_annotations(report: Report, annotations: Annotations, roster: Roster | None = None) -> Reading:
    """All builders over one annotated report."""
    line = line_of(annotations)
    times = read_times(annotations, report.published, line)
    figures = read_figures(annotations, times, line)
    cast = read_actors(annotations, report.published, roster)
    statements = read_statements(annotations, cast, times, report.publisher, report.published)
    events = read_events(annotations, cast, times, figures, statements, report.published)
    return Reading(report, tuple(cast.actors), tuple(times), tuple(figures), tuple(statements), tuple(events), _notices(report, times))


def _notices(report: Report, times: list[Time]) -> tuple[str, ...]:
    unresolved = sum(time.value is None for time in times)
    if report.published is None and unresolved:
        what = "1 relative date stays" if unresolved == 1 else f"{unresolved} relative dates stay"
        return (f"The report's date of publication is not known: {what} unresolved.",)
    return ()
