"""Clear pronouns: he, she, they, it and relative who/which, given to the actor that they plainly mean.

A pronoun that two actors could claim about equally well stays without one. "I" inside a quotation is whoever speaks it, and
"we" the body or the group that does; "you" is left alone, and so is "we" of a single person, who may speak for anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.language.annotations import Annotations, Sentence, Token
from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.forms import is_verb
from dragoman.reading.actors.mentions import Setting, is_plural
from dragoman.reading.actors.merging import BODIES
from dragoman.reading.actors.sectors import sense_of, word_set

HE = frozenset(("he", "him", "his", "himself"))
SHE = frozenset(("she", "her", "hers", "herself"))
THEY = frozenset(("they", "them", "their", "theirs", "themselves"))
IT = frozenset(("it", "its", "itself"))
ME = frozenset(("i", "me", "my", "mine", "myself"))
WE = frozenset(("we", "us", "our", "ours", "ourselves"))
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
REACH = 3  # sentences back in which the person that "he" or "she" means is looked for
LONGEST_SPEECH = 6  # paragraphs of a quotation through which its speaker is looked for
FRONTED = 8  # tokens of a phrase before the subject in which "his" looks ahead
SALIENCE = 0.2  # what each earlier mention of a person adds, up to five; with MARGIN swept on GUM news and biographies
MARGIN = 0.75  # by how much the best candidate has to lead; below it the pronoun is not clear
NOMINAL = ("NOUN", "PROPN", "PRON")
INSIDE = ("compound", "flat", "nmod:desc", "nmod:unmarked", "obl:unmarked")
FARTHEST = 120  # tokens back that are looked at, however long a sentence may be
LEAD = 1.5  # the same for "they" and "its", whose rivals are all the things of a text too
SUBJECTS = ("nsubj", "nsubj:pass")


@dataclass
class _Place:
    """A mention of a draft at a token, as a pronoun may take it up."""

    token: Token
    draft: Draft


@dataclass
class _Scene:
    """What is known while the text is walked: who answers for each token, and what is said inside quotation marks."""

    setting: Setting
    owner: dict[int, Draft]
    quoted: frozenset[int]
    places: list[_Place] = field(default_factory=list)
    found: dict[int, list[int]] = field(default_factory=dict)
    speakers: dict[int, set[int]] = field(default_factory=dict)

    @property
    def notes(self) -> Annotations:
        """The annotations of the text."""
        return self.setting.annotations

    def give(self, pronoun: Token, draft: Draft) -> None:
        """Writes down that the pronoun means the draft, and what that tells of its gender."""
        draft.hear_gender("Masc" if pronoun.lower in HE else "Fem" if pronoun.lower in SHE else None)
        self.owner[pronoun.index] = draft
        self.found.setdefault(id(draft), []).append(pronoun.index)
        self.places.append(_Place(pronoun, draft))


def resolve(setting: Setting, drafts: list[Draft]) -> dict[int, list[int]]:
    """For each draft (by `id`) the indices of the tokens of the pronouns that mean it, in text order."""
    owner = {word: draft for draft in drafts for m in draft.mentions for word in m.words}
    heads = {m.head: draft for draft in drafts for m in draft.mentions}
    scene = _Scene(setting, owner, quoted_tokens(setting.annotations))
    for token in setting.annotations.tokens:
        if token.index in heads:
            scene.places.append(_Place(token, heads[token.index]))
        elif token.upos in ("PRON", "DET") and token.index not in owner:
            draft = _meant(scene, token)
            if draft is not None:
                scene.give(token, draft)
    _give_speech(scene)
    return {draft: sorted(pronouns) for draft, pronouns in scene.found.items()}


def quoted_tokens(annotations: Annotations) -> frozenset[int]:
    """The tokens that stand inside quotation marks; a mark left open runs to the end of its paragraph."""
    found: list[int] = []
    inside, paragraph = False, -1
    for sentence in annotations.sentences:
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        for token in annotations.tokens_of(sentence):
            if token.text in ("\u201c", "``", "\u201e"):
                inside = True
            elif token.text in ("\u201d", "''"):
                inside = False
            elif token.text == '"':
                inside = not inside
            elif inside:
                found.append(token.index)
    return frozenset(found)


def _meant(scene: _Scene, token: Token) -> Draft | None:
    word = token.lower
    if word in HE or word in SHE:
        return _person_meant(scene, token, "Masc" if word in HE else "Fem")
    if word in THEY or (word in IT and token.relation in ("nsubj", "nsubj:pass", "nmod:poss")):
        return _body_meant(scene, token, plural=word in THEY)
    if word in RELATIVE and (token.feats.get("PronType") == "Rel" or word in ("who", "whom")):
        return _antecedent(scene, token)
    return None


def _antecedent(scene: _Scene, token: Token) -> Draft | None:
    """Whom "who" or "which" means: people right before "who"; else the noun that its relative clause hangs on."""
    notes = scene.notes
    near = scene.owner.get(token.index - 1) if token.lower in ("who", "whom") else None
    if near is not None and near.kind in ("person", "group") and notes.tokens[token.index - 1].sentence == token.sentence:
        return near
    for above in (token, *notes.ancestors(token)):
        if above.relation == "acl:relcl" and above.head >= 0 and above.head < token.index:
            draft = scene.owner.get(above.head)
            return None if draft is not None and token.lower == "which" and _are_people(draft) else draft
    if token.lower in ("who", "whom", "whose") and token.index >= 2:
        before = notes.tokens[token.index - 1]
        before = notes.tokens[token.index - 2] if before.text == "," else before
        return scene.owner.get(before.index) if before.sentence == token.sentence else None
    return None


def _are_people(draft: Draft) -> bool:
    senses = [sense_of(noun) for noun in draft.nouns]
    return draft.kind == "person" or any(sense is not None and sense.kind == "person" for sense in senses)


def _person_meant(scene: _Scene, token: Token, gender: str) -> Draft | None:
    if token.lower.endswith("self"):
        return _reflexive(scene, token)
    ahead = _subject_ahead(scene, token)
    if ahead is not None and ahead.kind == "person" and not ahead.plural and ahead.gender in (None, gender):
        return ahead
    barred = _barred(scene, token)
    scores: dict[int, tuple[float, Draft]] = {}
    for place in _recent(scene, token):
        draft = place.draft
        if draft.kind != "person" or draft.plural or id(draft) in barred or draft.gender not in (None, gender):
            continue
        score = (
            SALIENCE * min(len(draft.mentions), 5)
            + _closeness(scene, token, place.token)
            + (1.0 if draft.gender == gender else 0.0)
            + (0.5 if draft.names else 0.0)
        )
        if id(draft) not in scores or score > scores[id(draft)][0]:
            scores[id(draft)] = (score, draft)
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
        return None
    return ranked[0][1]


def _subject_ahead(scene: _Scene, token: Token) -> Draft | None:
    """The subject behind a phrase that opens its sentence: "In her speech, Lund said", "As part of his tour, Lund said"."""
    first = scene.notes.sentence_of(token).first
    if token.relation != "nmod:poss" or not _opens(scene, first, token.index):
        return None
    for above in scene.notes.ancestors(token):
        subject = scene.notes.child(above, "nsubj")
        if subject is not None and subject.index != token.head:
            return scene.owner.get(subject.index) if subject.index > token.index else None
    return None


def _opens(scene: _Scene, first: int, last: int) -> bool:
    """Whether a pronoun stands in the phrase that opens its sentence: near its start, or behind nothing but nouns and prepositions."""
    if last <= first + 3:
        return True
    between = scene.notes.tokens[first:last]
    told = {t.upos for t in between}
    return last <= first + FRONTED and between[0].upos == "ADP" and not told & {"PUNCT", "VERB", "AUX", "PRON", "PROPN"}


def _reflexive(scene: _Scene, token: Token) -> Draft | None:
    governor = scene.notes.head(token)
    subjects = _shared_subject(scene, governor) if governor is not None else []
    return next((scene.owner[s.index] for s in subjects if s.index in scene.owner), None)


def _recent(scene: _Scene, token: Token) -> Iterator[_Place]:
    for place in reversed(scene.places):
        if token.sentence - place.token.sentence > REACH:
            return
        if place.token.index < token.index:
            yield place


def _closeness(scene: _Scene, token: Token, other: Token) -> float:
    """How near and how prominent a mention is for the pronoun: sentences apart, subjects first, clauses above first."""
    score = -1.5 * (token.sentence - other.sentence)
    if other.relation in SUBJECTS:
        score += 2.0
        governor = scene.notes.head(other)
        if governor is not None and governor.head < 0:
            score += 0.5
        if governor is not None and any(above.index == governor.index for above in scene.notes.ancestors(token)):
            score += 1.5
    elif other.relation in ("obj", "iobj", "appos", "obl:agent"):
        score += 0.75
    elif other.relation in ("compound", "nmod:poss"):
        score += 0.25
    if (other.index in scene.quoted) != (token.index in scene.quoted):
        score -= 0.75
    return score


def _barred(scene: _Scene, token: Token) -> set[int]:
    """Drafts that the pronoun cannot mean: other arguments of its verb, what it belongs to, a quotation's speaker."""
    notes = scene.notes
    governor = notes.head(token)
    barred: set[int] = set()
    if governor is not None:
        possessive = token.relation == "nmod:poss"
        if possessive and governor.index in scene.owner:
            barred.add(id(scene.owner[governor.index]))
        if not possessive and not token.lower.endswith("self"):
            others = [*notes.children(governor, "nsubj", "obj", "iobj"), *_shared_subject(scene, governor)]
            barred |= {id(scene.owner[o.index]) for o in others if o.index in scene.owner and o.index != token.index}
    if token.index in scene.quoted:
        barred |= _speakers(scene, token)
    return barred


