"""The way up from a trigger: its own words first, then its governor, that one's governor, and so on.

A reported clause is a border: "said it would respond" makes the responding planned, and nothing above "said" touches it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.entries import Status
from dragoman.reading.events.status.finding import PLAIN, SETTLED, Finding, Governor, by_word, words
from dragoman.reading.events.status.nouns import (
    above_noun,
    as_predicate,
    behind,
    beside,
    ended,
    is_faced,
    is_kept_in,
    is_past,
    no_of,
)
from dragoman.reading.events.status.own import condition_of, own_status
from dragoman.reading.events.status.phrases import MAX_STEPS, first_conjunct, infinitive_to, is_finite, is_present, outer
from dragoman.reading.events.status.verbs import above_verb
from dragoman.text.report import Span

_FREE = frozenset({"whoever", "whatever", "whichever", "anyone", "anybody"})
_ANYBODY = frozenset({"those", "people", "everyone", "everybody", "anything"})
_ANY = frozenset({"any", "every", "each"})
_PURPOSES = 3  # verbs of "came to try to inspect"
_AHEAD = frozenset({"will", "would", "shall", "should", "'ll", "'d", "must", "could", "may", "might"})
_VERBAL = ("VERB", "AUX", "ADJ", "ADV")


def status_of(annotations: Annotations, trigger: Token) -> tuple[Status, tuple[Span, ...]]:
    """The status of the act that `trigger` (a verb or a noun) names, and the spans that decided it, in text order."""
    status, cues = _status(annotations, trigger, 0)
    return status, tuple(sorted(set(cues)))


def _status(annotations: Annotations, token: Token, steps: int) -> Finding:
    if steps > MAX_STEPS:
        return PLAIN
    if token.upos in _VERBAL or token.feats.get("VerbForm"):
        return _of_verb(annotations, token, steps)
    return _of_noun(annotations, token, steps)


# ------------------------------------------------------------------ verbs


def _of_verb(annotations: Annotations, verb: Token, steps: int) -> Finding:
    first = first_conjunct(annotations, verb)
    own = own_status(annotations, verb)
    if own.status == "occurred" and first is not verb and _shares_form(annotations, verb, first):
        own = own_status(annotations, first)
    if first is not verb and is_finite(annotations, verb) and not is_finite(annotations, first):
        return own  # "vowed to fight and staged raids": the raids are joined to the vow, whatever the tree says
    governed = first if first.upos in _VERBAL else verb
    if (whoever := _free_subject(annotations, governed)) is not None and own.status == "occurred":
        return Finding("hypothetical", (*own.cues, whoever.span))
    conditional = any(t.lower in ("if", "whether") for t in annotations.children(governed, "mark"))
    found = _combine(own, _above(annotations, above_verb(annotations, governed), steps), conditional)
    condition = condition_of(annotations, verb) if found.status == "planned" and own.status != "planned" else None
    return found if condition is None else Finding("hypothetical", (*found.cues, condition.span))  # "ready to attack if ..."


def _free_subject(annotations: Annotations, verb: Token) -> Token | None:
    """The "whoever" of the clause in which an act stands ("whoever came to inspect"), where what follows is yet to come.

    "Whoever killed them knew the house" tells of a killing that took place.
    """
    for clause in _with_purpose_of(annotations, verb):
        above = annotations.head(clause)
        if above is not None and clause.relation == "acl:relcl":
            meant = above
            generic = above.lower in _FREE or _is_generic(annotations, above, clause)
            subject = above if generic and _lacks_subject(annotations, clause) else None
            above = _governing(annotations, above)
        else:
            subject = next((t for t in annotations.children(clause, "nsubj", "nsubj:pass") if t.lower in _FREE), None)
            meant = subject if subject is not None else clause
            above = _behind_the_tag(annotations, clause, above)
        if subject is None or above is None:
            continue
        auxiliaries = {t.lower for t in annotations.children(above, "aux")}
        ahead = auxiliaries & _AHEAD and "have" not in auxiliaries
        return subject if ahead and meant.sentence == verb.sentence else None
    return None


def _behind_the_tag(annotations: Annotations, clause: Token, above: Token | None) -> Token | None:
    """The verb behind "he warned" where that parts a clause from it: "Whoever came, he warned, | would have to fight"."""
    if above is None or clause.relation != "ccomp" or above.index < clause.index:
        return above
    return next((t for t in annotations.children(above, "ccomp", "parataxis") if t.index > above.index), above)


def _with_purpose_of(annotations: Annotations, verb: Token) -> Iterator[Token]:
    """A verb and the verbs that it is only the purpose or the object of: "came to inspect", "tried to inspect"."""
    yield verb
    for _ in range(_PURPOSES):
        above = annotations.head(verb)
        joined = verb.relation in ("xcomp", "advcl", "conj") and above is not None and above.upos in _VERBAL
        if not joined or above is None or (verb.relation != "conj" and infinitive_to(annotations, verb) is None):
            return
        verb = above
        yield verb


def _is_generic(annotations: Annotations, noun: Token, clause: Token) -> bool:
    """Whether a noun with a relative clause in the present means nobody in particular: "any state that invades", "those who attack"."""
    if not is_present(annotations, clause) or annotations.child(clause, "aux") is not None:
        return False
    determiners = {t.lower for t in annotations.children(noun, "det")}
    return (noun.lower in _ANYBODY and "the" not in determiners) or bool(determiners & _ANY)


def _lacks_subject(annotations: Annotations, clause: Token) -> bool:
    """Whether the noun of a relative clause is its subject: "those who attack", not "those whom we attack"."""
    subjects = annotations.children(clause, "nsubj", "nsubj:pass")
    return all(t.feats.get("PronType") == "Rel" or t.lower in ("who", "that", "which") for t in subjects)


def _governing(annotations: Annotations, noun: Token) -> Token | None:
    """The verb whose subject or object a noun is, or that of the phrase that the noun stands in ("punish those who ...")."""
    above = annotations.head(noun)
    return above if above is not None and noun.relation.split(":")[0] in ("nsubj", "obj", "csubj", "dislocated", "obl") else None


def _shares_form(annotations: Annotations, verb: Token, first: Token) -> bool:
    """Whether a conjunct has no auxiliary or subject of its own, and the first one's auxiliaries are its too."""
    if annotations.child(verb, "aux", "nsubj", "cop") is not None:
        return False
    if first.feats.get("Mood") == "Imp" and verb.lower == verb.lemma:
        return True  # "sit down and listen"
    if annotations.child(first, "aux") is not None and verb.lower.endswith("ed") and first.lower.endswith("ed"):
        return True  # "would have barred trade and imposed bans": a past form and a participle look alike
    return all(verb.feats.get(name) == first.feats.get(name) for name in ("VerbForm", "Tense"))


