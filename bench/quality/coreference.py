"""How well dragoman knows who is who: `python -m bench.quality.coreference [--verbose train]`, on OntoGUM (../shared/data/coref).

A gold cluster holds all spans that mean one thing, also things and acts; dragoman has actors only. So there are two numbers: over
all clusters, as published systems are measured, and over the clusters that hold a person, a body or a place. Both are the CoNLL
score: the mean of the F1 of MUC, B-cubed and CEAF with phi4, each from counts summed over the documents.

Before the scoring two differences of scheme are taken away, neither of which looks at the gold: relative pronouns ("who") are no
mentions in OntoNotes, and who is mentioned once is no cluster. A third is not: OntoNotes marks whole phrases ("the boy wearing a
hat"), dragoman their cores ("the boy"). `conll` asks for the same span; `heads` lets a span count for the smallest phrase around
it that has the same head word or only a title before it, and further spans of one actor in that phrase (appositions) count once.

The development documents give numbers only; `--verbose` is for training documents.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from bench.quality import measures
from dragoman.reading import entries
from dragoman.reading.read import Reader

Place = tuple[int, int]
"""First and one past the last character of a mention."""
Clusters = list[frozenset[Place]]
Count = tuple[float, float, float, float]
"""What recall divides, and by what; what precision divides, and by what."""
T = TypeVar("T")

ACTOR_TYPES = frozenset(("person", "organization", "place", "nationality"))
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
PRONOUNS = {
    "he": "he him his himself", "she": "she her hers herself", "it": "it its itself",
    "they": "they them their theirs themselves",
}  # fmt: skip
FORMS = {form: name for name, forms in PRONOUNS.items() for form in forms.split()}
SPEECH = frozenset(
    ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself", "yourselves")
)


@dataclass(frozen=True)
class Document:
    """One text of OntoGUM: its clusters, which of them are of actors, and the head word of each mention."""

    name: str
    genre: str
    text: str
    clusters: Clusters
    of_actors: Clusters
    heads: dict[Place, Place]

    def words(self, place: Place) -> str:
        """The characters of a mention in one line."""
        return " ".join(self.text[place[0] : place[1]].split())


def load(part: str, genres: Iterable[str] = ()) -> list[Document]:
    """The documents of "train" or "dev", of these genres only if any are named. Raises FileNotFoundError without the data."""
    rows = measures.rows_of(measures.DATA / "coref" / f"gum.{part}.jsonl.gz")
    wanted = set(genres)
    return [document(row) for row in rows if not wanted or row["genre"] in wanted]


def document(row: dict[str, Any]) -> Document:
    """A row of the file; a span that stands in two clusters counts in the first."""
    tokens, types, heads = row["tokens"], dict[Place, str](), dict[Place, Place]()
    for mention in row["mentions"]:
        place = (mention["start"], mention["end"])
        types[place], heads[place] = mention["type"], tuple(tokens[mention["head"]])
    clusters = disjoint([(start, end) for start, end in cluster] for cluster in row["ontogum_clusters"])
    for place in (p for cluster in clusters for p in cluster if p not in heads):
        inside = [p for p in heads if p[0] == place[0] and p[1] <= place[1]]
        if inside:  # an apposition: its first phrase is the head
            heads[place] = heads[max(inside)]
    of_actors = [cluster for cluster in clusters if any(types.get(p) in ACTOR_TYPES for p in cluster)]
    return Document(row["id"], row["genre"], row["text"], clusters, of_actors, heads)


def disjoint(clusters: Iterable[Iterable[Place]]) -> Clusters:
    """The clusters without mentions that an earlier one has, and without those that have one mention only."""
    found, taken = [], set[Place]()
    for cluster in clusters:
        own = frozenset(cluster) - taken
        taken |= own
        if len(own) > 1:
            found.append(own)
    return found


def actor_places(text: str, reading: entries.Reading) -> list[list[Place]]:
    """The mentions of each actor in text order, without relative pronouns."""
    places = [[(m.start, m.end) for m in actor.mentions] for actor in reading.actors]
    return [[p for p in own if text[p[0] : p[1]].lower() not in RELATIVE] for own in places]


def at_heads(found: Document, actors: Iterable[list[Place]]) -> list[list[Place]]:
    """The same mentions, each put in the place of the smallest gold mention around it with its head word, or with a title before it.

    A further span of the actor inside that gold mention, itself none of the gold's, is left out.
    """
    gold = sorted({p for cluster in found.clusters for p in cluster}, key=lambda p: p[1] - p[0])
    exact = set(gold)
    headed = [list(dict.fromkeys(p if p in exact else _around(found, gold, p) for p in own)) for own in actors]
    return [[p for p in own if p in exact or not any(q in exact and q[0] <= p[0] and p[1] <= q[1] for q in own)] for own in headed]


def _around(found: Document, gold: Sequence[Place], place: Place) -> Place:
    for other in gold:
        head = found.heads.get(other)
        if head is None or not (other[0] <= place[0] and place[1] <= other[1]):
            continue
        if (place[0] <= head[0] and head[1] <= place[1]) or _is_titled(found, other, place, head):
            return other
    return place


def _is_titled(found: Document, whole: Place, place: Place, head: Place) -> bool:
    """Whether a phrase is a name with a title before it: GUM takes the title for the head ("surgeon Anna Berg")."""
    before = found.text[whole[0] : place[0]]
    plain = "," not in before and not set(before.lower().split()) & {"of", "for", "in", "at", "and", "the", "a", "'s"}
    return place[1] == whole[1] and whole[0] <= head[0] and head[1] <= place[0] and plain and found.text[place[0]].isupper()


def conll(counts: Iterable[dict[str, Count]]) -> float:
    """The mean of the F1 of MUC, B-cubed and CEAF over documents."""
    kept = list(counts)
    return sum(f1(summed(c[name] for c in kept)) for name in ("muc", "b_cubed", "ceaf")) / 3


def summed(counts: Iterable[Count]) -> Count:
    """Counts of many documents as of one."""
    parts = [sum(column) for column in zip(*counts, strict=True)] or [0.0] * 4
    return parts[0], parts[1], parts[2], parts[3]


def f1(count: Count) -> float:
    """The harmonic mean of recall and precision; 0 of nothing."""
    recall, precision = (count[i] / count[i + 1] if count[i + 1] else 0.0 for i in (0, 2))
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def score(gold: Sequence[frozenset[T]], found: Sequence[frozenset[T]]) -> dict[str, Count]:
    """The counts of one document: muc, b_cubed, ceaf and mentions. The clusters of each side share no mention."""
    mentions = (frozenset[T]().union(*gold), frozenset[T]().union(*found))
    both = len(mentions[0] & mentions[1])
    return {
        "muc": (*_links(gold, found), *_links(found, gold)),
        "b_cubed": (*_shares(gold, found), *_shares(found, gold)),
        "ceaf": _entities(gold, found),
        "mentions": (both, len(mentions[0]), both, len(mentions[1])),
    }


def _links(one: Sequence[frozenset[T]], other: Sequence[frozenset[T]]) -> tuple[float, float]:
    """MUC: the links that make clusters of `one` whole, less those that `other` lacks."""
    where = {mention: i for i, cluster in enumerate(other) for mention in cluster}
    kept = 0
    for cluster in one:
        parts = {where[m] for m in cluster if m in where}
        alone = sum(m not in where for m in cluster)
        kept += len(cluster) - len(parts) - alone
    return kept, sum(len(cluster) - 1 for cluster in one)


def _shares(one: Sequence[frozenset[T]], other: Sequence[frozenset[T]]) -> tuple[float, float]:
    """B-cubed: for each mention of `one` the share of its cluster that `other` has with it."""
    where = {mention: i for i, cluster in enumerate(other) for mention in cluster}
    right = 0.0
    for cluster in one:
        parts = Counter(where[m] for m in cluster if m in where)
        right += sum(n * n for n in parts.values()) / len(cluster)
    return right, sum(len(cluster) for cluster in one)


def _entities(gold: Sequence[frozenset[T]], found: Sequence[frozenset[T]]) -> Count:
    """CEAF with phi4: clusters paired one to one so that what they share is most."""
    if not gold or not found:
        return 0.0, len(gold), 0.0, len(found)
    likeness = [[2 * len(one & other) / (len(one) + len(other)) for other in found] for one in gold]
    best = best_pairing(likeness)
    return best, len(gold), best, len(found)


def best_pairing(gains: Sequence[Sequence[float]]) -> float:
    """The largest sum of gains (rows by columns) with each row and each column taken once at most.

    The Hungarian method with potentials: one row after another finds the cheapest way to a free column. Cubic in the shorter side.
    """
    if len(gains) > len(gains[0]):
        gains = list(zip(*gains, strict=True))
    width = len(gains[0])
    rows, columns = [0.0] * (len(gains) + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)  # the row of each column, from 1; 0 is none. Column 0 holds the row that looks for one
    for row in range(1, len(gains) + 1):
        owner[0] = row
        _place_row(gains, rows, columns, owner)
    return sum(gains[owner[c] - 1][c - 1] for c in range(1, width + 1) if owner[c])


def _place_row(gains: Sequence[Sequence[float]], rows: list[float], columns: list[float], owner: list[int]) -> None:
    width, at = len(columns), 0
    least, back, seen = [float("inf")] * width, [0] * width, [False] * width
    while owner[at]:
        seen[at] = True
        row = owner[at]
        for c in range(1, width):
            cost = -gains[row - 1][c - 1] - rows[row] - columns[c]
            if not seen[c] and cost < least[c]:
                least[c], back[c] = cost, at
        ahead = min((c for c in range(1, width) if not seen[c]), key=least.__getitem__)
        step = least[ahead]
        for c in range(width):
            if seen[c]:
                rows[owner[c]] += step
                columns[c] -= step
            else:
                least[c] -= step
        at = ahead
    while at:
        owner[at] = owner[back[at]]
        at = back[at]


@dataclass(frozen=True)
class PronounCount:
    """Third-person pronouns: `gold` in the clusters, `resolved` by dragoman, `right` of these."""

    gold: int = 0
    resolved: int = 0
    right: int = 0

    def __add__(self, other: PronounCount) -> PronounCount:
        return PronounCount(self.gold + other.gold, self.resolved + other.resolved, self.right + other.right)


def pronouns(found: Document, actors: Iterable[list[Place]]) -> dict[str, PronounCount]:
    """Of each pronoun (he, she, it, they with their forms) how many dragoman gives to somebody, and how many rightly.

    It is right if the gold has it in one cluster with the phrase that is no pronoun and stands nearest before it among the actor's
    mentions (behind it, if none stands before). `actors` are mentions at their heads. "It" that means nobody is wrong if resolved.
    """
    counts: dict[str, PronounCount] = defaultdict(PronounCount)
    cluster_of = {p: i for i, cluster in enumerate(found.clusters) for p in cluster}
    for place in cluster_of:
        if (form := FORMS.get(found.words(place).lower())) is not None:
            counts[form] += PronounCount(gold=1)
    for own in actors:
        for place in own:
            if (form := FORMS.get(found.words(place).lower())) is not None:
                meant = antecedent(found, own, place)
                right = meant is not None and place in cluster_of and cluster_of[place] == cluster_of.get(meant)
                counts[form] += PronounCount(resolved=1, right=int(right))
    return counts


def antecedent(found: Document, own: Iterable[Place], pronoun: Place) -> Place | None:
    """The actor's phrase nearest before the pronoun, else nearest behind it; None if it has pronouns only."""
    phrases = [p for p in own if found.words(p).lower() not in FORMS.keys() | SPEECH]
    return max((p for p in phrases if p < pronoun), default=min(phrases, default=None))


