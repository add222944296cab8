"""What is sent by a form: its type, its size, where it comes from, and the token that it must bring back."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from dragoman.faces.web.problems import Refused

MOST_BODY = 64 * 1024
TOKEN, TOKEN_HEADER = "token", "x-dragoman-token"
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 4000
_PATIENCE_S = 20.0


@dataclass(frozen=True)
class Form:
    """The fields of a form in order, without its token."""

    fields: tuple[tuple[str, str], ...]
    token: str

    @property
    def values(self) -> Mapping[str, str]:
        """The last value of each field."""
        return dict(self.fields)


async def read(request: Request) -> Form:
    """The form of a request. Raises Refused for another type, for one that is too large, and for one that comes too slowly."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM and (kind or request.headers.get("content-length", "0") != "0"):  # a program may send nothing at all
        raise Refused(
            415, "This cannot be read", f"It was sent as {kind[:60] or 'nothing known'!r}; expected {_FORM}.", "Use the form of the page."
        )
    try:
        body = await asyncio.wait_for(_body(request), _PATIENCE_S)
    except TimeoutError:
        raise Refused(408, "This came too slowly", f"After {_PATIENCE_S:.0f} seconds a part was missing.", "Send it again.") from None
    except ClientDisconnect:
        raise Refused(400, "This cannot be read", "The connection ended before the form did.", "Send it again.") from None
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Refused(
            400, "This cannot be read", f"Expected a form in UTF-8 of at most {_MOST_FIELDS:,} fields.", "Send it again."
        ) from None
    token = request.headers.get(TOKEN_HEADER) or dict(fields).get(TOKEN, "")
    return Form(tuple((name, value) for name, value in fields if name != TOKEN), token)


async def _body(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BODY:
            raise too_much()
        parts.append(part)
    return b"".join(parts)


def too_much() -> Refused:
    """More was sent than any form of ours holds."""
    return Refused(413, "Too much was sent", f"A form of the workspace has at most {MOST_BODY // 1024} KiB.", "Send less at once.")


def came_from_here(request: Request) -> bool:
    """Whether a browser says that the form was on one of our own pages; who says nothing is no browser."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or origin.lower() == f"{request.url.scheme}://{request.headers.get('host', '')}".lower()


def same(given: str, expected: str) -> bool:
    """Whether two tokens are the same, told in the same time wherever they differ."""
    return bool(expected) and hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def stale() -> Refused:
    """A form without the token of its visitor."""
    return Refused(
        403, "This form cannot be used", "It does not belong to your visit: the page is too old, or another site has sent it.",
        "Load the page again and send the form from there. A proxy in front must pass on the Host header as it was.",
    )  # fmt: skip
