"""What the rules found and what the encoder's heads found, joined: one draft a cue, with the edges that both bear out.

A cue that the heads found has the contents and the source that the heads link to it. Where a rule has a draft for the same
cue, the rule's speaker stands and the heads have a say on where the content ends; where it has none, the link becomes a draft
of its own. A draft of the rules that the heads clearly deny is dropped unless it quotes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.statements.contents import Content, edged_content
from dragoman.reading.statements.cues import Draft, Page
from dragoman.reading.statements.evidence import CONTENT, CUE, SOURCE, Evidence, Hints, Run
from dragoman.reading.statements.reporting import reporting_words, verb_lemma
from dragoman.reading.statements.speakers import agent_of, is_passive, is_question_of_nobody, owner_of, source_tokens, speaker_of

_DENIED = 0.3  # chance of a cue below which a draft of the rules is dropped
_INSIDE = 0.5  # chance of a content above which a cue stands in one
_KNOWN = 3.0  # worth of an edge that the rules have
_PHRASE = 8.0  # worth of ending where the phrases end that a content began
_SILENT = 0.3  # chance of a source's surest word below which nobody speaks: "the deal seems to hold", "he is said to leave"
_IMPERSONAL = 0.8  # the same where the passive hides who speaks: at 0.75 and below our gold readings lose, at 0.8 they do not
_HEARD = 0.6  # chance of a cue in which no rule saw a report, from which on it makes a draft all the same
_FARTHEST = 40  # tokens between a predicate and a word of its subject
_REACH = 6  # tokens between a cue and a source that neither the tree nor a link joins
_NOMINALS = frozenset({"DET", "ADJ", "NOUN", "NUM", "PROPN", "PRON"})
_TELLING = _NOMINALS - {"DET"} | {"VERB", "AUX", "INTJ", "ADV", "SYM", "X"}  # no content is a bare "by"
_COMPLEMENTS = ("ccomp", "xcomp", "obj", "parataxis", "obl", "acl", "nmod", "advcl")


@dataclass
class _Link:
    """A cue of the heads, its place among them, its main word, and the contents that are linked to it."""

    place: int
    run: Run
    main: Token
    contents: list[Run]


def with_evidence(page: Page, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of the rules and of the heads together; those of the rules as they are where no head has spoken."""
    evidence = Evidence(page.annotations, page.quotations, _hints(page, drafts))
    if not evidence.told:
        return list(drafts)
    links = _linked(page.annotations, evidence)
    at = {index: link for link in links for index in range(link.run.first, link.run.last)}
    taken: set[int] = set()
    joined: list[Draft] = []
    for draft in drafts:
        link = next((at[t.index] for t in (draft.at, *draft.cue) if t.index in at), None)
        if link is None:
            joined += [] if _is_denied(page, draft) else [draft]
        else:
            joined.append(draft if link.run.first in taken else _snapped(page, evidence, draft, link))
            taken.add(link.run.first)
    new = (_drafted(page, evidence, link) for link in links if link.run.first not in taken)
    return [*joined, *(draft for draft in new if draft is not None)]


def _hints(page: Page, drafts: Sequence[Draft]) -> Hints:
    """The edges of the rules' contents, and their cues that stand in no content of theirs."""
    held = {index for draft in drafts for index in _indices(page, draft)}
    edges = {edge for draft in drafts for span in draft.content.spans for edge in span}
    return Hints(edges, {draft.at.index for draft in drafts} - held)


def _indices(page: Page, draft: Draft) -> set[int]:
    """The tokens of a draft's content."""
    return {t.index for span in draft.content.spans for t in page.annotations.tokens_in(span)}


def _is_denied(page: Page, draft: Draft) -> bool:
    """Whether the heads do not hold the cue for one; a quotation needs no such word.

    Inside somebody else's words they know of no cue, as PolNeAR marks only the outermost attribution: there whoever
    says, finitely, that somebody does something is believed.
    """
    words = (draft.at, *draft.cue)
    if draft.content.mode == "direct" or max(t.voice[CUE] for t in words) >= _DENIED:
        return False
    said = _indices(page, draft)
    told = any(t.relation.startswith("nsubj") and t.head in said for t in map(page.annotations.tokens.__getitem__, said))
    return not (told and draft.at.feats.get("VerbForm") != "Inf" and max(t.voice[CONTENT] for t in words) > _INSIDE)


# Linking cues and contents.


