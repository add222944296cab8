"""What the encoder's own heads say about who speaks: runs of words that stand in a source, in a cue, in a content.

The heads give every word its chances (`Token.voice`) and the cues that it may belong to (`Token.links`); they know hardly
anything of clauses and quotation marks. The contents of a cue are therefore found as the likeliest way through its
surroundings in which a content pays for beginning or ending where nobody would begin or end one: in the middle of a phrase,
inside a quotation. A text whose chances are all zero (no model, or one without these heads) has no runs, and the rules are alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from math import inf, log, sqrt

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.statements.quotations import Quotation

SOURCE, CUE, CONTENT, BEGINNING = range(4)
"""The places of the chances in `Token.voice`."""

_STEPS, _LEAST = 200, 0.02  # logarithms of chances are looked up; none counts as smaller than the second
_LOGS = [log(max(_LEAST, step / _STEPS)) for step in range(_STEPS + 1)]
_SURE, _LIKELY = 0.5, 0.3  # a run of a source or a cue goes on at the second and needs the first somewhere
_EDGE = 0.8  # cost of a content's edge anywhere
_WEAK, _BREAK = 0.5, 2.5  # what it costs more before a preposition or conjunction, and inside a phrase
_SOME = 0.2  # a token below that tells not where to look for a content
_SOURCE = 0.2  # mean chance of a source's words to belong to a cue from which on it is that cue's
_TREE = 0.5  # what the tree's word for a link weighs beside the heads'
_HIGHEST = 60  # steps up the tree
_REACH = 300  # tokens between a cue and the end of its content
_QUOTED = 3.0  # cost of an edge inside a quotation
_ANEW = 2.0  # what a content costs more that follows on another one without a word between
_RAREST = -3.0  # log chance of beginning a content below which it says no more
_BEGINS = 0.35  # weight of the chance of beginning a content
_TEMPER = 0.7  # what one sure word says about where a content ends, beside `_KNOWN` in linking.py
_ALIEN = 4.0  # cost of a cue inside a content where the rules have it outside
_STOPS = frozenset({
    ",", ".", ";", ":", "!", "?", "--", "—", "–", "(", ")",
    '"', "“", "”", "``", "''", "‘", "’", "'", "‘‘", "’’", "«", "»",
})  # fmt: skip
_JOINTS = frozenset({"SCONJ", "CCONJ", "ADP", "PART"})


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `first` to `last` (one past the end) that a head holds to be one source, cue or content."""

    first: int
    last: int

    def __contains__(self, index: int) -> bool:
        return self.first <= index < self.last

    def gap(self, other: Run) -> int:
        """How many tokens stand between two runs; 0 if none do or they overlap."""
        return max(0, other.first - self.last, self.first - other.last)


@dataclass(frozen=True)
class Hints:
    """What the rules know of contents: the characters where they begin and end, and tokens (by index) that stand in none."""

    edges: Collection[int] = ()
    outside: Collection[int] = ()


