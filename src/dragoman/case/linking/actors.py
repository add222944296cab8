"""Which actors of different reports are one: states by their code, bodies and people by their names, office holders by office and day.

A chance with its reason, as for events. Names decide; country, kind, offices and days speak for or against. Two people of one surname stay
two as long as a first name, a country or an office tells them apart; a surname alone joins the one bearer that the case has, or,
where it has several, none of them unless an office tells which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from dragoman.case.linking.cluster import Assignment
from dragoman.case.linking.names import acronym, parts, same_body_names, same_person_names, sound
from dragoman.case.linking.score import Scored
from dragoman.case.linking.stems import folded, words
from dragoman.case.linking.views import ActorView, days_between
from dragoman.lexicons.load import words_of

JOIN = 0.5
"""The chance from which an actor joins one of the case."""
_CLEAR = 0.1
"""How much likelier the best actor must be than the next one, where names alone leave both open."""
_OFFICE_DAYS = 120
"""Days for which an office told without a name is taken for its last known holder's: titles change hands."""
_STATES = ("country", "government")
_SAME_NAME = 0.8
"""Two actors that one report keeps apart are two, unless their names fit as well as this: then the reading has missed it."""
_MOST_KEYS = 12


class ActorMember(NamedTuple):
    """An actor's view that is already in the case, and the item that it belongs to."""

    item: str
    view: ActorView


def actor_keys(view: ActorView) -> frozenset[str]:
    """Where an actor is found: a state by its code; names by the sound of their words and by acronym; an office by state and title."""
    if _is_state(view):
        return frozenset({f"state:{view.country}"})
    if view.kind == "person":
        heard = {f"p:{sound(word)}" for name in view.names[:4] for word in parts(name) if len(word) > 1}
        return frozenset((*sorted(heard)[:_MOST_KEYS], *_offices(view)))
    bodies = {f"b:{sound(stems[-1])}" for name in view.names[:4] if (stems := [w.stem for w in words(name)])}
    short = {f"b:{letters}" for name in view.names[:4] if (letters := acronym(name))}
    return frozenset(sorted(bodies | short | _described(view))[:_MOST_KEYS])


def _is_state(view: ActorView) -> bool:
    return view.kind in _STATES and view.country is not None


def _offices(view: ActorView) -> set[str]:
    return {f"o:{view.country}:{title}" for title in _titles(view)} if view.country else set()


def _titles(view: ActorView) -> frozenset[str]:
    """The offices among its descriptions that one person holds at a time: "foreign minister", without whose it is or was."""
    return frozenset(office for title in view.titles if (office := _office_in(title.split())))


def _office_in(title: Sequence[str]) -> str:
    """The office that a description names, "" if none: the word for it and the one before, unless that is a state or a quality."""
    if not title or title[-1] not in words_of("linking", "offices", "words") or words_of("linking", "offices", "changing") & set(title):
        return ""
    before = title[-2] if len(title) > 1 else ""
    if before in words_of("linking", "offices", "fields"):
        return f"{before} {title[-1]}"
    return "" if title[-1] in words_of("linking", "offices", "broad") else title[-1]


def _described(view: ActorView) -> set[str]:
    """A body or group without a name is found by its country and description ("zairean rebels"); "three guards" are others each time."""
    found = words_of_name(view.name)
    vague = not found or words_of("linking", "people", "vague") & set(found) or any(w.isdigit() for w in found)
    return {f"d:{view.country}:{' '.join(found)}"} if view.country and not view.names and not vague else set()


