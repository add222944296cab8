"""As many reports as are asked for, out of some: the wire reports again and again, of other people, places and days.

Each time round, every name (a word that the reports only write with a capital) is exchanged for another of the same length, the same one
throughout; states, months and days of the week stay, since the United States act in every year. Days rise from the first report to the last
over so many years, as in an archive, and years in the text move with them. The same arguments give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.machine import EXAMPLE, WIRE
from bench.quality.same_text import KEPT_APART
from dragoman.lexicons.load import load

FIRST_DAY = date(2010, 1, 1)
_WORD = re.compile(r"[A-Za-z]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_END = re.compile(r"""[.!?]["'”’]?(?=\s)""")


def wire_rows() -> list[dict[str, Any]]:
    """The wire reports, without those whose readings test what is unseen; the example case where they are not here."""
    if not WIRE.exists():
        with EXAMPLE.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    with gzip.open(WIRE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for number, line in enumerate(lines) if number not in KEPT_APART]


def many(rows: Sequence[Mapping[str, Any]], most: int, words: int | None = None, years: int = 5) -> Iterator[dict[str, Any]]:
    """`most` reports; `words`: each is cut to its first sentences that have no more words than that together."""
    names = _names(rows)
    for number in range(most):
        generation, at = divmod(number, len(rows))
        if at == 0:
            other = _exchanged(names, generation)
        row = rows[at]
        day = FIRST_DAY + timedelta(days=number * 365 * years // most)
        moved = day.year - int(row["published"][:4])
        changed = {key: _changed(shortened(row[key], words) if key == "text" else row[key], other, moved) for key in ("title", "text")}
        yield {**row, **changed, "id": f"{row.get('id') or at}.{generation}", "published": day.isoformat(), "url": None}


def shortened(text: str, words: int | None) -> str:
    """The first sentences of a text that have at most `words` words; the first words of the first sentence where that is longer."""
    if words is None:
        return text
    ends = [match.end() for match in _END.finditer(text)]
    fitting = [end for end in ends if len(text[:end].split()) <= words]
    return text[: fitting[-1]] if fitting else " ".join(text.split()[:words])


def write(path: Path, most: int, words: int | None = None) -> int:
    """Writes them as packed JSON Lines, whole or not at all; gives the number of their words."""
    told, hidden = 0, path.with_name(f".{path.name}.part")
    # No name and no time in the head: the same reports are the same bytes.
    with hidden.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=3, mtime=0) as file:
        for row in many(wire_rows(), most, words):
            told += len(row["text"].split())
            file.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    hidden.replace(path)
    return told


def _names(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Words that always have a capital, in groups of one length."""
    found = {word for row in rows for key in ("title", "text") for word in _WORD.findall(row[key] or "") if len(word) > 3}
    small = {word for word in found if word[:1].islower()}
    groups, kept = defaultdict[int, set[str]](set), _kept()
    for word in found - small:
        if word[1:].islower() and word.lower() not in small and word.lower() not in kept:
            groups[len(word)].add(word)
    return [sorted(group) for _, group in sorted(groups.items())]


def _kept() -> frozenset[str]:
    times = load("times")
    states = json.dumps(load("states"), ensure_ascii=False).lower()
    return frozenset(_WORD.findall(states)) | set(times["weekdays"]) | set(times["months"])


def _exchanged(names: Sequence[Sequence[str]], generation: int) -> dict[str, str]:
    draw, other = random.Random(generation), dict[str, str]()
    for group in names if generation else ():
        turned = list(group)
        draw.shuffle(turned)
        other.update(zip(group, turned, strict=True))
    return other


def _changed(text: str | None, other: Mapping[str, str], years: int) -> str | None:
    if text is None:
        return None
    named = _WORD.sub(lambda match: other.get(match[0], match[0]), text)
    return _YEAR.sub(lambda match: str(int(match[0]) + years), named)
