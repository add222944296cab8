"""Where and when something was said: the phrases around a cue that name the occasion, the medium and the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.language.annotations import Token
from dragoman.reading.entries import Time
from dragoman.reading.nearby import Nearby
from dragoman.reading.statements.cues import Draft, Page
from dragoman.reading.statements.media import is_medium
from dragoman.reading.statements.reporting import noun_lemma, reporting_words, verb_lemma
from dragoman.reading.statements.speakers import agent_of, has_case, is_passive, joined_to, subject_of, unbroken_run

_OCCASION_CASES = ("in", "at", "during", "after", "to", "from", "before")
_MEDIUM_CASES = ("on", "via", "through", "over", "in", "to")
_NOT_CHANNEL = ("acl", "appos", "det", "nmod:poss", "case", "parataxis", "conj", "cc", "punct", "advmod", "nummod")
_ATTRIBUTIVE = ("compound", "amod", "nmod:poss")  # "the weekend attack" does not date what is said of it
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-W\d{2})?")
_WINDOW = 12  # tokens behind a cue that may tell where and when


def occasion_of(page: Page, draft: Draft) -> Token | None:
    """The head of the phrase that tells where it was said: the medium that was told, "in a statement", "on his platform", the document."""
    annotations, words = page.annotations, reporting_words().words
    for cue in cue_chain(page, draft):
        for phrase in annotations.children(cue, "obl", "nmod", "advcl", "obj", "iobj"):
            if _is_occasion(page, phrase) or _is_hearer(page, cue, phrase):
                return phrase
    near = next((t for t in behind_cue(page, draft) if _is_near_occasion(page, draft.at, t)), None)
    near = near or next((t for t in quoting(page, draft) if is_medium(page, t)), None)
    if near is not None or draft.source is None or draft.source.upos != "NOUN":
        return near
    return draft.source if noun_lemma(draft.source) in words["spoken_documents"] else None


def quoting(page: Page, draft: Draft) -> Iterator[Token]:
    """Who quotes the speaker: "the agency quoted him as saying", "he was quoted by the agency as saying"."""
    annotations, above = page.annotations, page.annotations.head(draft.at)
    for verb in (*draft.cue, *([above] if above is not None and has_case(annotations, draft.at, "as") else [])):
        if verb.upos == "VERB" and verb_lemma(verb) in reporting_words().words["citing"] and not verb.lower.endswith("ing"):
            teller = agent_of(annotations, verb) if is_passive(annotations, verb) else subject_of(annotations, verb)
            if teller is not None and teller != draft.source:
                yield teller


def channel_of(page: Page, draft: Draft, occasion: Token | None) -> str | None:
    """The occasion in the text's words; of a document that is the source itself, its noun alone."""
    if occasion is None:
        return None
    return occasion.text if occasion is draft.source else _channel_text(page, occasion)


def behind_cue(page: Page, draft: Draft) -> Sequence[Token]:
    """The few tokens behind a cue, up to the next stop, verb or "that": "[said] in a statement on Friday"."""
    if not draft.cue:
        return ()
    tokens, last = page.annotations.tokens, page.annotations.sentence_of(draft.at).last
    end = start = draft.cue[-1].index + 1
    content = [s.start for s in draft.content.spans if s.start > draft.at.start]
    last = next((t.index for t in tokens[start:last] if content and t.start >= content[0]), last)
    while end < min(last, start + _WINDOW) and tokens[end].upos not in ("PUNCT", "VERB", "AUX", "SCONJ"):
        end += 1
    return tokens[start:end]


def _is_near_occasion(page: Page, cue: Token, token: Token) -> bool:
    """Whether a noun right behind the cue tells where it was said, wherever the tree has hung it."""
    words, lead = reporting_words().words, page.annotations.tokens[max(cue.index, token.index - 5) : token.index]
    if token.upos not in ("NOUN", "PROPN") or token.relation == "compound" or not lead:
        return False
    if verb_lemma(cue) == "tell" and (noun_lemma(token) in words["hearers"] or is_medium(page, token)):
        return True
    cases = {t.lower for t in lead if t.upos == "ADP"}
    occasion = noun_lemma(token) in words["occasion"] and bool(cases & {"in", "at", "during"})
    return occasion or (noun_lemma(token) in words["medium"] and bool(cases & {"on", "via", "through"}))


