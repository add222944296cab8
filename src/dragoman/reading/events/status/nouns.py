"""What governs an act noun, and what stands with it: "plans for talks", "cancelled the visit", "a possible attack"."""

from __future__ import annotations

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.entries import Status
from dragoman.reading.events.status.finding import PLAIN, SETTLED, Finding, Governor, by_word, words
from dragoman.reading.events.status.own import own_status
from dragoman.reading.events.status.phrases import (
    case_of,
    cue_of,
    infinitive_to,
    is_definite,
    is_finite,
    is_light,
    is_present,
    outer,
    time_ahead,
    with_particle,
)
from dragoman.reading.events.status.verbs import above_verb, by_preposition, short_of
from dragoman.text.report import Span

_WILLED: tuple[Status, ...] = ("planned", "promised")
_REACH = 6  # words between "leading to" and the act
_WITHIN = ("at", "during", "in", "to", "for", "through", "as", "throughout", "before", "after", "following")
_AHEAD: tuple[Status, ...] = ("planned", "promised", "demanded", "hypothetical", "threatened")


def no_of(annotations: Annotations, noun: Token) -> Finding | None:
    """The "no" of a noun ("no attacks", "without talks", "not a single arrest")."""
    for child in annotations.children(noun, "det", "case", "advmod", "nummod"):
        if child.index > noun.index:
            continue
        if child.lower in ("no", "without", "neither") or (child.lower == "not" and child.relation == "advmod"):
            only = annotations.tokens[child.index + 1].lower in words("clauses", "only")
            return None if only else Finding("denied", (child.span,))
    return None


def beside(annotations: Annotations, noun: Token) -> Finding | None:
    """What the adjectives and participles of a noun tell: "the planned visit", "talks due to start on Monday"."""
    statuses = by_word("adjectives")
    for child in annotations.children(noun, "amod", "det", "advmod", "nmod:poss", "nmod:unmarked", "nmod", "compound"):
        near = child.index < noun.index
        if near and child.lower in statuses and not (child.lower == "next" and child.relation == "advmod"):
            return Finding(statuses[child.lower], (child.span,))
        if near and child.relation != "amod" and any(t.lower == "next" for t in annotations.children(child, "amod")):
            return Finding("planned", (annotations.children(child, "amod")[0].span,))
    ahead = time_ahead(annotations, noun)
    return behind(annotations, noun) or (Finding("planned", (ahead,)) if ahead is not None else None)


def behind(annotations: Annotations, noun: Token) -> Finding | None:
    """Participles, infinitives and relative clauses behind a noun that tell of the act itself."""
    if noun.lemma in words("words", "gatherings") and (near := _right_behind(annotations, noun)) is not None:
        return near
    for child in annotations.children(noun, "acl", "amod"):
        if child.index < noun.index:
            continue
        own_subject = annotations.child(child, "nsubj", "nsubj:pass") is not None  # "allegations that it sought to flee"
        status = None if own_subject else by_word("behind").get(child.lower)
        to = infinitive_to(annotations, child)
        if status is not None and to is None:
            closing = annotations.child(child, "xcomp")
            ends = status == "planned" and closing is not None and closing.lemma in words("words", "finishing")
            return Finding("ongoing" if ends else status, (cue_of(annotations, child),))  # "a summit due to end on Sunday"
        if to is not None and child.relation == "acl" and child.lemma in words("light", "to_take_place"):
            return Finding("planned", (to.span,))  # "a summit to be held in May"
    for clause in annotations.children(noun, "acl:relcl"):
        found = _relative(annotations, clause)
        if found is not None:
            return found
    return None


def _right_behind(annotations: Annotations, noun: Token) -> Finding | None:
    """By the order of words, as trees differ: "talks announced on Monday" are to come, "a summit, due to end" goes on."""
    next_ = [t for t in annotations.tokens[noun.index + 1 : noun.index + 5] if t.text != "," and t.sentence == noun.sentence]
    if next_ and next_[0].lower == "announced":
        return Finding("planned", (next_[0].span,))
    if len(next_) > 2 and (next_[0].lower, next_[1].lower) == ("due", "to") and next_[2].lower in words("words", "finishing"):
        return Finding("ongoing", (Span(next_[0].start, next_[2].end),))
    return None


def _relative(annotations: Annotations, clause: Token) -> Finding | None:
    """ "A visit that was cancelled", "talks which will begin": clauses whose subject is the act."""
    subject = annotations.child(clause, "nsubj")
    if subject is None or subject.lower not in ("that", "which") or clause.lemma in words("clauses", "norms"):
        return None
    own = own_status(annotations, clause)
    effect = by_word("object").get(with_particle(annotations, clause)) if subject.relation == "nsubj:pass" else None
    if effect not in (None, "occurred"):
        return Finding(effect, (cue_of(annotations, clause),)) if own.status in SETTLED else None
    takes_place = clause.lemma in words("light", "to_take_place")
    return own if takes_place and own.cues else None


