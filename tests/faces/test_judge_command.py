"""Deciding, editing, the log and reading again, as they are typed."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.faces.cli.main import main
from dragoman.reading.entries import Reading
from dragoman.text.report import Report
from tests.case.kills import start
from tests.faces.server import Reply, serving
from tests.faces.story import TEXT, reading

Output = pytest.CaptureFixture[str]


@pytest.fixture
def story(tmp_path: Path, story_reader: None, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case of one made-up report, and Ada who decides about it."""
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada")
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    place = tmp_path / "story.case"
    assert main(["add", str(place), str(tmp_path / "harbour.txt"), "--published", "2026-01-10", "--publisher", "The Courier"]) == 0
    capsys.readouterr()
    return place


class OtherReader:
    """A newer reader, which finds no events of one type any more, and the others ongoing."""

    def __init__(self, **_: object) -> None:
        """Takes what the real one takes."""

    def read_many(self, reports: Iterable[Report], *, failed: object = None) -> Iterator[Reading]:
        for report in reports:
            found = reading()
            gone = {event.id for event in found.events if event.type == "PROTEST"}
            kept = tuple(replace(e, same_as=None, reverses=None, confidence=0.5) for e in found.events if e.id not in gone)
            yield replace(found, report=report, events=kept)


def asked(capsys: Output, *words: str) -> dict[str, object]:
    assert main([*words, "--format", "json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def decisions(capsys: Output, case: Path, *options: str) -> list[str]:
    found = asked(capsys, "log", str(case), *options)["decisions"]
    assert isinstance(found, list)
    return [one["id"] for one in found]


def test_several_fields_are_edited_and_followed(story: Path, capsys: Output) -> None:
    before = asked(capsys, "timeline", str(story))
    assert main(["edit", str(story), "e1", "status=denied", "type=Protest", "when=2026-01-08", "--why", "misread"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(";")[0] for line in lines] == [
        "J1: edit E1 status=denied",
        "J2: edit E1 type=PROTEST",
        "J3: edit E1 when=2026-01-08",
    ]
    assert main(["timeline", str(story), "--status", "denied", "--type", "PROTEST", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("E1,2026-01-08,2026-01-08,denied,PROTEST")
    assert main(["show", str(story), "E1"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "status set by Ada (J1: misread), read as" in page
    for decision in ("J1", "J3", "J2"):
        assert main(["judge", str(story), decision, "undo"]) == 0
    capsys.readouterr()
    assert asked(capsys, "timeline", str(story)) == before


@pytest.mark.parametrize(
    "words",
    [
        ["E1", "status"],
        ["E1", "status=denied", "status=occurred"],
        ["E1", "colour=red"],
        ["E1", "actor=nobody"],
        ["E99", "status=denied"],
        ["x:e1", "status=denied"],
    ],
)
def test_an_edit_that_cannot_be_is_refused(story: Path, words: list[str], capsys: Output) -> None:
    assert main(["edit", str(story), *words]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1 and "; " in err
    assert decisions(capsys, story) == []


def test_a_figure_and_the_source_of_a_mention(story: Path, capsys: Output) -> None:
    shown = asked(capsys, "show", str(story), "F1")
    passage = shown["passages"][0]  # type: ignore[index]
    mention = f"{passage['place']['report'][:8]}:{passage['place']['figure']}"
    assert main(["edit", str(story), mention, "value=12..15", "of=sailors"]) == 0
    assert main(["edit", str(story), mention, "source=A1", "--why", "heard myself"]) in (0, 2)
    capsys.readouterr()
    claims = asked(capsys, "show", str(story), "F1")["passages"]
    assert any("value set by Ada (J1), read as" in one["note"] for one in claims)  # type: ignore[attr-defined]
    figures = asked(capsys, "figures", str(story))["figures"]
    assert any((claim["low"], claim["high"]) == (12, 15) for series in figures for claim in series["claims"])  # type: ignore[attr-defined]


def test_the_log_is_filtered(story: Path, capsys: Output) -> None:
    main(["rename", str(story), "A1", "Somebody"])
    main(["edit", str(story), "E1", "status=denied", "--by", "Ben"])
    main(["edit", str(story), "E1", "status=ongoing"])
    main(["judge", str(story), "J1", "undo", "--by", "Ben"])
    capsys.readouterr()
    assert decisions(capsys, story, "--by", "ben") == ["J2", "J4"]
    assert decisions(capsys, story, "--verb", "edit", "--verb", "undo") == ["J2", "J3", "J4"]
    assert decisions(capsys, story, "--item", "e1") == ["J2", "J3"]
    assert decisions(capsys, story, "--state", "overruled") == ["J2"]
    assert decisions(capsys, story, "--state", "undone") == ["J1"]
    assert decisions(capsys, story, "--until", "2026-01-01") == []
    assert len(decisions(capsys, story, "--since", "2026-01-01")) == 4
    assert main(["log", str(story), "--since", "soon"]) == 2


# --- reading again


def test_reading_again_tells_what_changed_and_what_waits(story: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    events = asked(capsys, "timeline", str(story))["events"]
    protest = next(event["id"] for event in events if event["type"] == "PROTEST")  # type: ignore[attr-defined]
    kept = next(event["id"] for event in events if event["type"] != "PROTEST")  # type: ignore[attr-defined]
    main(["edit", str(story), protest, "status=denied"])
    main(["edit", str(story), kept, "place=Cape Ash"])
    assert main(["reread", str(story)]) == 0
    assert "were last read by dragoman" in capsys.readouterr().out
    monkeypatch.setitem(sys.modules, "dragoman.reading.read", SimpleNamespace(Reader=OtherReader))
    assert main(["reread", str(story), "--all"]) == 0
    out = capsys.readouterr().out
    assert "1 report of" in out and "1 of them changed" in out and "gone: 2 events" in out
    assert "waiting now, since what they are about was not found: J1" in out
    assert decisions(capsys, story, "--state", "waiting") == ["J1"]
    after = asked(capsys, "timeline", str(story))["events"]
    assert {event["id"] for event in after} == {event["id"] for event in events if event["type"] != "PROTEST"}  # type: ignore[attr-defined]
    assert [event["place"] for event in after if event["id"] == kept] == ["Cape Ash"]  # type: ignore[attr-defined]


def test_who_read_a_report_is_shown(story: Path, capsys: Output) -> None:
    report = asked(capsys, "export", str(story))["reports"][0]["id"]  # type: ignore[index]
    assert main(["show", str(story), report[:8]]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "read by dragoman" in page and "weights" in page and "The Courier" in page


# --- following a feed


def test_a_watched_feed_survives_a_kill(tmp_path: Path) -> None:
    """Killed after its first report, the watch goes on with the others and takes none twice."""
    entry = "<item><title>Report {0}</title><link>/{0}</link><pubDate>Sat, 1{0} Jan 2026 08:00:00 GMT</pubDate></item>"
    text = "<p>The Kora Guard shelled Tarvo. Report {} of a long siege came in by boat, the harbour office said on Monday.</p>" * 3
    with serving() as site:
        rss = (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>Gazette</title>{''.join(map(entry.format, range(3)))}</channel></rss>"
        )
        site.paths["/feed"] = Reply(rss.encode(), fields={"Content-Type": "application/rss+xml"})
        for number in range(3):
            article = f"<article>{text.replace('{}', str(number))}</article>"
            html = f"<html><head><title>Report {number}</title></head><body>{article}</body></html>"
            site.paths[f"/{number}"] = Reply(html.encode(), fields={"Content-Type": "text/html; charset=utf-8"})
        call = ["add", str(tmp_path / "siege.case"), "--feed", f"{site.url}/feed", "--allow-private"]
        watching = start([*call, "--watch"])
        until = time.monotonic() + 60
        while site.times("/1") < 1 and time.monotonic() < until:
            time.sleep(0.02)
        watching.kill()
        watching.communicate()
        assert watching.returncode == -signal.SIGKILL and site.times("/1") == 1
        again = start(call)
        again.communicate(timeout=120)
        assert again.returncode == 0
    assert main(["export", str(tmp_path / "siege.case"), "--format", "json", "--out", str(tmp_path / "all.json")]) == 0
    found = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert sorted(report["title"] for report in found["reports"]) == ["Report 0", "Report 1", "Report 2"]
