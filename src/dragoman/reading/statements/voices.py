"""Whose the quotations are that no clause of the tree holds: found by what stands right beside them.

A quotation belongs to the reporting verb next to it (`"...," she told them`), to the name before its colon, or, standing
alone, to whoever spoke last: a quotation that fills its sentence goes on with the one before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dragoman.language.annotations import Sentence, Token
from dragoman.reading.statements.contents import Content, direct_content
from dragoman.reading.statements.cues import Draft, Page, cue_tokens, may_report
from dragoman.reading.statements.quotations import Quotation
from dragoman.reading.statements.reporting import reporting_words, verb_lemma
from dragoman.reading.statements.speakers import quoted_one, speaker_of, subject_of
from dragoman.text.report import Span

_ENDS = ".!?…,"
_FEW = 3  # words: a shorter quotation without a stop is a word held at arm's length, not speech
_TITLE = 8  # words of a title
_SMALL = 3  # letters of a word that titles do not capitalise
_HEADING = 12  # tokens that a name before a colon may have
_ASIDE = 2  # words that may stand between a quotation and "he said"
_TURNS = 40  # quotations in a row whose speaker is looked up in the first
_HANDLE = re.compile(r"(@\w{2,30})\s+$")
_LONGEST_HANDLE = 40
_STOP = re.compile(r"[a-z0-9][.!?] [A-Z]")
_SPACES = 3  # characters in which the tag behind a quotation begins
_BACK = 2  # paragraphs that a speaker goes on over


def add_quotations(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts in text order, with those of the quotations that none of them held, and longer where one belongs to it."""
    done = sorted(drafts, key=_position)
    for quotation in page.quotations:
        if quotation.depth or _is_held(done, quotation) or not _is_speech(page, quotation):
            continue
        new = _behind(page, quotation) or _before(page, quotation) or _colon(page, quotation)
        new = new or _resumed(page, quotation, done)
        if new is None:
            new = _alone(page, quotation, done)
        if new is not None:
            done = _merged(page, done, new) if new.cue or new.follows is None else _continued(page, done, new)
    return done


def _continued(page: Page, drafts: list[Draft], new: Draft) -> list[Draft]:
    """The drafts with a quotation that goes on: in the same paragraph, right behind its speaker's tag, it is one with what was said."""
    for at, old in enumerate(drafts):
        near = old.cue and old.content.mode != "indirect" and _paragraph(page, old) == _paragraph(page, new)
        if near and new.follows is not None and old.at.index == new.follows.at.index and old.at.end <= new.at.start:
            more = new.content.spans if old.content.mode == "direct" else tuple(map(page.marked, new.content.spans))
            drafts[at] = replace(old, content=Content((*old.content.spans, *more), old.content.mode))
            return drafts
    return sorted([*drafts, new], key=_position)


def _position(draft: Draft) -> tuple[int, int]:
    return min(draft.at.start, draft.content.spans[0].start), draft.at.start


def _is_held(drafts: Sequence[Draft], quotation: Quotation) -> bool:
    """Whether a draft's content has half of the quotation; cues inside the quotation itself do not count."""
    inner = quotation.inner
    for draft in drafts:
        spans = draft.content.spans
        if spans[-1].end <= inner.start or inner.end <= spans[0].start:
            continue  # far away; in a long text nearly all are
        if quotation.span.covers(draft.at.span) and draft.cue:
            continue
        shared = sum(max(0, min(s.end, inner.end) - max(s.start, inner.start)) for s in spans)
        if 2 * shared >= inner.end - inner.start:
            return True
    return False


def _is_speech(page: Page, quotation: Quotation) -> bool:
    """Whether it is long or finished enough to be what somebody said, and not a word held at arm's length."""
    inner = page.annotations.text[quotation.inner.start : quotation.inner.end]
    if quotation.closed and _is_title(page, quotation, inner):
        return False
    return inner[-1] in _ENDS or not quotation.closed or len(inner.split()) > _FEW


