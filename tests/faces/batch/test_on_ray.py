"""`dragoman code --engine ray` on two nodes of a cluster on this computer, one of which is killed; and what needs no cluster."""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import signal
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("polars")
if importlib.util.find_spec("ray") is None:  # not imported here: where it listens is settled before
    pytest.skip("the Ray engine needs dragoman[ray]", allow_module_level=True)

from bench.code_kills import fingerprints
from bench.ray_nodes import Nodes
from dragoman.errors import ClusterError, InputError, StoreError
from dragoman.faces.batch import cluster, on_ray
from dragoman.faces.batch.on_ray import Coder, Greeting, Setting
from dragoman.faces.batch.plan import Shard
from dragoman.faces.batch.records import Record
from dragoman.faces.batch.software import software
from dragoman.faces.batch.writing import ShardWriter
from dragoman.faces.cli import code_command
from dragoman.faces.cli.main import main
from dragoman.reading.read import Reader
from tests.faces.batch.archives import FakeReader, lines, row, slow_reader

PATIENCE = 240  # seconds


@pytest.fixture
def bounded() -> Iterator[None]:
    """A cluster that hangs fails the test instead of stopping the tests."""

    def late(*_: object) -> None:
        raise TimeoutError(f"no end after {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def kill_when_it_reads(folder: Path, nodes: Nodes) -> None:
    """Kills the node whose actor has just begun to read a report."""
    until = time.monotonic() + PATIENCE
    node = nodes.nodes.pop()
    while time.monotonic() < until and not any((folder / f"reading-{pid}").exists() for pid in nodes.processes(node)):
        time.sleep(0.05)
    nodes.kill(node)


@pytest.mark.usefixtures("bounded")
def test_a_node_killed_in_the_middle_costs_nothing_and_repeats_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = tmp_path / "reports.jsonl"
    reports.write_bytes(lines(row(i) for i in range(16)))
    words: dict[str, Any] = {"inputs": (str(reports),), "per_shard": 2}
    code_command.run(code_command.Request(**words, out=str(tmp_path / "local")), Reader())
    monkeypatch.setattr(on_ray, "reader", partial(slow_reader, str(tmp_path)))
    with Nodes(1, head_cores=1) as nodes:
        killer = threading.Thread(target=kill_when_it_reads, args=(tmp_path, nodes))
        killer.start()
        request = code_command.Request(**words, out=str(tmp_path / "ray"), engine="ray", address=nodes.address, workers=2)
        assert code_command.run(request) == 0
        killer.join()
    assert fingerprints(tmp_path / "ray") == fingerprints(tmp_path / "local")
    assert "a worker was lost (its process or its node ended); another one codes shard" in capsys.readouterr().err
    assert not list((tmp_path / "ray").rglob(".*.part"))


# --- what needs no cluster


def shard() -> Shard:
    """Three reports, of which one ends whoever reads it, as if."""
    cuts = tuple(Record("line", f"a.jsonl:{number}", lines([row(number)]).strip()) for number in (1, 2, 3))
    return Shard(0, 0, cuts, size=3)


def coder(out: Path) -> Coder:
    """An actor as it is on a node, in this process."""
    ShardWriter(out).write(".cluster-1.part", b"")
    found = Coder(str(out), ".cluster-1.part", FakeReader)
    assert found.greet(".cluster-1-1.part").software == software()
    return found


def crew(out: Path, told: list[str]) -> Any:
    """What listens to actors, with a library that does nothing."""
    library = SimpleNamespace(remote=lambda **options: lambda actor: actor)
    return on_ray._RayCrew(library, Setting(out, None, 1, FakeReader, told.append), ".cluster-1.part")


def test_a_node_that_does_not_see_the_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_ray, "_TRIES", 1)
    for place, found in ((tmp_path / "gone", "does not see the output folder"), (tmp_path, "has another folder there")):
        with pytest.raises(StoreError, match=f"on node .*: {found}; mount the same file system"):
            Coder(str(place), ".cluster-1.part", FakeReader).greet(".cluster-1-1.part")
    with pytest.raises(StoreError, match=r"on node 10\.0\.0\.7: is another folder than on this computer"):
        crew(tmp_path, [])._check(Greeting("10.0.0.7", software(), "a"), 1)


