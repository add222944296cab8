"""The forms that other programs read, by name: those with columns, and those that are a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dragoman.case.exports.acled import acled
from dragoman.case.exports.annotations import web_annotations
from dragoman.case.exports.claimreview import claim_reviews
from dragoman.case.exports.ftm import ftm
from dragoman.case.exports.gdelt import gdelt
from dragoman.case.exports.graphml import graphml
from dragoman.case.exports.lines import as_text
from dragoman.case.exports.polecat import polecat
from dragoman.case.exports.prov import prov
from dragoman.case.exports.selecting import Selected
from dragoman.case.exports.sources import bibtex, ris
from dragoman.case.exports.stix import stix
from dragoman.case.exports.tables import Table
from dragoman.case.exports.timelinejs import timelinejs, told_date
from dragoman.case.exports.ucdp import ucdp
from dragoman.case.network import network

COLUMNED: Mapping[str, Callable[[Selected], Table]] = {"polecat": polecat, "acled": acled, "gdelt": gdelt, "ucdp": ucdp}
_OBJECTS: Mapping[str, Callable[[Selected], dict[str, Any]]] = {
    "timelinejs": timelinejs, "stix": stix, "annotations": web_annotations, "prov": prov, "claimreview": claim_reviews,
}  # fmt: skip
TEXTS = (*_OBJECTS, "ftm", "graphml", "ris", "bibtex")
"""The forms that `written` knows."""


def written(form: str, s: Selected) -> Iterable[str]:
    """The parts of the file's text. Raises KeyError for a form that is not in `TEXTS`, MissingLibrary where `ftm` has not its own."""
    if form == "ftm":
        return ftm(s)
    if form == "graphml":
        return [graphml(network(s))]
    if form in ("ris", "bibtex"):
        return ris(s.reports) if form == "ris" else bibtex(s.reports)
    return [_json(_OBJECTS[form](s))]


def _json(value: dict[str, Any]) -> str:
    """JSON that a person can read, in which nothing can drive a terminal."""
    shown = json.dumps(json.loads(as_text(value), parse_constant=str), ensure_ascii=True, indent=1)
    return shown + "\n"


def left_out(form: str, s: Selected) -> str | None:
    """What of the selected events a form has otherwise than they were told, in words; None where there is nothing to say."""
    if form != "timelinejs":
        return None
    without = sum(not told_date(telling) for telling in s.tellings)
    return f"{without:,} of {len(s.tellings):,} events have no date of their own and stand on the day of their report" if without else None
