"""The pages about who comes in: the audit, and one's own account with what can be done to it."""

from __future__ import annotations

from dragoman.case.case import Case
from dragoman.errors import InputError
from dragoman.faces.cli.answers import Answer
from dragoman.faces.web.access import accounts, audit, passwords, sessions, throttle, tokens
from dragoman.faces.web.access.house import the_house
from dragoman.faces.web.access.roles import MAY
from dragoman.faces.web.address import number, one_of
from dragoman.faces.web.page import Asked, Done, Page, Sent
from dragoman.faces.web.problems import Refused

_STEP = 100
_MOST = 1_000_000
_COLUMNS = ("at", "last", "times", "kind", "name", "address", "about", "case")


def show_audit(case: Case, asked: Asked) -> Page:
    """What happened, the latest first."""
    start = number(asked.address, "from", 0, _MOST)
    found, total = audit.notes(the_house(), _kinds(asked), asked.address.get("name") or "", start, _STEP)
    values = {
        "notes": found, "total": total, "start": start, "step": _STEP, "kinds": audit.KINDS, "names": audit.names(the_house()),
        "kind": asked.address.get("kind") or "", "name": asked.address.get("name") or "", "most": audit.MOST,
    }  # fmt: skip
    return Page("Audit", values, kept=False)


def load_audit(_: Case, asked: Asked) -> Answer:
    """All of it as a file."""
    found, _total = audit.notes(the_house(), _kinds(asked), asked.address.get("name") or "", 0, _MOST)
    rows = tuple((n.at, n.last, n.times, n.kind, n.name, n.address, n.about, n.case_key) for n in found)
    return Answer("Audit", (), (), _COLUMNS, rows, {"audit": [dict(zip(_COLUMNS, row, strict=True)) for row in rows]})


def _kinds(asked: Asked) -> tuple[audit.Kind, ...]:
    given = one_of(asked.address, "kind", audit.KINDS)
    return tuple(kind for kind in audit.KINDS if kind == given)


# --- one's own account


def show_account(_: Case, asked: Asked) -> Page:
    """Who one is here, one's tokens, and the way to another password."""
    name = asked.visitor.name
    known = accounts.account(the_house(), name) if asked.visitor.signed_in else None
    values = {
        "account": known, "role": asked.visitor.role, "means": MAY, "tokens": tokens.tokens(the_house(), name) if known else [],
        "sessions": sessions.count(the_house(), known) if known else 0, "shortest": passwords.SHORTEST,
    }  # fmt: skip
    return Page("Your account", values, downloads=(), kept=False)


def change_password(_: Case, sent: Sent) -> Done:
    """Another password, for who knows the present one; all sessions end."""
    name, house = _own(sent), the_house()
    if wait := throttle.attempt(house, name, f"account {accounts.key_of(name)}"):
        raise Refused(
            429, "There were too many wrong passwords", f"Wait {wait:.0f} seconds.", "", _BACK, {"Retry-After": str(int(wait) + 1)}
        )
    if not passwords.matches(accounts.kept_password(house, name), sent.form.get("password", "")):
        raise Refused(403, "The password is as it was", "Your present password was another one.", "Try it again.", _BACK)
    throttle.succeeded(house, name, f"account {accounts.key_of(name)}")
    new = sent.form.get("new", "")
    if new != sent.form.get("again", ""):
        raise Refused(400, "The password is as it was", "The new password was written in two ways.", "Write it twice alike.", _BACK)
    try:
        kept = passwords.hashed(new, name)
    except InputError as problem:
        raise Refused(400, "The password is as it was", f"{problem.where}: {problem.found}.", f"Please {problem.remedy}.", _BACK) from None
    accounts.set_password(house, name, kept)
    return Done("/sign-in")


def end_sessions(_: Case, sent: Sent) -> Done:
    """Signs out everywhere."""
    sessions.end_all(the_house(), _own(sent))
    return Done("/sign-in")


def revoke_token(_: Case, sent: Sent) -> Done:
    """Takes back a token of one's own."""
    name = _own(sent)
    try:
        tokens.revoke(the_house(), sent.item, name)
    except InputError as problem:
        raise Refused(404, "There is no such token", f"{problem.where}: {problem.found}.", "", _BACK) from None
    return Done("/account")


_BACK = ("/account", "To your account")


def _own(sent: Sent) -> str:
    """The name of who has signed in: a token must not change the account that it belongs to."""
    if not sent.visitor.signed_in:
        raise Refused(403, "You may not do this", "Only somebody who has signed in can change an account.", "Sign in with your password.")
    return sent.visitor.name
