"""The tables of an archive: which columns each has, of which type, and what stands in them (docs/guide/archives.md shows them).

`dragoman code` writes each table as Parquet files DIR/<table>/month=<YYYY-MM>/<shard>.parquet; the month is that of the day of
publication, "unknown" where there is none. Names and types stay as they are; new columns are added at the end. A cell that has nothing
to say is null, a list that has nothing is empty. `report` and the id of an entry (`event`, `actor`, ...) together are unique in an
archive; ids lead from one table to another within a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SCHEMA = "dragoman.archive/1"
UNKNOWN_MONTH = "unknown"

ColumnType = Literal["text", "whole", "number", "truth", "texts", "day"]
"""In Parquet: UTF-8 string, 64-bit integer, 64-bit float, boolean, list of strings, date."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the type that all its cells have, null apart; `about` tells what stands in it."""

    name: str
    type: ColumnType
    about: str


def _columns(*told: tuple[str, ColumnType, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in told)


_OF_REPORT: tuple[tuple[str, ColumnType, str], ...] = (
    ("report", "text", "the report: shard and place in it; leads to `reports`"),
    ("published", "day", "its day of publication"),
    ("publisher", "text", "who published it"),
)
_PLACE: tuple[tuple[str, ColumnType, str], ...] = (
    ("start", "whole", "first character, counted in code points of the report's text"),
    ("end", "whole", "one past the last"),
)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "reports": _columns(
        *_OF_REPORT,
        ("title", "text", "title"),
        ("url", "text", "where it was published"),
        ("source_id", "text", "the id that the input gave it"),
        ("language", "text", "ISO 639-1 code"),
        ("text_sha256", "text", "the SHA-256 of the text: equal texts have equal ones; the id of the report in a case"),
        ("place", "text", "where in the input it stands, as messages call it"),
        ("characters", "whole", "length of the text in code points"),
        ("words", "whole", "words of the text, cut at white space"),
        ("events", "whole", "rows of it in `events`"),
        ("statements", "whole", "rows of it in `statements`"),
        ("figures", "whole", "rows of it in `figures`"),
        ("times", "whole", "rows of it in `times`"),
        ("actors", "whole", "rows of it in `actors`"),
        ("notices", "texts", "sentences on what is doubtful about the reading"),
    ),
    "events": _columns(
        *_OF_REPORT,
        ("event", "text", "id in its report: e1, e2, …; one row for each mention of an act"),
        ("type", "text", "the act: one of PLOVER's sixteen types"),
        ("mode", "text", "how it is done"),
        ("status", "text", "occurred, ongoing, planned, promised, threatened, demanded, cancelled, denied or hypothetical"),
        ("plover", "text", "the one code that a PLOVER data set gives to type and status; null where it has no event"),
        ("plover_mode", "text", "the mode of that code"),
        ("plv", "text", "root of the PLV corpus"),
        ("quad", "whole", "class of that code: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"),
        ("goldstein_style", "number", "PLOVER's conflict-cooperation score of that code, -10 to 10"),
        ("cameo", "text", "CAMEO code of three or four digits"),
        ("cameo_root", "text", "its first two"),
        ("contexts", "texts", "PLOVER contexts"),
        ("initiators", "texts", "ids of the actors who do it"),
        ("initiator_names", "texts", "their names, in the same order"),
        ("initiator_countries", "texts", "their countries, each once, in the same order"),
        ("initiator_sectors", "texts", "their PLOVER sectors, each once"),
        ("recipients", "texts", "ids of the actors to whom it is done"),
        ("recipient_names", "texts", "their names, in the same order"),
        ("recipient_countries", "texts", "their countries, each once, in the same order"),
        ("recipient_sectors", "texts", "their PLOVER sectors, each once"),
        ("inferred_sides", "texts", "the sides (initiators, recipients) that only the report around the mention tells"),
        ("place", "text", "in the words of the report"),
        ("when_start", "text", "ISO day, month, week or year; null where no date is told"),
        ("when_end", "text", "the same"),
        ("when_inferred", "truth", "whether the dates were inferred; null where there are none"),
        ("statements", "texts", "ids of the statements through which the report has it, outermost first"),
        ("speakers", "texts", "names of those who make them, in the same order, the unknown left out"),
        ("standing", "text", "standing of the last of them, to whom the claim goes back; null where the report itself tells it"),
        ("statement", "text", "id of the statement that an act done in words makes"),
        ("figures", "texts", "ids of the figures that belong to it"),
        ("dead", "number", "people killed, null where no number is told"),
        ("injured", "number", "people wounded"),
        ("arrested", "number", "people arrested"),
        ("size", "number", "people who took part"),
        ("trigger", "text", "the words that tell the act"),
        ("cues", "text", "the words that decided the status"),
        ("sentence", "text", "the sentence, on one line"),
        ("confidence", "number", "0 to 1"),
        ("first_mention", "truth", "true for the rows that counts of events are made over"),
        ("same_as", "text", "id of the first mention of the same act; null for the first itself"),
        ("reverses", "text", "id of the event that this one undoes or calls off"),
        ("evidence", "text", "lexicon, or model where no frame of the lexicon found it"),
        *_PLACE,
        ("sentence_start", "whole", "first character of the sentence"),
        ("sentence_end", "whole", "one past its last"),
    ),
    "statements": _columns(
        *_OF_REPORT,
        ("statement", "text", "id in its report: s1, s2, …"),
        ("speaker", "text", "id of the actor who speaks"),
        ("speaker_name", "text", "the name"),
        ("speaker_country", "text", "ISO 3166-1 alpha-3"),
        ("source", "text", "the words that name the speaker"),
        ("cue", "text", "the words that tell that somebody speaks"),
        ("content", "text", "what is said, on one line"),
        ("mode", "text", "direct, indirect or mixed"),
        ("standing", "text", "named, unnamed, anonymous or institution"),
        ("channel", "text", "where it was said, in the words of the report"),
        ("when", "text", "ISO day"),
        ("addressees", "texts", "ids of the actors to whom it is said"),
        ("addressee_names", "texts", "their names, in the same order"),
        ("addressed", "text", "the words that name them"),
        ("through", "texts", "those through whom the report has it, outermost first"),
        ("through_statements", "texts", "ids of the statements among them"),
        *_PLACE,
    ),
    "figures": _columns(
        *_OF_REPORT,
        ("figure", "text", "id in its report: f1, f2, …"),
        ("text", "text", "the words"),
        ("low", "number", "lower bound; equal to `high` where it is exact, null for \"up to\""),
        ("high", "number", "upper bound; null for \"at least\""),
        ("unit", "text", "ISO 4217 for money, else a singular noun"),
        ("of", "text", "what is counted"),
        ("approximate", "truth", "about, some, nearly"),
        ("events", "texts", "ids of the events that it belongs to"),
        *_PLACE,
    ),
    "times": _columns(
        *_OF_REPORT,
        ("time", "text", "id in its report: t1, t2, …"),
        ("text", "text", "the words"),
        ("type", "text", "DATE, TIME, DURATION or SET"),
        ("value", "text", "TIMEX3 value; null where it stays unresolved"),
        *_PLACE,
    ),
    "actors": _columns(
        *_OF_REPORT,
        ("actor", "text", "id in its report: a1, a2, …"),
        ("name", "text", "the fullest form in the text"),
        ("kind", "text", "person, group, organization, government or country"),
        ("country", "text", "ISO 3166-1 alpha-3 or PLOVER's code"),
        ("sectors", "texts", "PLOVER sectors"),
        ("roles", "texts", "the words of the report for what they are"),
        ("mentions", "whole", "how often the report means them, pronouns included"),
        ("forms", "texts", "the different words for them, in the order of the text"),
        *_PLACE,
    ),
}  # fmt: skip
"""The columns of each table, in their order."""

TABLES: tuple[str, ...] = tuple(COLUMNS)