def _combine(own: Finding, above: Finding, conditional: bool = False) -> Finding:
    """What stands with the verb and what governs it, as one: a negation wins but in "if it does not", then the governor."""
    if own.status == "denied":
        return Finding("hypothetical", (*above.cues, *own.cues)) if conditional else Finding("denied", own.cues)
    if above.status in SETTLED:
        return own if own.status != "occurred" else above
    return Finding(above.status, above.cues + (own.cues if own.status not in SETTLED else ()))


# ------------------------------------------------------------------ nouns


def _of_noun(annotations: Annotations, noun: Token, steps: int) -> Finding:
    phrase = outer(annotations, noun)
    no = no_of(annotations, noun) or no_of(annotations, phrase)
    if no is not None:
        return no
    predicate = as_predicate(annotations, phrase)
    if predicate.status != "occurred":
        return predicate
    above = _above(annotations, above_noun(annotations, first_conjunct(annotations, phrase), noun), steps)
    said = noun.lemma in words("words", "said")
    if said and (above.status in ("denied", "cancelled") or is_faced(annotations, phrase)):
        return PLAIN  # what was refused, overlooked or is yet to be faced was said all the same
    by_itself = beside(annotations, noun) or (beside(annotations, phrase) if phrase is not noun else None)
    if above.status not in SETTLED:
        return _governed(annotations, noun, above, by_itself)
    if by_itself is not None and by_itself.status == "planned" and (end := ended(annotations, phrase)) is not None:
        return Finding("cancelled", (end, *by_itself.cues))
    return by_itself or (above if above.cues else is_kept_in(annotations, phrase) or above)


