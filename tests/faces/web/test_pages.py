"""Every page of the workspace over a made-up case: what it shows, where it leads, and what it answers to nonsense."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.web.pages import chronology
from dragoman.faces.web.routes import WAYS
from dragoman.reading.entries import Reading
from tests.case.following import NOON, loaded
from tests.faces.web.markup import Seen, seen

Make = Callable[[Iterable[Reading]], Path]
Browse = Callable[[Path], TestClient]

MENU = ("/", "/chronology", "/threads", "/actors", "/figures", "/disputes", "/promises", "/network", "/sources", "/log", "/search")


def page(pages: TestClient, address: str) -> Seen:
    answer = pages.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return seen(answer.text)


def report(pages: TestClient, words: str) -> str:
    """The address of the first report that a search finds."""
    found = [link for link in page(pages, f"/search?q={words}").links if link.startswith("/reports/")]
    return found[0].partition("?")[0].partition("#")[0]


def test_every_link_of_every_page_leads_somewhere(pages: TestClient) -> None:
    waiting, known, anchors = [*MENU], set(MENU), dict[str, set[str]]()
    aimed: list[tuple[str, str]] = []
    while waiting:
        address = waiting.pop()
        answer = pages.get(address)
        later = answer.status_code == 404 and "as_of=" in address and "Not in the record of that day" in answer.text
        assert answer.status_code in (200, 303) or later, (address, answer.status_code)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found = seen(answer.text)
        anchors[address] = set(found.ids)
        for link in found.links:
            place, _, anchor = link.partition("#")
            if anchor:
                aimed.append((place or address, anchor))
            if place.startswith("/") and place not in known and len(known) < 400:
                known.add(place)
                waiting.append(place)
    reached = {address.rpartition("/")[0] + "/" for address in known} | {address.partition("?")[0] for address in known}
    assert {way.path.partition("{")[0] for way in WAYS} - {"/links/", "/account", "/audit"} <= reached | set(MENU)
    assert [(place, anchor) for place, anchor in aimed if place in anchors and anchor not in anchors[place]] == []


@pytest.mark.parametrize("address", MENU)
def test_a_page_can_be_read_aloud_and_by_keyboard(pages: TestClient, address: str) -> None:
    found = page(pages, address)
    assert len(found.ids) == len(set(found.ids))
    assert [a for a in found.all("a") if a.get("class") == "skip"] == [{"class": "skip", "href": "#main"}]
    levels = [int(name[1]) for name, _ in found.elements if name in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))
    labelled = {label["for"] for label in found.all("label")}
    assert {i["id"] for name in ("input", "select") for i in found.all(name) if i.get("type") != "hidden"} <= labelled
    assert len(found.all("table")) == len(found.all("caption"))
    assert len([a for a in found.all("a") if a.get("aria-current") == "page"]) == 1


def test_now_tells_where_things_stand(pages: TestClient) -> None:
    text = " ".join(page(pages, "/").text)
    assert "Thursday 12 January" not in text
    assert "Monday 9 March 2026" in text
    assert "overdue" in text
    assert "The Courier of Port Lemmon" in text
    assert "people who asked not to be named" in text


def test_now_tells_what_came_since_the_last_visit(browse: Browse, make: Make, readings: list[Reading]) -> None:
    place = make(readings[:2])
    pages = browse(place)
    pages.get("/")
    ((name, value),) = pages.cookies.items()
    assert "New since" not in pages.get("/").text
    with Case.open(place) as case:
        for reading in readings[2:]:
            case.add(loaded(reading.report), reading, NOON)
        case.settle()
    before, now, minute = map(int, value.split("-"))
    pages.cookies.clear()
    answer = pages.get("/", headers={"cookie": f"{name}={before}-{now}-{minute - 60}"})  # of an hour ago
    text = answer.text
    assert "New since your last visit" in text and "4 reports" in text and "shelled" in text
    assert "New since your last visit" in pages.get("/").text  # still the same visit
    pages.cookies.clear()
    for cookie in ("99999-99999-1", "nonsense", "1-2"):  # of a case that had more reports, or of nobody
        assert "New since" not in pages.get("/", headers={"cookie": f"{name}={cookie}"}).text


def test_the_chronology_draws_each_status_in_a_shape_of_its_own(pages: TestClient) -> None:
    answer = pages.get("/chronology")
    svg = answer.text[answer.text.index('<svg class="lanes"') :].partition("</svg>")[0]
    for words in ("occurred", "planned", "promised", "threatened", "demanded", "cancelled", "denied", "hypothetical", "ongoing"):
        assert f"· {words} ·" in svg
    rows = [row["id"] for row in seen(answer.text).all("tr") if row.get("id", "").startswith("E")]
    drawn = {link["href"] for link in seen(svg).all("a") if link["href"].startswith("#E")}
    assert drawn == {f"#{row}" for row in rows}
    by_actor = pages.get("/chronology?by=actor").text
    assert "Norland coast guard (A" in by_actor


def test_a_filter_narrows_and_can_be_taken_away(pages: TestClient) -> None:
    found = page(pages, "/chronology?status=promised&since=2026-01-01")
    rows = {row["id"] for row in found.all("tr") if row.get("id", "").startswith("E")}
    everything = {row["id"] for row in page(pages, "/chronology").all("tr") if row.get("id", "").startswith("E")}
    assert rows < everything and len(rows) == 2
    assert "/chronology?since=2026-01-01" in found.links
    assert "/chronology?status=promised" in found.links


def test_the_slider_goes_by_the_days_of_the_case(pages: TestClient) -> None:
    slider = next(one for one in page(pages, "/").all("input") if one.get("type") == "range")
    days = slider["data-days"].split()
    assert days == ["2026-01-10", "2026-01-12", "2026-03-02", "2026-03-09"]
    assert pages.get("/threads?day=1").headers["location"] == "/threads?as_of=2026-01-12"
    assert pages.get("/threads?day=3").headers["location"] == "/threads"
    assert pages.get("/threads?day=99").headers["location"] == "/threads"
    assert pages.get("/threads?day=0&since=2026-03-01").headers["location"] == "/threads?as_of=2026-01-10"
    assert "shelled" not in pages.get("/chronology?as_of=2026-01-12").text
    assert "shelled" in pages.get("/chronology?as_of=2026-03-02").text


def test_a_form_without_words_leads_to_a_plain_address(pages: TestClient) -> None:
    answer = pages.get("/chronology?since=&type=&actor=&status=denied")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chronology?status=denied")


def test_a_report_is_tied_to_its_record_and_back(pages: TestClient) -> None:
    found = page(pages, report(pages, "harbour AND boardings"))
    inside = {element["href"] for element in found.all("a") if element.get("href", "").startswith("#r-")}
    ids = set(found.ids)
    assert {link[1:] for link in inside} <= ids
    assert any(link.endswith("-text") for link in inside) and any(not link.endswith("-text") for link in inside)
    text = " ".join(found.text)
    assert "President Ada Holm" in text and "up to 12 people" in text and "asked not to be named" in text
    assert "Also told by" in text and "Disputed" in text


def test_a_report_shows_the_place_that_a_link_points_at(pages: TestClient) -> None:
    address = report(pages, "harbour AND boardings")
    marked = pages.get(f"{address}?mark=0-12").text
    assert '<mark class="focus" id="mark">Harbour talk</mark>' in marked
    entry = pages.get(f"{address}?entry=e8").text
    assert 'id="mark"' in entry
    assert pages.get(f"{address}?mark=12-3").status_code == 400
    assert 'id="mark"' not in pages.get(f"{address}?entry=e99").text


def test_a_report_names_its_copies(pages: TestClient) -> None:
    text = pages.get(report(pages, '"More follows"')).text
    assert "Repeats the text of" in text
    assert "Copies count as one source" in text


def test_a_report_can_be_asked_for_by_the_first_letters_of_its_id(pages: TestClient) -> None:
    address = report(pages, "boardings")
    assert pages.get(address[: len("/reports/") + 10]).status_code == 200
    assert pages.get("/reports/0123456789").status_code == 404
    assert pages.get("/reports/xyz").status_code == 404


def test_figures_have_ranges_by_claimant(pages: TestClient) -> None:
    text = pages.get("/figures").text
    assert '<svg class="ranges"' in text
    assert "at least 20 people" in text and "up to 10 people" in text
    assert "Norland defence ministry" in text


def test_an_actor_has_roles_words_and_deeds(pages: TestClient, case_file: Path) -> None:
    with Case.open(case_file) as case:
        (holm,) = case.found("actor", "President Ada Holm", 1)
        (zand,) = case.found("actor", "Piet Zand", 1)
        (guard,) = case.found("actor", "Norland coast guard", 1)
    text = pages.get(f"/actors/{zand.id}").text
    assert "We shall answer every insult" in text and "spokesman" in text
    assert "harbour talks with" in pages.get(f"/actors/{holm.id}").text
    assert "three Sudmark fishing boats" in pages.get(f"/actors/{guard.id}").text


def test_search_marks_what_it_finds_and_says_what_is_wrong(pages: TestClient) -> None:
    text = pages.get("/search?q=boarded").text
    assert "<mark>boarded</mark>" in text and "2 reports" in text
    assert "Piet Zand" in pages.get("/search?q=Zant~").text
    wrong = pages.get("/search?q=AND")
    assert wrong.status_code == 200 and 'role="alert"' in wrong.text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "no such page"),
        ("/events/E99999", 404, "E99999"),
        ("/events/A1", 404, "A1"),
        ("/threads/..%2f..%2fetc", 404, "Not in this case"),
        ("/reports/" + "f" * 64, 404, "begins with"),
        ("/figures.xml", 404, "csv or json"),
        ("/chronology?as_of=2026-13-01", 400, "no day of the calendar"),
        ("/chronology?since=2026-02-01&as_of=2026-01-01", 400, "later than"),
        ("/chronology?type=DANCE", 400, "choose one of"),
        ("/chronology?actor=Nobody+At+All", 400, "has no actor"),
        ("/chronology?by=colour", 400, "thread, actor"),
        ("/chronology?from=-1", 400, "whole number"),
        ("/chronology?from=" + "9" * 40, 400, "whole number"),
        ("/chronology?colour=red", 400, "as_of, since"),
        ("/chronology?type=ASSAULT&type=AID", 400, "twice"),
        ("/search?q=" + "x" * 600, 400, "600 characters"),
        ("/promises?state=gone", 400, "in the works"),
        ("/?day=x", 400, "whole number"),
    ],
)
def test_nonsense_is_told_from_what_is_not_there(pages: TestClient, address: str, status: int, words: str) -> None:
    answer = pages.get(address)
    assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_an_empty_case_has_pages_too(browse: Browse, make: Make) -> None:
    pages = browse(make([]))
    for address in MENU:
        assert pages.get(address).status_code == 200


def test_of_very_many_events_the_chronology_shows_how_many(
    browse: Browse, case_file: Path, monkeypatch: pytest.MonkeyPatch, pages: TestClient
) -> None:
    drawn = pages.get("/chronology").text
    everything = len([row for row in seen(drawn).all("tr") if row.get("id", "").startswith("E")])
    monkeypatch.setattr(chronology, "MOST_DRAWN", 3)
    monkeypatch.setattr(chronology, "_PAGE", 5)
    text = browse(case_file).get("/chronology").text
    svg = text[text.index('<svg class="lanes"') :].partition("</svg>")[0]
    labels = re.findall(r"<title>(\d+) (\w+)</title>", svg)
    assert sum(int(number) for number, _ in labels) == everything
    assert {status for _, status in labels} >= {"promised", "denied", "threatened"}
    assert f"1–5 of {everything} events" in text
    links = [element["href"] for element in seen(svg).all("a")]
    assert links and all("since=" in link for link in links)
    assert 'class="shape' in browse(case_file).get("/chronology?by=actor").text