def above_noun(annotations: Annotations, phrase: Token, noun: Token) -> Finding | Governor | None:
    """What governs an act noun; `phrase` is the head of its whole phrase ("wave" in "a wave of attacks")."""
    head = annotations.head(phrase)
    ahead = _sought_by_clue(annotations, noun) or _by_preposition(annotations, phrase, head)
    if ahead is not None:
        return ahead
    if phrase is not noun and noun.relation == "compound" and phrase.lemma.lower() in by_word("processes"):
        lemma = phrase.lemma.lower()  # "a coup attempt"
        return Governor(phrase, by_word("processes")[lemma], lemma, phrase.span)
    if annotations.child(phrase, "cop") is not None:
        return above_verb(annotations, phrase)  # a clause of its own: "whether it was an attack"
    if head is None:
        return None
    base = phrase.relation.split(":")[0]
    if base == "nmod" or (base == "obl" and head.upos in ("NOUN", "PROPN")):
        return _under_noun(annotations, phrase, head, noun)
    if base.startswith("nsubj"):
        predicate = _predicate(annotations, head)
        if predicate is not None:
            return predicate
    if head.upos in ("VERB", "AUX", "ADJ"):
        return _under_verb(annotations, phrase, head, noun)
    return None


def _predicate(annotations: Annotations, head: Token) -> Governor | None:
    """ "Talks are under way", "an attack is imminent", "strikes are an option"."""
    status = by_word("predicates").get(head.lemma.lower())
    verbal = head.upos == "VERB" and head.feats.get("VerbForm") != "Part"
    under = head.lemma != "way" or case_of(annotations, head) == "under"
    case = annotations.child(head, "case")
    cue = Span(case.start, head.end) if head.lemma == "way" and case is not None else head.span
    return Governor(head, status, head.lemma.lower(), cue) if status and under and not verbal else None


def _by_preposition(annotations: Annotations, phrase: Token, head: Token | None) -> Finding | None:
    """ "Ahead of the talks", "in case of an attack", "arrived for talks"."""
    cases = [t for t in annotations.children(phrase, "case") if t.index < phrase.index]
    if not cases:
        return None
    opening = _opening(annotations, cases)
    fled = head is not None and head.lemma in words("words", "fleeing") and opening is not None and opening.status == "planned"
    if opening is not None and not (fled and phrase.lemma not in words("words", "gatherings")):
        return opening
    first, lower = cases[0], " ".join(t.lower for t in cases)
    if head is None:
        return None
    if lower in words("clauses", "until") and not (is_finite(annotations, head) and not is_present(annotations, head)):
        return Finding("hypothetical", (first.span,))  # "to fight on until their withdrawal"
    moves = head.lemma in words("measures", "motion") and head.upos in ("VERB", "NOUN")
    if lower == "for" and moves:
        own = own_status(annotations, head)
        return own if own.status == "cancelled" else Finding("planned", (first.span,))  # "was to have flown to Kora for talks"
    gathers = phrase.lemma in words("words", "gatherings")
    if lower in ("before", "prior to") and gathers and (moves or head.lemma in words("words", "speaking")):
        return Finding("planned", (first.span,))  # who speaks "before the talks" has them still to come
    return None


def _opening(annotations: Annotations, cases: list[Token]) -> Finding | None:
    """A preposition of several words before a noun, by the order of words: trees take "ahead of" apart."""
    last = max(t.index for t in cases)
    for start in range(min(t.index for t in cases), max(-1, last - 4), -1):
        lower = " ".join(t.lower for t in annotations.tokens[start : last + 1])
        status = by_word("prepositions").get(lower)
        if status is not None:
            return Finding(status, (annotations.span_of(annotations.tokens[start : last + 1]),))
    return None


# ------------------------------------------------------------------ nouns under nouns


def _under_noun(annotations: Annotations, phrase: Token, head: Token, noun: Token) -> Finding | Governor | None:
    lemma, case = head.lemma.lower(), case_of(annotations, phrase)
    if lemma in words("words", "reports") and case in ("of", "about"):
        return Governor(head, None, lemma, head.span, ("denied",))
    if lemma in words("words", "bans") and case in ("on", "of", "against"):
        return _forbidden(annotations, head)
    effect = by_word("nouns").get(lemma)
    if effect is None or phrase.relation == "nmod:poss" or case not in ("of", "for", "to", "on", "against"):
        return None
    if case in ("on", "against", "to") and effect not in ("planned", "promised", "demanded"):
        return None
    if case == "to" and lemma not in words("words", "lead_to"):
        return None
    if lemma in words("words", "leave_open"):
        return None
    if noun.lemma in words("words", "said") and effect == "denied":
        return None
    return Governor(head, effect, lemma, head.span)


