"""Feeds followed: entries to pages to reports, what is known between polls, and the watch."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from dragoman.errors import InputError
from dragoman.faces import feeds
from dragoman.faces.feeds import FeedState, Step, poll, watch
from dragoman.faces.fetch import Fetcher, FetchError, Terms
from dragoman.text.loaded import Loaded, Remark
from tests.faces.server import Reply, Site, serving

SENTENCE = "Officials in Tarvo said on Monday that the {} bridge would stay shut until the flood had passed."


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(Terms(allow_private=True, seconds=2, silence=1, pause=0))


def page(name: str) -> Reply:
    text = f"<p>{SENTENCE.format(name)}</p><p>Nobody was hurt when a part of the bank gave way on Sunday, the mayor said.</p>"
    html = f"<!DOCTYPE html><html><head><title>Page of {name}</title></head><body><article>{text}</article></body></html>"
    return Reply(html.encode(), fields={"Content-Type": "text/html; charset=utf-8"})


def feed(*names: str, etag: str = '"1"', extra: str = "") -> Reply:
    item = "<item><title>The {0} bridge</title><link>/{0}</link><pubDate>Sat, 10 Jan 2026 08:00:00 GMT</pubDate></item>"
    items = "".join(item.format(name) for name in names)
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Tarvo Gazette</title>{items}{extra}</channel></rss>"
    return Reply(body.encode(), fields={"Content-Type": "application/rss+xml", "ETag": etag})


def publish(site: Site, *names: str, etag: str = '"1"', extra: str = "") -> FeedState:
    made = feed(*names, etag=etag, extra=extra)
    site.paths["/feed"] = lambda fields: Reply(status=304) if fields.get("if-none-match") == etag else made
    site.paths.update({f"/{name}": page(name) for name in names})
    return FeedState(f"{site.url}/feed")


def loaded(steps: list[Step]) -> list[Loaded]:
    return [step.item for step in steps if isinstance(step.item, Loaded)]


def failed(steps: list[Step]) -> list[InputError]:
    return [step.item for step in steps if isinstance(step.item, InputError)]


class TestPoll:
    def test_new_entries_become_reports_the_oldest_first(self, site: Site, fetcher: Fetcher) -> None:
        steps = list(poll(fetcher, publish(site, "new", "old")))
        old, new = loaded(steps)
        assert (old.report.title, new.report.title) == ("The old bridge", "The new bridge")
        assert SENTENCE.format("old") in old.report.text
        assert (old.report.publisher, old.report.published) == ("Tarvo Gazette", date(2026, 1, 10))
        assert old.report.url == old.name == f"{site.url}/old"
        assert (old.raw, old.media_type) == (page("old").body, "text/html")
        assert steps[-1].item is None and steps[-1].state.etag == '"1"'

    def test_the_next_poll_asks_for_news_only_and_fetches_nothing_twice(self, site: Site, fetcher: Fetcher) -> None:
        state = list(poll(fetcher, publish(site, "old")))[-1].state
        assert [step.item for step in poll(fetcher, state)] == [None]
        publish(site, "new", "old", etag='"2"')
        steps = list(poll(fetcher, state))
        assert [item.report.title for item in loaded(steps)] == ["The new bridge"]
        assert site.times("/old") == 1

    def test_a_kill_between_two_reports_loses_none_and_takes_none_twice(self, site: Site, fetcher: Fetcher) -> None:
        first = next(poll(fetcher, publish(site, "new", "old")))
        assert first.state.etag is None  # so that the feed is sent again
        steps = list(poll(fetcher, first.state))
        assert [item.report.title for item in loaded(steps)] == ["The new bridge"]

    def test_one_bad_page_stops_no_other(self, site: Site, fetcher: Fetcher) -> None:
        state = publish(site, "a", "b", "c")
        site.paths["/b"] = Reply(status=404)
        site.paths["/c"] = Reply(b"<!DOCTYPE html><html><body>Subscribe</body></html>")
        steps = list(poll(fetcher, state))
        assert len(loaded(steps)) == 1
        assert [(error.where.removeprefix(site.url), "404" in error.found) for error in failed(steps)] == [("/c", False), ("/b", True)]
        assert steps[-1].state.etag == '"1"'  # both are done with

    def test_a_page_that_fails_for_now_is_tried_again_five_times(self, site: Site, fetcher: Fetcher) -> None:
        state = publish(site, "a", "b")
        site.paths["/b"] = Reply(status=500)
        for turn in range(1, 7):
            steps = list(poll(fetcher, state))
            state = steps[-1].state
            assert len(failed(steps)) == (turn <= 5)
            assert (state.etag is None) == (turn < 5)
        assert site.times("/b") == 5 and site.times("/a") == 1
        assert state.tries == {}

    def test_an_entry_with_its_whole_text_stands_for_a_page_that_cannot_be_had(self, site: Site, fetcher: Fetcher) -> None:
        text = "".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(9))
        entry = f"<item><title>Whole</title><link>/gone</link><description><![CDATA[{text}]]></description></item>"
        (item,) = loaded(list(poll(fetcher, publish(site, extra=entry))))
        assert SENTENCE.format(8) in item.report.text and item.report.title == "Whole"
        assert item.raw == text.encode()

    def test_a_feed_that_sends_html(self, site: Site, fetcher: Fetcher) -> None:
        site.paths["/feed"] = page("old")
        (step,) = poll(fetcher, FeedState(f"{site.url}/feed"))
        assert isinstance(step.item, InputError)
        assert step.item.found == "a web page (HTML), not a feed"
        assert step.state.failures == 1

    def test_a_feed_that_is_busy_says_how_long(self, site: Site, fetcher: Fetcher) -> None:
        site.paths["/feed"] = Reply(status=429, fields={"Retry-After": "4000"})
        (step,) = poll(fetcher, FeedState(f"{site.url}/feed"))
        assert isinstance(step.item, FetchError) and step.item.temporary
        assert feeds.pause_of(step.state) == 4000

    def test_a_broken_feed_and_a_move_are_told(self, site: Site, fetcher: Fetcher) -> None:
        publish(site, "old", extra="<b>&</i>")
        site.paths["/before"] = Reply(status=301, fields={"Location": "/feed"})
        steps = list(poll(fetcher, FeedState(f"{site.url}/before")))
        remarks = [str(step.item) for step in steps if isinstance(step.item, Remark)]
        assert len(loaded(steps)) == 1 and len(remarks) == 2
        assert "XML is broken" in remarks[0] and f"moved for good to {site.url}/feed" in remarks[1]

    def test_a_feed_that_forgets_and_remembers(self, site: Site, fetcher: Fetcher) -> None:
        state = list(poll(fetcher, publish(site, "old")))[-1].state
        publish(site, "new", etag='"2"')
        state = list(poll(fetcher, state))[-1].state
        publish(site, "old", "new", etag='"3"')
        assert loaded(list(poll(fetcher, state))) == []

    def test_a_feed_without_end_is_taken_in_parts(self, site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(feeds, "_MOST_ENTRIES", 2)
        state = publish(site, "c", "b", "a")
        steps = list(poll(fetcher, state))
        assert len(loaded(steps)) == 2 and steps[-1].state.etag is None
        assert [item.report.title for item in loaded(list(poll(fetcher, steps[-1].state)))] == ["The c bridge"]


class TestWatch:
    def test_it_polls_again_until_it_is_stopped(self, site: Site, fetcher: Fetcher) -> None:
        stop, steps = threading.Event(), []
        for step in watch(fetcher, [publish(site, "old"), FeedState(f"{site.url}/none")], stop, every=0.02, chance=lambda: 0):
            steps.append(step)
            if site.times("/feed") >= 3 and site.times("/none") >= 2:
                stop.set()
        assert len(loaded(steps)) == 1
        assert any(isinstance(step.item, FetchError) for step in steps)

    def test_a_stop_ends_the_waiting_at_once(self, site: Site, fetcher: Fetcher) -> None:
        stop = threading.Event()
        timer = threading.Timer(0.3, stop.set)
        timer.start()
        assert loaded(list(watch(fetcher, [publish(site, "old")], stop, every=3600)))
        timer.join()

    def test_no_feeds(self, fetcher: Fetcher) -> None:
        assert list(watch(fetcher, [], threading.Event())) == []

    def test_failures_make_it_slower_up_to_six_hours(self) -> None:
        pauses = [feeds.pause_of(FeedState("https://a.example/", failures=n), 900) for n in (0, 1, 2, 5, 1000)]
        assert pauses == [900, 1800, 3600, 21600, 21600]
        assert feeds.pause_of(FeedState("https://a.example/", failures=1), 86_400) == 86_400
