"""Through whom a statement has come into the report: "the agency quoted Gil as saying that Rome had denied it".

Three kinds of links. A statement that stands in the content of another has come through that one's speaker; who quoted it, was
told it, printed or aired it carries it; and all of them stand in a report that somebody publishes. Outermost first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.language.annotations import Token
from dragoman.reading.entries import Link, Statement
from dragoman.reading.nearby import Nearby
from dragoman.reading.statements.addressees import hearer_phrase
from dragoman.reading.statements.cues import Draft, Page, span_of
from dragoman.reading.statements.media import is_medium, same_name
from dragoman.reading.statements.occasions import quoting
from dragoman.reading.statements.reporting import reporting_words, verb_lemma
from dragoman.reading.statements.speakers import has_case
from dragoman.text.report import Span

_DEEPEST = 8  # links of statements within statements
_WITHIN = ("in", "on", "by", "to", "with", "from", "for", "of", "via", "over", "through")
_NAMED = ("compound", "amod", "nmod:poss", "flat")  # "state television", not "television"


# Who carries one statement.


def carriers_of(page: Page, draft: Draft, occasion: Token | None, heard: Sequence[Token]) -> tuple[Link, ...]:
    """Those who quoted, were told, printed or aired a draft; `heard` head the phrases that name who hears it."""
    found: dict[int, Token] = {}
    for token in (*quoting(page, draft), *_carrying(page, draft, occasion), *(t for t in heard if is_medium(page, t))):
        found.setdefault(token.index, token)
    return tuple(_carrier(page, token) for token in found.values())


def _carrier(page: Page, token: Token) -> Link:
    words = hearer_phrase(page.annotations, token)
    spans = span_of(words[1:] if len(words) > 1 and words[0].upos == "DET" else words)
    actor = page.cast.of(token)
    name = page.cast.get(actor).name if actor is not None else " … ".join(_text(page, span) for span in spans)
    return Link("carrier", name, actor, None, spans)


def _text(page: Page, span: Span) -> str:
    return " ".join(page.annotations.text[span.start : span.end].split())


def _carrying(page: Page, draft: Draft, occasion: Token | None) -> Iterator[Token]:
    """Who carries the occasion ("in remarks aired by state radio") or the document that speaks; a named medium itself."""
    annotations = page.annotations
    for noun in {t.index: t for t in (occasion, draft.source) if t is not None}.values():
        for verb in annotations.children(noun, "acl"):
            if verb_lemma(verb) in reporting_words().words["carry"]:
                yield from (t for t in annotations.children(verb, "obl", "obj", "iobj") if _is_outlet(page, verb, t))
    if occasion is None or occasion is draft.source:
        return
    yield from (t for t in annotations.children(occasion, "nmod") if has_case(annotations, t, *_WITHIN) and is_medium(page, t))
    if is_medium(page, occasion) and (occasion.upos == "PROPN" or annotations.child(occasion, *_NAMED) is not None):
        yield occasion


def _is_outlet(page: Page, verb: Token, phrase: Token) -> bool:
    """Whether somebody carries what the verb says: a body as its agent, else a medium."""
    if has_case(page.annotations, phrase, "by"):
        actor = page.cast.of(phrase)
        return is_medium(page, phrase) or (actor is not None and page.cast.get(actor).kind != "person")
    return is_medium(page, phrase)


# The whole way.


def with_chains(
    statements: Sequence[Statement], carriers: Sequence[tuple[Link, ...]], inside: dict[str, str], publishers: tuple[Link, ...], page: Page
) -> list[Statement]:
    """The statements with all that they came through.

    `carriers` go with the statements one by one; `inside` tells by id what no content shows, that a statement stands in another
    ("..., the paper said, citing officials"); `publishers` have the whole report.
    """
    within = _Within(page, statements, carriers, inside)
    return [replace(s, through=_with_publishers(page, s, within.links(s), publishers)) for s in statements]


class _Within:
    """Which statement stands in which."""

    def __init__(self, page: Page, statements: Sequence[Statement], carriers: Sequence[tuple[Link, ...]], inside: dict[str, str]) -> None:
        self.page = page
        self.known = {s.id: s for s in statements}
        self.carriers = {s.id: links for s, links in zip(statements, carriers, strict=True)}
        self.inside = inside
        self.contents = Nearby(statements, lambda s: s.content)

    def links(self, statement: Statement) -> list[Link]:
        """The statements around one, outermost first, each with its carriers before it, then its own carriers."""
        found = _new(self.carriers[statement.id], [], statement)
        around = {statement.id}
        for outer in self._outer(statement):
            if outer.id in around or len(around) > _DEEPEST:
                break
            around.add(outer.id)
            if outer.speaker is not None and outer.speaker == statement.speaker:
                continue  # "he said ..., saying": he has it from nobody
            link = Link("statement", self._name(outer), outer.speaker, outer.id, outer.source)
            found = [*_new(self.carriers[outer.id], [link], outer), link, *(f for f in found if not _same(f, link))]
        return found

    def _outer(self, statement: Statement) -> Iterator[Statement]:
        """The statement that holds this one, the one that holds that one, and so on."""
        here: Statement | None = statement
        while here is not None:
            told = self.inside.get(here.id)
            here = self.known[told] if told is not None else self._holder(here)
            if here is not None:
                yield here

    def _holder(self, statement: Statement) -> Statement | None:
        """The shortest longer content in which the cue stands; without a cue, the reported words."""
        spans = statement.cue or statement.content
        longer = [s for s in self.contents.at(spans[0]) if _length(s) > _length(statement) and _covers(s, spans)]
        return min(longer, key=_length, default=None)

    def _name(self, statement: Statement) -> str:
        if statement.speaker is not None:
            return self.page.cast.get(statement.speaker).name
        return " … ".join(_text(self.page, span) for span in statement.source)


def _covers(statement: Statement, spans: Iterable[Span]) -> bool:
    return all(any(content.covers(span) for content in statement.content) for span in spans)


def _length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def _new(carriers: Iterable[Link], links: Sequence[Link], statement: Statement) -> list[Link]:
    """The carriers that are neither among the links nor the speaker himself."""
    return [c for c in carriers if (c.actor is None or c.actor != statement.speaker) and not any(_same(c, link) for link in links)]


def _same(one: Link, other: Link) -> bool:
    """Whether two links are one and the same hand."""
    if one.actor is not None and one.actor == other.actor:
        return True
    return any(a.overlaps(b) for a in one.words for b in other.words) or (bool(one.name) and same_name(one.name, other.name))


def _with_publishers(page: Page, statement: Statement, links: list[Link], publishers: tuple[Link, ...]) -> tuple[Link, ...]:
    """The links behind those who have the report: one who is also the first link, or the speaker, stands once."""
    spoken = page.cast.get(statement.speaker).name if statement.speaker is not None else ""
    before: list[Link] = []
    for publisher in publishers:
        if links and _same(links[0], publisher):
            if links[0].kind == "carrier":
                links = [replace(publisher, actor=publisher.actor or links[0].actor, words=links[0].words), *links[1:]]
        elif links or not (spoken and (same_name(spoken, publisher.name) or statement.speaker == publisher.actor)):
            before.append(publisher)
    return (*before, *links)
