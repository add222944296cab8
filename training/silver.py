"""What the lexicon of act frames is sure of, on unlabelled news: `python -m training.silver training/out/silver.jsonl`.

The head `acts` learns from it to see acts that no frame covers, by what stands around them. A word that a frame matched with
its conditions carries its type; a frequent word without any frame is no act; all else is left open, because a rare word that
the lexicon does not know may well be one (learning from positive and unlabelled examples).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from dragoman.language.annotations import Annotations
from dragoman.language.encoder import Encoder
from dragoman.language.pieces import gaps_of
from dragoman.reading.events.frames import frames
from dragoman.reading.read import read_annotations
from dragoman.reading.reading import Reading
from dragoman.text.report import Report, Span
from training.data import DATA, entity_rows

SURE = 0.6
"""Least confidence of an event whose type is taught."""

OPEN = ""
"""The label of a word that teaches nothing."""

_FREQUENT = 25
"""A lemma without a frame that stands so often in the news is no act: whoever wrote the lexicon has seen it."""

_ROWS_OF_NAMES = 9000


def reports() -> Iterator[Report]:
    """Every second wire report (the others are kept for gold readings), then single sentences of GMB news."""
    with gzip.open(DATA / "news" / "wire.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 2 == 0:
                row = json.loads(line)
                yield Report(row["text"], published=date.fromisoformat(row["published"][:10]))
    for number, row in enumerate(entity_rows("gmb_news.train")):
        if number >= 5 * _ROWS_OF_NAMES:
            break
        if number % 5 == 1:  # never one of the tenth that is held out
            yield Report(row["text"])


def sentences_of(reading: Reading, annotations: Annotations) -> Iterator[dict[str, Any]]:
    """The sentences of one report: words, gaps, the lemma of each content word, the acts by word, and the pairs of actors."""
    types = {e.trigger.start: e.type if e.confidence >= SURE else OPEN for e in reading.events if not _is_helper(e.trigger, annotations)}
    for sentence in annotations.sentences:
        tokens = annotations.tokens_of(sentence)
        yield {
            "words": [t.text for t in tokens],
            "gaps": gaps_of([t.span for t in tokens]),
            "acts": [types.get(t.start) for t in tokens],
            "lemmas": [t.lemma.lower() if t.upos in ("VERB", "NOUN", "ADJ") else None for t in tokens],
            "pairs": list(_pairs(reading, sentence.start, sentence.end)),
            "start": sentence.start,
            "text": reading.report.text[sentence.start : sentence.end],
        }


def _is_helper(trigger: Any, annotations: Annotations) -> bool:
    return all(t.upos in ("AUX", "PART") for t in annotations.tokens_in(trigger))


def _pairs(reading: Reading, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Initiator and recipient of each sure event, where both stand in its sentence, with the code that PLOVER would give."""
    mentions = {actor.id: actor.mentions for actor in reading.actors}
    for event in reading.events:
        if event.confidence < SURE or event.plover is None or not (start <= event.trigger.start < end):
            continue
        by = [m for a in event.initiators for m in mentions.get(a, ()) if start <= m.start and m.end <= end]
        to = [m for a in event.recipients for m in mentions.get(a, ()) if start <= m.start and m.end <= end]
        if by and to:
            one, other = (min(spans, key=partial(_distance, event.trigger.start)) for spans in (by, to))
            places = {"source": [one.start - start, one.end - start], "target": [other.start - start, other.end - start]}
            yield {**places, "root": event.plover}


def _distance(at: int, span: Span) -> int:
    return abs(span.start - at)


def with_open_labels(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows whose `acts` say for each word its type, "O", or OPEN."""
    rows = list(rows)
    counts = Counter(lemma for row in rows for lemma in row["lemmas"] if lemma)
    known = set(frames("verb")) | set(frames("noun"))
    for row in rows:
        row["acts"] = [_label(act, lemma, counts, known) for act, lemma in zip(row["acts"], row["lemmas"], strict=True)]
        yield row


def _label(act: str | None, lemma: str | None, counts: Counter[str], known: set[str]) -> str:
    if act is not None:
        return act
    if lemma is None:
        return "O"
    return "O" if lemma in known or counts[lemma] >= _FREQUENT else OPEN


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    encoder = Encoder()
    made = list(reports())
    rows: list[dict[str, Any]] = []
    for number, (report, found) in enumerate(zip(made, encoder.annotate_many(r.text for r in made), strict=True)):
        rows.extend(sentences_of(read_annotations(report, found), found))
        if number % 500 == 0:
            print(number, len(rows), flush=True)
    with args.out.open("w", encoding="utf-8") as file:
        for row in with_open_labels(rows):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
