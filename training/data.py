"""Training data -> windows of words with the labels that each source gives, and only those.

A source that does not mark some kind of name says nothing about it: `names` holds, for each word, the set of tags that
the source allows, as a bit mask, and the loss is the probability of that set.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from dragoman.language.labels import GAPS, NAME_KINDS, NAME_TAGS, lemma_rule
from dragoman.language.pieces import gaps_of
from dragoman.language.segment import words_in
from dragoman.text.report import Span
from training.conllu import GoldDocument, GoldSentence, read_documents
from training.gmb_kinds import usual_kinds

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
EWT_NAMES = Path(__file__).parent / "annotations" / "ewt_names.tsv"
ANY_TAG = (1 << len(NAME_TAGS)) - 1


@dataclass
class Sentence:
    """Words and gaps of one sentence, and by head the labels of its words, of those heads that the source speaks of."""

    words: list[str]
    gaps: list[int]
    labels: dict[str, Sequence[str | int]] = field(default_factory=dict)


Document = list[Sentence]


def covered(words: Sequence[Span], span: Sequence[int]) -> range:
    """Which of the words, in text order, share a character with a span."""
    return range(bisect_right(words, span[0], key=lambda word: word.end), bisect_left(words, span[1], key=lambda word: word.start))


def packed_rows(folder: str, name: str) -> Iterator[dict[str, Any]]:
    """The rows of `shared/data/<folder>/<name>.jsonl.gz`."""
    with gzip.open(DATA / folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# --- syntax -----------------------------------------------------------------------------------------------------------


def treebank(
    path: Path,
    names: dict[str, list[tuple[Span, int]]] | None = None,
    only: set[str] | None = None,
    facts: dict[str, dict[int, str]] | None = None,
) -> list[Document]:
    """The documents of a CoNLL-U file.

    `names` gives name spans by document (offsets into its text without white space), `facts` what `factuality` gives.
    """
    documents = []
    for gold in read_documents(path):
        if only is None or gold.id in only:
            documents.append(_document(gold, (names or {}).get(gold.id)))
    for document in documents if facts else ():
        for sentence in document:
            _add_facts(sentence, facts or {})
    return documents


def mark_ewt_names(documents: list[Document]) -> None:
    """Puts the names that we marked in EWT (`annotations/ewt_names.tsv`) in the place of what its tags tell of names."""
    marked = dict(row.split("\t") for row in EWT_NAMES.read_text("utf-8").splitlines() if not row.startswith("#"))
    for number, sentence in enumerate(sentence for document in documents for sentence in document):
        if str(number) in marked:
            sentence.labels["names"] = _marked_tags(len(sentence.words), marked[str(number)].split())


_OWN_KINDS = {"P": ("PERSON",), "O": ("ORGANIZATION",), "L": ("PLACE", "FACILITY"), "N": ("NATIONALITY",)}


def _marked_tags(count: int, names: list[str]) -> list[int]:
    """The allowed tags of each of `count` words; a name is "first-last:kind". Events were not marked and stay open."""
    tags = [_bit("O") | _bit("B-EVENT") | _bit("I-EVENT")] * count
    for name in names:
        words, kind = name.split(":")
        first, last = map(int, words.split("-"))
        for i in range(first, last + 1):
            tags[i] = sum(_bit(f"{'B' if i == first else 'I'}-{k}") for k in _OWN_KINDS[kind])
    return tags


def factuality(name: str) -> dict[str, dict[int, str]]:
    """The predicates of UDS: sentence without white space -> offset in it -> label of FACTUALITY (UDS-IH2, rounded)."""
    found: dict[str, dict[int, str]] = {}
    for row in packed_rows("factuality", name):
        solid = _solid_offsets(row["text"])
        marks = {solid[p["predicate"]["start"]]: str(round(p["ih2"])) for p in row["predicates"] if p.get("ih2") is not None}
        found["".join(row["text"].split())] = marks
    return found


def _add_facts(sentence: Sentence, facts: dict[str, dict[int, str]]) -> None:
    marks = facts.get("".join(sentence.words))
    if marks:
        starts = accumulate((len(word) for word in sentence.words), initial=0)
        sentence.labels["factuality"] = [marks.get(start, "") for start, _ in zip(starts, sentence.words, strict=False)]


def _document(gold: GoldDocument, names: list[tuple[Span, int]] | None) -> Document:
    sentences = []
    previous_end = -2
    solid = _solid_offsets(gold.text)
    for source in gold.sentences:
        words = [gold.text[w.start : w.end] for w in source.words]
        gaps = []
        for number, word in enumerate(source.words):
            gap = "joined" if word.start == previous_end else "space"
            gaps.append(GAPS.index("break" if number == 0 and source.new_paragraph else gap))
            previous_end = word.end
        sentence = Sentence(words, gaps, _tree_labels(source, words))
        if names is None:
            sentence.labels["names"] = _names_from_tags(sentence)
        else:
            spans = [Span(solid[w.start], solid[w.start] + w.end - w.start) for w in source.words]
            sentence.labels["names"] = _tag_words(spans, names, unmarked={"NATIONALITY"})
        sentences.append(sentence)
    return sentences


def _names_from_tags(sentence: Sentence) -> list[int]:
    """What the tags of a treebank without names tell: far from every proper noun there is no name but a demonym."""
    upos = sentence.labels["upos"]
    proper = [i for i, tag in enumerate(upos) if tag == "PROPN"]
    outside = _bit("O") | _bit("B-NATIONALITY") | _bit("I-NATIONALITY")
    near = {j for i in proper for j in range(i - 2, i + 3)}
    capital = {i for i, word in enumerate(sentence.words) if i and word[:1].isupper()}
    return [ANY_TAG if i in near or i in capital else outside for i in range(len(upos))]


def _tree_labels(source: GoldSentence, words: list[str]) -> dict[str, Sequence[str | int]]:
    return {
        "upos": [w.upos for w in source.words],
        "feats": [w.feats for w in source.words],
        "lemmas": [lemma_rule(form, w.lemma) for form, w in zip(words, source.words, strict=True)],
        "heads": [w.head for w in source.words],
        "relations": [w.relation for w in source.words],
    }


def _solid_offsets(text: str) -> list[int]:
    """For each character, how many characters before it are not white space."""
    offsets, count = [], 0
    for character in text:
        offsets.append(count)
        count += not character.isspace()
    return offsets


# --- names ------------------------------------------------------------------------------------------------------------

_FACILITY = re.compile(
    r"(?i)\b(airport|airfield|air base|airbase|base|embassy|consulate|prison|jail|hospital|hotel|stadium|bridge|mosque|church|"
    r"cathedral|temple|palace|university campus|power plant|plant|reactor|refinery|pipeline|port|harbou?r|station|checkpoint|"
    r"barracks|camp|square|street|avenue|highway|museum|theat(?:re|er)|mall|tower|building|library|dam|tunnel|terminal)s?$"
)
_TITLE = re.compile(
    r"(?:(?:(?:Vice|Deputy|Acting|Interim|Former|Prime|Foreign|Defen[cs]e|Interior|Chief)[ -])*"
    r"(?:President|Minister|Secretary(?: of State| General)?|Secretary-General|Chancellor|Senators?|Gen(?:\.|eral)|Lt\.|Col(?:\.|onel)|"
    r"Maj(?:\.|or)|Capt(?:\.|ain)|Sgt\.|Adm(?:\.|iral)|Brig(?:\.|adier)|King|Queen|Prince(?:ss)?|Pope|Emir|Sheikh?|Ayatollah|Mrs?\.?|Ms\.?|Dr\.?|"
    r"Rep\.|Sen\.|Gov(?:\.|ernor)|Judge|Ambassador|Premier|Justice|Cardinal|Archbishop|Bishop|Rev\.|Prof\.|Lord|Sir|Mayor|Commander|Envoy|Spokes\w+)(?:\s+|$))+"
)
_MAPPING = {
    "person": "PERSON", "per": "PERSON", "PER": "PERSON", "Person": "PERSON",
    "organization": "ORGANIZATION", "org": "ORGANIZATION", "ORG": "ORGANIZATION", "Organisation": "ORGANIZATION",
    "corporation": "ORGANIZATION", "group": "ORGANIZATION",
    "place": "PLACE", "geo": "PLACE", "LOC": "PLACE", "location": "PLACE", "Location": "PLACE",
    "gpe": "NATIONALITY", "Nationality": "NATIONALITY", "event": "EVENT", "eve": "EVENT", "nat": "EVENT",
}  # fmt: skip


def _bit(tag: str) -> int:
    return 1 << NAME_TAGS.index(tag)


def _tag_words(words: Sequence[Span], names: list[tuple[Span, int]], unmarked: set[str]) -> list[int]:
    """For each word its allowed tags; a name is (span, mask of kinds), outside names the unmarked kinds are open."""
    outside = _bit("O") | sum(_bit(f"{p}-{k}") for k in unmarked for p in "BI")
    tags = [outside] * len(words)
    taken: set[int] = set()
    for span, kinds in sorted(names, key=lambda n: n[0].start - n[0].end):  # of nested names the longest
        inside = covered(words, span)
        if taken & set(inside):
            continue
        taken.update(inside)
        for place, i in enumerate(inside):
            prefix = "I" if place else "B"
            tags[i] = sum(_bit(f"{prefix}-{k}") for n, k in enumerate(NAME_KINDS) if kinds >> n & 1) or ANY_TAG
    return tags


def kinds_mask(*kinds: str) -> int:
    """A mask over NAME_KINDS."""
    return sum(1 << NAME_KINDS.index(kind) for kind in kinds)


def entity_rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one file of names."""
    return packed_rows("entities", name)


