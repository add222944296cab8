"""Feeds followed: new entries lead to their pages, and the pages become reports.

What is known of a feed between two polls is a plain value, `FeedState`, which the caller keeps. Each step comes with the state that
holds once its report is kept: written down together, a kill at any moment loses no report and takes none twice.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.errors import InputError
from dragoman.faces.fetch import Answer, Fetcher, FetchError
from dragoman.text.feed import Entry, Feed, read_feed
from dragoman.text.formats import load_entry, load_page, named_by
from dragoman.text.loaded import Item, Loaded, Remark

# What is taken from one poll; feeds have 10 to 100 entries, and the rest comes with the next poll.
_MOST_ENTRIES = 500
# How many entries that are no longer in the feed are remembered, in case it shows them again.
_REMEMBERED = 2000
_MOST_TRIES = 5
_EVERY = 900.0
_LONGEST_PAUSE = 6 * 3600.0
_JITTER = 0.1


@dataclass(frozen=True)
class FeedState:
    """What is known of a feed. `seen` are keys of entries that are done with, the newest first; `tries` counts failed tries by key.

    `etag` and `modified` are the server's own marks of what it sent last; they are only kept when all of that is done with.
    `failures` counts polls in a row that failed, `wait` is how many seconds the server asked to wait.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    seen: tuple[str, ...] = ()
    tries: Mapping[str, int] = field(default_factory=dict)
    failures: int = 0
    wait: float | None = None


@dataclass(frozen=True)
class Step:
    """One report, error or remark of a poll, and the state of the feed once it is kept; the last step of a poll has no item or an error."""

    state: FeedState
    item: Item | None = None


def poll(fetcher: Fetcher, state: FeedState) -> Iterator[Step]:
    """Asks a feed once and fetches the pages of its new entries, the oldest first; at least one step comes out.

    An entry whose page cannot be had stands for itself if it carries its whole text. One that failed for a reason that may pass is
    tried again with later polls, five times in all.
    """
    try:
        answer = fetcher.get(state.url, state.etag, state.modified)
        if answer.unchanged:
            yield Step(replace(state, failures=0, wait=None))
            return
        feed = read_feed(answer.data, state.url, answer.content_type, answer.url)
    except InputError as problem:
        wait = problem.wait if isinstance(problem, FetchError) else None
        yield Step(replace(state, failures=state.failures + 1, wait=wait), problem)
        return
    yield from _entries(fetcher, replace(state, failures=0, wait=None), feed, answer)


def _entries(fetcher: Fetcher, state: FeedState, feed: Feed, answer: Answer) -> Iterator[Step]:
    """The new entries of a feed that came, then the state with the marks of this answer if nothing is left to do."""
    new = [entry for entry in feed.entries if entry.key not in set(state.seen)]
    for entry in reversed(new[-_MOST_ENTRIES:]):
        item = load(fetcher, entry, feed.title)
        state = _after(state, entry, item)
        yield Step(state, item)
    for remark in _remarks(state, feed, answer):
        yield Step(state, remark)
    left = any(entry.key not in set(state.seen) for entry in feed.entries)
    marks = (None, None) if left else (answer.etag, answer.modified)
    yield Step(replace(state, etag=marks[0], modified=marks[1], seen=_remembered(state, feed)))


def _remarks(state: FeedState, feed: Feed, answer: Answer) -> Iterator[Remark]:
    """What is worth a line about the feed as a whole."""
    if feed.flaw:
        yield Remark(state.url, f"its XML is broken ({feed.flaw}); the entries that could be told are read")
    if answer.moved_to:
        yield Remark(state.url, f"the feed has moved for good to {answer.moved_to}; give that address from now on")


def _after(state: FeedState, entry: Entry, item: Item) -> FeedState:
    """The state once an entry was tried."""
    tries = {**state.tries, entry.key: state.tries.get(entry.key, 0) + 1}
    if isinstance(item, FetchError) and item.temporary and tries[entry.key] < _MOST_TRIES:
        return replace(state, tries=tries)
    del tries[entry.key]
    return replace(state, seen=(entry.key, *state.seen), tries=tries)


def _remembered(state: FeedState, feed: Feed) -> tuple[str, ...]:
    """The keys that are kept: all that the feed still shows, and the latest of the others."""
    shown = {entry.key for entry in feed.entries}
    others = [key for key in state.seen if key not in shown][:_REMEMBERED]
    return (*(key for key in state.seen if key in shown), *others)


def load(fetcher: Fetcher, entry: Entry, publisher: str | None) -> Loaded | InputError:
    """The report of one entry: from its page, else from the entry itself if it carries the whole text."""
    where = entry.url or f"the entry {entry.title or entry.id[:60]!r}"
    carried = load_entry(entry, publisher, where)
    if entry.url is None:
        return carried
    try:
        answer = fetcher.get(entry.url)
        item = load_page(answer.data, where, answer.charset)
    except FetchError as problem:
        item = problem
    if isinstance(item, Loaded):
        return replace(item, report=named_by(entry, publisher, item.report))
    return carried if isinstance(carried, Loaded) else item


# Watching


def pause_of(state: FeedState, every: float = _EVERY) -> float:
    """Seconds until a feed is asked again: doubled with each failure up to six hours, and never less than the server asked for."""
    usual = every * 2.0 ** min(state.failures, 16)
    return max(min(usual, max(_LONGEST_PAUSE, every)), state.wait or 0.0)


def watch(
    fetcher: Fetcher,
    states: Sequence[FeedState],
    stop: threading.Event,
    every: float = _EVERY,
    chance: Callable[[], float] = random.random,
) -> Iterator[Step]:
    """Polls the feeds again and again, each at its own time, until `stop` is set.

    `every` are seconds between two polls of a feed. Times are shifted by up to a tenth, so that many programs do not ask at one time;
    `chance` gives the shift as a number from 0 to 1. The first poll of all feeds is at once.
    """
    due = dict.fromkeys(range(len(states)), 0.0)
    known = list(states)
    while due and not stop.is_set():
        number = min(due, key=lambda n: due[n])
        if stop.wait(max(0.0, due[number] - time.monotonic())):
            return
        for step in poll(fetcher, known[number]):
            known[number] = step.state
            yield step
            if stop.is_set():
                return
        due[number] = time.monotonic() + pause_of(known[number], every) * (1 + _JITTER * chance())