def _linked(annotations: Annotations, evidence: Evidence) -> list[_Link]:
    """Each cue of the heads with the contents that belong to it."""
    links = []
    for place, (cue, contents) in enumerate(zip(evidence.cues, evidence.contents, strict=True)):
        run = _outside(cue, contents)
        links.append(_Link(place, run, _main(annotations.tokens[run.first : run.last]), contents))
    return links


def _outside(cue: Run, contents: Sequence[Run]) -> Run:
    """A cue without the words at its end with which a content begins."""
    inside = [content.first for content in contents if cue.first < content.first < cue.last]
    return Run(cue.first, min(inside, default=cue.last))


def _main(run: Sequence[Token]) -> Token:
    """The word of a cue that the others hang on: its last verb whose governor stands outside, else the last such word."""
    inside = {t.index for t in run}
    tops = [t for t in run if t.head not in inside]
    verbs = [t for t in tops if t.upos == "VERB"] or [t for t in run if t.upos == "VERB"]
    return (verbs or tops or list(run))[-1]


# Making drafts.


def _snapped(page: Page, evidence: Evidence, draft: Draft, link: _Link) -> Draft:
    """A draft of the rules with the content that the heads give to its cue, and with the cue as long as they have it."""
    annotations = page.annotations
    if draft.at.index in link.run:
        draft = replace(draft, cue=_words(annotations, link.run))
    named = _source(annotations, evidence, link, _outside_cue(annotations, draft, link))
    if named is not None:
        inside = draft.source is not None and draft.source.index in link.run
        draft = replace(draft, source=named[0] if inside or draft.source is None else draft.source, phrase=named[1], exact=True)
    if not link.contents:
        return draft
    if draft.content.mode == "direct":
        longer = _beyond_marks(page, draft, link)
        return draft if longer is None else replace(draft, content=longer)
    content = _between(page, evidence, draft, link)
    return replace(draft, content=content) if content is not None else draft


def _outside_cue(annotations: Annotations, draft: Draft, link: _Link) -> Token | None:
    """The speaker of a draft; where the cue has that word itself, who does what the cue tells: "Gil | released a statement saying"."""
    if draft.source is None or draft.source.index not in link.run:
        return draft.source
    verbs = (t for t in annotations.tokens[link.run.first : link.run.last] if t.upos == "VERB")
    return next((s for v in verbs if (s := speaker_of(annotations, v)) is not None and s.index not in link.run), draft.source)


def _beyond_marks(page: Page, draft: Draft, link: _Link) -> Content | None:
    """A quotation with the words that touch it and that the heads report too: `said | it would | "go on"`; None without any."""
    tokens, quoted = page.annotations.tokens, _indices(page, draft)
    told = {i for run in link.contents for i in range(run.first, run.last)} - {t.index for t in (*draft.cue, *draft.phrase)}
    if not quoted or not quoted <= told:
        return None
    first, last = min(quoted), max(quoted) + 1
    around = _grown(tokens, told, first, last)
    more = [t for t in tokens[around.first : around.last] if t.index not in quoted and any(c.isalnum() for c in t.text)]
    if not more or last - first > len(quoted):
        return None
    return edged_content(page.annotations, [_words(page.annotations, around)], page.near(link.main), link.main)


def _grown(tokens: Sequence[Token], told: Collection[int], first: int, last: int) -> Run:
    """The tokens from `first` to `last` with those on both sides that are told or only punctuation; its edges are told."""
    low, high = first, last
    while low and tokens[low - 1].sentence == tokens[first].sentence and (low - 1 in told or tokens[low - 1].upos == "PUNCT"):
        low -= 1
    while high < len(tokens) and tokens[high].sentence == tokens[last - 1].sentence and (high in told or tokens[high].upos == "PUNCT"):
        high += 1
    return Run(low, high)


def _between(page: Page, evidence: Evidence, draft: Draft, link: _Link) -> Content | None:
    """The content with the likelier of two beginnings and of two ends, the rules' and the heads'; None where they do not meet."""
    if len(draft.content.spans) > 1:
        return None
    words = page.annotations.tokens_in(draft.content.spans[0])
    known = Run(words[0].index, words[-1].index + 1)
    met = [run for run in link.contents if run.first < known.last and known.first < run.last]
    if not met:
        return None
    sentence = page.annotations.sentence_of(link.main)
    if known.first == sentence.first and known.last <= link.main.index:
        met = [Run(known.first, met[0].last), *met[1:]]
    core = [i for t in words if t.head not in known and t.upos != "PUNCT" for i in _kernel(page.annotations, t)]
    firsts = (known.first, min([met[0].first, *core]))
    lasts = (known.last, max([met[-1].last, *(i + 1 for i in core)]))
    ways = [(evidence.held(a, b) + _KNOWN * ((a == known.first) + (b == known.last)), a, b) for a in firsts for b in lasts if a < b]
    _, first, last = max(ways)
    if link.main.index in range(first, last):
        return None
    return edged_content(page.annotations, [page.annotations.tokens[first:last]], page.near(link.main), link.main)


