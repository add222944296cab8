"""Whether the words around a time expression look back or ahead: "met on Friday" against "will meet on Friday".

The tree decides where there is one: the verb that governs the expression, its auxiliaries and what governs it. Without
tags the nearest telling word of the same clause decides.
"""

from __future__ import annotations

import re
from itertools import islice

from dragoman.language.annotations import Annotations, Token
from dragoman.lexicons.load import load
from dragoman.reading.surface import Line

_CUES = load("times")["cues"]
_AHEAD, _PAST = frozenset(_CUES["ahead"]), frozenset(_CUES["past"])
_AHEAD_NOUNS, _AHEAD_VERBS, _PLANNED = (frozenset(_CUES[name]) for name in ("ahead_nouns", "ahead_verbs", "planned"))
# what stands right before the expression tells more surely than any tree
_AHEAD_BEFORE = re.compile(
    r"\b(?:(?:until|till|ahead of|as early as|as soon as|no later than)(?: the)?"
    r"|(?:(?:is|are|was|were) to (?:be )?|to be )\w+(?: on| in)?"
    r"|(?:is|are) to (?!blame)\w+(?: \w+){1,5}?(?: on| in| by| from| for)?"
    r"|(?:will|shall|would)(?: \w+)? be(?: \w+)? \w+(?: on| in)?|(?:starting|beginning|opening|begins|starts|opens)(?: on| in| from)?"
    r"|(?:is|are|was|were|be|been) set(?: for| on)?|set for(?: the)?"
    r"|(?:expected|due|scheduled|slated|planned)(?: for| to)?(?: \w+){0,2}?(?: on| in| by| for| around)?"
    r"|(?:plan|plans|planned|planning|expects|hopes?|hoped|intends?|intended|due|set|wants?|going|likely|scheduled|vowed|expected"
    r"|pledged?|pledges|agreed?|promised?|promises|threatened|ready|prepared|prepares|preparing|planning) to"
    r"(?: \w+){1,5}?(?: on| in| by| at| for)?)$"
)
_PAST_BEFORE = re.compile(r"\b(?:said|told|met|held|took|began|(?:high|low|record)s? set|\w{2,}ed)(?: here)?(?: on| in)?$")
# "until 9 a.m. Tuesday" says the same of Tuesday as "until Tuesday"
_HOUR_BEFORE = re.compile(
    r"(?: at)? (?:[0-9]{1,4}(?: : [0-9]{2})?(?: [ap](?: \.)? m(?: \.)?)?(?: (?:gmt|utc|[ecmp][sd]t|local time))?|noon|midnight)(?: on)?$"
)
_CLAUSE_ENDS = frozenset({".", ",", ";", ":", '"', "(", ")", "that", "which", "who", "but", "while", "after"})


def looks_ahead(line: Line, first: int, last: int) -> bool | None:
    """True if what happens at positions `[first, last)` lies ahead, False if it is past, None if nothing tells."""
    before = _HOUR_BEFORE.sub("", " ".join(line.before(first, 12)))
    if _AHEAD_BEFORE.search(before):
        return True
    if _PAST_BEFORE.search(before):
        return False
    token = line.token_at(first)
    if token is not None and token.upos not in ("X", ""):
        found = _by_tree(line.annotations, token)
        if found is not None:
            return found
    return _by_words(line, first, last)


def _by_tree(annotations: Annotations, token: Token) -> bool | None:
    below = token
    direct = True
    for above in islice(annotations.ancestors(token), 12):
        if above.lemma in _AHEAD and above.upos in ("VERB", "ADJ", "NOUN", "ADV"):
            return True
        if _is_plan(annotations, above, below):
            return True
        if above.upos in ("VERB", "AUX") or annotations.child(above, "cop") is not None:
            found = _by_verb(annotations, above, direct=direct)
            if found is not None:
                return found
        if below.relation.split(":")[0] in ("parataxis", "conj") and above.upos == "VERB":
            return None
        direct, below = direct and below.relation == "conj", above
    return None


def _is_plan(annotations: Annotations, above: Token, below: Token) -> bool:
    """ "An agreement to buy the mill in May", "threatened to shut it by May", "a planned rally on Monday".

    `below` is where the time hangs on the noun or verb.
    """
    to_come = below.feats.get("VerbForm") == "Inf"
    if above.upos == "VERB":
        return to_come and below.relation == "xcomp" and above.lemma in _AHEAD_VERBS
    if above.upos != "NOUN":
        return False
    if to_come and below.relation == "acl" and above.lemma in _AHEAD_NOUNS:
        return True
    return any(t.lower in _PLANNED for t in annotations.children(above, "amod"))


def _by_verb(annotations: Annotations, verb: Token, *, direct: bool) -> bool | None:
    """What one verb says; None where its governor has to be asked (an infinitive, a bare participle).

    A present tense looks ahead ("they meet on Friday") only for what depends on it directly.
    """
    helpers = annotations.children(verb, "aux", "cop")
    lemmas = {t.lemma for t in helpers}
    if lemmas & {"will", "shall", "would", "'ll"} or any(t.lower in ("'ll", "wo") for t in helpers):
        return True
    if any(t.feats.get("Tense") == "Past" or t.lemma == "have" for t in helpers):
        return False
    if verb.feats.get("VerbForm") == "Inf" or lemmas & _AHEAD:
        return True if lemmas & _AHEAD else None
    if verb.feats.get("Tense") == "Past":
        return False
    present = [t for t in (verb, *helpers) if t.relation != "cop" and t.feats.get("Tense") == "Pres" and t.feats.get("VerbForm") == "Fin"]
    return True if direct and present else None


def _by_words(line: Line, first: int, last: int) -> bool | None:
    for word in reversed(line.before(first, 12)):
        if word in _CLAUSE_ENDS:
            break
        if word in _AHEAD:
            return True
        if word in _PAST or (word.endswith("ed") and len(word) > 4):
            return False
    for word in line.after(last, 10):
        if word in _CLAUSE_ENDS:
            break
        if word in ("will", "shall"):
            return True
        if word in _PAST or (word.endswith("ed") and len(word) > 4):
            return False
    return None


_OVER_BEFORE = frozenset({"ended", "since"})
_OVER_AFTER = frozenset(_CUES["over_after"])


def surely_over(line: Line, first: int, last: int) -> bool:
    """Whether the expression lies back whatever the clause says: "the quarter ended June 30", "will appeal Monday's ruling".

    A ruling, an attack, an arrest with a date before it has happened; a meeting or a vote may be to come.
    """
    if not _OVER_BEFORE.isdisjoint(line.before(first, 1)):
        return True
    behind = [word for word in line.after(last, 6) if word not in ("'", "s")]
    ends = next((i for i, word in enumerate(behind) if not word.isalpha() or word in _STOPS), len(behind))
    return bool(ends) and not _OVER_AFTER.isdisjoint(behind[: min(ends, 4)]) and _before_noun(line, first, last)


_STOPS = frozenset(
    {"and", "but", "in", "on", "at", "of", "for", "by", "with", "after", "before", "when", "that", "as", "to", "from", "the", "a"}
)


def _before_noun(line: Line, first: int, last: int) -> bool:
    """Whether the expression stands before a noun as its modifier: "Monday's ruling", "the January 13 attack"."""
    return line.after(last, 1) == ["'"] or not {"the", "a", "that"}.isdisjoint(line.before(first, 1))