def _is_title(page: Page, quotation: Quotation, inner: str) -> bool:
    """Whether it names a programme, a book or a song: `on Radio Nine's "The Late Hour," Gil admitted that ...`.

    It follows a word of its sentence without a comma or a colon, and all its words but the smallest are capitalised.
    """
    before = page.annotations.text[max(0, quotation.start - 2) : quotation.start]
    words = inner.rstrip(",").split()
    if len(before) < 2 or not before[0].isalnum() or before[1] != " " or not 2 <= len(words) <= _TITLE:
        return False
    return words[0][0].isupper() and words[-1][0].isupper() and all(w[0].isupper() or len(w) <= _SMALL for w in words)


def _tokens(page: Page, start: int, end: int) -> Sequence[Token]:
    """The tokens that lie in [start, end)."""
    tokens = page.annotations.tokens
    low = bisect_left(tokens, start, key=lambda t: t.start)
    high = bisect_right(tokens, end, key=lambda t: t.end)
    return tokens[low:high]


def _sentence_at(page: Page, offset: int) -> Sentence | None:
    """The sentence that holds the character, or the last one before it."""
    sentences = page.annotations.sentences
    at = bisect_right(sentences, offset, key=lambda s: s.start) - 1
    return sentences[at] if at >= 0 else None


def _behind(page: Page, quotation: Quotation) -> Draft | None:
    """`"...," she told them`: a verb with its subject right behind the quotation."""
    text = page.annotations.text
    last = text[quotation.inner.end - 1]
    behind = text[quotation.end : quotation.end + _SPACES]
    # The model may have ended a sentence with the quotation: the tag's is that of the first word behind it.
    sentence = _sentence_at(page, quotation.end + len(behind) - len(behind.lstrip(" ")))
    if sentence is None or last == "." or not quotation.closed:
        return None
    starts = [q.start for q in page.quotations if q.start >= quotation.end][:1]
    tail = _tokens(page, quotation.end, min([sentence.end, *starts]))
    for verb in (t for t in tail if t.upos == "VERB"):
        draft = _as_saying(page, verb, tail, quotation) or _draft(page, verb, quotation, any_verb=last in ",!?")
        if draft is None or draft.source is None:
            continue
        first = min(verb.index, min((t.index for t in page.annotations.subtree(draft.source)), default=verb.index))
        first = max(first, tail[0].index)
        if sum(t.upos != "PUNCT" for t in page.annotations.tokens[tail[0].index : first]) <= _ASIDE:
            return draft
        break
    return None


def _as_saying(page: Page, verb: Token, tail: Sequence[Token], quotation: Quotation) -> Draft | None:
    """`"...," he was quoted by the paper as saying`."""
    saying = next((t for t in tail if t.index > verb.index and t.lower in ("saying", "telling", "adding")), None)
    if verb_lemma(verb) not in reporting_words().words["citing"] or saying is None:
        return None
    annotations = page.annotations
    source = quoted_one(annotations, verb, saying)
    content = direct_content(page.annotations.text, [quotation])
    return Draft(saying, (verb, saying), source, content) if source is not None else None


def _before(page: Page, quotation: Quotation) -> Draft | None:
    """`She told them: "..."`: a verb in the words that lead up to the quotation."""
    text = page.annotations.text
    sentence = _sentence_at(page, max(0, quotation.start - 1))
    led_up = text[max(0, quotation.start - 20) : quotation.start].rstrip()
    if sentence is None or not led_up:
        return None
    ends = [q.end for q in page.near(page.annotations.tokens[sentence.first]) if q.depth == 0 and q.end <= quotation.start]
    head = _tokens(page, max([sentence.start, *ends]), quotation.start)
    verbs = [t for t in head if t.upos == "VERB"]
    if not head or not (led_up[-1] in ",:" or head[-1].upos == "VERB" or head[-1].lower == "that"):
        return None
    opens = led_up[-1] == ":" and "\n" in text[sentence.end - 1 : quotation.start]  # a line that leads up to the quotation below it
    for verb in reversed(verbs):
        draft = _draft(page, verb, quotation, any_verb=opens)
        if draft is not None or not verb.relation.startswith("acl"):
            return draft
    return None


