"""Hand-made trees for the tests of acts: one line a sentence, words between bars, and a cast of the words that act."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.language.annotations import Annotations, Name, Sentence, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Actor, Kind


def tree(*sentences: str) -> Annotations:
    """Trees from "word[:lemma] UPOS relation head [Feature=Value ...] | ..."; heads count from 1 in their sentence.

    A sentence that begins with "¶" opens a paragraph; "@" before a word makes it the name of a place.
    """
    tokens: list[Token] = []
    built: list[Sentence] = []
    names: list[Name] = []
    text, paragraph = "", 0
    for number, sentence in enumerate(sentences):
        if sentence.startswith("¶"):
            sentence, paragraph, text = sentence[1:], paragraph + 1, text + "\n"
        first = len(tokens)
        for row in (part.split() for part in sentence.split("|")):
            word, _, lemma = row[0].removeprefix("@").partition(":")
            text += " " if text else ""
            start, text = len(text), text + word
            index, head = len(tokens), int(row[3])
            if row[0].startswith("@"):
                names.append(Name(start, len(text), index, index + 1, "PLACE", 0.9))
            feats = dict(pair.split("=") for pair in row[4:])
            above = first + head - 1 if head else -1
            tokens.append(Token(index, start, len(text), word, lemma or word.lower(), row[1], feats, above, row[2], number))
        built.append(Sentence(number, tokens[first].start, len(text), first, len(tokens), paragraph))
    return Annotations(text, tokens, built, names)


def cast(annotations: Annotations, people: Mapping[str, Kind], pronouns: Mapping[str, str] | None = None) -> Cast:
    """Each of these words is an actor of that kind whose id is the word; a pronoun means the word given for it."""
    actors: dict[str, Actor] = {}
    by_token: dict[int, str] = {}
    for token in annotations.tokens:
        word = (pronouns or {}).get(token.lower, token.text)
        if word in people:
            mentions = (*(actors[word].mentions if word in actors else ()), token.span)
            actors[word] = Actor(word, word, people[word], None, (), (), mentions)
            by_token[token.index] = word
    return Cast(tuple(actors.values()), by_token)


def token(annotations: Annotations, word: str) -> Token:
    """The first token of that text."""
    return next(t for t in annotations.tokens if t.text == word)
