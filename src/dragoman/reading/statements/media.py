"""Whose trade it is to bring words to others: agencies, papers and broadcasters, and the one that a whole report comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.language.annotations import Token
from dragoman.reading.actors.lists import shipped
from dragoman.reading.actors.roster import Directory
from dragoman.reading.entries import Link
from dragoman.reading.statements.cues import Page
from dragoman.reading.statements.reporting import noun_lemma, reporting_words
from dragoman.text.report import Span

_TRADE = "JRN"
_HEAD = 600  # characters at the beginning of a text in which a byline and a dateline stand
_TAIL = 200  # characters at the end in which a credit stands
_LONGEST_NAME = 4  # words of an agency's name in a dateline
_DATELINE = re.compile(r"^[ \t]*[A-Z][^\n()]{0,60}\(([^()\n]{2,40})\)[ \t]*(?:--?|[–—:])", re.MULTILINE)
_BYLINE = re.compile(r"^[ \t]*[Bb][Yy][ \t]+([^\n]{2,90})$", re.MULTILINE)
_LINE = re.compile(r"^[ \t]*\(?([A-Z][^\n()]{1,40}?)\)?[ \t]*$", re.MULTILINE)
_CREDIT = re.compile(r"(?:\(|--|[–—]|©|\([cC]\)|[Cc]opyright|[Ss]ource:)[ \t]*(?:\d{4}[ \t]*)?([A-Z][^\n()]{1,40}?)\)?[ \t.]*$")
_PARTS = re.compile(r"[^,/|()–—]+")
_JOB = re.compile(r"[ \t]+(?:[Ss]taff|[Ww]riter|[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Bb]ureau)\b.*$")


def is_medium(page: Page, token: Token) -> bool:
    """Whether the phrase headed by the token names an agency, a paper or a broadcaster: by its code, its noun, or its name."""
    words, actor = reporting_words().words, page.cast.of(token)
    if actor is not None:
        member = page.cast.get(actor)
        if member.kind != "person" and _TRADE in member.sectors and noun_lemma(token) not in words["audience"]:
            return True
    if noun_lemma(token) in words["media"]:
        return True
    before = page.annotations.children(token, "compound", "amod")
    if noun_lemma(token) == "agency":
        return any(t.lower in words["news"] for t in before)
    if noun_lemma(token) in words["programmes"]:
        return any(noun_lemma(t) in words["media"] for t in before)
    return token.upos == "PROPN" and _is_masthead(page, token)


def _is_masthead(page: Page, token: Token) -> bool:
    """Whether a proper name is one of our list or ends as names of papers do: "the Tarvo Herald"."""
    annotations = page.annotations
    name = annotations.name_at(token)
    if name is not None and name.kind == "PERSON":
        return False
    run = [token, *(t for t in annotations.children(token, "compound", "flat", "nmod:desc") if t.upos == "PROPN")]
    span = name.span if name is not None else annotations.span_of(run)
    phrase = annotations.text[span.start : span.end]
    last = phrase.split()[-1].lower()
    return known_medium(phrase) is not None or (len(phrase.split()) > 1 and last in reporting_words().words["mastheads"])


@lru_cache(maxsize=4096)
def known_medium(phrase: str) -> str | None:
    """The full name of the medium that the phrase names in our list of bodies, or None."""
    body = Directory(shipped()).body(phrase.strip(" \t.'’"))
    return body.name if body is not None and body.sector == _TRADE and body.country != "NGO" else None


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, or name the same medium ("AFP", "Agence France-Presse")."""
    return (known_medium(one) or one).casefold() == (known_medium(other) or other).casefold()


def publishers_of(page: Page, publisher: str | None) -> tuple[Link, ...]:
    """Who has the whole report, outermost first: the publisher given with it, then the agency of its byline, dateline or credit."""
    links = [Link("publisher", publisher.strip())] if publisher and publisher.strip() else []
    for span in _credits(page):
        name, actor = page.annotations.text[span.start : span.end], _actor_at(page, span)
        same = next((n for n, link in enumerate(links) if same_name(link.name, name)), None)
        link = Link("publisher", name if same is None else links[same].name, actor, None, (span,))
        if same is None:
            links.append(link)
        elif not links[same].words:
            links[same] = link
    return tuple(links)


def _actor_at(page: Page, span: Span) -> str | None:
    return next((actor for t in page.annotations.tokens_in(span) if (actor := page.cast.of(t)) is not None), None)


def _credits(page: Page) -> Iterator[Span]:
    """Where a text names the medium that it comes from, at its head and at its end."""
    text = page.annotations.text
    for found in _DATELINE.finditer(text, 0, _HEAD):
        span = _trimmed(text, Span(*found.span(1)))
        if known_medium(text[span.start : span.end]) or _may_be_agency(page, span):
            yield span
    for pattern in (_BYLINE, _LINE):
        for found in pattern.finditer(text, 0, min(_HEAD, len(text))):
            yield from _known_in(text, Span(*found.span(1)))
    tail = text.rstrip()
    for pattern in (_CREDIT, _LINE):
        for found in pattern.finditer(tail, max(0, len(tail) - _TAIL)):
            if found.end() == len(tail):
                yield from _known_in(text, Span(*found.span(1)))


def _known_in(text: str, span: Span) -> Iterator[Span]:
    """The parts of a line that name a medium that we know, without "Writer" behind them."""
    for part in _PARTS.finditer(text, span.start, span.end):
        job = _JOB.search(text, part.start(), part.end())
        found = _trimmed(text, Span(part.start(), job.start() if job else part.end()))
        if found.start < found.end and known_medium(text[found.start : found.end]):
            yield found


def _may_be_agency(page: Page, span: Span) -> bool:
    """Whether what stands in the brackets of a dateline can be an agency that we do not know: a name, but of no state."""
    tokens = page.annotations.tokens_in(span)
    named = 0 < len(tokens) <= _LONGEST_NAME and all(t.text[:1].isupper() for t in tokens)
    return named and not any(page.cast.country_of(t) for t in tokens)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
