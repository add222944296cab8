"""Whose words a reporting verb or noun reports: the head of the phrase that names the speaker, found in the tree.

A verb's own subject comes first; a verb without one shares the subject of the verb that it is joined to ("announced ...
and declared"), that controls it ("denied ..., accusing") or that it modifies ("Rybkin, who said"). A passive verb is
spoken by its agent.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.statements.reporting import reporting_words, verb_lemma

_VERBAL = frozenset({"VERB", "AUX"})
_DEEPEST = 12  # steps of control followed upward; real sentences need three or four
_ADDING = frozenset({"add", "stress", "note", "emphasise", "emphasize", "reiterate", "underline"})
_PHRASE = (
    "det", "amod", "compound", "nmod", "flat", "appos", "nummod", "conj", "cc", "punct", "fixed", "case", "obl", "advmod",
)  # fmt: skip
_CLAUSES = ("acl", "parataxis", "ccomp", "advcl", "dep", "orphan")
_WHOSE = frozenset({"by", "from"})


def is_passive(annotations: Annotations, verb: Token) -> bool:
    """Whether the verb is passive: "was quoted", or a bare participle with an agent ("a deal, announced by Rome")."""
    if annotations.child(verb, "aux:pass", "nsubj:pass", "csubj:pass") is not None:
        return True
    if verb.relation.startswith("acl") and verb.feats.get("VerbForm") == "Part" and verb.feats.get("Tense") == "Past":
        return True
    return _is_put(annotations, verb)


def _is_put(annotations: Annotations, verb: Token) -> bool:
    """ "Asked if he would go, Gil said": a bare participle of asking before or behind its main clause is a question put to somebody."""
    if verb_lemma(verb) not in reporting_words().words["asked"] or not verb.lower.endswith("ed"):
        return False
    if _is_set_off(annotations, verb):
        return True
    if not verb.relation.startswith(("advcl", "amod", "acl", "xcomp")):
        return False
    if any(t.lower not in ("when", "if", "once") for t in annotations.children(verb, "mark")):
        return False
    return annotations.child(verb, "nsubj", "aux", "obj", "iobj") is None


def _is_set_off(annotations: Annotations, verb: Token) -> bool:
    """The same by the order of words, as trees take the participle for the main verb: "Gil, asked if he would go, said"."""
    tokens, sentence = annotations.tokens, annotations.sentence_of(verb)
    opens = verb.index == sentence.first or tokens[verb.index - 1].text == ","
    puts = verb.index + 1 < sentence.last and tokens[verb.index + 1].lower in reporting_words().words["putting"]
    return opens and puts and any(t.text == "," for t in tokens[verb.index + 1 : sentence.last])


def is_question_of_nobody(annotations: Annotations, verb: Token) -> bool:
    """Whether a question is put and nobody is told to put it ("Gil was asked whether ..."): it is no word of him who is asked.

    "Was asked to leave" is a demand.
    """
    if verb_lemma(verb) not in reporting_words().words["asked"] or not is_passive(annotations, verb):
        return False
    demand = any(has_case(annotations, clause, "to") for clause in annotations.children(verb, "xcomp", "ccomp", "advcl"))
    return agent_of(annotations, verb) is None and not demand


def agent_of(annotations: Annotations, verb: Token) -> Token | None:
    """The head of a passive verb's "by" phrase."""
    agent = annotations.child(verb, "obl:agent")
    if agent is not None:
        return agent
    return next((t for t in annotations.children(verb, "obl") if has_case(annotations, t, "by")), None)


def has_case(annotations: Annotations, token: Token, *words: str) -> bool:
    """Whether one of the words stands before the phrase as its preposition."""
    return any(t.lower in words for t in annotations.children(token, "case", "mark"))


def speaker_of(annotations: Annotations, verb: Token) -> Token | None:
    """The head of the phrase that names who speaks through this verb; None if the sentence does not tell."""
    if is_passive(annotations, verb):
        return agent_of(annotations, verb)
    quoted = _quoted_as_saying(annotations, verb)
    if quoted is not None:
        return quoted
    if is_added_participle(verb):
        outer = _outer_cue(annotations, verb)
        if outer is not None:
            return speaker_of(annotations, outer)
    reporter = _reporter_beyond(annotations, verb)
    return subject_of(annotations, reporter or verb)


def _quoted_as_saying(annotations: Annotations, verb: Token) -> Token | None:
    """The one quoted in "the agency quoted him as saying" and "he was quoted as saying"."""
    above = annotations.head(verb)
    if above is None or verb_lemma(above) not in reporting_words().words["citing"] or not has_case(annotations, verb, "as"):
        return None
    return quoted_one(annotations, above, verb)