def _drafted(page: Page, evidence: Evidence, link: _Link) -> Draft | None:
    """A cue that no rule knows as a draft; None if it is not sure enough, or reports nothing, or nobody is known to speak."""
    annotations = page.annotations
    if link.main.voice[CUE] < _HEARD or _is_no_report(annotations, link.main):
        return None
    contents = _from_phrase(annotations, link) if link.contents else _complement(annotations, link)
    if len(contents) == 1:
        contents = [_completed(annotations, evidence, contents[0], link.run)]
    named = _source(annotations, evidence, link, None)
    if named is None or (max(t.voice[SOURCE] for t in (named[0], *named[1])) < _SILENT and not _is_agent(page, link, named[0])):
        return _unsaid(page, link, contents)
    own = {t.index for t in named[1]}.union(range(link.run.first, link.run.last))
    words = [tuple(t for t in run if t.index not in own) for run in _tokens(annotations, contents)]
    content = edged_content(annotations, [run for run in words if any(t.upos in _TELLING for t in run)], page.near(link.main), link.main)
    if content is None:
        return None
    return Draft(link.main, _words(annotations, link.run), named[0], content, phrase=named[1], exact=True)


def _is_agent(page: Page, link: _Link, source: Token) -> bool:
    """Whether somebody of the cast is the agent of a passive: "was rejected by Rome"."""
    return is_passive(page.annotations, link.main) and source == agent_of(page.annotations, link.main) and page.cast.of(source) is not None


def _is_no_report(annotations: Annotations, verb: Token) -> bool:
    """Whether a verb that the heads hold for a cue reports nothing: a deed, what is yet to be said, a question that nobody puts."""
    words = reporting_words().words
    if verb_lemma(verb) in words["citing"] and is_passive(annotations, verb):
        return True  # "he was quoted by the agency as saying": his words, which "saying" reports
    if verb_lemma(verb) in words["deeds"] or is_question_of_nobody(annotations, verb):
        return True
    ahead = any(t.lower in words["ahead"] and t.index < verb.index for t in annotations.children(verb, "aux"))
    refused = any(t.lower in ("not", "n't") for t in annotations.children(verb, "advmod"))
    return ahead and not refused  # who "would not confirm it" has spoken


def _unsaid(page: Page, link: _Link, contents: Sequence[Run]) -> Draft | None:
    """What is told in the passive without anybody who tells it ("is believed to ..."); None if the cue is not sure enough."""
    annotations = page.annotations
    if link.main.voice[CUE] < _IMPERSONAL or not is_passive(annotations, link.main):
        return None
    content = edged_content(annotations, _tokens(annotations, contents), page.near(link.main), link.main) if contents else None
    return Draft(link.main, _words(annotations, link.run), None, content, exact=True) if content else None


def _completed(annotations: Annotations, evidence: Evidence, run: Run, cue: Run) -> Run:
    """A content as long as the phrases that it begins, where the heads do not speak against it."""
    last = run.last
    for token in annotations.tokens[run.first : run.last]:
        if token.head not in run and token.upos != "PUNCT":
            last = max(last, *(t.index + 1 for t in annotations.subtree(token) if t.upos != "PUNCT"))
    if last == run.last or run.first < cue.first < last:
        return run
    return Run(run.first, last) if evidence.held(run.last, last) + _PHRASE > 0 else run


def _words(annotations: Annotations, run: Run) -> tuple[Token, ...]:
    return tuple(annotations.tokens[run.first : run.last])


def _tokens(annotations: Annotations, runs: Sequence[Run]) -> list[tuple[Token, ...]]:
    return [_words(annotations, run) for run in runs]


def _kernel(annotations: Annotations, head: Token) -> Iterator[int]:
    """A predicate and its subject: no content has the one without the other."""
    yield head.index
    for subject in annotations.children(head, "nsubj", "csubj", "expl", "aux", "cop"):
        yield from (t.index for t in annotations.subtree(subject) if abs(t.index - head.index) < _FARTHEST)


