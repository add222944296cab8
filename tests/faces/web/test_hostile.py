"""Reports are hostile: whatever stands in a title, a name, a text or a reason, no page runs it, hides it or turns it round."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.faces.web.access.house import PLACE, House
from dragoman.reading.entries import Reading
from dragoman.text.report import Span
from tests.case.following import NOON
from tests.faces.story import reading
from tests.faces.web.markup import seen
from tests.faces.web.people import NAMES, sign_in, token_on

EVIL = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)></title></textarea>{{7*191}}"
    "\x00\x07\x1b[31m\x85\u202eevil\u2066\u200f&lt;b&gt;"
)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
Make = Callable[[Iterable[Reading]], Path]
Browse = Callable[[Path], TestClient]


def evil(number: int) -> Reading:
    """The story with something hostile in every field that holds words."""
    told = reading()
    text = f"{EVIL} {told.report.text}"
    by = len(EVIL) + 1

    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(span.start + by, span.end + by) for span in spans)

    report = replace(
        told.report, text=text + str(number), title=EVIL, publisher=EVIL, url='javascript:alert("1")', source_id=EVIL + str(number)
    )
    actors = tuple(replace(a, name=a.name + EVIL, roles=(EVIL,), mentions=(Span(0, by - 1), *moved(a.mentions))) for a in told.actors)
    times = tuple(replace(t, start=t.start + by, end=t.end + by, value=EVIL if t.id == "t1" else t.value) for t in told.times)
    figures = tuple(replace(f, start=f.start + by, end=f.end + by, unit=EVIL, of=EVIL, low=(f.low or 0) + number) for f in told.figures)
    figures = tuple(replace(f, high=None) for f in figures)
    statements = tuple(
        replace(s, source=moved(s.source), cue=moved(s.cue), content=(Span(0, by - 1), *moved(s.content)), channel=EVIL)
        for s in told.statements
    )
    events = tuple(
        replace(e, trigger=moved((e.trigger,))[0], sentence=Span(0, e.sentence.end + by), cues=moved(e.cues), place=EVIL, mode=EVIL)
        for e in told.events
    )
    return Reading(report, actors, times, figures, statements, events, notices=(EVIL,))


@pytest.fixture(scope="module")
def hostile(make: Make) -> Path:
    """A case of two such reports with decisions by somebody of that name."""
    place = make([evil(1), evil(50)])
    with Case.open(place) as case:
        judge = case.judge(EVIL)
        judge.rename(case.actors()[0].id, EVIL, EVIL, NOON)
        judge.rename(case.threads()[0].id, EVIL, EVIL, NOON)
        judge.reject(case.actors()[-1].id, EVIL, NOON)
        judge.edit(case.timeline()[0].event.id, {"place": EVIL}, EVIL, NOON)
        case.settle()
    return place


def test_nothing_hostile_is_live_on_any_page(browse: Browse, hostile: Path) -> None:
    pages = browse(hostile)
    waiting, known = ["/", "/log", "/search?q=boarded", "/sources", "/chronology?by=actor", "/nowhere/" + EVIL[:20]], set[str]()
    shown = 0
    while waiting:
        answer = pages.get(waiting.pop())
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found = seen(answer.text)
        shown += "<script>alert(1)</script>" in "".join(found.text)
        assert UNSAFE.search(answer.text) is None
        assert all(picture["src"].startswith("/network.svg") for picture in found.all("img"))
        assert {name for name, _ in found.elements}.isdisjoint({"iframe", "object", "embed", "style", "textarea", "base"})
        assert all(script["src"].startswith("/static/") for script in found.all("script"))
        for name, attributes in found.elements:
            assert not [key for key in attributes if key.startswith("on") or key == "style"], name
            assert not attributes.get("href", "").lower().lstrip().startswith(("javascript:", "data:", "//"))
        assert "1337" not in answer.text
        for link in (link.partition("#")[0] for link in found.links):
            if link.startswith("/") and link not in known and len(known) < 300:
                known.add(link)
                waiting.append(link)
    assert shown > 40  # it is there, as words
    assert len(known) > 60


def test_a_hostile_question_is_shown_as_words(browse: Browse, hostile: Path) -> None:
    pages = browse(hostile)
    for address in ("/search", "/chronology"):
        answer = pages.get(address, params={"q" if address == "/search" else "actor": EVIL})
        assert "<img" not in answer.text and "<script>alert" not in answer.text
        assert UNSAFE.search(answer.text) is None


def test_a_picture_holds_words_and_shapes_alone(browse: Browse, hostile: Path) -> None:
    drawn = browse(hostile).get("/network.svg").text
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert names <= {"svg", "title", "rect", "defs", "marker", "path", "circle", "text", "line", "g"}
    assert UNSAFE.search(drawn.replace("\n", "")) is None


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_hostile_title_makes_no_header_of_a_download(browse: Browse, hostile: Path, form: str) -> None:
    with Case.open(hostile) as case:
        item = case.actors()[0].id
    answer = browse(hostile).get(f"/actors/{item}.{form}")
    assert answer.headers["content-disposition"] == f'attachment; filename="actors-{item}.{form}"'
    assert UNSAFE.search(answer.text.replace("\r\n", "\n")) is None


def safe(page: str) -> None:
    """Nothing on a page is live that is not ours."""
    found = seen(page)
    assert UNSAFE.search(page) is None
    assert all(script["src"].startswith("/static/") for script in found.all("script"))
    assert {name for name, _ in found.elements}.isdisjoint({"img", "iframe", "object", "embed", "style", "textarea", "base"})
    for name, attributes in found.elements:
        assert not [key for key in attributes if key.startswith("on") or key == "style"], name
        assert not attributes.get("href", "/").lower().lstrip().startswith(("javascript:", "data:", "//"))
        assert attributes.get("action", "/").startswith("/")
    assert "1337" not in page


def test_a_hostile_account_and_audit_are_shown_as_words(
    browse: Browse, hostile: Path, tmp_path: Path, houses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody had written them into the house by another way than ours, which takes no such name."""
    place = tmp_path / "workspace.db"
    shutil.copy(houses, place)
    monkeypatch.setenv(PLACE, str(place))
    with House(place).writing() as database:
        database.execute("UPDATE accounts SET name = ? WHERE key = 'ada admin'", (EVIL,))
        database.execute("INSERT INTO tokens VALUES (?, 'x', 'ada admin', 'read', ?, '2999-01-01T00:00:00Z', ?)", (EVIL, EVIL, EVIL))
        database.execute(
            "INSERT INTO audit (at, last, kind, name, address, about, case_key) VALUES (?, ?, 'refused', ?, ?, ?, ?)", (EVIL,) * 6
        )
    pages = browse(hostile)
    assert sign_in(pages, NAMES["admin"]).status_code == 303
    for address in ("/audit", "/account", "/threads", "/audit?kind=refused", "/log"):
        page = pages.get(address)
        assert page.status_code == 200, address
        assert "<script>alert(1)</script>" in "".join(seen(page.text).text), address
        safe(page.text)
    for form in ("csv", "json"):
        told = pages.get(f"/audit.{form}")
        assert told.status_code == 200 and UNSAFE.search(told.text.replace("\r\n", "\n")) is None
    safe(pages.get("/audit", params={"kind": EVIL, "name": EVIL}).text)
    safe(pages.post("/account/tokens/" + quote(EVIL, safe="") + "/revoke", data={"token": token_on(pages.get("/account").text)}).text)


def test_a_hostile_sign_in_is_shown_as_words(
    browse: Browse, hostile: Path, tmp_path: Path, houses: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(houses, tmp_path / "workspace.db")
    monkeypatch.setenv(PLACE, str(tmp_path / "workspace.db"))
    pages = browse(hostile)
    answer = sign_in(pages, EVIL, EVIL, to="/" + EVIL)
    assert answer.status_code == 403
    safe(answer.text)
    safe(pages.get("/sign-in", params={"to": "/" + EVIL}).text)
    safe(pages.get("/" + quote(EVIL), params={"q": EVIL}, headers={"sec-fetch-site": "cross-site"}).text)
    refused = pages.post("/log", data={EVIL: EVIL})
    assert refused.status_code == 401
    safe(refused.text)
    sign_in(pages, NAMES["admin"])
    assert UNSAFE.search(pages.get("/audit.json").text.replace("\n", "")) is None
    safe(pages.get("/audit").text)
