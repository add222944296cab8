"""Events and figures as W3C Web Annotations: each points at its words by a quotation and by offsets in the report's text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.case.exports.selecting import Selected
from dragoman.text.report import Span

_AROUND = 32
"""Characters before and after that a quotation is told apart by."""


def web_annotations(s: Selected) -> dict[str, Any]:
    """A collection with one page. Offsets are code points in the text as the case keeps it, as the model of annotations has them."""
    items = sorted([*_events(s), *_figures(s)], key=lambda one: one["id"])
    first = {"id": "urn:dragoman:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    found = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:dragoman:annotations", "type": "AnnotationCollection"}
    return {**found, "label": "what dragoman read", "total": len(items), "first": first}


def _events(s: Selected) -> Iterator[dict[str, Any]]:
    for event in s.events:
        for claim in event.claims:
            mention = s.mention(claim.report, claim.event)
            if mention is not None:
                act = " ".join(filter(None, (mention.event.type, mention.event.mode)))
                yield _annotation(s, claim.report, claim.event, f"{event.id}: {act}, {claim.status}", mention.event.sentence)


def _figures(s: Selected) -> Iterator[dict[str, Any]]:
    at = {tuple(figure.place): figure.figure for figure in s.record.figures}
    for series in s.derived.figures:
        for claim in series.claims:
            figure = at.get((claim.report, claim.figure))
            if figure is not None:
                value = f"{series.id}: {series.of or 'number'} from {claim.low} to {claim.high}"
                yield _annotation(s, claim.report, claim.figure, value, Span(figure.start, figure.end))


def _annotation(s: Selected, report: str, entry: str, value: str, span: Span) -> dict[str, Any]:
    text = s.store.text(report) or ""
    row = s.all_reports[report]
    quote = {
        "type": "TextQuoteSelector", "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - _AROUND) : span.start], "suffix": text[span.end : span.end + _AROUND],
    }  # fmt: skip
    where = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    target = {"source": f"urn:sha256:{report}", "selector": [_whole(quote), where]}
    creator = {"type": "Software", "name": "dragoman"}
    body = {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": _characters(value)}
    about = {"id": f"urn:dragoman:{report}:{entry}", "type": "Annotation", "motivation": "tagging", "created": row.added}
    return {**about, "creator": creator, "body": body, "target": target}


def _whole(quote: dict[str, str]) -> dict[str, str]:
    return {key: _characters(value) for key, value in quote.items()}


def _characters(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
