"""What a report is about, as far as it decides what a word means: sport, markets, accidents, violence.

"Attack" is no attack in a match report, and those killed in a landslide were not assaulted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.events.frames import word_list

_KINDS = 5  # different words of sport or trade that a report about them has at least
_SHARE = 0.09  # their share of its content words; a war report that mentions oil prices stays below
_TOPIC_KINDS = 3  # different words of labour that make a strike one of workers
_VIOLENT = 5  # words of violence in a report in which deaths are no accidents
_NEAR = 60  # tokens to either side in which a word of violence makes a death an assault


@dataclass(frozen=True, slots=True)
class Matter:
    """`figurative`: a report about sport or markets, full of words of war. `accident`: more accident than violence.

    `topics`: the domains ("labour", "violence") that lend a word its sense: "strike" among wages and unions.
    """

    figurative: bool = False
    accident: bool = False
    topics: frozenset[str] = frozenset()


def matter_of(annotations: Annotations) -> Matter:
    """What the whole report is about."""
    accidents, violence = _count(annotations.tokens, "accident"), _violence(annotations.tokens)
    labour = _different(annotations, "labour")
    fights = _different(annotations, "violence")
    topics = {"labour"} if labour > fights and (labour >= _TOPIC_KINDS or not fights) else set()
    if violence >= _VIOLENT and violence > 2 * accidents:
        topics.add("violence")
    figurative = _is_about(annotations, "sport") or (_is_about(annotations, "market") and not topics)
    return Matter(figurative, accidents >= 2 and accidents > violence, frozenset(topics))


def _is_about(annotations: Annotations, domain: str) -> bool:
    words = word_list(f"domains.{domain}")
    content = [t.lemma.lower() for t in annotations.tokens if t.upos in ("NOUN", "VERB", "PROPN", "ADJ")]
    kinds = len(words.intersection(content))
    return kinds >= _KINDS and sum(lemma in words for lemma in content) > _SHARE * len(content)


def _different(annotations: Annotations, domain: str) -> int:
    """How many different words of a domain the report holds."""
    content = {t.lemma.lower() for t in annotations.tokens if t.upos in ("NOUN", "VERB", "ADJ")}
    return len((word_list(f"domains.{domain}") - word_list("domains.unclear")) & content)


def _violence(tokens: Sequence[Token]) -> int:
    """Words of violence, those that may tell of an accident as well left out."""
    return _count(tokens, "violence") - _count(tokens, "unclear")


def _count(tokens: Sequence[Token], domain: str) -> int:
    words = word_list(f"domains.{domain}")
    return sum(t.lemma.lower() in words for t in tokens if t.upos in ("NOUN", "VERB", "PROPN", "ADJ"))


def is_accident(annotations: Annotations, token: Token, matter: Matter) -> bool:
    """Whether the harm that the token tells of was nobody's deed: by its sentence, else by the report."""
    sentence = annotations.tokens_of(annotations.sentence_of(token))
    if _violence(sentence) or (_count(sentence, "violence") and not matter.accident):
        return False
    return matter.accident or _count(sentence, "accident") > 0


def is_violent(annotations: Annotations, token: Token) -> bool:
    """Whether a word of violence stands near in the same paragraph."""
    words = word_list("domains.violence")
    paragraph = annotations.sentence_of(token).paragraph
    near = annotations.tokens[max(0, token.index - _NEAR) : token.index + _NEAR]
    return any(t.lemma.lower() in words and t.index != token.index and annotations.sentence_of(t).paragraph == paragraph for t in near)
