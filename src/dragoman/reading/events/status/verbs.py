"""What governs a clause and what that makes of the act in it: "vowed to ...", "plans to ...", "if ...", "by ..."."""

from __future__ import annotations

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.entries import Status
from dragoman.reading.events.status.finding import PLAIN, SETTLED, Finding, Governor, by_word, words
from dragoman.reading.events.status.own import own_status
from dragoman.reading.events.status.phrases import (
    case_of,
    cue_of,
    infinitive_to,
    is_present,
    with_particle,
)
from dragoman.text.report import Span

_INTENT: tuple[Status, ...] = ("planned", "promised", "threatened", "demanded", "denied")


def above_verb(annotations: Annotations, verb: Token) -> Finding | Governor | None:
    """What governs the clause of a verb; a finding where its own conjunction decides; None if nothing does."""
    head = annotations.head(verb)
    bound = _bound(annotations, verb, head)
    if bound is not None or head is None:
        return bound
    match verb.relation:
        case "xcomp" | "ccomp" | "csubj" | "csubj:pass" | "obj" | "advcl" | "obl":
            return _complement(annotations, verb, head)
        case "acl":
            return _of_noun(annotations, verb, head)
    return None


def _bound(annotations: Annotations, verb: Token, head: Token | None) -> Finding | None:
    """What the conjunction of a clause makes of it: "if", "without", "until"."""
    for word in annotations.children(verb, "mark", "case", "cc"):
        if word.index > verb.index:
            continue
        if word.lower in words("clauses", "condition"):
            return Finding("hypothetical", (word.span,))
        if word.lower in words("clauses", "instead"):
            twice = head is not None and own_status(annotations, head).status == "denied"
            return PLAIN if twice else Finding("denied", (word.span,))  # "did not leave without meeting them" met
        if word.lower in words("clauses", "until") and is_present(annotations, verb):
            return Finding("hypothetical", (word.span,))
    return None


# ------------------------------------------------------------------ clauses of verbs


def _complement(annotations: Annotations, verb: Token, head: Token) -> Finding | Governor | None:
    short = short_of(annotations, verb)
    if short is not None:
        return short
    base = verb.relation.split(":")[0]
    found = effect_on_clause(annotations, verb, head) or _judged(annotations, verb, head)
    if base in ("advcl", "obl"):
        return _adverbial(annotations, verb, head, found)
    if found is not None:
        return found
    shares = base == "xcomp" and head.upos in ("VERB", "AUX")
    return Governor(head, None, head.lemma, head.span) if shares else None


def short_of(annotations: Annotations, dependent: Token) -> Governor | None:
    """ "Stopped short of": by the order of words, as trees differ on "short"."""
    for word in annotations.children(dependent, "case", "mark"):
        if word.lower != "of" or word.index < 2 or annotations.tokens[word.index - 1].lower != "short":
            continue
        verb, short = annotations.tokens[word.index - 2], annotations.tokens[word.index - 1]
        return Governor(verb, "denied", "stop_short", Span(verb.start, short.end))
    return None


def _judged(annotations: Annotations, verb: Token, head: Token) -> Governor | None:
    """Infinitives that only ask or judge: "what to do", "it is important to meet"; "glad to meet" has met."""
    to = infinitive_to(annotations, verb)
    if to is None or verb.relation.split(":")[0] not in ("xcomp", "ccomp", "csubj"):
        return None
    if any(t.lower in words("clauses", "asking") for t in annotations.children(verb, "obj", "advmod", "obl", "mark")):
        return Governor(to, "hypothetical", "to", to.span)
    judged = head.upos == "ADJ" and head.lemma not in words("clauses", "glad") and own_status(annotations, head) == PLAIN
    return Governor(to, "hypothetical", "to", head.span) if judged else None


def _adverbial(annotations: Annotations, verb: Token, head: Token, found: Governor | None) -> Finding | Governor | None:
    if any(t.lower == "by" for t in annotations.children(verb, "mark", "case")):
        return Governor(head, None, head.lemma, head.span)  # the means share the fate of the act: "reply by sending"
    if _at_that_time(annotations, verb):
        return Governor(head, None, head.lemma, head.span, ("planned", "promised", "hypothetical", "demanded"))
    to = infinitive_to(annotations, verb)
    if to is None:
        if found is not None and " " in found.key:
            return found
        return Governor(head, None, head.lemma, head.span, ("planned", "promised")) if _goes_along(annotations, verb, head) else None
    if found is not None and found.effect in _INTENT:
        return found
    if any(t.lower == "have" for t in annotations.children(verb, "aux")):
        return None  # "is reported to have begun" has begun
    if head.lemma in words("clauses", "means") or _is_voiced(annotations, verb, head):
        return Governor(head, None, head.lemma, head.span)
    own = own_status(annotations, head)
    if own.status in ("denied", "hypothetical"):
        return own
    return _of_object(annotations, verb, head) or Finding("planned", (to.span,))


