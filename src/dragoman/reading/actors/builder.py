"""Actors: who acts, is acted on or speaks in a report, with all mentions, and the cast that finds them by token.

Four steps, each in its own file: mentions (`named`, `nominal`), linked by syntax and merged (`merging`), pronouns added
(`pronouns`), and here the drafts made into actors with ids in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dragoman.language.annotations import Annotations
from dragoman.reading.actors.cast import Cast
from dragoman.reading.actors.codes import BODIES, OF_THE_STATE, ActorCode
from dragoman.reading.actors.drafts import Draft
from dragoman.reading.actors.lists import shipped
from dragoman.reading.actors.mentions import Mention, Setting, setting_of
from dragoman.reading.actors.merging import linked, merge
from dragoman.reading.actors.named import organizations, persons, states
from dragoman.reading.actors.naming import name_words
from dragoman.reading.actors.nominal import nominals, writers
from dragoman.reading.actors.pronouns import resolve
from dragoman.reading.actors.regions import world_regions
from dragoman.reading.actors.roster import Directory, Roster
from dragoman.reading.entries import Actor
from dragoman.text.report import Span

__all__ = ["Cast", "read_actors"]

_NO_STATES = frozenset(BODIES)
"""What PLOVER writes in the place of a state; in a reading `country` is a state, and these stand among the sectors."""


def read_actors(annotations: Annotations, published: date | None = None, roster: Roster | None = None) -> Cast:
    """Finds the actors of a text. Every mention's span lies inside the text; ids are "a1", "a2" in text order.

    `published` is the day of the report, which tells who held an office; `roster` is who is known by name (`lists`).
    """
    return cast_of(setting_of(annotations, Directory(roster or shipped(), published)))


def cast_of(setting: Setting) -> Cast:
    """The actors of a text whose names and lands are in order."""
    annotations = setting.annotations
    drafts = merge(setting, linked(setting, find_mentions(setting)))
    drafts = [draft for draft in drafts if _acts_somewhere(draft)]
    drafts.sort(key=lambda d: min(m.head for m in d.mentions))
    pronouns = resolve(setting, drafts)
    actors: list[Actor] = []
    by_token: dict[int, str] = {}
    codes: dict[str, ActorCode] = {}
    for draft in drafts:
        actor = _actor(f"a{len(actors) + 1}", draft, [annotations.tokens[i].span for i in pronouns.get(id(draft), ())])
        if actor is not None:
            actors.append(actor)
            codes[actor.id] = _code(draft)
            tokens = [*(w for m in draft.mentions for w in m.words), *pronouns.get(id(draft), ())]
            by_token.update({i: actor.id for i in tokens if i not in by_token})
    countries = {i: word.land.country for i, word in setting.lands.items() if word.land.country is not None}
    return Cast(tuple(actors), by_token, countries, codes)


def find_mentions(setting: Setting) -> list[Mention]:
    """All mentions with a name or a noun, in text order; a token answers for one of them only."""
    found: list[Mention] = []
    taken: set[int] = set()
    for mention in (*persons(setting), *organizations(setting), *states(setting), *world_regions(setting)):
        if mention.words & taken:
            continue
        found.append(mention)
        taken |= mention.words
    found.extend(nominals(setting, taken))
    found.extend(m for m in writers(setting) if not m.words & taken)
    return sorted(found, key=lambda m: m.head)


def _acts_somewhere(draft: Draft) -> bool:
    """A state that is only a place ("in Peru") is no actor."""
    return any(not m.weak for m in draft.mentions)


def _actor(actor_id: str, draft: Draft, pronouns: Iterable[Span]) -> Actor | None:
    spans = sorted({*(m.span for m in draft.mentions if m.span is not None), *pronouns})
    spans = [s for s in spans if s.start < s.end]
    if not spans:
        return None
    country = draft.country if draft.country not in _NO_STATES else None
    return Actor(actor_id, _name(draft), draft.kind, country, _sectors(draft), _roles(draft), tuple(spans))


def _name(draft: Draft) -> str:
    """The fullest proper name; else the state's name; else the first noun phrase without its article."""
    if draft.names:
        return max(draft.names, key=lambda n: (len(name_words(n)), len(n)))
    states = [m for m in draft.mentions if m.form == "state" and m.kind == "country" and not m.noun]
    if states:
        usual = draft.land.name if draft.land is not None else ""
        return max(states, key=lambda m: _fullness(m, usual)).name.removeprefix("The ")
    phrase = max((m.name for m in draft.mentions), key=lambda n: min(len(n), 60))
    first, _, rest = phrase.partition(" ")
    return rest if first.lower() in ("the", "a", "an", "this", "that", "these", "those") and rest else phrase


def _fullness(mention: Mention, usual: str) -> tuple[bool, bool, bool, int]:
    """How good a name for a state is: in the text's own words first, then the usual one, a word before letters."""
    own = mention.span is not None and mention.span.end - mention.span.start == len(mention.name)
    name = mention.name
    return own, name == usual, not name.isupper() and "." not in name, -len(name)


def _sectors(draft: Draft) -> tuple[str, ...]:
    known = _known_sectors(draft)
    abroad = (draft.country,) if draft.country in _NO_STATES else ()
    return (*abroad, *(known or (() if abroad else draft.sectors)))


def _known_sectors(draft: Draft) -> list[str]:
    """The sectors that the roster or the text tells; who is first told of as a former official is none now."""
    told = [s for s in draft.sectors if s != "UNK"]
    entry = draft.entry or next((e for e in draft.listed.values() if e.sectors), None)
    if entry is not None and (entry.own or (entry.sectors and "ELI" not in told)):
        return list(entry.sectors)
    if told[:1] == ["ELI"]:
        return [s for s in told if s not in OF_THE_STATE]
    return [s for s in told if s != "ELI"] or told


def _code(draft: Draft) -> ActorCode:
    land = draft.land
    country = draft.country or (land.country or land.claimed if land is not None else None)
    return ActorCode(country, tuple(_known_sectors(draft)))


def _roles(draft: Draft) -> tuple[str, ...]:
    if draft.kind != "person" or not draft.names:
        return ()
    return tuple(dict.fromkeys(r for m in draft.mentions for r in m.roles))
