"""Where a text reports somebody's words: reporting verbs, speech nouns and "according to", each with what it reports.

A verb counts only when it really reports: it is not negated, not merely wished or conditional, and has a content of the
kind that it takes. What comes out are drafts; whose they are in the report's cast is settled in statements.py.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.statements.contents import Content, clause_of, content_of, framed_content, nearby_clause
from dragoman.reading.statements.quotations import Quotation
from dragoman.reading.statements.reporting import noun_lemma, reporting_words, verb_lemma
from dragoman.reading.statements.speakers import (
    has_case,
    is_passive,
    owner_of,
    quoted_one,
    speaker_of,
)
from dragoman.reading.statements.tags import Tag, tagged_words, tags_of
from dragoman.text.report import Span

_SELF = frozenset({"i", "we", "you", "one", "let", "us", "me"})
_POINTING = frozenset({"this", "that", "these", "those", "what", "there", "whatever", "everything", "nothing", "all"})
_NEVER = frozenset({"not", "n't", "never", "hardly", "nor"})
_WINDOW = 16  # tokens from "quoted" to "as saying"
_MOST = 0.7  # share of the words before a tag that the tree has to give it to be believed
_PHRASE = 12  # tokens behind "according to" in which the head of its phrase stands
_IN_PHRASE = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON", "ADP", "PART"})
_NEAR = 3  # sentences on each side of a cue whose quotations may be its content


@dataclass(frozen=True)
class Draft:
    """A statement before its speaker is known: `source` heads the phrase that names the speaker, None if none does.

    `at` is the cue's main token (the first quoted token where there is no cue). `follows` is the draft whose speaker
    goes on in this one; `silent` says that the source is only understood and gets no span. `phrase` are the words that
    name the speaker where word order tells them and not the tree; with `exact` they stand even where the tree has more.
    """

    at: Token
    cue: tuple[Token, ...]
    source: Token | None
    content: Content
    follows: Draft | None = None
    silent: bool = False
    phrase: tuple[Token, ...] = ()
    exact: bool = False


@dataclass(frozen=True)
class Page:
    """What the cue finders look at: the trees, the cast, and the quotations in text order."""

    annotations: Annotations
    cast: Cast
    quotations: tuple[Quotation, ...]

    def near(self, token: Token) -> Sequence[Quotation]:
        """The quotations that touch the sentences around a token."""
        sentences = self.annotations.sentences
        first = sentences[max(0, token.sentence - _NEAR)].start
        last = sentences[min(len(sentences) - 1, token.sentence + _NEAR)].end
        low = bisect_left(self._starts, first)
        high = bisect_right(self._starts, last)
        return [q for q in self.quotations[max(0, low - 3) : high] if q.end > first]

    def marked(self, span: Span) -> Span:
        """What stands between quotation marks with its marks, as a mixed content has it; any other span as it is."""
        return next((q.span for q in self.quotations if q.inner.covers(span)), span)

    @cached_property
    def _starts(self) -> list[int]:
        return [q.start for q in self.quotations]

    @cached_property
    def tags(self) -> dict[int, Tag]:
        """The tags of all sentences by the index of their verb."""
        found = (tag for sentence in self.annotations.sentences for tag in tags_of(self.annotations, sentence))
        return {tag.verb.index: tag for tag in found}

    def tags_beside(self, token: Token) -> Sequence[Tag]:
        """The tags of the token's sentence."""
        return self._tags_by_sentence.get(token.sentence, ())

    @cached_property
    def _tags_by_sentence(self) -> dict[int, list[Tag]]:
        found: dict[int, list[Tag]] = {}
        for tag in self.tags.values():
            found.setdefault(tag.verb.sentence, []).append(tag)
        return found

    def quoted(self, token: Token) -> bool:
        """Whether the token stands inside a quotation of the report."""
        return any(q.span.covers(token.span) for q in self.near(token) if q.depth == 0)


