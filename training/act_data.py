"""What the head `acts` learns from: the lexicon's sure findings on unlabelled news, and sentences that we wrote.

`silver.py` makes the former; the latter stand in `lines/*.txt`, one a line: `ROOT<TAB>sentence` with the actor in [s ...], the
other actor in [t ...] and the words of the act in [a ...].
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.language.labels import ACTS
from dragoman.language.pieces import HIDDEN, gaps_of
from dragoman.language.segment import words_in
from dragoman.text.report import Span
from training.data import Sentence

LINES = Path(__file__).parent / "lines"
HIDDEN_SHARE = 0.15
"""Share of the marked words that are hidden, so that what stands around an act tells it."""

_MARK = re.compile(r"\[([sta]) ([^\[\]]+)\]")


@dataclass(frozen=True)
class Line:
    """One sentence of ours; `source`, `target` and `act` are spans of `text`."""

    root: str
    text: str
    source: Span | None
    target: Span | None
    act: Span | None


def lines() -> Iterator[Line]:
    """All sentences of `lines/`. Raises ValueError for a line that has not the form."""
    for path in sorted(LINES.glob("*.txt")):
        for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
            if row.strip() and not row.startswith("#"):
                root, tab, marked = row.partition("\t")
                if not tab or not _MARK.search(marked):
                    raise ValueError(f"{path}:{number}: expected ROOT<TAB>sentence with [s ...], [t ...] and [a ...], found {row[:60]!r}")
                yield _line(root, marked)


def _line(root: str, marked: str) -> Line:
    text, spans, at = "", dict[str, Span](), 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.setdefault(mark[1], Span(len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Line(root, text + marked[at:], spans.get("s"), spans.get("t"), spans.get("a"))


def silver_sentences(path: Path) -> list[Sentence]:
    """The rows that `silver.py` wrote; only verbs, nouns and adjectives keep a label, since nobody asks about other words."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if len(row["words"]) < 120]
    return [Sentence(row["words"], row["gaps"], {"acts": _of_content(row)}) for row in rows]


def _of_content(row: dict[str, Any]) -> list[str]:
    return [act if lemma else "" for act, lemma in zip(row["acts"], row["lemmas"], strict=True)]


def own_sentences() -> list[Sentence]:
    """Our sentences as training sentences: only the words of the act are labelled, and those around it are left open."""
    return [_own(line) for line in lines() if line.root in ACTS and line.act is not None]


def _own(line: Line) -> Sentence:
    words = words_in(line.text, Span(0, len(line.text)))
    act = line.act or Span(0, 0)
    labels = [line.root if w.start < act.end and act.start < w.end else "" for w in words]
    return Sentence([line.text[w.start : w.end] for w in words], gaps_of(words), {"acts": labels})


def hidden(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence with some of its acts, and as many other words, behind the encoder's mask."""
    acts = sentence.labels["acts"]
    share = HIDDEN_SHARE * sum(act not in ("O", "") for act in acts) / max(1, len(acts))
    hide = [rng.random() < (share if act in ("O", "") else HIDDEN_SHARE) for act in acts]
    return Sentence([HIDDEN if h else w for w, h in zip(sentence.words, hide, strict=True)], sentence.gaps, sentence.labels)
