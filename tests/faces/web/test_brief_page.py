"""The brief on a page: the same sentences, notes that lead to the marked sentence, and files that are the command line's."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")

from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.cli.main import main
from dragoman.faces.web.pages import brief
from tests.faces.web.markup import seen

FILTERS = [{}, {"as_of": "2026-01-12"}, {"since": "2026-01-11"}]


def options(filters: dict[str, str]) -> list[str]:
    return [part for name, value in filters.items() for part in (f"--{name.replace('_', '-')}", value)]


def test_the_page_holds_the_brief_and_its_notes_lead_to_the_sentence(pages: TestClient, case_file: Path) -> None:
    page = pages.get("/brief")
    assert page.status_code == 200
    with Case.open(case_file) as case:
        told = case.brief()
    text = " ".join(" ".join(seen(page.text).text).split())
    for section in told.sections:
        assert section.heading in text
    notes = [link for link in seen(page.text).links if link.startswith("/reports/")]
    assert len(notes) == len(told.notes) and sum("mark=" in link for link in notes) > len(notes) * 0.9
    marked = pages.get(next(link for link in notes if "mark=" in link).partition("#")[0])
    assert marked.status_code == 200 and 'id="mark"' in marked.text


def test_notes_keep_the_day(pages: TestClient) -> None:
    notes = [link for link in seen(pages.get("/brief?as_of=2026-01-12").text).links if link.startswith("/reports/")]
    assert notes and all("as_of=2026-01-12" in link for link in notes)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(("ending", "form"), [("md", "markdown"), ("html", "html")])
def test_files_are_what_the_command_line_writes(
    pages: TestClient, case_file: Path, capsysbinary: pytest.CaptureFixture[bytes], filters: dict[str, str], ending: str, form: str
) -> None:
    got = pages.get(f"/brief.{ending}", params=filters)
    capsysbinary.readouterr()
    assert main(["brief", str(case_file), *options(filters), "--format", form]) == 0
    assert got.content == capsysbinary.readouterr().out
    assert got.headers["content-disposition"].endswith(f'.{ending}"')


def test_the_pdf_is_the_command_lines(pages: TestClient, case_file: Path, tmp_path: Path) -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        pytest.skip("PDF needs WeasyPrint and Pango")
    out = tmp_path / "brief.pdf"
    assert main(["brief", str(case_file), "--out", str(out)]) == 0
    assert pages.get("/brief.pdf").content == out.read_bytes()


def test_one_thread(pages: TestClient, case_file: Path) -> None:
    with Case.open(case_file) as case:
        thread = case.threads()[0]
    page = pages.get(f"/brief?thread={thread.id}").text
    assert "Only the thread" in page
    assert f"/brief?thread={thread.id}" in pages.get(f"/threads/{thread.id}").text


def test_where_no_pdf_can_be_made_it_says_what_helps(pages: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object) -> bytes:
        raise click.UsageError("PDF needs the library WeasyPrint, which is not installed; run `pip install 'dragoman[pdf]'`")

    monkeypatch.setattr(brief, "as_file", lacking)
    answer = pages.get("/brief.pdf")
    assert answer.status_code == 501 and "WeasyPrint" in answer.text and "dragoman[pdf]" in answer.text


def test_what_would_take_too_long_is_narrowed(pages: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brief, "MOST_EVENTS", 2)
    page = pages.get("/brief?since=2026-01-02").text
    assert "takes longer than a page may" in page and "one thread" in page
    assert pages.get("/brief.md?since=2026-01-02").status_code == 400
