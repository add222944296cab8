"""Which reports of a case are about one story: the same happening, as several outlets tell it and go on telling it.

A thread follows a process through what is done in it; a story is told by whole reports, also by those of which no event was read. It is
found by the words that weigh most in each report (`linking/stories.py`, measured on ECB+ by `python -m bench.quality.stories`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.case.linking.stems import words
from dragoman.case.linking.stories import story_groups
from dragoman.case.linking.views import Weights, about_of, unit
from dragoman.case.query import Filters
from dragoman.case.store.base import ReportRow, Store
from dragoman.errors import QueryError

MOST = 600
"""Reports that are grouped at once: the work grows with the square of their number."""


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of one story, the earliest first; `sources` are the publishers that tell it, a copy counting as what it copies.

    `title` is the title of a report that tells most of what the story is about: agencies put slugs and desk notes in the place of some.
    """

    title: str
    reports: tuple[ReportRow, ...]
    sources: tuple[str, ...]


def stories(store: Store, filters: Filters) -> list[Story]:
    """The stories of the reports that pass, those told in most reports first. Raises QueryError where more than `MOST` pass."""
    with store.snapshot():
        if (many := store.count_reports(filters)) > MOST:
            raise QueryError(
                f"{many:,} reports pass, and stories are looked for among {MOST} at most; choose days with --since and --as-of, "
                "or one --thread"
            )
        rows = store.report_rows(filters)
        abouts = [_about(store, row) for row in rows]
    of, groups = {row.id: row for row in rows}, dict[int, list[int]]()
    for at, number in enumerate(story_groups(abouts, in_topics=False)):
        groups.setdefault(number, []).append(at)
    found = [Story(_title(rows, abouts, group), tuple(rows[at] for at in group), _sources(rows, group, of)) for group in groups.values()]
    return sorted(found, key=lambda story: -len(story.reports))


def _about(store: Store, row: ReportRow) -> Weights:
    """What a report is about, without numbers: of the news of a week many tell of 2.7 per cent, or of 200 dead."""
    about = about_of(store.text(row.id) or "", row.title or "")
    return unit({stem: weight for stem, weight in about.items() if not any(map(str.isdigit, stem))})


def _title(rows: Sequence[ReportRow], abouts: Sequence[Weights], group: Sequence[int]) -> str:
    """The title whose words weigh most in the group, of equal ones the first."""
    weights: Counter[str] = Counter()
    for at in group:
        weights.update(abouts[at])
    titles = [rows[at].title or "" for at in group]
    return max(titles, key=lambda title: sum(weights[stem] for stem in {word.stem for word in words(title)}))


def _sources(rows: Sequence[ReportRow], group: Sequence[int], of: Mapping[str, ReportRow]) -> tuple[str, ...]:
    firsts = [of.get(rows[at].same_text_as or "", rows[at]) for at in group]
    return tuple(dict.fromkeys(first.publisher or first.id for first in firsts))
