"""Mentions by proper name: persons with their titles, organisations, states and what stands for them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from dragoman.language.annotations import Annotations, Name, Token
from dragoman.reading.actors.codes import BODIES
from dragoman.reading.actors.forms import is_noun, is_verb
from dragoman.reading.actors.mentions import Mention, Setting, body_before, land_of_phrase, noun_sense, told_sectors
from dragoman.reading.actors.roster import Entry
from dragoman.reading.actors.sectors import (
    given_name_gender,
    noun_gender,
    organization_named,
    sense_of,
    title_sector,
    word_set,
)  # fmt: skip
from dragoman.reading.actors.states import LandWord, land_named

PERSON_TITLE_LEFT = ("NOUN", "PROPN", "ADJ", "NUM")
LONGEST_NAME = 7  # words tried when a known organisation is looked for outside the names that the model found


def name_head(annotations: Annotations, first: int, last: int) -> Token:
    """The token of a name that the rest of the sentence hangs on."""
    tokens = annotations.tokens[first:last]
    return next((t for t in tokens if not first <= t.head < last), tokens[0])


def _trim(annotations: Annotations, name: Name) -> tuple[int, int]:
    first, last = name.first, name.last
    while last > first and (annotations.tokens[last - 1].lower in ("'s", "'") or annotations.tokens[last - 1].upos == "PUNCT"):
        if annotations.tokens[last - 1].lower == "." and last - first > 1:
            break
        last -= 1
    while first < last - 1 and (annotations.tokens[first].upos in ("PUNCT", "DET") or annotations.tokens[first].lower == "the"):
        first += 1
    return first, last


def persons(setting: Setting) -> Iterator[Mention]:
    """One mention for each name of a person; titles before it become roles, their country and sector its own."""
    notes = setting.annotations
    for name in notes.names:
        if name.kind != "PERSON":
            continue
        first, last = _trim(notes, name)
        while first < last - 1 and _is_title(notes.tokens[first].text):
            first += 1
        if first < last and any(t.text[:1].isalpha() for t in notes.tokens[first:last]):
            yield _person(setting, first, last, name.first)


def _is_title(word: str) -> bool:
    return word[:1].isupper() and title_sector(word) is not None


def _person(setting: Setting, first: int, last: int, from_token: int) -> Mention:
    notes = setting.annotations
    head = name_head(notes, first, last)
    mention = Mention(head.index, set(range(first, last)), setting.span(first, last), "name", "person", setting.text(first, last))
    mention.gender = given_name_gender(notes.tokens[first].text) if last - first > 1 else None
    start = _title_start(setting, first, last)
    if start == first and (land := land_of_phrase(setting, head, depth=0)) is not None:
        mention.land, mention.country = land, land.country
    if start < first:
        _take_title(setting, mention, start, first)
    elif from_token < first:
        _take_title(setting, mention, from_token, first)
    return mention


def _title_start(setting: Setting, first: int, last: int) -> int:
    """Where the title before a name begins: the nouns and adjectives that the tree hangs on the name or its title."""
    notes = setting.annotations
    sentence = notes.sentence_of(notes.tokens[first])
    if first == sentence.first:
        return first
    if first - sentence.first > 2 and notes.tokens[first - 2].lower == "of" and _is_office(notes, first - 3):
        return _title_left(setting, first - 3, last)
    title = notes.tokens[first - 1]
    if title.upos not in ("NOUN", "PROPN") and not _is_title(title.text):
        return first
    name = notes.name_at(title)
    if name is not None and name.kind == "PERSON" and not _is_title(title.text):
        return first
    heads = {title.index, *range(first, last)}
    known = noun_sense(notes, title) is not None or title_sector(title.text) is not None
    hangs = title.head in heads and title.relation.split(":")[0] in ("nmod", "compound", "flat", "amod", "appos")
    if not known and not (hangs and title.upos == "NOUN"):
        return first
    return _title_left(setting, first - 1, last)


def _is_office(notes: Annotations, index: int) -> bool:
    """Whether the noun can head a title with "of" before a name ("Secretary of State Ann Berg")."""
    sense = noun_sense(notes, notes.tokens[index])
    return sense is not None and sense.kind == "person" and notes.tokens[index].text[:1].isupper()


def _title_left(setting: Setting, start: int, last: int) -> int:
    """The first token of the title whose head noun is at `start`."""
    notes = setting.annotations
    sentence = notes.sentence_of(notes.tokens[start])
    head = start
    while start > sentence.first:
        token = notes.tokens[start - 1]
        hyphen = token.text == "-" and token.end == notes.tokens[start].start
        described = (token.upos == "VERB" and token.relation == "amod") or token.lower in ("'s", "'")
        if (token.upos not in (*PERSON_TITLE_LEFT, "DET") and not hyphen and not described) or not _leads_to(
            setting, token, start - 1, last
        ):
            break
        start -= 1
    while start < head and notes.tokens[start].upos in ("DET", "ADP"):
        start += 1
    return start


def _leads_to(setting: Setting, token: Token, first: int, last: int) -> bool:
    """Whether the token hangs on a later one of the same title or on the name."""
    if token.upos == "ADP" and token.lower != "of":
        return False
    if any(t.head == token.index for t in setting.annotations.tokens[first + 1 : last]):
        return noun_sense(setting.annotations, token) is not None
    return first < token.head < last and token.relation.split(":")[0] not in (
        "nsubj",
        "obj",
        "iobj",
        "obl",
        "conj",
        "punct",
    )


def _take_title(setting: Setting, mention: Mention, start: int, first: int) -> None:
    notes = setting.annotations
    tokens = notes.tokens[start:first]
    mention.words.update(t.index for t in (tokens[-3:] if len(tokens) > 2 and tokens[-2].lower == "of" else tokens[-1:]))
    land = next((setting.lands[t.index].land for t in reversed(tokens) if t.index in setting.lands), None)
    land = land or land_of_phrase(setting, notes.tokens[first])
    if land is not None:
        mention.land, mention.country = land, land.country
    while start < first and (notes.tokens[start].lower in ("'s", "'", "the") or _tells_land(setting, notes.tokens[start])):
        start += 1
    if start == first:
        return
    role = setting.text(start, first)
    last = notes.tokens[first - 3 if first - start > 2 and notes.tokens[first - 2].lower == "of" else first - 1]
    sense = noun_sense(notes, last) or sense_of(last.lower)
    body = body_before(setting, start, first - 1)
    if body is not None and mention.country is None:
        mention.country = body.country
    sector = (
        (body.sector if body is not None else None) or title_sector(role) or (sense.sector if sense else None) or title_sector(last.text)
    )
    if sector and sector != "UNK":
        mention.sectors += told_sectors(set(role.lower().replace("-", " ").split()), sector)
    mention.gender = mention.gender or noun_gender(last.lower)
    mention.noun = last.lower.rstrip(".")
    if title_sector(role) != "UNK":
        mention.roles.append(role)


def _tells_land(setting: Setting, token: Token) -> bool:
    name = setting.annotations.name_at(token)
    word = setting.lands.get(token.index)
    if word is None:
        return False
    return name is None or name.kind != "ORGANIZATION" or name.last <= word.last


def organizations(setting: Setting) -> Iterator[Mention]:
    """Organisations: names of that kind, and those of the list wherever they stand; not those that mean a state."""
    notes = setting.annotations
    letters = word_set("signs", "no_body_letters") | _letters_of_no_body(setting)
    for first, last, found in _organization_runs(setting):
        own = found is not None and found.own
        if last <= first or (not own and (land_named(setting.text(first, last)) is not None or _is_no_body(notes, first, last, letters))):
            continue
        head = name_head(notes, first, last)
        mention = Mention(
            head.index,
            set(range(first, last)),
            setting.span(first, last),
            "name",
            "organization",
            setting.text(first, last),
        )
        _describe_organization(setting, mention, found, head)
        beside = head.relation in ("compound", "nmod:desc") or setting.preposition(head) in ("in", "at", "near")
        mention.weak = found is None and not mention.sectors and beside
        bare_adjective = found is None and last - first == 1 and (head.upos == "ADJ" or head.relation == "amod")
        if own or (not bare_adjective and not _only_modifies(notes, head, first, last)):
            yield mention


def _is_no_body(notes: Annotations, first: int, last: int, letters: AbstractSet[str]) -> bool:
    """Whether a name means an agreement, an illness or a feast, or is a mere pronoun with a capital."""
    head = notes.tokens[last - 1]
    if last - first == 1:
        return head.text in letters or (head.upos == "PRON" and not head.text.isupper())
    listed = notes.text[notes.tokens[first].start : head.end]
    return head.lower in word_set("signs", "no_body") and organization_named(listed) is None


def _letters_of_no_body(setting: Setting) -> set[str]:
    """The abbreviations that the text gives behind the names of agreements ("Lima Peace Accord (LPA)")."""
    notes = setting.annotations
    names = [n for n in notes.names if n.kind != "PERSON" and n.last - n.first > 1]
    return {
        notes.tokens[name.last + 1].text
        for name in names
        if notes.tokens[name.last - 1].lower in word_set("signs", "no_body") and _in_brackets(notes, name.last)
    }


def _in_brackets(notes: Annotations, at: int) -> bool:
    """Whether one word of capitals stands in brackets here."""
    tokens = notes.tokens[at : at + 3]
    return len(tokens) == 3 and tokens[0].text == "(" and tokens[2].text == ")" and tokens[1].text.isupper()


def _organization_runs(setting: Setting) -> Iterator[tuple[int, int, Entry | None]]:
    notes = setting.annotations
    for name in notes.names:
        if name.kind == "PERSON":
            continue
        first, last = _trim(notes, name)
        known = setting.directory.body(setting.text(first, last)) if first < last else None
        longer = _longer(setting, first, last) if first < last else None
        if longer is not None:
            last, known = longer
        if name.kind == "ORGANIZATION" or (known is not None and name.kind in ("FACILITY", "PLACE", "NATIONALITY")):
            yield first, last, known
    yield from _listed_runs(setting)


def _longer(setting: Setting, first: int, last: int) -> tuple[int, Entry] | None:
    """Where a listed name ends that goes on behind what the model took for it ("... Cooperation and Development")."""
    end = setting.annotations.sentence_of(setting.annotations.tokens[first]).last
    for stop in range(min(last + LONGEST_NAME, end), last, -1):
        known = setting.directory.body(setting.text(first, stop))
        if known is not None:
            return stop, known
    return None


def _listed_runs(setting: Setting) -> Iterator[tuple[int, int, Entry | None]]:
    """Organisations of the list that the model did not take for a name."""
    notes = setting.annotations
    at = 0
    while at < len(notes.tokens):
        step = 1
        if _may_begin_name(setting, notes.tokens[at]):
            end = notes.sentence_of(notes.tokens[at]).last
            for last in range(min(at + LONGEST_NAME, end), at, -1):
                known = setting.directory.body(setting.text(at, last))
                free = all(notes.name_at(t) is None for t in notes.tokens[at:last])
                if known is not None and free and _sure(setting.text(at, last)):
                    yield at, last, known
                    step = last - at
                    break
        at += step


def _may_begin_name(setting: Setting, token: Token) -> bool:
    return token.upos == "PROPN" and token.text[:1].isalpha() and setting.annotations.name_at(token) is None


def _sure(name: str) -> bool:
    return " " in name or "-" in name or (name.isupper() and len(name) > 1)


def _describe_organization(setting: Setting, mention: Mention, known: Entry | None, head: Token) -> None:
    notes = setting.annotations
    first, last = min(mention.words), max(mention.words) + 1
    inside = next((setting.lands[i].land for i in range(first, last) if i in setting.lands), None)
    land = inside or land_of_phrase(setting, head)
    mention.land, mention.country = land, land.country if land else None
    senses = [
        sense for i in range(last - 1, first - 1, -1) if (sense := sense_of(notes.tokens[i].lower, notes.tokens[i - 1].lower if i else ""))
    ]
    body = next((s for s in senses if s.kind in ("organization", "government")), None)
    mention.noun = notes.tokens[last - 1].lower
    if known is not None:
        mention.known, mention.kind = known, known.kind
        # a name that several lands' bodies bear is the land's that stands beside it ("Peru's Socialist Party")
        beside = land.country if land is not None and inside is None and known.country not in BODIES else None
        mention.country = known.country if known.own else beside or known.country or mention.country
        mention.sectors = list(known.sectors)
    elif body is not None and body.sector:
        words = {t.lower for t in notes.tokens[first:last]}
        mention.sectors = list(told_sectors(words - word_set("signs", "former"), body.sector))
        if body.kind == "government" and land is not None:
            mention.form, mention.kind = "state", "government"


def _only_modifies(annotations: Annotations, head: Token, first: int, last: int) -> bool:
    """Whether the name stands before a noun for people ("NATO troops"): then the noun is the actor."""
    if head.relation.split(":")[0] not in ("compound", "amod") and head.relation != "nmod:desc":
        return False
    governor = annotations.head(head)
    if governor is None or first <= governor.index < last:
        return False
    sense = noun_sense(annotations, governor)
    return sense is not None and sense.kind in ("person", "group") and not sense.doubtful


def states(setting: Setting) -> Iterator[Mention]:
    """States and lands where they are named as actors or as places, their peoples, and capitals that act."""
    notes = setting.annotations
    for word in dict.fromkeys(setting.lands.values()):
        head = name_head(notes, word.first, word.last)
        name = notes.name_at(head)
        if name is not None and name.kind in ("ORGANIZATION", "EVENT", "FACILITY") and name.last - name.first > word.last - word.first + 1:
            continue
        mention = _state(setting, word, head)
        if mention is not None:
            yield mention


def _state(setting: Setting, word: LandWord, head: Token) -> Mention | None:
    notes = setting.annotations
    governor = notes.head(head)
    adjectival = word.use == "people" or head.upos == "ADJ"
    before_noun = head.relation.split(":")[0] in ("amod", "compound") or head.relation == "nmod:desc"
    if before_noun and governor is not None and not (word.use == "people" and _are_several(head)):
        if word.use == "seat" or is_noun(governor, ("dollar",)) or _names_an_actor(notes, governor):
            return None
        return _mention_of(setting, word, head)
    if word.use == "people":
        return _people(setting, word, head)
    if word.use == "seat" and not capital_acts(setting, head):
        return None
    mention = _mention_of(setting, word, head)
    mention.weak = not adjectival and _is_place(setting, head, governor)
    return mention


def _is_place(setting: Setting, head: Token, governor: Token | None) -> bool:
    """Whether a land is only where something is: "in Peru", "the west of Peru"."""
    case = setting.preposition(head)
    if case == "of" and governor is not None:
        return is_noun(governor, word_set("signs", "parts"))
    if case == "to" and governor is not None and is_noun(governor, word_set("signs", "journeys")):
        return False
    if _is_given_to(setting, head, governor) or _is_asked_of(setting, head, governor):
        return False
    return case in word_set("signs", "place_cases")


def _is_asked_of(setting: Setting, head: Token, governor: Token | None) -> bool:
    """Whether a land behind "from" is who is asked, or who says something: "sought help from Peru", "a threat from Peru"."""
    if governor is None or setting.preposition(head) != "from":
        return False
    return is_verb(governor, word_set("signs", "asking")) or is_noun(governor, word_set("signs", "words_from"))


def _is_given_to(setting: Setting, head: Token, governor: Token | None) -> bool:
    """Whether a land behind "to" is who receives something: "aid to Peru", "sent a delegation to Peru"."""
    if governor is None or setting.preposition(head) != "to":
        return False
    given = word_set("signs", "given")
    if is_noun(governor, given):
        return True
    things = setting.annotations.children(governor, "obj", "nsubj:pass")
    return is_verb(governor, word_set("signs", "giving")) and any(is_noun(t, given) for t in things)


def _mention_of(setting: Setting, word: LandWord, head: Token) -> Mention:
    words = set(range(word.first, word.last))
    sectors = ["GOV"] if not word.land.breakaway else ["PRE"]
    name = setting.text(word.first, word.last) if word.use in ("name", "house") else word.land.name
    return Mention(
        head.index, words, setting.span(word.first, word.last), "state", "country", name,
        land=word.land, country=word.land.country, sectors=sectors, weak=False,
    )  # fmt: skip


def _people(setting: Setting, word: LandWord, head: Token) -> Mention | None:
    """A people's name used as a noun: "the Chechens" are the land, "two Russians" people of it."""
    notes = setting.annotations
    if head.lower == "english" or (head.upos not in ("NOUN", "PROPN") and not _stands_as_noun(setting, head)):
        return None
    plural = head.text.endswith("s") or head.feats.get("Number") == "Plur" or head.lower.endswith(("men", "ese", "sh", "ch"))
    words = {c.lower for c in notes.children(head, "det", "nummod", "amod")}
    mention = _mention_of(setting, word, head)
    if plural and words <= {"the"} and "the" in words:
        return mention
    first = setting.left_edge(head)
    mention.form, mention.kind = "noun", "group" if plural else "person"
    mention.span, mention.name = setting.span(first, word.last), setting.text(first, word.last)
    mention.sectors, mention.noun, mention.plural = ["CVL"], head.lower, plural
    mention.fresh = bool(words)
    return mention


