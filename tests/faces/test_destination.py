"""Files that appear whole or not at all, and the names of files in a folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dragoman.faces.cli.destination import Folder, NewFile, OutputError
from dragoman.reading.entries import Reading
from dragoman.text.report import Report


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    with NewFile(tmp_path / "a.txt") as file:
        file.stream.write("é\n")
        assert not (tmp_path / "a.txt").exists()
        file.commit()
    assert (tmp_path / "a.txt").read_bytes() == "é\n".encode()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_is_not_committed_leaves_nothing(tmp_path: Path) -> None:
    with NewFile(tmp_path / "a.txt") as file:
        file.stream.write("half")
    assert list(tmp_path.iterdir()) == []


def test_a_replaced_file_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o640)
    (tmp_path / "link").symlink_to("a.txt")
    with NewFile(tmp_path / "link") as file:
        file.stream.write("new")
        file.commit()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_device_is_written_to_and_stays_one() -> None:
    with NewFile(Path(os.devnull)) as file:
        file.stream.write("gone")
        file.commit()
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_folders_and_missing_folders_are_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder; name a file in it"):
        NewFile(tmp_path)
    with pytest.raises(OutputError, match=r"there is no folder .*; create it first"):
        NewFile(tmp_path / "gone" / "a.txt")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file, not a folder"):
        Folder(tmp_path / "file", "html", {})


@pytest.mark.parametrize(
    ("report", "name"),
    [
        (Report("t", source_id="../../etc/passwd"), "etc-passwd"),
        (Report("t", source_id="A 1", title="Talks off"), "a-1"),
        (Report("t", title="Talks: off!"), "talks-off"),
        (Report("t", source_id="CON"), "report-con"),
        (Report("t", source_id="новость"), "harbour"),
        (Report("other"), Report("other").id[:12]),
        (Report("t", title="x" * 500), "x" * 60),
    ],
)
def test_names_in_a_folder_are_safe(tmp_path: Path, report: Report, name: str) -> None:
    folder = Folder(tmp_path / "pages", "html", {Report("t").id: "/in/harbour.txt"})
    for expected in (f"{name}.html", f"{name}-2.html"):
        with folder.file_for(Reading(report)) as file:
            assert file.path == tmp_path.resolve() / "pages" / expected
