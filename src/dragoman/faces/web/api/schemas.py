"""JSON Schemas of the answers, made from the classes that the answers are made of, so that the two cannot differ."""

from __future__ import annotations

import re
import types
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dragoman.case.judgements import Place
from dragoman.reading.wire import json_schema

Schema = dict[str, Any]
REF = "#/components/schemas/"
STRING: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NULLABLE: Schema = {"type": ["string", "null"]}
_PLAIN: dict[Any, Schema] = {
    str: STRING, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"}, type(None): {"type": "null"},
}  # fmt: skip
_PLACE: Schema = {
    "type": "object", "description": "A report, and the entry of its reading that is meant.",
    "properties": {"report": STRING, **dict.fromkeys(("actor", "event", "figure", "statement"), STRING)},
    "required": ["report"], "additionalProperties": False,
}  # fmt: skip
_READING = "Reading"


def record(**properties: Schema) -> Schema:
    """An object that has all of these properties and no other."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def many(of: Schema) -> Schema:
    """An array of things of one kind."""
    return {"type": "array", "items": of}


def row(of: Sequence[Schema]) -> Schema:
    """An array with one thing of each of these kinds, in this order."""
    alike = all(one == of[0] for one in of)
    return {"type": "array", **({"items": of[0]} if alike else {"prefixItems": list(of)}), "minItems": len(of), "maxItems": len(of)}


def named(name: str) -> Schema:
    """A schema that stands among the components."""
    return {"$ref": REF + name}


class Components:
    """The schemas that have names. Asking for a class's schema puts it, and what it is made of, among them."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of what `dragoman.case.exporting.plain` makes of a value of this type."""
        if kind in _PLAIN:
            return _PLAIN[kind]
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Literal:
            return {"enum": list(inner)}
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(one) for one in inner]}
        if origin is tuple:
            return many(self.of(inner[0])) if inner[-1] is Ellipsis else self._row(inner)
        return self._class(kind)

    def _row(self, kinds: tuple[Any, ...]) -> Schema:
        return row([self.of(kind) for kind in kinds])

    def _class(self, kind: type) -> Schema:
        if kind.__name__ not in self.schemas:
            self.schemas[kind.__name__] = {}  # a class that holds itself ends here
            self.schemas[kind.__name__] = self._made(kind)
        return named(kind.__name__)

    def _made(self, kind: type) -> Schema:
        if kind is Place:
            return _PLACE
        hints = get_type_hints(kind)
        about = " ".join((kind.__doc__ or "").split())
        if names := [field.name for field in fields(kind)] if is_dataclass(kind) else getattr(kind, "__struct_fields__", ()):
            return {**record(**{name: self.of(hints[name]) for name in names}), "description": about}
        return {**self._row(tuple(hints.values())), "description": f"{about} In this order: {', '.join(hints)}."}

    def reading(self) -> Schema:
        """The schema of a reading (`dragoman schema`), its definitions among the components under names of their own."""
        found = json_schema()
        defined = found.pop("$defs")
        for name in ("$schema", "$id"):
            found.pop(name)
        for name, schema in {"": found, **defined}.items():
            self.schemas[_READING + name] = _moved(schema)
        return named(_READING)


def _moved(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: re.sub(r"^#/\$defs/", REF + _READING, item) if key == "$ref" else _moved(item) for key, item in value.items()}
    return [_moved(item) for item in value] if isinstance(value, list) else value
