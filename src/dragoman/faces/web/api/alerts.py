"""The alerts of a case as JSON: all of them, and one with what it found. Where one tells is given to its owner and to admins alone."""

from __future__ import annotations

from typing import Any

from dragoman.case.case import Case
from dragoman.faces.alerts.alert import Alert, items_of, saved, spoken
from dragoman.faces.alerts.deliveries import Deliveries
from dragoman.faces.alerts.ledger import Ledger, Match
from dragoman.faces.alerts.messages import path_of_told
from dragoman.faces.web.access.house import case_key, the_house
from dragoman.faces.web.access.visitor import Visitor
from dragoman.faces.web.api.question import Answered, Window
from dragoman.faces.web.api.schemas import COUNT, NULLABLE, STRING, Components, Schema, many, record
from dragoman.faces.web.page import Asked
from dragoman.faces.web.pages.alerts import found_alert, mine

_BOOLEAN: Schema = {"type": "boolean"}
_ALERT = record(
    number=COUNT, id=STRING, name=STRING, owner=STRING, watches=STRING, wanted={"type": "object", "additionalProperties": STRING},
    webhook=NULLABLE, mail=NULLABLE, digest=STRING, made=STRING, looked=NULLABLE, paused=_BOOLEAN, problem=NULLABLE, matches=COUNT,
    waiting=COUNT,
)  # fmt: skip
_SENTENCE = record(before=STRING, marked=STRING, after=STRING)
_REPORT = record(id=STRING, title=STRING, publisher=STRING, published=STRING)
_MATCH = record(
    id=STRING, item=STRING, kind=STRING, new=STRING, title=STRING, sentence=_SENTENCE, note=STRING,
    report={"anyOf": [_REPORT, {"type": "null"}]}, path=STRING, found=STRING, more=COUNT,
)  # fmt: skip


def alerts_shape(_: Components) -> Schema:
    """The schema of all alerts."""
    return record(alerts=many(_ALERT))


def alert_shape(_: Components) -> Schema:
    """The schema of one alert with its matches."""
    return record(alert=_ALERT, matches=many(_MATCH))


def alerts(case: Case, asked: Asked, window: Window) -> Answered:
    """All alerts of the case, the first made first."""
    ledger = Ledger(the_house())
    found = ledger.of_case(case_key(case.store.location))
    shown = found[window.offset : window.end]
    return Answered({"alerts": [_plain(case, ledger, alert, asked.visitor) for alert in shown]}, len(found))


def one_alert(case: Case, asked: Asked, window: Window) -> Answered:
    """One alert with its matches, the latest first."""
    ledger = Ledger(the_house())
    alert = found_alert(case, ledger, asked.item)
    count = ledger.count(alert)
    matches = ledger.matches(alert, window.limit or count, window.offset)
    told = {"alert": _plain(case, ledger, alert, asked.visitor), "matches": [_match(alert, match) for match in matches]}
    return Answered(told, count)


def stamp(case: Case, asked: Asked) -> str:
    """What changes whenever an answer about alerts could, and for whom it is."""
    house = the_house()
    values = house.rows(
        "SELECT a.number, a.name, a.wanted, a.webhook, a.mail, a.digest, a.mark, a.looked, a.paused, a.problem,"
        " (SELECT MAX(number) FROM matches m WHERE m.alert = a.number),"
        " (SELECT COUNT(*) FROM deliveries d WHERE d.alert = a.number AND d.state IN ('waiting', 'sending'))"
        " FROM alerts a WHERE a.case_key = ? ORDER BY a.number",
        case_key(case.store.location),
    )
    return f"{asked.visitor.name} {asked.visitor.role} {values}"


def _plain(case: Case, ledger: Ledger, alert: Alert, visitor: Visitor) -> dict[str, Any]:
    own = mine(alert, visitor)
    names = case.names(items_of(alert.wanted))
    return {
        "number": alert.number, "id": alert.uuid, "name": alert.name, "owner": alert.owner, "watches": spoken(alert.wanted, names),
        "wanted": saved(alert.wanted), "webhook": (own and alert.where.webhook) or None, "mail": (own and alert.where.mail) or None,
        "digest": alert.where.digest, "made": alert.made, "looked": alert.looked or None, "paused": alert.paused,
        "problem": alert.problem or None, "matches": ledger.count(alert), "waiting": Deliveries(ledger.house).open_ones(alert.number),
    }  # fmt: skip


def _match(alert: Alert, match: Match) -> dict[str, Any]:
    told = match.told
    before, marked, after = told.sentence
    report = {"id": told.report, "title": told.report_title, "publisher": told.publisher, "published": told.published}
    return {
        "id": f"{alert.uuid}:{match.key}", "item": told.item, "kind": told.kind, "new": told.what, "title": told.title,
        "sentence": {"before": before, "marked": marked, "after": after}, "note": told.note, "report": report if told.report else None,
        "path": path_of_told(told), "found": match.found, "more": told.more,
    }  # fmt: skip
