"""To which state an actor belongs, where its own words do not say: the roster, whose it is, where it is, what the report is about.

Four rules in this order, each for the drafts that those before it left open: people and bodies of the roster have its
codes; an office or body of the state is the state's that its sentence or the report tells of; "his men" and "Berg's son"
are of their owner's state; crowds and the like are of the state that their phrase places them in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.language.annotations import Token
from dragoman.reading.actors.codes import OF_THE_STATE
from dragoman.reading.actors.drafts import Draft, role_words
from dragoman.reading.actors.forms import is_noun
from dragoman.reading.actors.mentions import Mention, Setting
from dragoman.reading.actors.naming import name_words
from dragoman.reading.actors.sectors import sense_of, word_set
from dragoman.reading.actors.states import Land, LandWord

FIRST_NAMED = 4  # what the first naming of the first land counts for; reports begin with whom they are about
CLEARLY = 1.5  # how many times as often as the next a land has to be named to be the report's, if it is not the first
AT_HOME = OF_THE_STATE | {"OPP", "PTY", "CVL", "LAB", "AGR", "REB", "CRM", "BUS", "SOC", "REL", "EDU", "MED", "PRM"}
"""Sectors of those whom "in Peru" makes people of Peru; refugees, reporters and the like may be from anywhere."""
STRANGERS = frozenset(("UAF", "CRM", "JRN", "REB"))
"""Sectors of those who are not of the state of whom they are called after ("Berg's killer")."""


def give_countries(setting: Setting, drafts: list[Draft], home: Land | None) -> None:
    """Gives each draft the country that can be told; `home` is the land that the report is mostly about."""
    _identify(setting, drafts)
    for draft in drafts:
        office = next((m for m in draft.mentions if _is_office(m)), None)
        if office is not None and draft.land is None and draft.country is None:
            draft.land = land_around(setting, office, home)
            draft.country = draft.land.country if draft.land is not None else None
    _inherit(setting, drafts)
    for draft in drafts:
        if _is_open(draft) and set(draft.sectors) & AT_HOME:
            draft.land = next((land for m in draft.mentions if (land := place_of(setting, m)) is not None), None)
            draft.country = draft.land.country if draft.land is not None else None


def _is_open(draft: Draft) -> bool:
    return draft.country is None and draft.land is None


def _identify(setting: Setting, drafts: list[Draft]) -> None:
    """Finds people and bodies in the roster; its country holds where the text tells none."""
    lands = {word.land.country for word in setting.lands.values()} - {None}
    named = {country for country in lands if country is not None}
    for draft in drafts:
        if draft.kind == "person" and draft.names:
            told = draft.land.country if draft.land is not None else draft.country
            draft.entry = setting.directory.person(tuple(draft.names), told, named)
        else:
            draft.entry = next((entry for entry in draft.listed.values() if entry.own), None)
        if draft.entry is not None and (draft.entry.own or _is_open(draft)):
            draft.country, draft.land = draft.entry.country, None


def _is_office(mention: Mention) -> bool:
    if mention.form == "state":
        return True
    if mention.plural or not (OF_THE_STATE | {"ELI"}) & set(mention.sectors):
        return False
    words = {mention.noun, *mention.modifiers, *role_words(mention)}
    if words & word_set("signs", "rebel"):
        return False
    if mention.kind == "organization":
        words.update(name_words(mention.name) if mention.form == "name" else ())
        return bool(words & word_set("signs", "state_body"))
    return mention.kind == "person" and bool(words & (word_set("signs", "office") | word_set("signs", "state_body")))


# Whose


def _inherit(setting: Setting, drafts: list[Draft]) -> None:
    """Gives the country of whose they are: "his government", "Berg's son", "supporters of Berg"; kin of officials are ELI."""
    owner = {word: draft for draft in drafts for m in draft.mentions for word in m.words}
    for draft in drafts:
        for mention in draft.mentions:
            above = next((owner[i] for i in _owners(setting, mention) if i in owner and owner[i] is not draft), None)
            if above is None or set(draft.sectors) & STRANGERS:
                continue
            if _is_open(draft) and (draft.kind != "person" or not draft.names):
                draft.country = above.country
            if "REB" in _sectors(above) and mention.form == "noun" and set(draft.sectors) <= {"MIL", "UNK", "CVL"} and not _is_kin(mention):
                draft.sectors = {"REB": None}
            if _is_kin(mention) and set(_sectors(above)) & (OF_THE_STATE | {"ELI"}):
                draft.sectors = {"ELI": None}


def _sectors(draft: Draft) -> tuple[str, ...]:
    return draft.entry.sectors if draft.entry is not None and draft.entry.sectors else tuple(draft.sectors)


def _is_kin(mention: Mention) -> bool:
    sense = sense_of(mention.noun)
    return mention.form == "noun" and sense is not None and sense.kin


def _owners(setting: Setting, mention: Mention) -> Iterator[int]:
    """The tokens that tell whose a phrase is: a possessor, a name before the noun, "of", "for" and "to" behind it."""
    if mention.owner is not None:
        yield mention.owner
    if mention.form == "noun":
        head = setting.annotations.tokens[mention.head]
        yield from (c.index for c in setting.annotations.children(head, "compound") if c.index < head.index)
        sent = is_noun(head, word_set("signs", "given"))  # "an envoy to Peru" is no Peruvian
        whose = ("of", "for") if sent else ("of", "for", "to")
        yield from (c.index for c in _behind(setting, head) if setting.preposition(c) in whose)


def _behind(setting: Setting, head: Token) -> Iterator[Token]:
    """The phrases that hang on a noun or on an adjective behind it ("forces loyal to Berg")."""
    notes = setting.annotations
    yield from notes.children(head, "nmod", "obl")
    for child in notes.children(head, "amod", "acl"):
        if child.index > head.index:
            yield from notes.children(child, "obl", "nmod")


# Where


def place_of(setting: Setting, mention: Mention) -> Land | None:
    """The land of the place that a phrase names behind its noun ("protesters in Lima", "police at the airport in Lima")."""
    if mention.form != "noun":
        return None
    head = setting.annotations.tokens[mention.head]
    for child in _behind(setting, head):
        if child.index < head.index or setting.preposition(child) not in word_set("signs", "place_cases"):
            continue
        if setting.preposition(child) == "to" and is_noun(head, word_set("signs", "given")):
            continue
        for token in (child, *setting.annotations.children(child, "nmod", "appos", "amod", "nmod:poss", "compound")):
            if (land := setting.land_or_place(token)) is not None:
                return land
    return None


# What the report is about


def land_around(setting: Setting, office: Mention, home: Land | None) -> Land | None:
    """The land whose office a bare "the minister" holds: the home land, unless its sentence tells only of another."""
    notes = setting.annotations
    here = notes.sentence_of(notes.tokens[office.head])
    near: list[Land] = []
    for word in dict.fromkeys(setting.lands[i] for i in range(here.first, office.head) if i in setting.lands):
        token = notes.tokens[word.last - 1]
        while (
            token.relation in ("conj", "appos", "nmod:unmarked")
            and 0 <= token.head < token.index
            and setting.land_at(notes.tokens[token.head])
        ):
            token = notes.tokens[token.head]  # the preposition of "to Peru and Chile" stands before the first
        spoken = word.use == "people" and token.relation.split(":")[0] not in ("amod", "compound")
        if not spoken and not word.land.breakaway and setting.preposition(token) not in word_set("signs", "place_cases"):
            near.append(word.land)
    if not near or home is None or any(land.key == home.key for land in near):
        return home
    return near[-1]


def _is_dateline(setting: Setting, word: LandWord) -> bool:
    """Whether a town only tells where a report was written ("CAIRO -- ...", "LIMA (Acme) - ...")."""
    tokens = setting.annotations.tokens
    if word.use != "seat" or word.first != setting.annotations.sentence_of(tokens[word.first]).first:
        return False
    return any(t.text in ("--", "-", "\u2013", "\u2014", "(") for t in tokens[word.last : word.last + 2])


def home_land(setting: Setting) -> Land | None:
    """The land that the report is mostly about: the most often named, or of two named about as often the first."""
    counts: Counter[str] = Counter()
    lands: dict[str, Land] = {}
    modified: dict[str, Land] = {}
    for word in dict.fromkeys(setting.lands.values()):
        if not word.land.breakaway and not _is_dateline(setting, word):
            head = setting.annotations.tokens[word.last - 1]
            named = word.use != "people" and head.relation.split(":")[0] not in ("amod", "compound")
            counts[word.land.key] += FIRST_NAMED if named and not lands else 1
            if named:
                lands.setdefault(word.land.key, word.land)
            modified.setdefault(word.land.key, word.land)
    if not counts:
        return None
    (best, most), *rest = counts.most_common(2)
    lands = lands | modified
    first = next(iter(lands))
    near = bool(rest) and most < CLEARLY * rest[0][1] and first in (best, rest[0][0])
    return lands[first if near else best]
