"""The commands about a case, end to end: a made-up report without the language model, and the Cuban crisis with it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.faces.cli.main import main
from tests.faces.server import Reply, serving
from tests.faces.story import TEXT

CUBA = Path(__file__).parents[2] / "examples" / "cuba_1962" / "case.jsonl"
Output = pytest.CaptureFixture[str]
Ask = Callable[..., str]


@pytest.fixture(scope="session")
def cuba(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the example; read once, since reading takes seconds."""
    place = tmp_path_factory.mktemp("cuba") / "cuba.case"
    assert main(["add", str(place), str(CUBA)]) == 0
    return place


@pytest.fixture
def ask(cuba: Path, capsys: Output) -> Ask:
    """What a question to the case prints."""

    def printed(command: str, *options: str) -> str:
        assert main([command, str(cuba), *options]) == 0
        return capsys.readouterr().out

    return printed


@pytest.fixture
def story(tmp_path: Path, story_reader: None, capsys: Output) -> Path:
    """A case of one made-up report."""
    (tmp_path / "harbour.txt").write_text(TEXT, "utf-8")
    place = tmp_path / "story.case"
    assert main(["add", str(place), str(tmp_path / "harbour.txt"), "--published", "2026-01-10", "--publisher", "The Courier"]) == 0
    capsys.readouterr()
    return place


# --- adding


def test_adding_again_reads_nothing(story: Path, capsys: Output) -> None:
    assert main(["add", str(story), str(story.parent / "harbour.txt")]) == 0
    assert capsys.readouterr().out == f"0 reports added, 1 already there; the case {story} holds 1 report\n"


def test_what_fails_is_told_and_the_others_are_added(story: Path, capsys: Output) -> None:
    (story.parent / "other.txt").write_text("Nothing else happened.", "utf-8")
    assert main(["add", str(story), "missing.txt", str(story.parent / "other.txt"), "--published", "2026-01-11"]) == 1
    out, err = capsys.readouterr()
    assert "1 report added, 1 failed" in out
    assert "missing.txt: there is no such file" in err


@pytest.mark.parametrize("typed", [["x.case"], ["x.case", "a.txt", "--watch"]])
def test_a_command_line_that_adds_nothing_is_refused(typed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["add", *typed]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_case_is_refused_and_kept(tmp_path: Path, capsys: Output) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, this is not a case at all, and it is longer than a header. " * 20, "utf-8")
    for command in (["timeline", str(letter)], ["add", str(letter), str(letter)]):
        assert main(command) == 3
        assert "this file is no case" in capsys.readouterr().err
    assert letter.read_text("utf-8").startswith("Dear reader")


def test_a_feed_is_followed_and_asked_only_for_what_is_new(story: Path, capsys: Output) -> None:
    entry = "<item><title>Bridge shut</title><link>/bridge</link><pubDate>Sat, 10 Jan 2026 08:00:00 GMT</pubDate></item>"
    text = "Officials in Tarvo said on Monday that the old bridge would stay shut until the flood had passed. "
    html = f"<!DOCTYPE html><html><head><title>Bridge shut</title></head><body><article><p>{text * 3}</p></article></body></html>"
    with serving() as site:
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tarvo Post</title>{entry}</channel></rss>'
        site.paths["/feed"] = Reply(rss.encode(), fields={"Content-Type": "application/rss+xml"})
        site.paths["/bridge"] = Reply(html.encode(), fields={"Content-Type": "text/html; charset=utf-8"})
        for _ in range(2):
            assert main(["add", str(story), "--feed", f"{site.url}/feed", "--allow-private"]) == 0
        assert site.times("/bridge") == 1
        assert main(["add", str(story), "--feed", f"{site.url}/nothing", "--allow-private"]) == 3
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("2026-01-10  Bridge shut")


def test_hostile_words_do_not_reach_the_terminal(tmp_path: Path, story_reader: None, capsys: Output) -> None:
    record = {"text": "Port \x1b]0;x\x07 [red]shut[/red] \u202e" + TEXT, "title": "=1+1 \x1b[31m[bold]x", "published": "2026-01-10"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    place = str(tmp_path / "h.case")
    assert main(["add", place, str(tmp_path / "a.jsonl")]) == 0
    for form in ("terminal", "json", "csv", "markdown"):
        assert main(["search", place, "port", "--format", form]) == 0
    out = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert "[bold]x" in out and "'=1+1" in out


# --- questions


def test_the_timeline_stops_at_the_day_asked_for(ask: Ask) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("timeline", "--as-of", "1962-10-24", "--format", "csv"))))
    found = json.loads(ask("timeline", "--as-of", "1962-10-24", "--format", "json"))
    assert found["schema"] == "dragoman.case/1" and found["as_of"] == "1962-10-24"
    assert [row["id"] for row in rows] == [event["id"] for event in found["events"]]
    assert 0 < len(rows) < len(json.loads(ask("timeline", "--format", "json"))["events"])