def _shared_subject(scene: _Scene, verb: Token) -> list[Token]:
    """The subject that a verb without one has from the verb that it is joined to ("employed him and raised him")."""
    while verb.relation in ("conj", "xcomp") and verb.head >= 0 and not scene.notes.children(verb, *SUBJECTS):
        verb = scene.notes.tokens[verb.head]
    return scene.notes.children(verb, *SUBJECTS)


def _speakers(scene: _Scene, token: Token) -> set[int]:
    """Those who speak in the paragraph of a quotation: inside it they are "I", not "he".

    A paragraph that is nothing but quotation goes on with who spoke in those before it.
    """
    notes = scene.notes
    paragraph = notes.sentence_of(token).paragraph
    if paragraph not in scene.speakers:
        scene.speakers[paragraph] = set(_speaking_around(scene, token.sentence))
    return scene.speakers[paragraph]


def _paragraph(notes: Annotations, sentence: int) -> list[Sentence]:
    first = last = sentence
    paragraph = notes.sentences[sentence].paragraph
    while first > 0 and notes.sentences[first - 1].paragraph == paragraph:
        first -= 1
    while last + 1 < len(notes.sentences) and notes.sentences[last + 1].paragraph == paragraph:
        last += 1
    return list(notes.sentences[first : last + 1])


