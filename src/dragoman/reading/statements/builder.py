"""Who says, writes, claims, denies or believes what: the statements of one report.

Three steps: cues with their contents (cues.py, with tags.py for "..., Gil said"), the quotations that no cue holds
(voices.py), and here, for each of them, whose it is in the cast, what standing the speaker has, where and when it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Actor, Standing, Statement, Time
from dragoman.reading.nearby import Nearby, by_place
from dragoman.reading.statements.cues import Draft, Page, find_cues, span_of
from dragoman.reading.statements.linking import with_evidence
from dragoman.reading.statements.quotations import find_quotations
from dragoman.reading.statements.reporting import noun_lemma, reporting_words, verb_lemma
from dragoman.reading.statements.speakers import has_case, is_passive, joined_to, owner_of, source_tokens, speaker_of, unbroken_run
from dragoman.reading.statements.voices import add_quotations
from dragoman.text.report import Span

_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
_FIRST = frozenset({"i", "we", "my", "our"})
_OCCASION_CASES = ("in", "at", "during", "after", "to", "from", "before")
_MEDIUM_CASES = ("on", "via", "through", "over", "in", "to")
_NOT_CHANNEL = ("acl", "appos", "det", "nmod:poss", "case", "parataxis", "conj", "cc", "punct", "advmod", "nummod")
_ATTRIBUTIVE = ("compound", "amod", "nmod:poss")  # "the weekend attack" does not date what is said of it
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-W\d{2})?")
_ISSUED = 4  # sentences over which it is remembered who issued a document
_WINDOW = 12  # tokens behind a cue that may tell where and when
_CARRYING = 1  # paragraphs over which "he added" keeps the channel and the date of what was said before


@dataclass
class _Told:
    """What has been settled of a draft: the speaker, where and when."""

    draft: Draft
    speaker: str | None
    standing: Standing
    channel: str | None
    when: str | None


@dataclass
class _Reader:
    """The drafts of one report being turned into statements, in text order."""

    page: Page
    times: Nearby[Time]
    told: list[_Told] = field(default_factory=list)

    @property
    def annotations(self) -> Annotations:
        return self.page.annotations

    @property
    def cast(self) -> Cast:
        return self.page.cast


def read_statements(annotations: Annotations, cast: Cast, times: Sequence[Time]) -> list[Statement]:
    """The statements of a report in text order, ids "s1", "s2", ...; `times` give the dates on which they were made."""
    if not annotations.tokens:
        return []
    page = Page(annotations, cast, tuple(find_quotations(annotations.text)))
    reader = _Reader(page, by_place(times))
    for draft in _without_doubles(add_quotations(page, with_evidence(page, list(find_cues(page))))):
        reader.told.append(_tell(reader, draft))
    _spread_anonymity(reader)
    return [_statement(reader, number, told) for number, told in enumerate(reader.told, start=1)]


def _without_doubles(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Each content once a speaker phrase: two readings of one cue chain are one statement."""
    seen: set[tuple[int | None, tuple[Span, ...]]] = set()
    for draft in drafts:
        key = (draft.source.index if draft.source else None, draft.content.spans)
        if key not in seen:
            seen.add(key)
            yield draft


def _statement(reader: _Reader, number: int, told: _Told) -> Statement:
    draft = told.draft
    source = () if draft.source is None or draft.silent else span_of(_source_words(reader, draft.source, draft))
    return Statement(
        id=f"s{number}",
        speaker=told.speaker,
        source=source,
        cue=span_of(draft.cue),
        content=draft.content.spans,
        mode=draft.content.mode,
        standing=told.standing,
        channel=told.channel,
        when=told.when,
    )


def _source_words(reader: _Reader, source: Token, draft: Draft) -> Sequence[Token]:
    """The speaker's phrase: as the tree has it, or as word order has it where the tree lacks a part of it."""
    if draft.exact:
        return draft.phrase
    words = source_tokens(reader.annotations, source)
    return draft.phrase if draft.phrase and len(draft.phrase) > len(words) else words


def _tell(reader: _Reader, draft: Draft) -> _Told:
    """Settles one draft; those before it are settled already."""
    before = _follows(reader, draft)
    speaker = _speaker(reader, draft, before)
    channel, when = _channel(reader, draft), _when(reader, draft)
    if before is not None and _carries_on(reader, draft, before, speaker):
        channel, when = channel or before.channel, when or before.when
        return _Told(draft, speaker, before.standing, channel, when)
    return _Told(draft, speaker, _standing(reader, draft, speaker), channel, when)