def without_title(text: str, span: Span) -> Span:
    """A person's name without the titles before it ("President Bush" -> "Bush"): the convention of UNER and GUM."""
    match = _TITLE.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def _name(text: str, span: Span, kind: str) -> tuple[Span, int] | None:
    """A marked name as (span, kinds) after our conventions, or None if nothing is left of it."""
    if kind == "PERSON":
        span = without_title(text, span)
    if kind == "PLACE" and _FACILITY.search(text[span.start : span.end]):
        kind = "FACILITY"
    return (span, kinds_mask(kind)) if span.start < span.end else None


_UNMARKED = {
    "gmb_news.train": set[str](),
    "wikigold.train": {"NATIONALITY", "EVENT", "FACILITY"},
    "wnut17.train": {"NATIONALITY", "EVENT"},
    "btc_e.train": {"NATIONALITY", "EVENT"},
    "btc_g.train": {"NATIONALITY", "EVENT"},
    "re3d.train": {"EVENT"},
}


def named_sentences(name: str, *, repaired: bool = True) -> list[Sentence]:
    """The rows of one file of names as sentences, cut into words by dragoman's own tokenizer.

    `repaired`: of GMB, with the kinds of `training.gmb_kinds` in the place of its slips.
    """
    made = []
    usual = usual_kinds(entity_rows(name)) if repaired and name.startswith("gmb") else {}
    for row in entity_rows(name):
        if "BBC" in row.get("source", ""):
            continue  # CC BY-NC: stays out of the shipped weights
        text = row["text"]
        names = [found for e in row["entities"] if (found := _entity(name, text, e, usual))]
        for span in _chunks(text):
            words = words_in(text, span)
            if words:
                made.append(_sentence(text, words, _tag_words(words, names, _UNMARKED[name])))
    return made


