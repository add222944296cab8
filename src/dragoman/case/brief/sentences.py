"""One sentence for one mention of an event: who did what, or planned, promised, threatened or demanded it, and who says so.

A sentence is composed of the record's fields where the report's own words bear them out: the doer is named before the verb, the verb is
one of its type, nothing between them hedges. Its object stays in the report's words, in quotation marks. Anything else is quoted whole,
with the publisher: a brief is never more certain than its source. "X says" is kept: what somebody says is told "according to" them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.case.brief.material import Material
from dragoman.case.brief.naming import Called, called, listed
from dragoman.case.brief.quoting import quoted, rest_of
from dragoman.case.brief.verbs import Found, verb_in
from dragoman.case.denials import Stance, claimant, stance
from dragoman.case.judgements import Place
from dragoman.case.record import EventMention
from dragoman.lexicons.load import words_of
from dragoman.reading.entries import Standing, Statement, Status
from dragoman.reading.wording import one_line, shortened
from dragoman.text.report import Span

SURE = 0.8
"""Confidence from which an event's fields may carry a sentence."""
_REST = 220
_APART = 140  # characters between a doer and the verb
_AHEAD = 24  # characters before a doer in which a hedge counts
_BE = re.compile(r"\b(?:was|were|is|are|be|been|being)(?:\s+\w+ly)?\s*$", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|will|would|shall|must|should|can|could|may|might)(?:\s+\w+ly)?\s*$", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:\b(?:the|a|an|of|in|for|his|her|its|their|this|that|these|those|no|any|more|under|by|with|from|on|at|after|before|into|over|some|"
    r"without|against|about|between|during)|['’]s?)\s*$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:of|in|from|at|near|for|with|to|against|on|between|southern|northern|eastern|western)\s+(?:the\s+)?$", re.IGNORECASE
)
_GAP = re.compile(r"\b(?:which|whom)\s+(?:the\s+)?$", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:when|as|after|while|since|before|although|though|because|where)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_DASH = re.compile(r" -- | ?\u2014 ?| \u2013 |;")
_DIRECT = re.compile(r"\s*,?\s*(?:who|which|that)\b")
_MADE = frozenset({"must", "should", "shall"})
_DEEDS = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "AID", "SUPPORT"})
_NOUNS = ("plans or expectations that ", "a demand or request for ")
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_NEGATED = frozenset({"not", "never", "no", "nor", "neither", "without", "nobody", "none", "deny", "denied", "denies", "denying"})
_AHEAD_OF = frozenset({"planned", "promised", "threatened", "demanded"})
_LEADS: Mapping[Status | Stance, str] = {
    "planned": "as planned or expected", "promised": "as promised or offered", "threatened": "as threatened", "demanded": "as demanded",
    "cancelled": "as called off or ended", "hypothetical": "only as supposed", "denied": "as denied", "refused": "as refused",
    "not done": "as not done",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with how it came about: `rest` is the stretch of the report that stands in it in quotation marks.

    `led` tells that words before a quotation say what it shows ("as demanded").
    """

    text: str
    composed: bool
    rest: Span
    standing: Standing | None
    led: bool = False


@dataclass(frozen=True, slots=True)
class _Act:
    """The parts of a composed sentence: the subject, the verb with its voice (active or passive), what follows in the report's words."""

    subject: str
    plural: bool
    found: Found
    passive: bool
    rest: str


def sentence(material: Material, mention: EventMention) -> Sentence:
    """The sentence for one mention; composed where the record bears it, else a quotation."""
    return composed(material, mention) or quotation(material, mention)


def quotation(material: Material, mention: EventMention) -> Sentence:
    """The report's sentence in quotation marks, with the publisher and what it shows."""
    lead = _lead(material, mention)
    publisher = material.publisher(mention.place.report)
    words = quoted(mention.sentence)
    standing = mention.voices[-1].standing if mention.voices else None
    return Sentence(f"{publisher} reports{' ' * bool(lead)}{lead}: {words}", False, mention.event.sentence, standing, bool(lead))


def _lead(material: Material, mention: EventMention) -> str:
    """What a quotation shows, where the words around the act bear it out; "" where they do not."""
    event, text = mention.event, material.text(mention.place.report)
    if event.confidence < SURE or event.status in ("occurred", "ongoing", "hypothetical"):
        return ""
    before = text[max(event.sentence.start, event.trigger.start - 60) : event.trigger.start]
    if event.status in _AHEAD_OF:
        if not _is_pending(before) or _asked_of(event.status, before):
            return ""
        return "as ordered" if event.status == "demanded" and _of_own(material, mention) else _LEADS[event.status]
    negated = event.status == "cancelled" or not _NEGATED.isdisjoint(before.lower().replace("n't", " not").replace("n’t", " not").split())
    status: Status | Stance = stance(material.record, mention) if event.status == "denied" else event.status
    return _LEADS.get(status, "") if negated else ""


def _is_pending(before: str) -> bool:
    """Whether the words before an act put it off: "will", or "to" behind a word of intent ("plans to", not "the decision to")."""
    to = _TO.search(before)
    if to is None or not _NEGATED.isdisjoint(before.lower().split()) or re.search(r"\b(?:if|whether|confirm\w*)\b", before, re.IGNORECASE):
        return False
    ahead = re.findall(r"[A-Za-z]+", before[: to.start()])[-1:]
    return not to[0].lower().startswith("to") or bool(
        ahead and (ahead[0].lower() in _pending() - {"has", "have", "had"} or verb_in(ahead[0], "REQUEST"))
    )


def _pending() -> frozenset[str]:
    return words_of("brief", "caution", "pending")


def _of_own(material: Material, mention: EventMention) -> bool:
    """Whether those who are to act are of the side that says so: then it is an order, or a plan, and no demand."""
    told = {who.party for who in material.record.initiators(mention)}
    return bool(told) and told <= {claimant(material.record, mention).source}


def _asked_of(status: Status, before: str) -> bool:
    return status == "planned" and _asked(before)


def composed(material: Material, mention: EventMention) -> Sentence | None:
    """The sentence of our own; None where the report's words do not bear it out."""
    event = mention.event
    if event.confidence < SURE or event.status in ("denied", "cancelled", "hypothetical"):
        return None
    act = _act(material, mention)
    through = _through(mention)
    who = [_voice(material, mention.place, voice) for voice in through]
    if event.status in ("occurred", "ongoing") and any(_asks(material, mention, voice) for voice in through):
        return None  # "as he had asked" is no word on whether it happened
    if act is None or not all(who) or _crossed(through) or (event.status == "demanded" and through and not _demands(material, mention)):
        return None
    text = _told(material.publisher(mention.place.report), [one for one in who if one], act, event.status)
    standing = mention.voices[-1].standing if mention.voices else None
    return Sentence(text, True, Span(event.trigger.start, event.sentence.end), standing) if text else None


# --- who does what


def _act(material: Material, mention: EventMention) -> _Act | None:
    event, text = mention.event, material.text(mention.place.report)
    word = re.match(r"[A-Za-z]+", text[event.trigger.start : event.trigger.end])
    found = verb_in(word[0], event.type) if word else None
    if word is None or found is None:
        return None
    before = text[max(event.sentence.start, event.trigger.start - 40) : event.trigger.start]
    behind = text[event.trigger.start + word.end() : min(event.sentence.end, event.trigger.start + 2 * _REST)]
    passive = bool(_BE.search(before)) and "participle" in found.forms
    if not passive and not _is_verb(found, before, behind, event.status):
        return None
    sides = event.recipients if passive else event.initiators
    who = _before(material, mention, [side for side in sides if _told_here(mention, side, passive)])
    if not who or not _plain(text, mention, who) or not (passive or _stands_by(found, text, mention, who)):
        return None
    if event.status == "planned" and _asked(before):
        return None
    behind = _DASH.split(behind)[0]
    if _is_inner(text, mention, who):
        behind = behind.partition(",")[0]
    rest, comma = rest_of(behind), "," * behind.lstrip().startswith(",")
    if not rest and not passive and event.status not in _AHEAD_OF:
        return None
    return _Act(listed(who), len(who) > 1 or who[0].plural, found, passive, f"{comma} {quoted(rest, _REST)}" if rest else "")


def _stands_by(found: Found, text: str, mention: EventMention, who: Sequence[Called]) -> bool:
    """Whether a form tells an act of those before it: neither a noun ("demand") nor what only describes them ("troops deployed in").

    In the present tense a verb stands right behind who does it; a participle that goes on stands behind a comma.
    """
    event, between = mention.event, text[who[-1].span.end : mention.event.trigger.start]
    if event.status in _AHEAD_OF:
        return True
    if found.forms == {"gerund"} and event.status == "occurred":
        return "," in between
    if found.forms <= {"base", "third"}:
        word = text[event.trigger.start : event.trigger.end].split(" ")[0].lower()
        return word not in words_of("brief", "nouns", "words") and len(between.split()) <= 1
    behind = re.match(r"\w+ (\w+)", text[event.trigger.start : event.trigger.start + 60])
    helped = 0 < len(_words(between)) == len(_words(between) & _pending())  # "has", "on Monday": the verb goes on from its subject
    alone = event.type not in _DEEDS or found.verb.base in words_of("brief", "alone", "verbs") or helped
    return alone or behind is None or behind[1].lower() not in words_of("brief", "alone", "prepositions")


def _is_inner(text: str, mention: EventMention, who: Sequence[Called]) -> bool:
    """Whether an act stands in a clause within the sentence, which ends at the next comma: "the rebels, who took the town, ..."."""
    between = text[who[-1].span.end : mention.event.trigger.start]
    ahead = text[max(mention.event.sentence.start, who[0].span.start - 60) : who[0].span.start]
    return bool(re.search(r"\b(?:who|which|that)\b", between) or _CLAUSE.search(ahead))


def _asked(before: str) -> bool:
    """Whether somebody is asked to act: an invitation is no plan of the one invited."""
    return any(verb_in(word, "REQUEST") for word in re.findall(r"[A-Za-z]+", before))


def _told_here(mention: EventMention, side: str, passive: bool) -> bool:
    """Whether the mention's own words name a side; what stands elsewhere in the report proves nothing here."""
    part = "recipients" if passive else "initiators"
    return bool(side) and part not in mention.event.inferred


def _is_verb(found: Found, before: str, behind: str, status: Status) -> bool:
    """Whether a word is an active verb here: "attacks" may be a noun, "accused" an adjective, "announced by" a passive."""
    if _OTHER.search(before) or re.match(r"\s+by\b", behind):
        return False
    if status in _AHEAD_OF:
        return "base" in found.forms and bool(_TO.search(before))
    return not found.forms <= {"base", "third"} or bool(_TO.search(before)) is False


def _before(material: Material, mention: EventMention, sides: Sequence[str]) -> list[Called]:
    """Those of a side who are named before the verb, each by the nearest name; relative pronouns name nobody."""
    event, text, found = mention.event, material.text(mention.place.report), list[Called]()
    for side in sides:
        named = [one for one in called(material, mention.place, side, event.sentence) if one.how != "nobody"]
        near = [
            one for one in named
            if one.how == "person" or (one.span.end <= event.trigger.start and not _is_part(text, one, event.status))
        ]  # fmt: skip
        if near:
            found.append(next((one for one in reversed(near) if one.how == "name"), near[-1]))
    return sorted(found, key=lambda one: one.span)


def _is_part(text: str, one: Called, status: Status) -> bool:
    """Whether a name only tells which: "Norland" in "the council of southern Norland"; "called on Norland to" names who is to act."""
    return status != "demanded" and _PART.search(text[max(0, one.span.start - 24) : one.span.start]) is not None


def _plain(text: str, mention: EventMention, who: Sequence[Called]) -> bool:
    """Whether the words between the doer and the verb, and those before both, leave the act as certain as its status says."""
    if any(one.how == "person" for one in who):
        return True
    last, trigger = who[-1].span, mention.event.trigger.start
    if trigger - last.end > _APART or _GAP.search(text[max(0, who[0].span.start - 14) : who[0].span.start]):
        return False
    between = text[last.end : trigger]
    if _words(text[max(mention.event.sentence.start, trigger - 2 * _REST) : trigger]) & words_of("brief", "caution", "strong"):
        return False
    if ";" in between or (re.search(r"\b(?:who|which|that)\b", between) and not _DIRECT.match(between)):
        return False
    if mention.event.status in _AHEAD_OF:
        return {word for word in _words(between) if not word.endswith("ly")} <= words_of("brief", "caution", "pending")
    ahead = text[max(mention.event.sentence.start, who[0].span.start - _AHEAD) : who[0].span.start]
    return _words(f"{ahead} {between}").isdisjoint(words_of("brief", "caution", "hedges")) and "n't" not in between.replace("’", "'")


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"[A-Za-z]+", text))


