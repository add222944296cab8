"""What stands with a verb itself: negation, auxiliaries, tense and aspect, a condition that depends on it."""

from __future__ import annotations

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.events.status.finding import PLAIN, Finding, by_word, words
from dragoman.reading.events.status.phrases import infinitive_to, is_present, time_ahead
from dragoman.text.report import Span

_QUESTION_WORDS = ("who", "what", "why", "when", "where", "how", "which", "whom", "whose")


def own_status(annotations: Annotations, verb: Token) -> Finding:
    """The status that a verb has by its own words, whatever governs it."""
    return (
        _negated(annotations, verb)
        or _by_adverb(annotations, verb)
        or _by_modal(annotations, verb)
        or _inverted(annotations, verb)
        or _by_aspect(annotations, verb)
        or _to_come(annotations, verb)
        or PLAIN
    )


def _negated(annotations: Annotations, verb: Token) -> Finding | None:
    negation = negation_of(annotations, verb)
    if negation is None:
        return None
    may = next((t for t in annotations.children(verb, "aux") if t.lower in ("may", "might")), None)
    if may is not None:  # "may not attend" leaves it open
        return Finding("hypothetical", (may.span, negation))
    return Finding("denied", (negation,))


def negation_of(annotations: Annotations, verb: Token) -> Span | None:
    """The word that negates a verb: "not", "no longer", "nobody", the "no" of its subject or object."""
    for child in annotations.children(verb, "advmod", "det", "cc", "aux"):
        if child.lower in words("clauses", "negation") and not _is_only(annotations, child):
            return child.span
        if child.lower == "longer" and child.index and annotations.tokens[child.index - 1].lower == "no":
            return Span(annotations.tokens[child.index - 1].start, child.end)
    for argument in annotations.children(verb, "nsubj", "obj", "iobj", "obl", "dislocated"):
        found = _no_of(annotations, argument)
        if found is not None:
            return found
    return None


def _is_only(annotations: Annotations, negation: Token) -> bool:
    """ "Not only" negates nothing."""
    behind = annotations.tokens[negation.index + 1 : negation.index + 2]
    return any(t.lower in words("clauses", "only") for t in behind)


def _no_of(annotations: Annotations, argument: Token) -> Span | None:
    oblique = argument.relation.startswith("obl")
    if argument.lower in words("clauses", "no_subject"):
        return argument.span
    before = annotations.tokens[argument.index - 1] if argument.index else None
    if before is not None and (before.lower, argument.lower) == ("no", "one"):
        return Span(before.start, argument.end)
    det = annotations.child(argument, "det")
    if det is None or det.lower not in ("no", "neither"):
        return None
    if oblique and argument.lemma not in words("clauses", "no_way"):
        return None  # "met with no conditions" is a meeting
    return det.span


def _by_adverb(annotations: Annotations, verb: Token) -> Finding | None:
    for child in annotations.children(verb, "advmod", "mark"):
        if child.lower in words("adverbs", "denied") and 0 < verb.index - child.index <= 2:
            return Finding("denied", (child.span,))  # "nearly killed him"; "killed nearly ten" did kill
        if child.lower in words("adverbs", "hypothetical"):
            return Finding("hypothetical", (child.span,))
    before = annotations.tokens[max(0, verb.index - 2) : verb.index]
    if len(before) == 2 and before[1].lower == "to" and before[0].lower in ("due", "about"):
        return Finding("planned", (before[0].span,))  # by the order of words: trees take "due to" for one word
    return None


def _by_modal(annotations: Annotations, verb: Token) -> Finding | None:
    for auxiliary in annotations.children(verb, "aux"):
        modal = _modal(annotations, verb, auxiliary)
        if modal is not None:
            return modal
    return None


def _modal(annotations: Annotations, verb: Token, auxiliary: Token) -> Finding | None:
    word = auxiliary.lower
    status = by_word("modals").get(word)
    if status is None or (word == "'d" and auxiliary.lemma not in ("would", "will")):
        return None
    if _is_inverted(annotations, verb, auxiliary) and verb.relation == "advcl":
        return Finding("hypothetical", (auxiliary.span,))  # "should they attack"
    condition = condition_of(annotations, verb)
    if status == "planned" and condition is not None:
        return Finding("hypothetical", (auxiliary.span, condition.span))
    perfect = any(t.lemma == "have" for t in annotations.children(verb, "aux"))
    if perfect and word != "will" and word != "'ll":
        return Finding("hypothetical", (auxiliary.span,))
    return Finding(status, (auxiliary.span,))


def condition_of(annotations: Annotations, verb: Token) -> Token | None:
    """The "if" of a clause that depends on the verb, or the auxiliary that stands for it: "should he run, we shall protest"."""
    for clause in annotations.children(verb, "advcl"):
        for auxiliary in annotations.children(clause, "aux"):
            if auxiliary.lower in ("should", "had", "were") and _is_inverted(annotations, clause, auxiliary):
                return auxiliary
        for mark in annotations.children(clause, "mark"):
            if mark.lower in ("if", "unless"):
                return mark
    return None


def _is_inverted(annotations: Annotations, verb: Token, auxiliary: Token) -> bool:
    subject = annotations.child(verb, "nsubj")
    return subject is not None and auxiliary.index < subject.index < verb.index


def _inverted(annotations: Annotations, verb: Token) -> Finding | None:
    """A question that asks whether, or a condition without "if" ("had they attacked")."""
    inverted = next((t for t in annotations.children(verb, "aux") if _is_inverted(annotations, verb, t)), None)
    if inverted is None:
        return None
    if verb.relation == "advcl" and inverted.lower in ("had", "were"):
        return Finding("hypothetical", (inverted.span,))
    last = annotations.tokens[annotations.sentence_of(verb).last - 1]
    marks = [t for t in annotations.children(verb, "punct") if t.lower == "?"]
    asked = marks or last.lower == "?"
    wonders = any(t.lower in _QUESTION_WORDS for t in annotations.children(verb, "advmod", "obj", "nsubj", "mark", "obl"))
    return Finding("hypothetical", (inverted.span,)) if asked and not wonders and verb.relation == "root" else None


def _by_aspect(annotations: Annotations, verb: Token) -> Finding | None:
    be = [t for t in annotations.children(verb, "aux") if t.lemma == "be"]
    if be and verb.lower.endswith("ing"):
        return Finding("ongoing", (be[-1].span, verb.span))
    if len(be) > 1 and any(t.lower == "being" for t in be):
        return Finding("ongoing", tuple(t.span for t in be))
    return None


def _to_come(annotations: Annotations, verb: Token) -> Finding | None:
    """ "Is to meet", an order, a present tense with a time to come."""
    be = [t for t in annotations.children(verb, "aux", "cop") if t.lemma == "be"]
    if be and infinitive_to(annotations, verb) is not None and be[0].lower in ("is", "are", "was", "were"):
        missed = be[0].lower in ("was", "were") and any(t.lower == "have" for t in annotations.children(verb, "aux"))
        return Finding("cancelled" if missed else "planned", (be[0].span,))  # "was to have met" did not
    if verb.feats.get("Mood") == "Imp" and verb.relation in ("root", "ccomp", "parataxis"):
        return Finding("demanded", (verb.span,))
    ahead = time_ahead(annotations, verb) if is_present(annotations, verb) else None
    perfect = any(t.lemma == "have" for t in annotations.children(verb, "aux"))
    return Finding("planned", (ahead,)) if ahead is not None and not perfect else None
