"""Who is who: mentions become drafts of actors, one draft for each real-world actor of the report.

Mentions that the syntax makes one (appositions, "X is the leader") are linked first. Then, in text order, each group of
linked mentions joins the draft that it fits, or begins a new one: states by their land, people by their names,
organisations by name, acronym or list, definite noun phrases ("the women", "the minister") by what was told before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from dragoman.language.annotations import Annotations, Token
from dragoman.reading.actors.belonging import give_countries, home_land
from dragoman.reading.actors.codes import OF_THE_STATE
from dragoman.reading.actors.drafts import Draft, role_words
from dragoman.reading.actors.forms import is_verb
from dragoman.reading.actors.mentions import Mention, Setting, noun_sense
from dragoman.reading.actors.naming import acronym_of, name_words, same_organization, same_person, short_for
from dragoman.reading.actors.sectors import word_set
from dragoman.reading.actors.states import Land
from dragoman.reading.entries import Kind

BODIES: frozenset[Kind] = frozenset(("organization", "government", "country"))
ANY_BODY = frozenset(("company", "firm", "organization", "organisation", "group"))
"""What a body of whatever sort may be called by, once it has been named."""
AGED = "year-old"
"""The noun under which "the 25-year-old" is kept."""
NEAR = 2  # sentences back in which whom "the group" or "the man" takes up was last mentioned
MOST_CANDIDATES = 100  # drafts that one key is compared with; only reports of book length reach it


class Register:
    """The drafts so far, found by what they were called: a long report must not compare each mention with all."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._by_key: dict[str, dict[Draft, None]] = {}

    def enter(self, draft: Draft, mentions: Iterable[Mention]) -> None:
        """Adds mentions to a draft and the draft to the keys that they give."""
        for mention in mentions:
            draft.add(mention)
            for key in _keys(mention):
                self._by_key.setdefault(key, {})[draft] = None

    def open(self) -> Draft:
        """A new draft."""
        self.drafts.append(Draft())
        return self.drafts[-1]

    def under(self, *keys: str) -> list[Draft]:
        """The drafts under any of the keys; of a long list only those entered last."""
        found: dict[Draft, None] = {}
        for key in keys:
            drafts = self._by_key.get(key, {})
            found.update(dict.fromkeys(islice(reversed(drafts), MOST_CANDIDATES)))
        return sorted(found, key=lambda d: d.mentions[0].head)


def _keys(mention: Mention) -> set[str]:
    if mention.form == "state":
        return {"state", f"land:{mention.land.key if mention.land else ''}"}
    keys = {f"noun:{mention.noun}"} if mention.noun else set()
    keys |= {f"noun:{w}" for w in role_words(mention)}
    told = role_words(mention)
    keys |= {mention.kind} if mention.kind in ("person", "organization", "group") and not mention.plural else set()
    keys |= {"head"} if told & word_set("signs", "heads") and not told & word_set("signs", "not_heads") else set()
    if mention.form == "name":
        words = name_words(mention.name)
        keys |= {f"name:{w}" for w in words} | {f"noun:{w}" for w in words}
        if mention.kind != "person":
            keys |= {f"name:{acronym_of(mention.name).lower()}", *(f"sector:{s}" for s in mention.sectors)}
            keys |= {f"known:{mention.known.name}"} if mention.known else set()
    return keys


def linked(setting: Setting, mentions: list[Mention]) -> list[list[Mention]]:
    """Groups of mentions that titles, appositions and copulas make one, in text order."""
    at = {word: i for i, m in enumerate(mentions) for word in m.words}
    above = list(range(len(mentions)))
    for i, mention in enumerate(mentions):
        j = at.get(_same_by_syntax(setting, setting.annotations.tokens[mention.head]))
        if j is not None and _may_be_one(mention, mentions[j]):
            above[_top(above, i)] = _top(above, j)
    named = Counter(_top(above, i) for i, m in enumerate(mentions) if m.form == "name")
    for i, j in (*_beside(setting, mentions), *_named_after(setting, mentions, at)):
        one, other = _top(above, i), _top(above, j)
        if one != other and named[one] + named[other] == 1 and _may_be_one(mentions[i], mentions[j]):
            above[one] = other
            named[other] += named[one]
    found: dict[int, list[Mention]] = {}
    for i, mention in enumerate(mentions):
        found.setdefault(_top(above, i), []).append(mention)
    return list(found.values())


