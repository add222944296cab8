"""The answers to a question of the review: what can be said, under which key, and what it does to the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.case.edits import STATES
from dragoman.case.judging import Judge
from dragoman.case.reviewing import LINKS, Doubt
from dragoman.case.reviewing_words import RIGHT, WRONG, Word
from dragoman.faces.web.problems import senseless
from dragoman.reading.wording import one_line

ACCEPT, REJECT, STATE = "accept", "reject", "state:"
_ACCEPT: Mapping[str, str] = {
    "same_actor": "The same actor", "same_event": "The same act", "same_text": "The same text", "came_of": "It came of it",
    "reverses": "It undoes it", "event": "Told rightly", "dispute": "A dispute",
}  # fmt: skip
_REJECT: Mapping[str, str] = {
    "same_actor": "Two actors", "same_event": "Two acts", "same_text": "Two texts", "came_of": "No", "reverses": "No",
    "event": "No such act", "dispute": "No dispute", "state": "Nothing promised",
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One answer: what the form sends, its words, its key, and whether it is what the rules propose."""

    value: str
    label: str
    key: str
    proposed: bool = False


def choices(doubt: Doubt) -> tuple[Choice, ...]:
    """What can be said to a question; what the rules hold comes first."""
    if doubt.reason != "state":
        return Choice(ACCEPT, _ACCEPT[doubt.reason], "a", True), Choice(REJECT, _REJECT[doubt.reason], "r")
    numbered = tuple(Choice(f"{STATE}{state}", state.capitalize(), str(at), state == doubt.proposed) for at, state in enumerate(STATES, 1))
    first = (Choice(ACCEPT, f"{doubt.proposed.capitalize()}, as proposed", "a", True),) if doubt.proposed else ()
    return (*first, *(one for one in numbered if not one.proposed), Choice(REJECT, _REJECT["state"], "r"))


def answer(judge: Judge, doubt: Doubt, value: str, proposed: str, why: str, at: str) -> list[str]:
    """Takes the decision; the ids of what was decided. `proposed` is the state that the form showed. Raises Refused and QueryError."""
    if doubt.reason in LINKS and value in (ACCEPT, REJECT):
        return [judge.link(doubt.id, value == ACCEPT, why, at)]
    if value == REJECT:
        return [judge.reject(doubt.id, why, at)]
    if doubt.reason == "state" and (state := proposed if value == ACCEPT else value.removeprefix(STATE)) in STATES:
        return judge.edit(doubt.id, {"state": state}, why, at)
    if value == ACCEPT and doubt.reason != "state":
        return [judge.confirm(doubt.id, why, at)]
    raise senseless(f"answer is {one_line(value[:40])!r}; expected {', '.join(choice.value for choice in choices(doubt))}.")


def words(doubt: Doubt, value: str) -> str:
    """An answer in words, for the line that tells what was done last."""
    return next((choice.label for choice in choices(doubt) if choice.value == value), value)


def settle(judge: Judge, doubt: Doubt, said: str, differ: Sequence[Word], why: str, at: str) -> list[str]:
    """Makes what `said` says hold, one of the words over which people differ. Raises Refused where it is none of them."""
    known = {word.said: word for word in differ}
    if said not in known:
        raise senseless(f"said is {one_line(said[:60])!r}; expected one of {'; '.join(known)}.")
    if doubt.reason in LINKS:
        return [judge.link(doubt.id, said == "same", why, at)]
    if said == WRONG:
        return [judge.reject(doubt.id, why, at)]
    if doubt.reason == "state":
        again = [judge.confirm(doubt.id, why, at)] if WRONG in known else []
        return [*again, *judge.edit(doubt.id, {"state": said}, why, at)]
    made = [judge.confirm(doubt.id, why, at)]  # what was edited and rejected before holds no longer
    if said == RIGHT:
        return made
    taken = (kept.decision.value or "" for kept in judge.log() if kept.decision.id in known[said].decisions)
    fields = {name: value for name, _, value in (edit.partition("=") for edit in taken)}
    return [*made, *judge.edit(doubt.id, fields, why, at)]
