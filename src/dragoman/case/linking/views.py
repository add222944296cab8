"""What is compared when entries of two reports may be one: an actor or an event, with what its report says around it.

A view is made from a reading alone, without the language model, and never changes. Words are compared by stems (`stems.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nlargest
from math import exp, log, sqrt
from types import MappingProxyType

from dragoman.case.judgements import Place
from dragoman.case.linking.stems import Word, folded, rarity, words
from dragoman.lexicons.load import words_of
from dragoman.reading.entries import Actor, Event, Kind, Reading, Status, When
from dragoman.reading.wording import first_day, one_line
from dragoman.text.report import Span

Weights = Mapping[str, float]
"""Stems with weights; the squares of the weights add up to 1, unless there are none."""

_LONGEST = 600
"""Characters of a sentence that are looked at on each side of a trigger."""
_MOST_TEXT = 20_000
"""Characters of a report that tell what it is about; books are not read to their ends."""
_ABOUT = 80
"""Stems kept of what a report is about. On ECB+ train 200 group stories as well (B-cubed 0.926 and 0.923)."""
_FUNCTION = 1.0
"""Stems less rare than this are function words: they are the grammar of a trigger and no part of it."""
_NEAR = 8.0
"""Words from the trigger at which a word of its sentence counts half."""
_MOST_FORMS = 12
_MOST_MENTIONS = 60
_NOWHERE = Span(0, 0)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor of one report as it is compared with others. `names` are the proper forms in the text, fullest first, without articles.

    `titles` are the words that describe it, in lower case ("foreign minister"); `published` is the report's ISO day or None.
    """

    place: Place
    name: str
    names: tuple[str, ...]
    titles: frozenset[str]
    kind: Kind
    country: str | None
    sectors: frozenset[str]
    published: str | None


@dataclass(frozen=True, slots=True)
class EventView:
    """A mention of an act as it is compared with others.

    `root` is the stem of the trigger's main word; `near` the stems of its sentence, the nearer the heavier; `names` those of them that are
    written with a capital; `about` what the whole report is about (one object for all its events). `start` and `end` are ISO days,
    None where no date is told; `dated` is False where the date is inferred. `initiators` and `recipients` are actors of the case,
    or their names where the caller has none; `unnamed` are those of the report's actors without a name ("three men"). `first` is the
    id of the first mention of the act in the same report; `figures` are the amounts told of it. `type` is "" where it is not known.
    """

    place: Place
    type: str
    mode: str | None
    status: Status
    root: str
    near: Weights
    names: frozenset[str]
    about: Weights
    start: str | None = None
    end: str | None = None
    dated: bool = True
    initiators: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    place_name: str | None = None
    published: str | None = None
    publisher: str | None = None
    figures: frozenset[float] = frozenset()
    sentence: Span = _NOWHERE
    first: str | None = None


def actor_views(reading: Reading) -> list[ActorView]:
    """A view of each actor of a reading, in its order."""
    published = reading.report.published.isoformat() if reading.report.published else None
    return [_actor_view(reading, actor, published) for actor in reading.actors]


def _actor_view(reading: Reading, actor: Actor, published: str | None) -> ActorView:
    texts = (reading.report.text[m.start : min(m.end, m.start + 200)] for m in actor.mentions[:_MOST_MENTIONS])
    forms = dict.fromkeys(_bare(form) for form in (actor.name, *texts))
    names = tuple(sorted(filter(_is_name(actor.kind), forms), key=len, reverse=True)[:_MOST_FORMS])
    names = names or ((_bare(actor.name),) if is_proper(actor.name) and actor.kind != "group" else ())
    described = (
        form.lower() for form in forms if form and not is_proper(form) and form.lower() not in words_of("linking", "people", "pronouns")
    )
    titles = frozenset((*described, *(role.lower() for role in actor.roles)))
    return ActorView(
        Place(reading.report.id, actor.id), actor.name, names, titles, actor.kind, actor.country, frozenset(actor.sectors), published
    )


def _bare(form: str) -> str:
    return _ARTICLE.sub("", one_line(form)).strip(" ,.;:'\"")


def is_proper(form: str) -> bool:
    """Whether a form is a name: its last word is written with a capital, and it is no pronoun at the head of a sentence."""
    last = form.rsplit(" ", 1)[-1]
    return bool(last) and (last[0].isupper() or last[0].isdigit()) and form.lower() not in words_of("linking", "people", "pronouns")


def _is_name(kind: Kind) -> Callable[[str], bool]:
    """Whether a form is a name for an actor of that kind: one of a person has no small words but particles ("Ada de Holm")."""

    def of_person(form: str) -> bool:
        return is_proper(form) and all(not word.islower() or word in words_of("linking", "names", "particles") for word in form.split())

    def of_group(form: str) -> bool:
        return is_proper(form) and form[0].isupper()

    return of_person if kind == "person" else of_group if kind == "group" else is_proper


def event_views(reading: Reading, actor_ids: Mapping[str, str] = MappingProxyType({})) -> list[EventView]:
    """A view of each event of a reading, in its order.

    `actor_ids` gives the case's actor for an actor's id in this reading; an actor that it lacks counts by its name.
    """
    sides = {actor.id: actor_ids.get(actor.id, folded(actor.name)) for actor in reading.actors}
    unnamed = frozenset(sides[actor.id] for actor in reading.actors if not is_proper(actor.name) or actor.name[0].isdigit())
    about = about_of(reading.report.text, reading.report.title or "")
    return [_event_view(reading, event, sides, unnamed, about) for event in reading.events]


