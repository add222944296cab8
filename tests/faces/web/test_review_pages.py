"""The review in the browser, form by form: what is asked, what an answer does, what is taken back, and who may do what."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the pages need dragoman[serve]")

from starlette.testclient import TestClient

from dragoman.case.case import Case
from dragoman.case.judgements import Decision
from dragoman.case.reviewing import Wanted
from dragoman.faces.web.review.trail import Act, Trails
from tests.case.following import NOON
from tests.case.test_reviewing import story
from tests.faces.web.conftest import Browse, Make
from tests.faces.web.markup import seen


@pytest.fixture(autouse=True)
def _me(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_AUTHOR", "Ada Holm")


@pytest.fixture
def place(make: Make) -> Path:
    """A case of its own: these tests decide."""
    return make(story())


@pytest.fixture
def web(browse: Browse, place: Path) -> TestClient:
    return browse(place)


def send(web: TestClient, path: str, page: str = "/review", **fields: str | list[str]) -> str:
    """Sends a form of a page as a browser would; where it leads."""
    hidden = {i["name"]: i["value"] for i in seen(web.get(page).text).all("input") if i.get("type") == "hidden"}
    sent = {"token": hidden["token"], **{name: hidden[name] for name in ("item", "proposed", "back", "second") if name in hidden}, **fields}
    answer = web.post(path, data=sent, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def decisions(place: Path) -> list[tuple[str, ...]]:
    with Case.open(place) as case:
        return [_told(stored.decision) for stored in case.store.decisions()]


def _told(decision: Decision) -> tuple[str, ...]:
    return decision.verb, decision.target, decision.value or "", decision.why, decision.by


def left(place: Path) -> list[str]:
    with Case.open(place) as case:
        return [doubt.id for doubt in case.review(limit=None).doubts]


# --- one by one


def test_a_question_is_shown_with_its_sentences_and_its_keys(web: TestClient) -> None:
    page = web.get("/review?reason=came_of").text
    assert "Is this what came of it?" in page and "<mark>offered</mark>" in page and "<mark>delivered</mark>" in page
    keys = {b["data-key"]: b.get("value", "") for b in seen(page).all("button") if "data-key" in b}
    assert keys == {"a": "accept", "r": "reject", "s": "", "u": ""}
    assert "<script src=" in page and "onclick" not in page and "style=" not in page
    states = seen(web.get("/review?reason=state").text).all("button")
    assert [b["data-key"] for b in states if b.get("name") == "answer"] == ["a", "1", "2", "3", "4", "6", "r"], "5 is what is proposed"


def test_every_answer_is_a_decision_and_the_next_question_comes(web: TestClient, place: Path) -> None:
    event, state, link = left(place)
    assert send(web, "/review/decide", answer="accept", why="I was\nthere") == "/review"
    assert send(web, "/review/decide", answer="state:broken") == "/review"
    assert send(web, "/review/decide", answer="reject") == "/review"
    assert decisions(place) == [
        ("confirm", event, "", "I was there", "Ada Holm"),
        ("edit", state, "state=broken", "", "Ada Holm"),
        ("different", link, "", "", "Ada Holm"),
    ]
    page = web.get("/review").text
    assert "Nothing is left to be decided here." in page and "<b>3</b> decided by you today" in page


def test_the_state_that_was_shown_is_the_one_that_is_accepted(web: TestClient, place: Path) -> None:
    send(web, "/review/decide", page="/review?reason=state", answer="accept")
    assert decisions(place) == [("edit", "C1", "state=kept", "", "Ada Holm")]
    with Case.open(place) as case:
        assert [(c.state, c.decided_by) for c in case.commitments()] == [("kept", "person")]


def test_what_is_put_off_is_no_decision_and_comes_back(web: TestClient, place: Path) -> None:
    first = left(place)[0]
    send(web, "/review/skip")
    page = web.get("/review").text
    assert "<b>1</b> put off" in page and f'value="{first}"' not in page
    assert decisions(place) == [] and left(place)[0] == first
    assert send(web, "/review/undo") == f"/review?at={first}"
    assert "put off" not in web.get("/review").text.partition("</header>")[2].partition('class="keys"')[0]
    send(web, "/review/skip")
    send(web, "/review/again")
    assert f'name="item" value="{first}"' in web.get("/review").text


def test_undo_takes_back_what_was_done_last_and_asks_it_again(web: TestClient, place: Path) -> None:
    first, second, _ = left(place)
    send(web, "/review/decide", answer="accept")
    send(web, "/review/decide", answer="accept")
    assert send(web, "/review/undo") == f"/review?at={second}"
    assert send(web, "/review/undo") == f"/review?at={first}"
    assert left(place)[:2] == [first, second]
    assert [told[0] for told in decisions(place)] == ["confirm", "edit", "undo", "undo"]
    assert send(web, "/review/undo") == "/review"


def test_a_script_is_told_where_the_next_question_is(web: TestClient) -> None:
    hidden = {i["name"]: i["value"] for i in seen(web.get("/review?reason=event").text).all("input") if i.get("type") == "hidden"}
    answer = web.post("/review/decide", data={**hidden, "answer": "accept"}, headers={"Accept": "application/json"})
    assert answer.json() == {"to": "/review?reason=event", "said": f"{hidden['item']}: Told rightly"}


def test_the_way_back_leads_to_the_workspace_only(web: TestClient) -> None:
    for elsewhere in ("https://example.org/", "//example.org/x", "/\\example.org", "javascript:alert(1)"):
        assert send(web, "/review/again", back=elsewhere) == "/review"


def test_what_somebody_else_decided_meanwhile_is_left_to_a_second_reading(web: TestClient, place: Path) -> None:
    page = web.get("/review").text
    hidden = {i["name"]: i["value"] for i in seen(page).all("input") if i.get("type") == "hidden"}
    with Case.open(place) as case:
        case.judge("Ben").reject(hidden["item"], "", NOON)
    web.post("/review/decide", data={**hidden, "answer": "accept"})
    assert [told[4] for told in decisions(place)] == ["Ben"]
    second = web.get("/review?second=1").text
    assert "Second reading" in second and "Ben" not in second and hidden["item"] in second and "reject" not in _answering(second)
    send(web, "/review/decide", page="/review?second=1", answer="accept")
    assert [told[4] for told in decisions(place)] == ["Ben", "Ada Holm"]


def _answering(page: str) -> str:
    """The words about the question, without the buttons."""
    return re.sub(r"<button.*?</button>", "", page.partition('class="answering"')[2].partition('class="keys"')[0], flags=re.S)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("reason=weather", "expected some of dispute"),
        ("below=much", "expected a number"),
        ("from_score=0.9&below=0.6", "the lower one first"),
        ("colour=red", "knows no"),
    ],
)
def test_filters_that_make_no_sense_are_refused(web: TestClient, address: str, words: str) -> None:
    answer = web.get(f"/review?{address}")
    assert answer.status_code == 400 and words in answer.text


def test_filters_stand_in_the_address_and_stay(web: TestClient, place: Path) -> None:
    page = web.get("/review/list?below=2&publisher=Evening+Mail").text
    assert page.count('class="one"') == 3 and "Evening Mail" in page
    assert send(web, "/review/skip", page="/review?below=2&publisher=Evening+Mail") == "/review?below=2&publisher=Evening+Mail"
    with Case.open(place) as case:
        count = case.review(Wanted(high=2.0, publisher="Evening Mail")).count
    assert count == 3


# --- corrections


def test_a_field_is_corrected_with_a_reason(web: TestClient, place: Path) -> None:
    address = "/review?reason=event"
    fields = {i["name"]: i["value"] for i in seen(web.get(address).text).all("input") if i.get("name", "").startswith("was-")}
    target = left(place)[0]
    was = {**fields, "target": target, "status": "denied", "type": fields["was-type"], "actor": "Kora Guard"}
    send(web, "/review/edit", page=address, why="the mayor says", **was)
    with Case.open(place) as case:
        guard = next(actor.id for actor in case.actors() if actor.name == "Kora Guard")
    made = decisions(place)
    assert made == [
        ("edit", target, "status=denied", "the mayor says", "Ada Holm"), ("edit", target, f"actor={guard}", "the mayor says", "Ada Holm"),
    ]  # fmt: skip
    assert target not in left(place)
    send(web, "/review/undo")
    assert target in left(place)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"target": "E1"}, "expected"),
        ({}, "Nothing was changed"),
        ({"status": "weird"}, "choose one of"),
        ({"actor": "Nobody Known"}, "no actor"),
    ],
)
def test_corrections_that_cannot_be_made_are_refused(web: TestClient, place: Path, fields: dict[str, str], words: str) -> None:
    hidden = {i["name"]: i["value"] for i in seen(web.get("/review?reason=event").text).all("input") if i.get("type") == "hidden"}
    known = {name.removeprefix("was-"): value for name, value in hidden.items() if name.startswith("was-")}
    answer = web.post("/review/edit", data={**hidden, **known, **fields})
    assert answer.status_code == 400 and words in answer.text
    assert decisions(place) == []


# --- a page at once


def test_only_what_is_ticked_and_shown_is_accepted_and_undone_at_once(web: TestClient, place: Path) -> None:
    shown = [i["value"] for i in seen(web.get("/review/list").text).all("input") if i.get("name") == "shown"]
    assert shown == left(place)
    send(web, "/review/bulk", page="/review/list", take=shown[:2], shown=shown, **{f"proposed-{shown[1]}": "kept"})
    assert [told[1] for told in decisions(place)] == shown[:2] and left(place) == shown[2:]
    assert send(web, "/review/undo", page="/review/list") == f"/review/list?at={shown[0]}"
    assert left(place) == shown


def test_what_was_not_on_the_page_is_not_accepted(web: TestClient, place: Path) -> None:
    shown = left(place)
    token = next(i["value"] for i in seen(web.get("/review/list").text).all("input") if i.get("name") == "token")
    answer = web.post("/review/bulk", data={"token": token, "take": shown, "shown": shown[:1]})
    assert answer.status_code == 400 and "was not on the page" in answer.text
    assert decisions(place) == [], "all or nothing"


# --- agreement


def test_reviewers_differ_and_a_third_settles(web: TestClient, place: Path) -> None:
    link = left(place)[2]
    with Case.open(place) as case:
        case.judge("Ben").link(link, True, "the clerk says so", NOON)
        case.judge("Cy").link(link, False, "another grain", NOON)
        case.settle()
    page = web.get("/review/agreement").text
    assert "the clerk says so" in page and "another grain" in page and "0 of 1" in page and "too little to rely on" in page
    send(web, "/review/settle", page="/review/agreement", item=link, said="different", why="two ships")
    page = web.get("/review/agreement").text
    assert "To be settled" not in page and "two ships" in page
    assert web.get("/review/agreement.csv").text.splitlines()[0] == "id,reason,by,said,why,at,settled_by,settled"


def test_a_correction_with_a_semicolon_in_it_can_be_settled_on(web: TestClient, place: Path) -> None:
    with Case.open(place) as case:
        event = next(doubt.id for doubt in case.review(limit=None).doubts if doubt.reason == "event")
        case.judge("Ben").edit(event, {"place": "Pier 4; north gate", "status": "denied"}, "", NOON)
        case.judge("Cy").confirm(event, "", NOON)
    send(web, "/review/settle", page="/review/agreement", item=event, said="place=Pier 4; north gate; status=denied", why="so the plan")
    assert [told[:3] for told in decisions(place)[-3:]] == [
        ("confirm", event, ""), ("edit", event, "place=Pier 4; north gate"), ("edit", event, "status=denied"),
    ]  # fmt: skip


# --- on the other pages


def test_a_promise_is_decided_on_its_page(web: TestClient, place: Path) -> None:
    assert send(web, "/items/C1/state", page="/promises/C1", state="broken", why="half of it") == "/promises/C1"
    page = web.get("/promises/C1").text
    assert "broken (as a person decided)" in page and "half of it" in page
    assert send(web, "/decisions/J1/undo", page="/log") == "/log"
    assert "undone" in web.get("/log").text and "as the rules decided" in web.get("/promises/C1").text


def test_items_are_renamed_joined_parted_and_rejected_on_their_pages(web: TestClient, place: Path) -> None:
    with Case.open(place) as case:
        guard, league = (next(a.id for a in case.actors() if a.name == name) for name in ("Kora Guard", "Salt League"))
        mention = case.show("E1").passages[0].place
    assert send(web, f"/items/{guard}/rename", page=f"/actors/{guard}", name="The Guard") == f"/actors/{guard}"
    assert "<bdi>The Guard</bdi></h1>" in web.get(f"/actors/{guard}").text
    send(web, f"/items/{guard}/merge", page=f"/actors/{guard}", other=league.lower())
    assert web.get(f"/actors/{league}").status_code == 404
    send(web, "/items/E1/split", page="/events/E1", mention=[f"{mention.report}:{mention.entry}"])
    assert send(web, "/items/E2/word", page="/events/E2", said="nothing") == "/log"
    assert send(web, "/items/L1/link", page="/links/L1", said="different") == "/links/L1"
    assert [told[0] for told in decisions(place)] == ["rename", "merge", "split", "reject", "different"]


@pytest.mark.parametrize("path", ["/items/C99/state", "/items/X/word", "/decisions/J9/undo", "/items/L1/state"])
def test_what_does_not_exist_cannot_be_decided(web: TestClient, path: str) -> None:
    token = next(i["value"] for i in seen(web.get("/review").text).all("input") if i.get("name") == "token")
    assert web.post(path, data={"token": token, "said": "right", "state": "kept"}).status_code in (400, 404)


def test_nothing_is_decided_without_the_token_of_the_page(web: TestClient, place: Path) -> None:
    item = left(place)[0]
    for sent in ({"item": item, "answer": "accept"}, {"item": item, "answer": "accept", "token": "guessed"}):
        assert web.post("/review/decide", data=sent).status_code == 403
    assert decisions(place) == []


def test_hostile_words_are_shown_as_words(make: Make, browse: Browse) -> None:
    told = story()[-1]
    text = told.report.text.replace("the mill", "<script>x</script>")
    hostile = replace(told, report=replace(told.report, text=text, publisher='<img src=x onerror="y">', title="<b>t</b>"))
    place = make([hostile])
    web = browse(place)
    for path in ("/review", "/review/list"):
        page = web.get(path).text
        assert "<script>x" not in page and "<img" not in page and "&lt;script&gt;x&lt;/script&gt;" in page


# --- programs


def test_a_program_reads_the_queue_and_decides(web: TestClient, place: Path) -> None:
    found = web.get("/api/1/review?limit=2")
    assert found.headers["x-total-count"] == "3" and [one["id"] for one in found.json()["questions"]] == left(place)[:2]
    headers = {"X-Dragoman-Token": next(i["value"] for i in seen(web.get("/review").text).all("input") if i.get("name") == "token")}
    event, state, link = left(place)
    for sent in ({"item": event, "answer": "reject"}, {"item": state, "answer": "state:stalled", "why": "seen"}):
        assert web.post("/api/1/decisions", data=sent, headers=headers).json()["to"] == "/log"
    assert web.post("/api/1/decisions", data={"item": link, "answer": "accept"}, headers=headers).json()["decisions"] == ["J3"]
    assert web.post("/api/1/decisions", data={"undo": "j1"}, headers=headers).json() == {"to": "/log", "decisions": ["J4"]}
    assert [told[0] for told in decisions(place)] == ["reject", "edit", "same", "undo"] and left(place) == [event]
    second = web.get("/api/1/review?second=1").json()
    assert second["count"] == 0 and web.get("/api/1/agreement").json()["kinds"] == []


def test_a_program_does_not_go_over_what_somebody_else_has_decided(web: TestClient, place: Path) -> None:
    headers = {"X-Dragoman-Token": next(i["value"] for i in seen(web.get("/review").text).all("input") if i.get("name") == "token")}
    sent = {"item": left(place)[0], "answer": "accept"}
    with Case.open(place) as case:
        case.judge("Ben").reject(sent["item"], "", NOON)
    answer = web.post("/api/1/decisions", data=sent, headers=headers)
    assert answer.status_code == 409 and "second=1" in answer.json()["remedy"]
    assert [told[4] for told in decisions(place)] == ["Ben"]
    assert web.post("/api/1/decisions", data={**sent, "second": "1"}, headers=headers).status_code == 200
    assert [told[4] for told in decisions(place)] == ["Ben", "Ada Holm"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"item": "L99", "answer": "accept"}, 404), ({"item": "C1", "answer": "perhaps"}, 400), ({"undo": "J9"}, 404), ({}, 404)],
)
def test_a_program_is_told_what_is_wrong(web: TestClient, place: Path, sent: dict[str, str], status: int) -> None:
    token = next(i["value"] for i in seen(web.get("/review").text).all("input") if i.get("name") == "token")
    answer = web.post("/api/1/decisions", data=sent, headers={"X-Dragoman-Token": token})
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert web.post("/api/1/decisions", data=sent).status_code == 403
    assert decisions(place) == []


# --- the trail


def test_a_trail_is_bounded_and_its_own_for_each_reviewer() -> None:
    trails = Trails()
    for number in range(2500):
        trails.skip("case", "Ada", f"L{number}")
    assert len(trails.skipped("case", "Ada")) == 2000 and trails.skipped("case", "Ben") == frozenset()
    trails.did("case", "Ada", Act(("L2499",), "said", ("J1",)))
    assert "L2499" not in trails.skipped("case", "Ada"), "what is decided is put off no more"
    for number in range(300):
        trails.skipped("case", f"reviewer {number}")
    assert trails.last("case", "Ada") is None