# --- who says so


def _through(mention: EventMention) -> tuple[Statement, ...]:
    """The statements through which a report has an act, without the one that is the act: who accuses is not the source of it."""
    voices, event = mention.voices, mention.event
    own = voices and event.type in _SPOKEN and voices[-1].speaker in event.initiators and event.status in ("occurred", "ongoing")
    return voices[:-1] if own else voices


def _demands(material: Material, mention: EventMention) -> bool:
    """Whether the speaker is the one who demands: by the word that reports the statement, or by "must" in it."""
    text = material.text(mention.place.report)
    before = text[max(mention.event.sentence.start, mention.event.trigger.start - 30) : mention.event.trigger.start]
    return _asks(material, mention, mention.voices[-1]) or not _MADE.isdisjoint(before.lower().split())


def _asks(material: Material, mention: EventMention, voice: Statement) -> bool:
    """Whether the word that reports a statement is one of asking: "demanded", "called"."""
    return any(verb_in(word, "REQUEST") for word in re.findall(r"[A-Za-z]+", _words_at(material, mention.place, voice.cue)))


def _crossed(through: Sequence[Statement]) -> bool:
    """Whether of two speakers the one who tells stands behind the one who is told of: then they may speak of different things."""
    starts = [voice.source[0].start for voice in through if voice.source]
    return starts != sorted(starts)