def _resumed(page: Page, quotation: Quotation, drafts: Sequence[Draft]) -> Draft | None:
    """`"...," said Gil, but "..."`: the second quotation of a sentence goes to the first one's cue."""
    sentence = _sentence_at(page, quotation.start)
    cues = [d for d in drafts if d.cue and d.content.mode == "direct" and d.at.end <= quotation.start]
    if sentence is None or not cues or cues[-1].at.sentence != sentence.index:
        return None
    between = _tokens(page, cues[-1].at.end, quotation.start)
    if len(between) > _HEADING or any(t.upos == "VERB" or t.text in (":", ".") for t in between):
        return None
    return replace(cues[-1], content=direct_content(page.annotations.text, [quotation]))


def _draft(page: Page, verb: Token, quotation: Quotation, *, any_verb: bool) -> Draft | None:
    """The quotation said through a verb: a reporting one, or with `any_verb` any whose subject is an actor."""
    reporting = "quote" in reporting_words().frames.get(verb_lemma(verb), ())
    if not (reporting or any_verb):
        return None
    content = direct_content(page.annotations.text, [quotation])
    source = speaker_of(page.annotations, verb) or _handle(page, verb)
    if source is not None and quotation.span.covers(source.span):
        return None
    if not reporting and (source is None or page.cast.of(source) is None or source.upos not in ("PRON", "PROPN")):
        return None
    if not may_report(page, verb, source, content):
        return None
    return Draft(verb, cue_tokens(page.annotations, verb), source, content)


def _handle(page: Page, verb: Token) -> Token | None:
    """The name on a platform that stands before a verb and is no word to the tree: "@name wrote"."""
    text = page.annotations.text
    found = _HANDLE.search(text, max(0, verb.start - _LONGEST_HANDLE), verb.start)
    return next(iter(_tokens(page, found.start(1), found.end(1))[-1:]), None) if found else None


def _colon(page: Page, quotation: Quotation) -> Draft | None:
    """`Gil: "..."`: an actor's name and a colon."""
    annotations = page.annotations
    sentence = _sentence_at(page, max(0, quotation.start - 1))
    if sentence is None:
        return None
    head = _tokens(page, sentence.start, quotation.start)
    if not 2 <= len(head) <= _HEADING or head[-1].text != ":":
        return None
    names = [t for t in head[:-1] if t.head < head[0].index or t.head >= head[-1].index]
    source = next((t for t in (*names, *head[:-1]) if page.cast.of(t) is not None), None)
    if source is None:
        return None
    return Draft(head[-1], (head[-1],), source, direct_content(annotations.text, [quotation]))


def _alone(page: Page, quotation: Quotation, drafts: Sequence[Draft]) -> Draft | None:
    """A quotation that fills its sentences and so goes on with the speech before it."""
    annotations = page.annotations
    sentence = _sentence_at(page, quotation.start)
    inside = _tokens(page, quotation.inner.start, quotation.inner.end)
    if sentence is None or not inside or not _fills_sentences(page, quotation, sentence):
        return None
    content = direct_content(annotations.text, [quotation])
    before = _sentence_at(page, quotation.start - 1) if quotation.start else None
    spoken = [d for d in drafts if max(d.at.end, d.content.spans[-1].end) <= quotation.start]
    last = _last_speech(spoken, before)
    if before is not None and last is None:
        subject = _narrated(page, before)
        if subject is not None and before.paragraph >= sentence.paragraph - 1:
            return Draft(inside[0], (), subject, content, silent=True)
        recent = [d for d in spoken if d.content.mode == "direct"][-1:]
        last = recent[0] if recent and _paragraph(page, recent[0]) >= sentence.paragraph - _BACK else None
    last = _turn(page, quotation, sentence, spoken) or last
    if last is None or _paragraph(page, last) < sentence.paragraph - _BACK:
        return None
    return Draft(inside[0], (), None, content, follows=last)


