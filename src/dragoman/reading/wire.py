"""A reading as JSON, schema `dragoman.reading/1` (docs/reference/reading.md), there and back.

Writing needs the standard library alone. Reading back checks all that the builders guarantee: the types, every offset
inside the text, every id defined once and known where it is used. msgspec does the types and the JSON Schema; it is
imported here and only when a reading is read back, since few commands do.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, get_args, get_type_hints

from dragoman.errors import SchemaError
from dragoman.reading.codes import CAMEO_ROOTS, PLV_ROOTS, codes_of
from dragoman.reading.entries import Actor, Event, Figure, Link, Reading, Statement, Time, When
from dragoman.reading.plover import Quad
from dragoman.text.report import Report, Span

SCHEMA = "dragoman.reading/1"
# Fields that came after the first readings were written: a reading may lack them.
_OPTIONAL = {
    ("Reading", "notices"),
    ("When", "inferred"),
    *(("Event", name) for name in ("contexts", "reverses", "statement", "evidence", "inferred")),
    *(("Statement", name) for name in ("addressees", "addressed", "through")),
}
_ENTRIES = {"actors": Actor, "times": Time, "figures": Figure, "statements": Statement, "events": Event}
_DESCRIPTION = (
    "What dragoman says about one report: the actors, times, figures, statements and events in it. Every offset counts "
    "Unicode code points of report.text, from the first character to one past the last."
)
_ERROR = re.compile(r"(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?", re.DOTALL)
_SHOWN = 80
_SURROGATE = re.compile("[\ud800-\udfff]")
_Located = tuple[str, Span]
_Entry = TypeVar("_Entry")


# --- writing


def to_dict(reading: Reading) -> dict[str, Any]:
    """The reading as dictionaries, lists, strings and numbers: what `json.dumps` takes and `from_dict` reads back.

    Spans are `[start, end]` in code points of `report.text`.
    """
    return {
        "schema": SCHEMA,
        "report": _report(reading.report),
        "actors": [_actor(actor) for actor in reading.actors],
        "times": [_time(time) for time in reading.times],
        "figures": [_figure(figure) for figure in reading.figures],
        "statements": [_statement(statement) for statement in reading.statements],
        "events": [_event(event) for event in reading.events],
        "notices": list(reading.notices),
    }


def to_json(reading: Reading, indent: int | None = None) -> str:
    """The reading as JSON, on one line unless `indent` is given; always encodable as UTF-8 (lone surrogates escaped)."""
    text = json.dumps(to_dict(reading), ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _report(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "source_id": report.source_id,
        "title": report.title,
        "url": report.url,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "text": report.text,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sectors": list(actor.sectors),
        "roles": list(actor.roles),
        "mentions": _spans(actor.mentions),
    }


def _time(time: Time) -> dict[str, Any]:
    return {"id": time.id, "start": time.start, "end": time.end, "type": time.type, "value": time.value}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "start": figure.start,
        "end": figure.end,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "of": figure.of,
        "approximate": figure.approximate,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "mode": statement.mode,
        "standing": statement.standing,
        "channel": statement.channel,
        "when": statement.when,
        "addressees": list(statement.addressees),
        "addressed": _spans(statement.addressed),
        "through": [_link(link) for link in statement.through],
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "kind": link.kind,
        "name": link.name,
        "actor": link.actor,
        "statement": link.statement,
        "words": _spans(link.words),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "trigger": [event.trigger.start, event.trigger.end],
        "sentence": [event.sentence.start, event.sentence.end],
        "status": event.status,
        "cues": _spans(event.cues),
        "same_as": event.same_as,
        "initiators": list(event.initiators),
        "recipients": list(event.recipients),
        "place": event.place,
        "when": _when(event.when) if event.when else None,
        "according_to": list(event.according_to),
        "figures": list(event.figures),
        "plover": event.plover,
        "codes": _codes(event),
        "contexts": list(event.contexts),
        "reverses": event.reverses,
        "statement": event.statement,
        "evidence": event.evidence,
        "inferred": list(event.inferred),
        "confidence": event.confidence,
    }


def _codes(event: Event) -> dict[str, Any] | None:
    """Made anew each time a reading is written, and passed over when one is read back: `plover` is what counts."""
    found = codes_of(event)
    if found is None:
        return None
    return {
        "mode": found.mode,
        "plv": found.plv,
        "quad": int(found.quad),
        "goldstein_style": found.goldstein_style,
        "cameo": found.cameo,
        "cameo_root": found.cameo_root,
    }


def _when(when: When) -> dict[str, Any]:
    written: dict[str, Any] = {"start": when.start, "end": when.end}
    return {**written, "inferred": True} if when.inferred else written


# --- reading back


def from_dict(value: Any) -> Reading:
    """The reading that `to_dict` wrote. Fields that the schema does not know are passed over.

    Raises SchemaError for anything else: it names the path (`$.events[2].initiators[0]`), what was found, and what was
    expected there.
    """
    _check_schema(value)
    reading = _convert(value)
    _check_report(value, reading)
    for path, span in _all_spans(reading):
        _check_span(path, span, len(reading.report.text))
    _check_ids(reading)
    for path, event in _numbered("events", reading.events):
        if not 0 <= event.confidence <= 1:
            raise _unfit(f"{path}.confidence", event.confidence, "a number from 0 to 1")
    return reading


def from_json(text: str | bytes) -> Reading:
    """The reading that `to_json` wrote. Raises SchemaError."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise SchemaError(f"not valid JSON: {problem}") from None
    return from_dict(value)