def _give_speech(scene: _Scene) -> None:
    """Gives "I" and "we" to those who speak; last of all, as "she said" may stand behind what she said."""
    around: dict[str, dict[int, Draft]] = {}
    for token in scene.notes.tokens:
        if token.lower not in ME | WE or token.index not in scene.quoted or token.index in scene.owner:
            continue
        speaker = _speaker_of(scene, token, around)
        if speaker is not None and _may_speak_so(speaker, token):
            scene.give(token, speaker)


def _may_speak_so(speaker: Draft, token: Token) -> bool:
    """Whether the speaker says "I" or "we" of itself: a single person, or a body or group."""
    one = speaker.kind == "person" and not speaker.plural
    return one if token.lower in ME else not one


def _speaker_of(scene: _Scene, token: Token, around: dict[str, dict[int, Draft]]) -> Draft | None:
    """Who speaks the words in which the token stands: the subject of the verb above them, else the only one who speaks nearby.

    `around` keeps who speaks in each sentence and around each paragraph.
    """
    notes = scene.notes
    for above in notes.ancestors(token):
        subject = notes.child(above, "nsubj")
        if above.index not in scene.quoted and subject is not None and is_verb(above, word_set("signs", "saying")):
            return scene.owner.get(subject.index)
    here, paragraph = f"s{token.sentence}", f"p{notes.sentence_of(token).paragraph}"
    if here not in around:
        around[here] = _speaking(scene, [notes.sentences[token.sentence]])
    if not around[here] and paragraph not in around:
        around[paragraph] = _speaking_around(scene, token.sentence)
    near = around[here] or around[paragraph]
    return next(iter(near.values())) if len(near) == 1 else None


def _speaking_around(scene: _Scene, sentence: int) -> dict[int, Draft]:
    """Those who speak in the paragraph of a sentence, by `id`; a paragraph of nothing but quotation goes on with those before it."""
    for _ in range(LONGEST_SPEECH):
        sentences = _paragraph(scene.notes, sentence)
        found = _speaking(scene, sentences)
        sentence = sentences[0].index - 1
        if found or sentence < 0 or any(t.text[:1].isalnum() for t in _unquoted(scene, sentences)):
            return found
    return {}


def _unquoted(scene: _Scene, sentences: list[Sentence]) -> list[Token]:
    return [t for s in sentences for t in scene.notes.tokens_of(s) if t.index not in scene.quoted]


def _speaking(scene: _Scene, sentences: list[Sentence]) -> dict[int, Draft]:
    """Those who are told outside quotations to speak in these sentences, by `id`."""
    subjects = [t for t in _unquoted(scene, sentences) if t.relation == "nsubj" and t.index in scene.owner]
    speaking = [t for t in subjects if is_verb(scene.notes.tokens[t.head], word_set("signs", "saying"))]
    return {id(scene.owner[t.index]): scene.owner[t.index] for t in speaking}


