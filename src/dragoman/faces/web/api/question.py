"""What a question of the API is: its address, its parameters, what answers it, and the schema of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.case.case import Case
from dragoman.faces.web.access.roles import Role
from dragoman.faces.web.api.schemas import Components, Schema
from dragoman.faces.web.page import Asked

BASE = "/api/1"


@dataclass(frozen=True)
class Window:
    """The part of a listing that is asked for: `limit` items (None: all) from `offset` on, which counts from 0."""

    limit: int | None
    offset: int

    @property
    def end(self) -> int | None:
        """How many items reach to the end of the window; None for all."""
        return None if self.limit is None else self.offset + self.limit


@dataclass(frozen=True)
class Answered:
    """An answer: what is written as JSON, and how many items there are in all (None where the answer is not cut in parts)."""

    items: Mapping[str, Any]
    total: int | None = None


Ask = Callable[[Case, Asked, Window], Answered]
Shape = Callable[[Components], Schema]


@dataclass(frozen=True)
class Parameter:
    """What can stand behind the question mark, or in the path."""

    name: str
    about: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})
    required: bool = False


@dataclass(frozen=True)
class Question:
    """One address below BASE. `name` is the operation's, and the method's of `dragoman.Client`.

    `command` is the question of the command line whose `--format json` is the same, byte for byte, "" where there is none;
    `snapshot` is False where the question takes its own moment of the case; `role` is what an asker must be;
    `beside` tells what else than the case an answer depends on, for its ETag.
    """

    path: str
    name: str
    about: str
    ask: Ask
    shape: Shape
    parameters: tuple[Parameter, ...] = ()
    paged: bool = False
    command: str = ""
    snapshot: bool = True
    role: Role = "reader"
    beside: Callable[[Case, Asked], str] | None = None
