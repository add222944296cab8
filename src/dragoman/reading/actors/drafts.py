"""A draft: an actor in the making, gathered from its mentions; the builder makes an actor of it when all is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dragoman.reading.actors.mentions import Form, Mention
from dragoman.reading.actors.roster import Entry
from dragoman.reading.actors.states import Land
from dragoman.reading.entries import Kind


@dataclass(eq=False)
class Draft:
    """An actor in the making; its properties are gathered from its mentions as they come."""

    mentions: list[Mention] = field(default_factory=list)
    land: Land | None = None
    country: str | None = None
    is_state: bool = False
    plural: bool = False
    last: int = -1
    names: dict[str, None] = field(default_factory=dict)
    nouns: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    sectors: dict[str, None] = field(default_factory=dict)
    role_words: set[str] = field(default_factory=set)
    owned: bool = False
    listed: dict[str, Entry] = field(default_factory=dict)
    entry: Entry | None = None
    _genders: Counter[str] = field(default_factory=Counter)
    _kinds: dict[Form, Kind] = field(default_factory=dict)
    _is_country: bool = False

    def add(self, mention: Mention) -> None:
        """Takes a mention in; the first that tells a land or a country decides."""
        self.mentions.append(mention)
        self.land = self.land or mention.land
        self.country = self.country or mention.country
        self.is_state = self.is_state or mention.form == "state"
        self.plural = self.plural or mention.plural
        self.last = max(self.last, mention.head)
        if mention.form == "name":
            self.names[mention.name] = None
            if mention.known is not None:
                self.listed[mention.name] = mention.known
        self.nouns |= {mention.noun} - {""}
        self.modifiers |= mention.modifiers
        self.numbers |= {mention.number} if mention.number else set()
        self.sectors.update(dict.fromkeys(mention.sectors))
        self.role_words |= role_words(mention)
        self.owned = self.owned or (mention.owner is not None and mention.land is None)
        self.hear_gender(mention.gender)
        self._kinds.setdefault(mention.form, mention.kind)
        self._is_country = self._is_country or mention.kind == "country"

    def hear_gender(self, gender: str | None) -> None:
        """Counts a word that tells the gender (Masc, Fem)."""
        self._genders.update([gender] if gender else [])

    @property
    def kind(self) -> Kind:
        """The kind that its first name says, else its first noun; a state with a land's name is a country."""
        if self.is_state:
            return "country" if self._is_country else "government"
        return self._kinds.get("name") or self._kinds["noun"]

    @property
    def gender(self) -> str | None:
        """The gender that most of its words tell."""
        return self._genders.most_common(1)[0][0] if self._genders else None


def role_words(mention: Mention) -> set[str]:
    """The words of a mention's roles up to the first preposition: "aide to the minister" is no minister."""
    found: set[str] = set()
    for role in mention.roles:
        words = [w.lower() for w in role.replace("-", " ").split()]
        end = next((i for i, w in enumerate(words) if w in ("of", "to", "for", "in", "at", "on", "with", "from")), len(words))
        found.update(words[:end])
    return found
