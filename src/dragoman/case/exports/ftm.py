"""A case as FollowTheMoney entities, one JSON object a line, made and checked by the library `followthemoney`.

What was done is an `Event`; all else (threatened, promised, denied, …) is a `Note`, so that nobody takes a threat for an attack. Ids are
made from those of the case, so that a second export has them again.
"""

from __future__ import annotations

import importlib.util
import json
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dragoman.case.asking import Telling
from dragoman.case.exports.elsewhere import day_of, land_of, sides
from dragoman.case.exports.selecting import Selected
from dragoman.case.judgements import CaseActor, Claim
from dragoman.case.query import Filters
from dragoman.errors import MissingLibrary
from dragoman.reading.wording import one_line

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

_PREFIX = "dragoman"
_DONE = frozenset({"occurred", "ongoing"})
_SCHEMATA: Mapping[str, str] = {
    "person": "Person", "organization": "Organization", "government": "PublicBody", "country": "PublicBody", "group": "LegalEntity",
}  # fmt: skip
# Codes of ours that the library does not know by three letters.
_LANDS: Mapping[str, str] = {"SUN": "suhh", "XKX": "xk"}


def ftm(s: Selected) -> Iterator[str]:
    """The lines: who takes part or speaks, the reports, who is named where, then the events with what leads to them.

    Raises MissingLibrary where the library lacks.
    """
    if importlib.util.find_spec("followthemoney") is None:
        raise MissingLibrary("FollowTheMoney needs the library followthemoney, which is not installed; run `pip install 'dragoman[ftm]'`")
    return (_line(entity) for entity in _Entities(s).all())


def _line(entity: EntityProxy) -> str:
    """The entity as the library has it, with the values of a property in order. What breaks its schema is a fault of ours."""
    found = entity.to_dict()
    entity.schema.validate(found)
    found["properties"] = {name: sorted(values) for name, values in sorted(found["properties"].items())}
    return json.dumps(found, ensure_ascii=True) + "\n"


