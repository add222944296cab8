"""Arcs that cannot be right, put right: what a parser most often gets wrong around the verbs and nouns that name acts.

Each repair asks for a sign that the arc is wrong (a noun without a preposition hung on as an oblique, a verb joined to
a noun, an arc over a nearer verb that the parser itself was unsure of); all other arcs stay as they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dragoman.language.annotations import Annotations, Sentence, Token
from dragoman.reading.events.frames import frames, word_list
from dragoman.reading.statements.tags import is_inverted

_NOUNS = ("NOUN", "PROPN")
_UNSURE = 0.6  # arcs below it are wrong about half of the time
_REACH = 30  # tokens over which a repair looks back


def mended(annotations: Annotations) -> Annotations:
    """The same annotations with some arcs changed; the same object if none is."""
    tokens = list(annotations.tokens)
    for sentence in annotations.sentences:
        moves = (_fronted, _into_quoted, _who_meet, _speaking_behind)
        for moved in itertools.chain.from_iterable(move(annotations, sentence) for move in moves):
            tokens[moved.index] = moved
    annotations = replace(annotations, tokens=tuple(tokens)) if tokens != list(annotations.tokens) else annotations
    for token in annotations.tokens:
        new = _repaired(annotations, tokens, token)
        if new is not None and _stays_tree(tokens, new):
            tokens[token.index] = new
    if all(new is old for new, old in zip(tokens, annotations.tokens, strict=True)):
        return annotations
    return replace(annotations, tokens=tokens)


def _fronted(annotations: Annotations, sentence: Sentence) -> list[Token]:
    """A sentence without a verb whose root a participle in front modifies: "The navy tested | two missiles" has lost it.

    The participle becomes the root, the noun behind it its object, the noun before it its subject.
    """
    if sentence.first >= sentence.last:
        return []
    root = annotations.root(sentence)
    participle = next((t for t in annotations.children(root, "amod") if t.upos == "VERB" and t.index < root.index), None)
    if root.upos not in _NOUNS or participle is None or not participle.lower.endswith(("ed", "t", "d")):
        return []
    around = [*annotations.children(root), *annotations.children(participle)]
    nominal = [t for t in around if t.index < participle.index and t.upos in (*_NOUNS, "PRON")]
    before = [t for t in nominal if t.relation != "compound"]
    between = annotations.tokens[participle.index + 1 : root.index]
    if len(before) != 1 or not any(t.upos in ("DET", "NUM") for t in between):
        return []
    if any(t.feats.get("VerbForm") == "Fin" for t in annotations.tokens_of(sentence)):
        return []
    strays = [t for t in annotations.children(root) if t.index < participle.index and t.index != before[0].index]
    return [
        replace(participle, head=-1, relation="root", feats={**participle.feats, "VerbForm": "Fin"}),
        replace(root, head=participle.index, relation="obj"),
        replace(before[0], head=participle.index, relation="nsubj"),
        *(replace(t, head=before[0].index) for t in strays),
    ]


def _who_meet(annotations: Annotations, sentence: Sentence) -> list[Token]:
    """ "Ministers | meeting in Lima | called on Kora": people in the plural before "meeting" do what the verb tells, and meet.

    The meeting becomes a participle of theirs, they the subject; an article before them leaves it a noun ("the ministers meeting").
    """
    for noun in annotations.tokens_of(sentence):
        people = annotations.tokens[noun.index - 1] if noun.index > sentence.first else None
        if noun.lower != "meeting" or noun.upos != "NOUN" or noun.relation != "nsubj" or people is None:
            continue
        plural = people.relation == "compound" and people.head == noun.index and people.feats.get("Number") == "Plur"
        before = [t for t in annotations.children(noun) if t.index < people.index]
        if not plural or people.lemma not in word_list("classes.envoys") or any(t.upos == "DET" for t in before):
            continue
        feats = {"Tense": "Pres", "VerbForm": "Part"}
        meeting = replace(noun, upos="VERB", lemma="meet", head=people.index, relation="acl", feats=feats)
        subject = replace(people, head=noun.head, relation=noun.relation)
        return [meeting, subject, *(replace(t, head=people.index) for t in before)]
    return []


def _speaking_behind(annotations: Annotations, sentence: Sentence) -> list[Token]:
    """A name behind a verb of speech that ends its sentence is its subject: "the siege must end, urged | Gil"."""
    moved: list[Token] = []
    for verb in annotations.tokens_of(sentence):
        if verb.upos != "VERB" or not is_inverted(annotations, verb):
            continue
        behind = [t for t in annotations.children(verb, "obj", "iobj", "nsubj", "nsubj:pass") if t.upos in (*_NOUNS, "PRON")]
        if len(behind) == 1 and behind[0].index > verb.index:
            feats = {name: value for name, value in verb.feats.items() if name != "Voice"} | {"Tense": "Past", "VerbForm": "Fin"}
            moved += [replace(verb, feats=feats), replace(behind[0], relation="nsubj")]
    return moved


def _into_quoted(annotations: Annotations, sentence: Sentence) -> list[Token]:
    """What stands before a comma in front of "officials said" is a part of what they said, whatever hangs on "said"."""
    if sentence.first >= sentence.last:
        return []
    said = annotations.root(sentence)
    clause = next((t for t in annotations.children(said, "ccomp") if t.index < said.index), None)
    if clause is None or said.upos != "VERB":
        return []
    commas = [t for t in annotations.tokens[clause.index : said.index] if t.lower in (",", '"', "\u201d", "''")]
    if not commas:
        return []
    strays = [t for t in annotations.children(said, "obl", "nsubj", "advmod") if t.index < commas[-1].index and t.index != clause.index]
    lacks = _lacks(annotations, clause, "nsubj") and any(t.index > commas[-1].index for t in annotations.children(said, "nsubj"))
    return [replace(t, head=clause.index) for t in strays if lacks or not t.relation.startswith("nsubj")]


def _stays_tree(tokens: Sequence[Token], changed: Token) -> bool:
    """Whether the new governor does not itself hang below the token."""
    above, steps = changed.head, 0
    while above >= 0 and steps < len(tokens):
        if above == changed.index:
            return False
        above, steps = tokens[above].head, steps + 1
    return above < 0


def _repaired(annotations: Annotations, tokens: Sequence[Token], token: Token) -> Token | None:
    head = annotations.head(token)
    if head is None:
        return None
    if token.relation in ("nmod", "obl", "compound", "nmod:desc") and _has_genitive(annotations, token) and token.index < head.index:
        return replace(token, relation="nmod:poss")
    if token.upos in _NOUNS and token.relation in ("obl", "obj"):
        subject = _subject_behind_for(annotations, token, head)
        if subject is not None:
            return subject
    if token.upos in _NOUNS and token.relation in ("obl", "nmod"):
        bare = _bare_noun(annotations, token, head) or _of_noun(annotations, token, head) or _right_behind(annotations, token, head)
        return bare or _nearer_verb(annotations, tokens, token, head)
    if token.relation == "conj" and token.upos == "VERB" and head.upos in _NOUNS:
        return _joined_verb(annotations, token, head)
    if token.relation == "conj" and token.upos == head.upos == "VERB":
        return _same_form(annotations, token, head)
    if token.relation == "obj" and token.upos in _NOUNS:
        return _object_ahead(annotations, token, head)
    if token.relation == "nsubj" and token.index > head.index:
        return _second_subject(annotations, token, head)
    if token.relation == "nsubj:pass":
        return _no_passive(annotations, token, head)
    if token.relation == "acl" and token.lower.endswith("ing"):
        return _of_the_clause(annotations, token, head)
    if token.relation == "acl:relcl":
        return _which_thing(annotations, token, head)
    return None


def _has_genitive(annotations: Annotations, token: Token) -> bool:
    return any(t.lower in ("'s", "'") and t.index > token.index for t in annotations.children(token, "case"))


def _subject_behind_for(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """ "Called for | peace | to be restored": what stands behind the "for" of an infinitive is its subject."""
    for clause in annotations.children(head, "xcomp", "advcl", "ccomp"):
        marks = {t.lower: t.index for t in annotations.children(clause, "mark")}
        if "for" not in marks or marks.get("to", 0) <= token.index or not _lacks(annotations, clause, "nsubj"):
            continue
        if marks["for"] == annotations.subtree(token)[0].index - 1:
            return replace(token, head=clause.index, relation="nsubj")
    return None


def _bare_noun(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """A noun without a preposition is the object of the verb before it, or the subject of the one behind it."""
    first = annotations.subtree(token, without=("case", "punct", "acl:relcl", "acl"))[0].index
    verbs = [t for t in annotations.tokens[max(0, first - 1) : first] if t.upos == "VERB"]
    cases = [t for t in annotations.children(token, "case") if t.index < token.index]
    if verbs and (not cases or cases[-1].index < verbs[0].index) and _lacks(annotations, verbs[0], "obj", "nsubj:pass"):
        return replace(token, head=verbs[0].index, relation="obj")
    between = range(token.index, head.index)
    subjectless = head.upos == "VERB" and bool(between) and _lacks(annotations, head, "nsubj")
    if not cases and subjectless and head.feats.get("VerbForm") == "Fin" and not _is_time(annotations, token):
        return replace(token, relation="nsubj")
    return None


def _no_passive(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """A verb without a passive auxiliary and with a noun on either side is active: "Kenyan police arrested two men"."""
    if not _lacks(annotations, head, "aux:pass"):
        return None
    if token.index > head.index:
        return replace(token, relation="obj")
    behind = [t for t in annotations.children(head, "obj", "nsubj:pass") if t.index > head.index]
    return replace(token, relation="nsubj") if behind else None


def _second_subject(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """A noun behind an active verb that has its subject before it is the object: "the army stormed early on Monday | the town"."""
    before = any(t.index < head.index for t in annotations.children(head, "nsubj"))
    free = head.upos == "VERB" and _lacks(annotations, head, "obj", "ccomp", "xcomp", "aux:pass", "cop")
    return replace(token, relation="obj") if before and free and token.upos in _NOUNS and _lacks(annotations, token, "case") else None


def _object_ahead(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """A noun before "of carrying it out" is the object of the verb before it: "accusing the police of beating them"."""
    marks = [t for t in annotations.children(head, "mark") if token.index < t.index < head.index]
    if not marks:
        return None
    before = annotations.tokens[max(0, token.index - _REACH) : token.index]
    verb = next((t for t in reversed(before) if t.upos == "VERB"), None)
    if verb is None or verb.sentence != token.sentence or not _lacks(annotations, verb, "obj"):
        return None
    return replace(token, head=verb.index)


def _of_noun(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """ "Of" belongs to the noun right before it: "hopes of talks receded"."""
    case = next((t for t in annotations.children(token, "case") if t.lower == "of" and t.index < token.index), None)
    if token.relation != "obl" or case is None or case.index == 0:
        return None
    before = annotations.tokens[case.index - 1]
    sisters = before.head == head.index and before.upos in (*_NOUNS, "DET", "NUM") and before.index != head.index
    return replace(token, head=before.index, relation="nmod") if sisters else None


def _right_behind(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """A preposition right behind a verb without an object is that verb's: "to stop the work and enter into talks"."""
    case = next((t for t in annotations.children(token, "case") if t.index < token.index), None)
    if token.relation != "obl" or case is None or case.index == 0 or head.index >= case.index - 1:
        return None
    verb = annotations.tokens[case.index - 1]
    joined = verb.upos == "VERB" and verb.head == head.index and verb.relation in ("conj", "xcomp", "ccomp")
    return replace(token, head=verb.index) if joined and _lacks(annotations, verb, "obj", "nsubj:pass") else None


