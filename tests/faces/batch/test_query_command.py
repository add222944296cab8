"""`dragoman query`: SQL and named questions over the tables of an archive, forms of output, charts, and what is refused."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

polars = pytest.importorskip("polars")
pytest.importorskip("duckdb")

from dragoman.errors import InputError, MissingLibrary, QueryError  # noqa: E402
from dragoman.faces.batch.charts import MOST_BARS, MOST_LINES, Shape, chart  # noqa: E402
from dragoman.faces.batch.parquet import written  # noqa: E402
from dragoman.faces.batch.querying import Tables  # noqa: E402
from dragoman.faces.batch.questions import QUESTIONS  # noqa: E402
from dragoman.faces.batch.schema import COLUMNS, TABLES  # noqa: E402
from dragoman.faces.cli.main import main  # noqa: E402
from tests.faces.batch.archives import coded, lines, row, table  # noqa: E402


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of ten reports."""
    place = tmp_path_factory.mktemp("archive")
    (place / "reports.jsonl").write_bytes(lines(row(i) for i in range(10)))
    out = place / "tables"
    assert coded([place / "reports.jsonl"], out) == 0
    return out


@pytest.fixture(scope="module")
def tables(archive: Path) -> Tables:
    return Tables(str(archive))


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["query", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


def test_views_hold_the_tables_with_their_month(archive: Path, tables: Tables) -> None:
    for name in TABLES:
        found = tables.ask(f"FROM {name}")
        assert found.columns == (*(column.name for column in COLUMNS[name]), "month")
        assert len(found.rows) == table(archive, name).height
    assert {month for (month,) in tables.ask("SELECT DISTINCT month FROM reports").rows} == {"2026-01", "2026-02", "unknown"}


def test_a_folder_may_be_called_anything(archive: Path, tables: Tables, tmp_path: Path) -> None:
    odd = tmp_path / "publisher=me" / "the courier's [*] ?tables"
    odd.parent.mkdir()
    shutil.copytree(archive, odd)
    (tmp_path / "link").symlink_to(odd)
    for name in ("reports", "actors"):
        sql = f"FROM {name} ORDER BY ALL"
        assert Tables(str(odd)).ask(sql) == Tables(str(tmp_path / "link")).ask(sql) == tables.ask(sql)


MADE_UP = (
    # initiators' countries, recipients', status, quad, dead, standing, publisher, first mention, when
    (("FRA",), ("DEU", "ITA"), "occurred", 4, 3.0, "named", "Courier", True, "2026-01-30"),
    (("FRA",), ("DEU",), "cancelled", 1, None, None, "Courier", True, None),
    (("FRA",), ("DEU",), "denied", None, 90.0, None, "Courier", True, None),
    (("FRA",), ("DEU",), "occurred", 4, 3.0, None, "Courier", False, "2026-01-30"),
    (("DEU",), (), "ongoing", 4, 7.0, "named", None, True, "2026"),
)


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Five mentions in one report of February, by the two actors a1 and a2."""
    place = tmp_path_factory.mktemp("made-up")
    events = []
    for number, (by, to, status, quad, dead, standing, publisher, first, when) in enumerate(MADE_UP):
        told = {
            "report": "r1", "event": f"e{number}", "status": status, "quad": quad, "plover": quad and "COERCE", "dead": dead,
            "standing": standing, "publisher": publisher, "first_mention": first, "when_start": when, "goldstein_style": quad and -4.0,
            "initiators": ("a1",), "recipients": ("a2",) if to else (), "initiator_countries": by, "recipient_countries": to,
        }  # fmt: skip
        events.append([told.get(column.name, () if column.type == "texts" else None) for column in COLUMNS["events"]])
    people = [{"report": "r1", "actor": "a1", "name": "Kora", "country": "FRA"}, {"report": "r1", "actor": "a2", "name": "Velmor"}]
    actors = [[one.get(column.name, () if column.type == "texts" else None) for column in COLUMNS["actors"]] for one in people]
    for name, rows in (("events", events), ("actors", actors)):
        (place / name / "month=2026-02").mkdir(parents=True)
        (place / name / "month=2026-02" / "00000-00000.parquet").write_bytes(written(name, rows))
    return Tables(str(place))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("events-by-dyad", [("2026-02", "FRA", "DEU", 2, 1, 1, -4.0), ("2026-02", "FRA", "ITA", 1, 0, 1, -4.0)]),
        ("claims-by-standing", [("the report itself", 3, 0.6, 1, 1, 0, 2), ("named", 2, 0.4, 1, 2, 0, 0)]),
        ("cancelled-and-denied", [("Courier", 1, 3, 1, 1, 0.3333, 0.3333), ("(not told)", 1, 1, 0, 0, 0.0, 0.0)]),
        ("deaths-by-month", [("2026-01", 1, 1, 3.0, 3.0, 3.0, 3.0), ("2026-02", 1, 1, 7.0, 7.0, 7.0, 7.0)]),
        ("active-actors", [("Kora", "FRA", 4, 0, 4, 1), ("Velmor", None, 0, 3, 3, 1)]),
    ],
)
def test_named_questions_count_what_they_say(made_up: Tables, name: str, rows: list[tuple[object, ...]]) -> None:
    assert list(made_up.ask(QUESTIONS[name].sql).rows) == rows


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT * FROM read_text('/etc/hostname')", "Permission Error"),
        ("SELECT * FROM '{place}/../reports.jsonl'", "cannot be answered"),
        ("SELECT * FROM read_text('{place}/events/../run.json')", "Permission Error"),
        ("COPY events TO '{place}/events/mine.parquet'", "kind COPY"),
        ("CREATE TABLE mine AS FROM events", "kind CREATE"),
        ("DROP VIEW events", "kind DROP"),
        ("SET enable_external_access = true", "kind SET"),
        ("INSTALL httpfs", "kind LOAD"),
        ("ATTACH '{place}/mine.db'", "kind ATTACH"),
        ("EXPLAIN ANALYZE COPY events TO '{place}/events/mine.parquet'", "kind EXPLAIN"),
        ("WITH gone AS (DELETE FROM events RETURNING *) FROM gone", "cannot be answered"),
        ("SELECT 1; DROP VIEW events", "2 statements"),
        ("-- nothing", "no statement"),
        ("PIVOT events ON status USING count(*)", "PIVOT"),
        ("SELEC 1", "syntax error"),
        ("SELECT nme FROM actors", '"name"'),
    ],
)
def test_what_writes_or_cannot_be_answered_is_refused_in_one_line(archive: Path, tables: Tables, sql: str, told: str) -> None:
    before = sorted(archive.rglob("*"))
    with pytest.raises(QueryError, match=told) as problem:
        tables.ask(sql.replace("{place}", str(archive).replace("'", "''")))
    assert "\n" not in str(problem.value) and "; " in str(problem.value)
    assert sorted(archive.rglob("*")) == before


def test_forms_of_output(archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    sql = "SELECT name, forms, published, 0.5::DECIMAL(3, 1) AS half, 'nan'::DOUBLE AS half FROM actors ORDER BY ALL"
    code, out, _ = said(capsys, archive, sql, "--format", "json", "--limit", "2")
    answer = json.loads(out)
    assert code == 0 and answer["columns"] == ["name", "forms", "published", "half", "half_2"] and answer["more"] is True
    assert [type(value) for value in answer["rows"][0].values()] == [str, list, str, float, type(None)]
    _, out, err = said(capsys, archive, "SELECT '=1+1' AS a, true AS b, ['x', 'y'] AS c FROM range(3)", "--format", "csv", "--limit", "1")
    assert list(csv.reader(io.StringIO(out))) == [["a", "b", "c"], ["'=1+1", "true", "x; y"]] and "--limit" in err
    _, out, _ = said(capsys, archive, "SELECT '|<b>' || chr(27) AS a, 7 AS n", "--format", "markdown")
    assert "| a | n |\n| --- | ---: |\n| \\|&lt;b&gt;␛ | 7 |" in out
    _, out, _ = said(capsys, archive, "SELECT range AS n, chr(27) || '[31m' AS a FROM range(60)")
    assert "\x1b" not in out and "The first 50 rows" in out
    assert main(["query", str(archive), "FROM events", "--out", str(tmp_path / "e.parquet")]) == 0
    assert polars.read_parquet(tmp_path / "e.parquet").height == table(archive, "events").height
    assert [path.name for path in tmp_path.iterdir()] == ["e.parquet"]


def test_a_narrow_terminal_gets_lines_and_no_number_is_cut(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _, out, _ = said(capsys, archive, "--named", "cancelled-and-denied")
    assert "publisher  Courier" in out and "denied_share  0." in out


def test_charts_are_drawn_and_say_what_they_leave_out(archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in QUESTIONS:
        code, _, err = said(capsys, archive, "--named", name, "--chart", tmp_path / f"{name}.svg")
        assert code == 0 and "written" in err
        assert ET.parse(tmp_path / f"{name}.svg").getroot().tag.endswith("svg")
    if importlib.util.find_spec("resvg_py"):
        assert said(capsys, archive, "--named", "active-actors", "--chart", tmp_path / "a.png")[0] == 0
        assert (tmp_path / "a.png").read_bytes()[:4] == b"\x89PNG"
    bars = chart(("who", "n"), [(f"<b>{i}", i) for i in range(30)], Shape("bars", "who", ("n",)), "T")
    assert bars.count('fill="#1f6fb4"') == MOST_BARS and "the first 20 of 30" in bars and "<b>" not in bars
    rows = [("2025-11", f"c{i}", i) for i in range(9)] + [("2026-02", "c8", 1), ("unknown", "c8", 1)]
    drawn = chart(("month", "c", "n"), rows, Shape("lines", "month", ("n",), by=("c",)), "T")
    assert drawn.count("<polyline") == MOST_LINES and all(month in drawn for month in ("2025-12", "2026-01"))
    assert "the 6 largest of 9" in drawn and "without a date" in drawn
    gap = chart(("month", "n"), [("2025-11", 4), ("2026-01", 2)], Shape("lines", "month", ("n",)), "T")
    assert gap.count("<circle") == 2


def test_wrong_calls_say_what_to_do(archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cases = [
        (2, "--list", (archive,)),
        (2, "one question", (archive, "SELECT 1", "--named", "active-actors")),
        (2, "the names are", (archive, "--named", "weather")),
        (2, "add --named", (archive, "SELECT 1", "--chart", "a.svg")),
        (2, ".png", (archive, "--named", "active-actors", "--chart", "a.pdf")),
        (2, "create it first", (archive, "SELECT 1", "--out", tmp_path / "no" / "a.csv")),
        (2, "syntax error", (archive, "SELEC")),
        (3, "no such folder", (tmp_path / "nowhere", "SELECT 1")),
        (3, "holds no tables", (tmp_path, "SELECT 1")),
        (3, "is a file", (archive / "run.json", "SELECT 1")),
    ]
    for code, told, words in cases:
        got, out, err = said(capsys, *words)
        assert (got, out) == (code, "") and told in err and err.count("\n") == 1
    code, out, _ = said(capsys, "--list")
    assert code == 0 and [line.split()[0] for line in out.splitlines()] == list(QUESTIONS)


def test_a_run_under_way_is_answered_with_a_remark(archive: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = next((archive / "events").rglob("*.parquet"))
    place = tmp_path / "events" / source.parent.name / source.name
    place.parent.mkdir(parents=True)
    place.write_bytes(source.read_bytes())
    (place.parent / ".half.parquet").write_bytes(b"PAR1")
    code, out, err = said(capsys, tmp_path, "SELECT count(*) AS n, (SELECT count(*) FROM actors) AS m FROM events", "--format", "csv")
    assert code == 0 and out.splitlines()[1] == f"{polars.read_parquet(source).height},0" and "not finished" in err


def test_a_missing_library_is_named(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingLibrary, match=r"dragoman\[query\]"):
        Tables(str(archive))
    with pytest.raises(InputError, match="no such folder"):
        Tables(str(archive / "nowhere"))
