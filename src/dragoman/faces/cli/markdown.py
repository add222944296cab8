"""A reading as Markdown: the lines of the terminal page, with every text from the report escaped.

Escaped text shows as the characters that it holds, in CommonMark and in GitHub's dialect: no emphasis, link, picture,
HTML, heading, table or bare address comes from a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.reading.digest import Act, Digest, Excerpt, Quantity, Voice, digest
from dragoman.reading.entries import Reading
from dragoman.reading.wording import STATUS_WORDS

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[\\`*_{}\[\]#|~$@]|(?<=www)\.|:(?=//)|^[-+=]|^\d+(?=[.)])", re.IGNORECASE)


def escaped(text: str) -> str:
    """One line of text as Markdown that shows exactly this text."""
    marked = _MARKUP.sub(lambda m: m[0] + "\\" if m[0].isdigit() else "\\" + m[0], text)
    return re.sub("[&<>]", lambda m: _ENTITIES[m[0]], marked)


def markdown(reading: Reading) -> str:
    """The whole page, closed by a line end."""
    return "\n".join(_lines(digest(reading))) + "\n"


def _lines(page: Digest) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    yield ""
    yield " · ".join(map(escaped, page.source))
    yield from _chronology(page)
    yield from _section("Who says what", (line for voice in page.voices for line in _voice(voice)))
    yield from _section("Figures", map(_quantity, page.quantities))
    yield from _pending(page)
    yield from _section("Notices", (f"- {escaped(notice)}" for notice in page.notices))


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    first = next(lines, None)
    if first is not None:
        yield from ("", f"## {heading}", "", first, *lines)


def _chronology(page: Digest) -> Iterator[str]:
    yield from ("", "## Chronology")
    if not page.chronology:
        yield from ("", "No act of the sixteen types was found.")
    for day in page.chronology:
        yield from ("", f"### {escaped(day.heading)}", "", *map(_act, day.acts))


def _act(act: Act) -> str:
    words = STATUS_WORDS[act.event.status]
    told = (f"according to {escaped(act.according_to)}",) if act.according_to else ()
    about = " · ".join((escaped(act.kind), *told, *map(escaped, act.details)))
    return f"- {words.symbol} {words.word}: **{escaped(act.parties)}** ({about})  \n  {_excerpt(act.excerpt)}"


def _excerpt(excerpt: Excerpt) -> str:
    """The trigger in bold; where it touches other letters, no emphasis could open there, and it stays plain."""
    touches = excerpt.before[-1:].isalnum() or excerpt.after[:1].isalnum() or not excerpt.trigger
    trigger = escaped(excerpt.trigger) if touches else f"**{escaped(excerpt.trigger)}**"
    return escaped(excerpt.before) + trigger + escaped(excerpt.after)


def _voice(voice: Voice) -> Iterator[str]:
    about = f" ({escaped(voice.about)})" if voice.about else ""
    yield f"- **{escaped(voice.name)}**{about}"
    for saying in voice.sayings:
        words = f"“{escaped(saying.content)}”" if saying.statement.mode == "direct" else escaped(saying.content)
        circumstances = " · ".join(map(escaped, filter(None, (saying.cue, *saying.circumstances))))
        yield f"  - {words}" + (f" ({circumstances})" if circumstances else "")


def _quantity(quantity: Quantity) -> str:
    claimed = f"according to {escaped(quantity.claimant)}" if quantity.claimant else "told by the report itself"
    return f"- **{escaped(quantity.amount)}**, {claimed}  \n  {_excerpt(quantity.excerpt)}"


def _pending(page: Digest) -> Iterator[str]:
    if page.pending:
        yield from ("", "## Announced, promised, threatened, demanded, called off, denied")
    for status, acts in page.pending:
        words = STATUS_WORDS[status]
        yield from ("", f"{words.symbol} {words.heading}:", "")
        for act in acts:
            when = f" ({escaped(act.when)})" if act.event.when else ""
            yield f"- **{escaped(act.parties)}**: {_excerpt(act.phrase)}{when}"