def _top(above: list[int], at: int) -> int:
    while above[at] != at:
        above[at] = above[above[at]]
        at = above[at]
    return at


def _same_by_syntax(setting: Setting, head: Token) -> int:
    """The index of a token that the syntax makes the same actor as this one, or -1."""
    notes = setting.annotations
    governor = notes.head(head)
    if governor is not None and head.relation in ("appos", "nmod:desc", "flat"):
        if _joined_by_and(setting, governor, head) or _speaks_itself(setting, head):
            return -1
        return _nearer_name(setting, governor, head).index
    if governor is not None and head.relation == "compound" and notes.name_at(head) is not None:
        sense = noun_sense(notes, governor)
        return governor.index if sense is not None and sense.sector not in OF_THE_STATE else -1
    subject = notes.child(head, "nsubj")
    if notes.child(head, "cop") is not None and subject is not None:
        negated = any(c.lower in ("not", "n't", "never", "no") for c in notes.children(head, "advmod", "det"))
        return -1 if negated else subject.index
    return -1


def _nearer_name(setting: Setting, governor: Token, head: Token) -> Token:
    """Whom an apposition describes: of "Gil, the minister, and Lund, the head of the bank" the last is Lund, whatever the tree says."""
    notes = setting.annotations
    first = setting.left_edge(head)
    if head.relation != "appos" or first < 2 or governor.index >= first - 2 or notes.tokens[first - 1].text != ",":
        return governor
    near = notes.tokens[first - 2]
    name = notes.name_at(near)
    between = notes.tokens[governor.index + 1 : near.index]
    if name is None or name.kind != "PERSON" or notes.name_at(governor) == name or not any(t.upos == "CCONJ" for t in between):
        return governor
    return near


def _speaks_itself(setting: Setting, head: Token) -> bool:
    """Whether a verb of speech right behind an apposition has no other subject ("... killed Berg, a senior official said")."""
    notes = setting.annotations
    first, end = setting.left_edge(head), setting.right_edge(head)
    if head.relation != "appos" or end >= len(notes.tokens) or first == 0 or notes.tokens[first - 1].text != ",":
        return False
    verb = notes.tokens[end]
    return (
        verb.sentence == head.sentence
        and verb.upos == "VERB"
        and verb.head < 0
        and is_verb(verb, ("say",))
        and not notes.children(verb, "nsubj")
    )


def _joined_by_and(setting: Setting, one: Token, other: Token) -> bool:
    """Whether "and" stands between two phrases and no comma: the tree took a list for an apposition."""
    first, last = sorted((one.index, other.index))
    between = setting.annotations.tokens[first + 1 : last]
    return any(t.upos == "CCONJ" for t in between) and all(t.text != "," for t in between)


