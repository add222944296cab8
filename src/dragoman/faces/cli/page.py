"""A reading as one HTML file: the text on one side, the record on the other, each lighting up the other.

The file needs nothing from outside: style and script stand in it, and its content policy names both by their hashes
and forbids all else. Every text is escaped here, at the place where it is written; anchors are made by number and never
from a report. Without the script, places in the text are links to entries of the record and the other way round.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib import resources

from dragoman.faces.cli.marks import Anchors, Mark, Stretch, marks, stretches
from dragoman.reading.digest import UNSURE, Act, Digest, Excerpt, Quantity, Saying, Voice, digest
from dragoman.reading.entries import Actor, Reading, Time
from dragoman.reading.wording import STATUS_WORDS, one_line, printable, spoken_date
from dragoman.text.paragraphs import paragraphs

_CLASSES = {"source": "source-words"}
_LINKED = frozenset({"act", "figure", "time", "says", "cue", "actor"})


@cache
def _asset(name: str) -> str:
    return "\n" + resources.files("dragoman.faces.cli").joinpath(name).read_text("utf-8")


def _hash(asset: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode() + "'"


def page(readings: Iterable[Reading]) -> Iterator[str]:
    """The file in pieces, one for each reading between an opening and a closing; nothing for no readings."""
    number = 0
    for number, reading in enumerate(readings, 1):
        if number == 1:
            yield opening(digest(reading).title)
        yield article(reading, number)
    if number:
        yield closing()


def opening(title: str) -> str:
    """Everything up to the first article."""
    policy = (
        f"default-src 'none'; style-src {_hash(_asset('page.css'))}; script-src {_hash(_asset('page.js'))}; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="dragoman">
<title>{_text(title)}</title>
<style>{_asset("page.css")}</style>
</head>
<body>
"""


def closing() -> str:
    """Everything behind the last article."""
    return f"<script>{_asset('page.js')}</script>\n</body>\n</html>\n"


def article(reading: Reading, number: int = 1) -> str:
    """One reading; `number` tells its anchors apart from those of other readings on the same page."""
    return "".join(_Article(reading, f"r{number}").pieces())


def _text(text: str) -> str:
    return escape(printable(text))


