"""A reading as TimeML: the text is whole, marks stand on their words, links only where a date is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from anafora.timeml import to_anafora_data, to_document_creation_time, to_text

from dragoman.case.exports.timeml import timeml
from dragoman.reading.entries import Reading, Time, When
from tests.case.following import read
from tests.case.leaving import ODD, talks


def dated() -> Reading:
    found = read("On 4 March the Guard shelled Tarvo. It denied that it shelled the mole.", "2026-03-12", "Courier",
                 ("Guard", "shelled", "", "ASSAULT", "occurred"))  # fmt: skip
    event = replace(found.events[0], when=When("2026-03-04", "2026-03-04"))
    guess = replace(event, id="e2", when=When("2026-03-04", "2026-03-04", inferred=True), status="denied", trigger=event.trigger._replace(
        start=found.report.text.rindex("shelled"), end=found.report.text.rindex("shelled") + 7))  # fmt: skip
    return replace(found, events=(event, guess), times=(Time("t1", 3, 10, "DATE", "2026-03-04"),))


def test_marks_stand_on_their_words_and_links_only_where_a_date_is_told() -> None:
    root = ElementTree.fromstring(timeml(dated()))
    assert "".join(root.find("TEXT").itertext()) == dated().report.text  # type: ignore[union-attr]
    assert [(mark.get("eid"), mark.text) for mark in root.iter("EVENT")] == [("e1", "shelled"), ("e2", "shelled")]
    assert [time.get("value") for time in root.iter("TIMEX3")] == ["2026-03-12", "2026-03-04"]
    assert [(link.get("eventInstanceID"), link.get("relatedToTime")) for link in root.iter("TLINK")] == [("ei1", "t1")]
    assert [one.get("polarity") for one in root.iter("MAKEINSTANCE")] == ["POS", "NEG"]


def test_a_reader_of_timeml_finds_all_marks_and_links(tmp_path: Path) -> None:
    place = tmp_path / "report.tml"
    place.write_text(timeml(replace(dated(), times=(*dated().times, Time("t2", 36, 41, "DATE", None)))), "utf-8")
    assert to_document_creation_time(str(place)) == "2026-03-12"
    found = {kind: list(to_anafora_data(str(place)).annotations.select_type(kind)) for kind in ("TIMEX3", "EVENT", "MAKEINSTANCE", "TLINK")}
    text = to_text(str(place))
    assert [text[slice(*event.spans[0])] for event in found["EVENT"]] == ["shelled", "shelled"]
    assert [(text[slice(*time.spans[0])], time.properties["value"]) for time in found["TIMEX3"]] == [
        ("2026-03-12", "2026-03-12"), ("4 March", "2026-03-04"),
    ]  # fmt: skip
    (link,) = found["TLINK"]
    (instance,) = [one for one in found["MAKEINSTANCE"] if one.id == link.properties["eventInstanceID"].id]
    assert instance.properties["eventID"].id == found["EVENT"][0].id
    assert link.properties["relatedToTime"].id == found["TIMEX3"][1].id


def test_hostile_text_stays_xml_and_marks_do_not_cross() -> None:
    odd = read(ODD, "2026-03-10", "Islander", ("Islander", "saw", "", "ACCUSE", "hypothetical"))
    root = ElementTree.fromstring(timeml(odd))
    assert len("".join(root.find("TEXT").itertext())) == len(ODD)  # type: ignore[union-attr]
    twice = talks()
    crossed = replace(twice, events=(twice.events[0], replace(twice.events[0], id="e9")))
    assert len(list(ElementTree.fromstring(timeml(crossed)).iter("EVENT"))) == 1
