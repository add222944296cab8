"""The worked example in docs/method/figures.md: its table follows from its tree."""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.language.annotations import Annotations, Sentence, Token
from dragoman.reading.figures.builder import read_figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method" / "figures.md"


def block(name: str, begin: str, end: str) -> str:
    found = re.search(rf"<!-- {name} -->\n{begin}(.*?){end}", PAGE.read_text("utf-8"), re.DOTALL)
    assert found, f"docs/method/figures.md has no block {name!r}"
    return found[1]


def of_the_page() -> Annotations:
    """The tree of the page over the text of the page; a head is the nearest word of that text."""
    text = block("tree", "```\n", "```")
    rows = [line.split() for line in text.splitlines()]
    quoted = re.search(r"^> (.*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert quoted
    tokens: list[Token] = []
    position = 0
    for i, (word, lemma, upos, relation, *head) in enumerate(rows):
        start = quoted[1].index(word, position)
        position = start + len(word)
        heads = [j for j, row in enumerate(rows) if head and row[0] == head[0]]
        above = min(heads, key=lambda j: abs(j - i), default=-1)
        tokens.append(Token(i, start, position, word, lemma, upos, {}, above, relation, 0))
    return Annotations(quoted[1], tokens, [Sentence(0, 0, position, 0, len(tokens), 0)])


def test_the_table_is_what_the_tree_gives() -> None:
    read = of_the_page()
    rows = [
        [read.text[f.start : f.end], *("null" if x is None else str(x) for x in (f.low, f.high, f.unit, f.of))]
        for f in read_figures(read, [])
    ]
    lines = block("figures", r"\| words[^\n]*\n\| ---[^\n]*\n", r"\n\n").splitlines()
    assert rows == [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
