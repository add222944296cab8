"""The cast: the actors of one report, and which token of the text means which of them.

Statements and events find their participants in the dependency tree, so that what they hold is the head token of a
phrase. The cast answers from that token: `of` for whom it means, `country_of` for the state that a word names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.language.annotations import Token
from dragoman.reading.actors.codes import ActorCode
from dragoman.reading.entries import Actor


@dataclass(frozen=True)
class Cast:
    """The actors in the order in which the text first names them.

    `by_token` maps the index of a token to an actor's id: every word of a proper name, the head noun of a phrase
    without a name, pronouns and relative pronouns. `countries` maps the index of a token that names a state or its
    people ("Russian", "U.S.", "Kremlin") to an ISO 3166-1 alpha-3 code. `codes` has PLOVER's code of each actor by id.
    """

    actors: tuple[Actor, ...] = ()
    by_token: Mapping[int, str] = field(default_factory=dict)
    countries: Mapping[int, str] = field(default_factory=dict)
    codes: Mapping[str, ActorCode] = field(default_factory=dict)

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    def of(self, token: Token) -> str | None:
        """The id of the actor that the phrase or pronoun headed by this token means.

        A coordination is not walked: "Gil and Pinto" answers for the word asked, callers follow `conj` themselves.
        """
        return self.by_token.get(token.index)

    def get(self, actor_id: str) -> Actor:
        """The actor of that id; KeyError if this cast has none."""
        return self._by_id[actor_id]

    def code(self, actor_id: str) -> ActorCode:
        """PLOVER's code of the actor of that id: as its `country` and `sectors`, with bodies and breakaway lands as PLOVER has them."""
        return self.codes.get(actor_id, ActorCode())

    def country_of(self, token: Token) -> str | None:
        """The state that the word itself names, as in "Russian" or "U.S."; None for any other word."""
        return self.countries.get(token.index)
