"""Mentions without a proper name: noun phrases for people, groups and bodies ("two miners", "the foreign ministry")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from dragoman.language.annotations import Token
from dragoman.reading.actors.forms import is_noun, is_verb
from dragoman.reading.actors.mentions import (
    Mention,
    Setting,
    body_before,
    describe,
    is_plural,
    land_of_phrase,
    noun_called,
    noun_sense,
    nouns_of,
    role_text,
    told_sectors,
)  # fmt: skip
from dragoman.reading.actors.merging import AGED
from dragoman.reading.actors.sectors import Sense, word_set
from dragoman.reading.entries import Kind

OF_MANY = {"GOV": "IGO", "MIL": "IGO", "CVL": "IGO", "SOC": "IGO", "BUS": "MNC"}
"""What stands in the place of a state for those who are called international, by sector."""
_QUOTATION_MARKS = ('"', "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb", "``")
_HUMAN_PLURAL = re.compile(r"(?:[^t]er|[aeiou]tor|ist|ian|ant|ee|man|men|woman|women)s?$")
BODY_OF = frozenset(("GOV", "COP", "LEG", "JUD", "MIL"))


def nominals(setting: Setting, taken: set[int]) -> Iterator[Mention]:
    """Noun phrases that mean actors; `taken` are the tokens that names have already."""
    skip: set[int] = set()
    for token in setting.annotations.tokens:
        if token.index in taken or token.index in skip or _inside_name(setting, token):
            continue
        if _is_bare_number(setting, token):
            name = setting.text(token.index - 1, token.index + 1)
            span = setting.span(token.index - 1, token.index + 1)
            yield Mention(token.index, {token.index}, span, "noun", "group", name, noun=token.lower, plural=True, definite=True)
            continue
        if _is_aged(setting, token):
            yield _aged(setting, token)
            continue
        if _does_deed(setting, token):
            yield _before_deed(setting, token)
            continue
        if _is_toll(setting, token):
            yield Mention(token.index, {token.index}, token.span, "noun", "group", token.text, noun=token.lower, plural=True, fresh=True)
            continue
        sense = noun_sense(setting.annotations, token)
        if sense is None or not _refers(setting, token, sense):
            sense = _sense_by_use(setting, token) if sense is None else None
        if sense is None and _names_person(setting, token):
            sense = Sense("person", None)
        if sense is not None:
            above = _quantities(setting, token)
            skip.update(t.index for t in above)
            yield _nominal(setting, token, sense, above)


def writers(setting: Setting) -> Iterator[Mention]:
    """The one who says "I" throughout a text without quotation marks; inside a quotation it is the speaker's business."""
    if any(mark in setting.annotations.text for mark in _QUOTATION_MARKS):
        return
    for token in setting.annotations.tokens:
        if token.upos == "PRON" and token.lower in ("i", "me", "my", "myself"):
            yield Mention(token.index, {token.index}, token.span, "noun", "person", "I", noun="i", definite=True)


def _inside_name(setting: Setting, token: Token) -> bool:
    name = setting.annotations.name_at(token)
    return name is not None and name.last - name.first > 1


