"""What a reporting word reports: the words of its clause or phrase in the tree, and the characters of the content.

Two steps. First the tree gives the words that are reported (`clause_of`, `framed_content`). Then `content_of` turns words
into spans: punctuation at the edges falls away, a clause of the writer's own behind the content is cut off, and where
quotation marks stand the quotation decides where the content ends, however many sentences it runs over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.entries import StatementMode
from dragoman.reading.statements.quotations import Quotation
from dragoman.reading.statements.reporting import noun_lemma, reporting_words, verb_lemma
from dragoman.reading.statements.speakers import has_case, is_added_participle, is_passive, joined_to
from dragoman.text.report import Span

_CONTENT, _REPORTED = 2, 0.5  # the place of a content's chance in `Token.voice`, and the least of it
_DIRECT = 0.9  # share of a content's words that stand in quotation marks, from which on it counts as direct
_OPENERS = frozenset({"just", "only", "barely", "hours", "days", "weeks", "months", "years", "minutes"})
_EDGE = " \t\r\n\u00a0"
_NOMINAL = frozenset({"DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM"})
_ANYBODY = frozenset({"they", "we", "you", "one", "people", "i"})  # "as they say" reports nobody
_CIRCUMSTANCE = ("as", "after", "before", "while", "because", "although")  # "she said as he left" says nothing
_CLAUSAL = frozenset({"VERB", "AUX", "CCONJ"})
_GAP = 6  # tokens between a content and the quotation that ends it
_DATELINE = re.compile(r"[A-Z][^\n()]{0,60}\([A-Za-z /]{2,24}\)\s*(?:--?|[–—])\s*")
_SIGNS = frozenset({"@", "#"})  # of handles and topics
_NEEDS_CASE = frozenset({"call", "appeal", "plead"})
_TIMES = frozenset({"hour", "day", "week", "month", "year", "minute"})


@dataclass(frozen=True)
class Content:
    """The spans of a content and whether it is quoted."""

    spans: tuple[Span, ...]
    mode: StatementMode


def clause_of(annotations: Annotations, verb: Token) -> list[Token]:
    """The clause that a verb reports: its own, or the one that it stands in as a parenthesis; empty if there is none."""
    for relation in ("ccomp", "csubj:pass", "csubj"):
        clauses = [c for c in annotations.children(verb, relation) if not _is_circumstance(annotations, verb, c)]
        clause = next((c for c in clauses if c.index > verb.index), next(iter(clauses), None))
        if clause is not None and (relation != "csubj" or is_passive(annotations, verb)):
            return _without_later_cues(annotations, _unbroken(annotations, verb, clause), clause)
    for clause in annotations.children(verb, "parataxis"):
        if clause.index > verb.index and (verb_lemma(clause) not in reporting_words().frames or has_case(annotations, clause, "that")):
            return annotations.subtree(clause)
    return _host_clause(annotations, verb)


def _is_circumstance(annotations: Annotations, verb: Token, clause: Token) -> bool:
    """Whether a clause tells when or why it was said, and was taken for what was said."""
    if has_case(annotations, clause, *_CIRCUMSTANCE):
        return True
    following = annotations.tokens[verb.index + 1 : verb.index + 2]
    return clause.index > verb.index and any(t.lower == "as" or (t.upos == "SCONJ" and t.lower in _CIRCUMSTANCE) for t in following)


def _host_clause(annotations: Annotations, verb: Token) -> list[Token]:
    """The clause that "he said" or "as he said" is put into or behind."""
    cue = verb
    while cue.relation == "conj" and (above := annotations.head(cue)) is not None:
        cue = above
    host = annotations.head(cue)
    as_clause = cue.relation.startswith("advcl") and has_case(annotations, cue, "as")
    teller = annotations.child(cue, "nsubj")
    as_clause = as_clause and teller is not None and teller.lower not in _ANYBODY
    if host is None or not (cue.relation == "parataxis" or as_clause):
        return []
    if annotations.child(verb, "obj") is not None and verb_lemma(verb) not in reporting_words().words["hearer"]:
        return []  # "employers added jobs"
    inside = {t.index for t in annotations.subtree(cue)}
    inside |= _other_cues(annotations, host, behind=cue.index)
    return [t for t in annotations.subtree(host) if t.index not in inside]


def _without_later_cues(annotations: Annotations, tokens: Sequence[Token], clause: Token) -> list[Token]:
    inside = _other_cues(annotations, clause, behind=clause.index)
    return [t for t in tokens if t.index not in inside]


def _unbroken(annotations: Annotations, verb: Token, clause: Token) -> list[Token]:
    """A clause behind its verb in one piece, from its "that" on: gaps, and words before the verb, are slips of the tree."""
    tokens = annotations.subtree(clause)
    if clause.index < verb.index:
        return tokens
    first, last = next(t.index for t in tokens if t.index > verb.index), tokens[-1].index
    lead = annotations.tokens[verb.index + 1 : clause.index]
    that = next((t for t in lead if t.lower == "that" and t.upos == "SCONJ"), None)
    if that is not None and not any(
        t.upos in ("VERB", "AUX") and t.feats.get("VerbForm") == "Fin" for t in lead[: that.index - verb.index]
    ):
        first = that.index
    elif verb_lemma(verb) not in reporting_words().words["hearer"] and 0 < first - verb.index - 1 <= _GAP:
        lead = annotations.tokens[verb.index + 1 : first]
        if all(t.upos in _NOMINAL and not (t.head == verb.index and t.relation.startswith("obl")) for t in lead):
            first = verb.index + 1  # the clause's subject, taken for the verb's object
    return list(annotations.tokens[first : _low_end(annotations, verb, last) + 1])


def _low_end(annotations: Annotations, verb: Token, last: int) -> int:
    """The last token of a clause behind its verb, with what stands behind it before the next comma.

    "Said talks would resume on Friday": what ends such a sentence belongs to what is said, wherever the tree hung it.
    """
    sentence = annotations.sentence_of(verb)
    apart: set[int] = set()
    for branch in annotations.children(verb, "conj", "parataxis", "advcl"):
        apart |= {t.index for t in annotations.subtree(branch)}
    while last + 1 < sentence.last and annotations.tokens[last + 1].upos != "PUNCT" and last + 1 not in apart:
        last += 1
    return last


def _other_cues(annotations: Annotations, clause: Token, behind: int) -> set[int]:
    """The parentheses ("..., Reuters reported") in a clause that stand behind a token: they report it from outside."""
    words = reporting_words()
    found: set[int] = set()
    for other in annotations.children(clause, "conj"):
        joint = annotations.child(other, "cc")
        if joint is not None and joint.index > behind and joined_to(annotations, other) is not None:
            found |= set(range(joint.index, annotations.sentence_of(clause).last))
    for other in annotations.children(clause, "parataxis"):
        if other.index > behind and verb_lemma(other) in words.frames and annotations.child(other, "nsubj") is not None:
            found |= {t.index for t in annotations.subtree(other)}
    return found


def nearby_clause(annotations: Annotations, verb: Token) -> list[Token]:
    """A clause beside a verb of saying that the tree failed to join to it: all before ", she said", all behind "said that".

    Only a verb with a subject of its own is given one, and only words with a verb among them are one.
    """
    subject = annotations.child(verb, "nsubj")
    if subject is None or annotations.child(verb, "obj") is not None:
        return []
    sentence = annotations.sentence_of(verb)
    following = annotations.tokens[verb.index + 1 : sentence.last]
    modified = annotations.head(verb)
    gap = verb.relation == "acl:relcl" and modified is not None and modified.upos in ("NOUN", "PROPN")
    if gap and following and following[0].upos in ("VERB", "AUX"):
        return _to_comma(following)  # "an attack the police say killed ten"
    cue = [t.index for t in annotations.subtree(subject) if t.sentence == verb.sentence]
    first, last = min([verb.index, *cue]), max([verb.index, *cue])
    before, behind = annotations.tokens[sentence.first : first], annotations.tokens[last + 1 : sentence.last]
    if not _has_verb(behind):
        return list(before) if before and before[-1].text == "," and _has_verb(before) else []
    for at, token in enumerate(behind):
        if token.lower == "that" and token.upos == "SCONJ":
            return list(behind[at:])
        if token.upos in ("VERB", "AUX", "PUNCT"):
            break
    joined = verb_lemma(verb) == "say" and behind[0].upos in _NOMINAL
    return list(behind) if last == verb.index and joined else []


def _to_comma(tokens: Sequence[Token]) -> list[Token]:
    end = next((i for i, t in enumerate(tokens) if t.text in (",", ";", ".")), len(tokens))
    return list(tokens[:end])


def _has_verb(tokens: Sequence[Token]) -> bool:
    return any(t.upos in ("VERB", "AUX") for t in tokens)


def framed_content(annotations: Annotations, verb: Token, frames: Collection[str]) -> list[Token]:
    """What a verb reports in a phrase instead of a clause: an infinitive, an object, "them of lying", "it as a lie"."""
    if "infinitive" in frames and not is_passive(annotations, verb) and annotations.child(verb, "obj") is None:
        infinitive = annotations.child(verb, "xcomp")
        if infinitive is not None and (infinitive.upos == "VERB" or has_case(annotations, infinitive, "to")):
            return annotations.subtree(infinitive)
    for frame, relations, words in (
        ("hearer_of", ("obl", "advcl", "nmod", "acl"), ("of", "for")),
        ("hearer_to", ("xcomp", "ccomp"), ("to",)),
        ("as", ("obl", "advcl", "xcomp", "nmod"), ("as",)),
        ("predicate", ("xcomp",), ()),
    ):
        found = _object_and(annotations, verb, frame, relations, words) if frame in frames else []
        if found:
            return found
    return _phrase(annotations, verb) or (_object(annotations, verb) if "object" in frames else [])


def _object_and(annotations: Annotations, verb: Token, frame: str, relations: tuple[str, ...], words: tuple[str, ...]) -> list[Token]:
    """An object with its complement, as in "(accused) them of lying"; with a passive, its subject with it."""
    reached = _reached(annotations, verb)
    hearer = reached or annotations.child(verb, "obj", "iobj", "nsubj:pass")
    if hearer is None or hearer.feats.get("Reflex") == "Yes" or (reached is None and verb_lemma(verb) in _NEEDS_CASE and "to" in words):
        return []
    relations = (*relations, "advcl") if reached is not None else relations
    places = [hearer, verb] if hearer.relation == "obj" else [verb]
    for place in places:
        for complement in annotations.children(place, *relations):
            marked = has_case(annotations, complement, *words) if words else not has_case(annotations, complement, "to")
            if marked and complement.index > max(verb.index, hearer.index) and complement.index != hearer.index:
                relative = hearer.feats.get("PronType") == "Rel"
                both = {} if relative else {t.index: t for t in _phrase_tokens(annotations, hearer)}
                both |= {t.index: t for t in annotations.subtree(complement)}
                if min(both) > verb.index:
                    return list(annotations.tokens[min(both) : max(both) + 1])
                return [both[i] for i in sorted(both)] if frame != "predicate" else []
    return []


def _reached(annotations: Annotations, verb: Token) -> Token | None:
    """The hearer behind a preposition: "called on them to", "appealed to them to"."""
    if verb_lemma(verb) not in _NEEDS_CASE:
        return None
    behind = annotations.children(verb, "obl")
    found = next((t for t in behind if has_case(annotations, t, "on", "upon", "to")), None)
    if found is None and any(t.lower in ("on", "upon") for t in annotations.children(verb, "compound:prt")):
        found = next((t for t in behind if t.index > verb.index and annotations.child(t, "case") is None), None)
    return found


def _phrase_tokens(annotations: Annotations, head: Token) -> list[Token]:
    return [t for t in annotations.subtree(head) if not (t.head == head.index and t.relation == "case" and t.index < head.index)]


def _phrase(annotations: Annotations, verb: Token) -> list[Token]:
    """The object of a verb's own preposition, as in "called for talks"."""
    wanted = reporting_words().phrases.get(verb_lemma(verb), frozenset())
    for phrase in annotations.children(verb, "obl", "advcl"):
        if phrase.index > verb.index and has_case(annotations, phrase, *wanted):
            return _phrase_tokens(annotations, phrase)
    return []


