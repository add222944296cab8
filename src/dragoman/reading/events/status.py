"""Whether an act took place, as the text has it: the words around a trigger that plan, promise, cancel or deny it.

The tree is climbed from the trigger. What stands with the verb itself comes first (negation, auxiliaries), then the
verb, adjective or noun that governs it ("agreed to ...", "plans for ..."). A reported clause is a border: "said it
would respond" makes the responding planned, and nothing above "said" touches it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load
from dragoman.reading.entries import Status
from dragoman.text.report import Span

_MAX_STEPS = 12  # a tree from a model may be deep without sense; real chains of governors are short


class Finding(NamedTuple):
    """A status and the spans that decided it; none for a plain past tense."""

    status: Status
    cues: tuple[Span, ...] = ()


_PLAIN = Finding("occurred")
_BEHIND: dict[str, Status] = {
    "due": "planned",
    "scheduled": "planned",
    "planned": "planned",
    "set": "planned",
    "slated": "planned",
    "expected": "planned",
    "cancelled": "cancelled",
    "postponed": "cancelled",
}


@cache
def _by_word(section: str) -> dict[str, Status]:
    """The words of a section of the lexicon -> the status that they give."""
    return {word: status for status, words in load("status")[section].items() for word in words}


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load("status")[section][name])


def status_of(annotations: Annotations, trigger: Token) -> tuple[Status, tuple[Span, ...]]:
    """The status of the act that `trigger` (a verb or a noun) names, and the spans that decided it, in text order."""
    status, cues = _status(annotations, trigger, 0)
    return status, tuple(sorted(set(cues)))


def outer(annotations: Annotations, token: Token) -> Token:
    """The head of the whole phrase of a noun: "attacks" in "a second wave of attacks" answers with "wave"."""
    for _ in range(3):
        above = _measure_above(annotations, token)
        if above is None:
            return token
        token = above
    return token


def _measure_above(annotations: Annotations, token: Token) -> Token | None:
    """The measure noun that "of" ties a noun to; a parser may have hung the "of" phrase on the verb."""
    head = annotations.head(token)
    if head is None:
        return None
    if token.relation == "compound":
        return head if head.lemma.lower() in _words("measures", "process") else None
    if case_of(annotations, token) != "of":
        return None
    if token.relation.split(":")[0] == "nmod" and head.lemma.lower() in _words("measures", "nouns"):
        return head
    if token.relation == "obl":
        before = [t for t in annotations.children(head, "obj", "nsubj") if t.index < token.index]
        return before[-1] if before and before[-1].lemma.lower() in _words("measures", "nouns") else None
    return None


def case_of(annotations: Annotations, token: Token) -> str:
    """The preposition of a noun ("of"), in lower case; empty if there is none."""
    case = annotations.child(token, "case")
    return case.lower if case is not None else ""


def with_particle(annotations: Annotations, verb: Token) -> str:
    """The lemma of a verb with its particle: "call_off"; the bare lemma if it has none."""
    particle = annotations.child(verb, "compound:prt")
    return f"{verb.lemma.lower()}_{particle.lower}" if particle is not None else verb.lemma.lower()


def is_light(annotations: Annotations, noun: Token) -> Token | None:
    """The verb that carries an act noun ("held" in "held talks", "began" in "talks began"), or None."""
    phrase = first_conjunct(annotations, outer(annotations, noun))
    verb = annotations.head(phrase)
    if verb is None or verb.upos not in ("VERB", "AUX"):
        return None
    section = _slot(annotations, phrase)
    key = with_particle(annotations, verb)
    if section == "with_preposition":
        key = f"{key} {case_of(annotations, phrase)}"
    found = section is not None and (key in _words("light", section) or verb.lemma.lower() in _words("light", section))
    return verb if found else None


def first_conjunct(annotations: Annotations, token: Token) -> Token:
    """The first member of the coordination that a token is part of."""
    for _ in range(_MAX_STEPS):
        above = annotations.head(token)
        if token.relation.split(":")[0] != "conj" or above is None:
            return token
        token = above
    return token


def _slot(annotations: Annotations, phrase: Token) -> str | None:
    match phrase.relation.split(":")[0]:
        case "obj" | "xcomp":
            return "with_object"
        case "nsubj":
            return "with_object" if phrase.relation == "nsubj:pass" else "with_subject"
        case "obl" | "advcl":
            return "with_preposition"
        case "acl":
            return "with_object"
    return None


def _status(annotations: Annotations, token: Token, steps: int) -> Finding:
    if steps > _MAX_STEPS:
        return _PLAIN
    if token.upos in ("VERB", "AUX", "ADJ") or token.feats.get("VerbForm"):
        return _of_verb(annotations, token, steps)
    return _of_noun(annotations, token, steps)


# ------------------------------------------------------------------ verbs


def _of_verb(annotations: Annotations, verb: Token, steps: int) -> Finding:
    first = first_conjunct(annotations, verb)
    shares = first is not verb and _shares_form(annotations, verb, first)
    own = _own(annotations, verb)
    if shares and own.status == "occurred":
        own = _own(annotations, first)
    if first is not verb and _is_finite(annotations, verb) and not _is_finite(annotations, first):
        return own  # "vowed to fight and staged raids": the raids are joined to the vow, whatever the tree says
    above = _above_verb(annotations, first if first.upos in ("VERB", "AUX", "ADJ") else verb, steps)
    return _combine(own, above)


def _is_finite(annotations: Annotations, verb: Token) -> bool:
    helpers = annotations.children(verb, "aux", "cop")
    return any(t.feats.get("VerbForm") == "Fin" for t in (verb, *helpers))


def _shares_form(annotations: Annotations, verb: Token, first: Token) -> bool:
    """Whether a conjunct has no auxiliary or subject of its own, and the first one's auxiliaries are its too."""
    if annotations.child(verb, "aux", "nsubj", "cop") is not None:
        return False
    return verb.feats.get("VerbForm") == first.feats.get("VerbForm") and verb.feats.get("Tense") == first.feats.get(
        "Tense"
    )


