"""Writes docs/reference/plover.md from the tables of the code; `test_codes.py` holds the page to them.

PYTHONPATH=src:. python -m tests.reading.plover_page > docs/reference/plover.md
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dragoman.reading.codes import BY_CONTEXT, CAMEO_ROOTS, CHOSEN, PLV_ROOTS, cameo, codes, plv_root
from dragoman.reading.entries import EventType, Status
from dragoman.reading.plover import CODES, CONTEXTS, MODES, QUAD, RULES, SCORE, STATUSES, TYPES, coded_mode, score

_OPENING = """\
# PLOVER, PLV and CAMEO: what an event is called elsewhere

This page is written by `python -m tests.reading.plover_page` from the tables in `src/dragoman/reading/plover.py` and
`src/dragoman/reading/codes.py`; a test fails when page and code differ.

dragoman keeps the act (`type`, `mode`) and whether it took place (`status`) apart. Event data sets have one code for both.
An event's `plover` is that code; its `codes` are the same in the words of other data sets. An event whose `plover` is null
has no `codes`: such data sets would not hold it.
"""

_TABLE = """
## The table: type and status give the code

"-" is no event. `occurred` and `ongoing` have one column, and so have `planned` and `promised`.
"""

_RULES = """
## Why: the rules that the table is made of

Every pair of a type and a status stands in exactly one of them.
"""

_CODED_MODES = """
## The mode of a code that is not the act's own type

What is threatened, asked for or refused. A cell that is not here has no mode. Where the code is the act's own type, so is the mode.
"""

_SCORES = """
## Class, score, PLV root and CAMEO root of each type

`quad`: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. Two sources contradict themselves on
it: SANCTION is 4 here, as in its own section of the manual and in PLV. PLV merges CONCEDE and RETREAT into YIELD, class 2.

`goldstein_style` is PLOVER's own conflict-cooperation score, from -10 to +10, of the mode where that has one, else of the type.
It is made after the pattern of Goldstein's scale (1992) and is not that scale: dragoman has no copy of his values that it could
vouch for. Whoever needs them joins a published table on `cameo`. ACCUSE is printed as +3 in the manual; as all its modes are negative,
that is read as a missing sign.
"""

_CAMEO = """
## CAMEO

Facts from the table CAMEO -> PLOVER of the Open Event Data Alliance (`CAMEO2PLOVER-2021.txt` in
[openeventdata/PLOVER](https://github.com/openeventdata/PLOVER), CC BY-SA 4.0), inverted here. That table sends many CAMEO codes to one
type and mode. The way back takes what all CAMEO codes of a type and mode begin with: three or four digits where they share them, else
the root with a 0 behind it, which is CAMEO's own "not specified". Codes outside the type's own root count only for a mode that has no
other (ACCUSE investigate is 09). Contexts are topics and do not narrow the code, with three exceptions: the finer codes of AID and
COOPERATE are topics and nothing else, and an ASSAULT without a mode whose context is military is 19, a fight. Of several such
contexts the first in the table counts. A type with a mode that is not in the table has the code of its type.
"""

_EXAMPLES: tuple[tuple[str, EventType, str | None, Status], ...] = (
    ("The general called off the second attack.", "ASSAULT", None, "cancelled"),
    ("The ministry said that it would send a delegation.", "CONSULT", "visit", "planned"),
    ("The governor threatened to arrest the organisers.", "COERCE", "arrest", "threatened"),
    ("The rebels have promised to free the pilots.", "RETREAT", "release", "promised"),
    ("The mayor denied that the police had beaten the men.", "ASSAULT", "beat", "denied"),
)


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            _OPENING.rstrip(),
            _TABLE,
            *_code_table(),
            _RULES,
            *_rule_table(),
            _CODED_MODES,
            *_coded_mode_table(),
            _SCORES,
            *_score_table(),
            _modes_heading(),
            *_mode_table(),
            _CAMEO,
            *_chosen_table(),
            "",
            *_context_table(),
            f"\nThe fifteen roots of PLV, in the order of `dragoman relations`: {', '.join(PLV_ROOTS)}.",
            f"\nThe {len(CONTEXTS)} contexts: {', '.join(sorted(CONTEXTS))}.",
            "\n## Examples\n",
            *_example_table(),
            "",
        ]
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _columns() -> list[tuple[str, str]]:
    """The status that a column is read from, and its heading."""
    joined = {"occurred": "occurred, ongoing", "planned": "planned, promised"}
    return [(status, joined.get(status, status)) for status in STATUSES if status not in ("ongoing", "promised")]


def _code_table() -> Iterator[str]:
    columns = _columns()
    rows = ([act, *(CODES[act, status] or "-" for status in STATUSES if status in dict(columns))] for act in TYPES)
    return _table(["type", *(heading for _, heading in columns)], rows)


def _rule_table() -> Iterator[str]:
    rows = (
        [
            ", ".join(rule.statuses),
            "all" if rule.types == TYPES else ", ".join(rule.types),
            {"itself": "the type itself", None: "-"}.get(rule.gives, str(rule.gives)),
            rule.why,
        ]
        for rule in RULES
    )
    return _table(["status", "type", "code", "why"], rows)


def _coded_mode_table() -> Iterator[str]:
    """A type alone where it has a mode whatever the mode of the act, and each mode that makes it another."""
    rows = []
    for (act, status), code in CODES.items():
        for mode in (None, *MODES.get(act, ())) if code and code != act else ():
            given = coded_mode(act, mode, status)
            if given and (mode is None or given != coded_mode(act, None, status)):
                rows.append((str(code), f"{act} {mode or ''}".strip(), given))
    return _table(["code", "made from", "mode"], dict.fromkeys(rows))


def _score_table() -> Iterator[str]:
    rows = ([act, str(int(QUAD[act])), f"{SCORE[act]:+.1f}", plv_root(act), CAMEO_ROOTS[act]] for act in TYPES)
    return _table(["type", "quad", "goldstein_style", "PLV root", "CAMEO root"], rows)


def _modes_heading() -> str:
    return "\n## Modes\n\nAGREE, SUPPORT, CONCEDE, COOPERATE and AID have none. The manual prints no score for PROTEST vandalize.\n"


def _mode_table() -> Iterator[str]:
    rows = ([act, mode, f"{score(act, mode):+.1f}", cameo(act, mode)] for act, modes in MODES.items() for mode in modes)
    return _table(["type", "mode", "goldstein_style", "CAMEO"], rows)


def _chosen_table() -> Iterator[str]:
    yield "Decided by hand:\n"
    yield from _table(["type and mode", "CAMEO", "why"], ([" ".join(key), *value] for key, value in CHOSEN.items()))


def _context_table() -> Iterator[str]:
    rows = ([act, context, code] for act, contexts in BY_CONTEXT.items() for context, code in contexts.items())
    return _table(["type without a mode", "context", "CAMEO"], rows)


def _example_table() -> Iterator[str]:
    rows = []
    for sentence, act, mode, status in _EXAMPLES:
        code = CODES[act, status]
        found = codes(code, coded_mode(act, mode, status)) if code else None
        given = [" ".join(filter(None, (found.plover, found.mode))), found.cameo, f"{found.goldstein_style:+.1f}"] if found else ["-"] * 3
        rows.append([sentence, " ".join(filter(None, (act, mode))), status, *given])
    return _table(["sentence", "type and mode", "status", "plover", "CAMEO", "goldstein_style"], rows)


if __name__ == "__main__":
    print(page(), end="")
