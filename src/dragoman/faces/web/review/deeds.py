"""What the forms of the review do: answer, put off, take back, correct, accept what a page shows, settle a disagreement."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.case.case import Case, now
from dragoman.case.deciding import standing
from dragoman.case.judging import Judge
from dragoman.case.reviewing import Doubt
from dragoman.case.reviewing_words import Unit, settle_with, units
from dragoman.faces.web.access.roles import allows
from dragoman.faces.web.page import Done, Sent
from dragoman.faces.web.problems import Refused, not_found, senseless
from dragoman.faces.web.review import answering
from dragoman.faces.web.review.asking import way_back
from dragoman.faces.web.review.fields import corrected
from dragoman.faces.web.review.trail import TRAILS, Act
from dragoman.reading.wording import one_line, shortened

_MOST_AT_ONCE = 100
LONGEST_WHY = 500


def decide(case: Case, sent: Sent) -> Done:
    """One answer; what somebody else has decided meanwhile is left to a second reading."""
    doubt = _doubt(case, sent.form.get("item", ""))
    if sent.form.get("second") is None and answered_by_others(case, doubt, sent.visitor.name):
        return _on(sent, f"{doubt.id} was decided by somebody else meanwhile; read it in the second reading")
    value = sent.form.get("answer", "")
    made = answering.answer(_judge(case, sent), doubt, value, sent.form.get("proposed", ""), why(sent), now())
    said = f"{doubt.id}: {answering.words(doubt, value)}"
    TRAILS.did(case.store.location, sent.visitor.name, Act((doubt.id,), said, tuple(made)))
    return _on(sent, said)


def skip(case: Case, sent: Sent) -> Done:
    """Puts a question off for this sitting."""
    doubt = _doubt(case, sent.form.get("item", ""))
    TRAILS.skip(case.store.location, sent.visitor.name, doubt.id)
    return _on(sent, f"{doubt.id} put off")


def again(case: Case, sent: Sent) -> Done:
    """Asks what was put off."""
    TRAILS.ask_again(case.store.location, sent.visitor.name)
    return _on(sent, "what was put off is asked again")


def undo(case: Case, sent: Sent) -> Done:
    """Takes back what the visitor did last in this sitting, and asks it again."""
    act = TRAILS.take_back(case.store.location, sent.visitor.name)
    if act is None:
        return _on(sent, "nothing was done in this sitting; the log takes back what was decided before")
    stands = {decision.id for decision in standing(kept.decision for kept in case.store.decisions())}
    judge = _judge(case, sent)
    for decision in reversed(act.decisions):
        if decision in stands:
            judge.undo(decision, "", now())
    return _on(sent, f"taken back: {act.said}", act.items[0])


def edit(case: Case, sent: Sent) -> Done:
    """Corrects what was read, with a reason; an event or a promise that is corrected is decided."""
    doubt = _doubt(case, sent.form.get("item", ""))
    target, fields = corrected(case, sent, doubt)
    if target.startswith("A"):
        made = [_judge(case, sent).rename(target, fields["name"], why(sent), now())]
    else:
        made = _judge(case, sent).edit(target, fields, why(sent), now())
    said = f"{shortened(target, 20)}: {', '.join(f'{name}={value}' for name, value in fields.items())}"
    TRAILS.did(case.store.location, sent.visitor.name, Act((doubt.id,), one_line(said), tuple(made)))
    return _on(sent, one_line(said), "" if target == doubt.id else doubt.id)


def bulk(case: Case, sent: Sent) -> Done:
    """Accepts the questions that were ticked on a page that showed them; none that was decided meanwhile."""
    items = list(dict.fromkeys(sent.every("take")))
    if len(items) > _MOST_AT_ONCE:
        raise senseless(f"{len(items)} questions were sent; at most {_MOST_AT_ONCE} are shown and accepted at once.")
    if unseen := [item for item in items if item not in sent.every("shown")]:
        raise senseless(f"{one_line(unseen[0][:20])} was not on the page; only what is shown is accepted.")
    judge, made, taken = _judge(case, sent), list[str](), list[str]()
    for doubt in [_doubt(case, item) for item in items]:
        if answered_by_others(case, doubt, sent.visitor.name):
            continue
        made += answering.answer(judge, doubt, answering.ACCEPT, sent.form.get(f"proposed-{doubt.id}", ""), why(sent), now())
        taken.append(doubt.id)
    if taken:
        count = f"{len(taken)} question{'' if len(taken) == 1 else 's'} accepted"
        TRAILS.did(case.store.location, sent.visitor.name, Act(tuple(taken), count, tuple(made)))
    return _on(sent, f"{len(taken)} of {len(items)} accepted")


def settle(case: Case, sent: Sent) -> Done:
    """Ends a disagreement by a further decision, of somebody who is not part of it, or of an editor."""
    unit = next((unit for unit in units(case.store) if unit.id == sent.form.get("item") and unit.differ), None)
    if unit is None:
        raise not_found("There is no disagreement about this any more.")
    if sent.visitor.name in {word.by for word in unit.words} and not allows(sent.visitor.role, "editor"):
        raise Refused(403, "A third person has to settle this", "You are one of those who differ.", "Ask somebody else, or an editor.")
    doubt, judge = _doubt(case, unit.id), _judge(case, sent)
    made = settle_with(case.store, lambda: answering.settle(judge, doubt, sent.form.get("said", ""), unit.words, why(sent), now()))
    said = f"{unit.id}: settled"
    TRAILS.did(case.store.location, sent.visitor.name, Act((unit.id,), said, tuple(made)))
    return _on(sent, said)


# --- what they share


def why(sent: Sent) -> str:
    """The reason that was typed."""
    return one_line(sent.form.get("why", "")).strip()[:LONGEST_WHY]


def _judge(case: Case, sent: Sent) -> Judge:
    return case.judge(sent.visitor.name)


def _doubt(case: Case, item: str) -> Doubt:
    found = case.doubt(item.strip())
    if found is None:
        raise not_found(f"Nothing is asked about {one_line(item[:20])!r}; it may have been decided, or read again, meanwhile.")
    return found


def answered_by_others(case: Case, doubt: Doubt, name: str) -> bool:
    """Whether somebody but `name` has answered a question."""
    if all(kept.decision.by == name for kept in case.store.decisions(doubt.id)):
        return False
    found: Sequence[Unit] = [unit for unit in units(case.store) if unit.id == doubt.id]
    return any(word.by != name for unit in found for word in unit.words)


def _on(sent: Sent, said: str, item: str = "") -> Done:
    """On to the next question, or back to one."""
    address = way_back(sent.form.get("back", "")).but(at=item or None)
    return Done(str(address), {"to": str(address), "said": said})
