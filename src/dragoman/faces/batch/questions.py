"""The named questions of `dragoman query`: each a SELECT over the tables of an archive, and how its answer is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.faces.batch.charts import Shape


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is the title; `note` says what is counted."""

    about: str
    note: str
    sql: str
    shape: Shape


_DYADS = """
SELECT month, source, target, count(*) AS events,
       count(*) FILTER (quad IN (1, 2)) AS cooperation, count(*) FILTER (quad IN (3, 4)) AS conflict,
       round(avg(goldstein_style), 2) AS goldstein_style
FROM (SELECT month, quad, goldstein_style, source, unnest(recipient_countries) AS target
      FROM (SELECT *, unnest(initiator_countries) AS source FROM events WHERE first_mention AND plover IS NOT NULL))
GROUP BY month, source, target
ORDER BY month, events DESC, source, target"""

_STANDING = """
SELECT coalesce(standing, 'the report itself') AS standing, count(*) AS claims,
       round(count(*) / sum(count(*)) OVER (), 4) AS share, count(DISTINCT report) AS reports,
       count(*) FILTER (status IN ('occurred', 'ongoing')) AS done,
       count(*) FILTER (status IN ('planned', 'promised', 'threatened', 'demanded')) AS ahead,
       count(*) FILTER (status IN ('cancelled', 'denied')) AS undone
FROM events
GROUP BY ALL
ORDER BY claims DESC, standing"""

_UNDONE = """
SELECT coalesce(publisher, '(not told)') AS publisher, count(DISTINCT report) AS reports, count(*) AS events,
       count(*) FILTER (status = 'cancelled') AS cancelled, count(*) FILTER (status = 'denied') AS denied,
       round(count(*) FILTER (status = 'cancelled') / count(*), 4) AS cancelled_share,
       round(count(*) FILTER (status = 'denied') / count(*), 4) AS denied_share
FROM events
WHERE first_mention
GROUP BY ALL
ORDER BY events DESC, publisher"""

_DEATHS = """
SELECT CASE WHEN regexp_full_match(when_start, '[0-9]{4}-[0-9]{2}(-[0-9]{2})?') THEN left(when_start, 7) ELSE month END AS month,
       count(*) AS claims, count(DISTINCT report) AS reports,
       min(dead) AS least, median(dead) AS median, max(dead) AS most, sum(dead) AS sum_of_claims
FROM events
WHERE first_mention AND dead IS NOT NULL AND status IN ('occurred', 'ongoing')
GROUP BY ALL
ORDER BY month"""

_ACTORS = """
SELECT actors.name, actors.country, count(*) FILTER (sides.does) AS does, count(*) FILTER (NOT sides.does) AS undergoes,
       count(*) AS sides, count(DISTINCT sides.report) AS reports
FROM (SELECT report, unnest(initiators) AS actor, true AS does FROM events WHERE first_mention
      UNION ALL SELECT report, unnest(recipients), false FROM events WHERE first_mention) AS sides
JOIN actors ON actors.report = sides.report AND actors.actor = sides.actor
GROUP BY actors.name, actors.country
ORDER BY sides DESC, actors.name, actors.country"""

QUESTIONS: dict[str, Question] = {
    "events-by-dyad": Question(
        "Events by dyad and month",
        "countries; first mentions with a PLOVER code, so nothing denied or hypothetical; month of publication",
        _DYADS,
        Shape("lines", "month", ("events",), by=("source", "target")),
    ),
    "claims-by-standing": Question(
        "Claims by standing",
        "every mention of an act, by the standing of the one to whom the claim goes back",
        _STANDING,
        Shape("bars", "standing", ("done", "ahead", "undone")),
    ),
    "cancelled-and-denied": Question(
        "Cancelled and denied events by source",
        "first mentions; shares of a publisher's events",
        _UNDONE,
        Shape("bars", "publisher", ("cancelled_share", "denied_share")),
    ),
    "deaths-by-month": Question(
        "Deaths by month",
        "claims of reports: several may tell of the same deaths, so a sum is no toll; month of the act, else of publication",
        _DEATHS,
        Shape("lines", "month", ("most", "median")),
    ),
    "active-actors": Question(
        "Most active actors",
        "by the name that the reports give; sides of first mentions, whatever their status",
        _ACTORS,
        Shape("bars", "name", ("does", "undergoes")),
    ),
}
"""Each question by its name."""