def _follows(reader: _Reader, draft: Draft) -> _Told | None:
    """What was told before, by the draft that this one goes on with, else by the nearest one."""
    if draft.follows is not None:
        same = [t for t in reader.told if t.draft.at.index == draft.follows.at.index]
        if same:
            return same[-1]
    return next((t for t in reversed(reader.told) if t.draft.at.index < draft.at.index), None)


def _carries_on(reader: _Reader, draft: Draft, before: _Told, speaker: str | None) -> bool:
    """Whether it goes on with the speech before it: "he added", or a quotation that stands alone."""
    if draft.follows is not None:
        return True
    if speaker is None or speaker != before.speaker or draft.source is None:
        return False
    near = _paragraph(reader, draft) - _paragraph(reader, before.draft) <= _CARRYING
    return near and (draft.source.lower in _PRONOUNS or verb_lemma(draft.at) in ("add", "continue", "go") or draft.silent)


def _paragraph(reader: _Reader, draft: Draft) -> int:
    return reader.annotations.sentence_of(draft.at).paragraph


def _speaker(reader: _Reader, draft: Draft, before: _Told | None) -> str | None:
    source = draft.source
    if source is None:
        return before.speaker if draft.follows is not None and before is not None else None
    if source.lower in _FIRST:
        return _quoted_self(reader, draft)
    for token in _candidates(reader, source):
        actor = reader.cast.of(token)
        if actor is not None:
            return actor
    issuer = _issuer_before(reader, source)
    if issuer is not None:
        return issuer
    if source.lower in _PRONOUNS or noun_lemma(source) in reporting_words().words["documents"]:
        near = before is not None and _paragraph(reader, draft) - _paragraph(reader, before.draft) <= _CARRYING
        return before.speaker if before is not None and near else None
    return None


def _issuer_before(reader: _Reader, document: Token) -> str | None:
    """Who adopted or issued a document that speaks further down: "the council adopted a resolution ... it said"."""
    annotations, noun = reader.annotations, noun_lemma(document)
    if noun not in reporting_words().words["documents"] and document.lower != "it":
        return None
    first = annotations.sentences[max(0, document.sentence - _ISSUED)].first
    for token in reversed(annotations.tokens[first : document.index]):
        same = noun_lemma(token) == noun or (document.lower == "it" and noun_lemma(token) in reporting_words().words["documents"])
        verb = annotations.head(token)
        if same and verb is not None:
            issuer = owner_of(annotations, token) or (speaker_of(annotations, verb) if token.relation == "obj" else None)
            actor = reader.cast.of(issuer) if issuer is not None else None
            if actor is not None:
                return actor
    return None


def _candidates(reader: _Reader, source: Token) -> Iterator[Token]:
    """Tokens that may mean the speaker: the head, the name in apposition to it, whoever issued a document."""
    annotations = reader.annotations
    issuer = owner_of(annotations, source) if noun_lemma(source) in reporting_words().words["documents"] else None
    if issuer is not None:
        yield issuer
    yield source
    yield from annotations.children(source, "flat", "appos", "nmod:desc")
    yield from (t for t in annotations.children(source, "compound") if t.upos == "PROPN")


def _quoted_self(reader: _Reader, draft: Draft) -> str | None:
    """Who "I" is inside a quotation: the speaker of the statement that holds it."""
    at = draft.at.span
    holders = [t for t in reader.told if any(s.covers(at) for s in t.draft.content.spans) and t.draft.at != draft.at]
    return holders[-1].speaker if holders else None


# Standing: what kind of source the speaker is.


def _standing(reader: _Reader, draft: Draft, speaker: str | None) -> Standing:
    source = draft.source
    actor = reader.cast.get(speaker) if speaker is not None else None
    if actor is not None and _is_named_person(reader, actor):
        return "named"
    if source is not None and _is_anonymous(reader, draft, source, actor):
        return "anonymous"
    if actor is not None and actor.kind in ("country", "government", "organization"):
        return "institution"
    return "institution" if source is not None and _is_institution(reader, source, actor) else _by_form(source, actor)


def _by_form(source: Token | None, actor: Actor | None) -> Standing:
    """A speaker who is in no cast: a proper name counts as named."""
    return "named" if actor is None and source is not None and source.upos == "PROPN" else "unnamed"


