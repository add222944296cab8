"""What a search asks for, as a small tree. A query is hostile input: no part of it reaches a database but folded words.

Whatever cannot be understood is read kindly: a quotation mark or a parenthesis without its partner reaches to the end, an
operator without its words is dropped. Only a query that asks for nothing, or for too much, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.case.store.words import forms
from dragoman.errors import QueryError

LONGEST_QUERY, MOST_PARTS, DEEPEST = 2000, 64, 20
How = Literal["and", "or"]
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_PIECE = re.compile(r'(?P<quoted>-?"[^"]*(?:"\*?)?)|(?P<mark>-?\(|\))|(?P<word>[^\s()"]+)')


@dataclass(frozen=True, slots=True)
class Leaf:
    """Words that stand side by side; with `prefix` the last one is only how a word begins."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word of a name that may be spelt a little differently."""

    word: str


@dataclass(frozen=True, slots=True)
class Both:
    """All parts must hold ("and") or one of them ("or")."""

    how: How
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Node


Node = Leaf | Fuzzy | Both | Not


def parse(query: str) -> Node:
    """The tree of a query. Raises QueryError if it holds no word, is over 2,000 characters, 64 words or 20 parentheses deep."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(f"the search is {len(query):,} characters long; ask with at most {LONGEST_QUERY:,}")
    tree = _Parser(_pieces(query.translate(_QUOTES))).whole()
    if tree is None:
        raise QueryError('the search holds no word; give words, a "phrase", or the beginning of a word with a star (missil*)')
    return tree


def expand(node: Node, alike: Callable[[str], Sequence[str]]) -> Node:
    """The tree with each fuzzy word replaced by the words that `alike` gives for it, and by itself."""
    if isinstance(node, Fuzzy):
        return _joined("or", [Leaf((word,)) for word in dict.fromkeys([node.word, *alike(node.word)])])
    if isinstance(node, Both):
        return Both(node.how, tuple(expand(part, alike) for part in node.parts))
    return Not(expand(node.part, alike)) if isinstance(node, Not) else node


def sought(node: Node) -> list[Leaf]:
    """The leaves that a match is marked for: all that do not stand under a NOT."""
    if isinstance(node, Leaf):
        return [node]
    return [leaf for part in node.parts for leaf in sought(part)] if isinstance(node, Both) else []


_Piece = str | Node
"""One of AND, OR, NOT, "(" and ")", or a leaf."""


def _pieces(query: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    for match in _PIECE.finditer(query):
        text = match[0]
        if match["word"] and text in ("AND", "OR", "NOT"):
            pieces.append(text)
            continue
        piece = text[-1] if match["mark"] else _leaf(text)
        if piece:
            pieces.extend(["NOT", piece] if text.startswith("-") else [piece])
    if sum(not isinstance(piece, str) for piece in pieces) > MOST_PARTS:
        raise QueryError(f"the search has more than {MOST_PARTS} words and phrases; ask in several searches")
    return pieces


def _leaf(text: str) -> Leaf | Fuzzy | None:
    found = forms(text)
    if not found:
        return None
    if text.endswith("~") and len(found) == 1:
        return Fuzzy(found[0])
    return Leaf(tuple(found[:MOST_PARTS]), text.endswith("*"))


def _joined(how: How, parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Both(how, tuple(dict.fromkeys(parts)))


class _Parser:
    """Reads pieces from left to right; OR binds least, words side by side mean AND."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self._pieces = pieces
        self._at = 0
        self._depth = 0

    def whole(self) -> Node | None:
        """All pieces; a ")" that closes nothing is skipped."""
        parts: list[Node] = []
        while self._at < len(self._pieces):
            part = self._either()
            parts.extend([part] if part else [])
            self._at += self._next() == ")"
        return _joined("and", parts) if parts else None

    def _next(self) -> _Piece | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _either(self) -> Node | None:
        parts = [self._all()]
        while self._next() == "OR":
            self._at += 1
            parts.append(self._all())
        found = [part for part in parts if part]
        return _joined("or", found) if found else None

    def _all(self) -> Node | None:
        parts: list[Node] = []
        while self._next() not in (None, "OR", ")"):
            part = self._one()
            parts.extend([part] if part else [])
        return _joined("and", parts) if parts else None

    def _one(self) -> Node | None:
        negated = False
        while self._next() in ("AND", "NOT"):
            negated ^= self._next() == "NOT"
            self._at += 1
        piece = self._next()
        if piece is None or piece in ("OR", ")"):
            return None
        self._at += 1
        found = self._inside() if piece == "(" else piece
        if found is None or isinstance(found, str):
            return None
        return Not(found) if negated else found

    def _inside(self) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"the search has parentheses {DEEPEST} deep and deeper; ask in a simpler way")
        found = self._either()
        self._at += self._next() == ")"
        self._depth -= 1
        return found
