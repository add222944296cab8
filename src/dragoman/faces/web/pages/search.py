"""Search: the reports whose words match, the newest first, with what stands around each match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.case.case import Case
from dragoman.case.store.base import Found, Hit, Snippet
from dragoman.errors import QueryError
from dragoman.faces.web.address import number
from dragoman.faces.web.page import Asked, Page
from dragoman.faces.web.told import Named
from dragoman.reading.wording import one_line

_PAGE = 20
_MOST_ACTORS = 5
_MOST_WORDS = 6


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet, and whether it matches."""

    text: str
    found: bool


def show(case: Case, asked: Asked) -> Page:
    """The form, and what was found if something is asked."""
    query = asked.address.get("q") or ""
    start = number(asked.address, "from", 0, 1_000_000)
    found, problem = Found(0), ""
    if query:
        try:
            found = case.search(query, asked.filters, limit=_PAGE, offset=start)
        except QueryError as error:
            problem = str(error)
    actors = _actors(case, query, found)
    values = {
        "query": query, "found": found, "problem": problem, "actors": actors, "start": start, "step": _PAGE, "count": found.total,
        "hits": [(hit, [(snippet, list(pieces(snippet))) for snippet in hit.snippets], _first(hit)) for hit in found.hits],
    }  # fmt: skip
    return Page(f"Search: {query}" if query else "Search", values, downloads=("csv", "json") if query and not problem else ())


def _actors(case: Case, query: str, found: Found) -> list[Named]:
    """The actors called as the query has it, or by words that it matched: so a fuzzy name leads to whom it means."""
    matched = (snippet.text[m.start - snippet.span.start : m.end - snippet.span.start] for h in found.hits for snippet in h.snippets
               for m in snippet.marks)  # fmt: skip
    found_actors: dict[Named, None] = {}
    for words in list(filter(None, dict.fromkeys((query, *matched))))[:_MOST_WORDS]:
        found_actors |= {Named(row.id, one_line(row.name or row.id)): None for row in case.found("actor", words, _MOST_ACTORS)}
        if len(found_actors) >= _MOST_ACTORS:
            break
    return list(found_actors)[:_MOST_ACTORS]


def pieces(snippet: Snippet) -> Iterator[Piece]:
    """A snippet cut at its matches."""
    at = 0
    for mark in snippet.marks:
        start, end = mark.start - snippet.span.start, mark.end - snippet.span.start
        if start > at:
            yield Piece(snippet.text[at:start], False)
        if end > max(start, at):
            yield Piece(snippet.text[max(start, at) : end], True)
        at = max(at, end)
    yield Piece(snippet.text[at:], False)


def _first(hit: Hit) -> str:
    """The first match, as a report's page takes it."""
    marks = [mark for snippet in hit.snippets for mark in snippet.marks]
    return f"{marks[0].start}-{marks[0].end}" if marks else ""
