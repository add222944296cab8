"""`dragoman code`, with a reader that needs no language model: forms of input, tables, resuming, refusals, kills."""

from __future__ import annotations

import errno
import gzip
import json
import os
import random
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from pickle import PicklingError
from typing import Any

import pytest

polars = pytest.importorskip("polars")
zstd = pytest.importorskip("backports.zstd" if sys.version_info < (3, 14) else "compression.zstd")

from bench.code_kills import fingerprints, killed_run  # noqa: E402
from dragoman.errors import MissingLibrary  # noqa: E402
from dragoman.faces.batch import extracting, output, parquet, records, unzstd  # noqa: E402
from dragoman.faces.batch.extracting import Extractor  # noqa: E402
from dragoman.faces.batch.plan import Limits, Share, groups_of, share  # noqa: E402
from dragoman.faces.batch.records import Record, Told  # noqa: E402
from dragoman.faces.batch.schema import COLUMNS, TABLES  # noqa: E402
from dragoman.faces.batch.sources import Input, listed, without_password  # noqa: E402
from dragoman.faces.cli.main import main  # noqa: E402
from tests.faces.batch.archives import FakeReader, coded, failures, lines, page, row, table, warc  # noqa: E402
from tests.faces.story import TEXT  # noqa: E402

TYPES = {
    "text": polars.String(), "whole": polars.Int64(), "number": polars.Float64(), "truth": polars.Boolean(),
    "texts": polars.List(polars.String()), "day": polars.Date(),
}  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Ten reports in two shards of four and one of two."""
    path = tmp_path / "reports.jsonl"
    path.write_bytes(lines(row(i) for i in range(10)))
    return path


def test_tables_have_the_columns_of_the_schema_and_lie_by_month(archive: Path, tmp_path: Path) -> None:
    assert coded([archive], tmp_path / "out") == 0
    for name in TABLES:
        found = table(tmp_path / "out", name)
        assert dict(found.schema) == {column.name: TYPES[column.type] for column in COLUMNS[name]}
        assert found.height > 0
    months = {path.name for path in (tmp_path / "out" / "reports").iterdir()}
    assert months == {"month=2026-01", "month=2026-02", "month=unknown"}
    reports = table(tmp_path / "out", "reports")
    assert reports["source_id"].to_list() == [str(i) for i in range(10)]
    assert reports["place"][4] == f"{archive}:5"
    events = table(tmp_path / "out", "events")
    assert set(events["report"]) == set(reports.filter(polars.col("events") > 0)["report"])
    assert {"planned", "cancelled", "denied"} <= set(events["status"])
    first = events.row(0, named=True)
    assert TEXT[first["start"] : first["end"]] == first["trigger"]
    assert len(first["initiators"]) == len(first["initiator_names"])


def test_empty_tables_can_be_opened_and_have_the_same_types(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_bytes(lines([row(1, "Nothing happened at the port.")]))
    assert coded([tmp_path / "one.jsonl"], tmp_path / "out") == 0
    events = table(tmp_path / "out", "events")
    assert events.height == 0
    assert dict(events.schema) == {column.name: TYPES[column.type] for column in COLUMNS["events"]}


def test_the_manifest_has_the_checksums_of_all_files(archive: Path, tmp_path: Path) -> None:
    coded([archive], tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    listed_files = {one["path"]: one["sha256"] for shard in manifest["shards"] for one in shard["files"]}
    found = {path: tag for path, tag in fingerprints(tmp_path / "out").items() if path.endswith(".parquet")}
    assert listed_files == found
    assert manifest["counts"]["reports"] == 10
    assert manifest["inputs"][0]["size"] == archive.stat().st_size


def test_all_forms_of_one_archive_give_the_same_reports(archive: Path, tmp_path: Path) -> None:
    data, rows = archive.read_bytes(), [row(i) for i in range(10)]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(data))
    (tmp_path / "a.jsonl.zst").write_bytes(zstd.compress(data))
    polars.DataFrame(rows).with_columns(polars.col("published").str.to_date()).write_parquet(tmp_path / "a.parquet")
    expected = None
    for name in ("reports.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.parquet"):
        assert coded([tmp_path / name], tmp_path / f"out-{name}") == 0
        found = [
            frame.to_dicts()
            for frame in (table(tmp_path / f"out-{name}", "events"), table(tmp_path / f"out-{name}", "reports").drop("place"))
        ]
        expected = expected or found
        assert found == expected


def test_an_address_is_opened_by_fsspec(archive: Path, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("memory").pipe({"/news/b.jsonl": archive.read_bytes(), "/news/a.jsonl": lines([row(11)]), "/news/_SUCCESS": b""})
    polars.DataFrame([row(12)]).write_parquet(tmp_path / "c.parquet")
    fsspec.filesystem("memory").pipe("/news/c.parquet", (tmp_path / "c.parquet").read_bytes())
    assert coded(["memory://news/"], tmp_path / "out") == 0
    found = table(tmp_path / "out", "reports")
    assert found["source_id"].to_list() == ["11", *map(str, range(10)), "12"]
    assert found["place"][0] == "memory:///news/a.jsonl:1"
    assert listed(["memory://nowhere/*.jsonl", "-"]).problems[0].found == "there is nothing"


def test_a_web_archive_gives_its_articles_and_counts_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = page(
        "The port", "The harbour board of Port Lemmon met on Monday to talk about the new quay and its costs.", "It will meet again."
    )
    german = page("Der Hafen", "Die Behörde des Hafens traf sich am Montag, um über den neuen Kai und seine Kosten zu sprechen. " * 3)
    (tmp_path / "crawl.warc.gz").write_bytes(warc([english, german, b"<html><body><a href='/'>Home</a></body></html>"]))
    assert coded([tmp_path / "crawl.warc.gz"], tmp_path / "out") == 0
    found = table(tmp_path / "out", "reports").row(0, named=True)
    assert (found["url"], str(found["published"])) == ("https://courier.example/0", "2026-01-12")
    assert found["notices"] == ["The page does not say when it was published; the day on which it was archived is taken."]
    told = capsys.readouterr().err
    for what in ("images (1)", "pages not in English (1)", "pages without an article (1)"):
        assert what in told


def test_failures_are_told_in_the_order_of_the_input(tmp_path: Path) -> None:
    bad = [
        lines([row(1)]),
        b"{broken\n",
        lines([row(2, "This one breaks a rule.")]),
        lines([row(3)]),
        lines([row(4, "This breaks the model.")]),
    ]
    (tmp_path / "a.jsonl").write_bytes(b"".join((*bad, lines([row(5), row(6)]))))
    outs = []
    for name in ("out", "again"):
        assert coded([tmp_path / "a.jsonl", tmp_path / "gone.jsonl"], tmp_path / name) == 1
        outs.append((tmp_path / name / "failed.jsonl").read_bytes())
    assert outs[0] == outs[1]
    told = failures(tmp_path / "out")
    assert [one["place"].rpartition("/")[2] for one in told] == ["gone.jsonl", "a.jsonl:2", "a.jsonl:3", "a.jsonl:5"]
    assert told[3]["reason"] == "could not be read (RuntimeError: the model at 0x… gave up)"
    assert table(tmp_path / "out", "reports")["source_id"].to_list() == ["1", "3", "5", "6"]


@pytest.mark.parametrize(("name", "damage"), [("a.jsonl.gz", gzip.compress), ("a.jsonl.zst", zstd.compress)])
def test_truncated_data_give_what_stands_before(name: str, damage: Any, tmp_path: Path) -> None:
    chance = random.Random(5)
    words = ["the", "a", "of", "and", "to", "in", "port", "crew", "ship", "talks", "was"]
    texts = (" ".join(chance.choices(words, k=2000)) for _ in range(40))
    packed = damage(lines(row(i, text) for i, text in enumerate(texts)))
    (tmp_path / name).write_bytes(packed[: len(packed) // 2])
    assert coded([tmp_path / name], tmp_path / "out") == 1
    assert 5 < table(tmp_path / "out", "reports").height < 30
    assert "before they are complete" in failures(tmp_path / "out")[0]["reason"]


def test_a_parquet_file_of_something_else_is_told(tmp_path: Path) -> None:
    polars.DataFrame({"price": [1.5]}).write_parquet(tmp_path / "prices.parquet")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "prices.parquet").read_bytes()[:60])
    (tmp_path / "good.jsonl").write_bytes(lines([row(1)]))
    assert coded([tmp_path / n for n in ("prices.parquet", "cut.parquet", "good.jsonl")], tmp_path / "out") == 1
    assert failures(tmp_path / "out")[0]["reason"] == 'no column "text" (it has "price")'
    assert "damaged" in failures(tmp_path / "out")[1]["reason"]


def test_a_finished_run_is_not_read_again(archive: Path, tmp_path: Path) -> None:
    coded([archive], tmp_path / "out")
    before = fingerprints(tmp_path / "out")
    again = FakeReader()
    assert coded([archive], tmp_path / "out", again) == 0
    assert again.read == 0
    assert fingerprints(tmp_path / "out") == before


def test_what_killed_calls_left_is_taken_away_but_not_what_another_call_writes_now(archive: Path, tmp_path: Path) -> None:
    coded([archive], tmp_path / "out")
    left = [tmp_path / "out" / name for name in ("shards/.00000-00001.1f.part", ".manifest.2e.part", ".failed.3d.part")]
    for path in left:
        path.write_bytes(b"half")
    os.utime(left[2], (1, 1))
    coded([archive], tmp_path / "out")
    assert [path.exists() for path in left] == [False, True, False]


def test_what_is_missing_is_coded_again_and_nothing_else(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    coded([archive], out)
    before = fingerprints(out)
    (out / "shards" / "00000-00001.json").unlink()
    next((out / "events").rglob("00000-00002.parquet")).write_bytes(b"half")
    again = FakeReader()
    assert coded([archive], out, again) == 0
    assert again.read == 6
    assert fingerprints(out) == before


def test_another_run_is_refused_with_what_differs(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    coded([archive], out)
    before = fingerprints(out)
    words = ["code", str(archive), "--out", str(out), "--per-shard"]
    assert main([*words, "5"]) == 2
    assert "holds another run: records per shard is 4 there and 5 now" in capsys.readouterr().err
    archive.write_bytes(archive.read_bytes() + lines([row(10)]))
    assert main([*words, "4"]) == 2
    assert "bytes, not" in capsys.readouterr().err
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    assert main(["code", str(archive), "--out", str(tmp_path / "full")]) == 2
    assert "holds other things (letter.txt)" in capsys.readouterr().err
    assert fingerprints(out) == before


def test_an_input_changed_in_place_is_refused(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    coded([archive], tmp_path / "out")
    archive.write_bytes(archive.read_bytes().replace(b"Report 7", b"Report 8"))
    os.utime(archive, ns=(1, 1))
    assert main(["code", str(archive), "--out", str(tmp_path / "out"), "--per-shard", "4"]) == 2
    assert "has changed since the run began" in capsys.readouterr().err


def test_shares_together_make_the_same_folder(archive: Path, tmp_path: Path) -> None:
    coded([archive], tmp_path / "whole")
    readers = [FakeReader(), FakeReader()]
    for number, reader in enumerate(readers, 1):
        assert not (tmp_path / "parts" / "manifest.json").exists()
        assert coded([archive], tmp_path / "parts", reader, shard=f"{number}/2") == 0
    assert [reader.read for reader in readers] == [6, 4]
    assert fingerprints(tmp_path / "parts") == fingerprints(tmp_path / "whole")


def test_groups_are_dealt_whole_where_there_are_many() -> None:
    inputs = [Input(f"{i}", size, "", f"{i}") for i, size in enumerate((10, 10, 50, 10, 10))]
    groups = groups_of(inputs, Limits(records=2, size=40))
    assert [[one.name for one in group.inputs] for group in groups] == [["0", "1"], ["2"], ["3", "4"]]
    assert [Share(1, 2).has(group, part, 8) for group in (0, 1) for part in (0, 1)] == [True, True, False, False]
    assert [Share(1, 2).has(group, part, 3) for group in (0, 1) for part in (0, 1)] == [True, False, False, True]
    with pytest.raises(Exception, match="i from 1 to n"):
        share("3/2")


def test_a_full_disk_leaves_nothing_half_and_can_be_gone_on_from(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    coded([archive], tmp_path / "whole")
    calls = 0
    real = os.fsync

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(output.os, "fsync", full)
        with pytest.raises(Exception, match="No space left on device\\); free some space"):
            coded([archive], tmp_path / "out")
    left = fingerprints(tmp_path / "out")
    whole = fingerprints(tmp_path / "whole")
    assert all(whole[name] == tag for name, tag in left.items())
    assert not list((tmp_path / "out").rglob(".*.part"))
    assert coded([archive], tmp_path / "out") == 0
    assert fingerprints(tmp_path / "out") == whole


def test_killed_runs_go_on_to_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(row(i) for i in range(24)))
    script = "import sys; from tests.faces.batch.archives import *; sys.exit(coded([sys.argv[1]], Path(sys.argv[2]), FakeReader(0.02)))"
    words = (sys.executable, "-c", script, str(tmp_path / "a.jsonl"))
    coded([tmp_path / "a.jsonl"], tmp_path / "whole")
    assert killed_run((*words, str(tmp_path / "killed")), 3, 1.2, random.Random(7)) > 0
    assert fingerprints(tmp_path / "killed") == fingerprints(tmp_path / "whole")


def test_a_dry_run_writes_nothing(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coded([archive], tmp_path / "out", dry_run=True) == 0
    assert not (tmp_path / "out").exists()
    told = capsys.readouterr().out
    assert "tried: 10 reports" in told
    assert "estimate: 10 reports" in told


def test_two_calls_on_one_share_are_refused(archive: Path, tmp_path: Path) -> None:
    coded([archive], tmp_path / "out")
    fcntl = pytest.importorskip("fcntl")
    with (tmp_path / "out" / ".lock-1-of-1").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Exception, match="another call is at work"):
            coded([archive], tmp_path / "out")


def test_missing_libraries_are_told(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl.zst").write_bytes(zstd.compress(archive.read_bytes()))
    with monkeypatch.context() as patch:
        patch.setattr(unzstd, "_HOMES", ("no.such.library",))
        with pytest.raises(MissingLibrary, match="dragoman\\[archive\\]"):
            coded([tmp_path / "a.jsonl.zst"], tmp_path / "out")
    monkeypatch.setattr(parquet.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingLibrary, match="polars"):
        coded([archive], tmp_path / "out2")


def test_the_output_may_not_lie_around_the_input_and_no_password_is_kept(archive: Path) -> None:
    with pytest.raises(Exception, match="holds inputs of this call"):
        coded([archive], archive.parent)
    assert without_password("ftp://ada:secret@host/a.jsonl") == "ftp://host/a.jsonl"


def test_extraction_outlives_a_page_that_takes_too_long(tmp_path: Path) -> None:
    from dragoman.faces.batch.records import Record

    with Extractor(1, patience=0.001) as load:
        told = list(load([Record("document", "a.html", page("The port", "The board met. " * 20))]))
    assert "within 0 seconds" in str(told[0][0])


def test_a_page_without_an_article_is_told_as_that_by_the_process_that_reads_it() -> None:
    with Extractor(1) as load:
        ((told,),) = load([Record("document", "a.html", b"<html><body><a href='/'>Home</a></body></html>")])
    assert "an HTML page without an article" in str(told)


# --- what goes wrong with pages


def pages_of(folder: Path, *bodies: bytes) -> Path:
    (folder / "crawl.warc.gz").write_bytes(warc(bodies))
    return folder / "crawl.warc.gz"


ARTICLE = page(
    "The port", "The harbour board of Port Lemmon met on Monday to talk about the new quay and its costs.", "It will meet again."
)


def test_pages_that_no_process_can_be_given_are_loaded_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def submitted(_: Extractor, record: object) -> Future[Any]:
        refused: Future[Any] = Future()
        refused.set_exception(PicklingError("not the same object"))
        return refused

    monkeypatch.setattr(Extractor, "_submitted", submitted)
    assert coded([pages_of(tmp_path, ARTICLE)], tmp_path / "out") == 0
    assert table(tmp_path / "out", "reports").height == 1


def test_a_fault_of_ours_on_one_page_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(record: Record) -> tuple[Told, ...]:
        if b"Breaks" in record.data:
            raise LookupError("no such thing")
        return records.load(record)

    monkeypatch.setattr(Extractor, "_submitted", lambda *_: None)
    monkeypatch.setattr(extracting, "load", faulty)
    assert coded([pages_of(tmp_path, page("Breaks", "A page."), ARTICLE)], tmp_path / "out") == 1
    assert table(tmp_path / "out", "reports").height == 1
    (told,) = failures(tmp_path / "out")
    assert "could not be loaded (LookupError: no such thing)" in json.dumps(told)


def test_reports_that_cannot_be_had_are_never_lost_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(_: Extractor, cuts: object) -> Iterator[tuple[Told, ...]]:
        yield ()
        raise LookupError("the records broke off")

    monkeypatch.setattr(Extractor, "__call__", answers)
    with pytest.raises(LookupError, match="broke off"):
        coded([pages_of(tmp_path, ARTICLE)], tmp_path / "out")
