"""The first part of a sentence whose speaker stands in its middle: `The trouble with the law, she said, is that "..."`.

A tag between commas interrupts what is said; the words before it belong to the content as much as those behind it, but not a bare
"But" or "Now", with which the writer goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.statements.contents import Content, trimmed
from dragoman.reading.statements.cues import Draft, Page
from dragoman.reading.statements.speakers import source_tokens
from dragoman.text.report import Span

_FEWEST = 3  # words: "Of course" and "On Friday" open the sentence and are nobody's
_JOINING = frozenset({"CCONJ", "SCONJ", "ADV", "INTJ", "PART", "PUNCT"})
_LONGEST = 20  # characters of "On the other hand" and the like
_LINKS = frozenset({"conj", "parataxis", "root"})


def with_fronted(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those of interrupting tags with the words before the tag."""
    return [_without_opening(page, _fronted(page, draft)) for draft in drafts]


def _without_opening(page: Page, draft: Draft) -> Draft:
    """A content in several parts without a first one that only joins the sentence to the one before."""
    first, *others = draft.content.spans
    if not others or others[0].start < draft.at.start < first.start:
        return draft
    joins = first.end - first.start < _LONGEST and all(t.upos in _JOINING for t in page.annotations.tokens_in(first))
    return replace(draft, content=replace(draft.content, spans=tuple(others))) if joins else draft


def _fronted(page: Page, draft: Draft) -> Draft:
    words = _before_tag(page.annotations, draft)
    if not words or not (_is_subject(page.annotations, draft, words) or (_counts(words) and _belongs(page, draft, words))):
        return draft
    span = trimmed(page.annotations.text, Span(words[0].start, words[-1].end))
    mode = "mixed" if draft.content.mode == "direct" else draft.content.mode
    said = map(page.marked, draft.content.spans) if draft.content.mode == "direct" else draft.content.spans
    return replace(draft, content=Content((span, *said), mode))


def _before_tag(annotations: Annotations, draft: Draft) -> Sequence[Token]:
    """The words from the beginning of the sentence to the comma before "she said,"; none where the tag does not interrupt."""
    if draft.source is None or not draft.cue:
        return ()
    sentence, tokens = annotations.sentence_of(draft.at), annotations.tokens
    tag = {t.index for t in (*draft.cue, *source_tokens(annotations, draft.source))}
    first, last = min(tag), max(tag)
    if first - 1 <= sentence.first or last + 1 >= sentence.last or min(s.start for s in draft.content.spans) < tokens[last].end:
        return ()
    commas = tokens[first - 1].text, tokens[last + 1].text
    words = tokens[sentence.first : first - 1]
    return words if commas == (",", ",") else ()


def _counts(words: Sequence[Token]) -> bool:
    return sum(t.upos != "PUNCT" for t in words) >= _FEWEST


def _is_subject(annotations: Annotations, draft: Draft, words: Sequence[Token]) -> bool:
    """Whether the words, however few, are the subject of what follows the tag: "That view, many argue, could carry risks"."""
    said = {t.index for span in draft.content.spans for t in annotations.tokens_in(span)}
    return any(t.head in said and t.relation.startswith(("nsubj", "csubj")) for t in words)


def _belongs(page: Page, draft: Draft, words: Sequence[Token]) -> bool:
    """Whether what stands before the tag is part of what is said: the tree joins the two, or what follows is no sentence of its own."""
    annotations = page.annotations
    if any(q.span.overlaps(Span(words[0].start, words[-1].end)) for q in page.near(draft.at)):
        return False
    front = {t.index for t in words}
    said = [t for span in draft.content.spans for t in annotations.tokens_in(span)]
    inside = {t.index for t in said}
    joined = any(t.head in inside for t in words) or any(t.head in front and t.relation not in _LINKS for t in said)
    continues = said and said[0].text[0].islower() and draft.content.mode != "indirect"
    return bool(joined or (continues and any(t.upos in ("VERB", "AUX", "NOUN") for t in words)))
