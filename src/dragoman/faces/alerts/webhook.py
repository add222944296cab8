"""The webhook: one POST over the guarded connection, signed so that the receiver can tell it from anybody else's.

The headers follow Standard Webhooks (standardwebhooks.com), whose libraries check them: `webhook-id` is the id of the delivery, the same
with each try; `webhook-signature` is the HMAC-SHA256 of id, moment and body under the alert's secret. `Idempotency-Key` repeats the id.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from importlib.metadata import PackageNotFoundError, version

import httpcore
import httpx

from dragoman.faces.alerts.deliveries import Delivery, Outcome
from dragoman.faces.connection import Deadline, NotPublic, Transport
from dragoman.faces.fetch import seconds_of

SECONDS = 20.0
"""One try ends after so long; the lease of a delivery is far longer."""
_MOST_ANSWER = 64 * 1024
_TRY_AGAIN = frozenset({408, 425, 429})


def signature(secret: str, identity: str, moment: int, body: bytes) -> str:
    """The signature of one try; `moment` are seconds since 1970."""
    signed = b".".join((identity.encode(), str(moment).encode(), body))
    return "v1," + base64.b64encode(hmac.new(bytes.fromhex(secret), signed, hashlib.sha256).digest()).decode()


def post(delivery: Delivery, secret: str, private: bool, seconds: float = SECONDS) -> Outcome:
    """Sends it once. Redirects are not followed, and of the answer only the status counts."""
    deadline = Deadline(seconds)
    try:
        transport = Transport(deadline, private, httpx.create_ssl_context())
        with (
            httpx.Client(transport=transport, timeout=seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", delivery.target, content=delivery.body, headers=_headers(delivery, secret)) as response,
        ):
            status, retry_after = response.status_code, response.headers.get("retry-after")
            _drain(response, deadline)
    except NotPublic as found:
        return Outcome(f"the address is not public: {found}; it has to be allowed for this alert")
    except (httpcore.TimeoutException, httpx.TimeoutException):
        return Outcome(f"no answer in {seconds:.0f} seconds", temporary=True)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, OSError) as problem:
        return Outcome(f"cannot be reached ({' '.join(str(problem).split())[:120] or type(problem).__name__})", temporary=True)
    except (httpx.InvalidURL, UnicodeError, ValueError) as problem:
        return Outcome(f"the address cannot be used ({' '.join(str(problem).split())[:120]})")
    return _judged(status, retry_after)


def _headers(delivery: Delivery, secret: str) -> dict[str, str]:
    moment = int(time.time())
    return {
        "Content-Type": "application/json", "User-Agent": _agent(), "Accept": "*/*", "Accept-Encoding": "identity",
        "Idempotency-Key": delivery.id, "webhook-id": delivery.id, "webhook-timestamp": str(moment),
        "webhook-signature": signature(secret, delivery.id, moment, delivery.body),
    }  # fmt: skip


def _agent() -> str:
    try:
        return f"dragoman/{version('dragoman')} (alerts)"
    except PackageNotFoundError:
        return "dragoman/0 (alerts)"


def _drain(response: httpx.Response, deadline: Deadline) -> None:
    """Takes a short answer, so that the other side does not see its connection break; a long one is cut off."""
    size = 0
    try:
        for piece in response.iter_raw(4096):
            size += len(piece)
            deadline.left()
            if size > _MOST_ANSWER:
                return
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, OSError):
        return  # its status has come, and that is all that counts


def _judged(status: int, retry_after: str | None) -> Outcome:
    if 200 <= status < 300:
        return Outcome(f"taken (status {status})", done=True)
    if 300 <= status < 400:
        return Outcome(f"answered with a redirect (status {status}), which is not followed; give the address that it leads to")
    temporary = status in _TRY_AGAIN or status >= 500
    return Outcome(f"refused with status {status}", temporary=temporary, wait=seconds_of(retry_after) if temporary else None)
