"""The roster: people and bodies known by name, with their codes and the time in which they had them.

Ours stands in `lexicons/organizations.csv` and `lexicons/offices.csv`; a user's own list goes before it. One person or
body may have several rows with different times (a rebel who becomes president); the report's date picks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.lexicons.load import words_of
from dragoman.reading.actors.codes import OF_THE_STATE
from dragoman.reading.actors.naming import name_words, same_person
from dragoman.reading.entries import Kind

SURE_SURNAME = 6  # letters of a last name that makes a person of what the model took for something else
SHORTEST_SURNAME = 3  # letters of a last name that may stand for its bearer alone


@dataclass(frozen=True)
class Entry:
    """A person or body: `country` is one of `codes.countries()` or None; `start`, `end` the first and last day that it holds."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sectors: tuple[str, ...] = ()
    kind: Kind = "organization"
    start: date | None = None
    end: date | None = None
    own: bool = False

    @property
    def sector(self) -> str | None:
        """The first sector, or None."""
        return self.sectors[0] if self.sectors else None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all that it is also called."""
        return (self.name, *self.aliases)

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in its time."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Roster:
    """Rows found by the names that they bear: bodies by the exact phrase, people by the words of their names."""

    bodies: dict[str, list[Entry]] = field(default_factory=dict)
    people: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    surnames: dict[str, list[Entry]] = field(default_factory=dict)
    own_names: dict[str, Entry] = field(default_factory=dict)
    own_changes: dict[str, list[Entry]] = field(default_factory=dict)
    """The own names that several rows bear; `own_names` has the row for one day."""
    own_heads: frozenset[str] = frozenset()

    def having(self, entries: Sequence[Entry]) -> Roster:
        """This roster with a user's own entries before it: their names hide the same names here."""
        mine = [replace(entry, own=True) for entry in entries]
        own = roster_of(mine)
        named: dict[str, list[Entry]] = {}
        for entry in mine:
            for name in dict.fromkeys(entry.names):
                named.setdefault(name, []).append(entry)
        return Roster(
            {**self.bodies, **own.bodies},
            {**self.people, **own.people},
            {**self.surnames, **own.surnames},
            {name: rows[-1] for name, rows in named.items()},
            {name: rows for name, rows in named.items() if len(rows) > 1},
            frozenset(name[:2] for name in named),
        )

    def on(self, day: date) -> Roster:
        """This roster with `own_names` as they stand on the day."""
        if not self.own_changes:
            return self
        return replace(self, own_names={**self.own_names, **{n: _nearest(rows, day) for n, rows in self.own_changes.items()}})


def roster_of(entries: Iterable[Entry]) -> Roster:
    """A roster of these rows; rows of one name are told apart by their times."""
    roster = Roster()
    for entry in entries:
        if entry.kind == "person":
            _enter_person(roster, entry)
        else:
            for name in dict.fromkeys(entry.names):
                roster.bodies.setdefault(name, []).append(entry)
    return roster


def _enter_person(roster: Roster, entry: Entry) -> None:
    keys: dict[tuple[str, ...], None] = {}
    for name in entry.names:
        words = name_words(name)
        if words:
            keys[words] = None
            keys[_ends(words)] = None
    for key in keys:
        roster.people.setdefault(key, []).append(entry)
    words = name_words(entry.name)
    alone = words[-1] if len(words) > 1 else ""
    if len(alone) >= SHORTEST_SURNAME and alone not in words_of("persons", "signs", "common_surnames"):
        roster.surnames.setdefault(alone, []).append(entry)


def _ends(words: tuple[str, ...]) -> tuple[str, ...]:
    return (words[0], words[-1]) if len(words) > 2 else words


@dataclass(frozen=True)
class Directory:
    """A roster as it stands on the day of a report; without a day, as it stood last."""

    roster: Roster
    day: date | None = None

    def __post_init__(self) -> None:
        if self.day is not None:
            object.__setattr__(self, "roster", self.roster.on(self.day))

    def body(self, phrase: str) -> Entry | None:
        """The body that this phrase names, also behind "the" or an adjective ("Islamist")."""
        words = " ".join(phrase.replace("\u2019", "'").split())
        rows = self.roster.bodies.get(words)
        first, _, rest = words.partition(" ")
        if rows is None and (first.lower() == "the" or first.endswith(("ist", "ic", "an", "ish", "ese"))):
            rows = self.roster.bodies.get(rest)
        return self._in_time(rows) if rows else None

    def names_person(self, phrase: str) -> bool:
        """Whether a phrase is the name of a person of the roster: the full one, or a long last name that is no common one."""
        words = name_words(phrase)
        if len(words) == 1 and len(words[0]) < SURE_SURNAME:
            return False
        return words in self.roster.people or (len(words) == 1 and words[0] in self.roster.surnames)

    def person(self, names: Collection[str], told: str | None, lands: Collection[str]) -> Entry | None:
        """The person whom a report calls by these names, or None.

        `told` is the state that the report's own words give to the person, `lands` are the states that the report names;
        a last name alone is believed only where they do not speak against it.
        """
        words = [name_words(name) for name in names]
        full = [w for w in words if len(w) > 1]
        for key in full:
            if key in self.roster.people:
                return self._held(self.roster.people[key])
            rows = [row for row in self.roster.people.get(_ends(key), []) if any(same_person(" ".join(key), n) for n in row.names)]
            if rows:
                return self._held(rows)
        if full:
            return None
        for last in (w[0] for w in words if w):
            rows = self.roster.people.get((last,), []) or self.roster.surnames.get(last, [])
            found = self._one_of([row for row in rows if told is None or row.country in (told, None)], lands)
            if found:
                return self._held(found)
        return None

    def _one_of(self, rows: list[Entry], lands: Collection[str]) -> list[Entry]:
        """The rows of the one person that a last name means; none if it may mean several."""
        if len({row.name for row in rows}) > 1 and self.day is not None:
            holding = {row.name for row in rows if row.holds_on(self.day)}
            rows = [row for row in rows if row.name in holding] or rows
        if len({row.country for row in rows}) > 1:
            rows = [row for row in rows if row.country in lands]
        return rows if len({row.country for row in rows}) == 1 else []

    def _held(self, rows: Sequence[Entry]) -> Entry:
        """The row for the report's day: the office held then; a former one is ELI, a later one tells the country only."""
        if self.day is None:
            return rows[-1]
        day = self.day
        for row in reversed(rows):
            if row.holds_on(day):
                return row
        ended = [row for row in rows if row.end is not None and row.end < day]
        if not ended:
            return replace(rows[0], sectors=())
        last = max(ended, key=lambda row: row.end or day)
        return replace(last, sectors=("ELI",)) if OF_THE_STATE & set(last.sectors) else last

    def _in_time(self, rows: Sequence[Entry]) -> Entry:
        """The row for the report's day, or the one nearest to it."""
        return rows[-1] if self.day is None else _nearest(rows, self.day)


def _nearest(rows: Sequence[Entry], day: date) -> Entry:
    return min(rows, key=lambda row: _days_off(row, day))


def _days_off(row: Entry, day: date) -> int:
    if row.start is not None and day < row.start:
        return (row.start - day).days
    return (day - row.end).days if row.end is not None and day > row.end else 0
