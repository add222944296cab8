"""What people decide about a case: noted with who, when and why, done at once, and taken back with one command.

Where every entry belongs is a function of what the rules found and of the decisions that stand (see `replaying.py`), so decisions may
be taken back in any order. What concerns threads, and what is rejected or edited, is only noted: what follows takes it into account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.case.adding import CHANGES, count_change
from dragoman.case.edits import checked, letter_of, place_of, target_of
from dragoman.case.indexing import reindex
from dragoman.case.judgements import Decision, Link, Place, Verb
from dragoman.case.kept import voices_of
from dragoman.case.replaying import Changes, keep, replay, standing_now
from dragoman.case.store.base import ItemKind, ItemRow, Store, StoredDecision
from dragoman.errors import QueryError
from dragoman.reading.wording import one_line

_KINDS: dict[str, ItemKind] = {"A": "actor", "E": "event", "F": "figure", "D": "dispute", "C": "commitment", "T": "thread"}
_LONGEST = 300
_SHOWN = 8


class Judge:
    """Takes the decisions of one person, `by`, at moments that the caller gives."""

    def __init__(self, store: Store, by: str) -> None:
        self._store = store
        self._by = one_line(by)[:_LONGEST]

    def link(self, link: str, same: bool, why: str, at: str) -> str:
        """Says that what a link joins is the same, or different; returns the decision's id. Raises QueryError if there is no such link."""
        with self._store.transaction():
            kept = self._store.link(link) if _numbered(link, "L") else None
            if kept is None:
                raise QueryError(f"the case has no link {link!r}; `dragoman show CASE ID` lists the links of an item")
            changes = Changes(same_text=self._text(kept.link)) if kept.link.kind == "same_text" else Changes()
            return self._decide("same" if same else "different", link, None, why, at, changes)

    def rename(self, item: str, name: str, why: str, at: str) -> str:
        """Gives an actor or a thread another name."""
        shown = one_line(name).strip()
        if not 0 < len(shown) <= _LONGEST:
            raise QueryError(f"a name has 1 to {_LONGEST} characters, this one {len(shown)}; give another")
        with self._store.transaction():
            row = self._item(item, "AT")
            return self._decide("rename", item, shown, why, at, Changes(name=row.name) if item.startswith("A") else Changes())

    def merge(self, item: str, other: str, why: str, at: str) -> str:
        """Makes two actors, two events or two threads one, under the first one's id."""
        with self._store.transaction():
            self._item(item, "AET")
            self._item(other, item[:1])
            if item == other:
                raise QueryError(f"{item} cannot be merged with itself; name two items")
            for one in (item, other):
                if not item.startswith("T") and not self._places(one):
                    raise QueryError(f"{one} has no mentions (any more); `dragoman log CASE` tells what became of it")
            return self._decide("merge", item, other, why, at, Changes())

    def split(self, item: str, places: Iterable[Place], why: str, at: str) -> str:
        """Takes these mentions out of an actor or an event (or their events out of a thread) and makes an item of their own of them."""
        with self._store.transaction():
            row, wanted = self._item(item, "AET"), self._found(places)
            there = self._places(item)
            if not item.startswith("T"):
                wanted = [place for place in wanted if place in there]
            if not wanted or (not item.startswith("T") and len(wanted) == len(there)):
                raise QueryError(f"this leaves nothing of {item}, or nothing beside it; name some of its mentions as report:entry")
            value = ",".join(map(target_of, wanted))
            changes = Changes() if item.startswith("T") else Changes(new=self._store.next_id(row.kind), like=item)
            return self._decide("split", item, value, why, at, changes)

    def reject(self, item: str, why: str, at: str) -> str:
        """Says that an item is nothing: it is not shown any more."""
        with self._store.transaction():
            return self._decide("reject", self._known(item), None, why, at, Changes())

    def confirm(self, item: str, why: str, at: str) -> str:
        """Says that an item is right as it was read: it changes nothing, is asked no more, and goes before an earlier rejection."""
        with self._store.transaction():
            return self._decide("confirm", self._known(item), None, why, at, Changes())

    def edit(self, target: str, fields: Mapping[str, str], why: str, at: str) -> list[str]:
        """Sets fields of an event, a commitment or a mention (see `edits.FIELDS`), all or none; returns the decisions' ids.

        `target` is an item's id or "report:entry", the report told by the first letters of its id.
        """
        if not fields:
            raise QueryError("there is nothing to set; give FIELD=VALUE, such as status=denied")
        with self._store.transaction():
            resolved = {name: self._editable(target, name) for name in fields}
            values = {name: checked(resolved[name], name, value, self._actor) for name, value in fields.items()}
            return [self._decide("edit", resolved[name], f"{name}={value}", why, at, Changes()) for name, value in values.items()]

    def pin(self, event: str, thread: str, why: str, at: str) -> str:
        """Puts an event into a thread, whatever the rules say."""
        with self._store.transaction():
            self._item(event, "E")
            self._item(thread, "T")
            return self._decide("pin", event, thread, why, at, Changes())

    def undo(self, decision: str, why: str, at: str) -> str:
        """Takes a decision back, in whatever order they were taken; an undo can itself be taken back."""
        with self._store.transaction():
            taken = [kept.decision for kept in self._store.decisions()]
            if decision not in {one.id for one in taken}:
                raise QueryError(f"the decision {one_line(decision)!r} does not exist; `dragoman log CASE` lists all")
            if decision not in standing_now(taken):
                raise QueryError(f"the decision {decision!r} was taken back already; `dragoman log CASE` lists all")
            return self._decide("undo", decision, None, why, at, Changes())

    def log(self) -> list[StoredDecision]:
        """All decisions, in order."""
        return self._store.decisions()

    # --- doing

    def _decide(self, verb: Verb, target: str, value: str | None, why: str, at: str, changes: Changes) -> str:
        identity = self._store.put_decision(Decision(verb, target, value, one_line(why), self._by, at))
        keep(self._store, identity, changes)
        replay(self._store)
        reindex(self._store)
        count_change(self._store, self._store.meta(CHANGES))
        return identity

    def _text(self, link: Link) -> str | None:
        return self._store.reports([link.a.report])[link.a.report].same_text_as

    # --- looking up

    def _editable(self, target: str, field: str) -> str:
        """What an edit of this field is noted for: an item that is there, a mention, or the statement through which a mention is told."""
        place = place_of(target)
        if place is None:
            return self._mention_of(target) if target.startswith("F") else self._known(target)
        found = self._found([place])
        if not found or found[0] not in self._store.entries(found):
            raise QueryError(f"the case has no mention {one_line(target)!r}; write it as `dragoman show` does, such as 8ee3feb3:e4")
        if field == "source" and not found[0].entry.startswith("s"):
            return self._statement(found[0])
        return target_of(found[0])

    def _statement(self, place: Place) -> str:
        voices = voices_of(self._store.entries([place])[place])
        if not voices:
            raise QueryError(f"the report itself tells {place.report[:8]}:{place.entry}, no source in it; there is none to correct")
        return target_of(Place(place.report, voices[-1].id))

    def _mention_of(self, series: str) -> str:
        """The one figure of a series; its values are edited where they are told."""
        known = [key.partition(":")[2] for key, item in self._store.numbers().items() if item == series]
        here = [target for target in known if (place := place_of(target)) and place in self._store.entries([place])]
        if len(here) != 1:
            some = ", ".join(f"{target[:8]}:{target.rpartition(':')[2]}" for target in here[:_SHOWN])
            raise QueryError(f"{series} has {len(here)} values; name one of them as `dragoman show` does ({some or 'none is left'})")
        return here[0]

    def _actor(self, actor: str) -> str:
        if not self._places(actor):
            raise QueryError(f"the case has no actor {actor!r}; `dragoman actors CASE` shows the ids")
        return actor

    def _places(self, item: str) -> list[Place]:
        return [row.place for row in self._store.members([item])[item]]

    def _found(self, places: Iterable[Place]) -> list[Place]:
        """Places whose report is told by the first letters of its id, in full. Raises QueryError where several reports begin so."""
        rows, found = self._store.report_rows(), list[Place]()
        for place in places:
            meant = [row.id for row in rows if place.report and row.id.startswith(place.report.lower())]
            if len(meant) > 1:
                raise QueryError(f"{len(meant)} reports begin with {place.report!r}; give more letters of the report's id")
            found += [Place(report, place.entry.lower()) for report in meant]
        return found

    def _item(self, item: str, letters: str) -> ItemRow:
        row = self._store.item_rows([item]).get(item)
        if row is None or item[:1] not in letters:
            kinds = " or ".join(_KINDS[letter] for letter in letters)
            raise QueryError(f"the case has no {kinds} {item!r}; the questions show the ids")
        return row

    def _known(self, item: str) -> str:
        """An item that the store has, or one that follows and has a number."""
        there = letter_of(item) in _KINDS and (bool(self._store.item_rows([item])) or bool(self._store.follows().of([item])))
        if not there and (letter_of(item) not in _KINDS or item not in self._store.numbers().values()):
            raise QueryError(f"the case has no {item!r}; the questions show the ids")
        return item


def _numbered(item: str, letter: str) -> bool:
    return item[:1] == letter and item[1:].isascii() and item[1:].isdigit() and len(item) < 11