class _Article:
    """The pieces of one article, in the order in which they stand in the file."""

    def __init__(self, reading: Reading, prefix: str) -> None:
        self.reading = reading
        self.lines: Digest = digest(reading)
        self.prefix = prefix
        self.anchor = Anchors.number(reading, prefix)
        self.placed: set[str] = set()

    def pieces(self) -> Iterator[str]:
        yield f'<article aria-labelledby="{self.prefix}-title">\n'
        yield from self.header()
        yield '<div class="columns">\n'
        yield '<section class="text" aria-label="Text of the report" tabindex="0">'
        yield from self.text()
        yield '</section>\n<div class="record" aria-label="Record" role="region">\n'
        yield from self.record()
        yield "</div>\n</div>\n</article>\n"

    def header(self) -> Iterator[str]:
        url = self.reading.report.url or ""
        link = f' · <a href="{escape(url)}" rel="noopener noreferrer">source</a>' if _is_web(url) else ""
        yield f'<header>\n<h1 id="{self.prefix}-title">{_text(self.lines.title)}</h1>\n'
        yield f'<p class="source">{_text(" · ".join(self.lines.source))}{link}</p>\n'
        yield f"<details><summary>How to read this page</summary>{_LEGEND}</details>\n</header>\n"

    # The text

    def text(self) -> Iterator[str]:
        """Every character of the report; white space between paragraphs stands there, but takes no room."""
        text = self.reading.report.text
        found = paragraphs(text)
        begins, ends = {paragraph.start for paragraph in found}, {paragraph.end for paragraph in found}
        within = False
        for stretch in stretches(text, marks(self.reading, self.anchor), begins | ends):
            if within and stretch.start in ends:
                within = False
                yield "</p>"
            if stretch.start in begins:
                within = True
                yield '<p dir="auto">'
            yield self.stretch(stretch) if within else f'<span class="gap">{_text(text[stretch.start : stretch.end])}</span>'
        yield "</p>" if within else ""

    def stretch(self, stretch: Stretch) -> str:
        words = _text(self.reading.report.text[stretch.start : stretch.end])
        if not stretch.marks:
            return words
        first = stretch.marks[0]
        refs = " ".join(dict.fromkeys(mark.anchor for mark in stretch.marks))
        symbol = f' data-symbol="{first.symbol}"' if first.kind == "act" else ""
        about = f'class="{_classes(stretch)}" data-refs="{refs}"{symbol}'
        if first.kind not in _LINKED:
            return self.anchored(stretch.opening, f"<span {about}>{words}</span>")
        skipped = ' tabindex="-1"' if first.kind in ("actor", "cue") else ""
        return self.anchored(stretch.opening, f'<a href="#{first.anchor}" {about}{skipped}>{words}</a>')

    def anchored(self, begun: Iterable[Mark], element: str) -> str:
        """The element inside an anchor for each entry that has its first place here."""
        for anchor in dict.fromkeys(mark.anchor for mark in begun if mark.kind in _PLACES):
            if anchor not in self.placed:
                self.placed.add(anchor)
                element = f'<i class="anchor" id="{anchor}-text">{element}</i>'
        return element

    # The record

    def record(self) -> Iterator[str]:
        yield from self.chronology()
        yield from _section("Who says what", map(self.voice, self.lines.voices))
        yield from _section("Figures", _listed(map(self.quantity, self.lines.quantities)))
        yield from self.pending()
        yield from _section("Who appears", _listed(map(self.actor, self.reading.actors)))
        yield from _section("Dates in the text", _listed(map(self.time, self.reading.times)))
        yield from _section("Notices", _listed(f"<li>{_text(notice)}</li>\n" for notice in self.lines.notices))

    def item(self, anchor: str, inner: str, own: bool = True) -> str:
        """A list item that is tied to its places in the text; `own` if it is the one that the text links to."""
        here = f' id="{anchor}"' if own else ""
        where = f'<a class="where" href="#{anchor}-text">in the text</a>' if anchor in self.placed else ""
        return f'<li class="item"{here} data-refs="{anchor}">{where}{inner}</li>\n'

    def chronology(self) -> Iterator[str]:
        yield "<section>\n<h2>Chronology</h2>\n"
        if not self.lines.chronology:
            yield "<p>No act of the sixteen types was found.</p>\n"
        for day in self.lines.chronology:
            yield f"<h3>{_text(day.heading)}</h3>\n"
            yield from _listed(map(self.act, day.acts))
        yield "</section>\n"

    def act(self, act: Act) -> str:
        told = (f"according to {act.according_to}",) if act.according_to else ()
        sure = (f"confidence {act.event.confidence:.2f}",) if round(act.event.confidence, 2) >= UNSURE else ()
        about = " · ".join((act.kind, *told, *act.details, *sure))
        return self.item(
            self.anchor("e", act.event.id),
            f'<p>{_status(act)} <span class="parties">{_text(act.parties)}</span></p>'
            f'<p class="words">{_excerpt(act.excerpt)}</p><p class="soft">{_text(about)}</p>',
        )

    def voice(self, voice: Voice) -> str:
        about = f' <span class="soft">{_text(voice.about)}</span>' if voice.about else ""
        return f"<h3>{_text(voice.name)}{about}</h3>\n" + "".join(_listed(map(self.saying, voice.sayings)))

    def saying(self, saying: Saying) -> str:
        words = f"“{saying.content}”" if saying.statement.mode == "direct" else saying.content
        about = " · ".join(filter(None, (saying.cue, *saying.circumstances)))
        return self.item(
            self.anchor("s", saying.statement.id),
            f'<p class="words">{_text(words)}</p>' + (f'<p class="soft">{_text(about)}</p>' if about else ""),
        )

    def quantity(self, quantity: Quantity) -> str:
        claimed = f"according to {quantity.claimant}" if quantity.claimant else "told by the report itself"
        return self.item(
            self.anchor("f", quantity.figure.id),
            f'<p><span class="parties">{_text(quantity.amount)}</span> <span class="soft">{_text(claimed)}</span></p>'
            f'<p class="words">{_excerpt(quantity.excerpt)}</p>',
        )

    def pending(self) -> Iterator[str]:
        if self.lines.pending:
            yield "<section>\n<h2>Announced, promised, threatened, demanded, called off, denied</h2>\n"
        for status, acts in self.lines.pending:
            words = STATUS_WORDS[status]
            yield f'<h3 class="{words.family}"><span aria-hidden="true">{words.symbol}</span> {words.heading}</h3>\n'
            yield from _listed(map(self.pending_act, acts))
        yield "</section>\n" if self.lines.pending else ""

    def pending_act(self, act: Act) -> str:
        when = f' <span class="soft">{_text(act.when)}</span>' if act.event.when else ""
        words = f'<span class="words">{_excerpt(act.phrase)}</span>'
        inner = f'<p><span class="parties">{_text(act.parties)}</span>: {words}{when}</p>'
        return self.item(self.anchor("e", act.event.id), inner, own=False)

    def actor(self, actor: Actor) -> str:
        times = len(actor.mentions)
        about = (actor.kind, actor.country or "", *actor.sectors, *actor.roles, f"{times} mention{'s' * (times > 1)}")
        inner = f'<p><span class="parties">{_text(one_line(actor.name))}</span> '
        return self.item(self.anchor("a", actor.id), f'{inner}<span class="soft">{_text(" · ".join(filter(None, about)))}</span></p>')

    def time(self, time: Time) -> str:
        words = one_line(self.reading.report.text[time.start : time.end])
        means = _meaning(time)
        inner = f'<p>{_text(words)} <span class="soft">{_text(means)}</span></p>'
        return self.item(self.anchor("t", time.id), inner)


