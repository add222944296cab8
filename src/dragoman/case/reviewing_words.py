"""What each person has said about each question of a review, read off the log.

A question is about a link, an event, a commitment or a dispute; what somebody says of it is one word: "same", "different", "right",
"kept", "status=denied". Only what stands counts, and of each person what they said last. A decision that settled a disagreement is
kept apart: it was taken with the words of others in view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from dragoman.case.deciding import standing
from dragoman.case.edits import letter_of
from dragoman.case.judgements import Decision
from dragoman.case.reviewing import Reason
from dragoman.case.store.base import Store

_SETTLING = "decisions that settled a disagreement"
RIGHT, WRONG = "right", "rejected"
_REASONS: Mapping[str, Reason] = {"E": "event", "C": "state", "D": "dispute"}


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said last of a question: `decisions` are the ids of what they decided, `why` their reasons."""

    by: str
    said: str
    why: str
    at: str
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A question with the word of each person, in the order in which they first spoke; `settled` is the word that ended a disagreement."""

    id: str
    reason: Reason
    words: tuple[Word, ...]
    settled: Word | None = None

    @property
    def differ(self) -> bool:
        """Whether not all say the same."""
        return len({word.said for word in self.words}) > 1


@dataclass
class _Said:
    """What one person has decided about one question, as it grows."""

    word: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    taken: list[Decision] = field(default_factory=list)

    def add(self, decision: Decision) -> None:
        if decision.verb == "edit":
            name, _, value = (decision.value or "").partition("=")
            if self.word:
                self.word, self.taken = "", []
            self.fields[name] = value
            self.taken = [one for one in self.taken if (one.value or "").partition("=")[0] != name]
        else:
            self.word, self.fields, self.taken = _WORDS[decision.verb], {}, []
        self.taken.append(decision)

    def as_word(self) -> Word:
        last = self.taken[-1]
        said = self.word or "; ".join(_field(name, value) for name, value in sorted(self.fields.items()))
        return Word(last.by, said, "; ".join(dict.fromkeys(d.why for d in self.taken if d.why)), last.at, tuple(d.id for d in self.taken))


_WORDS = {"same": "same", "different": "different", "confirm": RIGHT, "reject": WRONG}


def _field(name: str, value: str) -> str:
    return value if name == "state" else f"{name}={value}"


def units(store: Store) -> tuple[Unit, ...]:
    """All questions that somebody has decided, in the order in which they were first decided."""
    settling = _settling(store)
    decisions = [stored.decision for stored in store.decisions()]
    words: dict[tuple[str, Reason], dict[str, _Said]] = {}
    last: dict[str, _Said] = {}
    for decision in standing(decisions):
        reason = _reason(store, decision)
        if reason is None:
            continue
        if decision.id in settling:
            last.setdefault(decision.target, _Said()).add(decision)
        else:
            words.setdefault((decision.target, reason), {}).setdefault(decision.by, _Said()).add(decision)
    return tuple(
        Unit(target, reason, tuple(said.as_word() for said in by.values()), last[target].as_word() if target in last else None)
        for (target, reason), by in words.items()
    )


def _reason(store: Store, decision: Decision) -> Reason | None:
    """What a decision answers; None where it is no answer to a question of the review."""
    if decision.verb in ("same", "different"):
        found = store.link(decision.target)
        return found.link.kind if found else None
    if decision.verb not in ("confirm", "reject", "edit") or ":" in decision.target:
        return None
    reason = _REASONS.get(letter_of(decision.target))
    about_state = (decision.value or "").startswith("state=")
    return None if reason == "state" and decision.verb == "edit" and not about_state else reason


def undecided_by(found: Iterable[Unit], by: str) -> list[Unit]:
    """The questions that others have decided and this person has not; what is settled is asked no more."""
    return [unit for unit in found if unit.settled is None and all(word.by != by for word in unit.words)]


# --- disagreements that were settled


def settle_with(store: Store, decide: Callable[[], Sequence[str]]) -> list[str]:
    """Takes decisions that settle a disagreement, and notes of them that they do; their ids."""
    made = list(decide())
    with store.transaction():
        store.set_meta(_SETTLING, msgspec.json.encode(sorted({*_settling(store), *made})).decode())
    return made


def _settling(store: Store) -> frozenset[str]:
    return frozenset(msgspec.json.decode(store.meta(_SETTLING) or "[]", type=list[str]))
