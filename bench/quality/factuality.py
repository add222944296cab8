"""How far the status layer tells whether what a word names took place, on a scale from -3 (it did not) to 3 (it did).

The status of a marked predicate and the nuance of its form or cue give a value by `VALUES`: means over uds.train, so that
"will" and "would" keep the difference that the people who marked the sentences made. A head of the encoder may be
blended in (`head`, `share`). `python -m bench.quality.factuality` prints the numbers beside those of a constant, `--fit`
a fresh table.

UDS asks of any verb of weblogs, mails and reviews whether it happened; a plan counts there as "did not happen (yet)".
MEANTIME, which is news, asks whether the text is sure of it and gives a planned act 3. `VALUES` follows UDS, so that on
MEANTIME a good reader falls below the constant in absolute error: there only the correlation means something.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bench.quality import measures
from dragoman.language.annotations import Annotations, Token
from dragoman.language.encoder import Encoder
from dragoman.reading.entries import Status
from dragoman.reading.events.lemmas import with_known_lemmas
from dragoman.reading.events.mending import mended
from dragoman.reading.events.status import status_of
from dragoman.text.report import Span

GOLD = {"uds.dev": "ih2", "uds.train": "ih2", "meantime.train": "happened"}
"""File -> the field that holds its values."""

Head = Callable[[Annotations, Token], float]
"""A token of a text -> a value from -3 to 3, by the encoder."""
Row = Mapping[str, Any]

LOW, HIGH = -3.0, 3.0
# "cancelled" and "threatened" were seen too seldom in uds.train to be fitted: set by hand between their neighbours.
VALUES: Mapping[str, float] = {
    "threatened": -2.0,
    "cancelled": -2.5,
    "demanded": -1.4,
    "demanded/have": -0.34,
    "demanded/let": -2.12,
    "demanded/make": 0.33,
    "demanded/must": -0.95,
    "demanded/need": -1.16,
    "demanded/self": -1.6,
    "demanded/should": -1.59,
    "demanded/take": -2.08,
    "demanded/told": -0.96,
    "demanded/try": -1.43,
    "denied": -0.41,
    "denied/n't": -0.06,
    "denied/n't+want": -2.39,
    "denied/never": -0.98,
    "denied/no": 0.83,
    "denied/not": -0.72,
    "denied/nothing": 0.41,
    "hypothetical": -0.91,
    "hypothetical/'ll+if": -1.57,
    "hypothetical/are": 0.9,
    "hypothetical/can": -1.21,
    "hypothetical/could": -1.22,
    "hypothetical/could+if": -1.31,
    "hypothetical/do": -0.44,
    "hypothetical/does": -0.19,
    "hypothetical/if": -0.7,
    "hypothetical/if+will": -2.05,
    "hypothetical/if+would": -1.18,
    "hypothetical/may": -1.2,
    "hypothetical/maybe": -0.72,
    "hypothetical/might": -1.46,
    "hypothetical/should": -1.27,
    "hypothetical/to": -1.47,
    "hypothetical/trying": 0.73,
    "hypothetical/unless": -0.91,
    "hypothetical/would": 0.38,
    "occurred": 2.04,
    "occurred/Ger/acl": 1.54,
    "occurred/Ger/advcl": 0.96,
    "occurred/Ger/amod": 1.93,
    "occurred/Ger/conj": 0.5,
    "occurred/Ger/csubj": 0.55,
    "occurred/Ger/xcomp": 2.02,
    "occurred/Inf/acl": 0.51,
    "occurred/Inf/advcl": 1.0,
    "occurred/Inf/conj": -0.42,
    "occurred/Inf/csubj": -0.38,
    "occurred/Inf/parataxis": -1.88,
    "occurred/Inf/root": 0.45,
    "occurred/Inf/xcomp": 1.06,
    "occurred/Part/acl": 2.08,
    "occurred/Part/advcl": 1.12,
    "occurred/Part/amod": 2.16,
    "occurred/Part/case": 1.66,
    "occurred/Part/conj": 1.37,
    "occurred/Part/parataxis": 1.22,
    "occurred/Part/root": 1.68,
    "occurred/Part/xcomp": 1.42,
    "occurred/Past/advcl": 2.45,
    "occurred/Past/conj": 2.4,
    "occurred/Past/main": 2.68,
    "occurred/Past/relative": 2.52,
    "occurred/Pres/advcl": 1.45,
    "occurred/Pres/conj": 1.96,
    "occurred/Pres/main": 2.21,
    "occurred/Pres/relative": 1.98,
    "occurred/VERB": 1.22,
    "ongoing": 1.71,
    "ongoing/Ger/xcomp": 2.2,
    "ongoing/Inf/xcomp": 1.96,
    "ongoing/Past/advcl": 1.3,
    "ongoing/Past/conj": 1.64,
    "ongoing/Past/main": 2.28,
    "ongoing/Past/relative": 2.55,
    "ongoing/Pres/advcl": 0.75,
    "ongoing/Pres/conj": 1.48,
    "ongoing/Pres/main": 1.5,
    "ongoing/Pres/relative": 2.15,
    "planned": -0.97,
    "planned/'d": -0.06,
    "planned/'ll": -1.94,
    "planned/decided": 0.21,
    "planned/going": -1.84,
    "planned/hope": 0.47,
    "planned/like+would": -1.93,
    "planned/sure": 0.25,
    "planned/to": -0.32,
    "planned/want": -1.9,
    "planned/wanted": -0.52,
    "planned/will": -1.88,
    "planned/willing": -1.97,
    "planned/would": -0.2,
    "promised": -2.08,
}
SHARE = 0.6
"""The part of the head in the value, chosen on sentences of uds.train."""
_LEAST = 8  # predicates that a nuance must have been seen with; rarer ones take the value of their status
_FITTED = 3000  # sentences of uds.train that `--fit` takes


class Marked(NamedTuple):
    """A predicate that people have marked: its head token in the annotated sentence, and their value."""

    annotations: Annotations
    token: Token
    gold: float


# ------------------------------------------------------------------ from a status to a value


def value(annotations: Annotations, token: Token, head: Head | None = None, share: float = 0.5) -> float:
    """How sure it is that what `token` names took place, -3 to 3; `share` is the part of the head in it."""
    status, cues = status_of(annotations, token)
    told = VALUES.get(nuance(annotations, token, status, cues), VALUES.get(status, 0.0))
    blended = told if head is None else (1 - share) * told + share * head(annotations, token)
    return min(HIGH, max(LOW, blended))


def nuance(annotations: Annotations, token: Token, status: Status, cues: Sequence[Span]) -> str:
    """A finer name of a status: "occurred/Past", "planned/will", "denied/not"; cues are told by their lower-case text."""
    if status in ("occurred", "ongoing"):
        return f"{status}/{_form(annotations, token)}"
    if any(cue == token.span for cue in cues):
        return f"{status}/self"  # an order: "stop!"
    words = sorted({annotations.text[cue.start : cue.end].lower() for cue in cues})
    return f"{status}/{'+'.join(words)}"


def _form(annotations: Annotations, token: Token) -> str:
    """The tense of a verb, or of its finite auxiliary; else its form and what its clause is to the sentence."""
    if token.feats.get("VerbForm") is None:
        return token.upos
    finite = [t for t in (*annotations.children(token, "aux", "cop"), token) if t.feats.get("VerbForm") == "Fin"]
    relation = token.relation.split(":")[0]
    if finite:
        clause = "relative" if token.relation == "acl:relcl" else relation if relation in ("advcl", "conj") else "main"
        return f"{finite[0].feats.get('Tense', 'Past')}/{clause}"
    return f"{token.feats['VerbForm']}/{relation}"


# ------------------------------------------------------------------ the files


def rows(name: str) -> list[Row]:
    """The sentences of a file that have a value of the kind that GOLD names."""
    found = measures.rows_of(measures.DATA / "factuality" / f"{name}.jsonl.gz")
    return [row for row in found if any(GOLD[name] in p for p in row["predicates"])]


def marked(some: Iterable[tuple[Row, Annotations]], field: str) -> Iterator[Marked]:
    """The predicates with a value, each at the first token that overlaps it."""
    for row, found in some:
        annotations = mended(with_known_lemmas(found))
        for predicate in row["predicates"]:
            where = predicate["predicate"]
            tokens = annotations.tokens_in(Span(where["start"], where["end"]))
            if field in predicate and tokens:
                yield Marked(annotations, tokens[0], float(predicate[field]))


def annotated(encoder: Encoder, some: Sequence[Row]) -> list[tuple[Row, Annotations]]:
    """Each row with its sentence annotated as a text of its own."""
    return list(zip(some, encoder.annotate_many(row["text"] for row in some), strict=True))


# ------------------------------------------------------------------ the numbers


def scores(all_marked: Sequence[Marked], head: Head | None = None, share: float = 0.5) -> dict[str, float]:
    """Mean absolute error and Pearson's r, beside the error of the constant 3 and of the best constant."""
    gold = [one.gold for one in all_marked]
    guessed = [value(one.annotations, one.token, head, share) for one in all_marked]
    middle = statistics.median(gold)
    return {
        "MAE": statistics.mean(abs(a - b) for a, b in zip(gold, guessed, strict=True)),
        "r": statistics.correlation(gold, guessed),
        "constant.MAE": statistics.mean(abs(HIGH - a) for a in gold),
        "best_constant.MAE": statistics.mean(abs(middle - a) for a in gold),
    }


