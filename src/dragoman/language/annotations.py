"""★ What the words are: tokens, sentences, the dependency tree and names, each tied to characters of the text.

Tokens are the syntactic words of Universal Dependencies ("don't" is "do" and "n't"). `Token.head` is an index into
`Annotations.tokens`, so that a tree is walked without converting between sentence and document numbering.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from dragoman.text.report import Span

Voice = tuple[float, float, float, float]
"""The chances of a word to stand in a source, in a cue, in a content, and to begin a content; all 0 where no head has told."""

Links = tuple[tuple[int, float], ...]
"""The cues that a word belongs to, each by the index of its first token, with the chance of it."""


@dataclass(slots=True)
class Token:
    """One syntactic word: `text` is `report.text[start:end]`; `head` is the index of its governor, -1 for a root.

    `upos`, `feats` and `relation` are UD's (`relation` with its subtype: "nsubj:pass"); `lemma` is in lower case except
    for proper nouns. `sentence` is the index of its sentence. `score` is the model's probability of the arc, 0 to 1.
    `act` is the PLOVER type that the model finds likeliest for the word, `act_score` the probability of it ("" and 0 in
    a tree that no model made). `voice` and `links` are what the heads for attribution say of it.
    `factuality` tells of a predicate how sure it is that it happened, -3 to 3 (UDS-IH2's scale); 0 is open.
    `lower` is the text in lower case, with typographic apostrophes made plain: the rules ask for it twenty times a word.
    Nobody changes a token; the class is not frozen because one is made for every word, and a frozen one takes ten times as long.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    feats: Mapping[str, str]
    head: int
    relation: str
    sentence: int
    score: float = 1.0
    act: str = ""
    act_score: float = 0.0
    factuality: float = 0.0
    voice: Voice = (0.0, 0.0, 0.0, 0.0)
    links: Links = ()
    lower: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.lower = self.text.lower().replace("\u2019", "'")

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (one past the end) and the characters from the first one's start to the last one's end."""

    index: int
    start: int
    end: int
    first: int
    last: int
    paragraph: int

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: tokens `first` to `last` (one past the end).

    `kind`: PERSON, ORGANIZATION, PLACE, NATIONALITY, EVENT, FACILITY.
    """

    start: int
    end: int
    first: int
    last: int
    kind: str
    score: float

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.start, self.end)


_Arc = tuple[str, str, Token]
"""To a dependent: its relation, the same without its subtype, and the dependent."""


@cache
def _without_subtype(relation: str) -> str:
    return relation.split(":")[0]


@dataclass(frozen=True)
class Annotations:
    """Everything that the language model says about one text, with the ways to walk the tree."""

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    names: Sequence[Name] = field(default=())

    @cached_property
    def _below(self) -> list[list[_Arc]]:
        """For each token the arcs to its dependents in text order."""
        below: list[list[_Arc]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                below[token.head].append((token.relation, _without_subtype(token.relation), token))
        return below

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _name_at(self) -> dict[int, Name]:
        return {index: name for name in self.names for index in range(name.first, name.last)}

    def with_names(self, names: Sequence[Name]) -> Annotations:
        """The same words and trees with other names."""
        made = replace(self, names=names)
        made.__dict__.update(_below=self._below, _starts=self._starts)  # tables that do not change need not be made again
        return made

    def children(self, token: Token, *relations: str) -> list[Token]:
        """Its direct dependents in text order; with `relations`, only those (a bare "nsubj" also takes "nsubj:pass")."""
        below = self._below[token.index]
        if not below or not relations:
            return [t for _, _, t in below] if below else []
        return [t for relation, bare, t in below if relation in relations or bare in relations]

    def child(self, token: Token, *relations: str) -> Token | None:
        """The first such dependent, or None."""
        for relation, bare, below in self._below[token.index]:
            if not relations or relation in relations or bare in relations:
                return below
        return None

    def head(self, token: Token) -> Token | None:
        """Its governor, or None for a root."""
        return self.tokens[token.head] if token.head >= 0 else None

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Its governor, that one's governor, and so on up to the root."""
        tokens, seen, at = self.tokens, token.index, token.head
        while at >= 0 and at != seen:
            yield tokens[at]
            at = tokens[at].head

    def subtree(self, token: Token, *, without: Sequence[str] = ()) -> list[Token]:
        """The token and all below it, in text order; branches whose relation is in `without` are left out."""
        if not self._below[token.index]:
            return [self.tokens[token.index]]
        found, stack = {token.index}, [token.index]
        while stack:
            for relation, bare, below in self._below[stack.pop()]:
                if below.index not in found and relation not in without and bare not in without:
                    found.add(below.index)
                    stack.append(below.index)
        return [self.tokens[i] for i in sorted(found)]

    def span_of(self, tokens: Sequence[Token]) -> Span:
        """From the first character of the first to the last character of the last."""
        return Span(min(t.start for t in tokens), max(t.end for t in tokens))

    def sentence_of(self, token: Token) -> Sentence:
        """The sentence that it stands in."""
        return self.sentences[token.sentence]

    def tokens_of(self, sentence: Sentence) -> Sequence[Token]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def root(self, sentence: Sentence) -> Token:
        """The token of the sentence that has no governor."""
        return next((t for t in self.tokens_of(sentence) if t.head < 0), self.tokens[sentence.first])

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens that share a character with the span."""
        first = bisect_right(self._starts, span.start) - 1
        if first < 0 or self.tokens[first].end <= span.start:
            first += 1
        return list(self.tokens[first : bisect_left(self._starts, span.end)])

    def name_at(self, token: Token) -> Name | None:
        """The name that the token is part of, or None."""
        return self._name_at.get(token.index)
