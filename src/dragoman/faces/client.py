"""A case that another program serves, asked from Python: the questions of `Case`, answered with plain values.

>>> client = Client("http://127.0.0.1:8484")  # doctest: +SKIP
>>> for event in client.timeline(Filters(as_of="1962-10-28")):
...     print(event["id"], event["status"], event["type"])
"""

from __future__ import annotations

from dataclasses import asdict
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote

import httpx

from dragoman.case.query import Filters
from dragoman.errors import QueryError, StoreError

_ALL = Filters()
_TIMEOUT_S = 60.0
_HELP = "see that `dragoman serve` runs there"
Item = dict[str, Any]


class Client:
    """Asks one workspace. An item is a dictionary as docs/reference/case.md has it. Close it, or use it in a `with`.

    In filters, actors and threads may also be given by name. Every question raises QueryError where the workspace refuses it, and
    StoreError where the workspace or its case cannot be reached, or does not let the asker in.
    """

    def __init__(self, address: str, *, token: str | None = None, timeout: float = _TIMEOUT_S) -> None:
        """The workspace at an address such as "http://127.0.0.1:8484"; `timeout` is in seconds.

        `token` is what `dragoman user token` has shown; a workspace with accounts asks for one.
        """
        self.address = address.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # No proxy of the environment: what is asked of this machine stays on it.
        self._http = httpx.Client(base_url=f"{self.address}/api/1", timeout=timeout, trust_env=False, headers=headers)

    def close(self) -> None:
        """Ends the connection."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- questions

    def overview(self, filters: Filters = _ALL) -> Item:
        """How much there is, the first threads, disputes and commitments, and who the sources are."""
        return self._ask("/overview", filters)

    def timeline(self, filters: Filters = _ALL, *, limit: int | None = None, offset: int = 0) -> list[Item]:
        """Events in the order of time; all of them, or at most `limit` from `offset` on."""
        return self._listed("/timeline", "events", filters, limit, offset)

    def actors(self, filters: Filters = _ALL, *, limit: int | None = None, offset: int = 0) -> list[Item]:
        """The actors that pass, those named most often first. Takes every filter but `actor`."""
        return self._listed("/actors", "actors", filters, limit, offset)

    def threads(self, filters: Filters = _ALL, *, limit: int | None = None, offset: int = 0) -> list[Item]:
        """The threads that pass, with where each stands."""
        return self._listed("/threads", "threads", filters, limit, offset)

    def disputes(self, filters: Filters = _ALL, *, limit: int | None = None, offset: int = 0) -> list[Item]:
        """The disputes that pass, in the order in which they arose."""
        return self._listed("/disputes", "disputes", filters, limit, offset)

    def commitments(self, filters: Filters = _ALL, *, limit: int | None = None, offset: int = 0) -> list[Item]:
        """The commitments that pass, the overdue first."""
        return self._listed("/promises", "commitments", filters, limit, offset)

    def figures(self, filters: Filters = _ALL, *, limit: int | None = None, offset: int = 0) -> list[Item]:
        """The series of figures that pass."""
        return self._listed("/figures", "figures", filters, limit, offset)

    def reports(self, filters: Filters = _ALL, *, limit: int | None = None, offset: int = 0) -> list[Item]:
        """The reports that pass, by day of publication, without their texts."""
        return self._listed("/reports", "reports", filters, limit, offset)

    def report(self, report: str, filters: Filters = _ALL) -> Item:
        """A report with its text and reading, the case's items for its entries, its copies and disputes. Takes `as_of` alone."""
        return self._ask(f"/reports/{quote(report, safe='')}", filters)

    def search(self, query: str, filters: Filters = _ALL, *, limit: int = 20, offset: int = 0) -> Item:
        """The reports whose words match, under "hits", and how many do, under "total"."""
        return self._ask("/search", filters, q=query, limit=limit, offset=offset)

    def show(self, item: str, filters: Filters = _ALL) -> Item:
        """Everything about one item or link, by its id. Takes `as_of`, `since`, `type` and `status`."""
        return self._ask(f"/show/{quote(item, safe='')}", filters)

    def changes(self, filters: Filters) -> Item:
        """What is new since `filters.since`, which must be given."""
        return self._ask("/changes", filters)

    def network(self, filters: Filters = _ALL, by: Literal["month", "week", "day"] | None = None) -> Item:
        """Who acts on whom in what passes, and in periods if `by` is given."""
        return self._ask("/network", filters, by=by)

    def places(self, filters: Filters = _ALL) -> Item:
        """Where the events that pass took place, under "places", and those without a place, under "unplaced" and "silent"."""
        return self._ask("/places", filters)

    def sources(self, filters: Filters = _ALL) -> Item:
        """The publishers, and in which standing those speak whom the last reports quote. Takes `as_of` alone."""
        return self._ask("/sources", filters)

    def log(self, filters: Filters = _ALL) -> list[Item]:
        """All decisions in order. Takes `as_of` and `since`."""
        return self._listed("/log", "decisions", filters, None, 0)

    def review(self, filters: Filters = _ALL, *, limit: int = 20, offset: int = 0, **wanted: str) -> Item:
        """What is uncertain, under "questions", and how much of it, under "count". Takes `actor` and `thread`.

        `wanted` are the other parameters of the address: reason, from_score, below, publisher, second.
        """
        return self._ask("/review", filters, limit=limit, offset=offset, **wanted)

    def agreement(self) -> Item:
        """How far those agree who decided the same questions, and where they differ."""
        return self._ask("/agreement", _ALL)

    def alerts(self) -> list[Item]:
        """The alerts of the case, the first made first."""
        return self._listed("/alerts", "alerts", _ALL, None, 0)

    def alert(self, number: int) -> Item:
        """One alert with all that it has found, the latest first. Raises QueryError if the case has none of this number."""
        return self._ask(f"/alerts/{number}", _ALL, limit=0)

    def brief(self, filters: Filters = _ALL) -> Item:
        """The brief, with its sections, notes and reports. Takes `as_of`, `since` and `thread`."""
        found: Item = self._ask("/brief", filters)["brief"]
        return found

    # --- asking

    def _listed(self, path: str, name: str, filters: Filters, limit: int | None, offset: int) -> list[Item]:
        if limit == 0:  # nothing, as of a case; the API would give all
            return []
        found: list[Item] = self._ask(path, filters, limit=limit or 0, offset=offset)[name]
        return found

    def _ask(self, path: str, filters: Filters, **more: str | int | None) -> Item:
        asked = asdict(filters) | more
        given = {name: str(value) for name, value in asked.items() if value is not None}
        try:
            answer = self._http.get(path, params=given)
            told = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise StoreError(self.address, f"no answer ({problem})", _HELP) from None
        except ValueError:
            raise StoreError(self.address, f"the answer has status {answer.status_code} and is no JSON", _HELP) from None
        found = told if isinstance(told, dict) else {}
        if answer.status_code in (400, 404) and "detail" in found:
            raise QueryError(str(found["detail"]))
        if answer.status_code != 200 or not isinstance(told, dict):
            raise StoreError(self.address, str(found.get("detail", f"status {answer.status_code}")), str(found.get("remedy", _HELP)))
        return told