def factuality(encoder: Encoder, head: Head | None = None, share: float = 0.5) -> dict[str, float]:
    """The numbers of uds.dev and meantime.train under their names ("uds.dev.r")."""
    numbers: dict[str, float] = {}
    for name in ("uds.dev", "meantime.train"):
        found = list(marked(annotated(encoder, rows(name)), GOLD[name]))
        numbers |= {f"{name}.{measure}": round(number, 4) for measure, number in scores(found, head, share).items()}
    return numbers


def of_head(_: Annotations, token: Token) -> float:
    """What the encoder's own head says."""
    return token.factuality


def measure(encoder: Encoder) -> dict[str, float]:
    """For the gate, where higher is better: r, and by how much the error is smaller than that of the best constant."""
    numbers = factuality(encoder, of_head, SHARE)
    gained = numbers["uds.dev.best_constant.MAE"] - numbers["uds.dev.MAE"]
    return {"uds.dev.r": numbers["uds.dev.r"], "uds.dev.MAE_below_constant": round(gained, 4), "meantime.r": numbers["meantime.train.r"]}


def fitted(all_marked: Iterable[Marked]) -> dict[str, float]:
    """The mean value of each status and of each nuance that was seen often enough."""
    seen: dict[str, list[float]] = defaultdict(list)
    for one in all_marked:
        status, cues = status_of(one.annotations, one.token)
        seen[status].append(one.gold)
        seen[nuance(one.annotations, one.token, status, cues)].append(one.gold)
    kept = {name: some for name, some in seen.items() if len(some) >= _LEAST or "/" not in name}
    return {name: round(statistics.mean(some), 2) for name, some in sorted(kept.items())}


def main() -> None:
    """Prints the numbers, or with `--fit` the table that `VALUES` should hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help=f"fit the table on {_FITTED} sentences of uds.train")
    encoder = Encoder(threads=2)
    if parser.parse_args().fit:
        found = marked(annotated(encoder, rows("uds.train")[:_FITTED]), GOLD["uds.train"])
        print(json.dumps(fitted(found), indent=4))
        return
    print("status alone, the head alone, both")
    parts = [factuality(encoder, of_head, share) for share in (0.0, 1.0, SHARE)]
    for name in parts[0]:
        print(f"{name:32}" + "".join(f"{numbers[name]:9.4f}" for numbers in parts))


if __name__ == "__main__":
    main()
