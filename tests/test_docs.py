"""What the documents say of the commands, the fields and the files is held to the code."""

import json
import re
from pathlib import Path

import pytest

from dragoman.faces.cli.main import cli, main
from dragoman.reading.wire import json_schema

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_schema_in_the_docs_is_the_codes() -> None:
    written = json.loads((ROOT / "docs" / "reference" / "reading.schema.json").read_text("utf-8"))
    assert written == json_schema(), "run: dragoman schema > docs/reference/reading.schema.json"


def test_every_field_of_the_schema_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "reading.md").read_text("utf-8")
    schema = json_schema()
    fields = {name for part in (schema, *schema["$defs"].values()) for name in part.get("properties", {})}
    assert {"initiators", "according_to", "published"} <= fields
    missing = sorted(name for name in fields if not re.search(rf'[`"\[.]{name}\b', page))
    assert not missing


def test_every_command_and_option_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide" / "command-line.md").read_text("utf-8")
    for name, command in cli.commands.items():
        assert f"dragoman {name}" in guide
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                if option.startswith("--") and option != "--help":
                    assert option in guide, f"dragoman {name} {option}"


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.name)
def test_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    named = set(re.findall(r"`((?:src|docs|bench|training|examples|tests)/[\w./-]+\.\w+)`", text))
    named |= {str((page.parent / link).resolve().relative_to(ROOT)) for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)}
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_tour_names_every_layer() -> None:
    tour = (ROOT / "docs" / "tour.md").read_text("utf-8")
    layers = {path.name for path in (ROOT / "src" / "dragoman").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert {layer for layer in layers if f"{layer}/" not in tour} == set()


def test_what_the_readme_shows_is_what_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    call, shown = (ROOT / "README.md").read_text("utf-8").split("```")[1:4:2]
    file, day = re.search(r"(examples/\S+\.txt) --published (\S+)", call).groups()  # type: ignore[union-attr]
    monkeypatch.setenv("COLUMNS", "96")
    assert main(["read", str(ROOT / file), "--published", day, "--format", "terminal"]) == 0
    printed = capsys.readouterr().out.splitlines()
    lines = [line for line in shown.splitlines() if line.strip() and line != "[…]" and not re.search("[━─]{3}", line)]
    assert len(lines) > 40
    assert [line for line in lines if line not in printed] == []
