"""From a file's bytes to reports: plain text, HTML and JSON are told apart by what the bytes hold.

Whatever cannot be read comes out as an `InputError` among the reports, so that one bad record never loses the others.
JSON Lines are read line by line in bounded memory; the other formats are read whole, up to a limit.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.text import html, jsonl
from dragoman.text.dates import DateError, read_date
from dragoman.text.decoding import DecodingError, decode
from dragoman.text.identify import ENGLISH, identify, language_name
from dragoman.text.report import Report
from dragoman.text.stream import HEAD, Stream

# Bytes of a text, of one JSON document or of one line of JSON Lines. A novel has under 2 MB: nothing larger is a report.
LIMIT = 50_000_000
# The article extraction builds the whole tree of a page in memory, many times its size; 2 MB take three seconds.
HTML_LIMIT = 10_000_000

_BLANK = b" \t\r\n\x0b\x0c"
_UTF8_MARK = b"\xef\xbb\xbf"
_OBJECT = re.compile(rb'\s*\{\s*(?:"|\}|$)')
_ARRAY = re.compile(rb"\s*\[\s*(?:\{|\]\s*$)")


def read_source(data: bytes | BinaryIO, where: str) -> Iterator[Report | InputError]:
    """The reports of one file or stream, in its order, and an error in the place of each that cannot be read.

    `where` is what errors call the source ("reports/a.txt", "standard input"); a line of JSON Lines is "where:7". For
    plain text `Report.text` is the file's text as decoded, unchanged; for HTML it is the extracted article. Only
    English comes out as a report. At least one item is given, whatever the source holds.
    """
    try:
        yield from _read(Stream(io.BytesIO(data) if isinstance(data, bytes) else data), where)
    except OSError as problem:
        yield InputError(where, f"cannot be read ({problem.strerror or problem})", "check the file and its permissions")


def _read(stream: Stream, where: str) -> Iterator[Report | InputError]:
    head = stream.head.removeprefix(_UTF8_MARK)
    if _OBJECT.match(head) and _first_line_is_json(head):
        yield from _read_json_lines(stream, where)
    elif html.looks_like_html(head):
        yield _read_html(stream, where)
    else:
        yield from _read_text(stream, where)


def _first_line_is_json(head: bytes) -> bool:
    """Whether the first line holds a whole value, or another object begins on the second: JSON Lines, not one object."""
    first, _, rest = head.lstrip(_BLANK).partition(b"\n")
    if b"\n" not in head.lstrip(_BLANK):
        return len(head) > HEAD - len(_UTF8_MARK) or _is_json(first)
    return _is_json(first) or rest.lstrip(_BLANK).startswith(b"{")


def _is_json(line: bytes) -> bool:
    try:
        jsonl.parse(line.decode("utf-8", "replace"))
    except ValueError:
        return False
    return True


def _read_json_lines(stream: Stream, where: str) -> Iterator[Report | InputError]:
    number = 0
    while line := stream.read_line(LIMIT + 1):
        number += 1
        if len(line) > LIMIT and not line.endswith(b"\n"):
            stream.skip_line()
            yield _too_large(f"{where}:{number}", LIMIT, "split the record into the reports it is made of")
        elif line.strip(_BLANK).removeprefix(_UTF8_MARK):
            yield _read_json_line(line, f"{where}:{number}")


def _read_json_line(line: bytes, where: str) -> Report | InputError:
    try:
        text = decode(line)
    except DecodingError as problem:
        return InputError(where, str(problem), "give JSON Lines in UTF-8")
    item = jsonl.read_line(text, where)
    return _in_english(item, where) if isinstance(item, Report) else item


def _read_html(stream: Stream, where: str) -> Report | InputError:
    data = stream.read(HTML_LIMIT + 1)
    if len(data) > HTML_LIMIT:
        return _too_large(where, HTML_LIMIT, "save the article alone, as text")
    try:
        page = decode(data, html.declared_encoding(data))
    except DecodingError as problem:
        return InputError(where, str(problem), "save the page as text in UTF-8")
    return _article(page, where)


def _article(page: str, where: str) -> Report | InputError:
    found = html.article(page)
    if found is None:
        return InputError(where, "an HTML page without an article", "save the text of the article in a plain text file")
    try:
        published = read_date(found.published) if found.published else None
    except DateError:
        published = None  # what the page says of itself is no claim of the user's: without it, dates stay unresolved
    report = Report(found.text, found.title, found.publisher, published, found.url)
    return _in_english(report, where)


def _read_text(stream: Stream, where: str) -> Iterator[Report | InputError]:
    """Plain text, or a format that could only be told once it was decoded."""
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        yield _too_large(where, LIMIT, "split it into single reports, or give JSON Lines with one report on each line")
        return
    try:
        text = decode(data)
    except DecodingError as problem:
        yield InputError(where, _looks_like(problem), _remedy(str(problem)))
        return
    yield from _read_decoded(text, where)


def _read_decoded(text: str, where: str) -> Iterator[Report | InputError]:
    start = text[:HEAD].encode("utf-8", "replace")
    if not text:
        yield InputError(where, "the file is empty", "give a file that holds a report")
    elif jsonl.is_blank(text):
        yield InputError(where, "the file holds only white space", "give a file that holds a report")
    elif _ARRAY.match(start) or _OBJECT.match(start):
        yield from _read_json_document(text, where)
    elif html.looks_like_html(start):  # in UTF-16
        yield _article(text, where)
    elif start.lstrip().startswith(b"<?xml"):
        yield InputError(where, "an XML document", "save the text of the article in a plain text file")
    else:
        yield _in_english(Report(text), where)


def _read_json_document(text: str, where: str) -> Iterator[Report | InputError]:
    try:
        value = jsonl.parse(text)
    except ValueError as problem:
        if _first_line_is_json(text[:HEAD].encode("utf-8", "replace")):  # JSON Lines in UTF-16
            yield from _read_json_lines(Stream(io.BytesIO(text.encode("utf-8", "surrogatepass"))), where)
        else:
            found = f"not valid JSON ({jsonl.broken(problem)})"
            yield InputError(f"{where}:{jsonl.line_of(problem)}", found, "correct the JSON, or give the text alone")
        return
    for place, item in jsonl.read_records(value, where):
        yield _in_english(item, place) if isinstance(item, Report) else item


def _in_english(report: Report, where: str) -> Report | InputError:
    """The report if it is in English or its language cannot be told."""
    code = identify(report.text)
    if code == ENGLISH:
        return report
    return InputError(where, f"the text is in {language_name(code)}, not in English", "give an English translation")


def _too_large(where: str, limit: int, remedy: str) -> InputError:
    return InputError(where, f"larger than {limit // 1_000_000} MB, too large for one report", remedy)


def _looks_like(problem: DecodingError) -> str:
    return f"{problem}, not text" if not str(problem).startswith("text") else str(problem)


def _remedy(kind: str) -> str:
    if "compressed" in kind or "archive" in kind:
        return "unpack it first, or pipe the text in: `dragoman read -`"
    if kind.startswith("text"):
        return "convert it to UTF-8 (`iconv -f ENCODING -t UTF-8`)"
    return "save its text in a plain text file"