def _object(annotations: Annotations, verb: Token) -> list[Token]:
    named = annotations.child(verb, "obj")
    if named is None or named.upos not in ("NOUN", "VERB") or is_passive(annotations, verb) or annotations.child(verb, "iobj"):
        return []
    words, noun = reporting_words().words, noun_lemma(named)
    if verb_lemma(verb) == "deny" and noun in words["withheld_goods"]:
        return []
    if verb_lemma(verb) == "claim" and noun not in words["claimable"]:
        return []
    return annotations.subtree(named)


def content_of(annotations: Annotations, tokens: Sequence[Token], cue: Token, quotations: Sequence[Quotation]) -> Content | None:
    """The spans of reported words; `quotations` are those of the text, of which the ones around the cue do not count.

    None if nothing but punctuation is reported.
    """
    inside = next((q for q in quotations if q.depth == 0 and q.span.covers(cue.span)), None)
    around = [q for q in quotations if not q.span.covers(cue.span) and q.depth == (inside is not None)]
    words = [t for t in tokens if t.upos != "PUNCT" and t.text not in _SIGNS]
    if not words:
        return None
    words = _in_one_sentence(annotations, _with_quoted_end(annotations, words, cue, around), cue, around)
    touched = [q for q in around if any(q.inner.covers(t.span) for t in words)]
    own = _whole_before(annotations, touched, cue)
    if own is not None:
        return direct_content(annotations.text, [own, *(q for q in touched if q.start > cue.end)])
    quoted = sum(any(q.inner.covers(t.span) for q in touched) for t in words)
    if quoted >= _DIRECT * len(words) and not _leads_into(words, touched):
        return direct_content(annotations.text, touched)
    words = _without_afterthought(annotations, words, touched)
    spans = _grouped(annotations, words)
    if touched:
        spans = _with_quotations(spans, [q for q in touched if any(q.span.overlaps(s) for s in spans)])
    if inside is not None:
        spans = [Span(max(s.start, inside.inner.start), min(s.end, inside.inner.end)) for s in spans]
    dateline = _DATELINE.match(annotations.text, spans[0].start)
    if dateline and dateline.end() < spans[0].end:
        spans[0] = Span(dateline.end(), spans[0].end)
    kept = tuple(s for s in (trimmed(annotations.text, s) for s in spans) if s.start < s.end)
    return Content(kept, "mixed" if touched else "indirect") if kept else None