def _refers(setting: Setting, token: Token, sense: Sense) -> bool:
    """Whether the noun means somebody here: no modifier, no bare role, and no other sense of a word of many."""
    notes = setting.annotations
    relation = token.relation.split(":")[0]
    if relation in ("compound", "amod", "flat") or token.relation in ("nmod:desc", "obl:unmarked"):
        return False
    if setting.preposition(token) == "as" or _measures(setting, token):
        return False
    plural, owned = is_plural(token), _is_owned(setting, token)
    if not plural and is_noun(token, word_set("signs", "never_one")):
        return False
    if (
        sense.kind == "person"
        and not plural
        and relation in ("xcomp", "obj", "obl", "nmod", "conj", "dep", "root", "parataxis")
        and not notes.children(token, "det", "nmod:poss", "nummod", "amod", "compound")
    ):
        return False
    if sense.kind == "country" and plural:
        return _has_part(setting, token)
    if sense.kind == "country":
        return _has_the(setting, token) and (token.relation.startswith(("nsubj", "nmod:poss")) or _receives(setting, token))
    if is_noun(token, word_set("government", "plural_only")) and not plural:
        return False
    if sense.kind == "government" and any(c.lower in ("a", "an") for c in notes.children(token, "det")):
        return False
    if sense.kind == "government" and not plural and not notes.children(token, "det", "nmod:poss", "amod", "compound"):
        return token.relation in ("nsubj", "nsubj:pass")
    if _is_hyphenated(setting, token) or _counts_things(setting, token):
        return False
    if token.lower == "regime":
        return land_of_phrase(setting, token) is not None or _acts(setting, token)
    if sense.doubtful:
        return _means_someone(setting, token, plural=plural) or _shows_human(setting, token)
    if is_noun(token, word_set("signs", "attitudes")):
        return _has_the(setting, token) and setting.preposition_after(token) != "to"
    if sense.place_like:
        return _acts(setting, token)
    if sense.needs_owner and _takes_part(setting, token) and setting.preposition_after(token) != "of":
        return True
    return not sense.needs_owner or owned or _acts(setting, token) or _is_addressed(setting, token)


def _has_part(setting: Setting, token: Token) -> bool:
    """Whether several states are told of as a group that has a part in something: "both countries agreed", "between six nations"."""
    told = setting.annotations.children(token, "det", "nummod", "amod", "nmod:poss")
    return bool(told) and _has_place(setting, token)


def _takes_part(setting: Setting, token: Token) -> bool:
    """Whether all of a known number have a part in something: "urged both sides", "the two sides agreed"."""
    counted = setting.annotations.children(token, "det", "nummod")
    return any(c.relation == "nummod" or c.lower in ("both", "all") for c in counted) and _has_place(setting, token)


def _has_place(setting: Setting, token: Token) -> bool:
    """Whether a phrase stands where those stand who act and undergo."""
    case = setting.preposition(token)
    base = token.relation.split(":")[0]
    return (not case and base in ("nsubj", "obj", "iobj")) or token.relation == "nmod:poss" or case in ("by", "with", "between", "against")


def _measures(setting: Setting, token: Token) -> bool:
    return is_noun(token, word_set("quantity", "nouns")) and _counted(setting, token) is not None


def _is_hyphenated(setting: Setting, token: Token) -> bool:
    """Whether the noun is the first part of a hyphenated word ("secretary" of "secretary-general")."""
    tokens = setting.annotations.tokens
    behind = tokens[token.index + 1] if token.index + 2 < len(tokens) else None
    return behind is not None and behind.text == "-" and behind.start == token.end == tokens[token.index + 2].start - 1


def _counts_things(setting: Setting, token: Token) -> bool:
    """Whether it only counts what is no people: "a couple of months"."""
    if not is_noun(token, word_set("quantity", "nouns")):
        return False
    counted = (c for c in setting.annotations.children(token, "nmod") if setting.preposition(c) == "of")
    return any(noun_sense(setting.annotations, c) is None and c.upos == "NOUN" for c in counted)


def _counted(setting: Setting, token: Token) -> Token | None:
    for child in setting.annotations.children(token, "nmod"):
        if setting.preposition(child) == "of" and is_plural(child):
            sense = noun_sense(setting.annotations, child)
            if sense is not None or is_noun(child, word_set("quantity", "nouns")):
                return child
    return None


def _has_the(setting: Setting, token: Token) -> bool:
    det = setting.annotations.child(token, "det")
    return det is not None and det.lower in ("the", "this")


def _is_owned(setting: Setting, token: Token) -> bool:
    """Whether a land, an owner or a nearer description stands before the noun."""
    return bool(setting.annotations.children(token, "nmod:poss", "compound", "amod")) or land_of_phrase(setting, token) is not None