def quoted_one(annotations: Annotations, citing: Token, saying: Token | None) -> Token | None:
    """Whom a citing verb quotes: its object, or what stands between it and "as saying" where the tree calls that otherwise."""
    if is_passive(annotations, citing):
        return subject_of(annotations, citing)
    quoted = annotations.child(citing, "obj")
    if quoted is None and saying is not None:
        between = (t for t in annotations.children(citing) if citing.index < t.index < saying.index)
        quoted = next((t for t in between if t.upos in ("NOUN", "PROPN", "PRON")), None)
    return quoted


def is_added_participle(verb: Token) -> bool:
    """Whether it is "adding" or the like, which goes on with what the last speaker said."""
    return verb.lower.endswith("ing") and verb_lemma(verb) in _ADDING and verb.relation.split(":")[0] in ("advcl", "conj", "acl")


def _outer_cue(annotations: Annotations, verb: Token) -> Token | None:
    """The reporting verb in whose content a participle was hung, as in "they said he lied, adding that ..."."""
    below = verb
    for above in annotations.ancestors(verb):
        if below.relation == "ccomp" and "clause" in reporting_words().frames.get(verb_lemma(above), ()):
            return above
        below = above
    return None


def _reporter_beyond(annotations: Annotations, verb: Token) -> Token | None:
    """The verb whose speaker goes on in ", saying that ..." behind words that he reports of somebody who says nothing there.

    "Gil claimed that Pinto had worked for the rebels, saying that ..." is Gil's; "said that Pinto refused, saying" is Pinto's.
    """
    before = annotations.tokens[verb.index - 1].text if verb.index else ""
    plain = reporting_words().words["plain"]
    if before != "," or not verb.lower.endswith("ing") or verb_lemma(verb) not in plain or not verb.relation.startswith(("advcl", "acl")):
        return None
    frames = reporting_words().frames
    for steps, above in enumerate(annotations.ancestors(verb)):
        if above.index > verb.index or steps > _DEEPEST:
            break
        if above.upos == "VERB" and verb_lemma(above) in frames:
            return above if steps and not is_passive(annotations, above) else None
    return None


def subject_of(annotations: Annotations, verb: Token) -> Token | None:
    """The surface subject of a verb, its own or the one that it shares or is controlled by."""
    for _ in range(_DEEPEST):
        own = _own_subject(annotations, verb) or _crossing_subject(annotations, verb)
        if own is not None:
            return _antecedent(annotations, own)
        above = annotations.head(verb)
        if above is None:
            return None
        relation = verb.relation.split(":")[0]
        outer = joined_to(annotations, verb)
        if outer is not None:
            verb = outer
            continue
        if relation == "acl":
            return _modified(annotations, verb, above)
        if relation == "xcomp" and verb_lemma(above) not in reporting_words().words["realised"]:
            return None
        if above.upos == "ADJ" and verb.feats.get("VerbForm") == "Inf":
            return None  # "too early to say"
        if relation not in ("conj", "advcl", "xcomp", "parataxis", "dep", "ccomp") or _finite_alone(verb, relation):
            return None
        verb = above
    return None


def joined_to(annotations: Annotations, verb: Token) -> Token | None:
    """The reporting verb that a second one really goes with, where the tree joined it to what the first one reports.

    "They announced that two were held, and declared that it was over": a comma, or a passive that has no will of its
    own, tells that "declared" is not joined to "held".
    """
    reported = annotations.head(verb)
    if verb.relation != "conj" or reported is None or reported.relation != "ccomp" or _own_subject(annotations, verb):
        return None
    first, frames = annotations.head(reported), reporting_words().frames
    if first is None or "clause" not in frames.get(verb_lemma(first), ()) or "clause" not in frames.get(verb_lemma(verb), ()):
        return None
    joint = annotations.child(verb, "cc")
    comma = joint is not None and joint.index > 0 and annotations.tokens[joint.index - 1].text == ","
    return first if comma or is_passive(annotations, reported) else None


def _finite_alone(verb: Token, relation: str) -> bool:
    """Whether a clause without subject is finite and therefore shares nobody's ("ccomp", "parataxis": "..., says one")."""
    return relation in ("ccomp", "parataxis", "dep") and verb.feats.get("VerbForm") == "Fin"


def _own_subject(annotations: Annotations, verb: Token) -> Token | None:
    subjects = annotations.children(verb, "nsubj")
    if not subjects and not is_passive(annotations, verb):
        subjects = [t for t in annotations.children(verb, "expl") if t.lower == "it" and t.index < verb.index]
    outer = [t for t in subjects if t.relation != "nsubj:outer"]
    return outer[-1] if len(outer) == 1 else next(iter(outer or subjects), None)