def _is_voiced(annotations: Annotations, verb: Token, head: Token) -> bool:
    """Whether the clause of purpose is done by its governor: "took to the streets to protest", "telephoned to congratulate"."""
    own = own_status(annotations, head).status
    if verb.lemma in words("clauses", "greeting") and head.lemma in words("clauses", "contacting"):
        return own in SETTLED
    if verb.lemma not in words("clauses", "voiced") or head.lemma not in words("clauses", "crowding"):
        return False
    out = head.lemma not in ("take", "turn", "pour", "hold", "stage") or annotations.child(head, "obl", "obj", "compound:prt") is not None
    return out and own in SETTLED


def _of_object(annotations: Annotations, verb: Token, head: Token) -> Finding | Governor | None:
    """An infinitive that a tree hangs on the verb is its object's where that takes one: "put pressure on X to quit"."""
    for thing in annotations.children(head, "obj", "obl"):
        lemma, oblique = thing.lemma.lower(), thing.relation != "obj"
        effect = by_word("nouns").get(lemma)
        if thing.index > verb.index or (oblique and case_of(annotations, thing) not in ("as", "in")):
            continue
        if oblique and lemma in words("words", "purposes"):
            return Finding("planned", (thing.span,))
        if effect in ("demanded", "promised", "threatened") or lemma == "attempt":
            return Governor(thing, effect, lemma, thing.span)
    return None


def _at_that_time(annotations: Annotations, verb: Token) -> bool:
    """ "When they meet" in a sentence about what will be: the clause has the time of its governor."""
    opens = [t for t in annotations.children(verb, "mark", "advmod") if t.index < verb.index]
    against = any(t.lower == "while" and t.index and annotations.tokens[t.index - 1].text == "," for t in opens)
    return is_present(annotations, verb) and not against and any(t.lower in words("clauses", "when") for t in opens)


def _goes_along(annotations: Annotations, verb: Token, head: Token) -> bool:
    """A bare "-ing" clause goes along with its governor: "will print a letter, asking him to go"; behind "said that" it may not."""
    marks = [t for t in annotations.children(verb, "mark", "case", "aux", "nsubj", "cop") if t.lower not in ("before", "after")]
    return verb.lower.endswith("ing") and not marks and head.index < verb.index and not head.relation.startswith("ccomp")


def effect_on_clause(annotations: Annotations, verb: Token, head: Token) -> Governor | None:
    """What a verb or an adjective makes of the clause that depends on it."""
    special = _yet(annotations, verb, head) or by_preposition(annotations, verb, head)
    if special is not None:
        return special
    key = with_particle(annotations, head)
    effect, cue = _clause_effect(annotations, verb, head, key), cue_of(annotations, head)
    if effect is None:
        return None
    if verb.relation == "ccomp" and effect == "occurred":
        return _reported(annotations, head, key, cue)
    return Governor(head, effect, key if key in by_word("complement") else head.lemma.lower(), cue)


def _reported(annotations: Annotations, head: Token, key: str, cue: Span) -> Governor | None:
    """A reported clause stands by itself, but "do not believe that they met" denies the meeting."""
    own = own_status(annotations, head)
    passes = own.status == "denied" and head.lemma in words("clauses", "raising")
    return Governor(head, None, key, cue, ("denied",)) if passes else None


def _yet(annotations: Annotations, verb: Token, head: Token) -> Governor | None:
    """ "Has yet to meet" has not met."""
    if head.lemma not in ("have", "be", "remain") or infinitive_to(annotations, verb) is None:
        return None
    owners = (head, verb)
    yet = next((t for o in owners for t in annotations.children(o, "advmod") if t.lower == "yet"), None)
    return Governor(yet, "denied", "yet", yet.span) if yet is not None else None