def _combine(own: Finding, above: Finding) -> Finding:
    """What stands with the verb and what governs it, as one: a negation wins, then the governor."""
    if own.status == "denied":
        return Finding("denied", own.cues)
    if above.status in ("occurred", "ongoing") and own.status != "occurred":
        return own
    if above.status in ("occurred", "ongoing"):
        return above
    return Finding(above.status, above.cues + (own.cues if own.status not in ("occurred", "ongoing") else ()))


def _own(annotations: Annotations, verb: Token) -> Finding:
    """Negation, auxiliaries, progressive and imperative of the verb itself."""
    negation = _negation(annotations, verb)
    if negation is not None:
        return Finding("denied", (negation.span,))
    for auxiliary in annotations.children(verb, "aux"):
        modal = _modal(annotations, verb, auxiliary)
        if modal is not None:
            return modal
    due = next((t for t in annotations.children(verb, "advmod") if t.lower == "due"), None)
    if due is not None:  # "was due to meet", if the tree takes "due to" for one word
        return Finding("planned", (due.span,))
    be = [t for t in annotations.children(verb, "aux") if t.lemma == "be"]
    if be and verb.lower.endswith("ing"):
        return Finding("ongoing", (be[-1].span, verb.span))
    if len(be) > 1 and any(t.lower == "being" for t in be):
        return Finding("ongoing", tuple(t.span for t in be))
    if (
        be
        and annotations.child(verb, "mark") is not None
        and annotations.children(verb, "mark")[0].lower == "to"
        and be[0].lower in ("is", "are", "was", "were")
    ):
        return Finding("planned", (be[0].span,))
    if verb.feats.get("Mood") == "Imp" and verb.relation in ("root", "ccomp", "parataxis"):
        return Finding("demanded")
    return _PLAIN


