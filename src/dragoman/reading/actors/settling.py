"""Names put in order before they are read: one kind for one name in a text, and none that its words rule out.

The model judges each place by itself; a text does not call "Acme" a person in one line and a company in the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.language.annotations import Annotations, Name, Token
from dragoman.reading.actors.forms import singulars
from dragoman.reading.actors.naming import name_words
from dragoman.reading.actors.roster import Directory, Entry
from dragoman.reading.actors.sectors import Sense, given_name_gender, sense_of, title_sector, word_set
from dragoman.reading.actors.states import land_named

LONGEST_OWN = 10  # tokens of the longest name of a user's own list that is found
CUTTING = frozenset(("in", "at", "near", "on"))
"""Prepositions that no name of an organisation goes on behind ("the Labour Ministry in central Lima")."""


def settled_names(annotations: Annotations, directory: Directory) -> list[Name]:
    """The names with their kinds settled, in text order; a name that its words show to be a mere title is left out."""
    own = own_names(annotations, directory)
    claimed = {i for name in own for i in range(name.first, name.last)}
    surnames_seen = {annotations.tokens[n.last - 1].text for n in annotations.names if n.kind == "PERSON" and n.first < n.last}
    parts = (n for name in annotations.names for n in _parted(annotations, name, surnames_seen))
    parts = (n for name in parts for n in _without_title(annotations, name))
    free = [n for n in parts if n.first < n.last and claimed.isdisjoint(range(n.first, n.last))]
    taken = claimed | {i for name in free for i in range(name.first, name.last)}
    names = [_widened(annotations, _cut(annotations, n), taken) for n in free]
    texts = [" ".join(annotations.text[n.start : n.end].split()) for n in names]
    usual = _usual_kinds(names, texts)
    persons = {word for n, text in zip(names, texts, strict=True) if n.kind == "PERSON" for word in name_words(text)[-1:]}
    surnames = {name_words(t)[-1] for n, t in zip(names, texts, strict=True) if n.kind == "PERSON" and len(name_words(t)) > 1}
    found: list[Name] = []
    for name, text in zip(names, texts, strict=True):
        kind = _kind(annotations, directory, name, text, usual.get(text, name.kind), persons, surnames)
        if kind is not None:
            found.append(name if kind == name.kind else replace(name, kind=kind))
    missed = list(_missed(annotations, directory, found, taken))
    return sorted((*own, *found, *missed), key=lambda n: n.first)


def own_names(annotations: Annotations, directory: Directory) -> list[Name]:
    """The names of a user's own list wherever they stand, the longest first at each place, whatever the model made of them."""
    roster = directory.roster
    found: list[Name] = []
    at = 0
    while roster.own_names and at < len(annotations.tokens):
        token = annotations.tokens[at]
        begins = annotations.text[token.start : token.start + 2] in roster.own_heads
        match = _own_entry(annotations, directory, token) if begins else None
        if match is not None:
            last, entry = match
            kind = "PERSON" if entry.kind == "person" else "ORGANIZATION"
            found.append(Name(token.start, annotations.tokens[last - 1].end, at, last, kind, 1.0))
        at = match[0] if match is not None else at + 1
    return found


def _own_entry(annotations: Annotations, directory: Directory, token: Token) -> tuple[int, Entry] | None:
    """Where the longest own name that begins with the token ends, and whose it is."""
    end = min(token.index + LONGEST_OWN, annotations.sentence_of(token).last)
    for last in range(end, token.index, -1):
        phrase = " ".join(annotations.text[token.start : annotations.tokens[last - 1].end].split())
        entry = directory.roster.own_names.get(phrase.replace("\u2019", "'"))
        if entry is not None:
            return last, entry
    return None


def _missed(annotations: Annotations, directory: Directory, names: list[Name], taken: set[int]) -> Iterator[Name]:
    """Proper nouns that the model left out here and knew elsewhere (a person's last name, a body's name of one word), and
    last names of the roster.
    """
    kinds: dict[str, str] = {}
    for name in names:
        if name.kind == "PERSON" or (name.kind == "ORGANIZATION" and name.last - name.first == 1):
            kinds.setdefault(annotations.tokens[name.last - 1].text, name.kind)
            if name.kind == "PERSON":
                kinds.setdefault(annotations.tokens[name.first].text, name.kind)
        elif _leaves_out(annotations, name) and len(annotations.tokens[name.first].text) > 3:
            kinds.setdefault(annotations.tokens[name.first].text, name.kind)
    for token in annotations.tokens:
        if token.upos != "PROPN" or token.index in taken:
            continue
        kind = kinds.get(token.text) or ("PERSON" if len(token.text) > 3 and directory.names_person(token.text) else None)
        if kind is not None and land_named(token.text) is None and _body(token.lower) is None and _stands_alone(annotations, token):
            yield Name(token.start, token.end, token.index, token.index + 1, kind, 0.5)


def _leaves_out(annotations: Annotations, name: Name) -> bool:
    """Whether a firm's name may be cut to its first word ("Acme" for "Acme Airlines")."""
    return (
        name.kind == "ORGANIZATION"
        and name.last - name.first == 2
        and annotations.tokens[name.last - 1].lower in word_set("signs", "left_out")
    )


def _stands_alone(annotations: Annotations, token: Token) -> bool:
    """Whether the word is no part of a longer run of proper nouns, a title before it not counted."""
    before = annotations.tokens[token.index - 1] if token.index else token
    behind = annotations.tokens[token.index + 1] if token.index + 1 < len(annotations.tokens) else token
    joined = before.upos == "PROPN" and before is not token and title_sector(before.text) is None
    return not joined and (behind is token or behind.upos != "PROPN") and title_sector(token.text) is None


