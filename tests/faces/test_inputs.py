"""Files, folders and standard input: what is read, what is passed over, and that nothing holds it up."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.faces.inputs import load
from dragoman.text.loaded import Item, Loaded, Remark

NEWS = "Officials in Tarvo said on Monday that the bridge would stay shut until the flood had passed. Nobody was hurt."
TODAY = date(2026, 1, 10)


def put(folder: Path, name: str, data: bytes | str = NEWS) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def names(items: list[Item]) -> list[str]:
    return [item.name for item in items if isinstance(item, Loaded)]


def errors(items: list[Item]) -> list[str]:
    return [str(item) for item in items if isinstance(item, InputError)]


def remarks(items: list[Item]) -> list[str]:
    return [str(item) for item in items if isinstance(item, Remark)]


class TestFolders:
    def test_all_that_may_hold_reports_in_the_order_of_the_names(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.txt", "a/y.TXT", "c", "d.md", "e.jsonl.gz"):
            put(tmp_path, name, gzip.compress(json.dumps({"text": NEWS}).encode()) if name.endswith("gz") else NEWS)
        items = list(load([str(tmp_path)], today=TODAY))
        expected = ["a/y.TXT", "a/z.txt", "b.txt", "c", "d.md", "e.jsonl.gz:1"]
        assert names(items) == [str(tmp_path / name) for name in expected]
        assert errors(items) == remarks(items) == []

    def test_hidden_ones_are_left_out_and_other_kinds_are_counted(self, tmp_path: Path) -> None:
        for name in (".hidden.txt", ".git/a.txt", "a.txt", "b.png", "c.PNG", "d.css", "page.html_x/a.js"):
            put(tmp_path, name)
        items = list(load([str(tmp_path)], today=TODAY))
        assert names(items) == [str(tmp_path / "a.txt")]
        assert remarks(items) == [f"{tmp_path}: passed over: .png files (2), .css files (1), .js files (1)"]

    def test_documents_that_cannot_be_read_are_told_each(self, tmp_path: Path) -> None:
        put(tmp_path, "a.pdf", b"%PDF-1.7\n")
        put(tmp_path, "b.txt", b"")
        put(tmp_path, "c.txt")
        items = list(load([str(tmp_path)], today=TODAY))
        assert len(names(items)) == 1
        assert [("PDF" in error, "empty" in error) for error in errors(items)] == [(True, False), (False, True)]

    def test_what_a_browser_saved_beside_a_page(self, tmp_path: Path) -> None:
        put(tmp_path, "page_files/frame.html", "<html><body>ad</body></html>")
        put(tmp_path, "other_files/a.txt")
        put(tmp_path, "page.html", "<html>")
        items = list(load([str(tmp_path)], today=TODAY))
        assert names(items) == [str(tmp_path / "other_files" / "a.txt")]
        assert "folders of saved pages (1)" in remarks(items)[0]

    def test_links_in_a_circle(self, tmp_path: Path) -> None:
        put(tmp_path, "a/b/c.txt")
        (tmp_path / "a" / "b" / "up").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "again").symlink_to(tmp_path / "a", target_is_directory=True)
        (tmp_path / "self").symlink_to(tmp_path / "self")
        items = list(load([str(tmp_path)], today=TODAY))
        assert names(items) == [str(tmp_path / "a" / "b" / "c.txt")]
        assert "links lead to again (2)" in remarks(items)[0]
        assert len(errors(items)) == 1 and "self" in errors(items)[0]

    def test_a_folder_of_great_depth(self, tmp_path: Path) -> None:
        deep = tmp_path.joinpath(*(["d"] * 150))
        put(deep, "a.txt")
        assert len(names(list(load([str(tmp_path)], today=TODAY)))) == 1

    def test_pipes_and_devices_are_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        put(tmp_path, "a.txt")
        items = list(load([str(tmp_path)], today=TODAY))
        assert len(names(items)) == 1 and "pipes and devices (1)" in remarks(items)[0]

    def test_nothing_in_it(self, tmp_path: Path) -> None:
        assert "without files to read" in errors(list(load([str(tmp_path)], today=TODAY)))[0]


class TestFiles:
    def test_one_that_is_missing_stops_no_other(self, tmp_path: Path) -> None:
        good = str(put(tmp_path, "a.txt"))
        items = list(load([str(tmp_path / "none.txt"), good, "a\0b"], today=TODAY))
        assert names(items) == [good] and len(errors(items)) == 2

    def test_an_address_is_not_fetched(self) -> None:
        (error,) = errors(list(load(["https://gazette.example/a"], today=TODAY)))
        assert "--feed" in error

    def test_standard_input_may_be_packed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(NEWS.encode()))))
        (item,) = load(["-"], today=TODAY)
        assert isinstance(item, Loaded) and (item.name, item.report.text) == ("standard input", NEWS)


def test_what_is_known_goes_first_and_odd_days_are_kept_with_a_notice(tmp_path: Path) -> None:
    lines = [json.dumps({"text": NEWS, "published": day}) for day in ("2026-01-11", "1600-01-01", "2026-01-10")]
    path = str(put(tmp_path, "a.jsonl", "\n".join(lines)))
    items = [item for item in load([path], today=TODAY) if isinstance(item, Loaded)]
    assert [len(item.notices) for item in items] == [1, 1, 0]
    assert "tomorrow" in items[0].notices[0] and items[1].report.published == date(1600, 1, 1)
    known = [item for item in load([path], {"published": TODAY, "title": "A"}, TODAY) if isinstance(item, Loaded)]
    assert {(item.report.published, item.report.title, item.notices) for item in known} == {(TODAY, "A", ())}