def _beside(setting: Setting, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """Pairs of a person's name and a description next to it, comma between: an apposition that the tree missed.

    "Anna Berg, 70, a teacher", "her husband, Jan Berg": an age may stand between.
    """
    notes = setting.annotations
    begins = {m.span.start: i for i, m in enumerate(mentions) if m.span is not None and m.kind == "person"}
    for i, mention in enumerate(mentions):
        if mention.span is None or mention.kind != "person":
            continue
        end = max(mention.words) + 1 if mention.form == "name" else setting.right_edge(notes.tokens[mention.head])
        after = _behind_comma(notes, end)
        j = begins.get(notes.tokens[after].start) if after is not None else None
        if j is None or {mention.form, mentions[j].form} != {"name", "noun"} or _has_own_verb(setting, mention, mentions[j]):
            continue
        described = mention if mention.form == "noun" else mentions[j]
        owner = notes.tokens[described.owner] if described.owner is not None else None
        if described is mentions[j] and owner is not None and owner.upos in ("PRON", "DET"):
            continue  # "Berg, his brother and his wife" is a list
        if described.definite or _has_article(setting, described) or _stands_alone(notes, setting, described):
            yield i, j


def _has_own_verb(setting: Setting, before: Mention, behind: Mention) -> bool:
    """Whether the second of two neighbours is the subject of a verb that the first is no subject of.

    "According to the aide, Berg will ...", "... killed Berg, a senior official said".
    """
    notes = setting.annotations
    one, other = notes.tokens[before.head], notes.tokens[behind.head]
    if _speaks_itself(setting, other):
        return True
    if not other.relation.startswith("nsubj") or other.head == one.index or one.head == other.index:
        return False
    if len(notes.children(notes.tokens[other.head], "nsubj")) > 1:
        return False  # "According to the guard, Berg, two men came": the tree made two subjects of name and clause
    return one.head != other.head or bool(setting.preposition(one))


def _behind_comma(notes: Annotations, after: int) -> int | None:
    """The token behind a comma, or behind an age between two commas, in the same sentence."""
    last = notes.sentence_of(notes.tokens[after - 1]).last
    if after + 1 >= last or notes.tokens[after].text != ",":
        return None
    if after + 3 < last and notes.tokens[after + 1].upos == "NUM" and notes.tokens[after + 2].text == ",":
        return after + 3
    return after + 1


def _stands_alone(notes: Annotations, setting: Setting, mention: Mention) -> bool:
    """Whether a bare description ends at a punctuation mark ("Anna Berg, deputy energy minister, said")."""
    end = setting.right_edge(notes.tokens[mention.head])
    return not mention.plural and (end >= len(notes.tokens) or notes.tokens[end].upos == "PUNCT")


def _has_article(setting: Setting, mention: Mention) -> bool:
    return any(c.lower in ("a", "an") for c in setting.annotations.children(setting.annotations.tokens[mention.head], "det"))


def _named_after(setting: Setting, mentions: list[Mention], at: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Pairs of a noun for a body and the name right behind it: "the news agency Acme", "the militia Acme Army"."""
    notes = setting.annotations
    for i, mention in enumerate(mentions):
        if mention.form != "noun" or mention.plural or mention.kind not in ("organization", "group"):
            continue
        j = at.get(mention.head + 1)
        if j is None or mentions[j].form != "name" or mentions[j].kind != "organization":
            continue
        noun, name = notes.tokens[mention.head], notes.tokens[mentions[j].head]
        if name.head in (noun.index, noun.head) or noun.head == name.index:
            yield i, j


def _may_be_one(one: Mention, other: Mention) -> bool:
    if "state" in (one.form, other.form):
        return False
    if one.form == other.form == "name":
        return one.kind == other.kind == "organization" and _are_long_and_short(one.name, other.name)
    if one.plural != other.plural:
        return False
    bodies = ("organization", "group", "government")
    return one.kind == other.kind or (one.kind in bodies and other.kind in bodies)


def _are_long_and_short(one: str, other: str) -> bool:
    """Whether one name is the other's acronym, or stands in capitals beside it: "Liberal Party (PLC)"."""
    short, long = sorted((one, other), key=len)
    return same_organization(one, other) or (short.isupper() and " " not in short and " " in long)


def merge(setting: Setting, groups: list[list[Mention]]) -> list[Draft]:
    """Joins groups of linked mentions into drafts, walking the text from its start."""
    register = Register()
    home = home_land(setting)
    for group in sorted(groups, key=lambda g: min(m.head for m in g)):
        _share_country(group)
        draft = _find(register, group, home) or _taken_up(setting.annotations, register, group)
        register.enter(draft or register.open(), group)
    give_countries(setting, register.drafts, home)
    return register.drafts


def _share_country(group: list[Mention]) -> None:
    """Gives all mentions of a group the land and country that one of them tells."""
    land = next((m.land for m in group if m.land is not None), None)
    country = next((m.country for m in group if m.country is not None), None)
    for mention in group:
        mention.land, mention.country = (
            mention.land or land,
            mention.country or (country if land is None else land.country),
        )


def _find(register: Register, group: list[Mention], home: Land | None) -> Draft | None:
    state = next((m for m in group if m.form == "state"), None)
    if state is not None:
        return _find_state(register, state, home)
    person = next((m for m in group if m.form == "name" and m.kind == "person"), None)
    if person is not None:
        return _find_person(register, person)
    body = next((m for m in group if m.form == "name"), None)
    if body is not None:
        return _find_organization(register, body)
    return next((found for m in group if (found := _find_noun(register, m) or _find_head(register, m, home)) is not None), None)


def _find_state(register: Register, mention: Mention, home: Land | None) -> Draft | None:
    """The state of the mention's land; "the country" and "the government" are the home land's, "this country" is the last one."""
    if mention.kind == "country" and mention.noun:
        at_home = register.under(f"land:{home.key}") if home is not None and not mention.pointing else []
        found = _latest(at_home or register.under("state"))
        if found is None and home is not None:
            mention.land, mention.country = home, home.country
        return found
    if mention.land is None:
        mention.land, mention.country = home, home.country if home is not None else None
    return _latest(register.under(f"land:{mention.land.key if mention.land else ''}"))


def _find_person(register: Register, mention: Mention) -> Draft | None:
    words = name_words(mention.name)
    people = [d for d in register.under(*(f"name:{w}" for w in words)) if d.kind == "person" and _genders_agree(d, mention)]
    full = len(words) > 1
    if full:
        for draft in people:
            if any(same_person(n, mention.name) for n in draft.names):
                return draft
    best: dict[int, list[Draft]] = {}
    for draft in people:
        fit = max((_fit(name, mention.name) for name in draft.names), default=0)
        if fit and (not full or not _has_full_name(draft) or _contains(draft, mention)):
            best.setdefault(fit, []).append(draft)
    return max(best[max(best)], key=lambda d: (len(d.mentions), d.last)) if best else None


def _fit(known: str, name: str) -> int:
    if name_words(known) == name_words(name):
        return 3
    return max(short_for(name, known), short_for(known, name))


def _has_full_name(draft: Draft) -> bool:
    return any(len(name_words(n)) > 1 for n in draft.names)


def _contains(draft: Draft, mention: Mention) -> bool:
    return any(short_for(mention.name, n) or short_for(n, mention.name) for n in draft.names if len(name_words(n)) > 1)


def _genders_agree(draft: Draft, mention: Mention) -> bool:
    return draft.gender is None or mention.gender is None or draft.gender == mention.gender


def _find_organization(register: Register, mention: Mention) -> Draft | None:
    known = mention.known
    keys = [f"name:{w}" for w in (*name_words(mention.name), acronym_of(mention.name).lower())]
    for draft in register.under(*keys, *([f"known:{known.name}"] if known else [])):
        if draft.kind != "person" and not draft.is_state and any(_same_body(draft, mention, name) for name in draft.names):
            return draft
    return None


def _same_body(draft: Draft, mention: Mention, name: str) -> bool:
    known, listed = mention.known, draft.listed.get(name)
    if known is not None and listed is not None:
        return known.name == listed.name
    return _countries_agree(draft, mention) and (same_organization(name, mention.name) or _tail_of(name, mention.name))


def _tail_of(one: str, other: str) -> bool:
    """Whether one name of two words or more ends the other: "Security Council", "Russian Security Council"."""
    short, long = sorted((name_words(one), name_words(other)), key=len)
    return 2 <= len(short) < len(long) and long[-len(short) :] == short


def _countries_agree(draft: Draft, mention: Mention) -> bool:
    one, other = draft.land, mention.land
    if one is not None and other is not None:
        return one.key == other.key
    return draft.country is None or mention.country is None or draft.country == mention.country


def _find_noun(register: Register, mention: Mention) -> Draft | None:
    """The draft that a noun phrase takes up again: of the same noun, or of a person or body that bears it."""
    if mention.fresh:
        return None
    owned = mention.owner is not None and mention.land is None
    drafts = register.under(f"noun:{mention.noun}", *(f"sector:{s}" for s in mention.sectors))
    fitting = [d for d in drafts if not d.is_state and _countries_agree(d, mention) and not (owned and d.owned)]
    if mention.kind == "person" and mention.definite:
        return _latest(d for d in fitting if d.kind == "person" and _bears(d, mention))
    if mention.kind == "organization":
        return _latest(d for d in fitting if d.kind == "organization" and _is_body(d, mention))
    if mention.kind == "group" and (mention.definite or mention.noun not in word_set("signs", "generic") or mention.modifiers):
        return _latest(d for d in fitting if d.kind == "group" and _same_group(d, mention))
    return None


def _find_head(register: Register, mention: Mention, home: Land | None) -> Draft | None:
    """Whom "the Peruvian leader" means that nobody was called by that word before: who is at the head of that state."""
    if mention.noun != "leader" or mention.kind != "person" or not mention.definite or mention.land is None or mention.modifiers:
        return None
    heads = [d for d in register.under("head") if d.kind == "person" and d.names and _genders_agree(d, mention)]
    sure = [d for d in heads if d.country is not None and d.country == mention.country]
    if sure or home is None or home.key != mention.land.key:
        return _latest(sure)
    unknown = [d for d in heads if d.country is None]
    return unknown[0] if len(unknown) == 1 else None


def _taken_up(notes: Annotations, register: Register, group: list[Mention]) -> Draft | None:
    """Whom a bare "the group" or "the man" takes up who was not called so before: the only one in the sentences just before.

    Only words that tell next to nothing are taken so: "the minister" may well be a new one.
    """
    mention = group[0]
    if any(m.noun == AGED and m.definite for m in group) and all(m.form == "noun" for m in group):
        people = [d for d in _near(notes, register, mention, "person") if d.names and not d.plural]
        return _only(notes, people)
    of_land = mention.land is not None and mention.noun not in ANY_BODY
    bare = mention.definite and not (mention.fresh or mention.plural or mention.modifiers or mention.number or of_land)
    if len(group) > 1 or mention.form != "noun" or not bare or mention.owner is not None or _is_told_more(notes, mention):
        return None
    if mention.noun in ANY_BODY:
        bodies = [d for d in _near(notes, register, mention, "organization", "group") if d.names and not d.plural]
        bodies = [d for d in bodies if mention.land is None or (d.country is not None and d.country == mention.country)]
        return _only(notes, [d for d in bodies if mention.land is not None or mention.noun not in d.nouns])
    if mention.kind == "person" and mention.gender is not None and mention.sectors == ["CVL"]:
        people = [d for d in _near(notes, register, mention, "person") if not d.plural and _genders_agree(d, mention)]
        return people[0] if len(people) == 1 else None
    return None


def _only(notes: Annotations, drafts: list[Draft]) -> Draft | None:
    """The only draft; of several the only one that was last told of as a subject."""
    subjects = [d for d in drafts if notes.tokens[d.last].relation.startswith("nsubj")]
    fitting = drafts if len(drafts) == 1 else subjects
    return fitting[0] if len(fitting) == 1 else None


def _is_told_more(notes: Annotations, mention: Mention) -> bool:
    """Whether words behind the noun tell who is meant: "the group of eight", "the man who knew"."""
    return bool(notes.children(notes.tokens[mention.head], "nmod", "acl", "appos", "flat"))


def _near(notes: Annotations, register: Register, mention: Mention, *kinds: Kind) -> list[Draft]:
    here = notes.tokens[mention.head].sentence
    drafts = (d for d in register.under(*kinds) if not d.is_state and d.kind in kinds)
    return [d for d in drafts if here - notes.tokens[d.last].sentence <= NEAR]


def _latest(drafts: Iterable[Draft]) -> Draft | None:
    return max(drafts, key=lambda d: d.last, default=None)


def _bears(draft: Draft, mention: Mention) -> bool:
    """Whether the person was called by the noun, or bears it in a role, with all its modifiers."""
    if not _genders_agree(draft, mention) or mention.noun not in draft.nouns | draft.role_words:
        return False
    told, known = mention.modifiers - word_set("signs", "now"), draft.modifiers | draft.role_words
    coming = word_set("signs", "coming")
    return told <= (known | coming if known & coming else known)  # "the future minister" was "designated minister"


def _is_body(draft: Draft, mention: Mention) -> bool:
    if mention.noun in draft.nouns and not draft.names:
        return mention.modifiers == draft.modifiers or (mention.definite and mention.modifiers <= draft.modifiers)
    if not mention.definite or mention.modifiers:
        return False
    in_name = any(mention.noun in name_words(n) for n in draft.names)
    if mention.noun == "airline":
        return in_name or any(w in ("air", "airlines", "airways") for n in draft.names for w in name_words(n))
    return in_name or (mention.noun in word_set("signs", "firm") and bool(set(mention.sectors) & set(draft.sectors)))


def _same_group(draft: Draft, mention: Mention) -> bool:
    if mention.noun not in draft.nouns or draft.plural != mention.plural:
        return False
    if mention.number is not None and draft.numbers and mention.number not in draft.numbers:
        return False
    if mention.definite:
        return mention.modifiers <= draft.modifiers
    return mention.number is None and not draft.numbers and mention.modifiers == draft.modifiers