def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a description, folded."""
    return tuple(folded(word) for word in name.split())


def score_actors(a: ActorView, b: ActorView) -> Scored:
    """The chance that two actors are one, and why."""
    if _is_state(a) and _is_state(b):
        return Scored(0.99, "the same state") if a.country == b.country else Scored(0.0, "two states")
    if (a.kind == "person") != (b.kind == "person") or _is_state(a) != _is_state(b):
        return Scored(0.0, "a person and a body")
    if a.country and b.country and a.country != b.country:
        return _of_two_countries(a, b)
    return _person(a, b) if a.kind == "person" else _body(a, b)


def _of_two_countries(a: ActorView, b: ActorView) -> Scored:
    """A full name that is the same outweighs a country that was read wrongly once."""
    whole = {n for n in map(folded, a.names) if " " in n} & {n for n in map(folded, b.names) if " " in n}
    return Scored(0.8, f"the same full name, but {a.country} and {b.country}") if whole else Scored(0.0, f"of {a.country} and {b.country}")


def _person(a: ActorView, b: ActorView) -> Scored:
    if not a.names or not b.names:
        return _office(a, b)
    one, two = full_name(a), full_name(b)
    fit = same_person_names(one, two)
    if not fit:
        return Scored(0.0, f"two names: {one}, {two}")
    told = "the same name" if fit == 1.0 else "names that fit"
    if fit >= 0.7:
        return Scored(round(min(0.98, fit), 3), f"{told}: {one}, {two}")
    shared = _titles(a) & _titles(b)
    office = " and the same office" if shared else " and the same country" if a.country and a.country == b.country else ""
    return Scored(round(min(0.75, fit + (0.25 if shared else 0.2 if office else 0.0)), 3), f"a part of the name{office}: {one}, {two}")


def full_name(view: ActorView) -> str:
    """The name with most words, a title apart."""
    return max(view.names, key=lambda name: (len(parts(name)), len(name)))


def _office(a: ActorView, b: ActorView) -> Scored:
    """Somebody without a name is the last known holder of the office; two without names are one only on the same terms."""
    shared = _titles(a) & _titles(b)
    if not shared or not a.country or a.country != b.country or not _near_in_time(a, b):
        return Scored(0.0, "no name")
    named = a.names or b.names
    return Scored(0.6 if named else 0.55, f"the same office at the time: {sorted(shared)[0]} of {a.country}")


def _near_in_time(a: ActorView, b: ActorView) -> bool:
    return not a.published or not b.published or abs(days_between(a.published, b.published)) <= _OFFICE_DAYS


def _body(a: ActorView, b: ActorView) -> Scored:
    if not a.names and not b.names:
        same = a.kind == b.kind and bool(_described(a) & _described(b))
        return Scored(0.55, f"described alike: {a.name}") if same else Scored(0.0, "no name")
    fit, one, two = max(((same_body_names(x, y), x, y) for x in a.names[:4] for y in b.names[:4]), default=(0.0, "", ""))
    if not fit:
        return Scored(0.0, f"two names: {a.name}, {b.name}")
    known = -0.1 if a.country != b.country else 0.15 if fit < 0.5 and a.country else 0.0
    return Scored(round(min(0.98, fit) + known, 3), f"{'the same name' if fit == 1.0 else 'names that fit'}: {one}, {two}")


def assign_actors(views: Iterable[ActorView], find: Callable[[ActorView], Iterable[ActorMember]]) -> list[Assignment]:
    """The items that the actors of one report join, those with the fullest names first. `find` gives the members that share keys.

    Two actors of one report do not join one item, unless they are one state or carry one name.
    """
    own = list(views)
    chosen: dict[int, Assignment] = {}
    taken: set[str] = set()
    for i in sorted(range(len(own)), key=lambda i: (-_fullness(own[i]), i)):
        chosen[i] = assign_actor(own[i], find(own[i]), taken)
        taken |= {chosen[i].item or ""}
    return [chosen[i] for i in range(len(own))]


def _fullness(view: ActorView) -> int:
    return max((len(parts(name)) for name in view.names), default=0)


def assign_actor(view: ActorView, candidates: Iterable[ActorMember], taken: Collection[str] = ()) -> Assignment:
    """The item that an actor joins; `taken` are those that other actors of its report have joined.

    No member may contradict it. Where a surname alone, or an office, fits several items about as well, it joins none, unless they
    differ in time: of holders of an office the last one counts.
    """
    fitting = (c for c in _fitting(view, candidates) if c.member.item not in taken or c.scored.score >= _SAME_NAME)
    found = sorted(fitting, key=lambda c: (-c.scored.score, c.member.item))
    if not found or found[0].scored.score < JOIN:
        return Assignment(None)
    best = found[0]
    rivals = [c for c in found[1:] if best.scored.score - c.scored.score < _CLEAR and best.scored.score < 0.9]
    if rivals and not view.names:
        best = max((best, *rivals), key=lambda c: (c.latest, c.scored.score))
    elif rivals:
        return Assignment(None)
    return Assignment(best.member.item, best.member.view.place, best.scored)


class _Fit(NamedTuple):
    member: ActorMember
    scored: Scored
    latest: str


def _fitting(view: ActorView, candidates: Iterable[ActorMember]) -> list[_Fit]:
    items: dict[str, list[ActorMember]] = {}
    for member in candidates:
        items.setdefault(member.item, []).append(member)
    return [fit for members in items.values() if (fit := _fit(view, members)) is not None]


def _fit(view: ActorView, members: Sequence[ActorMember]) -> _Fit | None:
    """The best member, None if a name of the item contradicts the view's."""
    scored = [(score_actors(view, member.view), member) for member in members]
    against = [member for s, member in scored if s.score == 0.0 and view.names and member.view.names]
    best, member = max(scored, key=lambda pair: pair[0].score)
    # Members that contradict each other were made one by a person: then the one that fits speaks for all.
    if against and (best.score < JOIN or any(score_actors(member.view, other.view).score > 0.0 for other in against)):
        return None
    return _Fit(member, best, max((m.view.published or "" for m in members), default=""))