def _body_meant(scene: _Scene, token: Token, *, plural: bool) -> Draft | None:
    """Whom "it" or "they" means: the subject of a clause above; else, outside quotations, of the sentence before."""
    barred = _barred(scene, token)
    if (speaker := _speaker_again(scene, token, plural=plural)) is not None:
        return speaker
    for subject in _subjects_above(scene, token):
        verdict = _fits(scene, subject, barred, plural=plural)
        if verdict is not None:
            return verdict.draft
    if plural or token.lower == "its":
        return _most_prominent(scene, token, barred, plural=plural)
    if token.index in scene.quoted or token.sentence == 0 or not _takes_up(scene, token, plural=plural):
        return None
    before = scene.notes.sentences[token.sentence - 1]
    subject_before = scene.notes.child(scene.notes.root(before), *SUBJECTS)
    if subject_before is None:
        return None
    verdict = _fits(scene, subject_before, barred, plural=plural)
    return verdict.draft if verdict is not None else None


def _most_prominent(scene: _Scene, token: Token, barred: set[int], *, plural: bool) -> Draft | None:
    """The draft that leads all nouns of the same number in this sentence and the one before; things are rivals too."""
    scores: dict[object, tuple[float, Draft | None]] = {}
    first = max(scene.notes.sentences[max(0, token.sentence - 1)].first, token.index - FARTHEST)
    for noun in scene.notes.tokens[first : token.index]:
        draft = scene.owner.get(noun.index)
        if noun.upos not in NOMINAL or noun.relation in INSIDE or (draft is not None and id(draft) in barred):
            continue
        fits = _may_be_it(draft, plural=plural) if draft is not None else _is_thing(scene, noun, plural=plural)
        if fits:
            score = _closeness(scene, token, noun) + (SALIENCE * min(len(draft.mentions), 5) if draft else 0.0)
            key = id(draft) if draft is not None else noun.lemma
            if key not in scores or score > scores[key][0]:
                scores[key] = (score, draft)
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAD):
        return None
    return ranked[0][1]


def _is_thing(scene: _Scene, noun: Token, *, plural: bool) -> bool:
    """Whether a noun that is no actor could be what the pronoun means."""
    return noun.upos in ("NOUN", "PROPN") and (is_plural(noun) == plural or (plural and scene.notes.child(noun, "conj") is not None))


def _speaker_again(scene: _Scene, token: Token, *, plural: bool) -> Draft | None:
    """Who spoke last outside quotations, for "..., it added" behind what is said: nobody who is told of in it."""
    notes = scene.notes
    verb = notes.head(token)
    if token.relation != "nsubj" or verb is None or not is_verb(verb, word_set("signs", "saying")) or token.index in scene.quoted:
        return None
    behind = verb.relation == "parataxis" and 0 <= verb.head < verb.index
    if not behind and not any(c.index < token.index for c in notes.children(verb, "ccomp", "parataxis")):
        return None
    for place in reversed(scene.places):
        other = place.token
        if token.sentence - other.sentence > REACH:
            return None
        above = notes.head(other)
        spoke = above is not None and other.relation == "nsubj" and is_verb(above, word_set("signs", "saying"))
        if other.sentence < token.sentence and spoke and other.index not in scene.quoted and _may_be_it(place.draft, plural=plural):
            return place.draft
    return None


def _subjects_above(scene: _Scene, token: Token) -> Iterator[Token]:
    for above in scene.notes.ancestors(token):
        for child in scene.notes.children(above, *SUBJECTS):
            if child.index < token.index:
                yield child


def _takes_up(scene: _Scene, token: Token, *, plural: bool) -> bool:
    governor = scene.notes.head(token)
    if plural or token.relation == "nmod:poss":
        return True
    return token.relation == "nsubj" and governor is not None and is_verb(governor, word_set("signs", "saying"))


@dataclass(frozen=True)
class _Verdict:
    """What a subject says about a pronoun: it means this draft, or (None) something that is no actor of the cast."""

    draft: Draft | None


def _fits(scene: _Scene, subject: Token, barred: set[int], *, plural: bool) -> _Verdict | None:
    """A verdict if the subject agrees with the pronoun; None if it says nothing about it."""
    if scene.notes.child(subject, "conj") is not None:
        return _Verdict(None) if plural else None
    draft = scene.owner.get(subject.index)
    if draft is None:
        rival = subject.upos in ("NOUN", "PROPN") and is_plural(subject) == plural
        return _Verdict(None) if rival else None
    if id(draft) in barred:
        return None
    return _Verdict(draft) if _may_be_it(draft, plural=plural) else None


def _may_be_it(draft: Draft, *, plural: bool) -> bool:
    """Whether "they" (`plural`) or "it" may mean the draft by its kind."""
    if plural:
        return draft.kind == "group" or (draft.kind == "organization" and "COP" in draft.sectors)
    return draft.kind in BODIES or (draft.kind == "group" and not draft.plural)