class Evidence:
    """The runs of a text, and what the heads hold of any stretch of it."""

    def __init__(self, annotations: Annotations, quotations: Sequence[Quotation], hints: Hints) -> None:
        self._annotations = annotations
        self._quotations = [q for q in quotations if q.depth == 0]
        self._hints = hints
        self.told = any(t.voice[CUE] > _SURE for t in annotations.tokens)

    @cached_property
    def sources(self) -> list[Run]:
        """The likely sources in text order."""
        return self._simple(SOURCE)

    @cached_property
    def cues(self) -> list[Run]:
        """The likely cues in text order."""
        return self._simple(CUE)

    @cached_property
    def contents(self) -> list[list[Run]]:
        """For each of `cues` the contents that belong to it in text order; one cue may stand in a content of another."""
        return [self._contents_of(cue, chances) for cue, chances in zip(self.cues, self._chances, strict=True)]

    def _contents_of(self, cue: Run, chances: Mapping[int, float]) -> list[Run]:
        likely = [i for i, chance in chances.items() if chance > _SOME]
        if not likely:
            return []
        tokens, sentences = self._annotations.tokens, self._annotations.sentences
        first, last = sentences[tokens[min(likely)].sentence].first, sentences[tokens[max(likely)].sentence].last
        return self._best_way(tokens[max(first, cue.first - _REACH) : min(last, cue.last + _REACH)], chances)

    @cached_property
    def _chances(self) -> list[dict[int, float]]:
        """For each cue the tokens that may stand in its content, with the chance of it.

        A word belongs to the innermost cue around it; what belongs to a cue inside another's content belongs to that as well.
        """
        shares, tokens = self._shares, self._annotations.tokens
        around = [shares[cue.first] for cue in self.cues]
        sums: list[dict[int, float]] = [{} for _ in self.cues]
        for token, share in zip(tokens, shares, strict=True):
            for at, chance in share.items():
                if token.index in self.cues[at]:
                    continue
                own = chance * (1 - token.voice[SOURCE]) if token.voice[SOURCE] > _SURE else chance
                sums[at][token.index] = sums[at].get(token.index, 0.0) + own
                for outer, held in around[at].items():
                    if outer != at:
                        sums[outer][token.index] = sums[outer].get(token.index, 0.0) + chance * held
        return [{i: sqrt(min(1.0, chance) * tokens[i].voice[CONTENT]) for i, chance in of.items()} for of in sums]

    @cached_property
    def _shares(self) -> list[dict[int, float]]:
        """For each token the cues (by their place in `cues`) that it may belong to, with the chance of each."""
        at = {index: place for place, cue in enumerate(self.cues) for index in range(cue.first, cue.last)}
        above_all = self._cues_above(at)
        found: list[dict[int, float]] = []
        for token in self._annotations.tokens:
            share: dict[int, float] = {}
            for index, chance in token.links:
                if index in at:
                    share[at[index]] = share.get(at[index], 0.0) + chance * (1 - _TREE)
            above = above_all[token.index]
            if above is not None:
                share[above] = share.get(above, 0.0) + _TREE
            found.append(share)
        return found

    def _cues_above(self, at: Mapping[int, int]) -> list[int | None]:
        """For each token the cue that it hangs below, the lowest if there are several."""
        tokens = self._annotations.tokens
        known: dict[int, int | None] = dict(at)  # of a token: the cue that it stands in, else the one that it hangs below
        for token in tokens:
            path, index = [], token.index
            while index >= 0 and index not in known:
                known[index] = None  # until more is known: no tree keeps us here for ever
                path.append(index)
                index = tokens[index].head
            known |= dict.fromkeys(path, known.get(index))
        return [self._other_above(token, at) if token.index in at else known[token.index] for token in tokens]

    def _other_above(self, token: Token, at: Mapping[int, int]) -> int | None:
        """The lowest cue that a word of a cue hangs below."""
        cues = (at.get(above.index) for above in islice(self._annotations.ancestors(token), _HIGHEST))
        return next((cue for cue in cues if cue is not None and cue != at[token.index]), None)

    def source_of(self, place: int) -> Run | None:
        """The likeliest source of the cue at a place in `cues`."""
        cue, tokens = self.cues[place], self._annotations.tokens
        best: tuple[float, Run] | None = None
        for run in _between(self.sources, cue.first - _REACH + 1, cue.first + _REACH):
            linked = sum(self._shares[i].get(place, 0.0) * tokens[i].voice[SOURCE] for i in range(run.first, run.last))
            mean = linked / (run.last - run.first)
            if mean > _SOURCE and (best is None or mean > best[0]):
                best = (mean, run)
        return best[1] if best else None

    def sources_of(self, sentence: int) -> Sequence[Run]:
        """The likely sources of one sentence."""
        return self._by_sentence(self.sources, sentence)

    def cues_of(self, sentence: int) -> Sequence[Run]:
        """The likely cues of one sentence."""
        return self._by_sentence(self.cues, sentence)

    def held(self, first: int, last: int) -> float:
        """How much the heads speak for a content of tokens `first` to `last` (one past the end); less than nothing: against it."""
        return self._odds[last] - self._odds[first]

    @cached_property
    def _odds(self) -> list[float]:
        return [0.0, *accumulate(2 * _TEMPER * (t.voice[CONTENT] - 0.5) for t in self._annotations.tokens)]

    def _by_sentence(self, runs: Sequence[Run], number: int) -> Sequence[Run]:
        sentence = self._annotations.sentences[number]
        return _between(runs, sentence.first, sentence.last)

    def _simple(self, kind: int) -> list[Run]:
        """Runs inside one sentence that are likely all along and sure somewhere."""
        runs: list[list[Token]] = []
        for token in self._annotations.tokens:
            if token.voice[kind] <= _LIKELY or (kind == CUE and token.text == ","):
                continue
            if runs and runs[-1][-1].index == token.index - 1 and runs[-1][-1].sentence == token.sentence:
                runs[-1].append(token)
            else:
                runs.append([token])
        sure = (_without_marks(run) for run in runs if max(t.voice[kind] for t in run) > _SURE)
        return [Run(run[0].index, run[-1].index + 1) for run in sure if run]

    def _best_way(self, tokens: Sequence[Token], chances: Mapping[int, float]) -> list[Run]:
        """The likeliest division of a stretch into contents and other words (a Viterbi search over two states).

        `chances`: by index the chance of a token to stand in one; of others it is nothing.
        """
        outside, inside = 0.0, -inf
        back: list[tuple[int, bool]] = []
        for token, cost in zip(tokens, self._edge_costs(tokens), strict=True):
            chance, start = chances.get(token.index, 0.0), token.voice[BEGINNING]
            into, not_into = _LOGS[int(_STEPS * chance)], _LOGS[int(_STEPS * (1 - chance))]
            begins = _BEGINS * max(_RAREST, _LOGS[int(_STEPS * start)] - into) - cost
            fresh, stays, anew = outside + begins, inside + _BEGINS * _LOGS[int(_STEPS * (1 - start))], inside + begins - _ANEW
            way, best = (0, fresh) if fresh >= stays and fresh >= anew else (1, stays) if stays >= anew else (2, anew)
            left = inside - cost > outside
            back.append((way, left))
            outside = (inside - cost if left else outside) + not_into
            inside = best + into - (_ALIEN if token.index in self._hints.outside else 0.0)
        return _traced(tokens, back, inside > outside)

    def _edge_costs(self, tokens: Sequence[Token]) -> Iterator[float]:
        """For each token of a stretch what an edge of a content right before it costs."""
        edges = self._hints.edges
        before: Token | None = None
        for token in tokens:
            if before is None or token.start in edges or before.end in edges:
                yield 0.0
            elif self._within_quotation[token.index]:
                yield _QUOTED
            else:
                yield _edge_cost(before, token)
            before = token

    @cached_property
    def _within_quotation(self) -> list[bool]:
        """For each token whether a quotation goes on from the token before it."""
        inside = [False] * len(self._annotations.tokens)
        starts = [t.start for t in self._annotations.tokens]
        for quotation in self._quotations:
            low, high = bisect_left(starts, quotation.inner.start + 1), bisect_left(starts, quotation.inner.end)
            inside[low:high] = [True] * max(0, high - low)
        return inside


