"""What kind of source a speaker is: somebody named, somebody described, somebody who hides, or an institution."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.annotations import Token
from dragoman.reading.entries import Actor, Standing
from dragoman.reading.statements.cues import Draft, Page
from dragoman.reading.statements.reporting import noun_lemma, reporting_words, verb_lemma


def standing_of(page: Page, draft: Draft, speaker: str | None) -> Standing:
    """The standing of a draft's speaker; `speaker` is the actor's id, None if the source is in no cast."""
    source = draft.source
    actor = page.cast.get(speaker) if speaker is not None else None
    if actor is not None and _is_named_person(page, actor):
        return "named"
    if source is not None and _is_anonymous(page, draft, source, actor):
        return "anonymous"
    if actor is not None and actor.kind in ("country", "government", "organization"):
        return "institution"
    return "institution" if source is not None and _is_institution(page, source, actor) else _by_form(page, source, actor)


def _by_form(page: Page, source: Token | None, actor: Actor | None) -> Standing:
    """A speaker who is in no cast: a proper name counts as named, one of a body as an institution."""
    name = page.annotations.name_at(source) if source is not None and actor is None else None
    if name is not None and name.kind == "ORGANIZATION":
        return "institution"
    return "named" if actor is None and source is not None and source.upos == "PROPN" else "unnamed"


def _is_named_person(page: Page, actor: Actor) -> bool:
    """Whether a person's own name stands among the mentions, and not only a country or an office."""
    if actor.kind != "person":
        return False
    annotations = page.annotations
    for mention in actor.mentions:
        last = annotations.tokens_in(mention)[-1:]
        name = annotations.name_at(last[0]) if last else None
        if name is not None and name.kind == "PERSON" and mention.covers(name.span) and name.span.end == mention.end:
            return True
    return bool(actor.name) and all(word[:1].isupper() for word in actor.name.split())


def _is_institution(page: Page, source: Token, actor: Actor | None) -> bool:
    words = reporting_words().words
    if noun_lemma(source) in words["institutions"] or source.lower in words["institutions"]:
        return True
    last = actor.name.split()[-1].lower().rstrip("s") if actor is not None and actor.kind == "group" and actor.name else ""
    return last in words["institutions"]


def _is_anonymous(page: Page, draft: Draft, source: Token, actor: Actor | None) -> bool:
    """A bare "source", or a sentence that tells of a wish not to be named."""
    words = reporting_words().words
    if noun_lemma(source) in words["anonymous"] or (actor is not None and actor.name.lower().split()[-1:] in (["source"], ["sources"])):
        return True
    if any(t.lower in words["anonymity"] for t in page.annotations.children(source, "amod", "acl")):
        return True
    sentence = list(page.annotations.tokens_of(page.annotations.sentence_of(draft.at)))
    return any(t.lower == "anonymity" or t.lower == "anonymously" for t in sentence) or _wishes_no_name(sentence)


def _wishes_no_name(sentence: Sequence[Token]) -> bool:
    """ "who asked not to be named", "declined to be identified", "did not want his name published"."""
    words = reporting_words().words
    for at, token in enumerate(sentence):
        if verb_lemma(token) in words["withholding"]:
            behind = sentence[at + 1 : at + 8]
            refuses = verb_lemma(token) in ("decline", "refuse") or any(t.lower in ("not", "n't") for t in sentence[at - 2 : at + 5])
            if refuses and any({verb_lemma(t), noun_lemma(t)} & words["withheld"] for t in behind):
                return True
    return False
