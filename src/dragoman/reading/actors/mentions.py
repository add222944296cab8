"""Mentions: every phrase of a text that means a person, a group, a body or a state, before it is known who is who.

A mention knows the tokens that answer for it, the span that a reader would mark, and what its own words tell: kind,
country, roles, number and gender. `links` are pairs of mentions that the syntax itself makes one (titles, appositions,
copulas); everything else about identity is `merging`'s business.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.codes import OF_THE_STATE
from dragoman.reading.actors.forms import noun_forms
from dragoman.reading.actors.lists import shipped
from dragoman.reading.actors.roster import Directory, Entry
from dragoman.reading.actors.sectors import Sense, noun_gender, sense_of, word_set
from dragoman.reading.actors.settling import settled_names
from dragoman.reading.actors.states import Land, LandWord, in_their_time, land_words, place_words, with_halves
from dragoman.reading.entries import Kind
from dragoman.text.report import Span

Form = Literal["name", "noun", "state"]

LEFT = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat", "nmod:unmarked")
"""Relations of what stands before a noun and belongs to its phrase."""
CUT = ("acl", "acl:relcl", "appos", "conj", "cc", "parataxis", "punct", "advcl", "list", "dep", "orphan")
"""Branches that are no part of the span of a phrase."""
LONGEST_TAIL = 14  # tokens of an "of ..." tail that still belong to the span
LONGEST_HEAD = 14  # tokens before a noun that may belong to its phrase
_CALENDAR = frozenset((*calendar.month_name, *calendar.day_name))
DEFINITE = ("the", "this", "that", "these", "those", "both")


@dataclass
class Mention:
    """One phrase that means an actor.

    `words` are the tokens that answer for it; `span` is None where the phrase only tells a role ("was the leader").
    `land` is the state that it is (form "state") or belongs to. `weak`: it places rather than acts ("in Peru").
    `pointing`: "this" or "that" stands before it.
    """

    head: int
    words: set[int]
    span: Span | None
    form: Form
    kind: Kind
    name: str
    land: Land | None = None
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    noun: str = ""
    plural: bool = False
    gender: str | None = None
    definite: bool = False
    fresh: bool = False
    pointing: bool = False
    modifiers: frozenset[str] = frozenset()
    number: str | None = None
    owner: int | None = None
    weak: bool = False
    known: Entry | None = None


@dataclass(frozen=True)
class Setting:
    """A text with the land words in it, by token; `places` are towns and provinces, with the state that they lie in."""

    annotations: Annotations
    lands: dict[int, LandWord]
    places: dict[int, Land] = field(default_factory=dict)
    directory: Directory = field(default_factory=lambda: Directory(shipped()))

    def land_at(self, token: Token) -> Land | None:
        """The land that the token names or helps to name."""
        word = self.lands.get(token.index)
        return word.land if word else None

    def land_or_place(self, token: Token) -> Land | None:
        """The land that the token names, or that the town or province which it names lies in."""
        return self.land_at(token) or self.places.get(token.index)

    def left_edge(self, head: Token) -> int:
        """The index of the first token of the phrase that `head` governs."""
        edge = self._left_edges.get(head.index)
        if edge is None:
            edge = self._left_edges[head.index] = self._left_edge(head)
        return edge

    @cached_property
    def _left_edges(self) -> dict[int, int]:
        return {}  # filled as they are asked for: of many nouns three times

    def _left_edge(self, head: Token) -> int:
        first = head.index
        for child in self.annotations.children(head, *LEFT):
            if child.index < head.index:
                first = min(first, self.annotations.subtree(child, without=("appos", "acl", "parataxis"))[0].index)
        first = max(first, self.annotations.sentence_of(head).first, head.index - LONGEST_HEAD)
        first = next((i + 1 for i in range(head.index - 1, first - 1, -1) if self._breaks(i)), first)
        while first < head.index and self._opens_nothing(self.annotations.tokens[first]):
            first += 1
        return first

    def _opens_nothing(self, token: Token) -> bool:
        dates = token.text in _CALENDAR and token.relation in ("compound", "nmod:unmarked", "obl:unmarked")
        return dates or token.upos in ("PUNCT", "ADP", "CCONJ") or token.lower in ("least", "most", "than")

    def _ends(self, index: int) -> bool:
        """Whether no tail of a phrase reaches over this token to the right."""
        token = self.annotations.tokens[index]
        return token.upos in ("AUX", "SCONJ") or (token.upos == "VERB" and token.relation not in ("amod", "compound"))

    def _breaks(self, index: int) -> bool:
        """Whether no phrase reaches over this token to the left, whatever a wrong tree may say."""
        token = self.annotations.tokens[index]
        if token.upos == "ADP" and token.lower != "of":
            return True
        if token.text == "," and index and self.annotations.tokens[index - 1].upos not in ("ADJ", "VERB", "NUM"):
            return True
        if token.upos in ("VERB", "AUX"):
            return token.relation not in ("amod", "compound", "acl") or "Fin" in token.feats.get("VerbForm", "")
        return (token.upos in ("SCONJ", "PRON") and token.relation != "nmod:poss") or token.text in (
            ";",
            ":",
            "(",
            ")",
            "\u2014",
            "--",
        )

    def right_edge(self, head: Token, *, tails: tuple[str, ...] = ("of",)) -> int:
        """The index behind the last token of the phrase, with a tail that one of these prepositions begins."""
        last = head.index + 1
        for child in self.annotations.children(head):
            if child.index != last and child.index < last:
                continue
            branch = self.annotations.subtree(child, without=CUT)
            if branch[0].index != last or len(branch) > LONGEST_TAIL or any(self._ends(t.index) for t in branch[1:]):
                continue
            if child.relation in ("flat", "compound") or (child.relation == "nmod" and branch[0].lower in tails):
                last = branch[-1].index + 1
        return last

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens `first` to `last` (one past the end)."""
        return Span(self.annotations.tokens[first].start, self.annotations.tokens[last - 1].end)

    def text(self, first: int, last: int) -> str:
        """The same characters as text, with white space made plain."""
        span = self.span(first, last)
        return " ".join(self.annotations.text[span.start : span.end].split())

    def preposition(self, token: Token) -> str:
        """The preposition before a phrase, lower case, or ''."""
        case = self.annotations.child(token, "case")
        return case.lower if case is not None else ""

    def preposition_after(self, head: Token) -> str:
        """The preposition of the phrase that follows a noun and belongs to it ("of" in "head of the bank"), or ''."""
        after = next((c for c in self.annotations.children(head, "nmod") if c.index > head.index), None)
        return self.preposition(after) if after is not None else ""


