"""A reading as a notebook shows it: one small table of acts and one of statements, without script or style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dragoman.reading.digest import Act, Digest, Voice, digest
from dragoman.reading.entries import Reading
from dragoman.reading.wording import STATUS_WORDS, shortened

_MOST_ROWS = 50
_LEFT = ' style="text-align:left;vertical-align:top"'


def repr_html(reading: Reading) -> str:
    """An HTML fragment for `_repr_html_`; every text is escaped, and at most 50 acts and 50 statements are shown."""
    page = digest(reading)
    acts = [_act_row(day.heading, act) for day in page.chronology for act in day.acts]
    sayings = [row for voice in page.voices for row in _saying_rows(voice)]
    return "".join(
        (
            "<div>",
            _head(page),
            _table("acts", ("when", "status", "who → whom", "in the text's words", "according to"), acts),
            _table("statements", ("who", "says", "what"), sayings),
            *(f"<p>{escape(notice)}</p>" for notice in page.notices),
            "</div>",
        )
    )


def _head(page: Digest) -> str:
    return f"<p><b>{escape(page.title)}</b><br>{escape(' · '.join(page.source))}</p>"


def _act_row(when: str, act: Act) -> tuple[str, ...]:
    words = STATUS_WORDS[act.event.status]
    quoted = f"{escape(act.excerpt.before)}<b>{escape(act.excerpt.trigger)}</b>{escape(act.excerpt.after)}"
    status = f"{words.symbol}&nbsp;{words.word}"
    return escape(when), status, escape(act.parties), quoted, escape(act.according_to)


def _saying_rows(voice: Voice) -> Iterable[tuple[str, ...]]:
    for saying in voice.sayings:
        yield escape(voice.name), escape(saying.cue), escape(shortened(saying.content, 300))


def _table(what: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of escaped cells, with a last line that counts the rows that are left out."""
    if not rows:
        return f"<p>no {what}</p>"
    head = "".join(f"<th{_LEFT}>{name}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td{_LEFT}>{cell}</td>' for cell in row)}</tr>" for row in rows[:_MOST_ROWS])
    more = f"<p>and {len(rows) - _MOST_ROWS} more {what}</p>" if len(rows) > _MOST_ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
