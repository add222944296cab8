"""The report's own words in the brief: always in quotation marks, on one line, bounded, with the marks inside them balanced."""

from __future__ import annotations

import re

from dragoman.reading.wording import one_line, shortened

LONGEST = 240
"""Characters of a quotation."""
_MARKS = re.compile(r"[\"\u201c\u201d\u201e\u00ab\u00bb]|``|''")
_CLOSES = re.compile(r"[\"\u201d\u00bb]")
_SAID = re.compile(
    r",\s*(?:(?:[A-Z]?[\w'’.-]+\s+){1,6}(?:said|says|told|added|announced|wrote|reported|declared|warned|explained|argued)"
    r"|according to|said|says)\b.*$"
)


def quoted(text: str, longest: int = LONGEST) -> str:
    """Words in quotation marks; marks inside them become single ones, so that they cannot end the quotation."""
    return f"“{plain(shortened(one_line(text).strip(), longest))}”"


def plain(text: str) -> str:
    """The text with its double quotation marks made single, opening and closing by what stands before them."""

    def one(match: re.Match[str]) -> str:
        before = text[match.start() - 1 : match.start()]
        return "‘" if not before or before.isspace() or before in "([—–-" else "’"

    return _MARKS.sub(one, text)


def unmarked(text: str) -> str:
    """The text without quotation marks: a name that is cut out of a sentence may hold one half of a pair."""
    return one_line(_MARKS.sub("", text)).strip(" ‘’'")


def rest_of(sentence: str) -> str:
    """What a sentence says behind its verb: without a closing attribution and without quotation marks that open or close elsewhere."""
    found = _SAID.sub("", one_line(sentence)).strip(" ,;:.!?")
    if len(_MARKS.findall(found)) % 2 and (mark := _CLOSES.search(found)):
        opened = mark[0] == '"' and (mark.start() == 0 or found[mark.start() - 1].isspace())
        found = found if opened else found[: mark.start()].strip(" ,;:.!?")
    return found
