"""Where a number stands in the line, and what was found out about what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dragoman.language.annotations import Token
from dragoman.reading.surface import Line


class Counted(NamedTuple):
    """What is counted: `unit` and `of` as in a Figure; its words end at `last`; `factor` is 0.01 for cents."""

    unit: str | None
    of: str | None
    last: int
    factor: float = 1


@dataclass(frozen=True)
class Place:
    """A number at positions `[first, last)` of the line, its (upper) value and the currency of a sign before it."""

    line: Line
    first: int
    last: int
    value: int | float
    currency: str | None

    @property
    def behind(self) -> str:
        """Up to 80 characters of the line behind the number, not across a break."""
        return self.line.text[self.last : self.last + 80].split("\n")[0]

    @property
    def words_before(self) -> list[str]:
        """Up to six atoms before the number, of the same sentence where a full stop tells."""
        words = self.line.before(self.first, 6)
        stops = [i for i, word in enumerate(words) if word in (".", ";") and words[i - 1 : i] != ["no"]]
        return words[stops[-1] + 1 :] if stops else words

    @property
    def token(self) -> Token | None:
        """The token of the number's last word, if there is a tree."""
        token = self.line.token_at(self.last - 2 if self.last - self.first > 1 else self.first)
        return token if token is not None and token.upos not in ("X", "") else None

    def tokens(self, last: int) -> list[Token]:
        """The tokens of the amount whose words end at position `last`; empty where there is no tree."""
        found = self.line.annotations.tokens_in(self.line.span(self.first, max(last, self.last)))
        return [] if any(t.upos in ("X", "") for t in found) else found


@dataclass(frozen=True)
class Amount:
    """What a number says, before it is known what it counts; `[first, last)` holds the bounding words too."""

    first: int
    last: int
    low: int | float | None
    high: int | float | None
    approximate: bool
    place: Place