def _clause_effect(annotations: Annotations, verb: Token, head: Token, key: str) -> Status | None:
    effects = by_word("complement")
    effect = effects.get(key, effects.get(head.lemma.lower(), effects.get(head.lower)))
    to = infinitive_to(annotations, verb)
    if head.lemma in words("clauses", "to_only") and to is None:
        return None
    if head.lemma == "be" and verb.relation == "xcomp":
        return "planned"
    if head.lemma == "go" and not head.lower.endswith("ing"):
        return None
    if head.lemma in words("clauses", "only_reporting") and verb.relation == "ccomp":
        return _of_reported(annotations, verb, head)
    if head.lemma == "use" and verb.relation == "xcomp":
        return None
    if head.lemma in ("ask", "tell") and to is None and (verb.feats.get("VerbForm") == "Fin" or annotations.child(verb, "aux") is not None):
        presupposed = any(t.lower in words("clauses", "presupposing") for t in annotations.children(verb, "advmod"))
        return "hypothetical" if head.lemma == "ask" and not presupposed else None  # "asked whether it supported", "asked why it did"
    if head.lemma == "able":  # who was able to did; who is able to may
        past = any(t.feats.get("Tense") == "Past" for t in annotations.children(head, "cop", "aux"))
        return "occurred" if past else "hypothetical"
    if head.lemma == "have" and head.feats.get("Tense") == "Past":  # "had to withdraw": and did
        return "occurred"
    if head.lemma == "hope" and verb.relation == "ccomp" and to is None:  # what one hopes of others is no plan of theirs
        return "hypothetical"
    if head.lemma in ("want", "like", "prefer") and to is not None:
        wished = annotations.child(verb, "nsubj") or annotations.child(head, "obj")
        return "demanded" if wished is not None and wished.index < verb.index else "planned"
    return effect


def _of_reported(annotations: Annotations, verb: Token, head: Token) -> Status | None:
    """Verbs that only report unless the clause looks ahead: "warned that it would", "fears that it may"."""
    ahead = any(t.lower in words("modals", "planned") for t in annotations.children(verb, "aux"))
    match head.lemma:
        case "warn":
            return "threatened" if ahead else None
        case "fear" | "suggest":
            return "hypothetical"
        case "expect":
            return "planned"
        case "insist":
            return "demanded" if verb.feats.get("VerbForm") == "Inf" or verb.feats.get("Mood") == "Sub" else None
    return None


def by_preposition(annotations: Annotations, dependent: Token, head: Token) -> Governor | None:
    """What a verb with its preposition makes of what stands behind it: "called for", "protested against"."""
    before = [t.lower for t in annotations.children(dependent, "case", "mark") if t.index < dependent.index]
    key, lemma, effects = with_particle(annotations, head), head.lemma.lower(), by_word("prepositional")
    if head.lemma == "look" and any(t.lower == "forward" for t in annotations.children(head)):
        key = "look_forward"
    entry = next((f"{k} {w}" for w in before for k in (key, lemma) if f"{k} {w}" in effects), None)
    return Governor(head, effects[entry], entry, cue_of(annotations, head)) if entry is not None else None


# ------------------------------------------------------------------ clauses of nouns


def _of_noun(annotations: Annotations, verb: Token, noun: Token) -> Finding | Governor | None:
    """A clause that depends on a noun: "plans to attack", "the first state to recognise", "reports that they met"."""
    lemma = noun.lemma.lower()
    effect, to = by_word("nouns").get(lemma), infinitive_to(annotations, verb)
    above = annotations.head(noun)
    if to is not None and lemma in words("words", "taken") and above is not None and above.lemma == "take":
        return Governor(above, None, "take", above.span)  # who takes steps to do it does it
    if lemma in words("words", "reports") and to is None:
        return Governor(noun, None, lemma, noun.span, ("denied",))
    if to is not None and any(t.lower in words("clauses", "first") for t in annotations.children(noun, "amod", "advmod")):
        return None
    if to is None and (effect is None or not annotations.children(verb, "mark", "case")):
        printed = lemma in words("words", "documents") and verb.lower.endswith("ing") and noun.relation == "obj" and above is not None
        return Governor(above, None, above.lemma, above.span, ("planned", "promised")) if printed and above is not None else None
    governed = above is not None and f"{above.lemma} in" in by_word("prepositional")  # "failed in efforts to"
    if effect == "hypothetical" and lemma in words("words", "purposes") and case_of(annotations, noun) == "in" and not governed:
        return Finding("planned", (noun.span,))  # "in a bid to free them"
    if effect is None and to is not None:
        return Governor(noun, "planned", "to", to.span)
    return Governor(noun, effect, lemma, noun.span)