def cue_chain(page: Page, draft: Draft) -> Iterator[Token]:
    """The cue and the verbs that it is joined or subordinated to before it, which share its "in a statement"."""
    cue = draft.at
    if not draft.cue:
        return
    yield cue
    while cue.relation in ("conj", "xcomp") and (above := page.annotations.head(cue)) is not None:
        above = joined_to(page.annotations, cue) or above
        if cue.relation == "conj" and page.annotations.child(cue, "nsubj") is not None:
            return
        yield above
        cue = above
    above = page.annotations.head(cue)
    if above is not None and verb_lemma(above) in reporting_words().words["citing"] and is_passive(page.annotations, above):
        yield above


def _is_occasion(page: Page, phrase: Token) -> bool:
    annotations, words = page.annotations, reporting_words().words
    lemma = noun_lemma(phrase)
    if phrase.upos not in ("NOUN", "PROPN", "X", "SYM"):
        return False
    if has_case(annotations, phrase, *_OCCASION_CASES) and lemma in words["occasion"]:
        return True
    return has_case(annotations, phrase, *_MEDIUM_CASES) and lemma in words["medium"]


def _is_hearer(page: Page, cue: Token, phrase: Token) -> bool:
    """Whether somebody told is a medium or an assembly: "told Fox News", "told reporters"."""
    if phrase.relation.split(":")[0] == "advcl":
        return False
    agent = is_passive(page.annotations, cue) and has_case(page.annotations, phrase, "by")
    told = verb_lemma(cue) in ("tell", "inform", "assure") and phrase.relation in ("obj", "iobj")
    spoken_to = verb_lemma(cue) in ("say", "speak", "confirm", "explain") and has_case(page.annotations, phrase, "to")
    if not (told or spoken_to or (agent and verb_lemma(cue) in reporting_words().words["citing"])):
        return False
    if noun_lemma(phrase) in reporting_words().words["hearers"] or is_medium(page, phrase):
        return True
    actor = page.cast.of(phrase)
    return actor is not None and phrase.upos == "PROPN" and page.cast.get(actor).kind == "organization"


def _channel_text(page: Page, phrase: Token) -> str:
    """The phrase in the text's words, without article, possessor and what follows but a "with" or "to" of a medium."""
    annotations = page.annotations
    kept = annotations.subtree(phrase, without=_NOT_CHANNEL)
    kept = [t for t in kept if not _is_remote(page, phrase, t)]
    span = annotations.span_of(unbroken_run(kept, phrase))
    return " ".join(annotations.text[span.start : span.end].split())


def _is_remote(page: Page, phrase: Token, token: Token) -> bool:
    """Whether a token belongs to a modifier behind the head: "statement [after the talks]"."""
    return token.index > phrase.index and token.relation.split(":")[0] in ("nmod", "obl") and token.head == phrase.index


def when_of(page: Page, times: Nearby[Time], draft: Draft, occasion: Token | None = None) -> str | None:
    """The date of a time expression that depends on the cue or the occasion: "said on Thursday", "in an interview last week"."""
    for cue in cue_chain(page, draft):
        for phrase in page.annotations.children(cue, "obl", "advmod", "nmod"):
            value = _date_of(times, phrase)
            if value is not None and not _in_content(draft, phrase):
                return value
    near = [t for t in behind_cue(page, draft) if t.relation not in _ATTRIBUTIVE]
    if occasion is not None and occasion is not draft.source:
        near += [t for t in _days_of(page, occasion) if not _in_content(draft, t)]
    return next((v for t in near if (v := _date_of(times, t))), None)


def _days_of(page: Page, occasion: Token) -> Iterator[Token]:
    """Bare days that stand with an occasion: "in an interview with the paper last week"."""
    for token in page.annotations.subtree(occasion, without=("acl", "conj", "appos")):
        if token.relation.endswith((":unmarked", ":tmod")) or (has_case(page.annotations, token, "on") and token.head == occasion.index):
            yield token


def _in_content(draft: Draft, phrase: Token) -> bool:
    """Whether a phrase stands among the reported words or between them and the cue: then it is not when they were said."""
    start, end = draft.content.spans[0].start, draft.content.spans[-1].end
    first = min(draft.at.start, draft.source.start if draft.source else draft.at.start)
    return start <= phrase.start < (first if end <= first else end)


def _date_of(times: Nearby[Time], phrase: Token) -> str | None:
    for time in times.at(phrase.span):
        if time.type in ("DATE", "TIME") and time.start <= phrase.start and phrase.end <= time.end and time.value:
            value = time.value.split("T")[0]
            return value if _ISO_DATE.fullmatch(value) else None
    return None
