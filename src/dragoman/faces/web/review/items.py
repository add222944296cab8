"""What the small forms on the pages of items and of the log do: decide a promise, judge a link, rename, join, part, reject, take back."""

from __future__ import annotations

from dragoman.case.case import Case, now
from dragoman.case.edits import place_of
from dragoman.case.judging import Judge
from dragoman.case.reviewing_words import RIGHT
from dragoman.faces.web.access.roles import allows
from dragoman.faces.web.page import Done, Sent
from dragoman.faces.web.paths import path_of
from dragoman.faces.web.problems import Refused, not_found, senseless
from dragoman.faces.web.review.deeds import why
from dragoman.reading.wording import one_line


def state(case: Case, sent: Sent) -> Done:
    """What became of a promise."""
    return _done(case, sent, _judge(case, sent).edit(_item(sent, "C"), {"state": sent.form.get("state", "")}, why(sent), now()))


def link(case: Case, sent: Sent) -> Done:
    """Whether what a link joins is the same."""
    said = sent.form.get("said")
    if said not in ("same", "different"):
        raise senseless("said has to be same or different.")
    return _done(case, sent, [_judge(case, sent).link(_item(sent, "L"), said == "same", why(sent), now())])


def word(case: Case, sent: Sent) -> Done:
    """That an item is right as it was read, or nothing at all."""
    judge, item, said = _judge(case, sent), _item(sent, "ECDFAT"), sent.form.get("said")
    if said == RIGHT:
        return _done(case, sent, [judge.confirm(item, why(sent), now())])
    if said != "nothing":
        raise senseless("said has to be right or nothing.")
    return _done(case, sent, [judge.reject(item, why(sent), now())], gone=True)


def rename(case: Case, sent: Sent) -> Done:
    """Another name for an actor or a thread."""
    return _done(case, sent, [_judge(case, sent).rename(_item(sent, "AT"), sent.form.get("name", ""), why(sent), now())])


def merge(case: Case, sent: Sent) -> Done:
    """Makes another item part of this one."""
    other = one_line(sent.form.get("other", "")).strip().upper()
    return _done(case, sent, [_judge(case, sent).merge(_item(sent, "AET"), other, why(sent), now())])


def split(case: Case, sent: Sent) -> Done:
    """Makes an item of its own of the mentions that are ticked."""
    places = [place for given in sent.every("mention") if (place := place_of(given))]
    if not places:
        raise senseless("No mention was ticked; tick those that shall be an item of their own.")
    return _done(case, sent, [_judge(case, sent).split(_item(sent, "AE"), places, why(sent), now())])


def undo(case: Case, sent: Sent) -> Done:
    """Takes a decision back: one's own, or as an editor anybody's."""
    taken = next((kept.decision for kept in case.store.decisions() if kept.decision.id == sent.item), None)
    if taken is None:
        raise not_found(f"The case has no decision {one_line(sent.item[:20])!r}.")
    if taken.by != sent.visitor.name and not allows(sent.visitor.role, "editor"):
        raise Refused(
            403, "This is not yours to take back", f"{taken.id} was decided by {one_line(taken.by)}.", "An editor can take it back."
        )
    made = _judge(case, sent).undo(taken.id, why(sent), now())
    return Done("/log", {"to": "/log", "decisions": [made]})


def _judge(case: Case, sent: Sent) -> Judge:
    return case.judge(sent.visitor.name)


def _item(sent: Sent, letters: str) -> str:
    item = sent.item.strip().upper()
    if not path_of(item) or item[0] not in letters:
        raise not_found(f"{one_line(sent.item[:20])!r} cannot be decided like this.")
    return item


def _done(case: Case, sent: Sent, made: list[str], gone: bool = False) -> Done:
    """Back to the item's page, or to the log where the item has none any more."""
    to = "/log" if gone else path_of(sent.item.strip().upper())
    return Done(to, {"to": to, "decisions": made})
