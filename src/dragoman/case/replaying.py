"""Where entries belong, what items are called and which links hold: what the rules found, with the decisions that stand played over it.

What the rules found is kept for each entry that a decision has moved; everything else is where the rules put it. So the state is a
function of the two, whatever the order in which decisions were taken and taken back. Of two decisions on one link the later wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from dragoman.case.deciding import standing
from dragoman.case.judgements import Decision, Judgement, Link, LinkKind, Place
from dragoman.case.kept import Abouts, actor_view
from dragoman.case.linking.actors import actor_keys
from dragoman.case.linking.candidates import event_keys
from dragoman.case.store.base import EntryRow, Store

_BASES = "entries where the rules had them"
_JOINING: tuple[LinkKind, ...] = ("same_actor", "same_event")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a decision has to remember: `new` is the item that it made out of mentions of `like`, `name` an actor's and `same_text`
    a report's value before it."""

    new: str | None = None
    like: str | None = None
    name: str | None = None
    same_text: str | None = None


def keep(store: Store, decision: str, changes: Changes) -> None:
    """Notes, within a transaction, what a decision has to remember."""
    store.set_meta(f"changed by {decision}", msgspec.json.encode(changes).decode())


def kept(store: Store, decision: str) -> Changes:
    """What a decision remembers."""
    json = store.meta(f"changed by {decision}")
    return msgspec.json.decode(json, type=Changes) if json else Changes()