def test_two_papers_with_one_text_are_one_source(ask: Ask) -> None:
    found = json.loads(ask("export"))
    (copy,) = (report for report in found["reports"] if report["same_text_as"])
    assert copy["publisher"] == "Lakeshore Post"
    both = {copy["id"], copy["same_text_as"]}
    told = [e for e in found["events"] if {claim["report"] for claim in e["claims"]} == both and e["status"] == "occurred"]
    assert told and any(event["independent_sources"] == 1 for event in told)


def test_the_missiles_are_denied_and_admitted(ask: Ask) -> None:
    disputes = [d for d in json.loads(ask("disputes", "--format", "json"))["disputes"] if d["kind"] == "status"]
    pages = [" ".join(ask("show", dispute["id"]).split()) for dispute in disputes]
    assert any("had sent no offensive weapons to Cuba" in page and "are being dismantled" in page for page in pages)
    assert all(len(dispute["sides"]) == 2 for dispute in disputes)


def test_there_are_threads_with_states_on_three_days(ask: Ask) -> None:
    for day in ("1962-10-24", "1962-10-28", "1962-11-20"):
        found = json.loads(ask("threads", "--as-of", day, "--format", "json"))["threads"]
        assert len(found) >= 3
        assert all(thread["state"] and thread["state_evidence"] for thread in found)
    assert any("will be withdrawn in 30 days" in thread["state"] for thread in found)


@pytest.mark.parametrize("command", ["timeline", "actors", "threads", "disputes", "promises", "figures"])
def test_every_question_has_every_format(ask: Ask, command: str) -> None:
    name = {"timeline": "events", "promises": "commitments"}.get(command, command)
    assert json.loads(ask(command, "--format", "json"))[name]
    assert len(ask(command, "--format", "csv").splitlines()) > 1
    assert ask(command, "--format", "markdown").startswith("# ")
    assert not any(line.endswith(" ") for line in ask(command).splitlines())


@pytest.mark.parametrize("command", ["threads", "promises", "figures", "timeline", "actors", "disputes"])
def test_a_page_tells_how_many_there_are(ask: Ask, command: str) -> None:
    whole = json.loads(ask(command, "--limit", "0", "--format", "json"))
    name = {"promises": "commitments", "timeline": "events"}.get(command, command)
    one = " ".join(ask(command, "--limit", "1").split())
    if len(whole[name]) > 1:
        assert f"The first 1 of {len(whole[name])} " in one and "ask for more with --limit" in one
    assert "ask for more" not in ask(command, "--limit", "0")


def test_an_actor_is_named_by_name_or_id(ask: Ask) -> None:
    found = json.loads(ask("actors", "--format", "json"))["actors"]
    known = next(actor for actor in found if actor["name"] == "Nikita Khrushchev")
    by_name = json.loads(ask("timeline", "--actor", "khrushchev", "--format", "json"))
    assert by_name["events"] and by_name == json.loads(ask("timeline", "--actor", known["id"].lower(), "--format", "json"))