def _negation(annotations: Annotations, verb: Token) -> Token | None:
    for child in annotations.children(verb, "advmod", "det", "cc", "aux"):
        if child.lower in ("not", "n't", "never", "neither", "nor"):
            return child
        if (
            child.lower == "longer"
            and (no := annotations.child(child, "advmod", "det")) is not None
            and no.lower == "no"
        ):
            return no
    for argument in annotations.children(verb, "nsubj", "obj"):
        if argument.lower in _words("clauses", "no_subject"):
            return argument
        det = annotations.child(argument, "det")
        if det is not None and det.lower in ("no", "neither"):
            return det
    return None


def _modal(annotations: Annotations, verb: Token, auxiliary: Token) -> Finding | None:
    word = auxiliary.lower
    status = _by_word("modals").get(word)
    if status is None or (word == "'d" and auxiliary.lemma not in ("would", "will")):
        return None
    condition = _condition(annotations, verb)
    if status == "planned" and condition is not None:
        return Finding("hypothetical", (auxiliary.span, condition.span))
    perfect = any(t.lemma == "have" for t in annotations.children(verb, "aux"))
    if perfect and (status == "planned" or auxiliary.lemma == "must") and auxiliary.lower != "will":
        return Finding("hypothetical", (auxiliary.span,))
    return Finding(status, (auxiliary.span,))


def _condition(annotations: Annotations, verb: Token) -> Token | None:
    """The "if" of a clause that depends on the verb."""
    for clause in annotations.children(verb, "advcl"):
        for mark in annotations.children(clause, "mark"):
            if mark.lower in ("if", "unless"):
                return mark
    return None


def _above_verb(annotations: Annotations, verb: Token, steps: int) -> Finding:
    """What the governor of a clause makes of the act in it."""
    marks = [t for t in annotations.children(verb, "mark", "case", "cc") if t.index < verb.index]
    for word in marks:
        if word.lower in _words("clauses", "condition"):
            return Finding("hypothetical", (word.span,))
        if word.lower in _words("clauses", "instead"):
            return Finding("denied", (word.span,))
        if word.lower in _words("clauses", "until") and _is_present(annotations, verb):
            return Finding("hypothetical", (word.span,))
    head = annotations.head(verb)
    if head is None:
        return _PLAIN
    match verb.relation:
        case "xcomp" | "ccomp" | "csubj" | "csubj:pass" | "obj" | "advcl" | "obl":
            return _complement(annotations, verb, head, steps)
        case "acl":
            return _of_acl(annotations, verb, head, steps)
    return _PLAIN


def _is_present(annotations: Annotations, verb: Token) -> bool:
    finite = [verb, *annotations.children(verb, "aux", "cop")]
    return any(t.feats.get("Tense") == "Pres" and t.feats.get("VerbForm") == "Fin" for t in finite)


def _has_to(annotations: Annotations, verb: Token) -> Token | None:
    return next((t for t in annotations.children(verb, "mark") if t.lower == "to"), None)


def _complement(annotations: Annotations, verb: Token, head: Token, steps: int) -> Finding:
    effect = _effect_on_clause(annotations, verb, head)
    base = verb.relation.split(":")[0]
    if base in ("advcl", "obl"):
        to = _has_to(annotations, verb)
        if base == "advcl" and any(t.lower == "by" for t in annotations.children(verb, "mark", "case")):
            return _status(
                annotations, head, steps + 1
            )  # the means share the fate of the act: "would reply by sending"
        if to is not None and effect not in ("planned", "promised", "threatened", "demanded", "denied"):
            perfect = any(t.lower == "have" for t in annotations.children(verb, "aux"))
            return _PLAIN if perfect else Finding("planned", (to.span,))  # "is reported to have begun" has begun
        if to is None and _preposition_effect(annotations, verb, head) is None:
            return _PLAIN
    if effect is None:
        return _status(annotations, head, steps + 1) if base == "xcomp" and head.upos == "VERB" else _PLAIN
    return _under(annotations, head, effect, steps, reported=base == "ccomp")


