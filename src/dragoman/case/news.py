"""News: what the reports that were added since a point tell, and no report before them told.

An alert, and whoever else follows one question, asks what is new for it. New is what a new report brings: an act, or a status that
nobody gave the act before; a value, a side of a dispute, a state of a thread or of a commitment that rests on no earlier report; and
that a day on which something was due has come or gone. So nothing is told again because a newer model has read the reports once more,
or because two items turn out to be one: what is told in reports that were there is never new. A copy of a text tells nothing but what
it tells otherwise, such as another number of dead.

The cost follows the number of new reports, not that of all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import Literal, get_args

from dragoman.case.asking import Questions
from dragoman.case.commitments import overdue
from dragoman.case.deciding import rejected, standing
from dragoman.case.deriving import Records
from dragoman.case.judgements import Commitment, CommitmentKind, Dispute, FigureClaim, FigureSeries, Place, State, Thread
from dragoman.case.linking.rules import TO_COME
from dragoman.case.query import Filters
from dragoman.case.showing import Passage, Shower
from dragoman.case.store.base import ALL, EntryKind, EntryRow, Store
from dragoman.reading.wording import first_day, listed, one_line, shortened, spoken_date

NewsKind = Literal["events", "figures", "disputes", "promises", "threads", "statements", "reports"]
KINDS: tuple[NewsKind, ...] = get_args(NewsKind)
MOST_REPORTS = 200
"""New reports that are looked at at once; after a larger addition one goes on from the mark."""
SOON_DAYS = 3
"""So many days before it is due one is told of a commitment that is still open."""
_AT_ONCE = 50
_LONGEST = 240
_MOST_EVENTS = 50
_MARK = re.compile(r"(\d{1,9})/(\d{1,9})/(\d{4}-\d\d-\d\d|)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the life of a case: the number of its last report, how many decisions had been taken, the day of the latest report."""

    report: int = 0
    decisions: int = 0
    day: str = ""

    def __str__(self) -> str:
        return f"{self.report}/{self.decisions}/{self.day}"

    @classmethod
    def read(cls, written: str) -> Mark:
        """The mark that was written so. Raises ValueError."""
        found = _MARK.fullmatch(written)
        if found is None:
            raise ValueError(f"{written!r} is no mark")
        return cls(int(found[1]), int(found[2]), found[3])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to be told of. `filters` narrow by actor, thread, type and status; its days are not looked at.

    `words`: only what reports tell whose text matches, as in a search. `promise` and `state` narrow promises.
    """

    kind: NewsKind
    filters: Filters = ALL
    words: str = ""
    promise: CommitmentKind | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Novelty:
    """One new thing. `item` is the id of the item, of the report for a statement or a report.

    `key` tells it from everything else that is new, or ever will be; `what` says in a few words what is new, `title` what it is about.
    `passage` is the sentence that brings it, None where a day brought it and there is none.
    """

    kind: NewsKind
    item: str
    key: str
    what: str
    title: str
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A novelty before its sentence is looked up; `number` is that of the report that brings it."""

    item: str
    key: str
    what: str
    title: str
    place: Place
    number: int


