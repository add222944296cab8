"""Actor coding: PLOVER's country and sectors for the actors that somebody has marked in a text.

A marked span means an actor of the text's cast where it can be found there, so that a span has the code that the actor
has in a reading. A marker knows more than a reader, though: that the span is an actor. Where the cast has none for it, the
code is taken from the actors, lands, towns and bodies that are named inside the span and from what its noun tells; and
where no state is told, the one that the text is mostly about is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import tee
from typing import NamedTuple

from dragoman.language.annotations import Annotations, Token
from dragoman.language.encoder import Encoder
from dragoman.reading.actors.belonging import home_land
from dragoman.reading.actors.builder import cast_of
from dragoman.reading.actors.cast import Cast
from dragoman.reading.actors.codes import BODIES, OF_THE_STATE, ActorCode
from dragoman.reading.actors.forms import is_noun
from dragoman.reading.actors.lists import shipped
from dragoman.reading.actors.mentions import Setting, noun_sense, setting_of
from dragoman.reading.actors.pronouns import HE, SHE
from dragoman.reading.actors.roster import Directory, Roster
from dragoman.reading.actors.sectors import sense_of, word_set
from dragoman.reading.actors.states import Land
from dragoman.text.report import Span

FURTHEST = 200  # tokens back in which whom a pronoun means is looked for
__all__ = ["ActorCode", "ActorCoder", "Marked", "code_actor", "code_spans"]


class Marked(NamedTuple):
    """A text with marked actors: spans are code points into `text`, half-open; `published` tells who held which office."""

    text: str
    spans: Sequence[tuple[int, int]]
    published: date | None = None


class ActorCoder:
    """Opens the language model once and codes the actors of many texts with it.

    `roster` is who is known by name (see `lists.with_own`); without one, our own lists. `threads` is how many cores one
    call may use.
    """

    def __init__(self, threads: int = 1, roster: Roster | None = None) -> None:
        self._encoder = Encoder(threads=threads)
        self._roster = roster

    def code_many(self, marked: Iterable[Marked]) -> Iterator[list[ActorCode]]:
        """A list for each text, in order, with a code for each of its spans.

        Raises ValueError for a span that holds no character of its text.
        """
        kept, texts = tee(marked)
        annotated = self._encoder.annotate_many(item.text for item in texts)
        for item, found in zip(kept, annotated, strict=True):
            yield code_spans(found, item.spans, item.published, self._roster)


def code_actor(text: str, span: tuple[int, int], *, published: date | str | None = None, roster: Roster | None = None) -> ActorCode:
    """The code of the actor marked in a text by `span`, code points half-open.

    `published` is the day of the text (a date or "YYYY-MM-DD"): an office that had ended by then gives ELI. Country and
    sectors are empty where nothing tells them. Raises ValueError if the span holds no character of the text, or if
    `published` is no date. For many texts keep an `ActorCoder`, which works in batches.
    """
    day = date.fromisoformat(published) if isinstance(published, str) else published
    return code_spans(_encoder().annotate(text), [span], day, roster)[0]


def _about(setting: Setting, cast: Cast) -> str | None:
    """The state that a text is mostly about: by its lands, else by its towns, else by whom it names."""
    land = home_land(setting) or next(iter(setting.places.values()), None)
    if land is not None:
        return _country(land)
    known = Counter(code.country for code in cast.codes.values() if code.country is not None and code.country not in BODIES)
    return known.most_common(1)[0][0] if known else None


@cache
def _encoder() -> Encoder:
    return Encoder()


def code_spans(
    annotations: Annotations, spans: Sequence[tuple[int, int]], published: date | None = None, roster: Roster | None = None
) -> list[ActorCode]:
    """The codes of spans of a text that is annotated already; see `code_actor`."""
    for start, end in spans:
        if not 0 <= start < end <= len(annotations.text):
            raise ValueError(f"the span ({start}, {end}) holds no character of the text; 0 <= start < end <= {len(annotations.text)}")
    setting = setting_of(annotations, Directory(roster or shipped(), published))
    cast = cast_of(setting)
    about = _about(setting, cast)
    return [_code(_Phrase(setting, cast, Span(*span)), about) for span in spans]


class _Phrase:
    """A marked span with the text around it; `tops` are its words that hang on words outside, likeliest head first."""

    def __init__(self, setting: Setting, cast: Cast, span: Span) -> None:
        self.setting, self.cast = setting, cast
        self.tokens = [t for t in setting.annotations.tokens_in(span) if t.upos != "PUNCT"]
        inside = {t.index for t in self.tokens}
        tops = [t for t in self.tokens if t.head not in inside]
        self.tops = sorted(tops, key=lambda t: t.upos not in ("NOUN", "PROPN", "PRON"))

    def of_head(self) -> ActorCode:
        """The code of the actor that the span's head means."""
        code = next((code for t in self.tops if (code := self._of(t))), ActorCode())
        return ActorCode(code.country, self._force() or code.sectors) if code.sectors == ("GOV",) else code

    def _force(self) -> tuple[str, ...]:
        """The sector of a force of the state whose noun the tree lost to the state's name ("the US military")."""
        last = self.tokens[-1]
        sense = sense_of(last.lower) if len(self.tokens) > 1 and last.index - 1 in self.setting.lands else None
        return (sense.sector,) if sense is not None and sense.sector in OF_THE_STATE else ()

    def of_part(self) -> ActorCode:
        """The code of the first actor that is named inside ("a bombing by the rebels", "Peru's calls")."""
        return next((code for t in self.tokens if (code := self._of(t))), ActorCode())

    def of_antecedent(self) -> ActorCode:
        """The code of whom a pronoun may mean that the cast found unclear: the last subject before it that agrees, else any."""
        token = self.tokens[0]
        if len(self.tokens) > 1 or token.upos != "PRON":
            return ActorCode()
        one = token.lower in HE | SHE
        before = [t for t in self.setting.annotations.tokens[max(0, token.index - FURTHEST) : token.index] if self._agrees(t, one)]
        found = [t for t in before if t.relation.startswith("nsubj")] or before
        return self._of(found[-1]) if found else ActorCode()

    def _agrees(self, token: Token, one: bool) -> bool:
        actor = self.cast.of(token)
        return actor is not None and (self.cast.get(actor).kind == "person") == one

    def of_name(self) -> ActorCode:
        """The code of a listed body: the whole span, or a name of which a word stands in the span."""
        setting = self.setting
        names = dict.fromkeys(setting.annotations.name_at(t) for t in self.tokens)
        phrases = [(self.tokens[0].index, self.tokens[-1].index + 1), *((n.first, n.last) for n in names if n is not None)]
        found = (setting.directory.body(setting.text(first, last)) for first, last in phrases)
        entry = next((entry for entry in found if entry is not None), None)
        return ActorCode(entry.country, entry.sectors) if entry is not None else ActorCode()

    def of_land(self) -> ActorCode:
        """The code of the first land or town that is named inside: a state by its name is its government, a place has no sector."""
        for token in self.tokens:
            land = self.setting.land_at(token)
            if land is not None:
                return ActorCode(_country(land), self._of_neighbour(token) or self._of_state(token, land))
        place = next((land for t in self.tokens if (land := self.setting.places.get(t.index)) is not None), None)
        return ActorCode(_country(place), self.sectors()) if place is not None else ActorCode()

    def _of_state(self, token: Token, land: Land) -> tuple[str, ...]:
        """GOV (or PRE) where the land acts: as itself, not as a stretch of it, or by what it does or has ("Peru's calls")."""
        notes, placing = self.setting.annotations, word_set("signs", "place_cases")
        seat = token.index in self.setting.lands and self.setting.lands[token.index].use == "seat"
        if is_noun(self.tokens[-1], word_set("signs", "parts")) or (seat and self.setting.preposition(token) in placing):
            return ()
        state = ("PRE",) if land.breakaway else ("GOV",)
        if any(token.index == top.index for top in self.tops):
            return () if any(c.lower in word_set("signs", "quarters") for c in notes.children(token, "amod", "compound")) else state
        of_top = any(token.head == top.index and token.index < top.index for top in self.tops)
        return self.sectors() or (state if of_top else ())

    def _of_neighbour(self, token: Token) -> tuple[str, ...]:
        """The sectors of the noun outside the span that a bare adjective belongs to ("[Peruvian] and Chilean police")."""
        notes = self.setting.annotations
        if len(self.tokens) > 1 or token.upos != "ADJ":
            return ()
        senses = (noun_sense(notes, above) for above in notes.ancestors(token) if above.upos == "NOUN")
        sense = next((s for s in senses if s is not None), None)
        return (sense.sector,) if sense is not None and sense.sector else ()

    def sectors(self) -> tuple[str, ...]:
        """What the head noun alone tells."""
        notes = self.setting.annotations
        nouns = [*self.tops, *(c for t in self.tops for c in notes.children(t, "compound") if c.index < t.index)]
        senses = (noun_sense(notes, t) for t in nouns)
        sector = next((s.sector for s in senses if s is not None and s.sector), None)
        return (sector,) if sector and sector != "UNK" else ()

    def _of(self, token: Token) -> ActorCode:
        actor = self.cast.of(token)
        return self.cast.code(actor) if actor is not None else ActorCode()


def _country(land: Land) -> str | None:
    return land.country or land.claimed


def _code(phrase: _Phrase, about: str | None) -> ActorCode:
    """The span's code by the first way that tells a country; what tells only sectors waits for one."""
    if not phrase.tokens:
        return ActorCode()
    sectors: tuple[str, ...] = ()
    for way in (phrase.of_head, phrase.of_antecedent, phrase.of_name, phrase.of_part, phrase.of_land):
        code = way()
        if code.country is not None:
            return code if not sectors else ActorCode(code.country, sectors if code.country not in BODIES else code.sectors)
        sectors = sectors or code.sectors
    return ActorCode(about, sectors or phrase.sectors())