def _from_phrase(annotations: Annotations, link: _Link) -> list[Run]:
    """The contents without an agent ("by ..."), and with the noun whose "of" phrase one begins with."""
    if link.contents[0].first < link.run.last:
        return link.contents
    first, *others = link.contents
    opening, between = annotations.tokens[first.first], annotations.tokens[link.run.last : first.first]
    if opening.lower == "by" and is_passive(annotations, link.main):
        return others
    if opening.lower == "of" and len(between) <= _REACH and all(t.upos in _NOMINALS or t.text == "-" for t in between):
        return [Run(link.run.last, first.last), *others]
    return link.contents


def _complement(annotations: Annotations, link: _Link) -> list[Run]:
    """The clause or phrase behind a cue in the tree: what is reported inside somebody else's words."""
    for complement in annotations.children(link.main, *_COMPLEMENTS):
        if complement.index >= link.run.last:
            words = [t for t in annotations.subtree(complement) if t.index >= link.run.last]
            return [Run(words[0].index, words[-1].index + 1)]
    return []


def _source(annotations: Annotations, evidence: Evidence, link: _Link, known: Token | None) -> tuple[Token, tuple[Token, ...]] | None:
    """The head of the phrase that names the speaker, and its words as the heads of the encoder have them."""
    speaker = known or _speaker(annotations, link.main)
    run = _source_run(annotations, evidence, link, speaker)
    if run is None:
        return (speaker, tuple(source_tokens(annotations, speaker))) if speaker is not None else None
    words = tuple(annotations.tokens[run.first : run.last])
    if speaker is None:
        speaker = _above_relative(annotations, _top(annotations, words), link.main)
        if speaker.index not in run:
            words = tuple(source_tokens(annotations, speaker))
    elif speaker.index in run:
        words = max(words, tuple(source_tokens(annotations, speaker)), key=len)
    return speaker, words


def _speaker(annotations: Annotations, main: Token) -> Token | None:
    if main.upos in ("VERB", "AUX"):
        return speaker_of(annotations, main)
    return owner_of(annotations, main) if main.upos == "NOUN" else None


def _top(annotations: Annotations, words: Sequence[Token]) -> Token:
    """The noun that heads a source: of those that hang on words outside, one without a preposition if there is one."""
    inside = {t.index for t in words}
    nominal = [t for t in words if t.upos in ("NOUN", "PROPN", "PRON")] or list(words)
    tops = [t for t in nominal if t.head not in inside] or nominal
    return next((t for t in tops if annotations.child(t, "case") is None), tops[0])


def _above_relative(annotations: Annotations, top: Token, cue: Token) -> Token:
    """The noun whose relative clause a name stands in, where the cue stands outside of it: "Gil, who left Lima, said"."""
    below = top
    for above in annotations.ancestors(top):
        if below.relation == "acl:relcl" and above.index < top.index:
            inside = any(t.index == below.index for t in (cue, *annotations.ancestors(cue)))
            return top if inside else above
        below = above
    return top


def _source_run(annotations: Annotations, evidence: Evidence, link: _Link, speaker: Token | None) -> Run | None:
    """The source run that holds the speaker, else the nearest one of the sentence with no cue between."""
    suffers = _passive_subject(annotations, link.main)
    own = [run for run in evidence.sources_of(link.main.sentence) if suffers is None or suffers not in run]
    if speaker is not None:
        held = next((run for run in own if speaker.index in run), None)
        if held is not None:
            return held
        relative = [r for r in own if r.last - r.first == 1 and annotations.tokens[r.first].feats.get("PronType") == "Rel"]
        return next((r for r in relative if annotations.tokens[r.first].head == link.main.index), None)
    linked = evidence.source_of(link.place)
    if linked is not None and (suffers is None or suffers not in linked):
        return linked
    others = [cue for cue in evidence.cues_of(link.main.sentence) if cue != link.run]
    free = [r for r in own if not any(min(r.last, link.run.last) <= c.first < max(r.first, link.run.first) for c in others)]
    near = min(free, key=link.run.gap, default=None)
    return near if near is not None and link.run.gap(near) <= _REACH else None


def _passive_subject(annotations: Annotations, verb: Token) -> int | None:
    """The index of who is accused, told, believed: the subject of a passive does not speak ("was quoted as saying" has its rule)."""
    subject = annotations.child(verb, "nsubj:pass")
    citing = verb_lemma(verb) in reporting_words().words["citing"]
    return subject.index if subject is not None and not citing and is_passive(annotations, verb) else None
