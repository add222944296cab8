"""Money, percentages and measures: the unit of an amount, which country's money it is, and what it is an amount of."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman.lexicons.load import load
from dragoman.reading.figures.measured import contained, modified, thing, top_of
from dragoman.reading.figures.place import Counted, Place
from dragoman.reading.numerals import either
from dragoman.reading.surface import Line

_LEXICON = load("units")
MEASURES: dict[str, str] = _LEXICON["measures"]
CURRENCIES: dict[str, str] = _LEXICON["currencies"]
_SIGNS: dict[str, str] = _LEXICON["currency_signs"]
_STOPS = frozenset(_LEXICON["context"]["stops"])
_TIMES = frozenset(_LEXICON["context"]["time_units"]) | frozenset(_LEXICON["measured"]["times"])

SIGN = either(_SIGNS)
MONEY_OR_MEASURE = either([*CURRENCIES, *MEASURES])
UNIT = re.compile(rf"(?P<hyphen> -)? (?P<word>{MONEY_OR_MEASURE})(?!\S)")
AMBIGUOUS = frozenset({"point", "won", "real", "mark", "marks", "rand", "dong", "lira", "m", "ha", "degree", "degrees"})
_WEIGHED = re.compile(r" of (?!aid\b|investments?\b|debt\b|loans?\b|credits?\b)[a-z]+")
_WEIGHS = re.compile(
    r"(?:\b(?:kilo|kg|kilogram|kilogramme|tonne|ton|gram|ounce)s? \( (?:about |some |around |or )?"
    r"|\bweigh(?:s|ed|ing)? (?:[a-z]+ ){0,3})$"
)
_BARE_DOLLAR = re.compile(r" (?:- )?(?:dollars?|cents?)(?!\S)")
_CONVERTED = re.compile(
    r"(?:[0-9]|\b(?:hundred|thousand|million|billion|trillion)) (?:- )?"
    r"(?:dollars? \( (?:[^()\s]+ ){1,6}?(?:us|u \. s \.)(?: dollars?)?|[a-z]+ dollars? \( (?:[^()\s]+ ){1,4}?us) \)"
)
_LEAD = 400
_WORLD_PRICE = re.compile(r" (?:a|per|an|the) (?:barrel|ounce|tonne|ton|bushel)(?!\S)")
_HAS_WON = re.compile(r" won (?:a|an|the|one|two|three|his|her|its|their|by|[0-9])(?!\S)")
_NO_OBJECT = frozenset({"VERB", "AUX", "ADP", "PRON", "ADV", "DET", "NUM"})
LENGTHS = frozenset({"kilometre", "metre", "mile", "nautical mile", "foot", "yard"})
_AWAY = re.compile(
    r" (?:\( [^()]{1,40} \) )?(?:to the |further |farther |inland |deep |just )?"
    r"(?:away|apart|off|from|outside|inside|inland|deep|below|above|under|beneath|behind|ahead|beyond|into|offshore|upstream|downstream|(?:north|south|east|west)(?:east|west|ern)?)(?!\S)"
)
_RELATIVE = frozenset({"percent", "percentage point", "basis point"})


def sign_currency(line: Line, first: int, sign: str) -> str | None:
    """The currency of a sign that stands before position `first`; "C$" must be written so, "a $5 loan" is no AUD."""
    begin = first - len(sign) - 1
    written = line.written(begin, first - 1)
    letters = [c for c in written if c.isalpha()]
    if letters and not (letters[0].isupper() and (len(letters) > 1 or " " not in written)):
        return None
    return _SIGNS[sign]


def money(place: Place, currency: str, last: int) -> Counted:
    """An amount of money whose words end at `last`; `currency` is a value of the lexicon ("USD", "USD-cent")."""
    code = _of_country(place, last, currency.removesuffix("-cent"))
    if place.currency and (named := UNIT.match(place.line.text, last)) and named["word"] in CURRENCIES:
        last = named.end()
    return Counted(code, what_for(place, last, ("of", "in"), spent=True), last, 0.01 if currency.endswith("-cent") else 1)


def _of_country(place: Place, last: int, code: str) -> str:
    """Which peso, dinar or dollar: that of the country which the report names most; the usual one if it names none."""
    if code == "USD":
        return _dollar(place, last)
    return _most_named(place.line.text, code) or code


@lru_cache(maxsize=8)
def _most_named(text: str, code: str) -> str | None:
    stems: dict[str, str] = _LEXICON["shared_currencies"].get(code, {})
    counts = {stem: text.count(stem) for stem in stems}
    most = max(counts, key=lambda stem: counts[stem], default="")
    return stems[most] if counts.get(most) else None


def _dollar(place: Place, last: int) -> str:
    """A bare dollar is the country's own where the report converts it ("7,000 dollars (5,500 US)") or tells of its one market."""
    text = place.line.text
    bare = _BARE_DOLLAR.match(text, place.last, last) is not None and place.currency is None
    if not bare or _WORLD_PRICE.match(text, last):
        return "USD"
    return _home_dollar(text) or "USD"


