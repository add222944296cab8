"""A reading as TimeML: events and times marked in the text, and a TLINK where the reading tells the date of an event.

The link says that an event IS_INCLUDED in a time that the text names; nothing is said of the order of events that no date tells.
"""

from __future__ import annotations

from xml.etree import ElementTree

from dragoman.case.exports.xml_text import xml_text
from dragoman.reading.entries import Event, EventType, Reading, Status
from dragoman.text.report import Span

_REPORTING: frozenset[EventType] = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
_INTENDED: frozenset[Status] = frozenset({"planned", "promised", "threatened", "demanded"})


def timeml(reading: Reading) -> str:
    """The document. Where two marks overlap the earlier stands: TimeML's tags do not cross. A cue that denies makes `polarity` NEG.

    A time without a value is not marked, since TimeML has none."""
    report, root = reading.report, ElementTree.Element("TimeML")
    day = report.published.isoformat() if report.published else None
    ElementTree.SubElement(root, "DOCID").text = report.id
    dct = ElementTree.SubElement(root, "DCT")
    if day:
        known = {"tid": "t0", "type": "DATE", "value": day, "functionInDocument": "CREATION_TIME"}
        ElementTree.SubElement(dct, "TIMEX3", known).text = day
    marked = _text(ElementTree.SubElement(root, "TEXT"), reading)
    events = [event for event in reading.events if event.id in marked]
    for event in events:
        polarity = "NEG" if event.status in ("denied", "cancelled") else "POS"
        known = {"eiid": f"ei{event.id[1:]}", "eventID": event.id, "tense": "NONE", "aspect": "NONE", "pos": "OTHER", "polarity": polarity}
        modality = {"modality": event.status} if event.status in _INTENDED or event.status == "hypothetical" else {}
        ElementTree.SubElement(root, "MAKEINSTANCE", known | modality)
    times = [(time.id, time.value) for time in reading.times if time.value and time.id in marked] + ([("t0", day)] if day else [])
    for event in events:
        named = _time_of(event, times)
        if named:
            number = f"l{event.id[1:]}"
            known = {"lid": number, "relType": "IS_INCLUDED", "eventInstanceID": f"ei{event.id[1:]}", "relatedToTime": named}
            ElementTree.SubElement(root, "TLINK", known)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _text(element: ElementTree.Element, reading: Reading) -> frozenset[str]:
    """Fills the text with its marks; the ids of the entries that are marked."""
    marks = [
        (Span(time.start, time.end), "TIMEX3", time.id, {"tid": time.id, "type": time.type, "value": time.value})
        for time in reading.times
        if time.value
    ]
    marks += [(event.trigger, "EVENT", event.id, {"eid": event.id, "class": _class(event)}) for event in reading.events]
    text, at, last, done = reading.report.text, 0, None, set[str]()
    for span, tag, name, known in sorted(marks, key=lambda mark: (mark[0].start, mark[1] == "EVENT", mark[2])):
        if span.start < at:
            continue
        _follow(element, last, text[at : span.start])
        last = ElementTree.SubElement(element, tag, known)
        last.text = xml_text(text[span.start : span.end])
        at = span.end
        done.add(name)
    _follow(element, last, text[at:])
    return frozenset(done)


def _follow(element: ElementTree.Element, last: ElementTree.Element | None, text: str) -> None:
    if last is None:
        element.text = xml_text(text)
    else:
        last.tail = xml_text(text)


def _class(event: Event) -> str:
    return "REPORTING" if event.type in _REPORTING else "OCCURRENCE"


def _time_of(event: Event, times: list[tuple[str, str]]) -> str | None:
    """The time whose value is the date of the event, where its own words tell one day, month or year."""
    when = event.when
    if when is None or when.inferred or when.start != when.end:
        return None
    return next((name for name, value in times if value == when.start), None)
