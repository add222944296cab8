"""A report's text with its spans as nested HTML: one element for each span, so that each kind can be underlined in its own way.

Spans nest and cross freely; elements may not cross. So the text is cut wherever a span begins or ends, the widest span stands outermost,
and one that crosses another is closed and opened again. Inside all of them stands a link to the record's entry; links never nest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from dragoman.faces.cli.marks import Anchors, Mark, Stretch, marks, stretches
from dragoman.reading.entries import Reading
from dragoman.reading.wording import printable
from dragoman.text.paragraphs import paragraphs
from dragoman.text.report import Span

_LINKED = frozenset({"act", "figure", "time", "says", "cue", "actor", "source"})
_TABBED = frozenset({"act", "figure", "says"})
_PLACES = frozenset({"act", "figure", "time", "content", "actor"})
_DEEPEST = 6
_CLASSES = {"source": "source-words"}


def body(reading: Reading, anchor: Anchors, focus: Sequence[Span] = ()) -> tuple[Markup, frozenset[str]]:
    """The text as paragraphs, and the anchors of the entries that have a place in it. `focus` are spans to be pointed out."""
    drawn = _Body(reading, anchor, focus)
    return Markup("".join(drawn.pieces())), frozenset(drawn.placed)


@dataclass
class _Body:
    reading: Reading
    anchor: Anchors
    focus: Sequence[Span]
    placed: set[str] = field(default_factory=set)
    open: list[Mark] = field(default_factory=list)
    pointed: bool = False

    def pieces(self) -> Iterator[str]:
        text = self.reading.report.text
        found = paragraphs(text)
        begins, ends = {p.start for p in found}, {p.end for p in found}
        cuts = begins | ends | {at for span in self.focus for at in span if 0 <= at <= len(text)}
        within = False
        for stretch in stretches(text, marks(self.reading, self.anchor), cuts):
            if within and stretch.start in ends:
                within = False
                yield from self.to([])
                yield "</p>\n"
            if stretch.start in begins:
                within = True
                yield '<p dir="auto">'
            if within:
                yield from self.to(_stack(stretch), stretch)
                yield self.words(stretch)
        yield from self.to([])
        yield "</p>\n" if within else ""

    def to(self, wanted: list[Mark], stretch: Stretch | None = None) -> Iterator[str]:
        """Closes and opens elements until those of `wanted` are open, the first outermost."""
        same = 0
        while same < min(len(wanted), len(self.open)) and wanted[same] == self.open[same]:
            same += 1
        yield "</span>" * (len(self.open) - same)
        for depth, mark in enumerate(wanted[same:], same):
            yield self.opening(mark, depth, wanted, stretch)
        self.open = wanted

    def opening(self, mark: Mark, depth: int, wanted: list[Mark], stretch: Stretch | None) -> str:
        starts = stretch is not None and mark.span.start == stretch.start
        here = ""
        if mark.kind in _PLACES and mark.anchor not in self.placed:
            self.placed.add(mark.anchor)
            here = f' id="{mark.anchor}-text"'
        inner = sum(other.kind == mark.kind for other in wanted[:depth])
        classes = (
            _CLASSES.get(mark.kind, mark.kind),
            mark.family,
            "deeper" if inner else "",
            "opens" if starts else "",
            f"d{min(depth, 3)}",
        )
        symbol = f' data-symbol="{mark.symbol}"' if mark.symbol and starts else ""
        return f'<span class="{" ".join(filter(None, classes))}" data-refs="{mark.anchor}"{symbol}{here}>'

    def words(self, stretch: Stretch) -> str:
        said = self.reading.report.text[stretch.start : stretch.end]
        words = str(escape(printable(said)))
        first = stretch.marks[0] if stretch.marks else None
        if first is not None and first.kind in _LINKED and not said.isspace():  # a link of a blank has no name
            skipped = "" if first.kind in _TABBED and first.span.start == stretch.start else ' tabindex="-1"'
            words = f'<a href="#{first.anchor}"{skipped}>{words}</a>'
        if any(span.start <= stretch.start < span.end for span in self.focus):
            here = "" if self.pointed else ' id="mark"'
            self.pointed = True
            words = f'<mark class="focus"{here}>{words}</mark>'
        return words


def _stack(stretch: Stretch) -> list[Mark]:
    """The marks on a stretch, the widest outermost; where there are very many, the most telling of them."""
    return sorted(stretch.marks[:_DEEPEST], key=lambda mark: (mark.span.start - mark.span.end, mark.span.start, mark.kind, mark.anchor))


def spans_of(reading: Reading, entry: str) -> tuple[Span, ...]:
    """Where an entry of a reading stands in its text: an event with its sentence's trigger, an actor where it is named first."""
    found: Iterable[tuple[str, tuple[Span, ...]]] = (
        *((actor.id, actor.mentions[:1]) for actor in reading.actors),
        *((time.id, (Span(time.start, time.end),)) for time in reading.times),
        *((figure.id, (Span(figure.start, figure.end),)) for figure in reading.figures),
        *((statement.id, statement.content) for statement in reading.statements),
        *((event.id, (event.sentence,)) for event in reading.events),
    )
    return next((spans for name, spans in found if name == entry), ())
