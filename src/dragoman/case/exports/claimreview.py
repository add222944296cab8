"""What people decided about claims, as schema.org ClaimReview in JSON-LD.

Only an event whose status a person set, or that a person confirmed, is a review. The rating is that person's word (`alternateName`); a
number is never made up, and what only a rule found is no review.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.case.deciding import answered, standing
from dragoman.case.exports.selecting import Selected
from dragoman.case.judgements import Decision
from dragoman.reading.wording import one_line


def claim_reviews(s: Selected) -> dict[str, Any]:
    """The reviews of the events that are selected, by event."""
    return {"@context": "https://schema.org", "@graph": list(_reviews(s))}


def _reviews(s: Selected) -> Iterator[dict[str, Any]]:
    decided = _decided(s)
    for telling in s.tellings:
        decision = decided.get(telling.event.id)
        if decision is None:
            continue
        claims = [_appearance(s, claim.report) for claim in telling.event.claims]
        word = "confirmed as read" if decision.verb == "confirm" else (decision.value or "").partition("=")[2].strip()
        review = {
            "@type": "ClaimReview", "@id": f"urn:dragoman:item:{telling.event.id}:{decision.id}", "datePublished": decision.at[:10],
            "author": {"@type": "Person", "name": one_line(decision.by)}, "claimReviewed": telling.mention.sentence,
            "itemReviewed": {"@type": "Claim", "appearance": claims},
            "reviewRating": {"@type": "Rating", "alternateName": one_line(word)},
        }  # fmt: skip
        yield review | ({"reviewBody": one_line(decision.why)} if decision.why else {})


def _decided(s: Selected) -> dict[str, Decision]:
    """The last word of a person on the status of each event."""
    decisions = [stored.decision for stored in s.store.decisions()]
    gone, found = answered(decisions), dict[str, Decision]()
    for decision in standing(decisions):
        sets = decision.verb == "edit" and (decision.value or "").partition("=")[0].strip() == "status"
        if decision.id not in gone and (sets or decision.verb == "confirm"):
            found[decision.target] = decision
    return found


def _appearance(s: Selected, report: str) -> dict[str, Any]:
    row = s.all_reports[report]
    publisher = {"@type": "Organization", "name": one_line(row.publisher)} if row.publisher else None
    known = {"headline": row.title and one_line(row.title), "url": row.url and one_line(row.url), "datePublished": row.published or None}
    found = {"@type": "NewsArticle", "identifier": row.id, **known, "publisher": publisher}
    return {key: value for key, value in found.items() if value}