@dataclass(frozen=True)
class Scores:
    """The counts of one document under each way of matching, and of its pronouns."""

    all: dict[str, Count]
    actors: dict[str, Count]
    heads: dict[str, Count]
    pronouns: dict[str, PronounCount]


def scores(found: Document, reading: entries.Reading) -> Scores:
    """What dragoman has right in one document."""
    exact = actor_places(found.text, reading)
    headed = at_heads(found, exact)
    own = disjoint(exact)
    return Scores(
        score(found.clusters, own), score(found.of_actors, own), score(found.of_actors, disjoint(headed)), pronouns(found, headed)
    )


def read(reader: Reader, documents: Sequence[Document]) -> Iterator[tuple[Document, entries.Reading]]:
    """dragoman's readings; the date is left out, as GUM has the day on which a text was fetched."""
    yield from zip(documents, reader.read_many(found.text for found in documents), strict=True)


def numbers(kept: Sequence[Scores]) -> dict[str, float]:
    """CoNLL F1, detection of mentions (precision, recall, F1) and pronouns (right of those resolved; resolved of the gold's)."""
    named = {"ontogum": [s.all for s in kept], "actors": [s.actors for s in kept], "actors.heads": [s.heads for s in kept]}
    found: dict[str, float] = {}
    for name, counts in named.items():
        mentions = summed(c["mentions"] for c in counts)
        found[f"coref.{name}.conll"] = conll(counts)
        found |= {f"coref.{name}.{m}": f1(summed(c[m] for c in counts)) for m in ("muc", "b_cubed", "ceaf")}
        found[f"coref.{name}.mentions.p"] = mentions[2] / max(1, mentions[3])
        found[f"coref.{name}.mentions.r"] = mentions[0] / max(1, mentions[1])
        found[f"coref.{name}.mentions.f1"] = f1(mentions)
    for form in ("", *PRONOUNS):
        count = sum((c for s in kept for own, c in s.pronouns.items() if not form or own == form), PronounCount())
        found["coref.pronouns" + (f".{form}" if form else "")] = count.right / max(1, count.resolved)
        found["coref.pronouns" + (f".{form}" if form else "") + ".coverage"] = count.resolved / max(1, count.gold)
    return {name: round(value, 4) for name, value in found.items()}


