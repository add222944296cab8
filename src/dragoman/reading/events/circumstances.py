"""Where an act took place, and its figures: what hangs on its trigger or on the verb that carries it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language.annotations import Annotations, Name, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Figure
from dragoman.reading.events.acts import Act
from dragoman.reading.events.arguments import prepositional
from dragoman.reading.events.dates import bearers_of

_PLACE_WORDS = ("in", "at", "near", "outside", "inside", "around", "across", "throughout", "off", "on")
_TARGET_WORDS = ("to", "into")
_OTHER_CLAUSES = ("acl:relcl", "ccomp", "advcl", "parataxis", "conj", "csubj")


def place_of(annotations: Annotations, cast: Cast, act: Act) -> str | None:
    """The place that the act's own words name ("Grozny", "the Chechen capital Grozny" gives "Grozny"), or None."""
    words = _PLACE_WORDS + (_TARGET_WORDS if act.frame.mode == "visit" else ())
    bearers = bearers_of(annotations, act)
    behind = act.arguments.objects if act.frame.pos == "verb" else prepositional(annotations, act.trigger).get("of", ())
    around = [*bearers, *behind]  # "bombed a station in Tarvo", "the bombing of a station in Tarvo"
    for bearer in around:
        phrases = prepositional(annotations, bearer)
        for word in words:
            for noun in phrases.get(word, ()):
                name = _place_name(annotations, cast, noun)
                if name is not None:
                    return name
    if act.frame.mode in ("visit", "seize") or act.frame.type == "ASSAULT":
        names = (_place_name(annotations, cast, noun) for noun in act.arguments.objects if act.frame.pos == "verb")
        return next((n for n in names if n is not None), None)
    return None


def _place_name(annotations: Annotations, cast: Cast, noun: Token) -> str | None:
    actor = cast.of(noun)
    if actor is not None and cast.get(actor).kind in ("person", "group"):
        return None
    own = _name(annotations, noun)
    if own is not None:
        return annotations.text[own.start : own.end]
    if noun.upos == "PROPN" and cast.country_of(noun) is not None:
        return noun.text
    for token in annotations.children(noun, "appos", "compound", "nmod", "flat"):
        name = _name(annotations, token)
        if name is not None:
            return annotations.text[name.start : name.end]
    return None


def _name(annotations: Annotations, token: Token) -> Name | None:
    name = annotations.name_at(token)
    return name if name is not None and name.kind in ("PLACE", "FACILITY") else None


def figures_of(annotations: Annotations, figures: Sequence[Figure], act: Act) -> tuple[str, ...]:
    """The ids of the figures that hang on the act, clauses of their own left out."""
    if not figures:
        return ()
    tokens = annotations.subtree(act.trigger, without=_OTHER_CLAUSES)
    for head in act.arguments.objects if act.frame.pos == "verb" else ():
        tokens = [*tokens, *annotations.subtree(head, without=_OTHER_CLAUSES)]
    if act.light is not None and not any(c.upos == "NOUN" for c in annotations.children(act.light, "obj")):
        tokens = [*tokens, act.light]
    starts = {t.start for t in tokens}
    return tuple(f.id for f in figures if any(f.start <= start < f.end for start in starts))