def _forbidden(annotations: Annotations, ban: Token) -> Finding | Governor | None:
    """ "A ban on talks": there are none; "lifted the ban": there may be; "defied the ban": there were all the same."""
    verb = annotations.head(outer(annotations, ban))
    done = verb.lemma if verb is not None else ""
    if done in words("words", "defying"):
        return None
    if done in words("words", "lifting"):
        return Finding("hypothetical", (ban.span,))
    return Governor(ban, "denied", ban.lemma.lower(), ban.span)


# ------------------------------------------------------------------ nouns under verbs


def _under_verb(annotations: Annotations, phrase: Token, verb: Token, noun: Token) -> Finding | Governor | None:
    found = short_of(annotations, phrase) or _effect_on_noun(annotations, phrase, verb)
    effect = found.effect if found is not None else None
    if effect in ("denied", "cancelled") and noun.lemma in words("words", "said") and verb.lemma != "withdraw":
        return None
    if effect == "promised" and noun.lemma in words("words", "offered"):
        return Governor(verb, None, verb.lemma, verb.span)
    told = effect == "hypothetical" and phrase.relation == "obl" and is_definite(annotations, phrase)
    if found is not None and effect != "occurred" and not told:
        return found
    if found is not None and effect == "occurred" and verb.lemma in words("presupposing", "verbs"):
        return found
    aim = _aim_ahead(annotations, phrase, verb) or _decided_on(annotations, phrase, verb, noun)
    if aim is not None:
        return aim
    carrier = is_light(annotations, noun)
    if carrier is not None and carrier.index == verb.index:
        return Governor(verb, None, verb.lemma, verb.span) if effect is None else None
    return Governor(verb, None, verb.lemma, verb.span, _passing(annotations, phrase, verb, noun))


def _sought_by_clue(annotations: Annotations, noun: Token) -> Finding | None:
    """A reward "for information leading to his arrest": who still pays for clues has nobody yet. By the order of words."""
    before = annotations.tokens[max(0, noun.index - _REACH) : noun.index]
    leads = next((t for t in reversed(before) if t.lemma == "lead" and t.upos == "VERB"), None)
    if leads is None or leads.sentence != noun.sentence or annotations.tokens[leads.index + 1].lower != "to":
        return None
    clues = [t for t in annotations.tokens[max(0, leads.index - 3) : leads.index] if t.lower in words("words", "clues")]
    wanted = bool(clues) and any(t.lower == "for" for t in annotations.tokens[max(0, clues[-1].index - 3) : clues[-1].index])
    return Finding("hypothetical", (leads.span,)) if wanted else None


def _decided_on(annotations: Annotations, phrase: Token, verb: Token, noun: Token) -> Finding | Governor | None:
    """ "No decision has been taken on the release": the phrase behind the verb belongs to the noun before it."""
    if phrase.relation != "obl" or case_of(annotations, phrase) not in ("on", "for"):
        return None
    before = [t for t in annotations.children(verb, "obj", "nsubj:pass") if t.index < phrase.index]
    settled = not before or by_word("nouns").get(before[-1].lemma.lower()) not in _AHEAD
    return None if settled else _under_noun(annotations, phrase, before[-1], noun)


def _aim_ahead(annotations: Annotations, phrase: Token, verb: Token) -> Governor | None:
    """ "During their talks they are expected to sign": when what is to be done at a meeting lies ahead, so does the meeting."""
    at = phrase.relation.startswith("obl") and case_of(annotations, phrase) in ("at", "during", "in")
    if not at or phrase.lemma not in words("words", "gatherings"):
        return None
    goal = annotations.child(verb, "xcomp", "ccomp")
    ahead = by_word("complement").get(with_particle(annotations, verb)) == "planned"
    if goal is None or not ahead or infinitive_to(annotations, goal) is None or phrase.index > goal.index:
        return None
    return Governor(verb, "planned", verb.lemma, verb.span)