def _acts(setting: Setting, token: Token) -> bool:
    if token.relation == "nsubj" and (governor := setting.annotations.head(token)) is not None:
        return governor.upos == "VERB"
    return token.relation in ("obl:agent", "nmod:agent") or (setting.preposition(token) == "by" and token.relation.startswith("obl"))


def _means_someone(setting: Setting, token: Token, *, plural: bool) -> bool:
    """Whether a noun of many senses stands for human beings by its number and place: "the pilots", "the general has ..."."""
    if not is_noun(token, word_set("doubtful", "plural")):
        return False
    acts = token.relation.startswith("nsubj") and bool(setting.annotations.children(token, "det"))
    return plural or (acts and setting.preposition_after(token) != "of")


def _shows_human(setting: Setting, token: Token) -> bool:
    """Whether a noun of many senses means a human being: it speaks or acts, is named, or is told of as one."""
    notes = setting.annotations
    if _beside_person(setting, token) or _heads_state(setting, token):
        return True
    near = {c.lemma.lower() for c in notes.children(token, "amod", "compound")}
    if near & word_set("doubtful", "told_by") or notes.child(token, "appos") is not None or token.relation == "appos":
        return True
    if _has_who(setting, token):
        return True
    governor = notes.head(token)
    return token.relation == "nsubj" and governor is not None and is_verb(governor, word_set("signs", "saying"))


def _heads_state(setting: Setting, token: Token) -> bool:
    """Whether it is the head of a state or a government."""
    tails = (c for c in setting.annotations.children(token, "nmod") if setting.preposition(c) == "of")
    return token.lower in ("head", "heads") and any(c.lower in ("state", "government") for c in tails)


def _has_who(setting: Setting, token: Token) -> bool:
    notes = setting.annotations
    clauses = notes.children(token, "acl:relcl")
    return any(t.lower == "who" and t.index - token.index <= 3 for c in clauses for t in notes.children(c, "nsubj"))


def _beside_person(setting: Setting, token: Token) -> bool:
    """Whether a person's name stands before or behind the phrase, with a comma between."""
    notes = setting.annotations
    first, last = setting.left_edge(token), setting.right_edge(token)
    here = notes.sentence_of(token)
    before = notes.tokens[first - 2] if first - 2 >= here.first and notes.tokens[first - 1].text == "," else None
    behind = notes.tokens[last + 1] if last + 1 < here.last and notes.tokens[last].text == "," else None
    names = [notes.name_at(t) for t in (before, behind) if t is not None]
    return any(name is not None and name.kind == "PERSON" for name in names)


def _names_person(setting: Setting, token: Token) -> bool:
    """Whether a noun of no list stands in apposition to a person's name ("an Italian contact of ...")."""
    notes = setting.annotations
    if token.upos != "NOUN" or is_plural(token) or noun_sense(notes, token) is not None:
        return False
    near = [t for t in (notes.head(token) if token.relation == "appos" else None, notes.child(token, "appos")) if t is not None]
    return any((name := notes.name_at(t)) is not None and name.kind == "PERSON" for t in near)


def _is_bare_number(setting: Setting, token: Token) -> bool:
    """Whether a number with "the" stands for people by what is done to them or by what they do: "the twelve were convicted".

    "The two" and "the pair" are the two just named, whom the events look for themselves.
    """
    notes = setting.annotations
    if token.upos != "NUM" or not token.text.isalpha() or token.lower in ("one", "two") or token.index == 0:
        return False
    verb, before = notes.head(token), notes.tokens[token.index - 1]
    if verb is None or before.lower != "the" or before.sentence != token.sentence:
        return False
    if token.relation in ("obj", "nsubj:pass"):
        return any(is_verb(verb, word_set("signs", key)) for key in ("undergone", "harmed", "asked"))
    return token.relation == "nsubj" and is_verb(verb, word_set("signs", "of_people"))


