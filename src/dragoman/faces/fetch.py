"""Pages and feeds from the network: bounded in time and size, where a site allows it, and only what was asked for.

No proxy and no cookie is used, nothing is kept between requests but each site's robots.txt and how long it wants to be left alone.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version

import httpcore
import httpx

from dragoman.errors import InputError
from dragoman.faces import robots
from dragoman.faces.connection import Deadline, NotPublic, Transport

_NAME = "dragoman"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_TRY_AGAIN = frozenset({408, 425, 429})
_PACKED = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_PIECE = 1 << 16
_LONGEST_WAIT = 86_400.0
_ROBOTS_KEPT = 86_400.0
_LONGEST_DELAY = 30.0
_LEFT_ALONE = 60.0


def _agent() -> str:
    try:
        return f"{_NAME}/{version('dragoman')} (news reader; fetches feeds and the pages they link to for one person)"
    except PackageNotFoundError:
        return f"{_NAME}/0 (news reader; fetches feeds and the pages they link to for one person)"


@dataclass(frozen=True)
class Terms:
    """The limits of fetching. `seconds` end one request with its redirects; `pause` are seconds between two requests to one host."""

    allow_private: bool = False
    seconds: float = 60.0
    silence: float = 20.0
    size: int = 10_000_000
    redirects: int = 5
    pause: float = 1.0


@dataclass(frozen=True)
class Answer:
    """What came: `data` without encodings of the transport. `url` is where it was found in the end; `moved_to` is the new address
    if the old one is given up for good. `etag` and `modified` are what to ask with the next time."""

    url: str
    status: int
    data: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the server has nothing newer than what was asked with."""
        return self.status == 304

    @property
    def charset(self) -> str | None:
        """The encoding that the server named."""
        return httpx.Response(200, headers={"content-type": self.content_type}).charset_encoding


class FetchError(InputError):
    """Nothing came. `temporary` says whether a later try may succeed, `wait` how many seconds to wait, if the server told."""

    def __init__(self, where: str, found: str, remedy: str, *, temporary: bool = False, wait: float | None = None) -> None:
        super().__init__(where, found, remedy)
        self.temporary = temporary
        self.wait = wait


_LATER = "try again later"


class Fetcher:
    """Fetches one thing after the other. `sleep` waits between requests to one host; it may be an event's `wait`."""

    def __init__(self, terms: Terms | None = None, sleep: Callable[[float], object] = time.sleep) -> None:
        self.terms = terms or Terms()
        self._sleep = sleep
        self._certificates: ssl.SSLContext | None = None
        self._robots: dict[str, tuple[robots.Robots, float]] = {}
        self._free_at: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._busy_until: dict[str, float] = {}
        self._timeouts: dict[str, int] = {}

    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Answer:
        """What is at an address, redirects followed, if the site's robots.txt allows it. Raises FetchError."""
        deadline = Deadline(self.terms.seconds)
        asked = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        answer = self._followed(url, asked, deadline, respectful=True)
        if answer.status == 304 and not asked:
            raise FetchError(url, "the server says that nothing has changed, though it was not asked", _LATER)
        return answer

    def _followed(self, url: str, asked: Mapping[str, str], deadline: Deadline, *, respectful: bool) -> Answer:
        """Goes along redirects; every stop is checked like the first."""
        at, for_good, moved_to = url, True, None
        for _ in range(self.terms.redirects + 1):
            target = _checked(at, url)
            if respectful:
                self._ask_robots(target, url)
            answer, location = self._one(target, url, asked, deadline)
            if location is None:
                return Answer(**{**answer.__dict__, "moved_to": moved_to})
            at = str(target.join(location))
            for_good = for_good and answer.status in _FOR_GOOD
            moved_to = at if for_good else moved_to
        raise FetchError(url, f"more than {self.terms.redirects} redirects", "check the address in a browser")

    def _ask_robots(self, target: httpx.URL, url: str) -> None:
        site = str(target.copy_with(raw_path=b"/robots.txt", fragment=None))
        rules, kept_until = self._robots.get(site, (None, 0.0))
        if rules is None or time.monotonic() > kept_until:
            rules = self._robots_of(site, url)
            self._robots[site] = (rules, time.monotonic() + _ROBOTS_KEPT)
            self._pauses[_host(target)] = min(max(rules.delay or 0.0, self.terms.pause), _LONGEST_DELAY)
        if not rules.allow(str(target)):
            raise FetchError(
                url, f"the site's robots.txt does not allow it ({target.host})", "save the page in a browser and name the file"
            )

    def _robots_of(self, site: str, url: str) -> robots.Robots:
        """The rules of a site: everything is allowed where there are none, and the failure is the answer where they cannot be had."""
        try:
            return robots.parse(self._followed(site, {}, Deadline(self.terms.seconds), respectful=False).data, _NAME)
        except FetchError as problem:
            if problem.temporary or isinstance(problem, _Forbidden):
                raise FetchError(
                    url, f"{problem.found} (asked for robots.txt)", problem.remedy, temporary=problem.temporary, wait=problem.wait
                ) from None
            return robots.ALL

    def _one(self, target: httpx.URL, url: str, asked: Mapping[str, str], deadline: Deadline) -> tuple[Answer, str | None]:
        """One request: the answer, and where it sends us on."""
        host = _host(target)
        self._wait_for(host, url)
        headers = {"User-Agent": _agent(), "Accept-Encoding": "gzip, deflate", "Accept": "*/*", **asked}
        try:
            with (
                httpx.Client(transport=self._transport(deadline), timeout=self.terms.silence, trust_env=False) as client,
                client.stream("GET", target, headers=headers) as response,
            ):
                taken = self._taken(response, url, host, deadline)
                self._timeouts.pop(host, None)
                return taken
        except NotPublic as private:
            raise _Forbidden(url, f"leads to an address that is not public: {private}", "give --allow-private if you trust it") from None
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
            self._busy_until[host] = time.monotonic() + _LEFT_ALONE
            raise FetchError(url, f"cannot be reached ({_short(problem)})", "check the address and the network", temporary=True) from None
        except (httpcore.TimeoutException, httpx.TimeoutException):
            self._timeouts[host] = self._timeouts.get(host, 0) + 1
            if self._timeouts[host] > 1:  # one page may be slow; a host that is shall not hold up all of a feed
                self._busy_until[host] = time.monotonic() + _LEFT_ALONE
            raise FetchError(url, f"no whole answer in {self.terms.seconds:.0f} seconds", _LATER, temporary=True) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, OSError) as problem:
            raise FetchError(url, f"breaks off ({_short(problem)})", _LATER, temporary=True) from None

    def _transport(self, deadline: Deadline) -> Transport:
        if self._certificates is None:
            self._certificates = httpx.create_ssl_context()
        return Transport(deadline, self.terms.allow_private, self._certificates)

    def _wait_for(self, host: str, url: str) -> None:
        """Waits until the host may be asked again; a host that wants to be left alone for long is not asked at all."""
        now = time.monotonic()
        if (busy := self._busy_until.get(host, 0.0) - now) > 0:
            raise FetchError(url, f"{host} did not answer or asked to be left alone a moment ago", _LATER, temporary=True, wait=busy)
        if (pause := self._free_at.get(host, 0.0) - now) > 0:
            self._sleep(pause)
        self._free_at[host] = time.monotonic() + self._pauses.get(host, self.terms.pause)

    def _taken(self, response: httpx.Response, url: str, host: str, deadline: Deadline) -> tuple[Answer, str | None]:
        status, fields = response.status_code, response.headers
        if status in _REDIRECTS and "location" in fields:
            return Answer(str(response.url), status, b""), fields["location"]
        if status not in (200, 304):
            raise self._refusal(url, host, status, fields.get("retry-after"))
        data = _read(response, url, self.terms.size, deadline) if status == 200 else b""
        content_type = fields.get("content-type", "")
        return Answer(str(response.url), status, data, content_type, fields.get("etag"), fields.get("last-modified")), None

    def _refusal(self, url: str, host: str, status: int, retry_after: str | None) -> FetchError:
        found = f"the server answers with status {status}"
        if status not in _TRY_AGAIN and status < 500:
            return FetchError(url, found, "check the address in a browser")
        wait = seconds_of(retry_after)
        if wait is not None or status in (429, 503):
            self._busy_until[host] = time.monotonic() + (_LEFT_ALONE if wait is None else wait)
        return FetchError(url, found, _LATER, temporary=True, wait=wait)