def _lacks(annotations: Annotations, verb: Token, *relations: str) -> bool:
    return annotations.child(verb, *relations) is None


def _is_time(annotations: Annotations, token: Token) -> bool:
    """Days and weeks stand without a preposition: "Monday", "last week"."""
    name = annotations.name_at(token)
    return name is None and (token.upos == "PROPN" or annotations.child(token, "amod", "det", "nummod") is None)


def _nearer_verb(annotations: Annotations, tokens: Sequence[Token], token: Token, head: Token) -> Token | None:
    """An unsure oblique that skips the verb of a clause below its governor belongs to that nearer verb."""
    if token.relation != "obl" or token.score >= _UNSURE or head.index > token.index or head.upos != "VERB":
        return None
    start = max(head.index + 1, token.index - _REACH)
    for nearer in reversed(annotations.tokens[start : token.index]):
        if nearer.upos == "VERB" and nearer.head == head.index and nearer.relation in ("ccomp", "xcomp"):
            return replace(token, head=nearer.index)
    return None


def _joined_verb(annotations: Annotations, token: Token, noun: Token) -> Token | None:
    """A verb joined to a noun is joined to the verb of that noun: "killed two people and wounded 15"."""
    verb = annotations.head(noun)
    joined = verb is not None and verb.upos == "VERB" and verb.index < token.index and noun.relation in ("obj", "obl")
    return replace(token, head=verb.index) if joined and verb is not None else None