def find_cues(page: Page) -> Iterator[Draft]:
    """The drafts of all reporting verbs, speech nouns and prepositions in text order."""
    words = reporting_words()
    for token in page.annotations.tokens:
        if token.upos == "VERB":
            if verb_lemma(token) in words.frames:
                yield from _reporting_verb(page, token)
                yield from _citing(page, token)
            elif token.lower == "according":
                yield from _according(page, token)
        elif token.upos in ("NOUN", "PROPN"):
            lemma = noun_lemma(token)
            if lemma in words.speech or lemma in words.belief:
                yield from _speech_noun(page, token)
            if token.upos == "NOUN" and lemma in words.words["view"]:
                yield from _in_view(page, token)
        elif token.text in ("According", "according"):
            yield from _according(page, token)


def _reporting_verb(page: Page, verb: Token) -> Iterator[Draft]:
    annotations = page.annotations
    frames = reporting_words().frames[verb_lemma(verb)]
    clause = clause_of(annotations, verb) if frames & {"clause", "quote"} else []
    if verb_lemma(verb) in reporting_words().words["citing"]:
        yield from _was_quoted(page, verb, clause)
        if is_passive(annotations, verb):
            return
    tag = page.tags.get(verb.index)
    if tag is not None and _disagrees(page, tag, clause):
        yield from _tagged(page, tag)
        return
    raised = [] if clause else _raised(annotations, verb)
    tokens = clause or raised or framed_content(annotations, verb, frames)
    if not tokens and verb_lemma(verb) in reporting_words().words["plain"]:
        tokens = clause = nearby_clause(annotations, verb)
    tokens = _without_tags(page, verb, tokens)
    if not tokens or any(t.index == verb.index for t in tokens) or not _may_hold(page, verb, tokens):
        return
    content = content_of(annotations, tokens, verb, page.near(verb))
    if content is None or (clause and "clause" not in frames and content.mode != "direct"):
        return
    source = speaker_of(annotations, verb)
    if source is None and not (clause or raised or "hearer_of" in frames):
        return
    if may_report(page, verb, source, content) and _is_real(page, verb, content):
        yield Draft(verb, cue_tokens(annotations, verb), source, content)


def _without_tags(page: Page, verb: Token, tokens: list[Token]) -> list[Token]:
    """Reported words without the tags behind them that report the reporting: "..., the agency said"."""
    later = [t for t in page.tags_beside(verb) if t.first > verb.index]
    if not later:
        return tokens
    return [t for t in tokens if not any(tag.first <= t.index < tag.last for tag in later)]