def _is_aged(setting: Setting, token: Token) -> bool:
    """Whether it is the "old" of "the 25-year-old", who says, does or suffers something."""
    notes = setting.annotations
    before = [t.lower for t in notes.tokens[max(0, token.index - 4) : token.index]]
    aged = token.lower == "old" and len(before) == 4 and before[1:] == ["-", "year", "-"] and before[0].isdigit()
    return aged and token.relation.split(":")[0] in ("nsubj", "obj", "obl") and bool(notes.children(token, "det"))


def _aged(setting: Setting, token: Token) -> Mention:
    """The mention of "the 25-year-old"; all its words answer for it, as a tree may make "year" its head."""
    first, last = token.index - 4, token.index + 1
    definite = _has_the(setting, token)
    name, span = setting.text(first, last), setting.span(first, last)
    return Mention(token.index, set(range(first, last)), span, "noun", "person", name, noun=AGED, definite=definite)


def _does_deed(setting: Setting, token: Token) -> bool:
    """Whether armed men stand before their deed: "a | rebel | attack", "the | police | raid"."""
    deed = setting.annotations.head(token)
    if deed is None or token.relation not in ("compound", "amod") or not 0 < deed.index - token.index <= 2:
        return False
    return is_noun(token, word_set("signs", "armed")) and is_noun(deed, word_set("signs", "armed_deeds"))


def _before_deed(setting: Setting, token: Token) -> Mention:
    """The mention of those who stand before their deed; they may have been told of before."""
    sense, deed = noun_sense(setting.annotations, token), setting.annotations.tokens[token.head]
    body = sense is not None and sense.kind == "organization"
    kind: Kind = "organization" if body else "group"
    noun = noun_called(setting.annotations, token)
    mention = Mention(token.index, {token.index}, token.span, "noun", kind, token.text, noun=noun, plural=not body, definite=True)
    mention.sectors = [sense.sector] if sense is not None and sense.sector else []
    mention.land = land_of_phrase(setting, deed)
    mention.country = mention.land.country if mention.land else None
    return mention


def _is_toll(setting: Setting, token: Token) -> bool:
    """Whether a bare number stands for those who are hurt or held: "dozens were killed", "wounded 12"."""
    notes = setting.annotations
    counts = token.upos == "NUM" or (is_plural(token) and is_noun(token, word_set("quantity", "nouns")))
    if not counts or token.lower in ("one", "1") or token.relation not in ("obj", "nsubj:pass"):
        return False
    verb = notes.head(token)
    hurt = verb is not None and is_verb(verb, word_set("signs", "tolls"))
    told = (c for c in notes.children(token, "nmod", "obl", "compound", "flat", "punct", "det", "acl", "acl:relcl"))
    return hurt and not any(c.index > token.index or c.relation in ("det", "compound") for c in told)


def _is_addressed(setting: Setting, token: Token) -> bool:
    """Whether somebody speaks to those whom the noun means, or does something to them that is done to people."""
    notes = setting.annotations
    governor, case = notes.head(token), setting.preposition(token)
    if governor is None:
        return False
    if token.relation in ("obj", "iobj", "nsubj:pass") and not case:
        return any(is_verb(governor, word_set("signs", key)) for key in ("asked", "spoken_to", "undergone"))
    if case in ("on", "upon"):
        return is_verb(governor, word_set("signs", "called_upon"))
    return case == "to" and is_verb(governor, word_set("signs", "addressed_to"))


def _is_urged(setting: Setting, token: Token) -> bool:
    """Whether somebody is urged, warned or called on to do something, as only people are."""
    governor, case = setting.annotations.head(token), setting.preposition(token)
    if governor is None:
        return False
    if token.relation in ("obj", "iobj", "nsubj:pass") and not case:
        return is_verb(governor, word_set("signs", "asked"))
    return case in ("on", "upon") and is_verb(governor, word_set("signs", "called_upon"))


