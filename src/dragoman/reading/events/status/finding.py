"""What is found out about an act on the way up the tree, and the lexicon of words that tell it."""

from __future__ import annotations

from functools import cache, partial
from typing import NamedTuple

from dragoman.language.annotations import Token
from dragoman.lexicons.load import load, words_of
from dragoman.reading.entries import Status
from dragoman.text.report import Span

SETTLED: tuple[Status, ...] = ("occurred", "ongoing")


class Finding(NamedTuple):
    """A status and the spans that decided it; none for a plain past tense."""

    status: Status
    cues: tuple[Span, ...] = ()


PLAIN = Finding("occurred")


class Governor(NamedTuple):
    """A verb, adjective or noun above an act: `effect` is the status that it gives, None if the act shares its own.

    `key` is its entry in the lexicon ("rule_out"), `cue` where it stands. With `passes`, the governor's own status comes
    down only if it is one of these.
    """

    token: Token
    effect: Status | None
    key: str
    cue: Span
    passes: tuple[Status, ...] = ()


@cache
def by_word(section: str) -> dict[str, Status]:
    """The words of a section of the lexicon -> the status that they give."""
    return {word: status for status, words in load("status")[section].items() for word in words}


words = partial(words_of, "status")
"""One list of words of the lexicon `status.toml`, by its section and its name."""