def edged_content(annotations: Annotations, runs: Sequence[Sequence[Token]], quotations: Sequence[Quotation], cue: Token) -> Content | None:
    """The spans of words whose edges are known; a quotation that they all but fill is taken whole.

    None if nothing but punctuation is reported.
    """
    inside = next((q for q in quotations if q.depth == 0 and q.span.covers(cue.span)), None)
    around = [q for q in quotations if not q.span.covers(cue.span) and q.depth == (inside is not None)]
    words = [t for run in runs for t in run if t.upos != "PUNCT"]
    if not words:
        return None
    touched = [q for q in around if any(q.inner.covers(t.span) for t in words)]
    own = _whole_before(annotations, touched, cue)
    if own is not None and runs[-1][-1].end <= cue.start:
        return direct_content(annotations.text, [own])
    kept = {t.index for t in _without_afterthought(annotations, words, touched)}
    runs = [[t for t in run if t.index in kept] for run in runs]
    runs = [run for run in runs if any(t.text[0].isalnum() for t in run)]
    words = [t for run in runs for t in run]
    quoted = sum(any(q.inner.covers(t.span) for q in touched) for t in words)
    if touched and quoted >= _DIRECT * len(words) and not _leads_into(words, touched):
        return direct_content(annotations.text, touched)
    spans = [_with_brackets(annotations, run) for run in runs]
    if touched:
        spans = _with_quotations(spans, [q for q in touched if any(q.span.overlaps(s) for s in spans)])
    found = tuple(s for s in (trimmed(annotations.text, s) for s in spans) if s.start < s.end)
    return Content(found, "mixed" if touched else "indirect") if found else None