def _between(runs: Sequence[Run], first: int, last: int) -> Sequence[Run]:
    """Those of the runs, in text order, that begin with a token from `first` to `last` (one past the end)."""
    low, high = (bisect_left(runs, index, key=lambda run: run.first) for index in (first, last))
    return runs[low:high]


def _without_marks(run: Sequence[Token]) -> Sequence[Token]:
    """A run without punctuation at its edges, unless it is nothing else (a colon may be a cue)."""
    words = [i for i, t in enumerate(run) if t.upos != "PUNCT"]
    return run[words[0] : words[-1] + 1] if words else run


def _traced(tokens: Sequence[Token], back: Sequence[tuple[int, bool]], within: bool) -> list[Run]:
    """The runs along the best way, read from its end; punctuation at their edges falls away."""
    runs: list[Sequence[Token]] = []
    last = len(tokens)
    for place in range(len(tokens) - 1, -1, -1):
        way, left = back[place]
        if within and way != 1:
            runs.append(_without_marks(tokens[place:last]))
            within, last = way == 2, place
        elif not within and left:
            within, last = True, place
    return [Run(run[0].index, run[-1].index + 1) for run in reversed(runs) if any(t.text[0].isalnum() for t in run)]


def _edge_cost(before: Token, token: Token) -> float:
    """What an edge between two neighbours costs: little at a stop, a quotation mark or a cue, much inside a phrase."""
    if before.text in _STOPS or token.text in _STOPS:
        return _EDGE
    if before.voice[CUE] > _LIKELY or token.voice[CUE] > _LIKELY or before.voice[SOURCE] > _LIKELY or token.voice[SOURCE] > _LIKELY:
        return _EDGE
    if token.upos in _JOINTS or token.feats.get("PronType") == "Rel":
        return _EDGE + _WEAK
    return _EDGE + _BREAK