def standing_now(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of the decisions that hold; an undo holds as long as it is not taken back itself."""
    ordered, undone = tuple(decisions), set[str]()
    for decision in reversed(ordered):
        if decision.verb == "undo" and decision.id not in undone:
            undone.add(decision.target)
    return frozenset(d.id for d in ordered) - undone


def overruled(decisions: Iterable[Decision]) -> dict[str, str]:
    """The decisions that stand but that a later one on the same thing goes before, with the latter's id.

    They are those on one link, one name, one field, one rejection or one pin.
    """
    last: dict[tuple[str, ...], str] = {}
    found: dict[str, str] = {}
    for decision in standing(decisions):
        key = _matter(decision)
        if key in last:
            found[last[key]] = decision.id
        if key:
            last[key] = decision.id
    return found


def _matter(decision: Decision) -> tuple[str, ...]:
    """What a decision is about, where a later one on the same replaces it; () where both hold."""
    if decision.verb in ("same", "different"):
        return "link", decision.target
    if decision.verb == "edit":
        return "edit", decision.target, (decision.value or "").partition("=")[0]
    return (decision.verb, decision.target) if decision.verb in ("rename", "pin", "reject") else ()


def replay(store: Store) -> None:
    """Brings memberships, names and links, within a transaction, to what the standing decisions come to."""
    taken = [stored.decision for stored in store.decisions()]
    past = overruled(taken)
    stands = [decision for decision in standing(taken) if decision.id not in past]
    links = {d.target: link.link for d in taken if d.verb in ("same", "different") and (link := store.link(d.target))}
    _Memberships(store, stands, links).settle()
    _judge_links(store, stands, links)
    _set_texts(store, taken, stands, links)
    _set_names(store, taken, stands)


# --- memberships


@dataclass
class _Memberships:
    """The entries that decisions may move, where the rules have them and where the decisions put them."""

    store: Store
    stands: Sequence[Decision]
    links: Mapping[str, Link]
    rows: dict[Place, EntryRow] = field(default_factory=dict)
    item_of: dict[Place, str] = field(default_factory=dict)

    def settle(self) -> None:
        moved = _bases(self.store)
        self._load(moved)
        base = self._base(moved)
        self.item_of = dict(base)
        for decision in self.stands:
            self._play(decision)
        gone = {place: item for place, item in moved.items() if place not in self.rows}
        now = {place: item for place, item in base.items() if self.item_of[place] != item}
        if (found := {**gone, **now}) != moved:
            self.store.set_meta(_BASES, msgspec.json.encode({f"{p.report}:{p.entry}": item for p, item in found.items()}).decode())
        self._move({place: item for place, item in self.item_of.items() if item != self.rows[place].item})

    def _load(self, moved: Mapping[Place, str]) -> None:
        """The entries of all items that a decision names, and those that some decision has moved."""
        ends = [place for link in self.links.values() for place in (link.a, link.b) if link.kind in _JOINING]
        self.rows = {place: row for place, row in self.store.entries((*moved, *ends)).items() if row.item}
        named = {row.item or "" for row in self.rows.values()} | set(moved.values())
        for decision in self.stands:
            named |= {decision.target, decision.value or "", kept(self.store, decision.id).new or ""} if _moves(decision) else set()
        for rows in self.store.members(sorted(item for item in named if item[:1] in ("A", "E"))).values():
            self.rows |= {row.place: row for row in rows}

    def _base(self, moved: Mapping[Place, str]) -> dict[Place, str]:
        """Where the rules have each entry. One that came later goes with the entry that it was linked to."""
        base = {place: moved.get(place) or row.item or "" for place, row in self.rows.items()}
        if moved:
            for stored in self.store.links(self.rows, kinds=_JOINING):
                link = stored.link
                together = link.a in self.rows and link.b in self.rows and self.rows[link.a].item == self.rows[link.b].item
                if together and link.a not in moved and link.judgement != "negative" and base[link.b] != self.rows[link.b].item:
                    base[link.a] = base[link.b]
        return base

    def _play(self, decision: Decision) -> None:
        if decision.verb == "merge" and decision.value:
            self._all(decision.value, decision.target)
        elif decision.verb == "split":
            wanted = {Place(*part.rpartition(":")[::2]) for part in (decision.value or "").split(",")}
            self._part([p for p, item in self.item_of.items() if p in wanted and item == decision.target], decision)
        elif (link := self.links.get(decision.target)) and link.kind in _JOINING:
            one, other = self.item_of.get(link.a), self.item_of.get(link.b)
            if decision.verb == "same" and one and other:
                self._all(one, other)
            elif decision.verb == "different" and one and one == other:
                self._part([link.a], decision)

    def _all(self, item: str, to: str) -> None:
        self.item_of |= {place: to for place, where in self.item_of.items() if where == item}

    def _part(self, places: Sequence[Place], decision: Decision) -> None:
        """Puts places into the item that a decision has made for them; makes it if it was not needed until now."""
        if not places:
            return
        changes = kept(self.store, decision.id)
        like = changes.like or self.item_of[places[0]]
        row = self.store.item_rows([like])[like]
        new = changes.new or self.store.next_id(row.kind)
        if not self.store.item_rows([new]):
            self.store.put_item(replace(row, id=new, name=self.rows[places[0]].name or row.name, parent=None))
            keep(self.store, decision.id, replace(changes, new=new, like=like))
        self.item_of |= dict.fromkeys(places, new)

    def _move(self, moves: Mapping[Place, str]) -> None:
        """Moves entries and files them under their new items, so that later reports find these."""
        abouts = Abouts(self.store)
        for place, item in moves.items():
            self.store.set_item(place, item)
            row = self.rows[place]
            keys = actor_keys(actor_view(row)) if row.kind == "actor" else event_keys(abouts.event_view(row))
            self.store.put_keys("actor" if row.kind == "actor" else "event", item, keys)


def _moves(decision: Decision) -> bool:
    return decision.verb in ("merge", "split", "same", "different")


def _bases(store: Store) -> dict[Place, str]:
    found = msgspec.json.decode(store.meta(_BASES) or "{}", type=dict[str, str])
    return {Place(*name.rpartition(":")[::2]): item for name, item in found.items()}


def moved_entries(store: Store) -> frozenset[Place]:
    """The entries that decisions have put elsewhere than the rules have them."""
    return frozenset(_bases(store))


def decided_entries(store: Store) -> frozenset[Place]:
    """The entries that some decision that stands has put where they are, or has kept apart from others."""
    links = [store.link(d.target) for d in standing(s.decision for s in store.decisions()) if d.verb in ("same", "different")]
    ends = {place for stored in links if stored for place in (stored.link.a, stored.link.b) if place.entry}
    return frozenset(_bases(store)) | ends


# --- names, links, copies


def _judge_links(store: Store, stands: Iterable[Decision], links: Mapping[str, Link]) -> None:
    said: dict[str, Judgement] = {d.target: "positive" if d.verb == "same" else "negative" for d in stands if d.target in links}
    for name, link in links.items():
        wanted = said.get(name, "undecided")
        if link.judgement != wanted:
            store.set_judgement(name, wanted)


def _set_texts(store: Store, taken: Iterable[Decision], stands: Iterable[Decision], links: Mapping[str, Link]) -> None:
    """Whose text each judged report repeats: what the rules found, unless a person said otherwise."""
    found: dict[str, str | None] = {}
    for decision in taken:
        if (link := links.get(decision.target)) and link.kind == "same_text" and link.a.report not in found:
            found[link.a.report] = kept(store, decision.id).same_text
    for decision in stands:
        if (link := links.get(decision.target)) and link.kind == "same_text":
            if decision.verb == "same":
                found[link.a.report] = link.b.report
            elif found[link.a.report] == link.b.report:
                found[link.a.report] = None
    for report, row in store.reports(found).items():
        if row.same_text_as != found[report]:
            store.set_same_text(report, found[report])


def _set_names(store: Store, taken: Iterable[Decision], stands: Iterable[Decision]) -> None:
    named: dict[str, str | None] = {}
    for decision in taken:
        if decision.verb == "rename" and decision.target.startswith("A"):
            named.setdefault(decision.target, kept(store, decision.id).name)
    named |= {d.target: d.value for d in stands if d.verb == "rename" and d.target in named}
    for item, row in store.item_rows(named).items():
        if row.name != named[item]:
            store.put_item(replace(row, name=named[item]))