def _leads_into(words: Sequence[Token], quotations: Sequence[Quotation]) -> bool:
    """Whether words outside the marks are reported too, as the heads have it: `said | it will | "be adding the rest"`."""
    loose = [t for t in words if not any(q.inner.covers(t.span) for q in quotations)]
    return bool(loose) and all(t.voice[_CONTENT] > _REPORTED for t in loose)


def _in_one_sentence(annotations: Annotations, words: list[Token], cue: Token, quotations: Sequence[Quotation]) -> list[Token]:
    """The words on the cue's side of a full stop that the sentence boundaries of the model ran over."""
    first, last = words[0].index, words[-1].index
    stops = [
        t.index for t in annotations.tokens[first:last] if t.text in (".", "!", "?") and not any(q.span.covers(t.span) for q in quotations)
    ]
    before = max((s for s in stops if s < cue.index), default=-1)
    behind = min((s for s in stops if s > cue.index), default=last + 1)
    return [t for t in words if before < t.index < behind] or words


def _whole_before(annotations: Annotations, quotations: Sequence[Quotation], cue: Token) -> Quotation | None:
    """The quotation of whole sentences that ends where "..., she said" begins: then nothing before it is reported."""
    text = annotations.text
    before = [q for q in quotations if q.end <= cue.start]
    if not before or sum(t.upos in ("VERB", "AUX") for t in annotations.tokens_in(Span(before[-1].end, cue.start))):
        return None
    last = before[-1]
    begins = text[last.inner.start].isupper() and text[max(0, last.start - 9) : last.start].rstrip()[-1:] in (
        "",
        ".",
        ":",
        "!",
        "?",
        '"',
        "”",
        ",",
    )
    ends = text[last.inner.end - 1] in ",?!" or text[last.end : last.end + 1] == ","
    return last if begins and ends else None


