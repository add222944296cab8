"""Who says, writes, claims, denies or believes what: the statements of one report.

Three steps: cues with their contents (cues.py, with tags.py for "..., Gil said"), the quotations that no cue holds
(voices.py), and here, for each of them, whose it is in the cast; then what standing the speaker has (standing.py), where and when
it was said (occasions.py), to whom (addressees.py) and through whom it came (chains.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.desk_notes import DeskNotes
from dragoman.reading.entries import Link, Standing, Statement, Time
from dragoman.reading.nearby import Nearby, by_place
from dragoman.reading.statements.addressees import Hearers, hearers_of
from dragoman.reading.statements.chains import carriers_of, with_chains
from dragoman.reading.statements.cues import Draft, Page, find_cues, span_of
from dragoman.reading.statements.fronted import with_fronted
from dragoman.reading.statements.linking import with_evidence
from dragoman.reading.statements.media import publishers_of
from dragoman.reading.statements.occasions import channel_of, occasion_of, when_of
from dragoman.reading.statements.quotations import find_quotations
from dragoman.reading.statements.reporting import noun_lemma, reporting_words, verb_lemma
from dragoman.reading.statements.speakers import has_case, owner_of, source_tokens, speaker_of
from dragoman.reading.statements.standing import standing_of
from dragoman.reading.statements.voices import add_quotations
from dragoman.text.report import Span

_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their"})
_FIRST = frozenset({"i", "we", "my", "our"})
_A_DAY = timedelta(days=1)
_POINTERS = frozenset({"the", "this", "that", "these", "those"})
_ISSUED = 4  # sentences over which it is remembered who issued a document
_CARRYING = 1  # paragraphs over which "he added" keeps the channel, the date and the hearers of what was said before


@dataclass
class _Told:
    """What has been settled of a draft: the speaker, where and when, to whom, and who carried it."""

    draft: Draft
    speaker: str | None
    standing: Standing
    channel: str | None
    when: str | None
    hearers: Hearers
    carriers: tuple[Link, ...]


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


def read_statements(
    annotations: Annotations, cast: Cast, times: Sequence[Time], publisher: str | None = None, published: date | None = None
) -> list[Statement]:
    """The statements of a report in text order, ids "s1", "s2", ...

    `times` give the dates on which they were made; `publisher` is who has the report and `published` its day, as its own data tell:
    nothing was said after that day.
    """
    if not annotations.tokens:
        return []
    page = Page(annotations, cast, tuple(find_quotations(annotations.text)))
    reader = _Reader(page, by_place(t for t in times if not _lies_ahead(t, published)))
    drafts = with_fronted(page, add_quotations(page, with_evidence(page, list(find_cues(page)))))
    notes = DeskNotes(annotations.text)
    for draft in _without_doubles(d for d in drafts if not notes.hold(d.at.start)):
        reader.told.append(_tell(reader, draft))
    _spread_anonymity(reader)
    statements = [_statement(reader, number, told) for number, told in enumerate(reader.told, start=1)]
    carriers = [told.carriers for told in reader.told]
    return with_chains(statements, carriers, _cited(reader, statements), publishers_of(page, publisher), page)


def _lies_ahead(time: Time, published: date | None) -> bool:
    """Whether a day lies behind that of publication, on which nobody can have spoken; clocks of agencies differ by a day."""
    if published is None or published == date.max or time.value is None:
        return False
    day, last = time.value[:10], (published + _A_DAY).isoformat()
    return day.replace("-", "").isdigit() and day > last[: len(day)]


def _without_doubles(drafts: Iterable[Draft]) -> Iterator[Draft]:
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
        content=_beside(draft.content.spans, source),
        mode=draft.content.mode,
        standing=told.standing,
        channel=told.channel,
        when=told.when,
        addressees=told.hearers.actors,
        addressed=told.hearers.words,
    )


def _beside(content: tuple[Span, ...], source: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of a content that are no part of who says it ("..., said Gil, a nurse who hoped to leave"), if any is left."""
    outside = tuple(span for span in content if not any(own.covers(span) for own in source))
    return outside or content


def _cited(reader: _Reader, statements: Sequence[Statement]) -> dict[str, str]:
    """Which statement cites which: "..., the paper said, citing officials" has theirs in the paper's."""
    by_cue = {told.draft.at.index: statement.id for told, statement in zip(reader.told, statements, strict=True) if told.draft.cue}
    found: dict[str, str] = {}
    for told, statement in zip(reader.told, statements, strict=True):
        at = told.draft.at
        if verb_lemma(at) in reporting_words().words["citing"] and at.lower.endswith("ing") and at.head in by_cue:
            found[statement.id] = by_cue[at.head]
    return found


def _source_words(reader: _Reader, source: Token, draft: Draft) -> Sequence[Token]:
    """The speaker's phrase: as the tree has it, or as word order has it where the tree lacks a part of it."""
    if draft.exact:
        return draft.phrase
    words = source_tokens(reader.annotations, source)
    return draft.phrase if draft.phrase and len(draft.phrase) > len(words) else words