class News:
    """What is new in a case since a mark, asked for several wishes in turn. All within one snapshot of the store.

    `mark` is up to where it looks; `more` says that there are reports behind it.
    """

    def __init__(
        self, store: Store, records: Records, questions: Questions, shower: Shower, since: Mark, from_day: str | None = None
    ) -> None:
        """Since a mark; with `from_day` only what reports tell that were published on that ISO day or later."""
        self._store, self._records, self._questions, self._shower = store, records, questions, shower
        now = Mark(store.last_number(), len(store.decisions()), records.today())
        self._since = since if since.report <= now.report else now  # another case lies there now: it begins anew
        found = store.report_rows(Filters(since=from_day) if from_day else ALL, after=self._since.report)
        rows = sorted(found, key=lambda row: row.number)
        self.more = len(rows) > MOST_REPORTS
        self.mark = replace(self._since, report=rows[MOST_REPORTS - 1].number) if self.more else now
        self._later = frozenset(row.id for row in rows)
        self._new = {row.id: row for row in rows[:MOST_REPORTS]}
        self._told_before: dict[str, frozenset[str]] = {}

    def of(self, wanted: Wanted, limit: int) -> tuple[list[Novelty], int]:
        """What is new of this kind, by report; the last `limit`, and how many more there are. Raises QueryError for senseless words."""
        ways = {
            "events": self._events, "figures": self._figures, "disputes": self._disputes, "promises": self._promises,
            "threads": self._threads, "statements": self._statements, "reports": self._reports,
        }  # fmt: skip
        found = sorted(ways[wanted.kind](wanted), key=lambda one: one.number)
        shown = found[-limit:]
        passages = self._shower.passages([one.place for one in shown])
        told = [Novelty(wanted.kind, one.item, one.key, one.what, one.title, passages.get(one.place)) for one in shown]
        return told, len(found) - len(shown)

    # --- what the new reports hold

    @cached_property
    def _entries(self) -> Mapping[EntryKind, Sequence[EntryRow]]:
        """The entries of the new reports by kind, in the order of adding."""
        found: dict[EntryKind, list[EntryRow]] = {"actor": [], "event": [], "figure": [], "statement": []}
        reports = list(self._new)
        for start in range(0, len(reports), _AT_ONCE):
            for row in self._store.entries(Place(report) for report in reports[start : start + _AT_ONCE]).values():
                found[row.kind].append(row)
        return found

    @cached_property
    def _actors(self) -> Mapping[Place, str]:
        return {row.place: row.item for row in self._entries["actor"] if row.item}

    @cached_property
    def _rejected(self) -> frozenset[str]:
        return rejected(kept.decision for kept in self._store.decisions())

    def _acts(self, wanted: Wanted) -> list[EntryRow]:
        """The entries of events in new reports that pass."""
        filters, there = wanted.filters, self._matching(wanted)
        rows = [
            row for row in self._entries["event"]
            if row.item and row.item not in self._rejected and filters.type in (None, row.type) and filters.status in (None, row.status)
            and row.place.report in there and (filters.actor is None or self._has(row, filters.actor))
        ]  # fmt: skip
        if filters.thread is None:
            return rows
        parents = self._store.item_rows({row.item for row in rows if row.item})
        return [row for row in rows if row.item and parents[row.item].parent == filters.thread]

    def _has(self, row: EntryRow, actor: str) -> bool:
        return any(self._actors.get(Place(row.place.report, who)) == actor for _, who in row.roles)

    def _matching(self, wanted: Wanted) -> frozenset[str]:
        """The new reports that have the words."""
        new = frozenset(self._new)
        return new & self._store.matching(wanted.words) if wanted.words else new

    def _own(self, wanted: Wanted) -> frozenset[str]:
        """Those of them that repeat no other report's text: a copy is only worth telling of for what it tells otherwise."""
        return frozenset(report for report in self._matching(wanted) if self._new[report].same_text_as is None)

    def _before(self, items: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The statuses that reports which were there give each event; none for an event that is new."""
        wanted = [item for item in dict.fromkeys(items) if item not in self._told_before]
        for item, rows in self._store.members(wanted).items():
            self._told_before[item] = frozenset(row.status or "" for row in rows if row.place.report not in self._later)
        return self._told_before

    def _number(self, place: Place) -> int:
        return self._new[place.report].number if place.report in self._new else 0

    # --- events, figures, statements, reports

    def _events(self, wanted: Wanted) -> Iterable[_Found]:
        """Each act once for each status that it is given for the first time."""
        rows = self._acts(wanted)
        before = self._before(row.item for row in rows if row.item)
        known = {item: set(statuses) for item, statuses in before.items()}
        for row in rows:
            item, status = row.item or "", row.status or ""
            if status not in known[item]:
                what = f"now told as {status}" if known[item] else status
                yield _Found(item, f"{item}:{status}", what, self._act(row), row.place, self._number(row.place))
            known[item].add(status)

    def _act(self, row: EntryRow) -> str:
        """'Kora Guard → Tarvo (assault)'."""
        sides = [listed(side) for side in (self._who(row, "initiator"), self._who(row, "recipient")) if side]
        kind = (row.type or "act").lower()
        return f"{' → '.join(sides)} ({kind})" if sides else kind

    def _who(self, row: EntryRow, role: str) -> list[str]:
        items = [self._actors.get(Place(row.place.report, actor), "") for of, actor in row.roles if of == role]
        return [one_line(self._names[item]) for item in dict.fromkeys(items) if item in self._names]

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return self._questions.names(self._actors.values())

    def _figures(self, wanted: Wanted) -> Iterable[_Found]:
        """Each value that is given for a measured thing for the first time."""
        keys = [f"F:{row.place.report}:{row.place.entry}" for row in self._entries["figure"]]
        items = sorted(set(self._store.numbers(keys).values()) - self._rejected, key=lambda item: int(item[1:]))
        series = self._records.figures(None, items)
        filters, there = wanted.filters, self._matching(wanted)
        about = {row.item for row in self._acts(replace(wanted, words=""))} if _narrow(filters) else None
        for one in series:
            spoken = filters.actor is not None and not (filters.thread or filters.type or filters.status)
            known = {(c.low, c.high) for c in one.claims if c.report not in self._later}
            told = [c for c in one.claims if c.report in there and (c.low, c.high) not in known]
            if about is not None and one.about not in about:
                told = [c for c in told if spoken and c.speaker == filters.actor]
            for claim in {(c.low, c.high): c for c in reversed(told)}.values():
                yield self._value(one, claim, not known)

    def _value(self, series: FigureSeries, claim: FigureClaim, first: bool) -> _Found:
        place = Place(claim.report, claim.figure)
        what = "first value" if first else "new value"
        title = one_line(series.of or series.unit or "figure")
        return _Found(series.id, f"{series.id}:{claim.low}..{claim.high}", what, title, place, self._number(place))

    def _statements(self, wanted: Wanted) -> Iterable[_Found]:
        """What is said in the new reports; by whom, where an actor is asked for."""
        there, actor = self._own(wanted), wanted.filters.actor
        for row in self._entries["statement"]:
            if row.place.report in there and (actor is None or self._has(row, actor)):
                speaker = listed(self._who(row, "speaker")) or "a source that is not named"
                key = f"{row.place.report}:{row.place.entry}"
                yield _Found(row.place.report, key, "new statement", speaker, row.place, self._number(row.place))

    def _reports(self, wanted: Wanted) -> Iterable[_Found]:
        """The new reports; where events are asked for, those that tell of one."""
        there = self._own(wanted)
        telling = {row.place.report for row in self._acts(wanted)} if _narrow(wanted.filters) else there
        for row in self._new.values():
            if row.id in there and row.id in telling:
                yield _Found(row.id, row.id, "new report", one_line(row.title or ""), Place(row.id), row.number)

    # --- what follows

    def _disputes(self, wanted: Wanted) -> Iterable[_Found]:
        """New disputes, and new sides of known ones."""
        there = self._matching(wanted)
        for one in self._questions.disputes(replace(wanted.filters, as_of=None, since=None)):
            new = [side for side in one.sides if all(place.report in self._later for place in side.claims)]
            places = [place for side in new for place in side.claims if place.report in there]
            if places:
                yield self._side(one, len(one.sides) - len(new) < 2, new[-1].position, max(places, key=self._number))

    def _side(self, dispute: Dispute, new: bool, position: str, place: Place) -> _Found:
        key = f"{dispute.id}:new" if new else f"{dispute.id}:{_digest(position)}"
        what = "new dispute" if new else f"a new side: {shortened(one_line(position), 80)}"
        return _Found(dispute.id, key, what, one_line(dispute.summary), place, self._number(place))

    def _threads(self, wanted: Wanted) -> Iterable[_Found]:
        """Threads that are new, or whose state rests on a new report."""
        acts = self._acts(wanted)
        parents = self._store.item_rows({row.item for row in acts if row.item})
        touched = {row.parent for row in parents.values() if row.parent}
        for thread in self._records.threads(None, touched):
            places = [Place(e.report, e.event) for e in thread.state_evidence if e.report in self._new]
            if thread.state_evidence and places and thread.state_evidence[0].report in self._later:
                yield self._stands(thread, places[0])

    def _stands(self, thread: Thread, place: Place) -> _Found:
        shown = thread.events[:_MOST_EVENTS]
        before = self._before(shown)
        new = len(thread.events) == len(shown) and not any(before[event] for event in shown)
        title = shortened(one_line(f"{thread.title}: {thread.state}"), _LONGEST)
        what = "new thread" if new else "stands elsewhere"
        return _Found(thread.id, f"{thread.id}:{_digest(thread.state)}", what, title, place, self._number(place))

    def _promises(self, wanted: Wanted) -> Iterable[_Found]:
        """Commitments that are new, whose state has changed, that are due soon, or whose day has passed; each once."""
        found = self._questions.commitments(replace(wanted.filters, as_of=None, since=None))
        found = [c for c in found if wanted.promise in (None, c.kind) and wanted.state in (None, c.state)]
        acts = {row.item: row for row in reversed(self._entries["event"]) if row.item and row.status in TO_COME}
        decided = self._decided()
        there = self._store.matching(wanted.words) if wanted.words else None
        for one in found:
            news = self._decision(one, decided) or self._state(one) or self._day(one) or self._made(one, acts.get(one.act))
            if news is not None and (there is None or news.place.report in there):
                yield news

    def _decided(self) -> Mapping[str, str]:
        """The commitments about which people have decided since the mark, each with the decision."""
        taken = [kept.decision for kept in self._store.decisions()]
        new = {decision.id for decision in taken[self._since.decisions :]}
        return {d.target: d.id for d in standing(taken) if d.id in new and d.verb == "edit" and d.target.startswith("C")}

    def _decision(self, one: Commitment, decided: Mapping[str, str]) -> _Found | None:
        if one.decided_by != "person" or one.id not in decided:
            return None
        return self._found(one, f"{one.id}:{decided[one.id]}", f"{one.state}, as a person has decided", self._place(one))

    def _state(self, one: Commitment) -> _Found | None:
        proofs = [proof for proof in one.evidence if proof.bears == one.state]
        new = [proof for proof in proofs if proof.report in self._new]
        if one.decided_by == "person" or not new or any(proof.report not in self._later for proof in proofs):
            return None
        place = Place(new[-1].report, new[-1].event)
        return self._found(one, f"{one.id}:{one.state}:{place.report}", f"now {one.state}", place)

    def _day(self, one: Commitment) -> _Found | None:
        """Whether its day has come near, or passed, with the new reports."""
        today, before = self.mark.day, self._since.day
        if overdue(one, today) and not overdue(one, before):
            return self._found(one, f"{one.id}:overdue:{one.due}", f"overdue since {spoken_date(one.due or '')}", self._place(one))
        if _soon(one, today) and not _soon(one, before):
            return self._found(one, f"{one.id}:due:{one.due}", f"due on {spoken_date(one.due or '')}", self._place(one))
        return None

    def _made(self, one: Commitment, row: EntryRow | None) -> _Found | None:
        if row is None or self._before([one.act])[one.act] & TO_COME:
            return None
        due = f", due {spoken_date(one.due)}" if one.due else ""
        return replace(self._found(one, f"{one.id}:new", f"new {one.kind}{due}", row.place), title=self._parties(one))

    def _place(self, one: Commitment) -> Place:
        """Where it was made."""
        places = self._store.places_of([one.act], Filters())[one.act]
        return places[0] if places else Place("")

    def _found(self, one: Commitment, key: str, what: str, place: Place) -> _Found:
        parties = self._parties(one)
        return _Found(one.id, key, what, f"{one.kind}{f' of {parties}' if parties else ''}", place, self._number(place))

    def _parties(self, one: Commitment) -> str:
        names = self._questions.names(filter(None, (one.maker, one.to)))
        return " to ".join(one_line(names.get(who, who)) for who in (one.maker, one.to) if who)


def _narrow(filters: Filters) -> bool:
    return bool(filters.actor or filters.thread or filters.type or filters.status)


def _soon(one: Commitment, today: str) -> bool:
    """Whether it is open, and due within some days of a day."""
    if not one.due or one.state in ("kept", "broken", "compromise") or one.due < today:
        return False
    due, now = first_day(one.due), first_day(today) if today else None
    return due is not None and now is not None and due - now <= timedelta(SOON_DAYS)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
