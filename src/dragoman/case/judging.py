"""What people decide about a case: noted with who, when and why, done at once, and taken back with one command.

Each decision keeps what it changed in the store (memberships, names, judgements), so that taking it back puts that as it was. What
concerns threads, and what is rejected or edited, is only noted: what follows from the record takes it into account.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import msgspec

from dragoman.case.adding import CHANGES, count_change
from dragoman.case.judgements import Decision, Judgement, Link, Place, State, Verb
from dragoman.case.kept import Abouts, actor_view
from dragoman.case.linking.actors import actor_keys
from dragoman.case.linking.candidates import event_keys
from dragoman.case.store.base import ItemKind, ItemRow, Store, StoredDecision
from dragoman.errors import QueryError

_KINDS: dict[str, ItemKind] = {"A": "actor", "E": "event", "F": "figure", "D": "dispute", "C": "commitment", "T": "thread"}
_STATES: tuple[State, ...] = ("not yet rated", "in the works", "stalled", "compromise", "kept", "broken")


@dataclass
class _Changes:
    """What a decision changed: (place, item before, item after), (item, name before, name after), (link, before, after),
    (report, text before, text after)."""

    members: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)
    names: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    links: list[tuple[str, Judgement, Judgement]] = field(default_factory=list)
    texts: list[tuple[str, str | None, str | None]] = field(default_factory=list)

    def turned(self) -> _Changes:
        """The same changes the other way round."""
        return _Changes(
            [(report, entry, after, before) for report, entry, before, after in self.members],
            [(item, after, before) for item, before, after in self.names],
            [(link, after, before) for link, before, after in self.links],
            [(report, after, before) for report, before, after in self.texts],
        )


class Judge:
    """Takes the decisions of one person, `by`, at moments that the caller gives."""

    def __init__(self, store: Store, by: str) -> None:
        self._store = store
        self._by = by

    def link(self, link: str, same: bool, why: str, at: str) -> str:
        """Says that what a link joins is the same, or different; returns the decision's id. Raises QueryError if there is no such link."""
        with self._store.transaction():
            kept = self._store.link(link) if _numbered(link, "L") else None
            if kept is None:
                raise QueryError(f"the case has no link {link!r}; `dragoman show CASE ID` lists the links of an item")
            changes = _Changes(links=[(link, kept.link.judgement, "positive" if same else "negative")])
            if kept.link.kind == "same_text":
                changes.texts.append(self._text(kept.link, same))
            elif kept.link.kind in ("same_actor", "same_event"):
                changes.members += self._joined(kept.link) if same else self._parted(kept.link)
            return self._decide("same" if same else "different", link, None, why, at, changes)

    def rename(self, item: str, name: str, why: str, at: str) -> str:
        """Gives an actor or a thread another name."""
        with self._store.transaction():
            row = self._item(item, "AT")
            changes = _Changes(names=[(item, row.name if row else None, name)]) if item.startswith("A") else _Changes()
            return self._decide("rename", item, name, why, at, changes)

    def merge(self, item: str, other: str, why: str, at: str) -> str:
        """Makes two actors, two events or two threads one, under the first one's id."""
        with self._store.transaction():
            self._item(item, "AET")
            self._item(other, item[:1])
            if item == other:
                raise QueryError(f"{item} cannot be merged with itself; name two items")
            changes = _Changes() if item.startswith("T") else _Changes(members=self._moved(self._places(other), other, item))
            return self._decide("merge", item, other, why, at, changes)

    def split(self, item: str, places: Iterable[Place], why: str, at: str) -> str:
        """Takes these mentions out of an actor or an event (or their events out of a thread) and makes an item of their own of them."""
        with self._store.transaction():
            self._item(item, "AET")
            wanted = [place for place in self._found(places) if item.startswith("T") or place in self._places(item)]
            if not wanted or (not item.startswith("T") and len(wanted) == len(self._places(item))):
                raise QueryError(f"this leaves nothing of {item}, or nothing beside it; name some of its mentions as report:entry")
            value = ",".join(f"{place.report}:{place.entry}" for place in wanted)
            changes = _Changes() if item.startswith("T") else _Changes(members=self._moved(wanted, item, self._new(item)))
            return self._decide("split", item, value, why, at, changes)

    def reject(self, item: str, why: str, at: str) -> str:
        """Says that an item is nothing: it is not shown any more."""
        with self._store.transaction():
            return self._decide("reject", self._known(item), None, why, at, _Changes())

    def edit(self, item: str, name: str, value: str, why: str, at: str) -> str:
        """Sets a field of an item: the state of a commitment."""
        if not _numbered(item, "C") or name != "state" or value not in _STATES:
            raise QueryError(f"{item} {name}={value} cannot be set; give a commitment and state=, one of {', '.join(_STATES)}")
        with self._store.transaction():
            return self._decide("edit", self._known(item), f"{name}={value}", why, at, _Changes())

    def pin(self, event: str, thread: str, why: str, at: str) -> str:
        """Puts an event into a thread, whatever the rules say."""
        with self._store.transaction():
            self._item(event, "E")
            self._item(thread, "T")
            return self._decide("pin", event, thread, why, at, _Changes())

    def undo(self, decision: str, why: str, at: str) -> str:
        """Takes a decision back; an undo can itself be taken back."""
        with self._store.transaction():
            target = next((kept for kept in self._store.decisions() if kept.decision.id == decision), None)
            if target is None or target.undone:
                found = "was taken back already" if target else "does not exist"
                raise QueryError(f"the decision {decision!r} {found}; `dragoman log CASE` lists all")
            changes = _kept(self._store.meta(_key(decision))).turned()
            return self._decide("undo", decision, None, why, at, changes)

    def log(self) -> list[StoredDecision]:
        """All decisions, in order."""
        return self._store.decisions()

    # --- doing

    def _decide(self, verb: Verb, target: str, value: str | None, why: str, at: str, changes: _Changes) -> str:
        identity = self._store.put_decision(Decision(verb, target, value, why, self._by, at))
        for report, entry, _, item in changes.members:
            self._store.set_item(Place(report, entry), item)
        self._file(changes)
        for item, row in self._store.item_rows(item for item, *_ in changes.names).items():
            self._store.put_item(replace(row, name=next(after for changed, _, after in changes.names if changed == item)))
        for link, _, judgement in changes.links:
            self._store.set_judgement(link, judgement)
        for report, _, text in changes.texts:
            self._store.set_same_text(report, text)
        self._store.set_meta(_key(identity), msgspec.json.encode(changes).decode())
        count_change(self._store, self._store.meta(CHANGES))
        return identity

    def _file(self, changes: _Changes) -> None:
        """Files the mentions that moved under their new items, so that later reports find these."""
        abouts, items = Abouts(self._store), {Place(report, entry): after for report, entry, _, after in changes.members}
        for place, row in self._store.entries(items).items():
            item = items[place]
            if item and row.kind == "actor":
                self._store.put_keys("actor", item, actor_keys(actor_view(row)))
            elif item and row.kind == "event":
                self._store.put_keys("event", item, event_keys(abouts.event_view(row)))

    def _text(self, link: Link, same: bool) -> tuple[str, str | None, str | None]:
        before = self._store.reports([link.a.report])[link.a.report].same_text_as
        return link.a.report, before, link.b.report if same else None

    def _joined(self, link: Link) -> list[tuple[str, str, str | None, str | None]]:
        """All mentions of the item of `a` go to that of `b`."""
        rows = self._store.entries([link.a, link.b])
        one, other = rows[link.a].item, rows[link.b].item
        return self._moved(self._places(one), one, other) if one and other and one != other else []

    def _parted(self, link: Link) -> list[tuple[str, str, str | None, str | None]]:
        """The mention `a` gets an item of its own, if both are in one."""
        rows = self._store.entries([link.a, link.b])
        item = rows[link.a].item
        return self._moved([link.a], item, self._new(item)) if item and item == rows[link.b].item else []

    def _moved(self, places: Iterable[Place], before: str | None, after: str | None) -> list[tuple[str, str, str | None, str | None]]:
        return [(place.report, place.entry, before, after) for place in places]

    def _new(self, like: str) -> str:
        row = self._store.item_rows([like])[like]
        item = self._store.next_id(row.kind)
        self._store.put_item(replace(row, id=item, parent=None))
        return item

    # --- looking up

    def _places(self, item: str) -> list[Place]:
        return [row.place for row in self._store.members([item])[item]]

    def _found(self, places: Iterable[Place]) -> list[Place]:
        """Places whose report is told by the first letters of its id, in full."""
        rows = self._store.report_rows()
        return [Place(row.id, place.entry) for place in places for row in rows if place.report and row.id.startswith(place.report)]

    def _item(self, item: str, letters: str) -> ItemRow:
        row = self._store.item_rows([item]).get(item)
        if row is None or item[:1] not in letters:
            kinds = " or ".join(_KINDS[letter] for letter in letters)
            raise QueryError(f"the case has no {kinds} {item!r}; the questions show the ids")
        return row

    def _known(self, item: str) -> str:
        """An item that the store has, or one that follows and has a number."""
        if item not in self._store.item_rows([item]) and item not in self._store.numbers().values():
            raise QueryError(f"the case has no {item!r}; the questions show the ids")
        return item


def _numbered(item: str, letter: str) -> bool:
    return item[:1] == letter and item[1:].isascii() and item[1:].isdigit() and len(item) < 11


def _key(decision: str) -> str:
    return f"changed by {decision}"


def _kept(json: str | None) -> _Changes:
    return msgspec.json.decode(json, type=_Changes) if json else _Changes()