def _effect_on_clause(annotations: Annotations, verb: Token, head: Token) -> Status | None:
    key = with_particle(annotations, head)
    prepositional = _preposition_effect(annotations, verb, head)
    if prepositional is not None:
        return prepositional
    effects = _by_word("complement")
    effect = effects.get(key, effects.get(head.lemma.lower(), effects.get(head.lower)))
    to = _has_to(annotations, verb)
    if head.lemma in ("be", "go", "have", "come", "look", "set", "need", "mean", "wait", "help", "free") and to is None:
        return None
    if head.lemma == "be" and head.upos in ("VERB", "AUX") and verb.relation == "xcomp":
        return "planned"
    if head.lemma == "go" and not head.lower.endswith("ing"):
        return None
    if head.lemma in ("warn", "insist", "suggest", "tell", "fear", "expect", "admit") and verb.relation == "ccomp":
        return _of_reported(annotations, verb, head)
    if head.lemma == "use" and verb.relation == "xcomp":
        return None
    if head.lemma in ("ask", "tell") and to is None and verb.feats.get("VerbForm") == "Fin":
        return "hypothetical" if head.lemma == "ask" else None  # "asked whether it supported"
    if head.lemma == "have" and head.feats.get("Tense") == "Past":  # "had to withdraw": and did
        return "occurred"
    return effect


def _of_reported(annotations: Annotations, verb: Token, head: Token) -> Status | None:
    """Verbs that only report unless the clause looks ahead: "warned that it would", "fears that it may"."""
    ahead = any(t.lower in _words("modals", "planned") for t in annotations.children(verb, "aux"))
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


def _preposition_effect(annotations: Annotations, dependent: Token, head: Token) -> Status | None:
    words = [t.lower for t in annotations.children(dependent, "case", "mark") if t.index < dependent.index]
    key, lemma, effects = with_particle(annotations, head), head.lemma.lower(), _by_word("prepositional")
    short = annotations.child(head, "advmod")
    if head.lemma == "stop" and short is not None and short.lower == "short":
        key = "stop_short"
    if head.lemma == "look" and any(t.lower == "forward" for t in annotations.children(head)):
        key = "look_forward"
    return next((effects[f"{k} {w}"] for w in words for k in (key, lemma) if f"{k} {w}" in effects), None)


def _under(annotations: Annotations, head: Token, effect: Status, steps: int, reported: bool) -> Finding:
    """The effect of a governor, given what is said of the governor itself: "did not agree to", "may agree to"."""
    if effect == "occurred":
        own = _status(annotations, head, steps + 1) if not reported else _own(annotations, head)
        return own if own.status in ("denied", "hypothetical", "planned") and not reported else _PLAIN
    gov = _status(annotations, head, steps + 1)
    if gov.status == "denied":
        return Finding("occurred" if effect in ("denied", "cancelled") else "denied", (*gov.cues, head.span))
    if gov.status == "hypothetical" or (effect == "ongoing" and gov.status not in ("occurred", "ongoing")):
        return Finding(gov.status, gov.cues)
    return Finding(
        effect, (*gov.cues, _cue(annotations, head)) if gov.status == "planned" else (_cue(annotations, head),)
    )


def _cue(annotations: Annotations, head: Token) -> Span:
    particle = annotations.child(head, "compound:prt")
    near = particle is not None and 0 < particle.index - head.index <= 2
    return Span(head.start, particle.end) if near and particle is not None else head.span


def _of_acl(annotations: Annotations, verb: Token, noun: Token, steps: int) -> Finding:
    """A clause that depends on a noun: "plans to attack", "the first state to recognise"."""
    effect = _by_word("nouns").get(noun.lemma.lower())
    to = _has_to(annotations, verb)
    if effect is None and to is None:
        return _PLAIN
    if any(t.lower in _words("clauses", "first") for t in annotations.children(noun, "amod", "advmod")):
        return _PLAIN
    if verb.relation == "acl" and to is None and not annotations.children(verb, "mark", "case"):
        return _PLAIN
    around = _of_noun(annotations, noun, steps + 1)
    if around.status in ("denied", "cancelled", "hypothetical", "demanded", "threatened"):
        return Finding(around.status, around.cues)
    if effect is None:
        return Finding("planned", (to.span,)) if to is not None else _PLAIN
    return Finding(effect, (noun.span,))


