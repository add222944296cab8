"""Who acts on whom: events and not reports, signs, kinds, periods; and the network as GEXF that networkx reads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.case import deriving
from dragoman.case.case import Case
from dragoman.case.deriving import Records
from dragoman.case.exports.gexf import gexf
from dragoman.case.network import Network, period_of
from dragoman.case.query import Filters
from tests.case.following import NOON, loaded, read
from tests.case.leaving import eventful_case, talks
from tests.case.reading_gexf import read_gexf

MEETING = "The Port Union and the Kora Guard met on the mole. Norland praised the Port Union."


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """Talks told twice, an attack told by two papers, and a meeting of two that no one hosts."""
    text = "The Kora Guard shelled the Port Union's mole at dawn."
    with Case.open(tmp_path_factory.mktemp("network") / "a.case", create=True) as opened:
        for day, publisher, words in (("2026-03-02", "Courier", text), ("2026-03-02", "Islander", f"Tarvo: {text} Nobody slept.")):
            told = read(words, day, publisher, ("Kora Guard", "shelled", "Port Union", "ASSAULT", "occurred"))
            opened.add(loaded(told.report), told, NOON)
        praise = read(MEETING, "2026-04-01", "Courier", ("Norland", "praised", "Port Union", "SUPPORT", "occurred"))
        for told in (talks(), praise):
            opened.add(loaded(told.report), told, NOON)
        opened.settle()
        yield opened


def edges(case: Case, filters: Filters | None = None) -> dict[tuple[str, str, str, str], int]:
    found = case.network(filters or Filters())
    return {(found.name(edge.source), found.name(edge.target), edge.kind, edge.sign): edge.weight for edge in found.edges}


def test_edges_count_events_and_tell_threats_promises_and_demands_from_acts(case: Case) -> None:
    assert edges(case) == {
        ("Kora Guard", "Port Union", "act", "conflict"): 1,  # two reports, one event
        ("Kora Guard", "Port Union", "threat", "conflict"): 1,
        ("Kora Guard", "Port Union", "promise", "cooperation"): 1,
        ("Port Union", "Kora Guard", "demand", "conflict"): 1,
        ("Port Union", "Kora Guard", "act", "cooperation"): 1,
        ("Port Union", "Kora Guard", "act", "conflict"): 1,
        ("Norland", "Port Union", "act", "cooperation"): 1,
    }  # the bombing that is denied is no edge


def test_deeds_and_scores(case: Case) -> None:
    (attack,) = [edge for edge in case.network().edges if edge.kind == "act" and edge.material]
    assert (attack.weight, attack.material, attack.score, attack.first) == (1, 1, -9.0, "2026-03-02")
    assert case.timeline(Filters(type="ASSAULT"))[0].event.id in attack.events


def test_filters_narrow_as_they_do_elsewhere(case: Case) -> None:
    assert set(edges(case, Filters(as_of="2026-03-05"))) == {("Kora Guard", "Port Union", "act", "conflict")}
    assert set(edges(case, Filters(type="SUPPORT"))) == {("Norland", "Port Union", "act", "cooperation")}
    (norland,) = case.found("actor", "norland")
    assert set(edges(case, Filters(actor=norland.id))) == {("Norland", "Port Union", "act", "cooperation")}
    assert edges(case, Filters(status="denied")) == {}


def test_periods_are_in_order_and_hold_all_events(case: Case) -> None:
    found = case.network(by="month")
    assert list(dict.fromkeys(edge.period for edge in found.slices)) == ["2026-03", "2026-04"]
    assert sum(edge.weight for edge in found.slices) == sum(edge.weight for edge in found.edges) == len(found.acts)


@pytest.mark.parametrize(
    ("day", "by", "expected"),
    [
        ("2026-03-12", "week", "2026-03-09"), ("2026-03-12", "month", "2026-03"), ("2026-03-12", "day", "2026-03-12"),
        ("2026-03", "day", "2026-03"), ("2026", "month", "2026"), ("", "week", ""), ("2026-01-01", "week", "2025-12-29"),
    ],
)  # fmt: skip
def test_a_day_lies_in_a_period(day: str, by: str, expected: str) -> None:
    assert period_of(day, by) == expected  # type: ignore[arg-type]


def test_who_meets_without_a_host_acts_on_each_other(tmp_path: Path) -> None:
    from dataclasses import replace

    told = read(MEETING, "2026-04-01", "Courier", ("Port Union", "met", "Kora Guard", "CONSULT", "occurred"))
    (event,) = told.events
    told = replace(told, events=(replace(event, initiators=("a1", "a2"), recipients=()),))
    with Case.open(tmp_path / "a.case", create=True) as opened:
        opened.add(loaded(told.report), told, NOON)
        opened.settle()
        assert set(edges(opened)) == {
            ("Port Union", "Kora Guard", "act", "cooperation"), ("Kora Guard", "Port Union", "act", "cooperation"),
        }  # fmt: skip


def test_networkx_reads_the_network_over_time(case: Case) -> None:
    found = case.network()
    graph = read_gexf(io.BytesIO(gexf(found).encode()))
    assert graph.is_directed() and graph.is_multigraph()
    assert {graph.nodes[node]["label"] for node in graph} == {node.name for node in found.nodes}
    told = sorted((one, other, data["kind"], data["signed_weight"], data["spells"]) for one, other, data in graph.edges(data=True))
    signs = {"conflict": -1.0, "cooperation": 1.0}
    assert told == sorted((e.source, e.target, e.kind, signs[e.sign] * e.weight, [(e.first, e.last)]) for e in found.edges)


def test_names_that_xml_cannot_hold_do_not_break_the_file(tmp_path: Path) -> None:
    with Case.open(tmp_path / "a.case", create=True) as opened:
        opened.add(loaded(talks().report), talks(), NOON)
        opened.settle()
        (guard,) = opened.found("actor", "kora")
        opened.judge("Ada").rename(guard.id, 'Kora <&">\x0b]]>', "", NOON)
        graph = read_gexf(io.BytesIO(gexf(opened.network()).encode()))
        assert graph.nodes[guard.id]["label"].startswith('Kora <&">')


# --- what is kept


def both(case: Case, filters: Filters, monkeypatch: pytest.MonkeyPatch) -> tuple[Network, Network]:
    """The network as it is counted from what is kept, and as it is counted by going over the events."""
    monkeypatch.setattr(deriving, "FEW", 0)
    assert Records(case.store).keeps(filters.as_of)
    kept = _asked(case, filters)
    with monkeypatch.context() as patch:
        patch.setattr(Records, "keeps", lambda *_: False)
        return kept, _asked(case, filters)


def _asked(case: Case, filters: Filters) -> Network:
    """The network with its actors, which are asked for when they are first wanted."""
    found = case.network(filters)
    assert {node.id for node in found.nodes} == {end for act in found.acts for end in (act.source, act.target)}
    return found


def retold(location: Path) -> Case:
    """A shelling that is threatened first, then told by two, then denied by three; and who met whom a month later."""
    story = [
        ("2026-03-01", "Courier", "threatened", "{} the mole, it was feared, before the week was out. Boats left."),
        ("2026-03-02", "Islander", "occurred", "{} at first light, and three cranes fell into the harbour."),
        ("2026-03-02", "Evening Mail", "occurred", "Windows broke in Fish Street. {}, said a baker who had seen the flashes."),
        ("2026-03-05", "Herald", "denied", "A colonel read out a paper. It is not true that {}, he told the reporters."),
        ("2026-03-06", "Echo", "denied", "What fell was an old wall, wrote the engineer: nobody can say that {}."),
        ("2026-03-07", "Post", "denied", "Three weeks of hearings ended. {}? The judges found no proof of that."),
    ]
    case = Case.open(location, create=True)
    for day, publisher, status, words in story:
        told = read(
            words.format("Kora Guard shelled Port Union"), day, publisher, ("Kora Guard", "shelled", "Port Union", "ASSAULT", status)
        )  # type: ignore[arg-type]
        case.add(loaded(told.report), told, NOON)
    told = read(MEETING, "2026-04-01", "Courier", ("Port Union", "met", "Kora Guard", "CONSULT", "occurred"))
    case.add(loaded(told.report), told, NOON)
    first, *others = [telling.event.id for telling in case.timeline(Filters(type="ASSAULT"))]
    for other in others:
        case.judge("Ada").merge(first, other, "one shelling", NOON)
    case.settle()
    return case


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        ("2026-02-28", []), ("2026-03-01", ["threat"]), ("2026-03-02", ["act"]), ("2026-03-05", ["act"]), ("2026-03-07", []),
        ("2026-04-01", ["act"]), (None, ["act"]),
    ],
)  # fmt: skip
def test_each_day_has_its_own_edges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str | None, kinds: list[str]) -> None:
    with retold(tmp_path / "a.case") as case:
        kept, gone_over = both(case, Filters(as_of=day), monkeypatch)
        assert kept == gone_over and kept.nodes == gone_over.nodes
        assert [edge.kind for edge in kept.edges] == kinds


def test_filters_and_what_people_decided_hold_for_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with eventful_case(tmp_path / "a.case") as case:
        accused = case.timeline(Filters(type="ACCUSE"))[0].event.id
        judge = case.judge("Ada")
        judge.edit(accused, {"type": "SUPPORT"}, "it was praise", NOON)
        judge.reject(case.timeline(Filters(status="threatened"))[0].event.id, "nobody did", NOON)
        case.settle()
        (guard,) = case.found("actor", "kora")
        ways = [Filters(), Filters(actor=guard.id), Filters(type="CONSULT"), Filters(status="promised"), Filters(since="2026-03-10")]
        for filters in (*ways, Filters(as_of="2026-03-12"), Filters(as_of="2026-03-11", actor=guard.id)):
            kept, gone_over = both(case, filters, monkeypatch)
            assert kept == gone_over and kept.nodes == gone_over.nodes
        found = {act.event: act for act in case.network().acts}
        assert found[accused].sign == "cooperation"
        assert "threat" not in {act.kind for act in found.values()}


def test_a_case_that_is_not_settled_is_gone_over(tmp_path: Path) -> None:
    with Case.open(tmp_path / "a.case", create=True) as opened:
        opened.add(loaded(talks().report), talks(), NOON)
        before = _asked(opened, Filters())
        opened.settle()
        assert len(before.acts) > 3
        assert opened.network() == before and opened.network().nodes == before.nodes