def test_search_gives_offsets_into_the_reports(ask: Ask) -> None:
    found = json.loads(ask("search", "Bucharest AND tanker", "--format", "json"))
    texts = {record["title"]: record["text"] for record in map(json.loads, CUBA.read_text("utf-8").splitlines())}
    assert found["total"] == 2
    for hit in found["hits"]:
        for snippet in hit["snippets"]:
            for start, end in snippet["marks"]:
                assert texts[hit["report"]["title"]][start:end].lower() in {"bucharest", "tanker"}


def test_an_item_is_shown_down_to_the_words(ask: Ask) -> None:
    shown = json.loads(ask("show", "E1", "--format", "json"))
    assert shown["kind"] == "event" and "".join(shown["passages"][0]["text"])
    assert "In the reports" in ask("show", "E1")


def test_questions_that_cannot_be_answered_say_why(cuba: Path, capsys: Output) -> None:
    refused = (["show", "E9999"], ["timeline", "--as-of", "1962-13-01"], ["timeline", "--actor", "Nobody"], ["search", "---"])
    for command, *rest in refused:
        assert main([command, str(cuba), *rest]) == 2
    assert len(capsys.readouterr().err.splitlines()) == len(refused)
    assert main(["timeline", "nowhere.case"]) == 3


def test_options_of_a_case_are_refused_for_marked_actors(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "marked.jsonl").write_text("{}", "utf-8")
    assert main(["actors", str(tmp_path / "marked.jsonl"), "--as-of", "1962-10-28"]) == 2
    assert "--as-of is for a case" in capsys.readouterr().err


# --- decisions


def test_a_decision_is_noted_with_its_author_and_taken_back(story: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada")
    assert main(["rename", str(story), "A1", "The new name", "--why", "it is spelt so"]) == 0
    assert capsys.readouterr().out.startswith("J1: rename A1 The new name")
    main(["actors", str(story)])
    assert "The new name" in capsys.readouterr().out
    assert main(["judge", str(story), "J1", "undo"]) == 0
    main(["actors", str(story)])
    assert "The new name" not in capsys.readouterr().out.replace("J1: rename A1 The new name", "")
    main(["log", str(story), "--format", "json"])
    first, second = json.loads(capsys.readouterr().out)["decisions"]
    assert (first["by"], first["why"], first["because_of"], second["verb"]) == ("Ada", "it is spelt so", "J2", "undo")
    assert (first["state"], second["state"]) == ("undone", "stands")


def test_stories_list_each_report_once(ask: Ask) -> None:
    page = ask("stories")
    found = json.loads(ask("stories", "--format", "json"))["stories"]
    assert page.splitlines()[1] == "Stories"
    assert sum(len(story["reports"]) for story in found) == 12
    rows = list(csv.DictReader(io.StringIO(ask("stories", "--format", "csv"))))
    assert sorted(row["report"] for row in rows) == sorted(row["id"] for story in found for row in story["reports"])
    assert "1 more stories" in ask("stories", "--limit", str(len(found) - 1)) or len(found) == 1


def test_a_page_of_many_changes_shows_the_first_and_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.faces.cli.changes_page._MOST", 3)
    page = ask("changes", "--since", "1962-10-01")
    reports = json.loads(ask("changes", "--since", "1962-10-01", "--format", "json"))["reports"]
    assert f"New reports (3 of {len(reports)})" in page
    assert "Of each kind the first 3 are shown; --format json and csv list all." in page
    monkeypatch.undo()
    page = ask("changes", "--since", "1962-10-01")
    assert "New reports" in page
    assert " of " + str(len(reports)) + ")" not in page
    assert "Of each kind" not in page


def test_changes_are_those_since_the_last_look(story: Path, capsys: Output) -> None:
    assert main(["changes", str(story), "--by", "Ada", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["reports"]) == 1
    assert main(["changes", str(story), "--by", "Ada"]) == 0
    assert "Nothing is new." in capsys.readouterr().out
    assert main(["changes", str(story), "--since", "2026-01-11", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["reports"] == []