def _crossing_subject(annotations: Annotations, verb: Token) -> Token | None:
    """A subject that the tree gave to the clause behind the verb: "Gil said they lost" with two subjects for "lost"."""
    if verb_lemma(verb) not in reporting_words().words["plain"] or verb.feats.get("VerbForm", "Fin") != "Fin":
        return None
    sentence = annotations.sentence_of(verb)
    for token in reversed(annotations.tokens[sentence.first : verb.index]):
        if token.relation in ("nsubj", "nsubj:pass") and token.head > verb.index:
            return token
        if token.upos in ("VERB", "AUX") and token.head != verb.index and token.feats.get("VerbForm") == "Fin":
            break
    return None


def _antecedent(annotations: Annotations, subject: Token) -> Token:
    """The noun that a relative pronoun stands for, else the subject itself."""
    if subject.lower not in ("who", "which", "that", "whom"):
        return subject
    named = _person_before(annotations, subject)
    if named is not None:
        return named
    for above in annotations.ancestors(subject):
        if above.relation == "acl:relcl":
            return annotations.head(above) or subject
        if above.upos not in _VERBAL and above.relation not in ("conj", "xcomp", "ccomp"):
            break
    return subject


def _person_before(annotations: Annotations, relative: Token) -> Token | None:
    """The person whose name stands right before ", who": the nearest, whatever noun the tree gives the clause to."""
    tokens = annotations.tokens[max(0, relative.index - 2) : relative.index]
    last = next((t for t in reversed(tokens) if t.text != ","), None)
    name = annotations.name_at(last) if last is not None and relative.lower == "who" else None
    if name is None or name.kind != "PERSON" or annotations.tokens[name.first].sentence != relative.sentence:
        return None
    words = annotations.tokens[name.first : name.last]
    return next((t for t in words if not name.first <= t.head < name.last), words[0])


def _modified(annotations: Annotations, verb: Token, noun: Token) -> Token | None:
    """The noun that a participle or a relative clause without its pronoun modifies; none for "the plan to say"."""
    if verb.feats.get("VerbForm") == "Inf" or annotations.child(verb, "mark") is not None:
        return None
    return noun


def owner_of(annotations: Annotations, noun: Token) -> Token | None:
    """Who holds a speech noun: "his claim", "the claim by Rome", "Iranian claims", or the subject of "made the claim"."""
    possessor = annotations.child(noun, "nmod:poss")
    if possessor is not None:
        return possessor
    for phrase in annotations.children(noun, "nmod", "obl"):
        if has_case(annotations, phrase, *_WHOSE):
            return phrase
    before = noun.index - 1
    while before > 0 and annotations.tokens[before].upos == "ADJ":
        before -= 1
    mark = annotations.tokens[max(before, 0)]
    if mark.upos == "PART" and mark.lower in ("'s", "'") and mark.head >= 0:
        return annotations.tokens[mark.head]  # a possessor that the tree hung elsewhere
    verb = annotations.head(noun)
    if verb is not None and noun.relation == "obj" and verb_lemma(verb) in reporting_words().made - {"receive"}:
        return speaker_of(annotations, verb)
    if verb is not None and noun.relation == "nsubj:pass":
        return agent_of(annotations, verb)
    return None


def source_tokens(annotations: Annotations, head: Token) -> list[Token]:
    """The words of the phrase that names the speaker, appositions included, relative clauses and its preposition not."""
    tokens = [head]
    for branch in annotations.children(head, *_PHRASE):
        if branch.relation != "case" or (branch.index > head.index and not branch.text.startswith(("'", "’"))):
            tokens += annotations.subtree(branch, without=_CLAUSES)
    tokens = unbroken_run(sorted(tokens, key=lambda t: t.index), head)
    while tokens and tokens[-1].upos in ("PUNCT", "CCONJ"):
        tokens.pop()
    while tokens and tokens[0].upos in ("PUNCT", "CCONJ"):
        tokens.pop(0)
    opened = [i for i, t in enumerate(tokens) if t.text == "("]
    if opened and not any(t.text == ")" for t in tokens[opened[-1] :]) and tokens[opened[-1]].index > head.index:
        tokens = tokens[: opened[-1]]
    return tokens or [head]


def unbroken_run(tokens: Sequence[Token], head: Token) -> list[Token]:
    """The tokens that stand without a gap around the head."""
    indices = {t.index for t in tokens}
    low = high = head.index
    while low - 1 in indices:
        low -= 1
    while high + 1 in indices:
        high += 1
    return [t for t in tokens if low <= t.index <= high]
