"""To whom something is said: "told the council", "urged Seoul to", "in a letter to Gil", "her warning to Rome that".

A hearer is looked for around the cue, in the tree first and by word order where the tree lost it. The actors among them are the
addressees; who hears without being an actor of the report ("told reporters") still has words that name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.statements.cues import Draft, Page, span_of
from dragoman.reading.statements.media import is_medium
from dragoman.reading.statements.occasions import behind_cue, cue_chain
from dragoman.reading.statements.reporting import noun_lemma, reporting_words, verb_lemma
from dragoman.reading.statements.speakers import has_case, is_passive, source_tokens
from dragoman.text.report import Span

_NOMINAL = ("NOUN", "PROPN", "PRON")
_INNER = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON")
_TO = ("to", "unto")
_CALLING = ("call", "prevail")  # on somebody to do something
_WITH = ("plead", "argue", "agree", "remonstrate")
_ELSEWHERE = ("on", "in", "at", "during", "after", "before", "by", "that")  # "told the council on Monday"
_BETWEEN = 3  # tokens from "message" to "to"


@dataclass(frozen=True)
class Hearers:
    """The heads of the phrases that name who hears, the actors among them, and all words that name them."""

    heads: tuple[Token, ...] = ()
    actors: tuple[str, ...] = ()
    words: tuple[Span, ...] = ()


def hearers_of(page: Page, draft: Draft, occasion: Token | None, speaker: str | None) -> Hearers:
    """Who hears a draft; `occasion` heads the phrase that tells where it was said, nobody is told by himself."""
    heads: dict[int, Token] = {}
    for head in _hearers(page, draft, occasion):
        for token in _joined(page.annotations, head):
            if token.index not in heads and _can_hear(page, token, speaker):
                heads[token.index] = token
    found = [heads[i] for i in sorted(heads)]
    actors = (actor for token in found if (actor := _actor(page, token)) is not None and actor != speaker)
    words = {t.index: t for head in found for t in hearer_phrase(page.annotations, head)}
    return Hearers(tuple(found), tuple(dict.fromkeys(actors)), span_of([words[i] for i in sorted(words)]))


def _hearers(page: Page, draft: Draft, occasion: Token | None) -> Iterator[Token]:
    """Those of the nearest cue that has any: a second verb ("told Gil ... and warned that") shares those of the first."""
    for cue in cue_chain(page, draft):
        found = list(_of_noun(page.annotations, cue) if cue.upos in ("NOUN", "PROPN") else _of_verb(page, draft, cue))
        if found:
            yield from found
            break
    if occasion is not None:
        yield from _of_occasion(page.annotations, occasion)


def _of_verb(page: Page, draft: Draft, verb: Token) -> Iterator[Token]:
    annotations, words, lemma = page.annotations, reporting_words().words, verb_lemma(verb)
    if lemma in words["telling"] and is_passive(annotations, verb):
        yield from annotations.children(verb, "nsubj:pass")
        return
    found = [t for t in _objects(page, draft, verb) if t.upos in _NOMINAL]
    found += [t for t in annotations.children(verb, "obl") if _is_spoken_to(annotations, verb, t)]
    if not found and lemma in words["telling"]:
        found = _behind(page, draft, verb)
    yield from found


def _objects(page: Page, draft: Draft, verb: Token) -> Iterator[Token]:
    """The objects that hear: any of "told"; of "promised" an indirect one, or one that is not itself what is promised."""
    annotations, words, lemma = page.annotations, reporting_words().words, verb_lemma(verb)
    if lemma in words["telling"]:
        yield from annotations.children(verb, "iobj", "obj")
        yield from _urged(annotations, verb)
    elif lemma in words["giving"]:
        yield from annotations.children(verb, "iobj")
        yield from (t for t in annotations.children(verb, "obj") if not _is_said(draft, t) and page.cast.of(t) is not None)


def _urged(annotations: Annotations, verb: Token) -> Iterator[Token]:
    """The hearer whom the tree took for the subject of what he is to do: "urged [Rome to send aid]"."""
    for deed in annotations.children(verb, "xcomp", "ccomp"):
        if deed.index > verb.index and has_case(annotations, deed, "to"):
            yield from annotations.children(deed, "nsubj")


def _is_said(draft: Draft, token: Token) -> bool:
    return any(span.covers(token.span) for span in draft.content.spans)


def _is_spoken_to(annotations: Annotations, verb: Token, phrase: Token) -> bool:
    """Whether a phrase with "to" (or "called on") names a hearer, wherever it stands but for words that are said."""
    lemma = verb_lemma(verb)
    if lemma in _CALLING:
        return has_case(annotations, phrase, "on", "upon")
    if lemma in _WITH:
        return has_case(annotations, phrase, "with")
    return lemma not in reporting_words().words["unheard"] and has_case(annotations, phrase, *_TO)


def _behind(page: Page, draft: Draft, verb: Token) -> list[Token]:
    """The nouns right behind "told" that the tree hung elsewhere: the last of their run heads the phrase."""
    run: list[Token] = []
    for token in behind_cue(page, draft) if draft.at.index == verb.index else ():
        if token.upos not in _INNER:
            break
        run.append(token)
    nouns = [t for t in run if t.upos in _NOMINAL]
    inside = {t.index for t in nouns}
    return next(([t] for t in nouns if t.head not in inside), [])


def _of_noun(annotations: Annotations, noun: Token) -> Iterator[Token]:
    """ "her warning to Rome that", "its call on them to"."""
    for phrase in annotations.children(noun, "nmod", "obl"):
        if phrase.index > noun.index and has_case(annotations, phrase, *_TO, "on", "upon"):
            yield phrase


def _of_occasion(annotations: Annotations, occasion: Token) -> Iterator[Token]:
    """ "in a letter to Gil", "in an interview with the paper": also where the tree gave the phrase to the cue."""
    cases = (*_TO, "with") if noun_lemma(occasion) in reporting_words().words["talking"] else _TO
    own = [t for t in annotations.children(occasion, "nmod", "obl") if t.index > occasion.index and has_case(annotations, t, *cases)]
    tokens = annotations.tokens[occasion.index + 1 : min(occasion.index + 1 + _BETWEEN, annotations.sentence_of(occasion).last)]
    mark = next((t for t in tokens if t.upos == "ADP"), None)
    if not own and mark is not None and mark.lower in cases and mark.index == occasion.index + 1 and mark.head > mark.index:
        own = [annotations.tokens[mark.head]]
    yield from own[:1]


def _joined(annotations: Annotations, head: Token) -> Iterator[Token]:
    yield head
    yield from (t for t in annotations.children(head, "conj") if t.upos in _NOMINAL)


def _can_hear(page: Page, token: Token, speaker: str | None) -> bool:
    """Whether it names somebody: an actor who is not the speaker, a name, or a noun for those who listen."""
    if token.upos not in _NOMINAL or token.feats.get("Reflex") == "Yes":
        return False
    actor = _actor(page, token)
    if actor is not None:
        return actor != speaker
    named = token.upos == "PROPN" and page.annotations.name_at(token) is not None
    return named or noun_lemma(token) in reporting_words().words["audience"] or is_medium(page, token)


def _actor(page: Page, token: Token) -> str | None:
    """The actor of a phrase, told by its head or by the name apposed to it."""
    named = (token, *page.annotations.children(token, "flat", "appos", "nmod:desc"))
    return next((actor for t in named if (actor := page.cast.of(t)) is not None), None)


def hearer_phrase(annotations: Annotations, head: Token) -> list[Token]:
    """The words of a hearer or a medium without the preposition before them, and without where and when it was behind them."""
    words = source_tokens(annotations, head)
    first = next((t.index for t in words if t.upos != "ADP"), head.index)
    last = next((t.index for t in words if t.index > head.index and t.lower in _ELSEWHERE), words[-1].index + 1)
    return [t for t in words if first <= t.index < last]
