"""The example case as JSON Lines: the .txt reports of this folder, one line each, in the order of their file names.

A file name holds the date of publication and the outlet's slug (`1962-10-24_london-morning-record_….txt`); the title is
the report's headline, the first line after the header. `text` is the file's text, unchanged, header included.

    python examples/cuba_1962/build.py            write case.jsonl
    python examples/cuba_1962/build.py --check    exit 1 if case.jsonl is not what would be written
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CASE = FOLDER / "case.jsonl"
HEADER = (
    "[Retelling written for dragoman; not a historical newspaper text. "
    "Outlet and wording are invented, facts and dates are documented: see SOURCES.md]"
)
PUBLISHERS = {
    "atlantic-wire": "Atlantic Wire",
    "caribbean-press-service": "Caribbean Press Service",
    "eastern-agency-digest": "Eastern Agency Digest",
    "evening-ledger": "Evening Ledger",
    "geneva-observer": "Geneva Observer",
    "gulf-courier": "Gulf Courier",
    "lakeshore-post": "Lakeshore Post",
    "london-morning-record": "London Morning Record",
}


def report_paths() -> list[Path]:
    """The report files, oldest first (the date leads the name)."""
    return sorted(FOLDER.glob("1962-*.txt"))


def split_header(text: str) -> tuple[str, str, str]:
    """Header, headline and body of a report's text; the three are set apart by blank lines."""
    header, headline, body = text.split("\n\n", 2)
    return header, headline, body


def record(path: Path) -> dict[str, str]:
    """One line of the case: id (the file name's stem), title, published (ISO), publisher, text (the whole file)."""
    published, outlet, _ = path.stem.split("_", 2)
    text = path.read_bytes().decode("utf-8")
    title = split_header(text)[1]
    return {
        "id": path.stem,
        "title": title,
        "published": published,
        "publisher": PUBLISHERS[outlet],
        "text": text,
    }


def case_lines() -> str:
    """The whole of case.jsonl as it should be."""
    return "".join(json.dumps(record(path), ensure_ascii=False) + "\n" for path in report_paths())


def main(arguments: list[str]) -> int:
    """Write case.jsonl, or with `--check` only compare it; returns the exit status."""
    wanted = case_lines().encode("utf-8")
    if "--check" not in arguments:
        CASE.write_bytes(wanted)
        return 0
    if CASE.exists() and CASE.read_bytes() == wanted:
        return 0
    print(f"{CASE} does not match the reports: run python {Path(__file__).name}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
