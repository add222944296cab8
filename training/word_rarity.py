"""How rare each stem is in the news: `python -m training.word_rarity` writes `src/dragoman/lexicons/stems.csv`.

Counts in how many texts of our training data a stem stands (wire reports, ECB+ train, PolNeAR train) and keeps the logarithm of
its inverse, for stems of at least `FEWEST` texts. Only stems and numbers are written, no texts.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

from dragoman.case.linking.stems import words

DATA = Path(__file__).parents[2] / "shared" / "data"
SOURCES = ("news/wire.jsonl.gz", "stories/ecbplus.train.jsonl.gz", "attribution/train.jsonl.gz")
TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "lexicons" / "stems.csv"
FEWEST = 8
KEPT_APART = frozenset((226, 692, 948, 1304, 291, 1532, 1591, 142, 2318))
"""Rows of the wire reports whose readings test what is unseen."""
HEAD = (
    "# How rare each stem is: the natural logarithm of texts / texts that hold it, over the training data named in",
    "# training/word_rarity.py, which makes this file. Stems and numbers only; capitals count as small letters.",
)


def texts() -> Iterator[str]:
    """The texts of the sources that are there."""
    for name in SOURCES:
        if (DATA / name).exists():
            apart = KEPT_APART if name.startswith("news/") else frozenset[int]()
            with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
                yield from (json.loads(line)["text"] for i, line in enumerate(lines) if i not in apart)


def main() -> None:
    counts, total = Counter[str](), 0
    for text in texts():
        counts.update({word.stem for word in words(text)})
        total += 1
    rows = [f"{stem},{log(total / n):.2f}" for stem, n in sorted(counts.items()) if n >= FEWEST and stem.isalpha()]
    TARGET.write_text("\n".join((*HEAD, *rows)) + "\n", "utf-8")
    print(f"{len(rows)} stems of {total} texts")


if __name__ == "__main__":
    main()
