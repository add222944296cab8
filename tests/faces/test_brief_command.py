"""`dragoman brief` end to end, and its pages: Markdown, one HTML file, PDF."""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dragoman.case.brief.parts import Brief, Head, Line, Note, Section, Told
from dragoman.faces.brief.html import html
from dragoman.faces.brief.markdown import markdown
from dragoman.faces.cli.main import main
from tests.case.brief_story import case_of
from tests.case.test_brief import siege

Output = pytest.CaptureFixture[str]
EVIL = "<script>alert(1)</script> [x](http://evil.example) *b* `c` \u202e\x1b[31m & “q” \n# h"
VOID = {"meta", "br", "hr", "img", "link", "input"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case of three made-up reports."""
    case_of(tmp_path, *siege()).close()
    return tmp_path / "made.case"


class Checker(HTMLParser):
    """Follows the tags of a page: which are open, which ids and links there are."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("style", "src")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    assert not checker.open
    return checker


def evil() -> Brief:
    """A brief whose every text is hostile."""
    line = Line(EVIL, "quoted", (1,), "2026-03-02", True, 2, "anonymous", True, EVIL)
    note = Note(1, "f" * 64, EVIL, "2026-03-02", EVIL)
    told = Told("f" * 64, EVIL, EVIL, "2026-03-02", "javascript:alert(1)", None)
    head = Head("2026-03-02", "2026-03-01", "2026-03-01", "2026-03-02", 1, 0, 1, 0, EVIL)
    return Brief(head, (Section(EVIL, (line, replace(line, manner="label")), (Section(EVIL, (line,), (), EVIL),)),), (note,), (told,))


# --- the command


def test_markdown_is_written_where_nothing_else_is_asked_for(case: Path, capsys: Output) -> None:
    assert main(["brief", str(case)]) == 0
    page = capsys.readouterr().out
    assert page.startswith("# made: brief for Thursday 12 March 2026\n")
    assert "Osten rejected “the blockade of Kell”.[^" in page and re.search(r"^\[\^1\]: ", page, re.MULTILINE)


def test_every_reference_of_markdown_has_its_note(case: Path, capsys: Output) -> None:
    assert main(["brief", str(case)]) == 0
    page = capsys.readouterr().out
    defined = set(re.findall(r"^\[\^(\d+)\]: ", page, re.MULTILINE))
    assert defined and set(re.findall(r"\[\^(\d+)\](?!:)", page)) == defined


@pytest.mark.parametrize(("name", "begins"), [("b.md", b"# made"), ("b.html", b"<!DOCTYPE html>")])
def test_the_ending_of_the_file_tells_the_format(case: Path, name: str, begins: bytes) -> None:
    out = case.parent / name
    assert main(["brief", str(case), "--out", str(out)]) == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_same_case_gives_the_same_bytes(case: Path, form: str) -> None:
    first, second = case.parent / "first", case.parent / "second"
    for out in (first, second):
        assert main(["brief", str(case), "--format", form, "--out", str(out)]) == 0
    assert first.read_bytes() == second.read_bytes()


def test_the_filters_narrow(case: Path, capsys: Output) -> None:
    assert main(["brief", str(case), "--as-of", "2026-03-03", "--since", "2026-03-03"]) == 0
    page = capsys.readouterr().out
    assert "## New since Tuesday 3 March 2026" in page and "lifted" not in page


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--as-of", "1 March"], "--as-of: '1 March' is no day of the calendar; write it as YYYY-MM-DD"),
        (["--thread", "T99"], "--thread: the case has no thread 'T99'"),
        (["--as-of", "2026-03-01", "--since", "2026-03-05"], "--since: 2026-03-05 is later than --as-of 2026-03-01"),
    ],
)
def test_bad_options_are_told(case: Path, capsys: Output, options: list[str], said: str) -> None:
    out = case.parent / "brief.md"
    assert main(["brief", str(case), *options, "--out", str(out)]) == 2
    assert said in capsys.readouterr().err and not out.exists()