def _parted(annotations: Annotations, name: Name, surnames: set[str]) -> list[Name]:
    """Two people whom the model took for one name, or for a body, are parted at "and" ("Berg and Lund")."""
    tokens = annotations.tokens
    at = next((i for i in range(name.first + 1, name.last - 1) if tokens[i].lower == "and"), None)
    two_known = name.last - name.first == 3 and bool({tokens[name.first].text, tokens[name.last - 1].text} & surnames)
    if at is None or not (name.kind == "PERSON" or two_known):
        return [name]
    return [
        replace(name, last=at, end=tokens[at - 1].end, kind="PERSON"),
        replace(name, first=at + 1, start=tokens[at + 1].start, kind="PERSON"),
    ]


def _without_title(annotations: Annotations, name: Name) -> list[Name]:
    """A body's name that holds an office and who has it is parted into body and person ("Acme Director Ana Berg")."""
    tokens = annotations.tokens
    if name.kind != "ORGANIZATION":
        return [name]
    for at in range(name.first, name.last - 2):
        sense, rest = _body(tokens[at].lower), tokens[at + 1 : name.last]
        if sense is None or sense.kind != "person" or len(rest) > 3:
            continue
        if given_name_gender(rest[0].text) is None and (len(rest) != 2 or tokens[at].lower not in word_set("signs", "posts")):
            continue
        if all(t.upos == "PROPN" and _body(t.lower) is None and t.lower not in word_set("signs", "places") for t in rest):
            body = [replace(name, last=at, end=tokens[at - 1].end)] if at > name.first else []
            return [*body, replace(name, first=at + 1, start=rest[0].start, kind="PERSON")]
    return [name]


def _cut(annotations: Annotations, name: Name) -> Name:
    if name.kind != "ORGANIZATION":
        return name
    last = next((i for i in range(name.first + 1, name.last) if annotations.tokens[i].lower in CUTTING), name.last)
    while last > name.first + 1 and annotations.tokens[last - 1].upos in ("CCONJ", "ADP"):
        last -= 1
    return name if last == name.last else replace(name, last=last, end=annotations.tokens[last - 1].end)


def _widened(annotations: Annotations, name: Name, taken: set[int]) -> Name:
    """A person's name with the initials before it ("K.P." Sharma)."""
    before = annotations.tokens[name.first - 1] if name.first else None
    if name.kind != "PERSON" or before is None or before.index in taken or before.upos != "PROPN":
        return name
    initials = before.text.endswith(".") and before.text.isupper() and len(before.text) <= 6
    return replace(name, first=before.index, start=before.start) if initials else name


def _usual_kinds(names: Iterable[Name], texts: Iterable[str]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    for name, text in zip(names, texts, strict=True):
        votes.setdefault(text, Counter())[name.kind] += 1
    return {text: kinds.most_common(1)[0][0] for text, kinds in votes.items()}


def _kind(
    annotations: Annotations, directory: Directory, name: Name, text: str, kind: str, persons: set[str], surnames: set[str]
) -> str | None:
    words = name_words(text)
    if not words or all(word in word_set("signs", "title_parts") for word in words):
        return None
    listed = directory.body(text) is not None or land_named(text) is not None
    if not listed and kind in ("ORGANIZATION", "PLACE", "NATIONALITY") and directory.names_person(text):
        return "PERSON"
    if kind == "PERSON" and len(words) > 1 and directory.body(text) is not None and not directory.names_person(text):
        return "ORGANIZATION"
    if kind == "PERSON" and words[-1] not in surnames:
        return _not_a_person(directory, text) or ("ORGANIZATION" if _behind_a_paper(annotations, name) else kind)
    if kind in ("ORGANIZATION", "PLACE") and not listed:
        if words[-1] in word_set("signs", "places"):
            return "PLACE"
        last = _body(words[-1])
        if last is not None and last.kind == "person":
            return None
        if not any((sense := _body(w)) is not None and sense.kind != "person" for w in words):
            known = words[-1] in persons or (words[0] in persons and len(words) > 1)
            if known or (kind == "ORGANIZATION" and _behind_a_title(annotations, name)):
                return "PERSON"
    return kind


def _behind_a_paper(annotations: Annotations, name: Name) -> bool:
    """Whether a single word stands behind the noun for a paper or a firm that bears it ("the daily Vecer")."""
    before = annotations.tokens[name.first - 1] if name.first else None
    joined = before is not None and (before.head == name.first or annotations.tokens[name.first].head == before.index)
    return name.last - name.first == 1 and joined and before is not None and before.lower in word_set("signs", "papers")


def _not_a_person(directory: Directory, text: str) -> str | None:
    if directory.body(text) is not None or name_words(text)[-1] in word_set("signs", "firm_endings"):
        return "ORGANIZATION"
    return "PLACE" if land_named(text) is not None else None


def _body(word: str) -> Sense | None:
    return next((sense for form in singulars(word) if (sense := sense_of(form)) is not None), None)


def _behind_a_title(annotations: Annotations, name: Name) -> bool:
    """Whether a noun for one person stands before the name as its title."""
    if name.first == 0:
        return False
    before = annotations.tokens[name.first - 1]
    above = {annotations.tokens[i].head for i in range(name.first, name.last)}
    hangs = name.first <= before.head < name.last or before.index in above
    sense = _body(before.lower)
    return hangs and (title_sector(before.text) is not None or (sense is not None and sense.kind == "person"))