# ------------------------------------------------------------------ nouns


def _of_noun(annotations: Annotations, noun: Token, steps: int) -> Finding:
    phrase = outer(annotations, noun)
    no = _no(annotations, noun) or _no(annotations, phrase)
    if no is not None:
        return Finding("denied", (no.span,))
    above = _above_noun(annotations, first_conjunct(annotations, phrase), noun, steps)
    said = noun.lemma in _words("words", "said")
    if said and (above.status in ("denied", "cancelled") or _is_faced(annotations, phrase)):
        return _PLAIN  # what was refused, overlooked or is yet to be faced was said all the same
    if above.status not in ("occurred", "ongoing"):
        return _PLAIN if above.status in ("hypothetical", "planned") and _is_past(annotations, noun) else above
    adjective = _adjective(annotations, noun) or (_adjective(annotations, phrase) if phrase is not noun else None)
    if adjective is not None and adjective.status == "planned" and (end := _ended(annotations, phrase)) is not None:
        return Finding("cancelled", (end.span, *adjective.cues))
    return adjective or above


def _is_faced(annotations: Annotations, phrase: Token) -> bool:
    head = annotations.head(phrase)
    return head is not None and head.lemma in ("face", "answer") and phrase.relation == "obj"


def _is_past(annotations: Annotations, noun: Token) -> bool:
    """A "recent visit" was made, whatever is said of it now."""
    return any(t.lower in _words("words", "past") for t in annotations.children(noun, "amod"))


def _ended(annotations: Annotations, phrase: Token) -> Token | None:
    """The verb that puts an end to what its object names."""
    head = annotations.head(phrase)
    ends = head is not None and head.lemma in ("end", "halt", "stop") and phrase.relation in ("obj", "nsubj:pass")
    return head if ends else None


def _no(annotations: Annotations, noun: Token) -> Token | None:
    found = (t for t in annotations.children(noun, "det", "case", "advmod") if t.index < noun.index)
    return next((t for t in found if t.lower in ("no", "without", "neither")), None)


def _adjective(annotations: Annotations, noun: Token) -> Finding | None:
    statuses = _by_word("adjectives")
    for child in annotations.children(noun, "amod", "det", "advmod", "nmod:poss", "nmod:unmarked", "nmod"):
        near = child.index < noun.index
        if near and child.lower in statuses and not (child.lower == "next" and child.relation == "advmod"):
            return Finding(statuses[child.lower], (child.span,))
        if near and child.relation != "amod" and any(t.lower == "next" for t in annotations.children(child, "amod")):
            return Finding("planned", (annotations.children(child, "amod")[0].span,))
    for child in annotations.children(noun, "acl", "amod"):
        if child.index > noun.index and child.lower in _BEHIND:  # "talks due to start", "a visit scheduled for May"
            return Finding(_BEHIND[child.lower], (child.span,))
    return None


def _above_noun(annotations: Annotations, phrase: Token, noun: Token, steps: int) -> Finding:
    head = annotations.head(phrase)
    if head is None:
        return _PLAIN
    base = phrase.relation.split(":")[0]
    ahead = _ahead_of(annotations, phrase, head)
    if ahead is not None:
        return ahead
    if base == "nmod" or (base == "obl" and head.upos in ("NOUN", "PROPN")):
        return _under_noun(annotations, phrase, head, noun, steps)
    if head.upos in ("VERB", "AUX", "ADJ"):
        return _under_verb(annotations, phrase, head, noun, steps)
    return _PLAIN