def _turn(page: Page, quotation: Quotation, sentence: Sentence, spoken: Sequence[Draft]) -> Draft | None:
    """Whose turn it is where two speak by turns, a paragraph each: the one's who spoke before the last.

    Papers also close a quotation whose speaker goes on in the next paragraph, so that turns are taken only around a question,
    and on from there.
    """
    one, other = ([None, None, *(d for d in spoken if d.content.mode == "direct")])[-2:]
    if one is None or other is None or not _paragraph(page, one) + 2 == _paragraph(page, other) + 1 == sentence.paragraph:
        return None
    speakers = [_who(page, draft) for draft in (one, other)]
    if None in speakers or speakers[0] == speakers[1]:
        return None
    before, now = (_asks(page, draft.content.spans[-1]) for draft in (one, other))
    answers, asks_again = now, before and _asks(page, quotation.inner)
    return one if answers or asks_again or not (one.cue or other.cue) else None


def _asks(page: Page, span: Span) -> bool:
    return page.annotations.text[span.end - 1] == "?"


def _who(page: Page, draft: Draft) -> str | None:
    """The actor who speaks in a draft, or in the one that it goes on with."""
    for _ in range(_TURNS):
        if draft.follows is None:
            break
        draft = draft.follows
    return page.cast.of(draft.source) if draft.source is not None else None


def _paragraph(page: Page, draft: Draft) -> int:
    return page.annotations.sentence_of(draft.at).paragraph


def _last_speech(spoken: Sequence[Draft], before: Sentence | None) -> Draft | None:
    """The draft of the sentence before that the next quotation goes on with: a quotation rather than a report."""
    if before is None:
        return None
    last = [d for d in spoken if d.at.sentence == before.index or d.content.spans[-1].end > before.start]
    quoted = [d for d in last if d.content.mode == "direct"]
    plain = (d for d in quoted if d.cue and verb_lemma(d.at) in reporting_words().words["plain"])
    return next(plain, None) or next(iter(quoted), None) or next((d for d in last if d.cue), None)


def _narrated(page: Page, sentence: Sentence) -> Token | None:
    """The person whom a sentence of the report's own tells of, who may then be quoted: its subject."""
    root = page.annotations.root(sentence)
    subject = subject_of(page.annotations, root)
    actor = page.cast.of(subject) if subject is not None else None
    return subject if actor is not None and page.cast.get(actor).kind == "person" else None


def _fills_sentences(page: Page, quotation: Quotation, sentence: Sentence) -> bool:
    """Whether it begins with a sentence and ends with one."""
    text = page.annotations.text
    before = text[max(0, quotation.start - 20) : quotation.start].rstrip(" \t-–—…")[-1:]
    if before == ":":
        return False  # somebody else's: `RT @name: "..."`
    begins = quotation.start <= sentence.start or before in ("", "\n", ".", "!", "?", '"', "”")
    inner_end = text[quotation.inner.end - 1]
    behind = text[quotation.end : quotation.end + 2].strip(" ")
    inside = text[quotation.inner.start : quotation.inner.end]
    ends = inner_end in ".!?…" or not quotation.closed or behind[:1] in (".", "\n") or _STOP.search(inside) is not None
    return begins and ends


def _merged(page: Page, drafts: list[Draft], new: Draft) -> list[Draft]:
    """The drafts with a new one; one with the same cue takes the new quotation in when it has quoted before."""
    for at, old in enumerate(drafts):
        if new.cue and old.cue and old.at.index == new.at.index:
            drafts[at] = replace(old, content=_joined(page, old, new))
            return drafts
    return sorted([*drafts, new], key=_position)


def _joined(page: Page, old: Draft, new: Draft) -> Content:
    """The content of a cue to which a quotation was found: all its quotations; where it had none, the quotation beside the cue instead.

    `"It is over," Gil said in an interview` reports no interview; only what is reported by a clause of its own goes on before a colon.
    """
    spans: list[Span] = sorted({*old.content.spans, *new.content.spans})
    if old.content.mode == "direct":
        return Content(tuple(spans), "direct")
    quotation = new.content.spans[0]
    if quotation.start < old.at.start:
        return new.content if old.content.mode == "indirect" else old.content
    verb = verb_lemma(old.at) in reporting_words().frames
    predicate = any(t.upos in ("VERB", "AUX") for span in old.content.spans for t in page.annotations.tokens_in(span))
    if not verb or not predicate:
        return new.content
    marked = page.marked(quotation)
    return Content((*old.content.spans, marked), "mixed") if old.content.spans[-1].end <= marked.start else old.content
