"""Our layers, each doing its work when asked (`answering.py`): `python -m bench.speed.ours layers REPORTS.jsonl --cores 1`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it; before numpy is imported

from bench.speed.answering import Stages, answer, pin, texts_of
from dragoman.language.encoder import Encoder
from dragoman.language.windows import windows_of
from dragoman.reading.actors import read_actors
from dragoman.reading.events import read_events
from dragoman.reading.figures import read_figures
from dragoman.reading.read import Reader
from dragoman.reading.statements import read_statements
from dragoman.reading.times import read_times
from dragoman.text.html import article
from dragoman.text.report import Report


def made(rows: Sequence[dict[str, Any]]) -> list[Report]:
    """The reports of the rows."""
    days = [date.fromisoformat(row["published"]) for row in rows]
    return [Report(row["text"], publisher=row.get("publisher"), published=day) for row, day in zip(rows, days, strict=True)]


def layers(rows: Sequence[dict[str, Any]], _: int) -> Stages:
    """Each layer after the one below it, each over all reports."""
    reports, encoder = made(rows), Encoder()
    kept: dict[str, list[Any]] = {"annotations": []}
    next(encoder.annotate_many([reports[0].text]))

    def each(name: str, act: Callable[..., Any], *needs: str) -> Callable[[], None]:
        def run() -> None:
            given = zip(kept["annotations"], reports, *(kept[need] for need in needs), strict=True)
            kept[name] = [act(*one) for one in given]

        return run

    def language() -> None:
        kept["annotations"] = list(encoder.annotate_many(report.text for report in reports))

    return {
        "network": lambda: network(encoder, reports),
        "language": language,
        "times": each("times", lambda a, r: read_times(a, r.published)),
        "figures": each("figures", lambda a, r, t: read_figures(a, t), "times"),
        "actors": each("cast", lambda a, r: read_actors(a, r.published)),
        "statements": each("said", lambda a, r, c, t: read_statements(a, c, t, r.publisher, r.published), "cast", "times"),
        "events": each("events", lambda a, r, c, t, f, s: read_events(a, c, t, f, s, r.published), "cast", "times", "figures", "said"),
    }


def network(encoder: Encoder, reports: Sequence[Report]) -> None:
    """Words, their pieces, and the network over them; nothing is made of its scores. No user does this: it is the encoder's own affair."""
    for _ in encoder._scored((report.text, window) for report in reports for window in windows_of(report.text)):
        pass


def whole(rows: Sequence[dict[str, Any]], cores: int) -> Stages:
    """The reading as a user has it."""
    reports, reader = made(rows), Reader(threads=cores)
    reader.read(reports[0])
    return {"reading": lambda: list(reader.read_many(reports))}


def pages(rows: Sequence[dict[str, Any]], _: int) -> Stages:
    """Web pages to their articles."""
    texts = [row["page"] for row in rows]
    article(texts[0])
    return {"pages": lambda: list(map(article, texts))}


MAKERS: dict[str, Callable[[Sequence[dict[str, Any]], int], Stages]] = {"layers": layers, "whole": whole, "pages": pages}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=MAKERS)
    parser.add_argument("file")
    parser.add_argument("--cores", type=int, default=1)
    args = parser.parse_args()
    pin(args.cores)
    answer(MAKERS[args.what](texts_of(args.file), args.cores))


if __name__ == "__main__":
    main()