def _ahead_of(annotations: Annotations, phrase: Token, head: Token) -> Finding | None:
    """ "ahead of the talks", "arrived for talks": still to come."""
    words = [t for t in annotations.children(phrase, "case", "fixed") if t.index < phrase.index]
    lower = " ".join(t.lower for t in words)
    if lower.startswith("ahead"):
        return Finding("planned", (words[0].span,))
    if lower == "for" and head.lemma in _words("measures", "motion") and head.upos in ("VERB", "NOUN"):
        return Finding("planned", (words[0].span,))
    return None


def _under_noun(annotations: Annotations, phrase: Token, head: Token, noun: Token, steps: int) -> Finding:
    effect = _by_word("nouns").get(head.lemma.lower())
    if (
        effect is None
        or case_of(annotations, phrase) not in ("of", "for", "to", "on", "against")
        or phrase.relation == "nmod:poss"
    ):
        return _PLAIN
    if case_of(annotations, phrase) in ("on", "against", "to") and effect not in ("planned", "promised", "demanded"):
        return _PLAIN
    if case_of(annotations, phrase) == "to" and head.lemma not in ("commitment", "invitation"):
        return _PLAIN
    if head.lemma in ("agreement", "deal", "case", "event", "means", "condition", "reason") and head.lemma != "event":
        return _PLAIN
    if noun.lemma in _words("words", "said") and effect == "denied":
        return _PLAIN
    around = _of_noun(annotations, head, steps + 1) if steps < _MAX_STEPS else _PLAIN
    if around.status in ("denied", "cancelled"):
        return around
    return Finding(effect, (head.span,))


def _under_verb(annotations: Annotations, phrase: Token, verb: Token, noun: Token, steps: int) -> Finding:
    effect = _effect_on_noun(annotations, phrase, verb)
    if effect in ("denied", "cancelled") and noun.lemma in _words("words", "said") and verb.lemma != "withdraw":
        return _PLAIN
    told = effect == "hypothetical" and phrase.relation == "obl" and _is_definite(annotations, phrase)
    if effect is not None and effect != "occurred" and not told:
        return _under(annotations, verb, effect, steps, reported=False)
    carrier = is_light(annotations, noun)
    if carrier is not None and carrier.index == verb.index:
        return _status(annotations, verb, steps + 1) if effect is None else _PLAIN  # what is to end does take place
    if _is_gathering(annotations, phrase, noun):
        finding = _status(annotations, verb, steps + 1)
        return finding if finding.status == "planned" else _PLAIN
    if not _is_definite(annotations, phrase):
        finding = _status(annotations, verb, steps + 1)
        follows = phrase.relation == "obl" and verb.lemma in ("lead", "result")  # "could lead to talks"
        if finding.status == "hypothetical" and (follows or phrase.relation.split(":")[0] in ("obj", "nsubj")):
            return finding
    return _PLAIN


def _is_gathering(annotations: Annotations, phrase: Token, noun: Token) -> bool:
    """Whether something is to be done at a meeting: "will be discussed at the summit"."""
    at = phrase.relation == "obl" and case_of(annotations, phrase) in ("at", "during", "in")
    return at and noun.lemma in _words("words", "gatherings")


def _effect_on_noun(annotations: Annotations, phrase: Token, verb: Token) -> Status | None:
    base = phrase.relation.split(":")[0]
    key, effects = with_particle(annotations, verb), _by_word("object")
    if base == "obl":
        return _preposition_effect(annotations, phrase, verb)
    if base == "obj" or phrase.relation == "nsubj:pass":
        return effects.get(key, effects.get(verb.lemma.lower()) if "_" not in key else None)
    if base == "nsubj" and verb.lemma in ("begin", "start", "continue", "resume", "open"):
        return "ongoing"
    if base == "xcomp":
        return _by_word("complement").get(key)
    return None


def _is_definite(annotations: Annotations, noun: Token) -> bool:
    if annotations.child(noun, "nmod:poss") is not None:
        return True
    det = annotations.child(noun, "det")
    return det is not None and det.lower in ("the", "this", "that", "these", "those")