def _unfit(path: str, found: object, expected: str) -> SchemaError:
    shown = repr(found)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    return SchemaError(f"{path}: found {shown}; expected {expected}")


def _check_schema(value: Any) -> None:
    if not isinstance(value, Mapping):
        raise SchemaError(f"$: found {type(value).__name__}; expected an object with the schema {SCHEMA!r}")
    if value.get("schema") != SCHEMA:
        raise _unfit("$.schema", value.get("schema"), f"{SCHEMA!r}, the schema that this version reads and writes")


def _convert(value: Mapping[str, Any]) -> Reading:
    """Builds the reading; the types of all fields are checked, and that every entry has evidence."""
    import msgspec

    try:
        return msgspec.convert(value, Reading)
    except msgspec.ValidationError as problem:
        raise SchemaError(_explain(str(problem))) from None
    except UnicodeError as problem:  # a lone surrogate where one of a few words is expected
        raise SchemaError(f"$: found text that is not valid Unicode; expected the schema {SCHEMA!r} ({problem})") from None


def _explain(problem: str) -> str:
    """msgspec's message with the path first, and with the words that may stand where one of a few is expected."""
    found = _ERROR.fullmatch(problem)
    what, path = (found["what"], found["path"] or "$") if found else (problem, "$")
    if what.startswith("Invalid RFC3339"):
        return f"{path}: found no day that exists; expected a date as YYYY-MM-DD or null"
    words = _words_at(path) if what.startswith("Invalid enum value") else ()
    return f"{path}: {what}; expected one of {', '.join(words)}" if words else f"{path}: {what}"


def _words_at(path: str) -> Sequence[str]:
    """The words that the schema allows at `$.events[...].status`."""
    parts = re.fullmatch(r"\$\.(\w+)\[(?:\d+|\.\.\.)\]\.(\w+)", path)
    entry = _ENTRIES.get(parts[1]) if parts else None
    return get_args(get_type_hints(entry).get(parts[2])) if parts and entry else ()


def _check_report(value: Mapping[str, Any], reading: Reading) -> None:
    given = value["report"].get("id")
    if given != reading.report.id:
        raise _unfit("$.report.id", given, f"{reading.report.id!r}, the SHA-256 of $.report.text")


def _numbered(name: str, entries: Iterable[_Entry]) -> Iterator[tuple[str, _Entry]]:
    return ((f"$.{name}[{number}]", entry) for number, entry in enumerate(entries))


def _all_spans(reading: Reading) -> Iterator[_Located]:
    """Every span in the reading with its path."""
    for path, actor in _numbered("actors", reading.actors):
        yield from _each(f"{path}.mentions", actor.mentions)
    for path, time in _numbered("times", reading.times):
        yield path, Span(time.start, time.end)
    for path, figure in _numbered("figures", reading.figures):
        yield path, Span(figure.start, figure.end)
    for path, statement in _numbered("statements", reading.statements):
        yield from _each(f"{path}.source", statement.source)
        yield from _each(f"{path}.cue", statement.cue)
        yield from _each(f"{path}.content", statement.content)
        yield from _each(f"{path}.addressed", statement.addressed)
        for where, link in _each(f"{path}.through", statement.through):
            yield from _each(f"{where}.words", link.words)
    for path, event in _numbered("events", reading.events):
        yield f"{path}.trigger", event.trigger
        yield f"{path}.sentence", event.sentence
        yield from _each(f"{path}.cues", event.cues)


def _each(path: str, items: Iterable[_Entry]) -> Iterator[tuple[str, _Entry]]:
    return ((f"{path}[{number}]", item) for number, item in enumerate(items))


def _check_span(path: str, span: Span, length: int) -> None:
    if not 0 <= span.start < span.end <= length:
        raise _unfit(path, [span.start, span.end], f"start before end, inside a text of {length} characters")