def setting_of(annotations: Annotations, directory: Directory | None = None) -> Setting:
    """Puts the names in order and finds the land words; those that are part of a person's name do not count.

    `directory` is who is known by name; without one, our own lists without a day.
    """
    directory = directory or Directory(shipped())
    annotations = annotations.with_names(settled_names(annotations, directory))
    own = directory.roster.own_names
    lands: dict[int, LandWord] = {}
    for word in with_halves(annotations, in_their_time(list(land_words(annotations)))):
        name = annotations.name_at(annotations.tokens[word.first])
        if name is not None and name.kind == "PERSON" and word.use != "house":
            continue
        if own and name is not None and annotations.text[name.start : name.end] in own:
            continue
        lands.update(dict.fromkeys(range(word.first, word.last), word))
    places = {
        index: land
        for first, last, land in place_words(annotations)
        for index in range(first, last)
        if index not in lands and not _in_person(annotations, index)
    }
    return Setting(annotations, lands, places, directory)


def _in_person(annotations: Annotations, index: int) -> bool:
    name = annotations.name_at(annotations.tokens[index])
    return name is not None and name.kind == "PERSON"


def land_of_phrase(setting: Setting, head: Token, *, depth: int = 2, inside: bool = False) -> Land | None:
    """The land that the modifiers of a noun name: "Russian", "Peru's", "of Peru"; with `inside` also "in Peru"."""
    notes = setting.annotations
    for index in range(head.index - 1, setting.left_edge(head) - 1, -1):
        if (land := setting.land_or_place(notes.tokens[index])) is not None and not _is_backer(setting, index):
            return land
    if depth == 0:
        return None
    joined = next((c for c in notes.children(head, "conj") if c.index > head.index), None)
    if joined is not None and (land := _land_of_tail(setting, joined)) is not None:
        return land
    belonging = ["of", "from", *(["in"] if inside else []), *(["for"] if head.lower.startswith("spokes") else [])]
    for child in notes.children(head, "nmod"):
        if child.index < head.index or setting.preposition(child) not in belonging:
            continue
        land = setting.land_or_place(child) or land_of_phrase(setting, child, depth=depth - 1)
        if land is not None:
            return land
    return None


def _is_backer(setting: Setting, index: int) -> bool:
    """Whether a land only stands behind the noun that it modifies ("Iranian-backed rebels")."""
    behind = setting.annotations.tokens[index + 1 : index + 3]
    words = [part for token in behind for part in token.lower.split("-") if part]
    return bool(behind) and behind[0].text.startswith("-") and bool(set(words) & word_set("signs", "backing"))


def _land_of_tail(setting: Setting, noun: Token) -> Land | None:
    """The land behind "of" that two joined nouns share ("the government and people of Peru")."""
    tails = (c for c in setting.annotations.children(noun, "nmod") if setting.preposition(c) == "of")
    return next((land for c in tails if (land := setting.land_at(c)) is not None), None)


