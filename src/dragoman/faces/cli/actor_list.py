"""`--actors FILE`: the opening of a user's own list of actors; every fault of the list is told on a line of its own."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.faces.cli.messages import tell
from dragoman.reading.actors.lists import ActorListError, read_actor_list, with_own
from dragoman.reading.actors.roster import Roster


class ListRefused(click.UsageError):
    """A list of actors holds faults, which have been told already; the last of them is this message."""


def opened_roster(path: str | None) -> Roster | None:
    """Our lists with the user's own before them; None without a path.

    Every fault of the list is told on a line of its own; then `ListRefused` ends the call.
    """
    if path is None:
        return None
    try:
        return with_own(read_actor_list(Path(path).read_bytes(), path))
    except ActorListError as refused:
        for problem in refused.problems[:-1]:
            tell(problem)
        raise ListRefused(refused.problems[-1]) from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise ListRefused(f"--actors {path}: cannot be read ({reason}); name a TOML or CSV file of actors") from None
