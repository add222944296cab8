"""The feed of an alert, read back by a parser of feeds."""

from __future__ import annotations

from dataclasses import replace

import feedparser
import pytest

from dragoman.case.case import Case
from dragoman.faces.alerts import atom
from dragoman.faces.alerts.alert import Alert
from dragoman.faces.alerts.ledger import Ledger, Told
from dragoman.faces.alerts.looking import looked_at
from dragoman.reading.entries import Reading
from tests.faces.alerts.conftest import Make, put

HERE, OWN = "https://desk.example/", "https://desk.example/feeds/key/1.atom"


def parsed(ledger: Ledger, alert: Alert, page: int = 1) -> feedparser.FeedParserDict:
    found = feedparser.parse(atom.feed(ledger, alert, "events", HERE, OWN, page))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def links(found: feedparser.FeedParserDict) -> dict[str, str]:
    return {link.rel: link.href for link in found.feed.links}


def test_an_empty_feed_is_a_feed(ledger: Ledger, make: Make) -> None:
    alert = make()
    found = parsed(ledger, alert)
    assert found.feed.id == f"urn:uuid:{alert.uuid}"
    assert found.feed.title == "Guard"
    assert found.feed.updated == alert.made
    assert links(found) == {"self": OWN, "alternate": f"https://desk.example/alerts/{alert.number}"}
    assert found.entries == []


def test_entries_are_stable_and_lead_to_the_workspace(case: Case, ledger: Ledger, make: Make, end: list[Reading]) -> None:
    alert = make()
    put(case, end)
    looked_at(case, ledger)
    first = parsed(ledger, alert)
    (entry,) = first.entries
    assert entry.title == "occurred: Kora Guard (retreat) – The Kora Guard withdrew from the harbour of Tarvo."
    assert entry.link == f"https://desk.example/events/{ledger.matches(alert)[0].told.item}"
    assert entry.updated == entry.published == first.feed.updated
    assert entry.updated.endswith("Z")
    assert entry.content[0].type == "text/plain"
    known = ledger.alert(alert.case_key, alert.number)
    ledger.looked(known, [("E99:denied", Told("events", "E99", "denied"))], "9/0/")
    second = parsed(ledger, alert)
    assert [one.id for one in second.entries][1] == entry.id
    assert len({one.id for one in second.entries}) == 2


def test_what_a_report_holds_stays_text(ledger: Ledger, make: Make) -> None:
    evil = '</title><script>alert(1)</script>&lt;b&gt; ]]> \x00\x0b\ufffe"'
    alert = replace(make(), name=evil)
    ledger.looked(
        alert, [("E1:x", Told("events", "E1", evil, evil, (evil, evil, evil), evil, "r", "0-1", evil, evil, "2026-01-01"))], "9/0/"
    )
    data = atom.feed(ledger, alert, evil, HERE, OWN)
    assert b"<script" not in data
    found = feedparser.parse(data)
    assert not found.bozo
    assert "<script>" in feedparser.parse(data, sanitize_html=False).entries[0].content[0].value


def test_a_long_feed_comes_in_pages(ledger: Ledger, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atom, "ON_A_PAGE", 10)
    alert = make()
    ledger.looked(alert, [(f"E{n}:occurred", Told("events", f"E{n}", "occurred")) for n in range(25)], "9/0/")
    pages = [parsed(ledger, alert, page) for page in (1, 2, 3)]
    assert [len(page.entries) for page in pages] == [10, 10, 5]
    assert len({entry.id for page in pages for entry in page.entries}) == 25
    assert links(pages[1])["self"] == f"{OWN}?page=2"
    assert (links(pages[1])["previous"], links(pages[1])["next"]) == (OWN, f"{OWN}?page=3")
    assert "next" not in links(pages[2])


def test_the_same_page_has_the_same_tag(ledger: Ledger, make: Make) -> None:
    alert = make()
    one = atom.feed(ledger, alert, "events", HERE, OWN)
    assert atom.tag_of(one) == atom.tag_of(atom.feed(ledger, alert, "events", HERE, OWN))
    ledger.looked(alert, [("E1:x", Told("events", "E1"))], "9/0/")
    assert atom.tag_of(one) != atom.tag_of(atom.feed(ledger, alert, "events", HERE, OWN))