class _Forbidden(FetchError):
    """An address that must not be fetched."""


def _host(target: httpx.URL) -> str:
    """The host with its port, which is what pauses and rules are kept for."""
    return target.netloc.decode("ascii", "replace")


def _checked(address: str, url: str) -> httpx.URL:
    """An address on the web; errors name `url`, which led to it."""
    try:
        target = httpx.URL(address)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise _Forbidden(url, "leads to what is no address", "check the address") from None
    if target.scheme not in ("http", "https") or not target.host:
        raise _Forbidden(url, f"leads to what is no address on the web ({_short(address)})", "give one that begins with https://")
    if target.userinfo:
        raise _Forbidden(url, "an address with a name or password in it", "leave them out")
    return target


def _read(response: httpx.Response, url: str, limit: int, deadline: Deadline) -> bytes:
    """The body up to the limit, decompressed piece by piece so that no small answer becomes a large one."""
    if (length := response.headers.get("content-length", "")).isdecimal() and int(length) > limit:
        raise _too_large(url, limit)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", *_PACKED):
        raise FetchError(url, f"a compression that was not asked for ({_short(encoding)})", "save the page in a browser and name the file")
    unpack = zlib.decompressobj(_PACKED[encoding]) if encoding in _PACKED else None
    data = bytearray()
    for piece in response.iter_raw(_PIECE):
        deadline.left()
        try:
            data += piece if unpack is None else unpack.decompress(piece, limit + 1 - len(data))
        except zlib.error:
            raise FetchError(url, "its compressed data are damaged", _LATER, temporary=True) from None
        if len(data) > limit:
            raise _too_large(url, limit)
    return bytes(data)


def _too_large(url: str, limit: int) -> FetchError:
    return FetchError(url, f"larger than {limit / 1_000_000:g} MB", "save the text of the article in a file")


def seconds_of(retry_after: str | None, now: datetime | None = None) -> float | None:
    """How long a server asks to wait (seconds or a date), a day at most; None if it says nothing that can be read."""
    value = (retry_after or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - (now or datetime.now(UTC))).total_seconds(), 0.0), _LONGEST_WAIT)


def _short(problem: object) -> str:
    return " ".join(str(problem).split())[:120] or type(problem).__name__