def _entity(source: str, text: str, entity: dict[str, Any], usual: dict[str, str]) -> tuple[Span, int] | None:
    span = Span(entity["start"], entity["end"])
    entity = {**entity, "type": usual.get(entity["text"], entity["type"])}
    if source.startswith("re3d") and not re.search(r"[A-Z]", text[span.start : span.end]):
        return None  # re3d marks nominal mentions too
    if source.startswith("re3d"):
        span = _named_core(text, span)
    kind = _MAPPING.get(entity["type"])
    if kind is None:
        return (span, 0) if entity["type"] == "MISC" else None
    return _name(text, span, kind)


def _named_core(text: str, span: Span) -> Span:
    """Without a leading article."""
    match = re.match(r"(?i)(the|a|an)\s+", text[span.start : span.end])
    return Span(span.start + match.end(), span.end) if match else span


def _chunks(text: str) -> list[Span]:
    """Whole rows, or the lines of a longer text."""
    if len(text) < 600:
        return [Span(0, len(text))]
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+?(?:(?<=[a-z0-9]{3})[.!?]['\"”’]?(?=\s+[A-Z])|$|\n)", text)]


def _sentence(text: str, words: list[Span], names: list[int]) -> Sentence:
    return Sentence([text[w.start : w.end] for w in words], gaps_of(words), {"names": names})


def gum_names() -> dict[str, list[tuple[Span, int]]]:
    """Names of the GUM documents that are free for commercial use, by document, offsets without white space."""
    places = {e["text"] for row in entity_rows("gmb_news.train") for e in row["entities"] if e["type"] == "geo"}
    found: dict[str, list[tuple[Span, int]]] = {}
    for row in entity_rows("gum.train"):
        solid = _solid_offsets(row["text"] + " ")
        names, taken = [], set[int]()
        for entity in sorted(row["entities"], key=lambda e: e["name_start"] - e["name_end"]):
            kind = _MAPPING.get(entity["type"])
            span = Span(entity["name_start"], entity["name_end"])
            if kind is None or entity.get("title_only") or taken & set(range(*span)):
                continue
            made = _name(row["text"], _named_core(row["text"], span), kind)
            if made:
                span, kinds = made
                if kind == "ORGANIZATION" and row["text"][span.start : span.end] in places:
                    kinds = kinds_mask("ORGANIZATION", "PLACE")  # GUM calls a state that acts an organization
                taken |= set(range(*span))
                names.append((Span(solid[span.start], solid[span.end - 1] + 1), kinds))
        found[row["id"]] = names
    return found


def free_gum_documents() -> set[str]:
    """The ids of the GUM documents whose text licence allows commercial use."""
    licences = json.loads((DATA / "syntax" / "gum_text_licences.json").read_text("utf-8"))
    return {name for name, row in licences.items() if not row["noncommercial"]}


# --- windows ----------------------------------------------------------------------------------------------------------


def shuffled_case(sentence: Sentence, rng: random.Random, share: float) -> Sentence:
    """Now and then a sentence in capitals or without any, as headlines and chats are."""
    draw = rng.random()
    if draw > share:
        return sentence
    words = [w.upper() if draw < share / 2 else w.lower() for w in sentence.words]
    return Sentence(words, sentence.gaps, {kind: labels for kind, labels in sentence.labels.items() if kind != "lemmas"})


def windows(document: Document, budget: int, rng: random.Random, case_share: float) -> Iterator[list[Sentence]]:
    """Runs of neighbouring sentences of up to about `budget` words."""
    run: list[Sentence] = []
    length = 0
    for sentence in document:
        if run and length + len(sentence.words) > budget:
            yield run
            run, length = [], 0
        run.append(shuffled_case(sentence, rng, case_share))
        length += len(sentence.words)
    if run:
        yield run
