"""What the tests of archives share: a reader without a language model, inputs in all forms, and the command over them."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars

from dragoman.faces.cli import code_command
from dragoman.reading.entries import Reading
from dragoman.reading.read import Reader
from dragoman.text.report import Report
from tests.faces.story import TEXT, reading

DAYS = ("2026-01-10", "2026-01-31", "2026-02-01", None)


class FakeReader:
    """Gives the made-up story's reading for its text, an empty one for others; fails on texts with certain words."""

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.read = 0

    def read_many(self, reports: Iterable[Report], *, failed: Callable[[Report, Exception], None] | None = None) -> Iterator[Reading]:
        for report in reports:
            time.sleep(self.pause)
            if "breaks the model" in report.text:
                raise RuntimeError("the model at 0x7f0011223344 gave up")
            if "breaks a rule" in report.text:
                assert failed is not None
                failed(report, ValueError("a rule gave up"))
                continue
            self.read += 1
            yield replace(reading(), report=report) if report.text == TEXT else Reading(report)


def row(number: int, text: str | None = None) -> dict[str, Any]:
    """The record of a report."""
    told = {
        "id": str(number),
        "title": f"Report {number}",
        "publisher": "Courier",
        "text": text or (TEXT if number % 3 == 0 else f"Report {number} of the port."),
    }
    day = DAYS[number % len(DAYS)]
    return {**told, "published": day} if day else told


def lines(rows: Iterable[dict[str, Any]]) -> bytes:
    """JSON Lines."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in rows)


def coded(names: Iterable[Path | str], out: Path, reader: FakeReader | None = None, **more: Any) -> int:
    """Runs the command in this process."""
    request = code_command.Request(tuple(map(str, names)), str(out), **{"workers": 1, "per_shard": 4, **more})
    return code_command.run(request, reader or FakeReader())


def table(out: Path, name: str) -> polars.DataFrame:
    """A whole table, in the order of the shards."""
    files = sorted((out / name).rglob("*.parquet"), key=lambda path: path.name)
    return polars.concat([polars.read_parquet(path, hive_partitioning=False) for path in files]).sort("report", maintain_order=True)


def failures(out: Path) -> list[dict[str, str]]:
    """What failed.jsonl tells."""
    return [json.loads(line) for line in (out / "failed.jsonl").read_bytes().splitlines()]


def warc(pages: Iterable[bytes]) -> bytes:
    """A gzip-compressed web archive, a member for each record, with an image behind the pages."""
    whole = b""
    for number, (body, kind) in enumerate([*((one, "text/html; charset=utf-8") for one in pages), (b"\x89PNG", "image/png")]):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: https://courier.example/{number}\r\nWARC-Date: 2026-01-12T08:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        whole += gzip.compress(head.encode() + answer + b"\r\n\r\n", mtime=0)
    return whole


def page(title: str, *paragraphs: str) -> bytes:
    """A web page with an article."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


class SlowReader:
    """The real reader, which begins when `folder` tells of two of its kind, and says there that it reads; with a pause for each report."""

    def __init__(self, folder: Path, pause: float = 0.2) -> None:
        self._reader, self._folder, self._pause = Reader(), folder, pause
        (folder / f"opened-{os.getpid()}").touch()

    def read_many(self, reports: Iterable[Report], *, failed: Callable[[Report, Exception], None] | None = None) -> Iterator[Reading]:
        return self._reader.read_many(map(self._paused, reports), failed=failed)

    def _paused(self, report: Report) -> Report:
        while len(list(self._folder.glob("opened-*"))) < 2:
            time.sleep(0.05)
        (self._folder / f"reading-{os.getpid()}").touch()
        time.sleep(self._pause)
        return report


def slow_reader(folder: str, roster: object) -> SlowReader:
    """What actors of Ray open in the place of their reader."""
    return SlowReader(Path(folder))
