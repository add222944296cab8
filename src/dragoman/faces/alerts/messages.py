"""What is sent: the JSON of a webhook and the mail of an alert, made once from what is kept and never changed afterwards.

Everything that comes from a report is cut to a length, made printable and put where it cannot become a header, a link or markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlencode

import msgspec

from dragoman.faces.alerts.alert import Alert, path_of, saved, spoken
from dragoman.faces.alerts.ledger import Match, Told, moment
from dragoman.faces.web import paths
from dragoman.reading.wording import one_line, shortened, spoken_date

SCHEMA = "dragoman.alert/1"
MOST_IN_ONE = 50
"""Matches in one message."""
_LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class Around:
    """What a message has to know beside the matches: the case's name, the workspace's address ("" where none is known), names of items."""

    case: str
    address: str
    names: Mapping[str, str]


def path_of_told(told: Told) -> str:
    """Where a match stands in the workspace: its item, or the sentence in the report."""
    if told.more:
        return ""
    if told.kind in ("statements", "reports") or not told.item:
        return f"/reports/{told.report}" + (f"?mark={told.mark}#mark" if told.mark and told.kind == "statements" else "")
    return paths.path_of(told.item)


def link_of(told: Told, address: str) -> str:
    """The address of a match, "" where that of the workspace is not known."""
    path = path_of_told(told)
    return address.rstrip("/") + path if address and path else ""


def line_of(told: Told) -> str:
    """A match in one line: what is new, and what about."""
    return one_line(": ".join(filter(None, (told.what if not told.more else "", told.title)))) or told.what


def title_of(told: Told) -> str:
    """A match in one line, with the sentence; a report's head begins with its title already."""
    return " – ".join(filter(None, (line_of(told), "" if told.kind == "reports" else sentence_of(told))))


def sentence_of(told: Told) -> str:
    """The sentence that brings a match, "" where there is none."""
    return one_line("".join(told.sentence))


def source_of(told: Told) -> str:
    """Who published the sentence, when, and what else is known of it."""
    note = "" if told.note in (told.what, told.title) else told.note
    day = spoken_date(told.published) if told.published else ""
    return one_line(" · ".join(filter(None, (told.publisher or told.report_title, day, note))))


# --- the webhook


def body_of(
    alert: Alert, identity: str, matches: Sequence[Match], around: Around, *, test: bool = False, now: datetime | None = None
) -> bytes:
    """The JSON that goes to a webhook."""
    value = {
        "schema": SCHEMA, "delivery": identity, "test": test, "made": moment(now), "case": around.case,
        "alert": {
            "number": alert.number, "id": alert.uuid, "name": alert.name, "watches": spoken(alert.wanted, around.names),
            "wanted": saved(alert.wanted),
        },
        "matches": [_match(alert, match, around) for match in matches if not match.told.more],
        "more": sum(match.told.more for match in matches),
    }  # fmt: skip
    return msgspec.json.encode(value)


def _match(alert: Alert, match: Match, around: Around) -> dict[str, object]:
    told = match.told
    report = {"id": told.report, "title": told.report_title, "publisher": told.publisher, "published": told.published}
    return {
        "id": f"{alert.uuid}:{match.key}", "item": told.item, "kind": told.kind, "new": told.what, "title": told.title,
        "sentence": {"before": told.sentence[0], "marked": told.sentence[1], "after": told.sentence[2]}, "note": told.note,
        "report": report if told.report else None, "link": link_of(told, around.address) or None, "found": match.found,
    }  # fmt: skip


# --- the mail


def mail_of(
    alert: Alert, identity: str, matches: Sequence[Match], around: Around, sender: str, *, test: bool = False, now: datetime | None = None
) -> bytes:
    """The mail, as it goes over the wire: plain text with links, its id made of the delivery's."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _subject(alert, matches, around, test)
    message["From"] = sender
    message["To"] = alert.where.mail
    message["Date"] = format_datetime(now or datetime.now(UTC))
    message["Message-ID"] = f"<{identity}@{sender.rpartition('@')[2].strip('<> ') or 'dragoman.invalid'}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Dragoman-Alert"] = alert.uuid
    message.set_content("\n".join(_lines(alert, matches, around, test)) + "\n", cte="quoted-printable")
    return message.as_bytes()


def _subject(alert: Alert, matches: Sequence[Match], around: Around, test: bool) -> str:
    count = sum(match.told.more or 1 for match in matches)
    what = "a test" if test else f"{count:,} new" if count != 1 else line_of(matches[0].told)
    return shortened(one_line(f"[{around.case}] {alert.name}: {what}"), _LONGEST_SUBJECT)


def _lines(alert: Alert, matches: Sequence[Match], around: Around, test: bool) -> list[str]:
    lines = [f"{one_line(alert.name)} ({spoken(alert.wanted, around.names)})", f"Case: {around.case}", ""]
    if test:
        lines += ["This is a test: the alert works, and nothing is new.", ""]
    for number, match in enumerate(matches, 1):
        lines += _told(number, match.told, around)
    path, given = path_of(alert.wanted)
    if around.address:
        lines += [
            "--", f"All of it: {around.address.rstrip('/')}{path}{'?' + urlencode(given) if given else ''}",
            f"This alert: {around.address.rstrip('/')}/alerts/{alert.number}",
        ]  # fmt: skip
    else:
        lines += ["--", f"This alert: `dragoman alert CASE list`, number {alert.number}"]
    return lines


def _told(number: int, told: Told, around: Around) -> list[str]:
    """A match in some lines; a line of a report never begins a line, so that it cannot look like one of ours."""
    sentence, source, link = sentence_of(told), source_of(told), link_of(told, around.address)
    lines = [f"{number}. {line_of(told)}" + (f" [{told.item}]" if told.item and told.item != told.report else "")]
    lines += [f'   "{sentence}"'] if sentence else []
    lines += [f"   {source}"] if source else []
    lines += [f"   {link}"] if link else []
    return [*lines, ""]
