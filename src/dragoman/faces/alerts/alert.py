"""An alert: what somebody wants to be told of in a case, and where to. The saved form, the checks of what is typed, the words for it."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

import msgspec

from dragoman.case.judgements import CommitmentKind, State
from dragoman.case.news import KINDS, NewsKind, Wanted
from dragoman.case.query import Filters
from dragoman.errors import InputError
from dragoman.reading.entries import EventType, Status
from dragoman.reading.wording import one_line

Channel = Literal["webhook", "mail"]
Digest = Literal["at once", "hour", "day"]
DIGESTS: tuple[Digest, ...] = get_args(Digest)
PAUSES: Mapping[Digest, float] = {"at once": 60.0, "hour": 3600.0, "day": 86_400.0}
"""Seconds between two mails of an alert: what comes meanwhile goes into the next."""
KIND_WORDS: Mapping[NewsKind, str] = {
    "events": "events", "figures": "figures", "disputes": "disputes", "promises": "promises, plans, threats and demands",
    "threads": "where threads stand", "statements": "statements", "reports": "reports",
}  # fmt: skip
_LONGEST_NAME, _LONGEST_WORDS, _LONGEST_ADDRESS = 80, 400, 500
_MAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


@dataclass(frozen=True)
class Where:
    """Where to tell, beside the feed: "" is nowhere. `private` allows a webhook on an address that is not public, and without TLS."""

    webhook: str = ""
    private: bool = False
    mail: str = ""
    digest: Digest = "at once"


@dataclass(frozen=True)
class Alert:
    """A saved alert. `case_key` names its case; `secret` signs what goes to the webhook, since the moment
    `secret_at`; `feed_key` opens its feed and nothing else.

    `mark` is up to where it has looked, `looked` when (ISO, UTC; "" for never), `from_day` from which day the first look tells,
    "" for only what is new. `problem` is why it could not look, "" if it could.
    """

    number: int
    uuid: str
    case_key: str
    name: str
    owner: str
    wanted: Wanted
    where: Where
    secret: str
    secret_at: str
    feed_key: str
    made: str
    mark: str
    from_day: str
    paused: bool
    looked: str
    problem: str


class _Saved(msgspec.Struct, omit_defaults=True):
    """What is wanted, as it is kept and as it goes out."""

    kind: str
    actor: str | None = None
    thread: str | None = None
    type: str | None = None
    status: str | None = None
    words: str = ""
    promise: str | None = None
    state: str | None = None


def saved(wanted: Wanted) -> dict[str, str]:
    """What is wanted, as plain values: only what narrows."""
    f = wanted.filters
    found: dict[str, str] = msgspec.to_builtins(
        _Saved(wanted.kind, f.actor, f.thread, f.type, f.status, wanted.words, wanted.promise, wanted.state)
    )
    return found


def items_of(wanted: Wanted) -> list[str]:
    """The ids of the actor and the thread by which it is narrowed."""
    return [item for item in (wanted.filters.actor, wanted.filters.thread) if item]


def wanted_of(values: Mapping[str, str | None]) -> Wanted:
    """What is wanted, from what `saved` gave or a person has typed; ids, not names. Raises InputError."""
    kind, words = values.get("kind") or "", one_line(values.get("words") or "").strip()
    if kind not in KINDS:
        raise InputError("kind", f"{one_line(kind)!r} is not known", f"choose one of {', '.join(KINDS)}")
    if len(words) > _LONGEST_WORDS:
        raise InputError("words", f"{len(words)} characters", f"at most {_LONGEST_WORDS} are looked for")
    kind_of, status = values.get("type"), values.get("status")
    filters = Filters(
        actor=values.get("actor") or None, thread=values.get("thread") or None,
        type=cast(EventType, kind_of.upper()) if kind_of else None, status=cast(Status, status.lower()) if status else None,
    )  # fmt: skip
    promise, state = _of(values, "promise", get_args(CommitmentKind)), _of(values, "state", get_args(State))
    if kind != "promises" and (promise or state):
        raise InputError("state" if state else "promise", f"it narrows promises, not {kind}", "leave it out")
    if kind == "statements" and (filters.thread or filters.type or filters.status):
        raise InputError("statements", "they are narrowed by actor and by words alone", "leave thread, type and status out")
    return Wanted(kind, filters, words, cast("CommitmentKind | None", promise), cast("State | None", state))


def _of(values: Mapping[str, str | None], name: str, known: Sequence[str]) -> str | None:
    given = values.get(name) or None
    if given is not None and given not in known:
        raise InputError(name, f"{one_line(given)!r} is not known", f"choose one of {', '.join(known)}")
    return given


def where_of(webhook: str, private: bool, mail: str, digest: str) -> Where:
    """Where to tell, as it was typed. Raises InputError."""
    if digest not in DIGESTS:
        raise InputError("digest", f"{one_line(digest)!r} is not known", f"choose one of {', '.join(DIGESTS)}")
    webhook, mail = webhook.strip(), mail.strip()
    if webhook:
        _check_webhook(webhook, private)
    if mail and not _MAIL.fullmatch(mail):
        raise InputError("mail", f"{one_line(mail)[:80]!r} is no single mail address", "give one such as desk@example.org")
    return Where(webhook, private and bool(webhook), mail, digest)


def _check_webhook(address: str, private: bool) -> None:
    import httpx  # takes a tenth of a second, and a served case has mostly no webhooks

    try:
        found = httpx.URL(address) if address.isprintable() and " " not in address else httpx.URL("")
    except httpx.InvalidURL:
        found = httpx.URL("")
    if found.scheme not in ("https", "http") or not found.host or len(address) > _LONGEST_ADDRESS:
        raise InputError("webhook", f"{one_line(address)[:80]!r} is no address on the web", "give one that begins with https://")
    if found.userinfo:
        raise InputError("webhook", "an address with a name or password in it", "leave them out: what is sent is signed")
    if found.scheme != "https" and not private:
        raise InputError(
            "webhook", "http:// sends what is told in the clear", "give https://, or allow private addresses if it stays in your house"
        )


def name_of(given: str) -> str:
    """The name of an alert, as it was typed. Raises InputError."""
    name = one_line(given).strip()
    if not name or len(name) > _LONGEST_NAME:
        raise InputError("name", f"{len(name)} characters", f"give a name of 1 to {_LONGEST_NAME} characters")
    return name


def spoken(wanted: Wanted, names: Mapping[str, str]) -> str:
    """What is wanted in words: 'events · actor Kora Guard (A3) · assault · told as denied'. `names` are those of its items."""
    f = wanted.filters

    def called(item: str) -> str:
        return f"{one_line(names[item])} ({item})" if item in names else item

    parts = (
        f"{wanted.promise}s" if wanted.promise else KIND_WORDS[wanted.kind],
        (f"by {called(f.actor)}" if wanted.kind == "statements" else f"with {called(f.actor)}") if f.actor else "",
        f"in {called(f.thread)}" if f.thread else "",
        f.type.lower() if f.type else "",
        f"told as {f.status}" if f.status else "",
        f"state {wanted.state}" if wanted.state else "",
        f"in reports with {wanted.words}" if wanted.words else "",
    )
    return " · ".join(filter(None, parts))


def path_of(wanted: Wanted) -> tuple[str, dict[str, str]]:
    """The page of the workspace that shows what an alert watches, with its filters."""
    pages: Mapping[NewsKind, str] = {
        "events": "/chronology", "figures": "/figures", "disputes": "/disputes", "promises": "/promises", "threads": "/threads",
        "statements": "/actors", "reports": "/search",
    }  # fmt: skip
    given = {name: value for name, value in saved(wanted).items() if name in ("actor", "thread", "type", "status", "state")}
    if wanted.kind == "statements":
        return (f"/actors/{given['actor']}", {}) if "actor" in given else ("/actors", {})
    if wanted.kind == "reports" and wanted.words:
        return pages["reports"], {"q": wanted.words, **given}
    if wanted.kind == "reports":
        return "/sources", given
    return pages[wanted.kind], {**given, **({"kind": wanted.promise} if wanted.promise else {})}


def spoken_secret(secret: str) -> str:
    """The secret of a webhook as Standard Webhooks writes it; `secret` is hexadecimal."""
    return "whsec_" + base64.b64encode(bytes.fromhex(secret)).decode()
