"""A case as a STIX 2.1 bundle: reports, identities, incidents, notes, opinions.

Only a hostile deed that occurred or is under way is an `incident`. All else (talks, threats, what was promised, cancelled or denied) is a
`note`, so that no platform takes a threat for an attack. What STIX has no word for stands in one property extension of both.
`opinion` objects say who holds an incident for true and who denies it. Ids are made from the ids of the case, so they are the same again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from dragoman.case.asking import Telling
from dragoman.case.exports.elsewhere import code_of
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.tables import disputes_of
from dragoman.case.judgements import CaseActor, Claim
from dragoman.case.query import Filters
from dragoman.reading.plover import QUAD, Quad
from dragoman.reading.wording import one_line

Thing = dict[str, Any]
_SPACE = UUID("6f9a4f0e-5d0b-5f0c-9c57-2a4c6c0f7c11")
_CLASSES: Mapping[str, str] = {"person": "individual", "group": "group", "organization": "organization", "government": "organization"}
_EPOCH = "1970-01-01T00:00:00.000Z"
_EXTENSION = f"extension-definition--{uuid5(_SPACE, 'extension')}"
_OURSELVES = f"identity--{uuid5(_SPACE, 'dragoman')}"


def stix(s: Selected) -> Thing:
    """The bundle of what is selected; an empty selection is a bundle with the maker and the extension only."""
    made = _Bundle(s)
    objects = [*_maker(), *made.objects()]
    return {"type": "bundle", "id": f"bundle--{uuid5(_SPACE, ' '.join(one['id'] for one in objects))}", "objects": objects}


def _maker() -> Iterator[Thing]:
    stamp = {"spec_version": "2.1", "created": _EPOCH, "modified": _EPOCH}
    yield {"type": "identity", "id": _OURSELVES, **stamp, "name": "dragoman", "identity_class": "system"}
    about = "What an event of a news report is: its PLOVER type, its status, who does it to whom, how many independent sources tell it."
    known = {"name": "dragoman event", "description": about, "schema": "docs/reference/exports.md", "version": "1.0.0"}
    yield {
        "type": "extension-definition", "id": _EXTENSION, **stamp, "created_by_ref": _OURSELVES, **known,
        "extension_types": ["property-extension"],
    }  # fmt: skip


class _Bundle:
    """The objects of one case. Its first report gives the ids their space: those of two cases do not meet."""

    def __init__(self, s: Selected) -> None:
        self.s = s
        rows = s.all_reports.values()
        first = min(rows, key=lambda row: row.number, default=None)
        self.space = uuid5(_SPACE, first.id if first else "")
        self.moment = _moment(max((row.added for row in rows), default=""))
        self.of_event = {
            telling.event.id: self._id("incident" if _is_deed(telling) else "note", telling.event.id) for telling in s.tellings
        }

    def _id(self, kind: str, name: str) -> str:
        return f"{kind}--{uuid5(self.space, f'{kind} {name}'.encode('utf-8', 'replace').decode())}"

    def _thing(self, kind: str, key: str, /, **more: Any) -> Thing:
        stamp = {"created_by_ref": _OURSELVES, "created": self.moment, "modified": self.moment}
        known = {field: value for field, value in more.items() if value not in (None, "", [])}
        return {"type": kind, "spec_version": "2.1", "id": self._id(kind, key), **stamp, **known}

    def objects(self) -> Iterator[Thing]:
        publishers = sorted({row.publisher for row in self.s.all_reports.values() if row.publisher})
        for name in publishers:
            yield self._thing("identity", f"publisher {name}", name=one_line(name) or "?", identity_class="organization")
        ids = {actor for event in self.s.events for actor in (*event.initiators, *event.recipients)} | self._speakers()
        actors = self.s.questions.actors_of(sorted(ids, key=lambda one: int(one[1:])), Filters(as_of=self.s.filters.as_of))
        yield from map(self._actor, actors)
        there, disputes = {actor.id for actor in actors}, disputes_of(self.s)
        for telling in self.s.tellings:
            yield from self._event(telling, there, disputes.get(telling.event.id, ()))
        yield from self._reports()

    def _speakers(self) -> set[str]:
        return {who for event in self.s.events for claim in event.claims if (who := self._speaker(claim))}

    def _speaker(self, claim: Claim) -> str | None:
        """The actor of the case who says so; None where the report itself does."""
        mention = self.s.mention(claim.report, claim.event)
        who = self.s.record.claimant(claim.report, mention.voices).speaker if mention else None
        return who.id if who and who.id.startswith("A") else None

    def _actor(self, actor: CaseActor) -> Thing:
        kind = _CLASSES.get(actor.kind, "class")
        told = f"{actor.kind}; {actor.country or 'no country'}; {' '.join(actor.sectors)}".rstrip("; ")
        return self._thing("identity", actor.id, name=one_line(actor.name) or actor.id, description=told, identity_class=kind)

    def _event(self, telling: Telling, there: set[str], disputes: Iterable[str]) -> Iterator[Thing]:
        event = telling.event
        kind = "incident" if _is_deed(telling) else "note"
        sides = {name: [self._id("identity", one) for one in getattr(event, name) if one in there] for name in ("initiators", "recipients")}
        act = " ".join(filter(None, (event.type, event.mode)))
        name = f"{event.status}: {act} {', '.join(map(one_line, telling.who))} → {', '.join(map(one_line, telling.whom))}".rstrip(" →")
        refs = list(dict.fromkeys([*sides["initiators"], *sides["recipients"]])) or [_OURSELVES]
        said = {"name": name, "description": telling.mention.sentence}
        if kind == "note":
            said = {"abstract": name, "content": telling.mention.sentence or name}
        more = {"confidence": round(100 * event.confidence), "extensions": {_EXTENSION: self._extension(telling, sides, disputes)}}
        yield self._thing(kind, event.id, **said, **({"object_refs": refs} if kind == "note" else {}), **more)
        if kind == "incident":
            for side, ends in sides.items():
                yield from (self._tie(event.id, side[:-1], end) for end in ends)
            yield from self._opinions(telling, there)

    def _tie(self, event: str, role: str, end: str) -> Thing:
        ends = {"source_ref": self.of_event[event], "target_ref": end}
        return self._thing("relationship", f"{event} {role} {end}", relationship_type="related-to", description=role, **ends)

    def _extension(self, telling: Telling, sides: Mapping[str, list[str]], disputes: Iterable[str]) -> Thing:
        event, when = telling.event, telling.event.when
        known = {
            "extension_type": "property-extension", "event": event.id, "event_type": event.type, "mode": event.mode, "status": event.status,
            "start": when.start if when else None, "end": when.end if when else None, "place": one_line(event.place or ""),
            "initiator_refs": sides["initiators"], "recipient_refs": sides["recipients"], "independent_sources": event.independent_sources,
            "disputes": list(disputes),
        }  # fmt: skip
        return {key: value for key, value in known.items() if value not in (None, "", [])}

    def _opinions(self, telling: Telling, there: set[str]) -> Iterator[Thing]:
        """Who says that an incident took place, and who denies it; other statuses say neither."""
        for claim in telling.event.claims:
            if claim.status not in ("occurred", "ongoing", "denied"):
                continue
            row, speaker = self.s.all_reports[claim.report], self._speaker(claim)
            known = self.s.names.get(speaker or "", speaker)
            author = one_line(known if speaker and known else row.publisher or claim.report)
            mention = self.s.mention(claim.report, claim.event)
            word = "disagree" if claim.status == "denied" else "agree"
            about = {"explanation": mention.sentence if mention else None, "object_refs": [self.of_event[telling.event.id]]}
            yield self._thing("opinion", f"{claim.report} {claim.event}", opinion=word, authors=[author], **about)

    def _reports(self) -> Iterator[Thing]:
        told: dict[str, list[str]] = {}
        for event in self.s.events:
            for claim in event.claims:
                told.setdefault(claim.report, []).append(self.of_event[event.id])
        for row in self.s.reports:
            refs = [self._id("identity", f"publisher {row.publisher}")] if row.publisher else [_OURSELVES]
            refs += list(dict.fromkeys(told.get(row.id, ())))
            link = {"source_name": one_line(row.publisher or "") or "report", "external_id": row.id, "url": one_line(row.url or "") or None}
            known = {"name": one_line(row.title or "") or row.id, "report_types": ["observed-data"], "object_refs": refs}
            day = f"{row.published}T00:00:00.000Z" if row.published else _moment(row.added)
            external = [{key: value for key, value in link.items() if value}]
            yield self._thing("report", row.id, **known, published=day, lang=row.language, external_references=external)


def _is_deed(telling: Telling) -> bool:
    """Whether an event is a hostile deed that was done: the only thing that is an incident."""
    code = code_of(telling.event)
    return bool(code) and telling.event.status in ("occurred", "ongoing") and QUAD[telling.event.type] is Quad.MATERIAL_CONFLICT


def _moment(added: str) -> str:
    """A moment of the case as STIX writes it."""
    return f"{added[:19]}.000Z" if len(added) >= 19 else _EPOCH