def _receives(setting: Setting, token: Token) -> bool:
    """Whether a land that is called by a noun is what is attacked, or whom something goes to or comes from."""
    governor, case = setting.annotations.head(token), setting.preposition(token)
    if governor is None or token.relation.split(":")[0] not in ("obj", "obl", "nmod"):
        return False
    if setting.annotations.children(token, "amod") and not any(c.lower == "this" for c in setting.annotations.children(token, "det")):
        return False  # "the tightly closed country" may be any that is told of
    if not case:
        return token.relation == "obj" and governor.upos == "VERB" and not is_verb(governor, word_set("signs", "going"))
    return case in ("against", "with", "by") or (case in ("to", "from") and governor.upos in ("NOUN", "VERB"))


def _is_part_of_society(setting: Setting, token: Token) -> bool:
    """Whether a part of society is spoken to or acts: "the private sector"."""
    if not is_noun(token, _society_nouns()):
        return False
    return any(n in word_set("signs", "society") for n in nouns_of(setting.annotations, token)) and (
        _acts(setting, token) or _is_addressed(setting, token)
    )


@cache
def _society_nouns() -> frozenset[str]:
    """The nouns that end the names of parts of society: "sector"."""
    return frozenset(name.split()[-1] for name in word_set("signs", "society"))


def _sense_by_use(setting: Setting, token: Token) -> Sense | None:
    """The sense of a noun of no list that speaks, undergoes what only people do, or that "who" stands for."""
    if _means_people(setting, token):
        return Sense("person", None)
    if _is_part_of_society(setting, token):
        return Sense("group", "SOC" if token.lower == "society" else "BUS")
    if is_noun(token, word_set("country", "plural_only")) and is_plural(token) and _has_part(setting, token):
        return Sense("country", None)
    if token.upos != "NOUN" or is_noun(token, word_set("signs", "texts")):
        return None
    notes = setting.annotations
    who = _has_who(setting, token)
    governor = notes.head(token)
    speaks = token.relation == "nsubj" and governor is not None and is_verb(governor, ("say", "tell", "add"))
    clerk = speaks and token.feats.get("Number") == "Sing" and (_has_a(setting, token) or _is_told_again(setting, token))
    suffers = token.relation in ("obj", "nsubj:pass") and governor is not None
    if suffers and governor is not None and is_verb(governor, word_set("signs", "undergone")):
        return Sense("person", None)
    harmed = suffers and governor is not None and is_verb(governor, ("kill", "wound", "injure", "arrest"))
    if _is_urged(setting, token) and _HUMAN_PLURAL.search(token.lower):
        return Sense("person", None)
    if not who and not clerk and not ((speaks or harmed) and token.lower[-2:] in word_set("signs", "endings")):
        return None
    return Sense("person", None)


def _has_a(setting: Setting, token: Token) -> bool:
    return any(c.lower in ("a", "an") for c in setting.annotations.children(token, "det"))


def _is_told_again(setting: Setting, token: Token) -> bool:
    """ "The clerk", after "a clerk"."""
    if not any(c.lower == "the" for c in setting.annotations.children(token, "det")):
        return False
    return any(t.lemma == token.lemma and _has_a(setting, t) for t in setting.annotations.tokens[: token.index])


def _means_people(setting: Setting, token: Token) -> bool:
    """ "Others" with a part in a clause, and "those" that a clause shows to be people ("those accused", "those who fled")."""
    if token.lower not in ("others", "those"):
        return False
    notes = setting.annotations
    clauses = notes.children(token, "acl", "acl:relcl")
    undergone = word_set("signs", "undergone") | word_set("signs", "harmed")
    if _has_who(setting, token) or any(c.feats.get("VerbForm") != "Ger" and is_verb(c, undergone) for c in clauses):
        return True
    acts = token.relation.split(":")[0] in ("nsubj", "obj") or token.relation == "obl:agent"
    return token.lower == "others" and acts and token.upos in ("NOUN", "PRON")


