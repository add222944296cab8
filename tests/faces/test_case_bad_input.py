"""What users give by mistake, through the commands: a clear line, the right result for the rest, and nothing lost."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.faces.cli.main import main
from tests.case.store.test_bad_input import without_rights
from tests.faces.server import Reply, Site, serving

Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("story_reader")


@pytest.fixture
def case(tmp_path: Path, story_reader: None, capsys: Output) -> Path:
    place = tmp_path / "kept.case"
    add(place, record("The harbour of Tarvo was open."))
    capsys.readouterr()
    return place


def record(text: str, day: str = "2026-03-02", **more: str) -> str:
    return json.dumps({"text": text, "published": day, **more})


def add(case: Path, *lines: str | bytes) -> int:
    source = case.parent / "given.jsonl"
    source.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return main(["add", str(case), str(source)])


def reports(case: Path) -> int:
    with Case.open(case) as opened:
        return opened.store.count_reports()


@pytest.mark.parametrize("content", [b"x", b"Dear all, this is a letter.", b"SQLite format 2\0" * 300, b"\0" * 4096])
@pytest.mark.parametrize(
    "command", [["add", "CASE", "given.txt"], ["timeline", "CASE"], ["reread", "CASE"], ["log", "CASE"], ["reject", "CASE", "E1"]]
)
def test_a_file_that_is_no_case_stays_as_it_is(content: bytes, command: list[str], tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "given.txt").write_text("The harbour of Tarvo was open.", "utf-8")
    place = tmp_path / "letter"
    place.write_bytes(content)
    assert main([str(tmp_path / word.replace("CASE", "letter")) if word in ("CASE", "given.txt") else word for word in command]) == 3
    assert "is no case" in capsys.readouterr().err
    assert place.read_bytes() == content


@pytest.mark.parametrize("command", [["add", "FILE"], ["reread"], ["timeline"], ["edit", "E1", "status=denied"], ["log"]])
def test_a_case_of_a_newer_version_is_left_alone(case: Path, command: list[str], capsys: Output) -> None:
    with sqlite3.connect(case) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = case.read_bytes()
    words = [str(case.parent / "given.jsonl") if word == "FILE" else word for word in command[1:]]
    assert main([command[0], str(case), *words]) == 3
    assert "made by a newer dragoman" in capsys.readouterr().err
    assert case.read_bytes() == before


def test_a_disk_that_cannot_be_written_answers_and_refuses(case: Path, capsys: Output) -> None:
    new, other = case.parent / "new.txt", case.parent / "other.case"
    new.write_text("Ferries sailed to Osk.", "utf-8")
    other.write_bytes(case.read_bytes())
    for words in (["search", str(other), "x"], ["log", str(other)], ["add", str(other), str(new)], ["reread", str(other), "--all"]):
        assert main(words) == 0  # all is imported now: who has no rights may not read Python's own files either
    assert main(["reject", str(other), "A1"]) == 2
    for folder in list(case.parents)[:4]:
        if folder != Path("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)
    case.chmod(0o444)
    case.parent.chmod(0o555)

    def ran(*words: str) -> str:
        return without_rights(lambda: str(main(list(words))))

    try:
        assert ran("search", str(case), "harbour") == "0"
        assert ran("log", str(case)) == "0"
        assert ran("add", str(case), str(new)) == "3"
        assert ran("reread", str(case), "--all") == "3"
        assert ran("reject", str(case), "A1") == "3"
    finally:
        case.parent.chmod(0o755)
    assert reports(case) == 1


def test_broken_lines_stop_no_other(case: Path, capsys: Output) -> None:
    lines = [
        record("Troops left Dunmere."),
        "not json",
        '{"text": 5}',
        record("Nobody left.", "2026-03-40"),
        b"\xff\xfe",
        record("Ferries sailed."),
    ]
    assert add(case, *lines, '{"text": "unfinished') == 1
    out, err = capsys.readouterr()
    assert "2 reports added, 5 failed" in out
    assert [line.split(":")[2] for line in err.splitlines() if ".jsonl:" in line] == ["2", "3", "4", "5", "7"]
    assert reports(case) == 3


def test_odd_days_are_kept_with_a_notice(case: Path, capsys: Output) -> None:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    assert add(case, record("Troops will leave Osk.", tomorrow), record("The Duke left Osk.", "1600-05-04")) == 0
    out, err = capsys.readouterr()
    assert "which is tomorrow" in err and "before there were newspapers" in err and "2 reports added" in out
    with Case.open(case) as opened:
        assert [row.published for row in opened.reports()] == ["1600-05-04", "2026-03-02", tomorrow]


def test_reports_without_a_day_are_counted(case: Path, capsys: Output) -> None:
    assert add(case, *(json.dumps({"text": f"Ferry {number} sailed."}) for number in range(5))) == 0
    out, err = capsys.readouterr()
    assert err.count("no date of publication") == 3
    assert "5 reports without a date of publication" in out


NOISE = random.Random(7).randbytes(3000) + b"\0\1"


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "the file is empty"), (NOISE, "binary data"), (b"a" * 50_000_001, "larger than 50 MB")]
)
def test_files_without_a_report(case: Path, content: bytes, said: str, capsys: Output) -> None:
    (case.parent / "odd.txt").write_bytes(content)
    assert main(["add", str(case), str(case.parent / "odd.txt")]) == 3
    assert said in capsys.readouterr().err
    assert reports(case) == 1


# --- feeds


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def test_a_feed_that_sends_html(case: Path, site: Site, capsys: Output) -> None:
    site.paths["/feed"] = Reply(b"<!DOCTYPE html><html><body><p>Welcome!</p></body></html>", fields={"Content-Type": "text/html"})
    assert main(["add", str(case), "--feed", f"{site.url}/feed", "--allow-private"]) == 3
    assert "a web page (HTML), not a feed" in capsys.readouterr().err
    assert reports(case) == 1


def test_a_feed_at_a_private_address(case: Path, site: Site, capsys: Output) -> None:
    assert main(["add", str(case), "--feed", f"{site.url}/feed"]) == 3
    assert "--allow-private" in capsys.readouterr().err
    assert site.asked == []


def test_a_feed_that_has_not_changed_is_not_sent_again(case: Path, site: Site) -> None:
    entry = "<item><title>Bridge</title><link>/bridge</link><pubDate>Sat, 10 Jan 2026 08:00:00 GMT</pubDate></item>"
    rss = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Gazette</title>{entry}</channel></rss>".encode()
    text = "<p>Officials in Tarvo said on Monday that the old bridge would stay shut until the flood had passed.</p>" * 3
    site.paths["/bridge"] = Reply(
        f"<html><head><title>Bridge</title></head><body><article>{text}</article></body></html>".encode(),
        fields={"Content-Type": "text/html"},
    )
    fields = {"Content-Type": "application/rss+xml", "ETag": '"7"'}
    site.paths["/feed"] = lambda asked: Reply(status=304) if asked.get("if-none-match") == '"7"' else Reply(rss, fields=fields)
    for _ in range(3):
        assert main(["add", str(case), "--feed", f"{site.url}/feed", "--allow-private"]) == 0
    assert site.times("/bridge") == 1 and reports(case) == 2
    assert [asked.get("if-none-match") for path, asked in site.asked if path == "/feed"] == [None, '"7"', '"7"']


@pytest.mark.parametrize("status", [429, 503])
def test_a_feed_that_asks_to_wait(case: Path, site: Site, status: int, capsys: Output) -> None:
    site.paths["/feed"] = Reply(b"", status, {"Retry-After": "3600"})
    assert main(["add", str(case), "--feed", f"{site.url}/feed", "--allow-private"]) == 3
    assert str(status) in capsys.readouterr().err
    with Case.open(case) as opened:
        assert json.loads(opened.noted(f"feed:{site.url}/feed") or "{}")["wait"] == 3600


def test_one_text_of_two_publishers_in_one_call_and_again(case: Path, capsys: Output) -> None:
    text = "The Kora Guard shelled Tarvo on Monday, and the ferries to the islands did not sail all day, the port office said."
    lines = [record(text, publisher=name, title=name) for name in ("Courier", "Evening Mail", "courier", "Courier", "Islander")]
    assert add(case, *lines) == 0
    out = capsys.readouterr().out
    assert "3 reports added, 2 already there" in out and "2 repeat another's text" in out
    assert add(case, *reversed(lines)) == 0
    assert "0 reports added, 5 already there" in capsys.readouterr().out
    with Case.open(case) as opened:
        assert [row.publisher for row in opened.reports() if row.same_text_as] == ["Evening Mail", "Islander"]