@lru_cache(maxsize=8)
def _home_dollar(text: str) -> str | None:
    if _CONVERTED.search(text):
        return _most_named(text, "USD")
    lead = text[:_LEAD]
    homes = {code for code, names in _LEXICON["home_markets"].items() if any(name in lead for name in names)}
    return homes.pop() if len(homes) == 1 else None


def unit_behind(place: Place) -> Counted | None:
    """The amount if a unit or a currency stands right behind the number."""
    unit = UNIT.match(place.line.text, place.last)
    if unit is None:
        return None
    word, last, line = unit["word"], unit.end(), place.line
    token = line.token_at(unit.start("word"))
    if (
        word in AMBIGUOUS
        and (unit["hyphen"] or (token is not None and token.upos not in ("NOUN", "X", "SYM")))
        and not _is_won(place, word)
    ):
        return None
    if (word in ("point", "foot") and place.value == 1) or (word == "mark" and place.words_before[-1:] == ["the"]):
        return None  # "at one point", "below the 200,000 mark"
    if word in ("pound", "pounds") and _is_weight(place, last, hyphen=bool(unit["hyphen"])):
        return Counted("pound", what_for(place, last), last)
    if word in CURRENCIES and word not in MEASURES:
        return money(place, CURRENCIES[word], last)
    if MEASURES[word] in LENGTHS and _AWAY.match(line.text, last):
        return Counted(MEASURES[word], None, last)
    return Counted(MEASURES[word], what_for(place, last, spent=MEASURES[word] in _RELATIVE), last)


def _is_weight(place: Place, last: int, *, hyphen: bool) -> bool:
    """Pounds of 16 ounces: "30 pounds of rice", "a 10-pound bag", "a kilogram (2.2 pounds)"."""
    text = place.line.text
    before = text[max(0, place.first - 40) : place.first]
    return (hyphen and place.value < 10**5) or bool(_WEIGHED.match(text, last) or _WEIGHS.search(before))


@lru_cache(maxsize=8)
def _tells_of_korea(text: str) -> bool:
    return "korea" in text


def _is_won(place: Place, word: str) -> bool:
    """Korea's money, which a tagger may take for a verb: "42 billion won", "up 600 won"; not "who won"."""
    return word == "won" and (place.value >= 10**6 or _tells_of_korea(place.line.text)) and not _HAS_WON.match(place.behind)


def what_for(place: Place, last: int, links: tuple[str, ...] = ("of",), *, spent: bool = False) -> str | None:
    """What an amount is of: "barrels of Velmoran cider", "$3 billion in loans", "a $5 million loan", "exports rose 5 percent"."""
    tree, tokens = place.line.annotations, place.tokens(last)
    if not tokens:
        return _line_what_for(place.line, last, "|".join((*links, "worth of")))
    end = place.line.token_at(last - 1) or tokens[-1]
    inside, top = contained(tree, end, links), top_of(tokens)
    if top is None or (inside is not None and inside != "cash"):
        return inside
    return modified(tree, top, end) or thing(tree, top, spent=spent) or inside


def _line_what_for(line: Line, last: int, links: str) -> str | None:
    """The same where there is no tree: the words behind a link, or up to two nouns right behind."""
    link = re.match(rf" (?:{links}) (?:the |its |their |his |her |a |an )?", line.text[last : last + 24])
    begin = last + link.end() if link else last + 1
    rest = line.text[begin : begin + 80].split("\n")[0]
    words: list[str] = []
    position = begin
    for word in rest.split()[: 5 if link else 2]:
        token = line.token_at(position)
        if word != "'" and (not word.isalpha() or word in _STOPS or (token is not None and token.upos in _NO_OBJECT)):
            break
        words.append(word)
        position += len(word) + 1
    if words[-1:] == ["'"]:
        position -= len(" '")
        words.pop()
    if not words or words[-1] in _TIMES or (not link and not _ends_in_noun(line, position)):
        return None
    if link and link.group().startswith(" in ") and line.written(begin, begin + 1)[:1].isupper():
        return None  # "$5 million in Paris"
    return line.written(begin, position - 1)


def _ends_in_noun(line: Line, position: int) -> bool:
    token = line.token_at(position - 2)
    return token is not None and token.upos == "NOUN"