def _may_hold(page: Page, verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether the words can be what such a verb reports: a belief has a subject, a denial is not of somebody."""
    inside = {t.index for t in tokens}
    if verb_lemma(verb) in reporting_words().actor_only and "clause" in reporting_words().frames[verb_lemma(verb)]:
        return any(t.relation.startswith(("nsubj", "expl", "obl", "csubj")) or t.lower == "as" for t in tokens)
    heads = [t for t in tokens if t.head not in inside]
    return not (verb_lemma(verb) == "deny" and any(t.relation == "obj" and page.cast.of(t) is not None for t in heads))


def _was_quoted(page: Page, verb: Token, clause: Sequence[Token]) -> Iterator[Draft]:
    """ "..., he was quoted as saying": the one quoted speaks; `clause` is what the tree gives to "quoted"."""
    annotations = page.annotations
    window = annotations.tokens[verb.index : min(verb.index + _WINDOW, annotations.sentence_of(verb).last)]
    saying = next((t for t in window if t.upos == "VERB" and t.lower in ("saying", "telling", "adding")), None)
    source = quoted_one(annotations, verb, saying)
    if saying is None or source is None or clause_of(annotations, saying) or not clause:
        return  # with a clause of its own "saying" is a cue like others; without any, a quotation may be found beside it
    outside = range(verb.index, saying.index + 1)
    named = {t.index for t in annotations.subtree(source)}
    tokens = [t for t in clause if t.index not in outside and t.index not in named]
    content = content_of(annotations, tokens, verb, page.near(verb))
    if content is not None:
        yield Draft(saying, (verb, annotations.tokens[saying.index - 1], saying), source, content)


def _disagrees(page: Page, tag: Tag, clause: Sequence[Token]) -> bool:
    """Whether the tree has the tag's verb speak for somebody else, report nothing, or report words of the tag itself."""
    annotations = page.annotations
    speaker = speaker_of(annotations, tag.verb)
    if speaker is None or not clause or (speaker.index != tag.speaker.index and speaker.index not in range(tag.first, tag.last)):
        return True
    if any(tag.first <= t.index < tag.last and t.upos != "PUNCT" for t in clause):
        return True
    ends = max((t.index for t in clause if t.index < tag.first), default=tag.first)
    if any(t.upos != "PUNCT" for t in annotations.tokens[ends + 1 : tag.first]):
        return True
    before = annotations.tokens[annotations.sentence_of(tag.verb).first : tag.first]
    held = sum(t.index < tag.first for t in clause)
    return held < _MOST * len(before) and not (held == 0 and page.quoted(clause[0]) and page.quoted(clause[-1]))


def _tagged(page: Page, tag: Tag) -> Iterator[Draft]:
    """The draft of a tag as word order has it."""
    annotations = page.annotations
    tags = page.tags_beside(tag.verb)
    content = content_of(annotations, tagged_words(annotations, tag, tags), tag.verb, page.near(tag.verb))
    if content is not None and may_report(page, tag.verb, tag.speaker, content) and _is_real(page, tag.verb, content):
        phrase = annotations.tokens[tag.first : tag.verb.index]
        yield Draft(tag.verb, (tag.verb,), tag.speaker, content, phrase=tuple(phrase))


def _raised(annotations: Annotations, verb: Token) -> list[Token]:
    """The content of "he is said to have fled": the subject and the infinitive."""
    if verb_lemma(verb) not in reporting_words().words["raised"] or not is_passive(annotations, verb):
        return []
    subject, infinitive = annotations.child(verb, "nsubj:pass"), annotations.child(verb, "xcomp")
    if subject is None or infinitive is None or not has_case(annotations, infinitive, "to"):
        return []
    both = {t.index: t for head in (subject, infinitive) for t in annotations.subtree(head)}
    return [both[i] for i in sorted(both)]


def cue_tokens(annotations: Annotations, verb: Token) -> tuple[Token, ...]:
    """The verb with its particle: "pointed out"."""
    return (verb, *(t for t in annotations.children(verb, "compound:prt") if t.index > verb.index))


def may_report(page: Page, verb: Token, source: Token | None, content: Content) -> bool:
    """Whether a verb's subject can be somebody who speaks through it."""
    words = reporting_words()
    if source is None:
        return is_passive(page.annotations, verb) and verb_lemma(verb) not in words.words["hearer"] | words.actor_only
    if source.lower in _SELF:
        past = verb.feats.get("Tense") == "Past" and verb_lemma(verb) not in words.actor_only
        return past and page.quoted(verb)
    if source.lower in _POINTING or _denies_subject(page.annotations, source):
        return False
    if verb_lemma(verb) in words.actor_only:
        found_out = page.annotations.child(verb, "compound:prt") is not None
        return not found_out and _actor(page, source) is not None
    if verb_lemma(verb) in words.words["evidence"]:
        return _actor(page, source) is not None or noun_lemma(source) in words.words["documents"] or source.upos in ("PROPN", "PRON")
    return True


def _actor(page: Page, head: Token) -> str | None:
    return page.cast.of(head)


def _denies_subject(annotations: Annotations, source: Token) -> bool:
    if source.lower in reporting_words().words["subjects"]:
        return True
    return any(t.lower in ("no", "neither") for t in annotations.children(source, "det"))


def _is_real(page: Page, verb: Token, content: Content) -> bool:
    """Whether the words were uttered: no negation, question, command, condition or mere possibility."""
    annotations, words = page.annotations, reporting_words().words
    chain = [verb]
    while chain[-1].relation in ("conj", "xcomp") and len(chain) < 6 and (above := annotations.head(chain[-1])) is not None:
        if chain[-1].relation == "conj" and annotations.child(chain[-1], "nsubj") is not None:
            break
        chain.append(above)
    if verb.relation.split(":")[0] in ("advcl", "acl", "ccomp") and has_case(annotations, verb, "to"):
        return False
    for link in chain:
        commanded = link.feats.get("Mood") == "Imp" and not link.lower.endswith(("ing", "ed"))
        if commanded or any(t.lower in words["marks"] and t.index < link.index for t in annotations.children(link, "mark", "case")):
            return False
        negated = any(t.lower in _NEVER and t.index < link.index for t in annotations.children(link, "advmod"))
        if negated and (link is verb or link.relation != "conj"):
            return False
        if content.mode != "direct" and any(t.lower in words["modals"] and t.index < link.index for t in annotations.children(link, "aux")):
            return False
    return not _asks(annotations, verb)


def _asks(annotations: Annotations, verb: Token) -> bool:
    """Whether the verb is put as a question ("Did he say ...?"): its auxiliary stands before its subject."""
    subject = annotations.child(verb, "nsubj")
    return subject is not None and any(t.index < subject.index < verb.index for t in annotations.children(verb, "aux"))


def _citing(page: Page, verb: Token) -> Iterator[Draft]:
    """ "..., the paper said, citing officials": what is told is the cited one's too."""
    words = reporting_words()
    if verb_lemma(verb) not in words.words["citing"] or not verb.lower.endswith("ing") or verb.relation.split(":")[0] == "root":
        return
    annotations = page.annotations
    cited, told = annotations.child(verb, "obj"), annotations.head(verb)
    if cited is None or told is None or page.cast.of(cited) is None:
        return
    if verb_lemma(told) in words.frames and (inner := clause_of(annotations, told)):
        tokens = inner
    else:
        outside = {t.index for t in annotations.subtree(verb)}
        tokens = [t for t in annotations.subtree(told) if t.index not in outside]
    content = content_of(annotations, tokens, verb, page.near(verb))
    if content is not None:
        yield Draft(verb, (verb,), cited, content)


def _speech_noun(page: Page, noun: Token) -> Iterator[Draft]:
    annotations, words = page.annotations, reporting_words()
    clause = _noun_clause(annotations, noun)
    if clause is None:
        return
    source = owner_of(annotations, noun)
    if source is not None and (source.lower in _SELF or source.lower in ("my", "our", "your")):
        return
    if source is None and noun_lemma(noun) not in words.unowned:
        return
    if noun_lemma(noun) in words.belief and (source is None or page.cast.of(source) is None):
        return
    if _denies_subject(annotations, noun):
        return
    content = content_of(annotations, annotations.subtree(clause), noun, page.near(noun))
    if content is not None:
        yield Draft(noun, (noun,), source, content)


def _noun_clause(annotations: Annotations, noun: Token) -> Token | None:
    """The clause that a noun holds: "the claim that S", or "the promise to S" for undertakings."""
    for clause in annotations.children(noun, "acl", "ccomp"):
        if clause.relation == "acl:relcl" or clause.index < noun.index:
            continue
        marks = {t.lower for t in annotations.children(clause, "mark")}
        if "that" in marks or (clause.relation == "ccomp" and not marks):
            return clause
        near = clause.index - noun.index <= 3
        if "to" in marks and near and noun_lemma(noun) in reporting_words().undertakings:
            return clause
    return None


def _according(page: Page, word: Token) -> Iterator[Draft]:
    """ "According to X, S": X is a phrase of the clause that it attributes."""
    annotations = page.annotations
    behind = annotations.tokens[word.index + 1 : word.index + 2]
    if not behind or behind[0].lower != "to":
        return
    source = annotations.head(word)
    if source is None or source.index < word.index:
        source = next(iter(annotations.children(word, "obl", "obj", "nmod")), None) or _behind_to(annotations, behind[0])
    if source is None or source.sentence != word.sentence:
        return
    yield from _framing_phrase(page, source, (word, behind[0]))


def _behind_to(annotations: Annotations, to: Token) -> Token | None:
    """The head of the phrase right behind "according to", for trees that have made it the subject of a clause."""
    last = min(annotations.sentence_of(to).last, to.index + _PHRASE)
    phrase = list(itertools.takewhile(lambda t: t.upos in _IN_PHRASE, annotations.tokens[to.index + 1 : last]))
    inside = {t.index for t in phrase}
    return next((t for t in phrase if t.upos in ("NOUN", "PROPN", "PRON") and t.head not in inside), None)


def _in_view(page: Page, noun: Token) -> Iterator[Draft]:
    """ "In X's view, S", "in the words of X, S"."""
    annotations = page.annotations
    owner = annotations.child(noun, "nmod:poss")
    if owner is None:
        owner = next((t for t in annotations.children(noun, "nmod") if has_case(annotations, t, "of")), None)
    if owner is None or owner.lower in ("my", "our", "your") or not has_case(annotations, noun, "in"):
        return
    for draft in _framing_phrase(page, noun, (noun,)):
        yield replace(draft, source=owner)


def _framing_phrase(page: Page, phrase: Token, cue: tuple[Token, ...]) -> Iterator[Draft]:
    """The draft of a phrase that attributes the clause around it."""
    annotations = page.annotations
    inside = {t.index for t in annotations.subtree(phrase)} | {t.index for t in cue}
    host = _framed_clause(annotations, phrase)
    if host is None:
        return
    tokens = _rest_of_sentence(page, inside, cue[0]) or [t for t in annotations.subtree(host) if t.index not in inside]
    content = content_of(annotations, tokens, cue[0], page.near(cue[0]))
    if content is not None:
        yield Draft(cue[0], cue, phrase, content)


def _rest_of_sentence(page: Page, inside: Collection[int], cue: Token) -> list[Token]:
    """All that follows a framing phrase and its comma at the head of a sentence, but for tags at the end of it."""
    annotations, sentence = page.annotations, page.annotations.sentence_of(cue)
    end = cue.index
    while end + 1 in inside:
        end += 1
    if cue.index > sentence.first + 1 or end + 1 >= sentence.last or annotations.tokens[end + 1].text != ",":
        return []
    tagged = page.tags_beside(cue)
    rest = annotations.tokens[end + 2 : sentence.last]
    return [t for t in rest if not any(tag.first <= t.index < tag.last for tag in tagged)]


def _framed_clause(annotations: Annotations, phrase: Token) -> Token | None:
    """The clause that a phrase at the edge of a sentence frames is all of the sentence; elsewhere the nearest clause."""
    host = annotations.head(phrase)
    sentence = annotations.sentence_of(phrase)
    branch = annotations.subtree(phrase)
    at_edge = branch[0].index <= sentence.first + 1 or branch[-1].index >= sentence.last - 2
    while host is not None and (above := annotations.head(host)) is not None:
        if host.relation in ("parataxis", "ccomp") or (host.upos == "VERB" and not at_edge and host.relation != "advcl"):
            break  # "while most stayed, according to Gil, two left" frames both
        host = above
    return host


def span_of(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """The spans of tokens, neighbours joined into one."""
    spans: list[Span] = []
    last = -2
    for token in tokens:
        if token.index == last + 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(token.span)
        last = token.index
    return tuple(spans)