def _event_view(reading: Reading, event: Event, sides: Mapping[str, str], unnamed: frozenset[str], about: Weights) -> EventView:
    report = reading.report
    start, end = interval(event.when)
    amounts = {f.id: f.low if f.low is not None else f.high for f in reading.figures} if event.figures else {}
    root, near, names = surroundings(report.text, event.trigger, event.sentence)
    return EventView(
        place=Place(report.id, event.id),
        type=event.type,
        mode=event.mode,
        status=event.status,
        root=root,
        near=near,
        names=names,
        about=about,
        start=start,
        end=end,
        dated=event.when is not None and not event.when.inferred,
        initiators=frozenset(sides[i] for i in event.initiators if i in sides),
        recipients=frozenset(sides[i] for i in event.recipients if i in sides),
        unnamed=unnamed,
        place_name=folded(event.place) if event.place else None,
        published=report.published.isoformat() if report.published else None,
        publisher=report.publisher,
        figures=frozenset(float(v) for i in event.figures if (v := amounts.get(i)) is not None),
        sentence=event.sentence,
        first=event.same_as or event.id,
    )


def interval(when: When | None) -> tuple[str | None, str | None]:
    """The first and the last ISO day of an event's time; None twice if it tells no day of the calendar."""
    if when is None:
        return None, None
    first, last = first_day(when.start), first_day(when.end)
    if first is None or last is None:
        return None, None
    return first.isoformat(), max(first, _last_of(when.end, last)).isoformat()


def _last_of(value: str, first: date) -> date:
    """The last day that an ISO value covers, whose first day is known."""
    try:
        if re.fullmatch(r"\d{4}-W\d\d", value):
            return first + timedelta(days=6)
        if re.fullmatch(r"\d{4}-\d\d", value):
            return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return first.replace(month=12, day=31) if re.fullmatch(r"\d{4}", value) else first
    except (OverflowError, ValueError):
        return first


def surroundings(text: str, trigger: Span, sentence: Span) -> tuple[str, Weights, frozenset[str]]:
    """The root of a trigger, the weighted stems around it in its sentence, and the stems written with a capital."""
    root = root_of(list(words(text, trigger.start, min(trigger.end, trigger.start + _LONGEST))))
    start = max(sentence.start, trigger.start - _LONGEST)
    found = list(words(text, start, min(sentence.end, trigger.end + _LONGEST)))
    centre = next((i for i, word in enumerate(found) if word.start >= trigger.start), len(found))
    weights: dict[str, float] = {}
    for i, word in enumerate(found):
        weight = max(0.0, rarity(word.stem) - _FUNCTION) * 2 ** (-abs(i - centre) / _NEAR)
        if word.stem != root and weight > weights.get(word.stem, 0.0):
            weights[word.stem] = weight
    capitals = {w.stem for i, w in enumerate(found) if w.capital and (i or rarity(w.stem) > 5)}
    names = frozenset(capitals & weights.keys())
    return root, unit(weights), names


def root_of(found: Sequence[Word]) -> str:
    """The stem of the main word of a trigger: the last of a compound, the first of a phrase ("stabbed him to death"); "" of nothing."""
    telling = [i for i, word in enumerate(found) if rarity(word.stem) >= _FUNCTION]
    if not telling:
        return found[0].stem if found else ""
    first, last = telling[0], telling[-1]
    return found[last if last - first + 1 == len(telling) else first].stem


def about_of(text: str, title: str = "") -> Weights:
    """What a report is about: its heaviest stems. Rare ones weigh more, and so do names and what stands at the head."""
    counts: dict[str, int] = {}
    lead: dict[str, float] = {}
    for number, word in enumerate((*words(title), *words(text, 0, _MOST_TEXT))):
        counts[word.stem] = counts.get(word.stem, 0) + 1
        lead[word.stem] = max(lead.get(word.stem, 0.0), (1 + exp(-number / 60)) * (1.5 if word.capital else 1.0))
    weights = {s: (1 + log(n)) * max(0.0, rarity(s) - _FUNCTION) ** 1.5 * lead[s] for s, n in counts.items()}
    return unit(dict(nlargest(_ABOUT, weights.items(), key=lambda item: (item[1], item[0]))))


def unit(weights: Mapping[str, float]) -> Weights:
    """The weights without zeros, scaled so that their squares add up to 1."""
    length = sqrt(sum(w * w for w in weights.values()))
    return {s: w / length for s, w in weights.items() if w > 0} if length else {}


def likeness(one: Weights, other: Weights) -> float:
    """The cosine of two weighted lists of stems, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[s] for s, weight in one.items() if s in other)


def heaviest(weights: Weights, most: int) -> list[str]:
    """The heaviest stems, heaviest first."""
    return nlargest(most, weights, key=lambda s: (weights[s], s))


def days_between(one: str, other: str) -> int:
    """Days from one ISO day to another; negative if the second lies before the first."""
    return (date.fromisoformat(other) - date.fromisoformat(one)).days
