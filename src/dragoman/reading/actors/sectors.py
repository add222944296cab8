"""What a noun for people or bodies tells: whether it means one human being, several or a body, and of which sector.

The words stand in `lexicons/persons.toml`, organisations known by name in `lexicons/organizations.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial

from dragoman.lexicons.load import load, words_of
from dragoman.reading.actors.lists import shipped
from dragoman.reading.actors.roster import Directory, Entry
from dragoman.reading.entries import Kind


@dataclass(frozen=True)
class Sense:
    """What a noun means. `doubtful`: an actor only with further signs; `place_like`: as often a place as a body."""

    kind: Kind
    sector: str | None
    doubtful: bool = False
    place_like: bool = False
    needs_owner: bool = False
    kin: bool = False


@cache
def _nouns() -> dict[str, Sense]:
    lexicon = load("persons")
    doubtful, place_like = set(lexicon["doubtful"]["nouns"]), set(lexicon["place_like"]["nouns"])
    owned = set(lexicon["group_needs_owner"]["nouns"])
    nouns: dict[str, Sense] = {}
    tables: tuple[tuple[str, Kind], ...] = (("person", "person"), ("group", "group"), ("organization", "organization"))
    for table, kind in tables:
        for sector, words in lexicon[table].items():
            for word in words:
                sense = Sense(kind, sector, word in doubtful, word in place_like, word in owned and kind == "group")
                nouns.setdefault(word, sense)
    for word in lexicon["government"]["nouns"]:
        nouns[word] = Sense("government", "GOV")
    for word in lexicon["country"]["nouns"]:
        nouns[word] = Sense("country", None)
    for words in lexicon["kin"].values():
        for word in words:
            nouns[word] = Sense("person", "UNK", kin=True)
    return nouns


def sense_of(noun: str, before: str = "") -> Sense | None:
    """The sense of a noun in its lemma form, lower case; `before` is the word before it ("prime" minister)."""
    nouns = _nouns()
    found = (nouns.get(f"{before} {noun}") if before else None) or nouns.get(noun)
    if found is not None or " " in noun:
        return found
    if len(noun) > 6 and noun.endswith("goer"):
        found = nouns.get("person")  # "partygoer"
    if found is None and "-" in noun:
        found = nouns.get(noun.rsplit("-", 1)[1])
    if found is None and len(noun) > 5 and noun.endswith(("woman", "women", "man", "men", "people")):
        stem = "woman" if noun.endswith(("woman", "women")) else "man"
        found = nouns.get(stem) if noun not in ("human", "german", "roman", "ottoman", "specimen", "regimen") else None
    return found


@cache
def _titles() -> dict[str, str]:
    return {word: sector for sector, words in load("persons")["title"].items() for word in words}


def title_sector(words: str) -> str | None:
    """The sector of who bears this title ("Gen.", "President"); None if it is no title."""
    return _titles().get(words.lower().rstrip("."))


@cache
def _genders() -> dict[str, str]:
    lexicon = load("persons")
    genders = dict.fromkeys((*lexicon["gender"]["male"], *lexicon["kin"]["male"]), "Masc")
    return genders | dict.fromkeys((*lexicon["gender"]["female"], *lexicon["kin"]["female"]), "Fem")


def noun_gender(noun: str) -> str | None:
    """Masc or Fem where the noun or title tells."""
    return _genders().get(noun.lower().rstrip("."))


@cache
def _given_names() -> dict[str, str]:
    names = load("persons")["given_names"]
    return dict.fromkeys(names["male"], "Masc") | dict.fromkeys(names["female"], "Fem")


def given_name_gender(name: str) -> str | None:
    """Masc or Fem where the given name tells."""
    return _given_names().get(name)


def organization_named(phrase: str) -> Entry | None:
    """The organisation of our own list that this phrase names, also behind "the" or an adjective ("Islamist")."""
    return Directory(shipped()).body(phrase)


word_set = partial(words_of, "persons")
"""One word list of `persons.toml` as a set, by its table and its key."""
