"""What people have decided, as it stands: decisions that were taken back are left out, later ones go before earlier ones."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.case.judgements import Decision, Verb


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in the order in which they were made. An undo can itself be undone."""
    ordered = tuple(decisions)
    undone: set[str] = set()
    for decision in reversed(ordered):
        if decision.verb == "undo" and decision.id not in undone:
            undone.add(decision.target)
    return tuple(d for d in ordered if d.verb != "undo" and not (d.id and d.id in undone))


def rejected(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of items that a person has rejected, and that nobody has confirmed since."""
    words = {d.target: d.verb for d in standing(decisions) if d.verb in ("reject", "confirm")}
    return frozenset(target for target, verb in words.items() if verb == "reject")


def answered(decisions: Iterable[Decision]) -> dict[str, str]:
    """The rejections, confirmations and edits that stand but that a later confirmation or rejection of the same item goes before.

    Each with the latter's id. A confirmation says that an item is right as it was read, so edits of it hold no longer.
    """
    last: dict[str, list[Decision]] = {}
    found: dict[str, str] = {}
    for decision in standing(decisions):
        if decision.verb not in ("reject", "confirm", "edit"):
            continue
        before = last.setdefault(decision.target, [])
        if decision.verb != "edit":
            gone = [d for d in before if d.verb != decision.verb and (decision.verb == "confirm" or d.verb == "confirm")]
            found |= {one.id: decision.id for one in gone}
            last[decision.target] = before = [one for one in before if one not in gone]
        before.append(decision)
    return found


def values(decisions: Iterable[Decision], verb: Verb) -> dict[str, str]:
    """What was last decided for each target with this verb: its new name, the other item, the places to split off."""
    return {d.target: d.value for d in standing(decisions) if d.verb == verb and d.value is not None}


def acts(decisions: Iterable[Decision], verbs: Iterable[Verb]) -> tuple[tuple[Verb, str, str], ...]:
    """Verb, target and value of each decision that holds with one of these verbs, in the order in which they were made."""
    wanted = frozenset(verbs)
    return tuple((d.verb, d.target, d.value) for d in standing(decisions) if d.verb in wanted and d.value is not None)


def edited(decisions: Iterable[Decision], field: str) -> dict[str, str]:
    """The values that people gave to one field of items: `edit` decisions with the value "field=value", without those confirmed since."""
    found: dict[str, str] = {}
    for decision in standing(decisions):
        if decision.verb == "confirm":
            found.pop(decision.target, None)
        name, sign, value = (decision.value or "").partition("=")
        if decision.verb == "edit" and sign and name.strip() == field:
            found[decision.target] = value.strip()
    return found
