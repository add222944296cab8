"""`dragoman network`: who acts on whom, as a page, a table or JSON, and as files for other programs and for the eye."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dragoman.case.case import Case
from dragoman.case.exporting import Late, answer
from dragoman.case.exports.gexf import gexf
from dragoman.case.network import Edge, Network, Period, plain_edge
from dragoman.case.query import Filters
from dragoman.faces.cli import case_command, case_pages
from dragoman.faces.cli.answers import Answer, Block, Section, sources
from dragoman.faces.cli.picture_file import check, write_file, write_picture
from dragoman.reading.wording import spoken_date

_STYLES = {"cooperation": "cyan", "conflict": "magenta"}
_COLUMNS = (
    "period", "source", "source_name", "target", "target_name", "kind", "sign", "weight", "material", "disputed", "score", "first", "last",
    "events",
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """One call: `by` cuts time into periods; `gexf` and `picture` are files to write beside the answer."""

    asked: case_command.Request
    by: Period | None
    limit: int
    gexf: str | None = None
    picture: str | None = None


def run(request: Request) -> int:
    """Asks, writes the files, writes the answer."""
    if request.picture is not None:
        check("--picture", "a picture", request.picture)
    return case_command.run(request.asked, lambda case, filters: _answer(case, filters, request))


def _answer(case: Case, filters: Filters, request: Request) -> Answer:
    found = case.network(filters, request.by)
    about = case_pages.about_filters(case, filters)
    if request.gexf:
        write_file(request.gexf, gexf(found).encode())
    if request.picture:
        write_picture(request.picture, _drawn(found, about))
    if request.asked.form == "json":
        _ = found.nodes  # asked for while the case is open
    return page(found, filters, about, request.limit or None)


def _drawn(found: Network, about: Sequence[str]) -> str:
    from dragoman.faces.picture import picture  # brings numpy

    return picture(found, "Who acts on whom", " · ".join(about))


def page(found: Network, filters: Filters, about: tuple[str, ...], limit: int | None) -> Answer:
    """The edges, heaviest first, or period by period. Its items tell all actors: ask for `found.nodes` before the case is closed."""
    count = len(found.slices) if found.by else found.count
    shown = found.slices[:limit] if found.by else found.edges if limit is None else found.heaviest(limit)
    names = found.names(shown)
    periods = groupby(shown, key=lambda edge: edge.period)
    sections = tuple(Section(_heading(period, found.by), _blocks(some, names)) for period, some in periods)
    values = [plain_edge(edge, names) for edge in shown]
    rows = tuple(tuple(_cell(value.get(column)) for column in _COLUMNS) for value in values)
    items = Late(lambda: _items(found, filters))
    more = f"There are {count:,} edges; ask for more with --limit." if len(shown) < count else ""
    return Answer("Who acts on whom", about, sections, _COLUMNS, rows, items, "Nobody acts on anybody in what passes.", more)


def _items(found: Network, filters: Filters) -> dict[str, Any]:
    names = {node.id: node.name for node in found.nodes}
    edges, slices = ([plain_edge(edge, names) for edge in some] for some in (found.edges, found.slices))
    return answer(filters, nodes=found.nodes, edges=edges, slices=slices)


def _heading(period: str, by: Period | None) -> str:
    if not by:
        return ""
    return f"Week of {spoken_date(period)}" if by == "week" and len(period) == 10 else spoken_date(period) if period else "Without a date"


def _blocks(edges: Iterable[Edge], names: dict[str, str]) -> tuple[Block, ...]:
    return tuple(_block(edge, names) for edge in edges)


def _block(edge: Edge, names: dict[str, str]) -> Block:
    title = f"{names.get(edge.source, edge.source)} → {names.get(edge.target, edge.target)}"
    days = " to ".join(dict.fromkeys(spoken_date(day) for day in (edge.first, edge.last) if day))
    deeds = f"{edge.material} in deeds" if edge.material and edge.material < edge.weight else "in deeds" if edge.material else "in words"
    about = sources(
        f"{edge.weight} event{'' if edge.weight == 1 else 's'}",
        f"{edge.sign}, {deeds}",
        f"score {edge.score:+.1f}",
        f"{edge.disputed} disputed" if edge.disputed else "",
        days,
        " ".join(edge.events[:8]) + (" …" if len(edge.events) > 8 else ""),
    )
    return Block("", title, edge.kind, _STYLES[edge.sign], about=about)


def _cell(value: object) -> str | int | float | None:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return value if isinstance(value, (str, int, float)) else None
