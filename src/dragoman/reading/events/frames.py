"""Act frames: the verbs and nouns that name an act, as the lexicon `acts.toml` has them, indexed by lemma."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dragoman.lexicons.load import load, words_of
from dragoman.reading.entries import EventType, Evidence, Status

Pos = Literal["verb", "noun"]

KINDS = frozenset({"actor", "person", "state", "org", "place", "act", "individual"})
_COMP = {"any": "comp", "inf": "comp_inf", "that": "comp_that", "none": "comp_none"}
_VERB_BY = ("subj",)
_VERB_TO = ("obj", "iobj", "against", "on", "to", "with")
_NOUN_BY = ("light", "poss", "mod", "by")
_NOUN_TO = ("of", "on", "against", "to")


@dataclass(frozen=True, slots=True)
class Class:
    """What a noun must be: of one of these kinds of actor, or one of these lemmas. `empty`: it must not be there."""

    kinds: frozenset[str]
    lemmas: frozenset[str]
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A lemma that names an act of `type` if its conditions hold; the lexicon's head explains each of them."""

    lemma: str
    pos: Pos
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    by: tuple[str, ...]
    to: tuple[str, ...]
    prt: str | None
    prep: frozenset[str]
    obj: Class | None
    subj: Class | None
    prep_obj: Class | None
    poss: Class | None
    with_: frozenset[str]
    without: frozenset[str]
    under: frozenset[str]
    comp: str | None
    plural: bool
    passive: bool
    mutual: bool
    loose: bool
    violent: bool
    harm: bool
    who: bool
    status: Status | None
    carried: bool = False
    light: frozenset[str] = frozenset()
    about: str | None = None
    evidence: Evidence = "lexicon"

    @property
    def weight(self) -> int:
        """How much the frame asks for: the frame with the most conditions that hold is taken."""
        asked = (self.prt, self.prep, self.obj, self.subj, self.prep_obj, self.poss, self.with_, self.under, self.comp)
        sure = 2 * bool(self.with_) + bool(self.prep_obj) + sum(map(bool, asked)) + self.plural + self.passive
        return sure + self.carried + 2 * bool(self.light) + 3 * bool(self.about)


@cache
def frames(pos: Pos) -> Mapping[str, tuple[Frame, ...]]:
    """Lemma -> its frames, the most demanding first."""
    found: dict[str, list[Frame]] = {}
    for frame in frames_of(load("acts"), pos):
        for lemma in spellings(frame.lemma):
            found.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(some, key=_narrowness)) for lemma, some in found.items()}


def _narrowness(frame: Frame) -> tuple[int, int]:
    """Sorts the frame that asks for most first; of two that ask for as much, the one with the smaller class."""
    return -frame.weight, len(frame.obj.lemmas) + 100 * len(frame.obj.kinds) if frame.obj is not None else 0


def frames_of(lexicon: Mapping[str, Any], pos: Pos) -> Iterator[Frame]:
    """The frames of one part of speech in the order of the lexicon; an entry with `lemmas` gives one for each."""
    for group in lexicon["group"]:
        for entry in group.get(f"{pos}s", ()):
            table = {"lemma": entry} if isinstance(entry, str) else entry
            for lemma in table.get("lemmas", (table.get("lemma"),)):
                yield frame_of(group, {**table, "lemma": lemma}, pos)


_ENDINGS = (("isation", "ization"), ("ise", "ize"), ("yse", "yze"), ("our", "or"), ("manoeuvre", "maneuver"), ("mme", "m"))
_VARIABLE = tuple(ending for pair in _ENDINGS for ending in pair)


def spellings(lemma: str) -> tuple[str, ...]:
    """A lemma as it may be written: British and American, with a hyphen and without ("cease-fire", "ceasefire")."""
    found = [lemma, lemma.replace("-", "")]
    if not lemma.endswith(_VARIABLE):
        return tuple(dict.fromkeys(found))
    for british, american in _ENDINGS:
        found += [word[: -len(british)] + american for word in found if word.endswith(british)]
        found += [word[: -len(american)] + british for word in found if word.endswith(american) and len(american) > 2]
    return tuple(dict.fromkeys(found))


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of lemmas of the lexicon: `domains.sport`, `domains.violence` and so on."""
    return words_of("acts", *name.split("."))


def frame_of(group: Mapping[str, Any], entry: Mapping[str, Any], pos: Pos) -> Frame:
    """The frame of an entry, with what its group says of all its entries."""
    merged = {**group, **entry}
    mode = merged.get("mode")
    comp = next((kind for kind, key in _COMP.items() if merged.get(key)), None)
    return Frame(
        lemma=entry["lemma"],
        pos=pos,
        type=merged["type"],
        mode=None if mode == "none" else mode,
        contexts=tuple(merged.get("contexts", ())),
        by=tuple(merged.get("by", _VERB_BY if pos == "verb" else _NOUN_BY)),
        to=tuple(merged.get("to", _VERB_TO if pos == "verb" else _NOUN_TO)),
        prt=merged.get("prt"),
        prep=frozenset(merged.get("prep", ())),
        obj=_class(merged.get("obj")),
        subj=_class(merged.get("subj")),
        prep_obj=_class(merged.get("prep_obj")),
        poss=_class(merged.get("poss")),
        with_=frozenset(merged.get("with", ())),
        without=frozenset(merged.get("without", ())),
        under=frozenset(merged.get("under", ())),
        comp=comp,
        plural=bool(merged.get("plural")),
        passive=bool(merged.get("passive")),
        mutual=bool(merged.get("mutual")),
        loose=bool(merged.get("loose")),
        violent=bool(merged.get("violent")),
        harm=bool(merged.get("harm") or merged.get("violent")),
        who=bool(merged.get("who")),
        status=merged.get("status"),
        carried=bool(merged.get("carried")),
        light=frozenset(merged.get("light", ())),
        about=merged.get("about"),
        evidence=merged.get("evidence", "lexicon"),
    )


def _class(names: Sequence[str] | None) -> Class | None:
    return _class_of(tuple(names)) if names else None


@cache
def _class_of(names: tuple[str, ...]) -> Class:
    """The kinds and the lemmas that a list of class names stands for; a name that is no class is a lemma."""
    classes: Mapping[str, list[str]] = load("acts")["classes"]
    lemmas = {lemma for name in names if name not in KINDS for lemma in classes.get(name, [name])}
    return Class(frozenset(names) & KINDS, frozenset(lemmas - {"none"}), empty="none" in names)
