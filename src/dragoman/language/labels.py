"""The label sets of the encoder's heads; training reads the same file that the decoder does.

Fixed sets stand here; the open ones (relations, morphology, lemma rules) are counted from the training data and ship
beside the weights in `weights/labels.json`. A new head on words is one entry in `WORD_HEADS` and one in the training recipe
(`training/recipe.py`): the network, the batches, the export and the decoder go over the table.
"""

from __future__ import annotations

from collections.abc import Mapping

UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip

NAME_KINDS = ("PERSON", "ORGANIZATION", "PLACE", "NATIONALITY", "EVENT", "FACILITY")
"""Kinds of proper names; tags are B- and I- of each, and O."""

NAME_TAGS = ("O", *(f"{prefix}-{kind}" for kind in NAME_KINDS for prefix in "BI"))

ACTS = (
    "O", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""The act that a word names, as a PLOVER type, or O."""

RELATION_ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "ACCUSE", "REQUEST",
    "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
)  # fmt: skip
"""What one actor does to another, as the PLV corpus has it: PLOVER's types, CONCEDE and RETREAT together as YIELD."""

FACTUALITY = ("-3", "-2", "-1", "0", "1", "2", "3")
"""Whether what a predicate tells happened: from surely not to surely, the scale of UDS-IH2 (Rudinger et al. 2018)."""

SPAN_TAGS = ("O", "B", "I")
"""Tags of heads that mark one kind of span: outside, at its beginning, further in it."""

WORD_HEADS: Mapping[str, tuple[str, ...]] = {
    "boundary": ("inside", "start"),
    "upos": UPOS,
    "feats": (),
    "lemmas": (),
    "names": NAME_TAGS,
    "acts": ACTS,
    "factuality": FACTUALITY,
    "sources": SPAN_TAGS,
    "cues": SPAN_TAGS,
    "contents": SPAN_TAGS,
}
"""Heads that give every word a label. () means that the labels are counted from the training data."""

SCORED_HEADS = ("boundary", "names", "acts", "factuality", "sources", "cues", "contents")
"""Of these the decoder gets the score of every label; of the others only the best label."""

SHAPES = ("lower", "title", "upper", "mixed", "number", "symbol", "other", "none")
"""Letter case of a word, given back to an uncased encoder as a learned embedding ("none" is for special pieces)."""

GAPS = ("joined", "space", "break")
"""What stands before a word: nothing, white space, or a paragraph break."""


def shape_of(word: str) -> int:
    """The index into SHAPES of a word as written."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES.index("number" if any(c.isdigit() for c in word) else "symbol")
    if all(not c.isupper() and not c.islower() for c in letters):
        return SHAPES.index("other")
    if not any(c.isupper() for c in letters):
        return SHAPES.index("lower")
    if not any(c.islower() for c in letters):
        return SHAPES.index("title" if len(letters) == 1 else "upper")
    if letters[0].isupper() and not any(c.isupper() for c in letters[1:]):
        return SHAPES.index("title")
    return SHAPES.index("mixed")


def apply_lemma_rule(rule: str, word: str) -> str:
    """Turns a word into its lemma. A rule is "cut:add" or "cut:add:keep", where `keep` keeps the letter case.

    "3:y" makes "studies" into "study"; a whole-word rule "=be" gives "be".
    """
    if rule.startswith("="):
        return rule[1:]
    cut, add, *keep = rule.split(":")
    base = word if keep else word.lower()
    return base[: len(base) - int(cut)] + add if int(cut) <= len(base) else base


def lemma_rule(word: str, lemma: str) -> str:
    """The rule that `apply_lemma_rule` turns back into `lemma`; the shortest cut that works."""
    for base, keep in ((word.lower(), ""), (word, ":keep")):
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if common or len(base) <= 4:
            return f"{len(base) - common}:{lemma[common:]}{keep}"
    return f"={lemma}"