def _check_ids(reading: Reading) -> None:
    """Every id is given to one entry of its kind, and every id referred to is given."""
    actors, statements = _ids("actors", reading.actors), _ids("statements", reading.statements)
    figures, events = _ids("figures", reading.figures), _ids("events", reading.events)
    _ids("times", reading.times)
    for path, statement in _numbered("statements", reading.statements):
        _check_known(f"{path}.speaker", statement.speaker, actors, "an actor")
        for where, name in _each(f"{path}.addressees", statement.addressees):
            _check_known(where, name, actors, "an actor")
        for where, link in _each(f"{path}.through", statement.through):
            _check_known(f"{where}.actor", link.actor, actors, "an actor")
            _check_known(f"{where}.statement", link.statement, statements - {statement.id}, "another statement")
    for path, event in _numbered("events", reading.events):
        _check_known(f"{path}.same_as", event.same_as, events - {event.id}, "another event")
        _check_known(f"{path}.reverses", event.reverses, events - {event.id}, "another event")
        _check_known(f"{path}.statement", event.statement, statements, "a statement")
        for where, name in (
            *_each(f"{path}.initiators", event.initiators),
            *_each(f"{path}.recipients", event.recipients),
        ):
            _check_known(where, name, actors, "an actor")
        for where, name in _each(f"{path}.according_to", event.according_to):
            _check_known(where, name, statements, "a statement")
        for where, name in _each(f"{path}.figures", event.figures):
            _check_known(where, name, figures, "a figure")


def _ids(name: str, entries: Sequence[Actor | Time | Figure | Statement | Event]) -> frozenset[str]:
    counted = Counter(entry.id for entry in entries)
    for path, entry in _numbered(name, entries):
        if counted[entry.id] > 1:
            raise _unfit(f"{path}.id", entry.id, f"an id that only one of the {name} has")
    return frozenset(counted)


def _check_known(path: str, name: str | None, known: frozenset[str], what: str) -> None:
    if name is not None and name not in known:
        raise _unfit(path, name, f"the id of {what} of this reading")


# --- the schema


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `to_dict` writes, made from the types in `entries.py`.

    It states types, words and what must be there; that offsets lie inside the text and ids are known, `from_dict` checks.
    """
    import msgspec

    (_, defined) = msgspec.json.schema_components([Reading], ref_template="#/$defs/{name}")
    for name, definition in defined.items():
        _describe(name, definition)
    reading = defined.pop("Reading")
    _tighten(reading, defined)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:dragoman:reading:1",
        **reading,
        "title": SCHEMA,
        "description": _DESCRIPTION,
        "$defs": defined,
    }


def _describe(name: str, definition: dict[str, Any]) -> None:
    """Puts a docstring on one line and in JSON's words, and makes required what `to_dict` always writes."""
    description = " ".join(definition.get("description", "").split())
    definition["description"] = re.sub(r"\bNone\b", "null", description)
    if "properties" in definition:
        definition["required"] = [field for field in definition["properties"] if (name, field) not in _OPTIONAL]
        for field in definition["properties"].values():
            field.pop("default", None)


def _tighten(reading: dict[str, Any], defined: dict[str, dict[str, Any]]) -> None:
    """Adds what the types do not tell: the schema's name, the report's id, ranges, and that evidence is never empty."""
    reading["properties"] = {"schema": {"const": SCHEMA}, **reading["properties"]}
    reading["required"].insert(0, "schema")
    report = defined["Report"]
    report["properties"] = {"id": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, **report["properties"]}
    report["required"].insert(0, "id")
    defined["Span"]["prefixItems"] = [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}]
    defined["Actor"]["properties"]["mentions"]["minItems"] = 1
    defined["Statement"]["properties"]["content"]["minItems"] = 1
    defined["Event"]["properties"]["confidence"] |= {"minimum": 0, "maximum": 1}
    defined["Event"]["properties"]["codes"] = {"anyOf": [{"$ref": "#/$defs/Codes"}, {"type": "null"}]}
    defined["Codes"] = _codes_schema()
    for entry in ("Time", "Figure"):
        defined[entry]["properties"]["start"]["minimum"] = 0
        defined[entry]["properties"]["end"]["minimum"] = 1


def _codes_schema() -> dict[str, Any]:
    """`codes` stands in no entry: it is derived when a reading is written, and a reading may lack it."""
    properties: dict[str, Any] = {
        "mode": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "plv": {"enum": list(PLV_ROOTS)},
        "quad": {"enum": [int(quad) for quad in Quad]},
        "goldstein_style": {"type": "number", "minimum": -10, "maximum": 10},
        "cameo": {"type": "string", "pattern": "^[0-9]{3,4}$"},
        "cameo_root": {"enum": sorted({"09", "19", "20", *CAMEO_ROOTS.values()})},
    }
    description = "An event in the words of other data sets, made from its `plover`; null where that is null."
    return {"title": "Codes", "description": description, "type": "object", "properties": properties, "required": list(properties)}
