"""`dragoman alert`: makes, lists, removes, tries and runs the alerts of a case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from dragoman.case.case import Case
from dragoman.errors import InputError
from dragoman.faces import settings
from dragoman.faces.alerts import delivering
from dragoman.faces.alerts.alert import Alert, items_of, name_of, saved, spoken, spoken_secret, where_of
from dragoman.faces.alerts.background import run_once
from dragoman.faces.alerts.deliveries import Deliveries
from dragoman.faces.alerts.ledger import Ledger
from dragoman.faces.alerts.looking import mark_of
from dragoman.faces.alerts.messages import title_of
from dragoman.faces.alerts.saving import checked, of_names
from dragoman.faces.cli.judge_command import author
from dragoman.faces.cli.messages import tell
from dragoman.faces.web.access.house import case_key, the_house
from dragoman.reading.wording import shortened

_SHOWN = 3


def add(location: str, name: str, kind: str, given: Mapping[str, Any]) -> int:
    """Makes an alert."""
    ledger = Ledger(the_house())
    try:
        where = where_of(given["webhook"], given["allow_private"], given["mail"], given["digest"])
        called = name_of(name)
        with Case.open(location) as case:
            wanted = checked(case, of_names(case, {**given, "kind": kind}), given["from_day"])
            made = ledger.add(
                case_key(case.store.location), called, author(), wanted, where,
                mark_of(case, given["from_day"]), given["from_day"] or "",
            )  # fmt: skip
            names = _names(case, made)
    except InputError as problem:
        raise click.UsageError(str(problem)) from None
    click.echo(f"alert {made.number}, {made.name}: {spoken(made.wanted, names)}")
    click.echo(f"  feed     {_feed(made)}")
    if where.webhook:
        click.echo(f"  webhook  {where.webhook}, signed with {spoken_secret(made.secret)} (shown this once)")
    if where.mail:
        click.echo(f"  mail     {where.mail}, {_often(made)}")
        _warn_of_mail()
    return 0


def listing(location: str, form: str) -> int:
    """Shows all alerts."""
    ledger = Ledger(the_house())
    with Case.open(location) as case:
        found = [(alert, _names(case, alert)) for alert in ledger.of_case(case_key(case.store.location))]
    if form == "json":
        click.echo(json.dumps({"alerts": [plain(ledger, alert) for alert, _ in found]}, indent=2, ensure_ascii=False))
        return 0
    if not found:
        click.echo("no alerts; `dragoman alert CASE add NAME KIND` makes one")
    for alert, names in found:
        for line in _lines(ledger, alert, names):
            click.echo(line)
    return 0


def plain(ledger: Ledger, alert: Alert) -> dict[str, Any]:
    """An alert as plain values, without its secret and the key of its feed."""
    return {
        "number": alert.number, "id": alert.uuid, "name": alert.name, "owner": alert.owner, "wanted": saved(alert.wanted),
        "webhook": alert.where.webhook or None, "mail": alert.where.mail or None, "digest": alert.where.digest, "made": alert.made,
        "looked": alert.looked or None, "paused": alert.paused, "problem": alert.problem or None, "matches": ledger.count(alert),
        "waiting": Deliveries(ledger.house).open_ones(alert.number),
    }  # fmt: skip


def remove(location: str, number: int) -> int:
    """Removes an alert."""
    ledger, alert = _one(location, number)
    ledger.remove(alert)
    click.echo(f"alert {number}, {alert.name}: removed")
    return 0


def pause(location: str, number: int, paused: bool) -> int:
    """Halts an alert, or lets it go on."""
    ledger, alert = _one(location, number)
    ledger.pause(alert, paused)
    click.echo(f"alert {number}, {alert.name}: {'paused' if paused else 'goes on'}")
    return 0


def run(location: str) -> int:
    """Looks and sends once."""
    ledger = Ledger(the_house())
    with Case.open(location) as case:
        if not ledger.of_case(case_key(case.store.location)):
            click.echo("no alerts")
            return 0
        if not case.is_settled():
            case.settle()  # an earlier call added reports and was killed before it came to this
        found, done, failed = run_once(case, ledger)
    click.echo(_ended(found, done, failed))
    return 1 if failed else 0


def test(location: str, number: int) -> int:
    """Sends a test."""
    ledger, alert = _one(location, number)
    with Case.open(location) as case:
        try:
            delivering.put_test(case, ledger, alert)
        except InputError as problem:
            raise click.UsageError(str(problem)) from None
    counts = delivering.deliver(ledger, alert.case_key)
    deliveries = Deliveries(ledger.house)
    for sent in deliveries.of(number, 2):
        if sent.about == "a test":
            tries = deliveries.tries(sent.id)
            click.echo(f"{sent.channel} to {sent.target}: {tries[-1].outcome if tries else 'waits'}")
    return 1 if counts["failed"] else 0


def after_round(case: Case) -> None:
    """What `dragoman add --watch` does after a round: looks, and sends what is due; what goes wrong is told in one line."""
    ledger = Ledger(the_house())
    if not ledger.house.exists() or not ledger.of_case(case_key(case.store.location)):
        return
    found, done, failed = run_once(case, ledger)
    if found or done or failed:
        tell(f"alerts: {_ended(found, done, failed)}")


def _ended(found: int, done: int, failed: int) -> str:
    """What a round came to, in one line."""
    return f"{_count(found, 'new match', 'es')}; {_count(done, 'message')} sent{f', {failed:,} failed' if failed else ''}"


def _one(location: str, number: int) -> tuple[Ledger, Alert]:
    ledger = Ledger(the_house())
    with Case.open(location) as case:
        key = case_key(case.store.location)
    try:
        return ledger, ledger.alert(key, number)
    except InputError as problem:
        raise click.UsageError(str(problem)) from None


def _names(case: Case, alert: Alert) -> dict[str, str]:
    return case.names(items_of(alert.wanted))


def _feed(alert: Alert) -> str:
    base = settings.address().rstrip("/")
    return f"{base}/feeds/{alert.feed_key}/{alert.number}.atom" if base else f"/feeds/{alert.feed_key}/{alert.number}.atom of the workspace"


def _often(alert: Alert) -> str:
    return (
        "as it comes"
        if alert.where.digest == "at once"
        else f"at most one {'an' if alert.where.digest == 'hour' else 'a'} {alert.where.digest}"
    )


def _warn_of_mail() -> None:
    try:
        if settings.mail_server() is None:
            tell(f"no mail server is set, so nothing is mailed yet; write [mail] into {settings.config_file()}")
    except InputError as problem:
        tell(str(problem))


def _lines(ledger: Ledger, alert: Alert, names: Mapping[str, str]) -> Iterator[str]:
    yield f"{alert.number}  {alert.name}: {spoken(alert.wanted, names)}" + ("  [paused]" if alert.paused else "")
    yield f"   of {alert.owner}, made {_day(alert.made)}, looked {_day(alert.looked) if alert.looked else 'never'}; {_feed(alert)}"
    if alert.where.webhook:
        yield f"   webhook {alert.where.webhook}"
    if alert.where.mail:
        yield f"   mail {alert.where.mail}, {_often(alert)}"
    if alert.problem:
        yield f"   could not look: {alert.problem}"
    waiting = Deliveries(ledger.house).open_ones(alert.number)
    yield f"   {_count(ledger.count(alert), 'match', 'es')}" + (f", {_count(waiting, 'message')} to be sent" if waiting else "")
    for match in ledger.matches(alert, _SHOWN):
        yield f"   · {shortened(title_of(match.told), 130)}"


def _day(moment: str) -> str:
    return f"{moment[:10]} {moment[11:16]} UTC"


def _count(number: int, what: str, plural: str = "s") -> str:
    return f"{number:,} {what}{'' if number == 1 else plural}"
