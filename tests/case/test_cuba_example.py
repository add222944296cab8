"""The example of 1962, read by the shipped model and put into a case: what a user finds, down to the sentences.

Sentences are told by how they begin. Where two tell the same as well, both are allowed: another processor may choose the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case.case import Case
from dragoman.case.judgements import Commitment, Dispute, Place, Thread
from dragoman.case.query import Filters
from dragoman.reading.read import Reader
from dragoman.reading.reading import Reading
from dragoman.text.formats import read_source
from dragoman.text.loaded import Loaded
from dragoman.text.report import Report
from tests.case.following import NOON

LINES = Path(__file__).resolve().parents[2] / "examples" / "cuba_1962" / "case.jsonl"
SESSION, BLOCKADE, WEAPONS, INSPECTION = "Meetings of the Security Council", "Blockade of Cuba", "Weapons in Cuba", "Inspection: "

DENIED = "In a statement carried by the news agency TASS, the Soviet government denied that it had sent offensive weapons to the island."
OFFERED = "The Soviet Union offered on Saturday to withdraw its missiles from Cuba if the United States withdrew its own from Turkey"
ORDERED = "Moscow orders weapons in Cuba dismantled after Kennedy gives assurance"
REFUSED = "Cuban Prime Minister Fidel Castro refused in a televised speech on Tuesday to allow any inspection of his country."


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    with LINES.open("rb") as lines:
        reports = [item for item in read_source(lines, LINES.name) if isinstance(item, Report)]
    return list(Reader().read_many(reports))


def added(case: Case, readings: list[Reading]) -> None:
    for reading in readings:
        report = reading.report
        case.add(Loaded(report, report.text.encode(), "text/plain", f"{report.source_id}.txt"), reading, NOON)
    case.settle()


@pytest.fixture(scope="session")
def cuba(readings: list[Reading], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with Case.open(tmp_path_factory.mktemp("cuba") / "cuba.case", create=True) as case:
        added(case, readings)
        yield case


def sentences(case: Case, item: str, day: str | None = None) -> list[tuple[str, str]]:
    """The day of the report and the sentence of each passage that an item leads to."""
    return [(p.published, "".join(p.text)) for p in case.show(item, Filters(as_of=day)).passages]


def thread_of(case: Case, title: str, day: str) -> Thread:
    return next(thread for thread in case.threads(Filters(as_of=day)) if thread.title.startswith(title))


# --- threads


@pytest.mark.parametrize(
    ("day", "title", "lead", "told", "beginnings"),
    [
        ("1962-10-24", BLOCKADE, "Rejected: ", "1962-10-23", ["The Soviet government on Tuesday rejected the naval blockade of Cuba"]),
        ("1962-10-24", WEAPONS, "Reported: ", "1962-10-24", ["By 19 votes to none, the council of the organization called"]),
        ("1962-10-24", SESSION, "Rejected: ", "1962-10-24", ["Mr Valerian Zorin, the Soviet delegate"]),
        ("1962-10-28", BLOCKADE, "Reported: ", "1962-10-26", ["Sailors from two American destroyers boarded", "Sailors board freighter"]),
        ("1962-10-28", WEAPONS, "Ordered: ", "1962-10-28", ["After earlier instructions", "The Soviet government has ordered"]),
        ("1962-10-28", INSPECTION, "Rejected: ", "1962-10-25", [REFUSED]),
        ("1962-11-03", WEAPONS, "Under way: ", "1962-11-03", ["The Soviet missile bases in Cuba “are being dismantled”"]),
        ("1962-11-20", BLOCKADE, "Ordered: ", "1962-11-20", ["President John F. Kennedy ordered the Navy on Tuesday to end"]),
        ("1962-11-20", WEAPONS, "Planned, due by Thursday 20 December 1962: ", "1962-11-20", ['"I have today been informed by Chairman']),
        ("1962-11-20", INSPECTION, "Agreed: ", "1962-11-20", ["The planes could be observed and counted as they left"]),
    ],
)  # fmt: skip
def test_where_the_threads_stand(cuba: Case, day: str, title: str, lead: str, told: str, beginnings: list[str]) -> None:
    thread = thread_of(cuba, title, day)
    (published, sentence), *_ = sentences(cuba, thread.id, day)
    assert published == told
    assert sentence.startswith(tuple(beginnings))
    assert thread.state.startswith(f"{lead}“{sentence[:60]}")


@pytest.mark.parametrize("title", [BLOCKADE, WEAPONS])
def test_a_thread_keeps_its_number_from_day_to_day_and_only_grows(cuba: Case, title: str) -> None:
    days = ("1962-10-24", "1962-10-28", "1962-11-03", "1962-11-20")
    found = [thread_of(cuba, title, day) for day in days]
    assert len({thread.id for thread in found}) == 1
    assert all(set(a.events) < set(b.events) for a, b in itertools.pairwise(found))


def test_no_event_is_in_two_threads_and_few_are_in_none(cuba: Case) -> None:
    woven = [event for thread in cuba.threads() for event in thread.events]
    assert len(woven) == len(set(woven))
    assert len(woven) >= 0.8 * len(cuba.timeline())


def test_who_asked_not_to_be_named_did_nothing(cuba: Case) -> None:
    told = [telling.mention for telling in cuba.timeline()]
    assert not [m for m in told if m.trigger in ("asked", "declined") and "to be" in m.sentence and "named" in m.sentence]


# --- what people decide


def test_decisions_outlive_the_reports_that_come_later(readings: list[Reading], tmp_path: Path) -> None:
    with Case.open(tmp_path / "cuba.case", create=True) as case:
        added(case, readings[:8])  # up to 28 October
        weapons, blockade, inspection = (thread_of(case, title, "1962-10-28") for title in (WEAPONS, BLOCKADE, INSPECTION))
        pinned = next(event for event in blockade.events if "tanker" in case.tellings([event])[0].mention.sentence)
        judge = case.judge("Ada")
        judge.rename(weapons.id, "The missiles", "", NOON)
        judge.merge(weapons.id, inspection.id, "inspected was what they removed", NOON)
        judge.pin(pinned, weapons.id, "", NOON)
        case.settle()
        before = next(thread for thread in case.threads() if thread.id == weapons.id)
        added(case, readings[8:])
        after = next(thread for thread in case.threads() if thread.id == weapons.id)
        assert after.title == "The missiles"
        assert {*weapons.events, *inspection.events, pinned} <= set(before.events) < set(after.events)
        assert inspection.id not in {thread.id for thread in case.threads()}
        refused = [text for _, text in sentences(case, weapons.id)]
        assert refused and any(
            "refuse" in t.mention.sentence and t.event.thread == weapons.id for t in case.timeline(Filters(since="1962-11-01"))
        )


def test_what_is_split_off_takes_along_what_comes_later(readings: list[Reading], tmp_path: Path) -> None:
    with Case.open(tmp_path / "cuba.case", create=True) as case:
        added(case, readings[:8])
        talks = thread_of(case, "Talks between U Thant", "1962-10-28")
        travel = [t for t in case.tellings(talks.events) if "Havana" in t.mention.sentence]
        case.judge("Ada").split(talks.id, [t.mention.place for t in travel], "his journey", NOON)
        case.settle()
        (journey,) = [thread.id for thread in case.threads() if {t.event.id for t in travel} <= set(thread.events)]
        assert journey != talks.id
        added(case, readings[8:])
        after = next(thread for thread in case.threads() if thread.id == journey)
        assert any("arrived in Havana" in t.mention.sentence for t in case.tellings(after.events))


# --- disputes


def dispute_about_the_weapons(case: Case, day: str | None = None) -> Dispute:
    found = [d for d in case.disputes(Filters(as_of=day)) if d.kind == "status"]
    return next(d for d in found if any(text == DENIED for _, text in sentences(case, d.id, day)))


def test_the_weapons_are_asserted_and_denied(cuba: Case) -> None:
    dispute = dispute_about_the_weapons(cuba, "1962-10-24")
    asserted, denied = dispute.sides
    told = dict(zip([p for side in dispute.sides for p in side.claims], sentences(cuba, dispute.id, "1962-10-24"), strict=True))
    assert any("accusing the Soviet Union of secretly building nuclear missile bases" in told[place][1] for place in asserted.claims)
    assert {told[place] for place in denied.claims} >= {("1962-10-23", DENIED)}
    assert any("Zorin" in text or "his government had sent no offensive weapons" in text for _, text in (told[p] for p in denied.claims))
    assert set(cuba.names(denied.speakers).values()) >= {"Soviet Union", "Valerian Zorin"}
    assert "admitted" not in dispute.summary


def test_the_weapons_are_admitted_when_their_withdrawal_is_offered(cuba: Case) -> None:
    dispute = dispute_about_the_weapons(cuba)
    assert "admitted by Soviet Union on Saturday 27 October 1962" in dispute.summary
    assert any(day == "1962-10-27" and text.startswith(OFFERED) for day, text in sentences(cuba, dispute.id))


def test_inspection_is_wanted_and_refused(cuba: Case) -> None:
    (found,) = [d for d in cuba.disputes(Filters()) if d.summary.startswith("wanted by")]
    assert [[*cuba.names(side.speakers).values()] for side in found.sides] == [["Adlai Stevenson"], ["Fidel Castro"]]
    told = [text for day, text in sentences(cuba, found.id) if day == "1962-10-25"]
    assert told == [REFUSED]


# --- commitments


def commitment(case: Case, beginning: str, kind: str, day: str | None = None) -> Commitment:
    """The commitment of a kind whose act stands in the sentence that begins so."""
    for found in case.commitments(Filters(as_of=day)):
        if found.kind == kind and any(text.startswith(beginning) for _, text in sentences(case, found.id, day)[:1]):
            return found
    raise AssertionError(f"no {kind} begins with {beginning!r}")


def evidence(case: Case, found: Commitment, day: str | None = None) -> dict[str, tuple[str, str]]:
    """State, day and beginning of the sentence of each piece of evidence, by its place."""
    own = sentences(case, found.id, day)[-len(found.evidence) :] if found.evidence else []
    return {f"{p.report} {p.event}": (p.bears, f"{text[0]} {text[1]}") for p, text in zip(found.evidence, own, strict=True)}


@pytest.mark.parametrize(
    ("beginning", "kind", "day", "state"),
    [
        (OFFERED, "promise", "1962-10-28", "not yet rated"),
        (OFFERED, "promise", "1962-11-20", "kept"),
        (ORDERED, "plan", "1962-10-28", "not yet rated"),
        (ORDERED, "plan", "1962-11-03", "in the works"),
        (ORDERED, "plan", "1962-11-20", "kept"),
    ],
)
def test_the_removal_is_followed_from_the_offer_and_the_order(cuba: Case, beginning: str, kind: str, day: str, state: str) -> None:
    found = commitment(cuba, beginning, kind, day)
    assert (found.state, found.decided_by) == (state, "rule")
    assert cuba.names([found.maker or ""]) == {found.maker: "Soviet Union"}


def test_the_offer_has_its_condition_and_the_evidence_for_both(cuba: Case) -> None:
    offer, order = commitment(cuba, OFFERED, "promise"), commitment(cuba, ORDERED, "plan")
    assert offer.condition == "if the United States withdrew its own from Turkey"
    assert [text[:65] for bears, text in evidence(cuba, offer).values() if bears == "kept"] == [
        "1962-11-20 Inspection at sea had confirmed that the number of mis"
    ]
    proofs = set(evidence(cuba, order).values())
    assert any(bears == "in the works" and text.startswith("1962-11-03 The Soviet missile bases in Cuba") for bears, text in proofs)
    assert any(bears == "kept" and text.startswith("1962-11-12 On Thursday the Defense Department") for bears, text in proofs)


def test_the_bombers_are_due_in_thirty_days(cuba: Case) -> None:
    found = commitment(cuba, '"I have today been informed by Chairman Khrushchev', "plan")
    assert (found.due, found.state) == ("1962-12-20", "not yet rated")


def test_the_pledge_not_to_invade_has_its_condition_and_evidence(cuba: Case) -> None:
    found = commitment(cuba, "The United States would lift the quarantine and give assurances against an invasion of Cuba", "promise")
    assert (
        cuba.names([found.maker or ""]) == {found.maker: "United States"} or "Kennedy" in cuba.names([found.maker or ""])[found.maker or ""]
    )
    assert found.made == "1962-10-27"
    assert (found.condition or "").startswith("if the Soviet Union removed the weapons under United Nations supervision")
    proofs = list(evidence(cuba, found).values())
    assert found.state == "in the works"
    assert any("1962-10-28 Khrushchev said that he trusted the assurance, given by Kennedy on Saturday" in text for _, text in proofs)


def test_the_demand_for_inspection_is_refused(cuba: Case) -> None:
    found = commitment(cuba, "At the Security Council in New York, the American delegate, Mr Adlai Stevenson, proposed", "demand")
    assert found.state == "broken"
    assert set(cuba.names([found.maker or ""]).values()) == {"Adlai Stevenson"}
    proofs = list(evidence(cuba, found).values())
    assert ("broken", f"1962-10-25 {REFUSED}") in proofs
    assert any("Prime Minister Fidel Castro refuses to let observers in" in text for _, text in proofs)


# --- sources


def test_the_two_papers_with_one_agency_text_are_one_source(cuba: Case) -> None:
    links = [kept.link for kept in cuba.store.links(kinds=("same_text",))]
    names = {row.id: row.publisher for row in cuba.reports()}
    assert [{names[link.a.report], names[link.b.report]} for link in links] == [{"Gulf Courier", "Lakeshore Post"}]
    copies = {link.a.report for link in links} | {link.b.report for link in links}
    both = [t.event for t in cuba.timeline() if {claim.report for claim in t.event.claims} == copies]
    assert len(both) >= 4
    assert {event.independent_sources for event in both} == {1}


def test_every_sentence_of_a_thread_can_be_reached(cuba: Case) -> None:
    thread = thread_of(cuba, WEAPONS, "1962-11-20")
    shown = cuba.show(thread.id)
    assert {other.id for other in shown.related} == set(thread.events)
    place: Place = shown.passages[0].place
    text = cuba.store.text(place.report) or ""
    assert text[shown.passages[0].marked.start : shown.passages[0].marked.end] == shown.passages[0].text[1]
