"""Where everything in a case comes from, as PROV-O in JSON-LD: reports, what was read from them, and what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from dragoman.case.exports.selecting import Selected
from dragoman.reading.wording import one_line

_CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#", "dcterms": "http://purl.org/dc/terms/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: {"@id": f"prov:{name}", "@type": "@id"} for name in (
        "wasAttributedTo", "wasDerivedFrom", "wasAssociatedWith", "used", "wasGeneratedBy", "alternateOf")},
    **{name: {"@id": f"prov:{name}", "@type": "xsd:dateTime"} for name in ("generatedAtTime", "endedAtTime")},
    "label": "rdfs:label", "title": "dcterms:title", "issued": {"@id": "dcterms:issued", "@type": "xsd:date"},
    "description": "dcterms:description",
}  # fmt: skip
_MACHINE = "urn:dragoman:agent:dragoman"


def prov(s: Selected) -> dict[str, Any]:
    """The graph of what is selected."""
    graph = [
        {"@id": _MACHINE, "@type": ["prov:Agent", "prov:SoftwareAgent"], "label": "dragoman"},
        *_agents(s),
        *_reports(s),
        *_events(s),
        *_decisions(s),
    ]
    return {"@context": _CONTEXT, "@graph": [{key: value for key, value in one.items() if value not in (None, [])} for one in graph]}


def _agents(s: Selected) -> Iterator[dict[str, Any]]:
    for name in sorted({row.publisher for row in s.all_reports.values() if row.publisher}):
        yield {"@id": _agent("publisher", name), "@type": ["prov:Agent", "prov:Organization"], "label": one_line(name)}
    for name in sorted({stored.decision.by for stored in s.decisions}):
        yield {"@id": _agent("person", name), "@type": ["prov:Agent", "prov:Person"], "label": one_line(name)}


def _reports(s: Selected) -> Iterator[dict[str, Any]]:
    told = {claim.report for event in s.events for claim in event.claims} | {row.id for row in s.reports}
    for row in sorted((s.all_reports[report] for report in told), key=lambda row: row.number):
        known = {"title": one_line(row.title) if row.title else None, "issued": row.published or None}
        by = _agent("publisher", row.publisher) if row.publisher else None
        same = _report(row.same_text_as) if row.same_text_as in told else None
        yield {"@id": _report(row.id), "@type": "prov:Entity", **known, "wasAttributedTo": by, "alternateOf": same}


def _events(s: Selected) -> Iterator[dict[str, Any]]:
    for telling in s.tellings:
        event = telling.event
        label = f"{event.status}: {' '.join(filter(None, (event.type, event.mode)))}"
        claims = [_claim(claim.report, claim.event) for claim in event.claims]
        yield {"@id": _item(event.id), "@type": "prov:Entity", "label": label, "wasAttributedTo": _MACHINE, "wasDerivedFrom": claims}
        for claim in event.claims:
            mention, added = s.mention(claim.report, claim.event), s.all_reports[claim.report].added
            known = {"description": mention.sentence if mention else None, "label": claim.status, "generatedAtTime": added}
            made = {"wasDerivedFrom": _report(claim.report), "wasAttributedTo": _MACHINE}
            yield {"@id": _claim(claim.report, claim.event), "@type": "prov:Entity", **known, **made}


def _decisions(s: Selected) -> Iterator[dict[str, Any]]:
    for stored in s.decisions:
        found = stored.decision
        label = " ".join(filter(None, (found.verb, found.target, found.value and one_line(found.value))))
        why = one_line(found.why) if found.why else None
        by = {"wasAssociatedWith": _agent("person", found.by), "used": _item(found.target), "endedAtTime": found.at}
        yield {"@id": _item(found.id), "@type": "prov:Activity", "label": label, "description": why, **by}


def _agent(kind: str, name: str) -> str:
    return f"urn:dragoman:agent:{kind}:{_quoted(name)}"


def _report(identity: str) -> str:
    return f"urn:sha256:{identity}"


def _claim(report: str, entry: str) -> str:
    return f"urn:dragoman:claim:{report}:{entry}"


def _item(identity: str) -> str:
    """The address of an item or a decision; of what somebody typed, without what no address holds."""
    return f"urn:dragoman:item:{_quoted(identity)}"


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "replace"), safe="")
