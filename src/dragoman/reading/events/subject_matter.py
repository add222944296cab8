"""What a report is about, as far as it decides what a word means: sport, markets, accidents, violence.

"Attack" is no attack in a match report, and those killed in a landslide were not assaulted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.events.frames import word_list

_ENOUGH = ((5, 0.09), (8, 0.045), (3, 0.2))
"""Different words of sport or trade that a report about them has, and their share of its content words: one of these pairs.

A war report that mentions oil prices stays below all of them."""
_TOPIC_KINDS = 3  # different words of labour that make a strike one of workers
_VIOLENT = 5  # words of violence in a report in which deaths are no accidents
_SENTENCE_KINDS = 3  # different words of sport or trade that make one sentence figurative
_CONTENT = ("NOUN", "VERB", "PROPN", "ADJ")
_NEAR = 60  # tokens to either side in which a word of violence makes a death an assault


@dataclass(frozen=True, slots=True)
class Matter:
    """`figurative`: a report about sport or markets, full of words of war; `sport`: about sport. `accident`: more accident than violence.

    `topics`: the domains ("labour", "violence") that lend a word its sense: "strike" among wages and unions.
    """

    figurative: bool = False
    accident: bool = False
    topics: frozenset[str] = frozenset()
    sport: bool = False


def matter_of(annotations: Annotations) -> Matter:
    """What the whole report is about."""
    accidents, violence = _count(annotations.tokens, "accident"), _violence(annotations.tokens)
    labour = _different(annotations, "labour")
    fights = _different(annotations, "violence")
    content = [t.lemma.lower() for t in annotations.tokens if t.upos in _CONTENT]
    sport, market = _is_about(content, "sport"), _is_about(content, "market")
    of_labour = labour >= _TOPIC_KINDS or not (fights or sport or market)
    topics = {"labour"} if labour > fights and of_labour else set()
    if violence >= _VIOLENT and violence > 2 * accidents:
        topics.add("violence")
    figurative = sport or (market and not topics)
    return Matter(figurative, accidents >= 2 and accidents > violence, frozenset(topics), sport)


def _is_about(content: Sequence[str], domain: str) -> bool:
    """Whether there is enough of a domain among the lemmas of the report's content words."""
    words = word_list(f"domains.{domain}")
    found = [lemma for lemma in content if lemma in words]
    return any(len(set(found)) >= some and len(found) > share * len(content) for some, share in _ENOUGH)


def is_public(annotations: Annotations, token: Token) -> bool:
    """Whether its sentence names what a match report lacks: police, courts, governments, crowds in the street."""
    words = word_list("domains.public")
    return any(t.lemma.lower() in words for t in annotations.tokens_of(annotations.sentence_of(token)))


def is_official(annotations: Annotations, token: Token) -> bool:
    """Whether its sentence names a body of a sport or what such bodies deal with: bans, hearings, doping, denials, promises."""
    words = word_list("domains.official")
    return any(t.lemma.lower() in words and t.upos != "ADJ" for t in annotations.tokens_of(annotations.sentence_of(token)))


def is_figurative(annotations: Annotations, token: Token) -> bool:
    """Whether the sentence of a token is one about sport or markets, whatever the report is about."""
    words = {t.lemma.lower() for t in annotations.tokens_of(annotations.sentence_of(token)) if t.index != token.index}
    if words & word_list("domains.violence"):
        return False
    return any(len(words & word_list(f"domains.{domain}")) >= _SENTENCE_KINDS for domain in ("sport", "market"))


def _different(annotations: Annotations, domain: str) -> int:
    """How many different words of a domain the report holds."""
    content = {t.lemma.lower() for t in annotations.tokens if t.upos in ("NOUN", "VERB", "ADJ")}
    return len((word_list(f"domains.{domain}") - word_list("domains.unclear")) & content)


def _violence(tokens: Sequence[Token]) -> int:
    """Words of violence, those that may tell of an accident as well left out."""
    return _count(tokens, "violence") - _count(tokens, "unclear")


def _count(tokens: Sequence[Token], domain: str) -> int:
    words = word_list(f"domains.{domain}")
    return len([t for t in tokens if t.upos in _CONTENT and t.lemma.lower() in words])


_STORMING = ("storm", "sink", "crane")  # who storms or sinks something does it


def is_accident(annotations: Annotations, token: Token, matter: Matter) -> bool:
    """Whether the harm that the token tells of was nobody's deed: by its sentence, else by the report."""
    sentence = annotations.tokens_of(annotations.sentence_of(token))
    if _violence(sentence) or (_count(sentence, "violence") and not matter.accident):
        return False
    return matter.accident or _count([t for t in sentence if t.lemma not in _STORMING or t.upos != "VERB"], "accident") > 0


def is_violent(annotations: Annotations, token: Token) -> bool:
    """Whether a word of violence stands near in the same paragraph."""
    words = word_list("domains.violence")
    paragraph = annotations.sentence_of(token).paragraph
    near = annotations.tokens[max(0, token.index - _NEAR) : token.index + _NEAR]
    return any(t.lemma.lower() in words and t.index != token.index and annotations.sentence_of(t).paragraph == paragraph for t in near)