def test_a_case_that_is_not_there_is_told(tmp_path: Path, capsys: Output) -> None:
    assert main(["brief", str(tmp_path / "none.case")]) == 3
    assert "none.case" in capsys.readouterr().err


# --- PDF


def test_without_weasyprint_the_message_says_how_to_get_it(case: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    out = case.parent / "brief.pdf"
    assert main(["brief", str(case), "--out", str(out)]) == 2
    assert "WeasyPrint, which is not installed; run `pip install 'dragoman[pdf]'`" in capsys.readouterr().err
    assert not out.exists()


def test_without_its_libraries_the_message_names_them(case: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lacking:
        """An importer that fails as WeasyPrint does where Pango lacks."""

        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Lacking, *sys.meta_path])
    assert main(["brief", str(case), "--out", str(case.parent / "brief.pdf")]) == 2
    said = capsys.readouterr().err
    assert "libpango-1.0-0" in said and "apt install" in said


def _prints() -> bool:
    """Whether WeasyPrint and the libraries of the system that it needs are here."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


@pytest.mark.skipif(not _prints(), reason="WeasyPrint or Pango lacks: pip install 'dragoman[pdf]', apt-get install libpangoft2-1.0-0")
def test_a_pdf_is_written_and_is_always_the_same(case: Path) -> None:
    first, second = case.parent / "first.pdf", case.parent / "second.pdf"
    for out in (first, second):
        assert main(["brief", str(case), "--out", str(out)]) == 0
    assert first.read_bytes().startswith(b"%PDF-") and first.read_bytes() == second.read_bytes()


# --- pages


def test_the_html_is_whole_and_stands_alone(case: Path) -> None:
    out = case.parent / "b.html"
    assert main(["brief", str(case), "--out", str(out)]) == 0
    found = checked(out.read_text("utf-8"))
    assert not {"script", "img", "link", "iframe", "form"}.intersection(found.tags)
    assert len(found.ids) == len(set(found.ids))
    assert found.links and {link[1:] for link in found.links} <= set(found.ids)


def test_hostile_text_is_text_in_html() -> None:
    found = checked(html(evil(), EVIL))
    assert "script" not in found.tags and "h" not in found.tags
    assert all(link.startswith("#") for link in found.links)


def test_a_given_address_is_a_link_and_one_in_a_text_is_not() -> None:
    brief = replace(evil(), told=(replace(evil().told[0], url="https://news.example/a?b=<c>"),))
    found = checked(html(brief))
    assert [link for link in found.links if not link.startswith("#")] == ["https://news.example/a?b=<c>"]


def test_notes_lead_to_the_pages_of_a_served_case() -> None:
    found = checked(html(evil(), "", lambda note: f"/reports/{note.report[:4]}"))
    assert "/reports/ffff" in found.links


def test_hostile_text_is_text_in_markdown() -> None:
    page = markdown(evil(), EVIL)
    assert "<script" not in page and "](http" not in page.replace("\\]", "") and "\x1b" not in page and "\u202e" not in page
    assert not re.search(r"^# h", page, re.MULTILINE)


def test_the_guide_shows_what_the_command_prints(tmp_path: Path, capsys: Output) -> None:
    root = Path(__file__).parents[2]
    place = tmp_path / "cuba.case"
    assert main(["add", str(place), str(root / "examples" / "cuba_1962" / "case.jsonl")]) == 0
    capsys.readouterr()
    assert main(["brief", str(place), "--as-of", "1962-10-28"]) == 0
    printed = [_unnumbered(line) for line in capsys.readouterr().out.splitlines()]
    shown = (root / "docs" / "guide" / "brief.md").read_text("utf-8").split("```")[1].splitlines()[2:]
    assert len(shown) > 20 and [line for line in shown if line != "…" and _unnumbered(line) not in printed] == []


def _unnumbered(line: str) -> str:
    """A line without the numbers of its notes, and of how much more there is."""
    return re.sub(r"\[\^\d+\]|\d+ more of \d+ acts", "", line)