class _Entities:
    """The entities of one case. Its first report gives the ids their space: those of two cases do not meet."""

    def __init__(self, s: Selected) -> None:
        from followthemoney import model  # takes a second

        self.s = s
        self.model = model
        first = min(s.all_reports.values(), key=lambda row: row.number, default=None)
        self.space = first.id if first else ""
        spoken = {who for event in s.events for claim in event.claims if (who := self._speaker(claim))}
        known = dict(sides(s))
        rest = sorted(spoken.difference(known))
        known |= {actor.id: actor for actor in s.questions.actors_of(rest, Filters(as_of=s.filters.as_of))}
        self.actors = {item: known[item] for item in sorted(known, key=lambda one: int(one[1:]))}

    def all(self) -> Iterator[EntityProxy]:
        """Every entity, those that others point at first."""
        yield from map(self._actor, self.actors.values())
        told = {claim.report for event in self.s.events for claim in event.claims} | {row.id for row in self.s.reports}
        told |= {mention.report for actor in self.actors.values() for mention in actor.mentions}
        yield from (self._article(report) for report in sorted(told, key=lambda one: self.s.all_reports[one].number))
        for actor in self.actors.values():
            yield from self._mentions(actor)
        for telling in self.s.tellings:
            yield self._event(telling)
            yield from self._roles(telling)
            yield from (self._documentation(telling, claim) for claim in telling.event.claims)

    def _made(self, schema: str, *parts: str, **properties: Any) -> EntityProxy:
        entity = self.model.make_entity(schema, key_prefix=_PREFIX)
        entity.make_id(self.space, *parts)
        for name, values in properties.items():
            several: Iterable[str | None] = values if isinstance(values, (list, tuple)) else (values,)
            for value in filter(None, several):
                entity.add(name, one_line(value))
        return entity

    def _id(self, *parts: str) -> str:
        return str(self.model.make_entity("Thing", key_prefix=_PREFIX).make_id(self.space, *parts))

    def _speaker(self, claim: Claim) -> str | None:
        """The actor of the case who says so; None where the report itself does."""
        mention = self.s.mention(claim.report, claim.event)
        who = self.s.record.claimant(claim.report, mention.voices).speaker if mention else None
        return who.id if who and who.id.startswith("A") else None

    def _actor(self, actor: CaseActor) -> EntityProxy:
        """`alias` has names, `weakAlias` descriptions such as "the premier"."""
        names = [alias for alias in actor.aliases if alias[:1].isupper() and not alias.startswith("The ")]
        rest = [alias for alias in actor.aliases if alias not in names]
        more = {"alias": names, "weakAlias": rest, "sector": actor.sectors, "country": _land(actor.country)}
        return self._made(_SCHEMATA[actor.kind], actor.id, name=actor.name or actor.id, **more)

    def _article(self, report: str) -> EntityProxy:
        row = self.s.all_reports[report]
        known = {"title": row.title or row.id, "publisher": row.publisher, "publishedAt": row.published or None, "sourceUrl": row.url}
        return self._made("Article", report, **known, language=row.language, retrievedAt=row.added, keywords=f"sha256:{row.id}")

    def _mentions(self, actor: CaseActor) -> Iterator[EntityProxy]:
        """Where a report names somebody, in its own words."""
        ends = {"resolved": self._id(actor.id)}
        for mention in actor.mentions:
            named = next((one.name for one in self.s.actors_in(mention.report) if one.id == mention.actor), None)
            if named and one_line(named):
                where = {"document": self._id(mention.report), "detectedSchema": _SCHEMATA[actor.kind]}
                yield self._made("Mention", mention.report, mention.actor, name=named, **where, **ends)

    def _event(self, telling: Telling) -> EntityProxy:
        event, when = telling.event, telling.event.when
        act = " ".join(filter(None, (event.type, event.mode)))
        who = " → ".join(filter(None, (", ".join(telling.who), ", ".join(telling.whom))))
        involved = [self._id(one) for one in dict.fromkeys((*event.initiators, *event.recipients)) if one in self.actors]
        proof = [self._id(claim.report) for claim in event.claims]
        known = {"keywords": [event.type, event.mode, event.status], "proof": proof, "country": self._country(event.place)}
        if event.status not in _DONE:
            day = f" ({when.start})" if when else ""
            name = f"{event.status}: {act} {who}".rstrip() + day
            said = f"{name}: {telling.mention.sentence}"  # a note is shown by its description, which has to say that it is no deed
            return self._made("Note", event.id, name=name, entity=involved, description=said, **known)
        dates = {"startDate": _date(when.start), "endDate": _date(when.end)} if when else {}
        name = f"{act} {who}".rstrip()
        more = {"involved": involved, "location": event.place, "recordId": event.id, **dates}
        return self._made("Event", event.id, name=name, summary=telling.mention.sentence, **more, **known)

    def _country(self, place: str | None) -> str | None:
        land = land_of(place)
        return _land(land.code) if land else None

    def _roles(self, telling: Telling) -> Iterator[EntityProxy]:
        """Who does it and to whom: `involved` does not tell these apart."""
        event, day = telling.event, day_of(telling.event)
        for role, ids in (("initiator", event.initiators), ("recipient", event.recipients)):
            for one in ids:
                if one in self.actors:
                    ends = {"subject": self._id(one), "object": self._id(event.id)}
                    yield self._made("UnknownLink", event.id, role, one, **ends, role=role, status=event.status, date=day)

    def _documentation(self, telling: Telling, claim: Claim) -> EntityProxy:
        """What a report says of the event, in whose words: its own status, which may be another than the event's."""
        mention, speaker = self.s.mention(claim.report, claim.event), self._speaker(claim)
        said = f"said by {self.actors[speaker].name}" if speaker in self.actors else None
        ends = {"document": self._id(claim.report), "entity": self._id(telling.event.id)}
        row = self.s.all_reports[claim.report]
        known = {"role": claim.status, "summary": mention.sentence if mention else None, "date": row.published or None}
        return self._made("Documentation", claim.report, claim.event, **ends, **known, description=said)


def _date(day: str) -> str | None:
    """A day, a month or a year; a week is none, since the library takes it for its year."""
    return None if "W" in day else day


def _land(code: str | None) -> str | None:
    """The library's two letters for a state; None for bodies of states."""
    if not code:
        return None
    from followthemoney.types import registry

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what could be had with ICU; codes need none
        found = _LANDS.get(code) or registry.country.clean(code)
    return str(found) if found else None
