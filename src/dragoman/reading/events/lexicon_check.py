"""Whether a lexicon of act frames can be used: who edits `acts.toml` is told of a slip there by the tests.

`check_acts` refuses the first fault with the file, the line and what would be valid. Only the tests call it (run
`pytest tests/reading/test_act_lexicon.py` after an edit): a reading trusts the lexicon that is shipped.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dragoman.errors import InputError
from dragoman.reading.events.frames import Frame, Pos, frames_of
from dragoman.reading.plover import CONTEXTS, MODES, STATUSES, TYPES

_CLASSED = ("obj", "subj", "prep_obj", "poss")
_LISTS = (*_CLASSED, "by", "to", "prep", "with", "without", "under", "light", "contexts", "lemmas")
_FLAGS = ("comp", "comp_inf", "comp_that", "comp_none", "plural", "passive", "mutual", "loose", "violent", "harm")
_WORDS = ("lemma", "type", "mode", "prt", "status", "about")
KEYS = frozenset((*_LISTS, *_FLAGS, *_WORDS, "who", "carried"))
"""What an entry or a group may state."""
_NOT_IN_TOML = re.compile(r" \(at line (\d+), column \d+\)$")
_GROUP = re.compile(r"""^[ \t]*\[\[[ \t]*["']?group["']?[ \t]*\]\]""", re.MULTILINE)


def check_acts(text: str, name: str = "acts.toml") -> int:
    """Checks the text of a lexicon of acts and returns how many frames it holds.

    Raises InputError, whose `where` is "<name>, line <n>", for broken TOML, an unknown key, type, mode, context, status or
    domain, a value of the wrong kind, an entry without a lemma, and two entries whose conditions are the same; it is the
    name alone where the lines of the groups cannot be told (an inline `group = [...]`).
    """
    try:
        lexicon = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _NOT_IN_TOML.search(str(error))
        where = f"{name}, line {at[1]}" if at else name
        raise InputError(where, f"no valid TOML ({_NOT_IN_TOML.sub('', str(error))})", "mend the line") from error
    groups = _groups(lexicon, name)
    lines = _group_lines(text)
    for number, group in enumerate(groups):
        for fault, word, remedy in _faults(lexicon, group):
            line = f", line {_line_of(text, *lines[number], word)}" if len(lines) == len(groups) else ""
            raise InputError(f"{name}{line}", fault, remedy)
    return _check_doubles(lexicon, text, name)


def _groups(lexicon: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The groups, if the lexicon has the form that `frames_of` reads."""
    groups = lexicon.get("group")
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise InputError(name, "no list of groups", 'open each group with a line [[group]] and give it a type = "..."')
    if not isinstance(lexicon.get("domains", {}), dict):
        raise InputError(name, f"domains = {lexicon['domains']!r}", "write [domains] and below it a list of lemmas for each")
    return groups


def _group_lines(text: str) -> list[tuple[int, int]]:
    """The first line of each group and the one past its last, counted from 1."""
    starts = [text.count("\n", 0, found.start()) + 1 for found in _GROUP.finditer(text)]
    return list(pairwise([*starts, text.count("\n") + 2]))


def _line_of(text: str, first: int, last: int, *words: str) -> int:
    """The first line of a group that holds all the words; the group's own first line if none does."""
    lines = text.splitlines()[first - 1 : last - 1]
    return first + next((n for n, line in enumerate(lines) if all(word in line for word in words)), 0)


def _faults(lexicon: Mapping[str, Any], group: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What was found, a word to find its line by, and what would be valid."""
    yield from _table_faults(lexicon, group, str(group.get("type", "")), {"verbs", "nouns"})
    if "type" not in group:
        yield "a group without a type", "[[group]]", f"give one of {', '.join(TYPES)}"
    for key in ("verbs", "nouns"):
        entries = group.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, str | dict) for entry in entries):
            yield f"{key} = {entries!r}", key, 'give a list of lemmas and of entries {lemma = "...", ...}'
            continue
        yield from _entry_faults(lexicon, group, [entry for entry in entries if isinstance(entry, dict)])


def _entry_faults(
    lexicon: Mapping[str, Any], group: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, str, str]]:
    for entry in entries:
        if not entry.get("lemma") and not entry.get("lemmas"):
            yield f"an entry without a lemma ({entry})", "{", 'write {lemma = "..."} or {lemmas = ["...", "..."]}'
        yield from _table_faults(lexicon, entry, str(entry.get("type", group.get("type", ""))), set())


def _table_faults(lexicon: Mapping[str, Any], table: Mapping[str, Any], type_: str, more: set[str]) -> Iterator[tuple[str, str, str]]:
    for key, value in table.items():
        if key not in KEYS | more:
            yield f"the unknown key {key!r}", key, f"known keys are {', '.join(sorted(KEYS))}"
        elif key in _LISTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            yield f"{key} = {value!r}", key, "give a list of strings"
        elif key in _WORDS and not isinstance(value, str):
            yield f"{key} = {value!r}", key, "give one string"
    modes = MODES.get(type_, {})  # type: ignore[call-overload]
    named: tuple[tuple[str, Any, frozenset[str]], ...] = (
        ("type", table.get("type"), frozenset(TYPES)),
        ("mode", table.get("mode"), frozenset((*modes, "none"))),
        ("status", table.get("status"), frozenset(STATUSES)),
        ("about", table.get("about"), frozenset(lexicon.get("domains", ()))),
        *(("context", context, CONTEXTS) for context in table.get("contexts", ())),
    )
    for what, value, valid in named:
        if value is not None and value not in valid:
            of = f" of {type_}" if what == "mode" else ""
            yield f"the unknown {what}{of} {value!r}", f'"{value}"', f"valid are {', '.join(sorted(valid))}"


def _check_doubles(lexicon: Mapping[str, Any], text: str, name: str) -> int:
    seen: dict[tuple[Any, ...], Frame] = {}
    parts: tuple[Pos, ...] = ("verb", "noun")
    count = 0
    for pos in parts:
        for frame in frames_of(lexicon, pos):
            count += 1
            twin = seen.setdefault(conditions(frame), frame)
            if twin is not frame:
                line = _last_line(text, f'"{frame.lemma}"')
                raise InputError(
                    f"{name}, line {line}",
                    f"the {pos} {frame.lemma!r} twice under the same conditions ({twin.type} and {frame.type})",
                    "take one of the two out, or give one of them another condition",
                )
    return count


def _last_line(text: str, word: str) -> int:
    return text.count("\n", 0, max(0, text.rfind(word))) + 1


def conditions(frame: Frame) -> tuple[Any, ...]:
    """All that decides whether a frame matches; two frames that agree in it cannot both be meant."""
    tests = (frame.prt, frame.prep, frame.obj, frame.subj, frame.prep_obj, frame.poss, frame.with_, frame.without)
    flags = (frame.comp, frame.plural, frame.passive, frame.loose, frame.violent, frame.harm, frame.carried, frame.light)
    return (frame.pos, frame.lemma, *tests, frame.under, *flags, frame.about)
