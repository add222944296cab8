"""What kind of name a string usually is, to mend the slips of the Groningen Meaning Bank.

Its names come from a tagger and were mended by hand here and there: "West Bank" is an organisation in it 171 times of 183, "Darfur"
a time 55 times of 284, "Bush" a place 57 times of 146. Known states, capitals and peoples are what our lists say; any other string
is what it is most of the time, if that is clear.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dragoman.lexicons.load import load
from dragoman.reading.actors.codes import BODIES
from dragoman.reading.actors.lists import shipped

REGIONS = (
    "West Bank", "Gaza", "Gaza Strip", "Golan Heights", "Darfur", "Kashmir", "Chechnya", "Kurdistan", "Sinai", "Tibet", "Xinjiang",
    "Abkhazia", "South Ossetia", "Crimea", "Transnistria", "Western Sahara", "Puntland", "Somaliland", "Helmand", "Waziristan",
)  # fmt: skip
"""Lands that are no states and that GMB often calls something else."""

CREEDS = (
    "Muslim", "Muslims", "Sunni", "Sunnis", "Shi'ite", "Shi'ites", "Shiite", "Shiites", "Shia", "Christian", "Christians",
    "Catholic", "Catholics", "Jew", "Jews", "Jewish", "Hindu", "Hindus", "Kurd", "Kurds", "Kurdish", "Arab", "Arabs",
    "Tamil", "Tamils", "Hutu", "Hutus", "Tutsi", "Tutsis",
)  # fmt: skip
"""Peoples and creeds: no organisations, whatever GMB says."""

LEAST, CLEAR = 8, 0.6
"""How often a string must be named, and the share of its usual kind."""


def usual_kinds(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """GMB's kind ("geo", "gpe", "org", "per") that each string ought to have, where the lists or the counts tell."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for entity in row["entities"]:
            counts.setdefault(entity["text"], Counter())[entity["type"]] += 1
    surnames = set(shipped().surnames)
    usual = {text: kind for text, found in counts.items() if (kind := _most(found, person=text in surnames))}
    return usual | _listed()


def _most(counts: Counter[str], *, person: bool) -> str | None:
    """The kind that a string has most of the time; "tim" tells nothing, and to be the most is enough for a statesman's name."""
    kinds = {kind: counts[kind] for kind in ("geo", "gpe", "org", "per")}
    kind = max(kinds, key=lambda k: kinds[k])
    total = sum(kinds.values())
    clear = total >= LEAST and kinds[kind] >= CLEAR * total
    return kind if clear or (person and kind == "per") else None


def _listed() -> dict[str, str]:
    """States, seats, peoples and bodies of states of our lists."""
    lists = load("states")
    found = dict.fromkeys(CREEDS, "gpe")
    for state in lists["states"].values():
        found |= {f"{people}{ending}": "gpe" for people in state["people"] for ending in ("", "s")}
        found |= {name: "geo" for name in (*state["names"], *state["seats"]) if name not in lists["houses"]}
    bodies = (entry for entries in shipped().bodies.values() for entry in entries if entry.country in BODIES)
    return dict.fromkeys((name for body in bodies for name in body.names), "org") | found | dict.fromkeys(REGIONS, "geo")