_PLACES = frozenset({"act", "figure", "time", "content", "actor"})


def _meaning(time: Time) -> str:
    if time.value is None:
        return "not resolved"
    return spoken_date(time.value) if time.type in ("DATE", "TIME") else f"{time.type.lower()} {one_line(time.value)}"


def _is_web(url: str) -> bool:
    """Whether it is an address that a page may link to."""
    return url.startswith(("https://", "http://")) and url.isprintable() and " " not in url


def _classes(stretch: Stretch) -> str:
    kinds = dict.fromkeys(_CLASSES.get(mark.kind, mark.kind) for mark in stretch.marks)
    deeper = sum(mark.kind == "content" for mark in stretch.marks) > 1
    first = stretch.marks[0]
    # a trigger that other marks cut into pieces is framed as one: left where it begins, right where it ends
    opens = first.kind == "act" and first.span.start == stretch.start
    closes = first.kind == "act" and first.span.end == stretch.end
    ends = ("opens" if opens else "", "closes" if closes else "")
    return " ".join(filter(None, (*kinds, "deeper" if deeper else "", first.family, *ends)))


def _status(act: Act) -> str:
    words = STATUS_WORDS[act.event.status]
    return f'<span class="status {words.family}"><span aria-hidden="true">{words.symbol}</span> {words.word}</span>'


def _excerpt(excerpt: Excerpt) -> str:
    return f"{_text(excerpt.before)}<b>{_text(excerpt.trigger)}</b>{_text(excerpt.after)}"


def _listed(items: Iterable[str]) -> Iterator[str]:
    found = "".join(items)
    if found:
        yield f"<ul>\n{found}</ul>\n"


def _section(heading: str, parts: Iterable[str]) -> Iterator[str]:
    found = "".join(parts)
    if found:
        yield f"<section>\n<h2>{heading}</h2>\n{found}</section>\n"


_LEGEND = (
    '<ul class="legend">'
    + "".join(
        f'<li class="{words.family}"><span aria-hidden="true">{words.symbol}</span> {words.word}</li>' for words in STATUS_WORDS.values()
    )
    + "</ul>"
    '<p class="legend text-legend">In the text: a framed word is an act, with the symbol of its status; a tinted '
    "stretch is what somebody says, deeper where one statement holds another, and the saying word is in italics; dots run "
    "under those who act, a line under dates, a double line under figures, a wave under words that decide a status. Point "
    "at, focus or click anything, here or there, to see what belongs to it; Escape lets go.</p>"
)