GATED = ("coref.ontogum.conll", "coref.actors.conll", "coref.actors.heads.conll", "coref.pronouns", "coref.pronouns.coverage")


def measure(reader: Reader) -> dict[str, float]:
    """The numbers of the development documents that the gate keeps."""
    found = numbers([scores(one, reading) for one, reading in read(reader, load("dev"))])
    return {name: found[name] for name in GATED}


def lines(found: Document, reading: entries.Reading) -> Iterator[str]:
    """The clusters of actors with what dragoman makes of each mention: the id of its actor, or "-". For training documents only."""
    headed = at_heads(found, actor_places(found.text, reading))
    actor_of = {p: actor.id for actor, own in zip(reading.actors, headed, strict=True) for p in own}
    yield f"== {found.name}"
    for cluster in sorted(found.of_actors, key=min):
        yield "   ".join(f"{actor_of.get(p, '-')}:{found.words(p)[:40]}" for p in sorted(cluster))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.coreference", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--verbose", choices=("train",), help="what became of each cluster of ten training documents of news")
    args = parser.parse_args()
    try:
        documents = load("train", ("news",)) if args.verbose else load("dev")
    except FileNotFoundError as error:
        print(f"{error.filename}: not there, so nothing was measured", file=sys.stderr)
        return 2
    kept = []
    for one, reading in read(Reader(), list(islice(documents, 10)) if args.verbose else documents):
        kept.append(scores(one, reading))
        if args.verbose:
            print(*lines(one, reading), sep="\n")
    for name, value in numbers(kept).items():
        print(f"{name:34} {100 * value:6.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