def _with_quoted_end(annotations: Annotations, words: list[Token], cue: Token, quotations: Sequence[Quotation]) -> list[Token]:
    """Words behind a cue that break off just before a quotation go on to its end: `said it was almost "impossible"`."""
    last = words[-1]
    if last.index < cue.index:
        return words
    following = next((q for q in quotations if q.start >= last.end), None)
    between = annotations.tokens_in(Span(last.end, following.start)) if following else []
    if following is None or len(between) > _GAP or any(t.upos in _CLAUSAL or t.text == "." for t in between):
        return words
    end = annotations.sentence_of(cue).last
    added = [t for t in annotations.tokens[last.index + 1 : end] if t.start < following.end and t.upos != "PUNCT"]
    return [*words, *added]


def direct_content(text: str, quotations: Sequence[Quotation]) -> Content:
    """A content that is one or more quotations: their characters without the marks and without a comma at the end."""
    return Content(tuple(trimmed(text, q.inner) for q in quotations), "direct")


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and commas at its edges."""
    start, end = span
    while start < end - 1 and text[start] in _EDGE + ",;:":
        start += 1
    while end > start + 1 and text[end - 1] in _EDGE + ",;:":
        end -= 1
    return Span(start, end)


def _grouped(annotations: Annotations, words: Sequence[Token]) -> list[Span]:
    """Runs of words; punctuation between two of them belongs to the run, any other word ends it."""
    runs: list[list[Token]] = []
    for word in words:
        last = runs[-1][-1].index if runs else -2
        gap = annotations.tokens[last + 1 : word.index] if runs else ()
        if runs and all(t.upos == "PUNCT" for t in gap):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_with_brackets(annotations, run) for run in runs]


def _with_brackets(annotations: Annotations, run: Sequence[Token]) -> Span:
    """From the first word to the last one, with the bracket at either end whose partner lies inside."""
    start, end = annotations.span_of(run)
    text = annotations.text
    inside = text[start:end]
    for opening, closing in ("()", "[]"):
        if text[end : end + 1] == closing and inside.count(opening) > inside.count(closing):
            end += 1
        elif start and text[start - 1] == opening and inside.count(closing) > inside.count(opening):
            start -= 1
    return Span(start, end)


def _with_quotations(spans: list[Span], quotations: Sequence[Quotation]) -> list[Span]:
    """Widens each span to take in the whole of a quotation that it shares words with, the marks included."""
    widened: list[Span] = []
    for span in spans:
        touching = [q for q in quotations if q.span.overlaps(span)]
        start = min([span.start, *(q.start for q in touching)])
        end = max([span.end, *(q.end for q in touching)])
        if widened and widened[-1].end >= start:
            widened[-1] = Span(widened[-1].start, max(end, widened[-1].end))
        else:
            widened.append(Span(start, end))
    return widened


def _without_afterthought(annotations: Annotations, words: list[Token], quotations: Sequence[Quotation]) -> list[Token]:
    """Cuts off what the writer adds behind a content: ", which ...", ", just days after ...", ", adding ..."."""
    last = words[-1].index
    for at, token in enumerate(words):
        if at and _goes_on_reporting(annotations, token):
            return words[:at]
    for token in words[1:]:
        if not _is_afterthought(annotations, token) or any(q.span.covers(token.span) for q in quotations):
            continue
        branch = annotations.subtree(token)
        first = next(t.index for t in branch if t.upos != "PUNCT")
        if branch[-1].index < last and not is_added_participle(token):
            continue
        if first > words[0].index and annotations.tokens[first - 1].text in (",", "-", "--", "–", "—"):
            cut = {t.index for t in branch}
            return [t for t in words if t.index not in cut]
    return words


def _goes_on_reporting(annotations: Annotations, token: Token) -> bool:
    """Whether it is "adding" behind a comma or a quotation, which begins another report by the same speaker."""
    before = annotations.tokens[token.index - 1]
    behind = annotations.tokens[token.index + 1 : token.index + 2]
    if token.upos != "VERB" or before.upos != "PUNCT" or not token.lower.endswith("ing"):
        return False
    reports = "clause" in reporting_words().frames.get(verb_lemma(token), ())
    return reports and (token.lower == "adding" or (bool(behind) and behind[0].lower == "that"))


def _is_afterthought(annotations: Annotations, token: Token) -> bool:
    if token.relation == "acl:relcl" or is_added_participle(token):
        return True
    if token.relation.split(":")[0] not in ("advcl", "obl", "advmod"):
        return False
    opening = [t for t in annotations.subtree(token) if t.upos != "PUNCT"][:5]
    told = any(t.lower.rstrip("s") in _TIMES for t in opening) and any(t.lower in ("after", "before") for t in opening)
    return told and (opening[0].lower in _OPENERS or opening[0].upos in ("NUM", "DET"))