def test_a_node_with_other_versions_is_refused_and_another_processor_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    listening = crew(tmp_path, told)
    coder(tmp_path)
    with pytest.raises(ClusterError, match=r"node 10\.0\.0\.7: numpy is 0\.9 there and .* here; install the same versions"):
        listening._check(Greeting("10.0.0.7", {**software(), "numpy": "0.9"}, "a"), 1)
    for _ in range(2):
        coder(tmp_path)
        listening._check(Greeting("10.0.0.7", software(), "Another 3000"), 1)
    assert len(told) == 1 and "different processors" in told[0] and "Another 3000" in told[0]


def test_a_record_that_is_barred_fails_and_the_shard_stays_the_same_shard(tmp_path: Path) -> None:
    told = coder(tmp_path / "barred").code(shard(), (1,))
    assert (told.reports, told.failed) == (2, 1)
    coder(tmp_path / "whole").code(shard(), ())
    entries = [json.loads((tmp_path / name / "shards" / "00000-00000.json").read_bytes()) for name in ("barred", "whole")]
    assert [one["place"] for one in entries[0]["failed"]] == ["a.jsonl:2"]
    assert entries[0]["failed"][0]["reason"] == "ends the process that reads it"
    assert entries[0]["input_sha256"] == entries[1]["input_sha256"]
    assert entries[0]["counts"]["reports"] == 2


def test_two_actors_that_code_one_shard_at_the_same_time_leave_one_whole_shard(tmp_path: Path) -> None:
    coder(tmp_path / "once").code(shard(), ())
    actors = [coder(tmp_path / "twice") for _ in range(2)]
    threads = [threading.Thread(target=lambda actor=actor: [actor.code(shard(), ()) for _ in range(5)]) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fingerprints(tmp_path / "twice") == fingerprints(tmp_path / "once")
    assert [path.name for path in (tmp_path / "twice").rglob(".*.part") if not path.name.startswith(".cluster")] == []


def test_what_went_wrong_in_an_actor_comes_out_as_it_was(tmp_path: Path) -> None:
    cause = StoreError("tables", "cannot be written (No space left on device)", "free some space")
    assert on_ray._raised(SimpleNamespace(cause=cause)) is cause
    other = on_ray._raised(LookupError("Traceback\nLookupError: no such word"))
    assert str(other) == "an actor: failed (LookupError: no such word); this is a fault of dragoman, please report it"


def test_what_is_asked_of_ray_in_vain_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines([row(1)]))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        words = ["code", str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "out")]
        on = [*words, "--engine", "ray", "--address"]
        for call, code, said in (
            ([*words, "--address", "auto"], 2, "it needs --engine ray"),
            ([*words, "--workers", "65"], 2, "one process works on 64 cores at most"),
            ([*on, "ray://head:10001"], 3, "run the command on a node of the cluster, with --address auto"),
            ([*on, f"127.0.0.1:{nobody.getsockname()[1]}"], 3, "no Ray cluster was found there (Connection refused)"),
        ):
            assert (main(call), said in capsys.readouterr().err) == (code, True), said
    monkeypatch.setattr(cluster.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(code_command.parquet, "check_installed", lambda: None)
    assert main([*words, "--engine", "ray"]) == 3
    assert "run `pip install 'dragoman[archive,ray]'`" in capsys.readouterr().err


def test_a_dry_run_with_actors_divides_the_time_and_starts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(i) for i in range(10)))
    request = code_command.Request((str(tmp_path / "a.jsonl"),), str(tmp_path / "out"), 100, engine="ray", dry_run=True)
    assert code_command.run(request, FakeReader()) == 0
    told = capsys.readouterr().out
    assert "on 1 core" in told and "with 100 actors, if each has a core as fast as the one here" in told
    assert not (tmp_path / "out").exists()


def test_sigterm_ends_the_call_as_it_would_without_ray() -> None:
    def terminated(*_: object) -> None:
        raise SystemExit(143)

    def ask() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except SystemExit:
            raise SystemExit(1) from None  # as Ray does while it waits

    before = signal.signal(signal.SIGTERM, terminated)
    try:
        with pytest.raises(SystemExit) as ended, cluster._ended_as_asked():
            ask()
        assert ended.value.code == 143
        assert signal.getsignal(signal.SIGTERM) is terminated
    finally:
        signal.signal(signal.SIGTERM, before)


def test_errors_travel_between_processes() -> None:
    for made in (InputError("a", "b", "c"), StoreError("a", "b", "c"), ClusterError("a", "b", "c")):
        again = pickle.loads(pickle.dumps(made))
        assert (type(again), str(again), again.remedy) == (type(made), "a: b; c", "c")
