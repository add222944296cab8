"""Files that are no case, damaged, newer or hostile: each is refused with its line, and nothing of a case is left."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dragoman.case import importing
from dragoman.case.case import Case
from dragoman.errors import DragomanError, InputError, StoreError
from tests.case.leaving import eventful_case

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> str:
    with eventful_case(tmp_path_factory.mktemp("whole") / "a.case") as case:
        return "".join(case.lines())


def closed(found: Lines) -> bytes:
    """The lines with an end that fits them, so that only what was changed in them is wrong."""
    body = b"".join(json.dumps(line).encode() + b"\n" for line in found if line["line"] != "end")
    end = {"line": "end", "lines": body.count(b"\n"), "sha256": sha256(body).hexdigest()}
    return body + json.dumps(end).encode() + b"\n"


def refused(place: Path | str, data: bytes) -> str:
    with pytest.raises(DragomanError) as problem:
        Case.import_lines(place, io.BytesIO(data), "x.jsonl")
    return str(problem.value)


def first(found: Lines, kind: str, /, **wanted: Any) -> dict[str, Any]:
    return next(line for line in found if line["line"] == kind and all(line[name] == value for name, value in wanted.items()))


def _change(line: str, name: str, value: Any, /, **wanted: Any) -> Callable[[Lines], None]:
    return lambda found: first(found, line, **wanted).update({name: value})


def _far(found: Lines) -> None:
    first(found, "entry", kind="event")["kept"]["mention"]["event"]["trigger"] = [3, 10**6]


def _negative(found: Lines) -> None:
    first(found, "reading")["reading"]["actors"][0]["mentions"] = [[-4, 2]]


def _stranger(found: Lines) -> None:
    first(found, "entry", kind="event")["roles"] = [["initiator", "a99"]]


def _swap(found: Lines) -> None:
    report = next(number for number, line in enumerate(found) if line["line"] == "report")
    found[report], found[report + 1] = found[report + 1], found[report]


def _unknown_link(found: Lines) -> None:
    first(found, "link")["b"] = ["0" * 64, "e1"]


HOSTILE: dict[str, tuple[Callable[[Lines], None], str]] = {
    "another text": (_change("report", "text", "Something else."), "has the SHA-256"),
    "bytes without their hash": (_change("report", "bytes", {"sha256": "0" * 64, "are": "text"}), "bytes of the report do not have"),
    "no base 64": (_change("report", "bytes", {"sha256": "0" * 64, "are": "base64", "value": "%"}), "expected base 64"),
    "a day that is none": (_change("report", "published", "2026-02-30"), "expected YYYY-MM-DD"),
    "NUL in a title": (_change("report", "title", "a\x00b"), "NUL or half a character"),
    "half a character in a name": (_change("item", "name", "\ud800"), "NUL or half a character"),
    "a number for a title": (_change("report", "title", 7), "Expected `str | null`, got `int`"),
    "no signature": (_change("report", "signature", "AAAA"), "numbers of four bytes"),
    "an offset outside the text": (_far, "inside a text of"),
    "a negative offset": (_negative, "start before end"),
    "an actor that nobody read": (_stranger, "expected an actor of the reading"),
    "an item that is none": (_change("entry", "item", "E999", kind="event"), "of an item that stands before"),
    "an event that belongs to an actor": (_change("entry", "item", "A1", kind="event"), "expected an item of its kind"),
    "a type that is none": (_change("entry", "type", "KILL", kind="event"), "plover.md"),
    "a date like a command": (_change("entry", "start", "2026'; DROP", kind="event"), "an ISO day"),
    "an id like a command": (_change("item", "id", "A1; DROP TABLE"), "such as E12"),
    "a number not given yet": (_change("counter", "last", 1), "up to the last that was given"),
    "a huge number": (_change("counter", "last", 10**30), "expected one from 1 to"),
    "a score of two": (_change("link", "score", 2.0), "a score from 0 to 1"),
    "a link to nowhere": (_unknown_link, "expected one that the file holds"),
    "a verb that is none": (_change("decision", "verb", "delete"), "shape"),
    "a copy of nothing": (_change("report", "same_text_as", "f" * 64), "expected one that the file holds"),
    "another kind of line": (_change("note", "line", "script"), "expected one of"),
    "a note that counts wrongly": (_change("note", "value", "many", key="changes"), "a number"),
    "a reading before its report": (_swap, "expected the report that stands before it"),
    "an item twice": (lambda found: found.insert(4, dict(first(found, "item"))), "that no other line has"),
    "lists in lists": (_change("item", "keys", [[["x"]]]), "shape"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_lines_are_refused_and_leave_nothing(lines: str, what: str, tmp_path: Path) -> None:
    found = [json.loads(line) for line in lines.splitlines()]
    change, expected = HOSTILE[what]
    change(found)
    said = refused(tmp_path / "new.case", closed(found))
    assert expected in said and said.startswith("x.jsonl:") and said.split(":")[1].isdigit() and "nothing was imported" in said
    assert said.isprintable() and list(tmp_path.iterdir()) == []


def test_hostile_lines_leave_a_database_empty(lines: str, location: str) -> None:
    found = [json.loads(line) for line in lines.splitlines()]
    first(found, "decision")["verb"] = "delete"
    refused(location, closed(found))
    assert Case.import_lines(location, io.BytesIO(lines.encode())) == 6  # so nothing was there
    assert "already" in refused(location, lines.encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\xff\xfe", "not UTF-8"),
        (b"Dear reader,\nthis is a letter.\n", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"line": "case", "schema": NaN}\n', "NaN is no number"),
        (b"[1, 2]\n", "expected an object"),
        (b'{"id": "7", "text": "A report, as `dragoman add` takes it."}\n', "no case in JSON Lines"),
        (b'{"line":"case","schema":"dragoman.case.lines/2","filters":{}}\n', "newer dragoman"),
        (b'{"line":"case","schema":"dragoman.case.lines/1","filters":{}}\n', "ends in the middle"),
    ],
)
def test_what_is_no_case_is_refused(data: bytes, expected: str, tmp_path: Path) -> None:
    assert expected in refused(tmp_path / "new.case", data)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_file_says_how_to_get_a_newer_dragoman(tmp_path: Path) -> None:
    said = refused(tmp_path / "new.case", b'{"line":"case","schema":"dragoman.case.lines/12"}\n')
    assert "pip install --upgrade dragoman" in said and said.startswith("x.jsonl:1:")


def test_a_file_cut_anywhere_or_changed_in_one_letter_is_refused(lines: str, tmp_path: Path) -> None:
    data = lines.encode()
    for at in (10, len(data) // 3, len(data) // 2, data.rindex(b'{"line":"end"'), len(data) - 30):
        assert "nothing was imported" in refused(tmp_path / "new.case", data[:at])
    why = data.index(b"they call themselves so")
    assert "SHA-256 differs" in refused(tmp_path / "new.case", data[:why] + b"T" + data[why + 1 :])
    assert "lines behind the end" in refused(tmp_path / "new.case", data + b'{"line":"note","key":"a","value":"b"}\n')
    assert list(tmp_path.iterdir()) == []


def test_a_line_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(importing, "LONGEST", 2**20)
    endless = io.BytesIO(b'{"line":"case","schema":"' + b"x" * 2**22)
    with pytest.raises(InputError, match="more than 1 MiB"):
        Case.import_lines(tmp_path / "new.case", endless, "x.jsonl")
    assert endless.tell() < 2**21


def test_a_place_that_is_taken_is_left_as_it_is(lines: str, tmp_path: Path) -> None:
    (tmp_path / "a.case").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match="already"):
        Case.import_lines(tmp_path / "a.case", io.BytesIO(lines.encode()))
    with pytest.raises(StoreError, match="there is no folder"):
        Case.import_lines(tmp_path / "no" / "a.case", io.BytesIO(lines.encode()))
    assert (tmp_path / "a.case").read_text("utf-8") == "mine"


class _Slow(io.BytesIO):
    """A file that gives a line every few milliseconds."""

    def readline(self, size: int | None = -1) -> bytes:
        time.sleep(0.01)
        return super().readline(size)


def _slowly(place: str, data: bytes) -> None:
    Case.import_lines(place, _Slow(data))


def test_a_killed_import_leaves_no_case(lines: str, tmp_path: Path) -> None:
    process = multiprocessing.get_context("fork").Process(target=_slowly, args=(str(tmp_path / "new.case"), lines.encode()))
    process.start()
    time.sleep(0.6)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert not (tmp_path / "new.case").exists()
    assert Case.import_lines(tmp_path / "new.case", io.BytesIO(lines.encode())) == 6


def test_ctrl_c_takes_everything_away(lines: str, tmp_path: Path) -> None:
    class Stopped(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            if self.tell() > len(lines) // 2:
                raise KeyboardInterrupt
            return super().readline(size)

    with pytest.raises(KeyboardInterrupt):
        Case.import_lines(tmp_path / "new.case", Stopped(lines.encode()))
    assert list(tmp_path.iterdir()) == []


def test_readings_are_kept_letter_by_letter(tmp_path: Path) -> None:
    with eventful_case(tmp_path / "a.case") as case:
        ids = [row.id for row in case.reports()]
        kept = [case.store.whole().readings(report) for report in ids]
        Case.import_lines(tmp_path / "b.case", io.BytesIO("".join(case.lines()).encode()))
    with Case.open(tmp_path / "b.case") as again:
        assert [again.store.whole().readings(report) for report in ids] == kept
