"""Characters -> words: a tokenizer that follows the conventions of the English UD treebanks.

Hyphenated words are split at their hyphens, contractions into their parts ("do|n't", "Gil|'s"), currency signs and
percent signs stand alone, abbreviations keep their full stop. Every character that is not white space belongs to
exactly one word, so that words always map back to the untouched text. Sentence boundaries come from the encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.lexicons.load import load
from dragoman.text.report import Span

_CHUNK = re.compile(r"\S+")
_MAX_CHUNK = 300  # a longer run without white space is no word of any language: it is cut, so that no pattern runs long

_WORD = re.compile(
    r"""
      (?P<web>(?:https?://|www\.)[^\s<>"]+[^\s<>".,;:!?)\]'’”]
        |[\w.+-]+@[\w-]+(?:\.[\w-]+)*)
    | (?P<smile>[:;=8][-o*']?[()\[\]DPp/\\|](?![\w])|<3+|\^_+\^)
    | (?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?=[ap]\.?m\b))
    | (?P<date>\d{1,4}(?:/\d{1,4}){1,2}|\d{4}-\d{2}-\d{2}|\d{1,2}(?::\d{2}){1,2})(?![\w/])
    | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
    | (?P<decade>['’]?\d+s\b)
    | (?P<dotted>[^\W\d_]\w+(?:\.[^\W_]{2,})+)
    | (?P<number>[-+]?\d+(?:[.,]\d+)*|[.,]\d+(?:[.,]\d+)*)
    | (?P<acronym>(?:[^\W\d_]\.){2,}|[^\W\d_](?:\.[^\W\d_])+\.?)
    | (?P<ampersand>[A-Z]{1,3}&[A-Z]{1,3}\b)
    | (?P<prefixed>(?i:e|co|re|pre|non|anti|mid|multi|semi|ex)-[a-z]\w*)
    | (?P<word>[^\W\d_][\w\u0300-\u036f]*(?:['’][^\W\d_]+)*)
    | (?P<dots>\.{2,}|…+)
    | (?P<dashes>-{2,}|[-‐-―−]|_{2,}|={2,}|\*{2,}|~{2,})
    | (?P<quotes>``|''|<<|>>)
    | (?P<marks>[!?]{2,})
    | (?P<rest>\w[\w\u0300-\u036f]*|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CLITIC = re.compile(r"(?i)(?<=\w)(n['’]t|['’](?:s|m|d|re|ve|ll))$")
_SPLIT_WORDS = {
    "cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3, "dunno": 2, "whatcha": 3, "outta": 3,
    "dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3, "cant": 2, "wont": 2, "couldnt": 5, "wouldnt": 5,
}  # fmt: skip


def words_in(text: str, within: Span | None = None) -> list[Span]:
    """The words of a stretch of text (all of it by default) as spans in text order, offsets into `text`."""
    within = within or Span(0, len(text))
    found: list[Span] = []
    for chunk in _CHUNK.finditer(text, within.start, within.end):
        first, last = chunk.span()
        if last - first < _MAX_CHUNK and (end := _end_of_letters(text, first, last)):
            found.append(Span(first, end))
            if end < last:
                found.append(Span(end, last))
            continue
        for start in range(first, last, _MAX_CHUNK):
            found.extend(_words_of_chunk(text, Span(start, min(start + _MAX_CHUNK, last)), within))
    return found


def _end_of_letters(text: str, first: int, last: int) -> int:
    """Where the word of a chunk of nothing but letters ends, perhaps before a comma: most chunks are; 0 for others."""
    end = last - 1 if text[last - 1] == "," else last
    form = text[first:end]
    return end if form.isalpha() and form.lower() not in _SPLIT_WORDS else 0


def _words_of_chunk(text: str, chunk: Span, within: Span) -> Iterator[Span]:
    at = chunk.start
    while at < chunk.end:
        match = _WORD.match(text, at, chunk.end)
        end = match.end() if match else at + 1
        kind = match.lastgroup if match else None
        if kind == "number" and text[at] in "+-" and at > chunk.start:
            end = at + 1  # "10-20": the sign is a dash
        elif kind == "word":
            end = _with_full_stop(text, Span(at, end), within)
        if kind == "word":
            yield from _parts(text, Span(at, end))
        else:
            yield Span(at, end)
        at = end


def _with_full_stop(text: str, word: Span, within: Span) -> int:
    """The end of the word, one further if the full stop behind it belongs to an abbreviation."""
    end = word.end
    if end >= within.end or text[end] != "." or text[end : end + 2] == "..":
        return end
    form = text[word.start : end]
    if form.lower() in ("no", "nos", "art", "sec", "fig", "vol") and not text[end + 1 : end + 3].strip()[:1].isdigit():
        return end
    last = end + 1 >= within.end
    if len(form) == 1 and form.isupper() and form != "I" and not last:
        return end + 1
    if form.lower() in _ABBREVIATIONS and (form[0].isupper() or form.lower() in _SMALL):
        return end + 1
    return end


_LISTS = load("abbreviations")
_SMALL: frozenset[str] = frozenset(_LISTS["any_case"])
_ABBREVIATIONS: frozenset[str] = frozenset(_LISTS["capitalised"]) | _SMALL


def _parts(text: str, word: Span) -> Iterator[Span]:
    """A word cut where UD cuts it: before a clitic, or inside a contraction that is written as one word."""
    form = text[word.start : word.end]
    cut = _SPLIT_WORDS.get(form.lower())
    if cut:
        yield Span(word.start, word.start + cut)
        yield Span(word.start + cut, word.end)
        return
    clitic = _CLITIC.search(form)
    if clitic and clitic.start() > 0:
        yield from _parts(text, Span(word.start, word.start + clitic.start()))
        yield Span(word.start + clitic.start(), word.end)
        return
    yield from _at_apostrophes(text, word)


def _at_apostrophes(text: str, word: Span) -> Iterator[Span]:
    """A name such as O'Neill stays whole; a stray quotation mark between two words does not join them."""
    form = text[word.start : word.end]
    at = max(form.find("'"), form.find("’"))
    if at > 3:
        yield Span(word.start, word.start + at)
        yield Span(word.start + at, word.start + at + 1)
        yield from _parts(text, Span(word.start + at + 1, word.end))
    else:
        yield word
