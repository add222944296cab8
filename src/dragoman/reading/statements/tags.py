"""The tags of news prose, "..., Gil said on Friday" and "..., said Gil": read from the order of the words.

They stand in so fixed a place that word order finds them even where the tree is wrong: behind a comma or a quotation,
a name and a plain reporting verb, and no clause behind it. The tree is asked first; a tag corrects it when the two
disagree on whose verb it is or on where the reported words end.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.language.annotations import Annotations, Sentence, Token
from dragoman.reading.statements.reporting import reporting_words, verb_lemma

_BOUNDARY = frozenset({",", '"', "''", "”", "’’", "»", "--", "—", "–", "?", "!", "’", "'"})
_CLOSING = frozenset({'"', "''", "”", "’’", "»", "’"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART", "SYM", "X"})
_BEGINS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "X"})
_CLAUSAL = frozenset({"VERB", "AUX", "SCONJ"})
_OPENS = ("SCONJ", "ADP", "ADV")  # "if it rains, he said, ...", "in May, he said, ..."
_QUOTES = frozenset({'"', "``", "“", "«", "‘"})
_QUOTED = 5  # tokens: a shorter quotation at the head of a sentence may be a title
_LEADS_IN = frozenset({":", '"', "``", "“"})
_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "week", "month", "year",
})  # fmt: skip
_AIMS = frozenset({"to", "for", "from", "against", "that"})  # "..., promised Gil to the court"
_LONGEST = 14  # tokens of a speaker's phrase


@dataclass(frozen=True)
class Tag:
    """Tokens `first` to `last` (one past the end) of a sentence are "Gil said on Friday"; `speaker` heads the name."""

    verb: Token
    speaker: Token
    first: int
    last: int


def tags_of(annotations: Annotations, sentence: Sentence) -> list[Tag]:
    """The tags of a sentence in text order."""
    found: list[Tag] = []
    for verb in annotations.tokens_of(sentence):
        if verb.upos == "VERB" and _reports_here(annotations, verb) and _is_finite(annotations, verb):
            tag = _tag(annotations, sentence, verb)
            if tag is not None and (found or _has_clause(annotations.tokens[sentence.first : tag.first]) or _is_inserted(annotations, tag)):
                found.append(tag)
    return found


def _reports_here(annotations: Annotations, verb: Token) -> bool:
    """A plain reporting verb anywhere, and any that takes a quotation right behind one: `"...," screamed Rosa`."""
    if verb_lemma(verb) in reporting_words().words["plain"]:
        return True
    before = annotations.tokens[max(0, verb.index - 2) : verb.index]
    comma = bool(before) and before[-1].text == ","
    behind_quotation = any(t.text in _CLOSING for t in (before if comma else before[-1:]))
    if behind_quotation and "quote" in reporting_words().frames.get(verb_lemma(verb), ()):
        return True
    return comma and is_inverted(annotations, verb)


def is_inverted(annotations: Annotations, verb: Token) -> bool:
    """Whether a verb behind a comma or a quotation has nothing but a name behind it, up to the end of its clause: "..., urged Gil."."""
    tokens, last = annotations.tokens, annotations.sentence_of(verb).last
    if verb_lemma(verb) not in reporting_words().words["inverted"] or not verb.index or tokens[verb.index - 1].text not in _BOUNDARY:
        return False
    name = list(itertools.takewhile(_in_name, tokens[verb.index + 1 : min(last, verb.index + 1 + _LONGEST)]))
    behind = verb.index + 1 + len(name)
    reported = any(t.index < verb.index for t in annotations.children(verb, "ccomp"))
    named = any(t.upos == "PROPN" or reported for t in name) and name[0].upos in _BEGINS and not any(t.lower in _AIMS for t in name)
    return named and annotations.child(verb, "xcomp") is None and (behind >= last or tokens[behind].text in (".", ",", "!", "?"))


def _is_finite(annotations: Annotations, verb: Token) -> bool:
    before = annotations.tokens[verb.index - 1] if verb.index else None
    helped = before is not None and (before.upos == "AUX" or before.lower in ("to", "not", "n't"))
    return not helped and not verb.lower.endswith("ing")


def _tag(annotations: Annotations, sentence: Sentence, verb: Token) -> Tag | None:
    """The tag around a verb: its name before it or behind it, and nothing with a verb up to the next comma."""
    tokens = annotations.tokens
    first = verb.index
    while first > sentence.first and _in_name(tokens[first - 1]) and verb.index - first < _LONGEST:
        first -= 1
    if first == sentence.first or tokens[first - 1].text not in _BOUNDARY:
        return None
    last = verb.index + 1
    while last < sentence.last and tokens[last].text not in _BOUNDARY | {".", ":", ";", "``", "“"}:
        last += 1
    behind = tokens[verb.index + 1 : last]
    if last < sentence.last and tokens[last].text in _LEADS_IN:
        return None
    if any(t.upos in _CLAUSAL for t in behind):
        return None
    if first < verb.index:
        run: Sequence[Token] = tokens[first : verb.index]
    else:
        run = behind if verb_lemma(verb) != "tell" else ()
    if not run or run[0].upos not in _BEGINS or run[0].feats.get("PronType") == "Rel" or verb.feats.get("Mood") == "Imp":
        return None
    speaker = _head_of(run)
    return Tag(verb, speaker, first, last) if speaker is not None else None


def _in_name(token: Token) -> bool:
    return token.upos in _NOMINAL or token.text in ("-", ".", "&", "/", "(", ")")


def _head_of(run: Sequence[Token]) -> Token | None:
    """The noun of the run that the others hang on: its governor stands outside it."""
    low, high = run[0].index, run[-1].index
    nouns = [t for t in run if t.upos in ("NOUN", "PROPN", "PRON") and t.feats.get("PronType") != "Rel"]
    if nouns and nouns[0].lower in _DAYS:
        return None  # "..., the cardinal, who is in Rome, said this week"
    free = [t for t in nouns if not low <= t.head <= high and not t.relation.startswith("obl")]
    return next(iter(free or nouns), None)


def _has_clause(tokens: Sequence[Token]) -> bool:
    """Whether there are reported words before a tag: something with a verb, and not only "when he arrived,"; a quotation needs none."""
    if len(tokens) > _QUOTED and tokens[0].text in _QUOTES and tokens[-1].text in _CLOSING:
        return True  # "Thanks, Lima, for the boats," said Rosa Gil
    verbs = [t for t in tokens if t.upos in ("VERB", "AUX") and t.feats.get("VerbForm", "Fin") in ("Fin", "Inf")]
    if not verbs:
        return False
    words = [t for t in tokens if t.upos != "PUNCT"]
    opens_subordinate = words[0].upos == "SCONJ" or words[0].lower in ("when", "as", "asked", "if")
    return not opens_subordinate or sum(t.text == "," for t in tokens) > 1


def _is_inserted(annotations: Annotations, tag: Tag) -> bool:
    """Whether a tag stands between two commas inside a sentence that goes on with a clause: "If it rains, he said, they will stay"."""
    tokens, last = annotations.tokens, annotations.sentence_of(tag.verb).last
    if tag.last + 1 >= last or tokens[tag.first - 1].text != "," or tokens[tag.last].text != ",":
        return False
    opening = tokens[annotations.sentence_of(tag.verb).first]
    if opening.upos not in _OPENS or any(t.index < tag.first for t in annotations.children(tag.verb, "nsubj")):
        return False  # "Gil, the mayor, said the talks in Lima, Peru, were over"
    behind = tokens[tag.last + 1 : last]
    begins = behind[0].upos in _BEGINS and behind[0].feats.get("PronType") != "Rel"
    return begins and any(t.upos in ("VERB", "AUX") and t.feats.get("VerbForm") == "Fin" for t in behind)


def tagged_words(annotations: Annotations, tag: Tag, tags: Sequence[Tag]) -> list[Token]:
    """The words that a tag reports: all before it, and behind it all but later tags and what they close off."""
    sentence = annotations.sentence_of(tag.verb)
    later = [t for t in tags if t.first > tag.first]
    before = list(annotations.tokens[sentence.first : tag.first])
    behind = list(annotations.tokens[tag.last : later[0].first if later else sentence.last])
    while behind and behind[0].upos == "PUNCT" and behind[0].text in (",", "."):
        behind.pop(0)
    goes_on = annotations.tokens[tag.last - 1 : tag.last + 1][-1].text == "," and _has_clause(behind) and not later
    resumed = goes_on and behind[0].upos not in ("CCONJ", "SCONJ") and not behind[0].lower.endswith("ing")
    return before + behind if resumed and behind[0].feats.get("PronType") != "Rel" else before
