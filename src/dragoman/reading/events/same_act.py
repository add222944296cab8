"""Mentions of one act: a later mention that can be the same act names the first one.

A definite noun ("the attack") points back to an act of its type; the same verb again does if the same people are in it.
Nothing in the two may contradict: participants, dates, whether it took place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.entries import Event
from dragoman.reading.events.acts import Act
from dragoman.reading.events.status import outer
from dragoman.reading.events.status.finding import words
from dragoman.reading.plover import code

_MEETINGS = ("meeting", "meet", "talk", "talks", "summit", "discussion", "gathering")
_MAX_BACK = 40  # acts that are looked back at; a longer report repeats itself within that


def same_acts(annotations: Annotations, acts: Sequence[Act], events: Sequence[Event]) -> list[Event]:
    """The events with `same_as` set. `acts` and `events` are parallel."""
    done: list[Event] = []
    for i, event in enumerate(events):
        event = _still_to_come(annotations, acts, done, event)
        earlier = range(i - 1, max(-1, i - 1 - _MAX_BACK), -1)
        alike = [j for j in earlier if _same(annotations, acts[j], done[j], acts[i], event)]
        best = min(alike, key=lambda j: (done[j].status != event.status, stem(acts[j]) != stem(acts[i])), default=None)
        first = done[best] if best is not None else None
        done.append(event if first is None else replace(event, same_as=first.same_as or first.id))
    return done


def takes_up(annotations: Annotations, act: Act, earlier: Sequence[Act]) -> bool:
    """Whether a definite noun names again what an act before it told: "the visit" after "will visit Kora"."""
    return _points_back(annotations, act) and any(a.frame.type == act.frame.type and stem(a) == stem(act) for a in earlier[-_MAX_BACK:])


def _still_to_come(annotations: Annotations, acts: Sequence[Act], done: Sequence[Event], event: Event) -> Event:
    """A meeting or a visit taken up by a definite noun without a word on its time is as planned as it was told before."""
    act = acts[len(done)]
    free = event.status in ("occurred", "hypothetical") and not event.cues and event.type == "CONSULT"
    if not free or not _owned(annotations, act) or is_told_past(annotations, act):
        return event
    back = range(len(done) - 1, max(-1, len(done) - 1 - _MAX_BACK), -1)
    first = next((j for j in back if done[j].type == event.type and stem(acts[j]) == stem(act) and _may_join(done[j], event, act)), None)
    if first is None or done[first].status != "planned":
        return event
    return replace(event, status="planned", cues=done[first].cues, plover=code(event.type, "planned"))


def _may_join(first: Event, second: Event, act: Act) -> bool:
    dated = first.when and second.when and not second.when.inferred
    if dated and first.when and second.when and not _dates_agree(first.when.start, second.when.start):
        return False
    return _no_clash(first, second, act.frame.mutual)


def is_told_past(annotations: Annotations, act: Act) -> bool:
    """Whether the clause of an act noun is told as past: "the visit took place", but not "he said of the visit"."""
    verb = next((t for t in annotations.ancestors(act.trigger) if t.upos in ("VERB", "AUX")), None)
    if verb is None or verb.lemma in words("words", "speaking"):
        return False
    finite = (verb, *annotations.children(verb, "aux", "cop"))
    return any(t.feats.get("Tense") == "Past" and t.feats.get("VerbForm") == "Fin" for t in finite)


def _owned(annotations: Annotations, act: Act) -> bool:
    noun = outer(annotations, act.trigger)
    owner = act.frame.pos == "noun" and any(annotations.child(t, "nmod:poss") is not None for t in (noun, act.trigger))
    return owner or _points_back(annotations, act)


def _same(annotations: Annotations, one: Act, first: Event, two: Act, second: Event) -> bool:
    if first.type != second.type or not _compatible(first, second):
        return False
    alike = stem(one) == stem(two)
    if alike and first.mode == second.mode and _share_sides(first, second, two.frame.mutual):
        return True
    if _sums_up(annotations, one, two) and _no_clash(first, second, two.frame.mutual):
        return True
    known = alike or _general(two) or _meet_again(one, two)
    return known and _points_back(annotations, two) and _no_clash(first, second, two.frame.mutual)


def _sums_up(annotations: Annotations, one: Act, two: Act) -> bool:
    """Whether a noun in apposition to a clause names the act told in it: "accused Kora of fraud, a charge it denied"."""
    noun = annotations.tokens[two.trigger.index]
    if two.frame.pos != "noun" or annotations.sentence_of(one.trigger).span != annotations.sentence_of(noun).span:
        return False
    before = annotations.tokens[max(0, noun.index - 2) : noun.index]
    words = [t for t in before if t.upos != "DET" or t.lower not in ("a", "an")]
    comma = bool(words) and words[-1].text in (",", "--", "\u2014")
    return comma and annotations.child(noun, "acl", "acl:relcl") is not None


def _share_sides(first: Event, second: Event, mutual: bool) -> bool:
    """Whether the two tell of the same people: the same partners, the same victims, or the same doer and no victims."""
    if not _no_clash(first, second, mutual):
        return False
    if mutual:
        return len(set(first.initiators) & set(second.initiators)) >= 2
    if first.recipients or second.recipients:
        return _share(first.recipients, second.recipients)
    return _share(first.initiators, second.initiators)


def _compatible(first: Event, second: Event) -> bool:
    settled = ("occurred", "ongoing")
    if (first.status in settled) != (second.status in settled):
        return False
    if first.when and second.when and not _dates_agree(first.when.start, second.when.start):
        return False
    return not (first.place and second.place and first.place != second.place)


def _dates_agree(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


def _no_clash(first: Event, second: Event, mutual: bool) -> bool:
    """No list of participants that both tell is wholly different; of partners one list holds the other."""
    one, two = set(first.initiators), set(second.initiators)
    if mutual and one and two and not (one <= two or two <= one):
        return False
    pairs = ((first.initiators, second.initiators), (first.recipients, second.recipients))
    return all(not some or not others or _share(some, others) for some, others in pairs)


def _share(one: Sequence[str], two: Sequence[str]) -> bool:
    return bool(set(one) & set(two))


def stem(act: Act) -> str:
    """A rough stem, so that "bombing" meets "bomb" and "visit" "visited"."""
    lemma = act.frame.lemma
    for ending in ("ation", "ing", "ment", "ion", "e"):
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 3:
            return lemma[: -len(ending)]
    return lemma


def _general(act: Act) -> bool:
    return act.frame.pos == "noun" and act.frame.lemma in (
        "attack",
        "assault",
        "operation",
        "action",
        "violence",
        "raid",
    )


def _meet_again(one: Act, two: Act) -> bool:
    """ "The meeting" takes up talks, "the summit" a meeting."""
    return one.frame.lemma in _MEETINGS and two.frame.lemma in _MEETINGS


def _points_back(annotations: Annotations, act: Act) -> bool:
    if act.frame.pos == "noun":
        return is_definite(determiners(annotations, act))
    asked = act.frame.obj.lemmas if act.frame.obj is not None else frozenset[str]()  # "the warrant was issued"
    told = [t for t in act.arguments.objects if t.lemma.lower() in asked] if act.arguments.passive else []
    return any(is_definite(annotations.children(t, "det")) for t in told)


def determiners(annotations: Annotations, act: Act) -> list[Token]:
    """The determiners of an act noun and of the phrase that measures it ("the wave of attacks")."""
    return annotations.children(outer(annotations, act.trigger), "det") + annotations.children(act.trigger, "det")


def is_definite(determiners: Sequence[Token]) -> bool:
    """Whether one of them takes up what is known."""
    return any(t.lower in ("the", "this", "that", "these", "those") for t in determiners)