def _same_form(annotations: Annotations, token: Token, head: Token) -> Token | None:
    """Verbs are joined to their like: "by failing to appear and cancelling the talks" joins the two that end in "-ing"."""
    above = annotations.head(head)
    infinitive = head.relation == "xcomp" and any(t.lower == "to" for t in annotations.children(head, "mark"))
    if not infinitive or above is None or above.upos != "VERB" or not token.lower.endswith("ing"):
        return None
    return replace(token, head=above.index) if above.lower.endswith("ing") and token.index > head.index else None


def _of_the_clause(annotations: Annotations, token: Token, noun: Token) -> Token | None:
    """Behind a comma an "-ing" clause is the verb's and not its object's: "announced changes, dismissing three ministers"."""
    verb = annotations.head(noun)
    comma = token.index > 0 and annotations.tokens[token.index - 1].text == ","
    person = noun.upos == "PROPN" or noun.lemma in word_list("classes.human") or noun.lemma in word_list("classes.combatant")
    if not comma or person or noun.relation != "obj" or verb is None or verb.upos != "VERB":
        return None
    return replace(token, head=verb.index, relation="advcl")


def _which_thing(annotations: Annotations, token: Token, noun: Token) -> Token | None:
    """ "Which" is no person: "the men were held for the bombing, which killed two" is about the bombing."""
    which = any(t.lower == "which" for t in annotations.children(token, "nsubj", "obj"))
    if not which or noun.lemma not in word_list("classes.event_people"):
        return None
    between = annotations.tokens[noun.index + 1 : token.index]
    acts = [t for t in between if t.upos == "NOUN" and t.lemma in frames("noun")]
    return replace(token, head=acts[-1].index) if acts else None