def _is_named_person(reader: _Reader, actor: Actor) -> bool:
    """Whether a person's own name stands among the mentions, and not only a country or an office."""
    if actor.kind != "person":
        return False
    annotations = reader.annotations
    for mention in actor.mentions:
        last = annotations.tokens_in(mention)[-1:]
        name = annotations.name_at(last[0]) if last else None
        if name is not None and name.kind == "PERSON" and mention.covers(name.span) and name.span.end == mention.end:
            return True
    return bool(actor.name) and all(word[:1].isupper() for word in actor.name.split())


def _is_institution(reader: _Reader, source: Token, actor: Actor | None) -> bool:
    words = reporting_words().words
    if noun_lemma(source) in words["institutions"] or source.lower in words["institutions"]:
        return True
    last = actor.name.split()[-1].lower().rstrip("s") if actor is not None and actor.kind == "group" and actor.name else ""
    return last in words["institutions"]


def _is_anonymous(reader: _Reader, draft: Draft, source: Token, actor: Actor | None) -> bool:
    """A bare "source", or a sentence that tells of a wish not to be named."""
    words = reporting_words().words
    if noun_lemma(source) in words["anonymous"] or (actor is not None and actor.name.lower().split()[-1:] in (["source"], ["sources"])):
        return True
    if any(t.lower in words["anonymity"] for t in reader.annotations.children(source, "amod", "acl")):
        return True
    sentence = list(reader.annotations.tokens_of(reader.annotations.sentence_of(draft.at)))
    return any(t.lower == "anonymity" or t.lower == "anonymously" for t in sentence) or _wishes_no_name(sentence)


def _wishes_no_name(sentence: Sequence[Token]) -> bool:
    """ "who asked not to be named", "declined to be identified", "did not want his name published"."""
    words = reporting_words().words
    for at, token in enumerate(sentence):
        if verb_lemma(token) in words["withholding"]:
            behind = sentence[at + 1 : at + 8]
            refuses = verb_lemma(token) in ("decline", "refuse") or any(t.lower in ("not", "n't") for t in sentence[at - 2 : at + 5])
            if refuses and any({verb_lemma(t), noun_lemma(t)} & words["withheld"] for t in behind):
                return True
    return False


def _spread_anonymity(reader: _Reader) -> None:
    """A speaker who asked once not to be named is anonymous all through the report."""
    hidden = {t.speaker for t in reader.told if t.standing == "anonymous" and t.speaker is not None}
    for told in reader.told:
        if told.speaker in hidden and told.standing == "unnamed":
            told.standing = "anonymous"


# Where and when.


def _channel(reader: _Reader, draft: Draft) -> str | None:
    """Where it was said: whom a medium was told, "in a statement", "on his platform", or the document that says it."""
    annotations, words = reader.annotations, reporting_words().words
    for cue in _cue_chain(reader, draft):
        for phrase in annotations.children(cue, "obl", "nmod", "advcl", "obj", "iobj"):
            if _is_occasion(reader, phrase) or _is_hearer(reader, cue, phrase):
                return _channel_text(reader, phrase)
    for token in _behind_cue(reader, draft):
        if _is_near_occasion(reader, draft.at, token):
            return _channel_text(reader, token)
    if draft.source is None or draft.source.upos != "NOUN":
        return None
    if noun_lemma(draft.source) in words["spoken_documents"]:
        return draft.source.text
    return None


def _behind_cue(reader: _Reader, draft: Draft) -> Sequence[Token]:
    """The few tokens behind a cue, up to the next stop, verb or "that": "[said] in a statement on Friday"."""
    if not draft.cue:
        return ()
    tokens, last = reader.annotations.tokens, reader.annotations.sentence_of(draft.at).last
    end = start = draft.cue[-1].index + 1
    content = [s.start for s in draft.content.spans if s.start > draft.at.start]
    last = next((t.index for t in tokens[start:last] if content and t.start >= content[0]), last)
    while end < min(last, start + _WINDOW) and tokens[end].upos not in ("PUNCT", "VERB", "AUX", "SCONJ"):
        end += 1
    return tokens[start:end]


def _is_near_occasion(reader: _Reader, cue: Token, token: Token) -> bool:
    """Whether a noun right behind the cue tells where it was said, wherever the tree has hung it."""
    words, lead = reporting_words().words, reader.annotations.tokens[max(cue.index, token.index - 5) : token.index]
    if token.upos not in ("NOUN", "PROPN") or not lead:
        return False
    if verb_lemma(cue) == "tell" and noun_lemma(token) in words["hearers"]:
        return True
    cases = {t.lower for t in lead if t.upos == "ADP"}
    occasion = noun_lemma(token) in words["occasion"] and bool(cases & {"in", "at", "during"})
    return occasion or (noun_lemma(token) in words["medium"] and bool(cases & {"on", "via", "through"}))


