"""`export`, `import` and `network` as a user runs them, on a made-up case without the language model."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import polars
import pytest

from dragoman.case.exports.forms import COLUMNED, TEXTS
from dragoman.case.exports.tables import COLUMNS
from dragoman.faces.cli import export_command, export_commands
from dragoman.faces.cli.main import main
from tests.case.leaving import eventful_case
from tests.case.reading_gexf import read_gexf

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = tmp_path_factory.mktemp("leaving") / "port.case"
    eventful_case(found).close()
    return str(found)


def test_a_case_goes_out_and_comes_back_letter_by_letter(place: str, tmp_path: Path, capsys: Output) -> None:
    first, again, copy = (str(tmp_path / name) for name in ("a.jsonl", "b.jsonl", "copy.case"))
    assert main(["export", place, "--out", first]) == 0
    assert main(["import", copy, first]) == 0
    assert capsys.readouterr().out == f"the case {copy} holds 6 reports\n"
    assert main(["export", copy, "--format", "jsonl", "--out", again]) == 0
    assert Path(first).read_bytes() == Path(again).read_bytes()
    for question in ("timeline", "log", "actors", "network"):
        assert main([question, place, "--format", "json"]) == 0
        one = capsys.readouterr().out
        assert main([question, copy, "--format", "json"]) == 0
        assert capsys.readouterr().out == one


def test_import_refuses_with_one_line(place: str, tmp_path: Path, capsys: Output) -> None:
    assert main(["import", place, "nothing.jsonl"]) == 3
    assert main(["import", str(tmp_path / "new.case"), "nothing.jsonl"]) == 3
    (tmp_path / "letter.txt").write_text("Dear reader\n", "utf-8")
    assert main(["import", str(tmp_path / "new.case"), str(tmp_path / "letter.txt")]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3 and "letter.txt:1: the line is no JSON" in lines[2]
    assert not (tmp_path / "new.case").exists()


def test_csv_tables_lie_in_a_folder_or_come_one_by_one(place: str, tmp_path: Path, capsys: Output) -> None:
    folder = tmp_path / "tables"
    assert main(["export", place, "--format", "csv", "--out", f"{folder}/"]) == 0
    assert {path.name for path in folder.iterdir()} == {f"{kind}.csv" for kind in COLUMNS}
    capsys.readouterr()
    for kind in ("reports", "decisions"):
        assert main(["export", place, "--format", "csv", "--kind", kind]) == 0
        assert capsys.readouterr().out == (folder / f"{kind}.csv").read_text("utf-8")
    assert main(["export", place, "--format", "csv", "--status", "promised"]) == 0
    assert [row["status"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["promised"]


def test_no_cell_is_a_formula(place: str, tmp_path: Path, capsys: Output) -> None:
    assert main(["export", place, "--format", "csv", "--kind", "reports"]) == 0
    assert "'=Courier" in {row["publisher"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    for form, between in (("polecat", "\t"), ("acled", ",")):
        assert main(["export", place, "--format", form]) == 0
        for row in csv.reader(io.StringIO(capsys.readouterr().out), delimiter=between):
            for cell in row:
                assert not cell.startswith(("=", "+", "@")) and (not cell.startswith("-") or float(cell) < 0)
    assert export_command.cell("@x") == "'@x" and export_command.cell(-3.5) == -3.5 and export_command.cell(("-a", "b")) == "'-a; b"


def test_parquet_has_the_types_that_are_documented_also_where_nothing_passes(place: str, tmp_path: Path) -> None:
    for options in ([], ["--as-of", "1900-01-01"]):
        folder = tmp_path / f"parquet{len(options)}"
        assert main(["export", place, "--format", "parquet", "--out", f"{folder}/", *options]) == 0
        kinds = {"text": polars.String(), "whole": polars.Int64(), "number": polars.Float64(), "truth": polars.Boolean()}
        for kind, columns in COLUMNS.items():
            frame = polars.read_parquet(folder / f"{kind}.parquet")
            assert dict(frame.schema) == {c.name: kinds.get(c.type, polars.List(polars.String())) for c in columns}
        assert frame.height == (0 if options else 5)


def test_parquet_without_its_library_says_how_to_get_it(
    place: str, tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["export", place, "--format", "parquet", "--kind", "events", "--out", str(tmp_path / "e.parquet")]) == 2
    assert main(["network", place, "--picture", str(tmp_path / "n.png")]) == 2
    assert capsys.readouterr().err.count("pip install 'dragoman[") == 2
    assert list(tmp_path.iterdir()) == []


def test_what_other_data_sets_do_not_hold_is_left_out_and_counted(place: str, capsys: Output) -> None:
    assert main(["export", place, "--format", "acled"]) == 0
    out, err = capsys.readouterr()
    assert err.startswith(f"{len(out.splitlines()) - 1} of ") and "1 promised" in err and "1 denied" in err
    assert main(["export", place, "--format", "polecat"]) == 0
    assert capsys.readouterr().err.endswith("left out are 1 denied\n")


def test_every_form_is_written_and_its_ending_is_known(place: str, tmp_path: Path, capsys: Output) -> None:
    assert set(export_commands._FORMS) == {"json", "jsonl", "csv", "parquet", "timeml", *COLUMNED, *TEXTS}
    for form in (*COLUMNED, *TEXTS):
        assert main(["export", place, "--format", form]) == 0
        assert capsys.readouterr().out.endswith("\n")
    assert main(["export", place, "--out", str(tmp_path / "sources.bib")]) == 0
    assert (tmp_path / "sources.bib").read_text("utf-8").startswith("@misc{r")
    assert main(["export", place, "--format", "stix", "--out", str(tmp_path)]) == 2
    assert main(["export", place, "--format", "timeml"]) == 2
    assert main(["export", place, "--format", "timeml", "--out", f"{tmp_path}/timeml/"]) == 0
    assert [ElementTree.parse(path).getroot().tag for path in (tmp_path / "timeml").iterdir()] == ["TimeML"] * 6


@pytest.mark.parametrize(
    "typed",
    [["--format", "parquet"], ["--format", "json", "--kind", "events"], ["--format", "json", "--out", "."], ["--format", "xml"],
     ["--as-of", "1962-13-01"], ["--type", "KILL"]],
)  # fmt: skip
def test_what_cannot_be_exported_is_refused(place: str, typed: list[str], capsys: Output) -> None:
    assert main(["export", place, *typed]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_kinds_of_the_command_line_are_those_of_the_tables() -> None:
    assert tuple(COLUMNS) == export_commands._KINDS


# --- network


def test_the_network_has_every_format(place: str, capsys: Output) -> None:
    assert main(["network", place]) == 0
    page = capsys.readouterr().out
    assert "Port Union → Guard of Kora" in page and "threat" in page
    assert main(["network", place, "--format", "csv", "--by", "week"]) == 0
    assert {row["period"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))} == {"2026-03-09"}
    assert main(["network", place, "--format", "json", "--by", "day"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {edge["kind"] for edge in found["edges"]} == {"act", "threat", "promise", "demand"} and found["slices"]
    assert main(["network", place, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# Who acts on whom")
    assert main(["network", place, "--status", "denied"]) == 0
    assert "Nobody acts on anybody" in capsys.readouterr().out


def test_the_network_is_written_for_other_programs_and_drawn(place: str, tmp_path: Path) -> None:
    graph, drawn, raster = (tmp_path / name for name in ("n.gexf", "n.svg", "n.png"))
    assert main(["network", place, "--gexf", str(graph), "--picture", str(drawn)]) == 0
    assert main(["network", place, "--picture", str(raster)]) == 0
    assert read_gexf(io.BytesIO(graph.read_bytes())).number_of_edges() == 5
    root = ElementTree.fromstring(drawn.read_text("utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{space}circle/{space}title")) == 2  # two actors
    assert "Port Union" in {text.text for text in root.findall(f"{space}text")}
    assert raster.read_bytes().startswith(b"\x89PNG")


def test_a_picture_is_svg_or_png(place: str, tmp_path: Path, capsys: Output) -> None:
    assert main(["network", place, "--picture", str(tmp_path / "n.gif")]) == 2
    assert "ends with .svg or .png" in capsys.readouterr().err
