"""The shape of each status: told apart by form, with colour only as a help, so that print and every eye can read them.

A shape is drawn in a box of 12 by 12 around its middle. Colours stand in the style sheet, by the class of the status' family.
"""

from __future__ import annotations

from markupsafe import Markup

from dragoman.reading.entries import Status
from dragoman.reading.wording import STATUS_WORDS

_DRAWN: dict[Status, str] = {
    "occurred": '<circle r="5" class="full"/>',
    "ongoing": '<circle r="4.6" class="hollow"/><path d="M0 -4.6 A4.6 4.6 0 0 0 0 4.6 Z" class="full"/>',
    "planned": '<path d="M0 -5.6 L5.6 0 L0 5.6 L-5.6 0 Z" class="hollow"/>',
    "promised": '<path d="M0 -5.6 L5.6 0 L0 5.6 L-5.6 0 Z" class="full"/>',
    "threatened": '<path d="M0 -5.4 L5.4 4.4 L-5.4 4.4 Z" class="full"/>',
    "demanded": '<path d="M-4.4 -5.4 L5.4 0 L-4.4 5.4 Z" class="hollow"/>',
    "cancelled": '<path d="M-4.4 -4.4 L4.4 4.4 M-4.4 4.4 L4.4 -4.4" class="stroke"/>',
    "denied": '<circle r="4.8" class="hollow"/><path d="M-3.4 3.4 L3.4 -3.4" class="stroke"/>',
    "hypothetical": '<circle r="4.8" class="dotted"/>',
}


def drawn(status: Status) -> str:
    """The shape around (0, 0), to be put into an SVG."""
    return _DRAWN[status]


def shape(status: Status) -> Markup:
    """The shape as a picture of its own, beside the word for the status."""
    family = STATUS_WORDS[status].family
    inner = _DRAWN[status]
    return Markup(f'<svg class="shape {family}" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">{inner}</svg>')


LEGEND: tuple[tuple[Status, str], ...] = tuple((status, words.word) for status, words in STATUS_WORDS.items())
"""All statuses with their words, in the order in which a legend shows them."""
