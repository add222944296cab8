"""What a brief does not tell, because no report of the case does: days without reports, one-sided sources, sides that nobody quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dragoman.case.brief.choosing import Chosen
from dragoman.case.brief.parts import Line
from dragoman.case.record import EventMention, Who, days_between
from dragoman.reading.wording import spoken_date

_GAP = 4  # days between two reports from which a gap is told
_GAPS = 3
_NAMED = 4  # acts that a side takes part in from which it is missed
_SIDES = 3
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"})


def absences(of: Chosen) -> tuple[Line, ...]:
    """What the reader has to know is missing."""
    return tuple(Line(text, "counted") for text in (*_sources(of), *_gaps(of), *_silent(of)))


def _sources(of: Chosen) -> Iterator[str]:
    original = [row for row in of.reports if of.material.original(row.id) == row.id]
    publishers = Counter(of.material.publisher(row.id) for row in original)
    if len(publishers) == 1 and len(original) > 1:
        yield f"All reports are from one publisher, {next(iter(publishers))}: nothing here is borne out by another"
    elif publishers and 2 * max(publishers.values()) > len(original) > 3:
        name, count = publishers.most_common(1)[0]
        yield f"{count:,} of {len(original):,} reports that are no copies are from {name}"
    undated = sum(not row.published for row in of.reports)
    if undated:
        yield f"{undated:,} {'report has' if undated == 1 else 'reports have'} no date"


def _gaps(of: Chosen) -> Iterator[str]:
    """The longest stretches of days without a report."""
    days = sorted({row.published for row in of.reports if row.published})
    if of.today and days and of.today > days[-1]:
        days.append(of.today)
    gaps = sorted(((days_between(a, b), a, b) for a, b in pairwise(days) if days_between(a, b) >= _GAP), reverse=True)[:_GAPS]
    for _, first, last in sorted(gaps, key=lambda gap: gap[1]):
        yield f"No report is from the days between {spoken_date(first)} and {spoken_date(last)}"


def _silent(of: Chosen) -> Iterator[str]:
    """States that take part in what is told and in whose name nobody speaks in it."""
    record, named, heard = of.material.record, Counter[str](), set[str]()
    for mention in (telling.mention for telling in of.material.tellings.values()):
        taking_part = (*record.initiators(mention), *record.recipients(mention))
        named.update({who.party for who in taking_part if who.party == who.country})
        heard.update(who.party for who in _speakers(of, mention))
    for party, count in named.most_common():
        if count >= _NAMED and party not in heard and (name := _name(of, party)):
            yield f"Nobody speaks for {name} in what is told above, though {count} of its acts are done by it or to it"


def _speakers(of: Chosen, mention: EventMention) -> Iterable[Who]:
    record = of.material.record
    spoken = record.initiators(mention) if mention.event.type in _SPOKEN else ()
    return (*(who for voice in mention.voices if (who := record.who(mention.place.report, voice.speaker))), *spoken)


def _name(of: Chosen, party: str) -> str:
    states = [who for who in of.material.record.people.values() if who.country == party and who.kind == "country"]
    return of.material.name(states[0].id) if states else ""
