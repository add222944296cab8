"""The reporting words as the statement reader asks for them: which verb takes which kind of content.

The words themselves stand in lexicons/reporting.toml; here they are turned round, from groups of words to one entry a
word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dragoman.language.annotations import Token
from dragoman.lexicons.load import load

_VOWELS = "aeiou"
_TABLES = (
    "prepositions",
    "control",
    "passive",
    "goods",
    "plain",
    "evidence",
    "unrealised",
    "deeds",
    "channel",
    "standing",
    "addressed",
    "carried",
)
_NOUN_LISTS = (
    "view",
    "goods",
    "withheld_goods",
    "occasion",
    "medium",
    "hearers",
    "anonymous",
    "institutions",
    "documents",
    "audience",
    "talking",
    "media",
)


@dataclass(frozen=True)
class ReportingWords:
    """What lexicons/reporting.toml knows, by lemma.

    `frames` maps a verb to what it can take ("quote", "clause", "infinitive", ...); `actor_only` are the verbs that
    count only when an actor of the report is their subject; `phrases` maps a verb to prepositions whose object is what
    was said; `speech`, `belief`, `unowned`, `undertakings` are nouns that hold a clause or, the last, an infinitive;
    `made` are verbs whose subject owns such a noun; `words` holds all plain word sets, by their name in the file; `verb_forms`,
    `noun_forms` map inflected forms to lemmas.
    """

    frames: Mapping[str, frozenset[str]]
    actor_only: frozenset[str]
    phrases: Mapping[str, frozenset[str]]
    speech: frozenset[str]
    belief: frozenset[str]
    unowned: frozenset[str]
    undertakings: frozenset[str]
    made: frozenset[str]
    words: Mapping[str, frozenset[str]]
    verb_forms: Mapping[str, str]
    noun_forms: Mapping[str, str]


@cache
def reporting_words() -> ReportingWords:
    """The reporting words, read once."""
    lexicon = load("reporting")
    frames: dict[str, frozenset[str]] = {}
    free: set[str] = set()
    bound: set[str] = set()
    for group in lexicon["verbs"].values():
        for verb in group["words"]:
            frames[verb] = frames.get(verb, frozenset()) | frozenset(group["frames"])
            if group.get("actor_only"):
                bound.add(verb)
            elif "clause" in group["frames"]:
                free.add(verb)
    nouns = {name: frozenset(group["words"]) for name, group in lexicon["nouns"].items()}
    phrases = {verb: frozenset(words) for verb, words in lexicon["phrases"].items() if verb != "note"}
    words = _word_sets(lexicon, _TABLES)
    verbs = {*frames, *phrases, *words["realised"], *words["withholding"], *words["withheld"], *words["carry"], *nouns["made"]}
    return ReportingWords(
        frames=frames,
        actor_only=frozenset(bound - free),
        phrases=phrases,
        speech=nouns["speech"],
        belief=nouns["belief"],
        unowned=nouns["unowned"],
        undertakings=nouns["infinitive"],
        made=nouns["made"],
        words=words,
        verb_forms={**_forms(verbs, _verb_forms), **lexicon["irregular"]["forms"]},
        noun_forms=_forms({*_nouns(nouns, words)}, _noun_forms),
    )


def verb_lemma(token: Token) -> str:
    """The lemma of a verb by its form where the lexicon knows it, which the model's guess at a lemma may miss."""
    return reporting_words().verb_forms.get(token.lower) or token.lemma.lower()


def noun_lemma(token: Token) -> str:
    """The singular of a noun by its form where the lexicon knows it."""
    return reporting_words().noun_forms.get(token.lower) or token.lemma.lower()


def _nouns(groups: Mapping[str, frozenset[str]], words: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """All words of the lexicon that are nouns."""
    for name, group in groups.items():
        if name != "made":
            yield from group
    for name in (*_NOUN_LISTS, "spoken_documents"):
        yield from words.get(name, ())


def _forms(lemmas: Iterable[str], inflect: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """Form -> lemma; a form that is a lemma itself stays its own."""
    lemmas = set(lemmas)
    forms = {form: lemma for lemma in sorted(lemmas) for form in inflect(lemma)}
    return forms | {lemma: lemma for lemma in lemmas}


def _verb_forms(verb: str) -> Iterator[str]:
    """The regular forms: says, adding, denied, admitted (both spellings where the last consonant may double)."""
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
        return
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    yield from (stem + "ed", stem + "ing")
    if len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS:
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def _noun_forms(noun: str) -> Iterator[str]:
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        yield noun[:-1] + "ies"
    else:
        yield noun + ("es" if noun.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _word_sets(lexicon: Mapping[str, Mapping[str, object]], tables: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The lists of the named tables under their own names, which are unique in the file."""
    return {
        name: frozenset(str(word) for word in words)
        for table in tables
        for name, words in lexicon[table].items()
        if isinstance(words, list)
    }
