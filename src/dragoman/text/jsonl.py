"""JSON records as reports: JSON Lines, one object, or an array of objects; also the records that NGEC reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dragoman.errors import InputError
from dragoman.text.dates import DateError, read_date
from dragoman.text.report import Report

_SHOWN = 60
_BETWEEN = frozenset(" \t\r\n,")
_FIELDS = 'a record needs "text", and may have "id", "title", "published", "publisher" and "url"'


def parse(written: str) -> Any:
    """The JSON value; raises ValueError for anything else, values nested too deeply included."""
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise ValueError("values nested too deeply") from None
    except ValueError:  # the only other that the parser raises
        raise ValueError("a number of thousands of digits") from None


def parts(array: str) -> Iterator[str]:
    """Each value of a JSON array as it stands in the text. `array` was parsed before, so that it is known to be valid."""
    decoder = json.JSONDecoder()
    at = array.index("[") + 1
    while True:
        while array[at] in _BETWEEN:
            at += 1
        if array[at] == "]":
            return
        _, end = decoder.raw_decode(array, at)
        yield array[at:end]
        at = end


def broken(problem: ValueError) -> str:
    """What is wrong with JSON that could not be parsed, in one line."""
    if not isinstance(problem, json.JSONDecodeError):
        return str(problem)
    message = problem.msg.removesuffix(" at")
    return f"{message[:1].lower()}{message[1:]} at column {problem.colno}"


def line_of(problem: ValueError) -> int:
    """The line, counted from 1, at which the JSON breaks."""
    return problem.lineno if isinstance(problem, json.JSONDecodeError) else 1


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in the text."""
    return not text.replace("\ufeff", "").strip()


def read_line(line: str, where: str) -> Report | InputError:
    """The report of one line of a JSON Lines file."""
    try:
        value = parse(line)
    except ValueError as problem:
        return InputError(where, f"not a JSON record ({broken(problem)})", "put one JSON object on each line")
    return read_record(value, where)


def read_records(value: Any, where: str) -> Iterator[tuple[str, Report | InputError]]:
    """The reports of a whole document (an object, or an array of objects), each with the place it stands at."""
    if not isinstance(value, list):
        yield where, read_record(value, where)
        return
    if not value:
        yield where, InputError(where, "an empty JSON array", "give at least one record")
    for number, item in enumerate(value, start=1):
        place = f"{where}, record {number}"
        yield place, read_record(item, place)


def read_record(value: Any, where: str) -> Report | InputError:
    """The report of one JSON object."""
    if not isinstance(value, dict):
        return InputError(where, f"{_kind(value)} where an object should be", _FIELDS)
    try:
        return Report(
            text=_text(value),
            title=_optional(value, "title"),
            publisher=_optional(value, "publisher"),
            published=_published(value),
            url=_optional(value, "url"),
            source_id=_source_id(value),
        )
    except _FieldError as problem:
        return InputError(where, problem.found, problem.remedy)


class _FieldError(ValueError):
    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found = found
        self.remedy = remedy


def _text(record: Mapping[str, Any]) -> str:
    """`text`, or NGEC's `event_text`."""
    name = "text" if "text" in record else "event_text"
    if name not in record:
        present = ", ".join(f'"{_short(key)}"' for key in list(record)[:8])
        raise _FieldError(f'no "text" among its fields ({present})' if present else "an object without fields", _FIELDS)
    text = record[name]
    if not isinstance(text, str):
        raise _FieldError(f'"{name}" is {_kind(text)}, not a string', f'give the report as a string in "{name}"')
    if is_blank(text):
        raise _FieldError(f'"{name}" is empty', "leave the record out or give it a text")
    return text


def _optional(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise _FieldError(f'"{name}" is {_kind(value)}, not a string', f'give "{name}" as a string or leave it out')
    return value if value and not value.isspace() else None


def _source_id(record: Mapping[str, Any]) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _optional(record, "id")


def _published(record: Mapping[str, Any]) -> date | None:
    """`published`, or `date`: as text, or the eight digits of "20260110" as a number."""
    name = "published" if record.get("published") is not None else "date"
    value = record.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 99991231:
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise _FieldError(f'"{name}" is {_kind(value)}, not a date', "write it as YYYY-MM-DD in quotation marks")
    if not value or value.isspace():
        return None
    try:
        return read_date(value)
    except DateError as problem:
        raise _FieldError(f'"{name}": {problem}', "write it as YYYY-MM-DD") from None


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), f"the number {_short(value)}")


def _short(value: Any) -> str:
    shown = repr(value).strip("'")
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "\u2026"