def _chain(found: Sequence[str]) -> str:
    return ", as told by ".join(reversed(found))


def _words_at(material: Material, place: Place, spans: Sequence[Span]) -> str:
    text = material.text(place.report)
    return one_line(" ".join(text[span.start : span.end] for span in spans[:3]))


def _voice(material: Material, place: Place, voice: Statement) -> str | None:
    """Who makes a statement, by the words of the report that name them; None where those do not bear out who it is."""
    words = _words_at(material, place, voice.source)
    mark = {"anonymous": " (anonymous)", "unnamed": " (not named)"}.get(voice.standing, "")
    if words.lower() in words_of("brief", "names", "pronouns") and voice.speaker is None:
        return None
    if voice.speaker is None:
        return f"a source described as {quoted(shortened(words, 80))}{mark}" if words else "a source that the report does not name"
    for span in voice.source:
        if found := [one for one in called(material, place, voice.speaker, span) if one.how != "nobody"]:
            return next((one for one in found if one.how == "name"), found[0]).words + mark
    return None


# --- the words around


def _told(publisher: str, through: Sequence[str], act: _Act, status: Status) -> str:
    maker = through[-1] if through and status in ("promised", "threatened", "demanded") else ""
    telling = _chain(through[:-1] if maker else through)
    words = _clause(act, status, maker)
    bare = words.startswith(_NOUNS)
    if not telling:
        return f"{publisher} reports {'' if bare else 'that '}{words}{act.rest}"
    there = ("there are " if words.startswith(_NOUNS[0]) else "there is ") if bare else ""
    return f"According to {telling}, as {publisher} reports, {there}{words}{act.rest}"


def _clause(act: _Act, status: Status, maker: str) -> str:
    verb, was = act.found.verb, "were" if act.plural else "was"
    base = f"be {verb.participle}" if act.passive else verb.base
    if status == "occurred":
        return f"{act.subject} {f'{was} {verb.participle}' if act.passive else verb.past}"
    if status == "ongoing":
        return f"{act.subject} {was} {f'being {verb.participle}' if act.passive else verb.gerund}"
    if status == "planned":
        return f"{_NOUNS[0]}{act.subject} would {base}"
    if status == "demanded":
        return f"{maker} called for {act.subject} to {base}" if maker else f"{_NOUNS[1]}{act.subject} to {base}"
    said = {"promised": "promised or offered", "threatened": "threatened"}[status]
    if not maker or maker == act.subject:
        return f"{maker or act.subject} {said} to {base}" if not act.passive else f"it was {said} that {act.subject} would {base}"
    return f"{maker} {said} that {act.subject} would {base}"
