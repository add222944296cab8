"""Sentences with other names in them: what stands around a name has to tell its kind, not the name itself.

Mention replacement (Dai and Adel 2020, "An analysis of simple data augmentation for named entity recognition"): each name gives way, with a
chance of its own, to one of the same kind from anywhere in the sources of names. Nothing but the names is kept of what a sentence was marked with.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.language.labels import GAPS, NAME_TAGS
from training.data import Sentence

_CHANCE = 0.5
_JOINED, _SPACE = GAPS.index("joined"), GAPS.index("space")
_BEGINS = sum(1 << i for i, tag in enumerate(NAME_TAGS) if tag.startswith("B-"))
_INSIDE = sum(1 << i for i, tag in enumerate(NAME_TAGS) if tag.startswith("I-"))
_LONGEST = 6

Mention = tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]
"""Words, gaps and masks of one name; the gap of its first word is that of the place where it will stand."""


def spans(masks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First word and one past the last of each name that is surely one: all its tags begin or go on with a name."""
    start = None
    for i, mask in enumerate([*masks, 0]):
        if start is not None and not (mask and mask & ~_INSIDE == 0):
            yield start, i
            start = None
        if mask and mask & ~_BEGINS == 0:
            start = i


def pool(sentences: Iterable[Sentence]) -> dict[int, list[Mention]]:
    """All names of the sentences by the mask of their first word."""
    found: dict[int, set[Mention]] = defaultdict(set)
    for sentence in sentences:
        masks = [int(mask) for mask in sentence.labels.get("names", ())]
        for first, last in spans(masks):
            if last - first <= _LONGEST:
                mention = (tuple(sentence.words[first:last]), tuple(sentence.gaps[first:last]), tuple(masks[first:last]))
                found[masks[first]].add(mention)
    return {mask: sorted(mentions) for mask, mentions in found.items()}


def swapped(sentence: Sentence, names: Mapping[int, Sequence[Mention]], rng: random.Random) -> Sentence:
    """The sentence with some of its names replaced."""
    masks = [int(mask) for mask in sentence.labels["names"]]
    words, gaps, tags, at = list[str](), list[int](), list[int](), 0
    for first, last in spans(masks):
        if masks[first] not in names or rng.random() > _CHANCE:
            continue
        new_words, new_gaps, new_masks = rng.choice(names[masks[first]])
        words += [*sentence.words[at:first], *new_words]
        gaps += [*sentence.gaps[at:first], sentence.gaps[first], *new_gaps[1:]]
        tags += [*masks[at:first], *new_masks]
        at = last
    return Sentence(words + sentence.words[at:], gaps + sentence.gaps[at:], {"names": tags + masks[at:]})