def _cue_chain(reader: _Reader, draft: Draft) -> Iterator[Token]:
    """The cue and the verbs that it is joined or subordinated to before it, which share its "in a statement"."""
    cue = draft.at
    if not draft.cue:
        return
    yield cue
    while cue.relation in ("conj", "xcomp") and (above := reader.annotations.head(cue)) is not None:
        above = joined_to(reader.annotations, cue) or above
        if cue.relation == "conj" and reader.annotations.child(cue, "nsubj") is not None:
            return
        yield above
        cue = above
    above = reader.annotations.head(cue)
    if above is not None and verb_lemma(above) in reporting_words().words["citing"] and is_passive(reader.annotations, above):
        yield above


def _is_occasion(reader: _Reader, phrase: Token) -> bool:
    annotations, words = reader.annotations, reporting_words().words
    lemma = noun_lemma(phrase)
    if phrase.upos not in ("NOUN", "PROPN", "X", "SYM"):
        return False
    if has_case(annotations, phrase, *_OCCASION_CASES) and lemma in words["occasion"]:
        return True
    return has_case(annotations, phrase, *_MEDIUM_CASES) and lemma in words["medium"]


def _is_hearer(reader: _Reader, cue: Token, phrase: Token) -> bool:
    """Whether somebody told is a medium or an assembly: "told Fox News", "told reporters"."""
    if phrase.relation.split(":")[0] == "advcl":
        return False
    agent = is_passive(reader.annotations, cue) and has_case(reader.annotations, phrase, "by")
    told = verb_lemma(cue) in ("tell", "inform", "assure") and phrase.relation in ("obj", "iobj")
    spoken_to = verb_lemma(cue) in ("say", "speak", "confirm", "explain") and has_case(reader.annotations, phrase, "to")
    if not (told or spoken_to or (agent and verb_lemma(cue) in reporting_words().words["citing"])):
        return False
    if noun_lemma(phrase) in reporting_words().words["hearers"]:
        return True
    actor = reader.cast.of(phrase)
    return actor is not None and phrase.upos == "PROPN" and reader.cast.get(actor).kind == "organization"


def _channel_text(reader: _Reader, phrase: Token) -> str:
    """The phrase in the text's words, without article, possessor and what follows but a "with" or "to" of a medium."""
    annotations = reader.annotations
    kept = annotations.subtree(phrase, without=_NOT_CHANNEL)
    kept = [t for t in kept if not _is_remote(reader, phrase, t)]
    span = annotations.span_of(unbroken_run(kept, phrase))
    return " ".join(annotations.text[span.start : span.end].split())


def _is_remote(reader: _Reader, phrase: Token, token: Token) -> bool:
    """Whether a token belongs to a modifier behind the head: "statement [after the talks]"."""
    return token.index > phrase.index and token.relation.split(":")[0] in ("nmod", "obl") and token.head == phrase.index


def _when(reader: _Reader, draft: Draft) -> str | None:
    """The date of a time expression that depends on the cue: "said on Thursday"."""
    for cue in _cue_chain(reader, draft):
        for phrase in reader.annotations.children(cue, "obl", "advmod", "nmod"):
            value = _date_of(reader, phrase)
            if value is not None and not _in_content(draft, phrase):
                return value
    return next((v for t in _behind_cue(reader, draft) if t.relation not in _ATTRIBUTIVE and (v := _date_of(reader, t))), None)


def _in_content(draft: Draft, phrase: Token) -> bool:
    """Whether a phrase stands among the reported words or between them and the cue: then it is not when they were said."""
    start, end = draft.content.spans[0].start, draft.content.spans[-1].end
    first = min(draft.at.start, draft.source.start if draft.source else draft.at.start)
    return start <= phrase.start < (first if end <= first else end)


def _date_of(reader: _Reader, phrase: Token) -> str | None:
    for time in reader.times.at(phrase.span):
        if time.type in ("DATE", "TIME") and time.start <= phrase.start and phrase.end <= time.end and time.value:
            value = time.value.split("T")[0]
            return value if _ISO_DATE.fullmatch(value) else None
    return None