def body_before(setting: Setting, first: int, last: int) -> Entry | None:
    """The organisation of the list that is named among these tokens ("Gazprom" of "a Gazprom spokesman")."""
    notes = setting.annotations
    for index in range(first, last):
        name = notes.name_at(notes.tokens[index])
        if name is not None and name.kind != "PERSON" and name.last <= last:
            found = setting.directory.body(setting.text(name.first, name.last))
            if found is not None or name.kind == "ORGANIZATION":
                return found
    return None


def told_sectors(words: AbstractSet[str], sector: str) -> tuple[str, ...]:
    """The sectors of an office or body with the words beside it: a rebel leader is no government, a former one is ELI.

    An opposition party keeps its own sector before OPP; who has the defence of the state is GOV and MIL.
    """
    if sector == "GOV" and words & word_set("signs", "rebel"):
        return ("REB",)
    if "opposition" in words and sector in ("GOV", "LEG", "PTY", "JRN", "UNK"):
        return (sector, "OPP") if sector in ("LEG", "PTY", "JRN") else ("OPP",)
    if sector in OF_THE_STATE and words & word_set("signs", "former"):
        return ("ELI",)
    return ("GOV", "MIL") if sector == "GOV" and words & word_set("signs", "defence") else (sector,)


def noun_sense(annotations: Annotations, token: Token) -> Sense | None:
    """What a common noun (or a title used as one) tells of people and bodies."""
    if token.upos not in ("NOUN", "PROPN"):
        return None
    return next(filter(None, map(sense_of, nouns_of(annotations, token))), None)


def nouns_of(annotations: Annotations, token: Token) -> Iterator[str]:
    """The forms under which a noun may stand in the lists: with the word before it, hyphenated, alone."""
    forms = noun_forms(token)
    before = annotations.tokens[token.index - 1] if token.index else None
    if before is not None and before.text in ("-", "\u2010", "\u2011") and before.end == token.start and token.index > 1:
        first = annotations.tokens[token.index - 2].lower
        for form in forms:
            yield f"{first}-{form}"
        if token.lower in ("elect", "designate", "general"):
            yield first
    elif before is not None:
        for form in forms:
            yield f"{before.lower} {form}"
    yield from forms


def noun_called(annotations: Annotations, token: Token) -> str:
    """The form of a noun that the lists know, else its likeliest base form."""
    forms = noun_forms(token)
    return next((noun for noun in forms if sense_of(noun) is not None), forms[-2] if len(forms) > 2 else forms[0])


def is_plural(token: Token) -> bool:
    """Whether a noun means several: by its morphology, else by its form."""
    number = token.feats.get("Number")
    if number in ("Plur", "Ptan"):
        return True
    return number is None and token.lower.endswith("s") and len(noun_forms(token)) > 1


def modifiers_of(setting: Setting, head: Token) -> frozenset[str]:
    """The lemmas of the adjectives and nouns before a noun, without articles, numbers and lands."""
    found = (
        t.lemma.lower()
        for child in setting.annotations.children(head, "amod", "compound", "nmod:desc")
        if child.index < head.index
        for t in setting.annotations.subtree(child)
        if t.upos in ("ADJ", "NOUN", "PROPN", "VERB") and setting.land_at(t) is None
    )
    return frozenset(found)


def describe(setting: Setting, mention: Mention, head: Token) -> None:
    """Fills in what the words around a noun tell: definiteness, number, owner, modifiers."""
    notes = setting.annotations
    before = [c for c in notes.children(head, *LEFT) if c.index < head.index]
    words = {c.lower for c in before}
    possessor = next((c for c in before if c.relation == "nmod:poss"), None)
    mention.definite = bool(words & set(DEFINITE)) or possessor is not None
    mention.fresh = bool(words & word_set("fresh", "words"))
    mention.pointing = bool(words & {"this", "that"})
    mention.number = next((c.lower for c in before if c.relation == "nummod"), None)
    mention.owner = possessor.index if possessor is not None else None
    mention.modifiers = modifiers_of(setting, head)
    mention.gender = noun_gender(mention.noun)


def role_text(setting: Setting, head: Token) -> str:
    """A noun phrase as a role: without article, owner and nationality ("interim leader", "head of the company")."""
    notes = setting.annotations
    first, last = setting.left_edge(head), setting.right_edge(head, tails=("of", "in", "for", "to", "at"))
    while first < head.index:
        token = notes.tokens[first]
        owner = token.relation in ("nmod:poss", "case") or token.lower in ("'s", "'")
        if not (owner or token.relation in ("det", "nummod", "punct") or setting.land_at(token) is not None):
            break
        first += 1
    return setting.text(first, last)