def _are_several(head: Token) -> bool:
    """Whether a people's name has the ending of a noun for several of them, whatever the tree makes of it ("six Israelis")."""
    return head.text.endswith("s") and not head.text.endswith("ss")


def _stands_as_noun(setting: Setting, head: Token) -> bool:
    """Whether an adjective of a people has a part of its own in the clause: "wounded another Peruvian", "nine Afghans"."""
    told = {c.lower for c in setting.annotations.children(head, "det", "nummod")}
    has_part = head.relation.split(":")[0] in ("nsubj", "obj", "iobj", "obl", "nmod", "conj")
    return _are_several(head) or (has_part and bool(told - {"the"}))


def _names_an_actor(annotations: Annotations, noun: Token) -> bool:
    name = annotations.name_at(noun)
    return (name is not None and name.kind in ("PERSON", "ORGANIZATION")) or noun_sense(annotations, noun) is not None


def capital_acts(setting: Setting, head: Token) -> bool:
    """Whether a capital means the government in it: it acts, is spoken to, or owns what a government has."""
    notes = setting.annotations
    relation, governor = head.relation, notes.head(head)
    if governor is None:
        return False
    if relation == "conj":
        return capital_acts(setting, governor) if setting.land_at(governor) is not None and governor.relation != "conj" else False
    if relation == "nsubj":
        return governor.upos in ("VERB", "ADJ") and notes.child(governor, "cop") is None
    if relation in ("obj", "iobj"):
        return is_verb(governor, word_set("signs", "spoken_to"))
    if relation == "nmod:poss":
        return not is_noun(governor, word_set("signs", "town"))
    if relation.split(":")[0] in ("obl", "nmod"):
        return _after_preposition(setting, head, governor)
    return False


def _after_preposition(setting: Setting, head: Token, governor: Token) -> bool:
    case = setting.preposition(head)
    if case == "of" and (is_noun(governor, word_set("signs", "town")) or governor.upos == "PROPN"):
        return False
    if case == "of":
        return noun_sense(setting.annotations, governor) is not None and is_noun(governor, ("government", "authority"))
    if _is_given_to(setting, head, governor):
        return True
    return case in word_set("signs", "of_states") and not (case in ("for", "on") and governor.upos == "VERB")
