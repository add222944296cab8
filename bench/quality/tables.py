"""What the gate measured, as Markdown; made of its JSON alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bench.quality.meanings import GROUPS


def tables(result: Mapping[str, Any]) -> str:
    """A table for each group of numbers; those that were not measured say so."""
    named = {name for group in GROUPS for name in group.numbers}
    parts = [list(_table(group.title, group.seen, group.numbers, result)) for group in GROUPS]
    if left := {name: f"`{name}`" for name in result["numbers"] if name not in named}:
        parts.append(list(_table("Others", "see `bench/quality`", left, result)))
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _table(title: str, seen: str, numbers: Mapping[str, str], result: Mapping[str, Any]) -> Iterator[str]:
    found, floors = result["numbers"], result["floors"]
    known = {name: meaning for name, meaning in numbers.items() if name in found or name in floors}
    if not known:
        return
    yield f"**{title}** ({seen})"
    yield ""
    yield "| what | measured | floor |"
    yield "| --- | ---: | ---: |"
    for name, meaning in known.items():
        value = _number(found[name]) if name in found else "not measured"
        yield f"| {meaning} | {value} | {_number(floors[name]) if name in floors else ''} |"


def _number(value: float) -> str:
    """Per cents with two decimals, shares with three."""
    return f"{value:.2f}" if value > 2 else f"{value:.3f}"