def _quantities(setting: Setting, token: Token) -> list[Token]:
    """The quantity words that the noun is counted by: "tens", "thousands" of "tens of thousands of people"."""
    notes, found = setting.annotations, []
    below = token
    while below.relation == "nmod" and setting.preposition(below) == "of" and is_plural(token):
        above = notes.head(below)
        if above is None or above.index >= below.index or not is_noun(above, word_set("quantity", "nouns")):
            break
        found.append(above)
        below = above
    return found


def _nominal(setting: Setting, token: Token, sense: Sense, above: list[Token]) -> Mention:
    first = setting.left_edge(above[-1] if above else token)
    last = setting.right_edge(token)
    plural = is_plural(token) and not (sense.kind == "organization" and token.lower in word_set("signs", "bodies"))
    kind = "group" if plural and sense.kind in ("person", "organization", "country") else sense.kind
    span = setting.span(first, last)
    words = {token.index, *(t.index for t in above)}
    mention = Mention(
        token.index,
        words,
        span,
        "noun",
        kind,
        setting.text(first, last),
        noun=noun_called(setting.annotations, token),
        plural=plural,
    )
    inside = sense.kind == "government" or (sense.sector in BODY_OF and sense.kind != "person") or mention.noun == "official"
    land = land_of_phrase(setting, token, inside=inside)
    mention.land, mention.country = land, land.country if land else None
    body = body_before(setting, first, token.index)
    if body is not None:
        mention.country = mention.country or body.country
        mention.sectors += [s for s in body.sectors if sense.sector in ("GOV", "UNK", None) or s in ("REB", "PRM")]
    describe(setting, mention, token)
    if sense.sector and (not mention.sectors or mention.modifiers & word_set("signs", "former")):
        told = told_sectors(_words_before(setting, token) | mention.modifiers, sense.sector)
        mention.sectors = [*told, *(s for s in mention.sectors if told != ("ELI",))]
    if mention.land is None and mention.country is None and mention.modifiers & word_set("signs", "of_many"):
        mention.country = OF_MANY.get(sense.sector or "")
    mention.fresh = mention.fresh or bool(above) or token.lower in ("others", "those")
    if not plural and _heads_state(setting, token):
        mention.noun = "president" if token.lower == "head" and "state" in mention.name.lower().split() else "premier"
    if setting.annotations.child(token, "cop") is not None or token.relation == "xcomp":
        mention.span = None
    if sense.kind == "person" and not plural:
        mention.roles.append(role_text(setting, token))
    _widen_state(setting, mention, sense)
    return mention


def _words_before(setting: Setting, head: Token) -> set[str]:
    """The words of a phrase before its noun, "ex-" parted off."""
    words = {t.lower for t in setting.annotations.tokens[setting.left_edge(head) : head.index + 1]}
    return words | {"ex" for word in words if word.startswith("ex-")}


def _left(setting: Setting, mention: Mention) -> Sequence[Token]:
    head = setting.annotations.tokens[mention.head]
    return setting.annotations.tokens[setting.left_edge(head) : head.index]


def _widen_state(setting: Setting, mention: Mention, sense: Sense) -> None:
    """A government is the state itself, unless it is somebody else's: "local authorities", "his administration"."""
    if sense.kind == "government":
        owner = setting.annotations.tokens[mention.owner] if mention.owner is not None else None
        owned = (owner is not None and not is_noun(owner, word_set("country", "nouns"))) or setting.preposition_after(
            setting.annotations.tokens[mention.head]
        ) == "of"
        several = mention.plural and mention.noun not in word_set("government", "plural_only")
        named = any(setting.annotations.name_at(t) is not None for t in _left(setting, mention))
        if (mention.land is not None and not several) or not (named or owned or several or mention.modifiers & word_set("signs", "local")):
            mention.form, mention.kind = "state", "government"
    if sense.kind == "country" and not mention.plural:
        mention.form, mention.kind = "state", "country"
        mention.land = mention.country = None  # "the ex-Soviet republic" is not the land of its adjective
