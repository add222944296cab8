"""`dragoman read`: what comes in, what goes out, what is told, and the exit codes."""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dragoman.faces.cli import read_command
from dragoman.faces.cli.main import main
from dragoman.reading.entries import Reading
from dragoman.text.report import Report
from tests.faces.story import TEXT

pytestmark = pytest.mark.usefixtures("story_reader")
Output = pytest.CaptureFixture[str]
DATED = ("--published", "2026-01-10")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.jsonl"
    records = (
        {"id": "one", "text": TEXT, "published": "2026-01-10", "title": "Harbour talks off"},
        {"id": "two", "text": TEXT, "date": "2026-02-30"},
        {"id": "three", "text": TEXT, "date": "2026-01-11"},
    )
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


def feed_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_report_becomes_a_plain_page(report: Path, capsys: Output) -> None:
    assert main(["read", str(report), *DATED, "--title", "Talks off", "--publisher", "The Courier"]) == 0
    out, err = capsys.readouterr()
    assert "Talks off\nThe Courier · published Saturday 10 January 2026" in out
    assert "\x1b" not in out
    assert not any(line.endswith(" ") for line in out.splitlines())
    assert err == ""


def test_without_a_date_it_says_so_and_takes_none(report: Path, capsys: Output) -> None:
    assert main(["read", str(report), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["report"]["published"] is None
    remedy = "relative dates stay unresolved; give it with --published YYYY-MM-DD"
    assert err == f"dragoman: {report}: no date of publication; {remedy}\n"


def test_many_reports_without_dates_are_counted(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text((json.dumps({"text": TEXT}) + "\n") * 10, "utf-8")
    assert main(["read", str(path), "--format", "jsonl"]) == 0
    err = capsys.readouterr().err.splitlines()
    assert len(err) == 4
    assert err[-1].startswith("dragoman: 7 more reports have no date")


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "10/01/2026", ""])
def test_a_day_that_does_not_exist_is_a_usage_error(report: Path, capsys: Output, day: str) -> None:
    assert main(["read", str(report), "--published", day]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "YYYY-MM-DD" in err


def test_json_is_an_object_for_one_report_and_an_array_for_several(report: Path, feed: Path, capsys: Output) -> None:
    assert main(["read", str(report), *DATED, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "dragoman.reading/1"
    assert main(["read", str(report), str(report), *DATED, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert main(["read", str(report), "no-such-file", *DATED, "--format", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert main(["read", str(feed), "--format", "json"]) == 1
    assert [record["report"]["source_id"] for record in json.loads(capsys.readouterr().out)] == ["one", "three"]


def test_one_bad_record_costs_only_itself(feed: Path, capsys: Output) -> None:
    assert main(["read", str(feed), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["report"]["source_id"] for line in out.splitlines()] == ["one", "three"]
    assert err.count("\n") == 1
    assert f"{feed}:2:" in err
    assert "2026-02-30" in err


def test_the_command_line_goes_before_what_the_input_says(feed: Path, capsys: Output) -> None:
    main(["read", str(feed), "--format", "jsonl", "--published", "2026-01-20", "--url", "https://a.example/"])
    reports = [json.loads(line)["report"] for line in capsys.readouterr().out.splitlines()]
    assert {(r["published"], r["url"]) for r in reports} == {("2026-01-20", "https://a.example/")}


def test_lines_are_handed_on_as_they_are_read(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    seen = []

    class Watching:
        def read_many(self, reports: Iterable[Report], *, failed: object = None) -> Iterator[Reading]:
            for one in reports:
                seen.append(stream.getvalue().count("\n"))
                yield Reading(one)

    request = read_command.Request((str(report),) * 3, {"title": "A"}, "jsonl")
    assert read_command.run(request, Watching()) == 0
    assert seen == [0, 1, 2]


@pytest.mark.parametrize("files", [[], ["-"]])
def test_standard_input_is_read(files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    feed_stdin(monkeypatch, TEXT.encode())
    assert main(["read", *files, *DATED, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["report"]["text"] == TEXT


def test_no_file_and_a_terminal_shows_the_help(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert main(["read"]) == 2
    assert "Examples:" in capsys.readouterr().out


def test_what_cannot_be_opened_is_named_with_a_remedy(tmp_path: Path, capsys: Output) -> None:
    assert main(["read", str(tmp_path / "gone.txt"), str(tmp_path), "a\0b", "\x1b[31m"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "gone.txt: there is no such file; check the name" in err
    assert "a folder without files to read; put reports into it" in err
    assert err.count("\n") == 4
    assert "\x1b" not in err


def test_when_nothing_was_read_nothing_is_written(tmp_path: Path, report: Path, capsys: Output) -> None:
    out = tmp_path / "out.html"
    assert main(["read", "gone.txt", "--out", str(out)]) == 3
    assert main(["read", "gone.txt", "--out", f"{tmp_path}/pages/", "--format", "html"]) == 3
    assert list(tmp_path.iterdir()) == [report]


@pytest.mark.parametrize(("name", "starts"), [("a.json", "{"), ("a.jsonl", "{"), ("a.md", "# "), ("a.html", "<!DOCTYPE"), ("a.txt", "━")])
def test_the_ending_of_the_output_says_the_format(report: Path, tmp_path: Path, name: str, starts: str) -> None:
    assert main(["read", str(report), *DATED, "--out", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_text("utf-8").startswith(starts)


@pytest.mark.parametrize(("form", "ending"), [("html", "html"), ("markdown", "md")])
def test_a_folder_gets_a_file_for_each_report(report: Path, feed: Path, tmp_path: Path, form: str, ending: str) -> None:
    folder = tmp_path / "new" / "pages"
    assert main(["read", str(report), str(feed), *DATED, "--format", form, "--out", f"{folder}/"]) == 1
    assert sorted(path.name for path in folder.iterdir()) == [f"{n}.{ending}" for n in ("harbour", "one", "three")]


def test_several_pages_go_into_one_file(feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.html"
    assert main(["read", str(feed), "--out", str(out)]) == 1
    assert out.read_text("utf-8").count("<article") == 2


@pytest.mark.parametrize("form", ["terminal", "json", "jsonl"])
def test_a_folder_is_not_overwritten(report: Path, tmp_path: Path, capsys: Output, form: str) -> None:
    assert main(["read", str(report), *DATED, "--format", form, "--out", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [report]


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    class Breaks:
        def read_many(self, reports: Iterable[Report], *, failed: object = None) -> Iterator[Reading]:
            yield Reading(next(iter(reports)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_command.run(read_command.Request((str(report),), {}, None, str(out)), Breaks())
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harbour.txt", "out.jsonl"]


def test_ctrl_c_ends_with_130_and_one_line(report: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(read_command, "run", interrupted)
    assert main(["read", str(report)]) == 130
    assert capsys.readouterr().err.strip() == "dragoman: stopped"


def test_the_count_shows_on_a_terminal_only(report: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("TERM", "xterm")
    main(["read", *[str(report)] * 6, *DATED, "--format", "jsonl"])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    main(["read", *[str(report)] * 6, *DATED, "--format", "jsonl"])
    out, err = capsys.readouterr()
    assert "reports read" in err
    assert len(out.splitlines()) == 6


def test_a_folder_is_read_and_what_is_passed_over_is_no_failure(report: Path, feed: Path, capsys: Output) -> None:
    (report.parent / "photo.png").write_bytes(b"\x89PNG")
    feed.write_bytes(gzip.compress(feed.read_bytes()))
    feed.rename(feed.parent / "feed.jsonl.gz")
    assert main(["read", str(report.parent), "--format", "jsonl"]) == 1  # one line of the feed is bad
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 3
    assert "feed.jsonl.gz:2:" in err
    assert f"dragoman: {report.parent}: passed over: .png files (1)\n" in err


def test_a_day_ahead_is_kept_and_told(report: Path, capsys: Output) -> None:
    assert main(["read", str(report), "--published", "2999-01-01", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["report"]["published"] == "2999-01-01"
    assert err == f"dragoman: {report}: The report is dated 2999-01-01, which is in the future; check the date of publication.\n"