def _tell(reader: _Reader, draft: Draft) -> _Told:
    """Settles one draft; those before it are settled already."""
    page, before = reader.page, _follows(reader, draft)
    speaker, occasion = _speaker(reader, draft, before), occasion_of(page, draft)
    hearers = hearers_of(page, draft, occasion, speaker)
    told = _Told(
        draft,
        speaker,
        standing_of(page, draft, speaker),
        channel_of(page, draft, occasion),
        when_of(page, reader.times, draft, occasion),
        hearers,
        carriers_of(page, draft, occasion, hearers.heads),
    )
    if before is not None and _carries_on(reader, draft, before, speaker):
        _carry_on(told, before)
    return told


def _carry_on(told: _Told, before: _Told) -> None:
    """What goes on with the speech before it has its circumstances where it tells none of its own."""
    told.standing = before.standing
    told.channel, told.when = told.channel or before.channel, told.when or before.when
    if not told.hearers.words and not any(c.overlaps(w) for w in before.hearers.words for c in before.draft.content.spans):
        told.hearers = before.hearers  # but not whom he urged to do what he said
    told.carriers = told.carriers or before.carriers


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
    teller = _teller_before(reader, source)
    if teller is not None:
        return teller.speaker
    if source.lower in _PRONOUNS or _is_known_document(reader, source):
        near = before is not None and _paragraph(reader, draft) - _paragraph(reader, before.draft) <= _CARRYING
        return before.speaker if before is not None and near else None
    return None


def _is_known_document(reader: _Reader, source: Token) -> bool:
    """Whether it is "the report", whose maker has spoken before, and not "first reports"."""
    known = _is_pointed_at(reader, source) or source.feats.get("Number", "Sing") == "Sing"
    return known and noun_lemma(source) in reporting_words().words["documents"]


def _is_pointed_at(reader: _Reader, noun: Token) -> bool:
    return any(t.lower in _POINTERS for t in reader.annotations.children(noun, "det"))


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


def _teller_before(reader: _Reader, document: Token) -> _Told | None:
    """Whose document "the report" is: who reported lately, spoke "in a report" or through "a ministry report", others between or not.

    Else whose the one was that spoke under the same noun before ("the editorial").
    """
    noun = noun_lemma(document)
    if noun not in reporting_words().words["documents"] or not _is_pointed_at(reader, document):
        return None
    before = [t for t in reversed(reader.told) if t.draft.at.sentence < document.sentence]
    lately = (t for t in before if document.sentence - t.draft.at.sentence <= _ISSUED)
    same = (t for t in before if t.draft.source is not None and t.speaker is not None and noun_lemma(t.draft.source) == noun)
    return next((t for t in lately if _told_by_document(t, noun)), None) or next(same, None)


def _told_by_document(told: _Told, noun: str) -> bool:
    """Whether a document of this name told it, or somebody with a verb of the same word ("reported": "the report")."""
    draft, source = told.draft, told.draft.source
    if source is None or (told.speaker is None and noun_lemma(source) == noun):
        return False  # "it was reported", or a document that nobody is known to have made
    return verb_lemma(draft.at) == noun or noun in map(noun_lemma, (*draft.cue, source))


def _candidates(reader: _Reader, source: Token) -> Iterator[Token]:
    """Tokens that may mean the speaker: the head, the name in apposition to it, whoever issued a document."""
    annotations = reader.annotations
    if noun_lemma(source) in reporting_words().words["documents"]:
        issuer = owner_of(annotations, source)
        yield from [issuer] if issuer is not None else _named_makers(annotations, source)
    yield source
    yield from annotations.children(source, "flat", "appos", "nmod:desc")
    yield from (t for t in annotations.children(source, "compound") if t.upos == "PROPN")


def _named_makers(annotations: Annotations, document: Token) -> Iterator[Token]:
    """Who made a document where a longer phrase tells it: "reports of the incident from the marines"."""
    phrase = annotations.subtree(document, without=("acl", "conj", "parataxis"))
    return (t for t in phrase if t.index > document.index and has_case(annotations, t, "by", "from"))


def _quoted_self(reader: _Reader, draft: Draft) -> str | None:
    """Who "I" is inside a quotation: the speaker of the statement that holds it."""
    at = draft.at.span
    holders = [t for t in reader.told if any(s.covers(at) for s in t.draft.content.spans) and t.draft.at != draft.at]
    return holders[-1].speaker if holders else None


def _spread_anonymity(reader: _Reader) -> None:
    """A speaker who asked once not to be named is anonymous all through the report."""
    hidden = {t.speaker for t in reader.told if t.standing == "anonymous" and t.speaker is not None}
    for told in reader.told:
        if told.speaker in hidden and told.standing == "unnamed":
            told.standing = "anonymous"
