"""Annotations without a model: words and sentences by a plain pattern, no tags, no tree. Rules must hold there too."""

from __future__ import annotations

import re

from dragoman.language.annotations import Annotations, Sentence, Token

_WORD = re.compile(r"[^\W\d_]+|\d[\d,.]*\d|\d|\S")


def plain(text: str) -> Annotations:
    """Tokens with upos "X"; a sentence ends at a full stop before a capital."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    first = 0
    found = list(_WORD.finditer(text))
    for i, word in enumerate(found):
        above = -1 if i == first else first
        tokens.append(Token(i, *word.span(), word.group(), word.group().lower(), "X", {}, above, "dep", len(sentences)))
        follows = text[word.end() : word.end() + 2].strip()
        if i + 1 == len(found) or (word.group() == "." and follows.isupper()):
            sentences.append(Sentence(len(sentences), tokens[first].start, word.end(), first, i + 1, 0))
            first = i + 1
    return Annotations(text, tokens, sentences)