def _passing(annotations: Annotations, phrase: Token, verb: Token, noun: Token) -> tuple[Status, ...]:
    """Which statuses of a verb that does not carry it come down to an act noun; ("occurred",) lets none through."""
    base, case = phrase.relation.split(":")[0], case_of(annotations, phrase)
    if base == "obl" and {phrase.lemma, noun.lemma} & words("words", "gatherings") and case in _WITHIN:
        above = annotations.head(verb)
        agreed = verb.relation == "xcomp" and above is not None and above.feats.get("Tense") == "Past"
        if case == "during" and agreed and above is not None and above.lemma in words("words", "agreeing"):
            return ("occurred",)  # "agreed to cooperate during a visit by Roe"
        return _WILLED if is_definite(annotations, phrase) else _AHEAD
    if base == "nsubj" and noun.lemma in words("words", "gatherings") and verb.lemma in ("take", "bring", "lead"):
        return _AHEAD  # "his tour will take him to Kora"
    if is_definite(annotations, phrase):
        return ("occurred",)
    if base == "obl" and verb.lemma in ("lead", "result"):  # "could lead to talks"
        return _AHEAD
    if base in ("obj", "nsubj"):
        return ("hypothetical",)
    if base == "obl" and case in ("with", "by", "through", "via"):
        return ("hypothetical", "planned", "promised", "threatened", "demanded")  # "will respond with strikes"
    return ("occurred",)


def _effect_on_noun(annotations: Annotations, phrase: Token, verb: Token) -> Governor | None:
    base = phrase.relation.split(":")[0]
    key, lemma, effects = with_particle(annotations, verb), verb.lemma.lower(), by_word("object")
    cue = cue_of(annotations, verb)
    if base == "obl":
        return by_preposition(annotations, phrase, verb)
    status: Status | None = None
    if base == "obj" or phrase.relation == "nsubj:pass":
        status = effects.get(key, effects.get(lemma) if "_" not in key else None)
        names = is_definite(annotations, phrase) or annotations.child(verb, "xcomp") is not None
        if key == "call" and names:  # "called the raid a crime", but "called a strike"
            status = None
        if (status == "demanded" and _is_told_of(annotations, verb)) or _is_judged(annotations, phrase, verb):
            status = None
    elif base == "nsubj" and lemma in words("light", "going_on"):
        status = "ongoing"
    elif base == "xcomp":
        status = by_word("complement").get(key)
    return Governor(verb, status, key, cue) if status is not None else None


def _is_judged(annotations: Annotations, phrase: Token, verb: Token) -> bool:
    """ "The summit is considered a success", "considered the raid a crime": what it is called is at issue, not whether it takes place."""
    if verb.lemma != "consider":
        return False
    called = [t for t in annotations.children(verb, "xcomp", "obj", "ccomp") if t.index not in (phrase.index, verb.index)]
    return any(t.index > verb.index and t.upos in ("NOUN", "PROPN", "ADJ") for t in called)


def _is_told_of(annotations: Annotations, verb: Token) -> bool:
    """ "Fled after ordering the killings", "accused of ordering a raid": what somebody is blamed for ordering was done."""
    marks = {t.lower for t in annotations.children(verb, "mark", "case")}
    return verb.lemma == "order" and verb.lower.endswith("ing") and bool(marks & {"after", "of", "for"})


def ended(annotations: Annotations, phrase: Token) -> Span | None:
    """The verb that puts an end to what its object names."""
    head = annotations.head(phrase)
    ends = head is not None and head.lemma in ("end", "halt", "stop") and phrase.relation in ("obj", "nsubj:pass")
    return head.span if ends and head is not None else None


def is_faced(annotations: Annotations, phrase: Token) -> bool:
    """Whether somebody faces or answers what was said."""
    head = annotations.head(phrase)
    return head is not None and head.lemma in ("face", "answer") and phrase.relation == "obj"


def is_past(annotations: Annotations, noun: Token) -> bool:
    """A "recent visit" was made, whatever is said of it now, and so was one "held in August"."""
    if any(t.lower in words("words", "past") for t in annotations.children(noun, "amod")):
        return True
    return any(
        t.lower in words("words", "was_held") and time_ahead(annotations, t) is None and annotations.child(t, "nsubj", "aux") is None
        for t in annotations.children(noun, "acl")
    )


def as_predicate(annotations: Annotations, noun: Token) -> Finding:
    """A noun that is itself a predicate: "they are in talks", "he remains under arrest", "will be at the summit"."""
    cop = annotations.child(noun, "cop")
    if cop is None:
        return PLAIN
    own = own_status(annotations, noun)
    if own.status not in SETTLED:
        return own
    case = annotations.child(noun, "case")
    lasts = case is not None and case.lower in ("in", "under", "on", "at")
    return Finding("ongoing", (Span(cop.start, cop.end), case.span)) if lasts and case is not None else own


def is_kept_in(annotations: Annotations, phrase: Token) -> Finding | None:
    """ "Remain under arrest", "still in talks": the same with a verb of staying."""
    head, case = annotations.head(phrase), case_of(annotations, phrase)
    stays = head is not None and head.lemma in ("remain", "stay", "be", "live", "keep", "place", "put", "hold")
    held = stays and phrase.relation.startswith("obl") and case in ("in", "under", "on")
    if not held or head is None or head.lemma in ("place", "put", "hold"):
        return None
    return Finding("ongoing", (head.span,))
