"""Who visits whom where the noun for a visit does not say it: by the words around it.

"The tour will take him to Kora", "as a guest of the king", "on the second leg of his tour he will visit Kora".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.events.acts import Act, noun_prepositions
from dragoman.reading.events.arguments import arguments, prepositional
from dragoman.reading.events.deeds import side_words
from dragoman.reading.events.people import actors_of
from dragoman.reading.events.status import case_of, first_conjunct, outer

Ids = tuple[str, ...]

_TO = ("to", "into", "in")
_REACH = 12  # words between a visit and its "as a guest of"


def hosts(annotations: Annotations, cast: Cast, act: Act) -> Ids:
    """Who is visited, as the words around a visit tell it; empty if they do not."""
    guests = _hosts_of_guest(annotations, cast, act.trigger)
    if guests:
        return guests
    if act.frame.pos == "verb":
        return state_of(cast, (*act.arguments.objects, *_behind(act.arguments.obliques)))
    own = state_of(cast, _behind(noun_prepositions(annotations, act.trigger, act.light)))
    return own or _by_governor(annotations, cast, act.trigger)


def state_of(cast: Cast, places: Iterable[Token]) -> Ids:
    """The state whose town or land a place is, if that is in the cast: "travelled to Bern" is a visit to Switzerland."""
    lands = {cast.country_of(place) for place in places} - {None}
    states = (a.id for a in cast.actors if a.kind in ("country", "government") and a.country in lands)
    return tuple(states)[:1]


def visitor_ahead(annotations: Annotations, cast: Cast, noun: Token) -> Ids:
    """Whom "his" means in a phrase before the subject: "On his tour, Roe will meet ..." is Roe's tour."""
    owner = next((t for t in annotations.children(noun, "nmod:poss") if t.lower in ("his", "her")), None)
    phrase = whole(annotations, noun)
    verb = annotations.head(phrase)
    if owner is None or verb is None or verb.upos != "VERB" or not phrase.relation.startswith("obl"):
        return ()
    subject = next((t for t in annotations.children(verb, "nsubj") if t.index > phrase.index), None)
    actor = cast.of(subject) if subject is not None else None
    return (actor,) if actor is not None and cast.get(actor).kind == "person" else ()


def whole(annotations: Annotations, trigger: Token) -> Token:
    """The phrase that a talk or a visit is in: "leg" for "on the first leg of a visit"."""
    phrase = first_conjunct(annotations, outer(annotations, trigger))
    above = annotations.head(phrase)
    staged = above is not None and above.lemma in side_words("stages", "nouns") and case_of(annotations, phrase) == "of"
    return above if staged and above is not None else phrase


def _behind(phrases: Mapping[str, tuple[Token, ...]]) -> tuple[Token, ...]:
    return tuple(noun for word in _TO for noun in phrases.get(word, ()))


def _hosts_of_guest(annotations: Annotations, cast: Cast, trigger: Token) -> Ids:
    """ "Visits as a guest of the king", "at the invitation of the king": the king, and whoever is joined to him."""
    last = min(annotations.sentence_of(trigger).last, trigger.index + _REACH)
    words = side_words("visits", "inviting")
    inviting = next((t for t in annotations.tokens[trigger.index + 1 : last] if t.lemma in words and t.upos == "NOUN"), None)
    if inviting is None:
        return ()
    return actors_of(annotations, cast, (*prepositional(annotations, inviting).get("of", ()), *annotations.children(inviting, "nmod:poss")))


def _by_governor(annotations: Annotations, cast: Cast, trigger: Token) -> Ids:
    """The host that the verb over a visit names: "the tour will take him to Kora", "as part of the tour he will visit Kora"."""
    phrase = whole(annotations, trigger)
    verb = annotations.head(phrase)
    if verb is None or verb.upos != "VERB":
        return ()
    args = arguments(annotations, verb)
    if phrase.relation.startswith("nsubj"):
        goals = _behind(args.obliques) if verb.lemma in side_words("visits", "taking") else ()
    elif phrase.relation.startswith("obl") and verb.lemma in side_words("visits", "going"):
        goals = (*args.objects, *args.obliques.get("to", ()), *args.obliques.get("in", ()))
    else:
        return ()
    goals = tuple(t for t in goals if t.index != phrase.index)
    return actors_of(annotations, cast, goals) or state_of(cast, goals)