def _governed(annotations: Annotations, noun: Token, above: Finding, by_itself: Finding | None) -> Finding:
    """An act noun under a governor that is not settled: its own words may say more ("would protest at the next visit")."""
    if above.status in ("hypothetical", "planned") and is_past(annotations, noun):
        return PLAIN
    own = behind(annotations, noun)
    if own is not None and (own.status == "ongoing" or (own.status, above.status) == ("planned", "hypothetical")):
        return own  # "may join a rally planned for Monday": the joining is open, the rally is planned
    if above.status == "planned" and by_itself is not None and by_itself.status == "planned":
        return Finding("planned", (*above.cues, *by_itself.cues))
    return above


# ------------------------------------------------------------------ governors


def _above(annotations: Annotations, found: Finding | Governor | None, steps: int) -> Finding:
    if found is None:
        return PLAIN
    if isinstance(found, Finding):
        return found
    if found.key in words("words", "reports") and found.token.upos == "NOUN":
        return _rejected(annotations, found.token)
    above = _status(annotations, found.token, steps + 1)
    if found.effect is None:
        return above if not found.passes or above.status in found.passes else PLAIN
    return _under(annotations, found, found.effect, above)


def _rejected(annotations: Annotations, noun: Token) -> Finding:
    """What is told in reports that somebody denies: "denied reports that troops had attacked"."""
    noun = first_conjunct(annotations, outer(annotations, noun))
    verb = annotations.head(noun)
    rejects = verb is not None and verb.lemma in words("words", "rejecting") and noun.relation in ("obj", "nsubj:pass")
    if not rejects or verb is None or own_status(annotations, verb).status not in SETTLED:
        return PLAIN
    return Finding("denied", (verb.span,))


def _under(annotations: Annotations, governor: Governor, effect: Status, above: Finding) -> Finding:
    """The effect of a governor, given what is said of the governor itself: "did not agree to", "may agree to"."""
    cue, key = governor.cue, governor.key
    if key in words("presupposing", "verbs"):  # who agrees to stop does it still
        return PLAIN if above.status in SETTLED else Finding("ongoing", (*above.cues, cue))
    if effect == "occurred":
        return above if above.status not in SETTLED else PLAIN
    if above.status == "denied":
        verbal = governor.token.upos in _VERBAL  # "no plans to": the "no" says it all; "did not agree": both words do
        return _negated(key, effect, (*above.cues, cue) if verbal else above.cues)
    if effect in ("cancelled", "denied"):
        return _undone(key, effect, above, cue)
    if above.status in ("hypothetical", "cancelled"):
        return Finding(above.status, above.cues)
    if above.status in ("demanded", "threatened") and effect != "demanded":
        return Finding(above.status, above.cues)
    if above.status in ("planned", "promised") and key in words("clauses", "trying"):
        return Finding(above.status, (*above.cues, cue))  # "vowed to try to wipe them out"
    if effect == "ongoing" and above.status not in SETTLED:
        return Finding(above.status, above.cues)
    condition = condition_of(annotations, governor.token) if effect == "planned" and above.status in SETTLED else None
    if condition is not None:  # "if they fail, it is ready to attack"
        return Finding("hypothetical", (cue, condition.span))
    return Finding(effect, (*above.cues, cue) if above.status == "planned" else (cue,))


def _negated(key: str, effect: Status, cues: tuple[Span, ...]) -> Finding:
    """ "Did not agree to" denies, "did not prevent" asserts, "did not rule out" leaves open, "did not call off" keeps."""
    exception = by_word("negated").get(key)
    if exception is not None:
        return Finding(exception, cues)
    default: dict[Status, Status] = {"denied": "occurred", "cancelled": "planned"}
    return Finding(default.get(effect, "denied"), cues)


def _undone(key: str, effect: Status, above: Finding, cue: Span) -> Finding:
    """Undoing that is itself not done: "threatened to call off the visit" leaves the visit planned."""
    cues = (*above.cues, cue)
    if above.status in SETTLED:
        return Finding(effect, (cue,))
    if effect == "cancelled":
        return Finding("cancelled" if above.status in ("planned", "promised") else "planned", cues)
    averts = key in words("clauses", "averting") or above.status in ("hypothetical", "demanded", "threatened")
    return Finding("hypothetical" if averts else "denied", cues)
