"""Webhooks: signed as Standard Webhooks asks (https://www.standardwebhooks.com, version 1), and sent nowhere else.

Promise: a message is sent to the address that was given and no other, over a connection to an address of the public
internet (`acquire.network`), within a time; of the answer nothing but the status is read. The odd case that forced the
shape: whoever may add a webhook must not make this machine ask others in its own network, so that a name is resolved
once and a redirect is a failure.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version

import httpcore2
import httpx2
from standardwebhooks import Webhook

from onrecord.acquire.network import Network, Refused, within
from onrecord.alerts.messages import payload
from onrecord.errors import NotSent
from onrecord.ledger.outbox import Delivery

SECONDS = 15.0
"""From the first byte sent to the status received; Standard Webhooks recommends 15 to 30."""


def post(delivery: Delivery, now: datetime) -> None:
    """Send a message to a webhook. ``now``: what its signature says when it was sent. Raises NotSent."""
    target = delivery.target
    body = payload(delivery)
    headers: dict[bytes | str, bytes | str] = {
        "Content-Type": "application/json",
        "User-Agent": f"onrecord/{version('onrecord')}",
        "webhook-id": delivery.message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(target.secret or "").sign(delivery.message, now, body.decode()),
    }
    try:
        with (
            within(SECONDS),
            httpcore2.ConnectionPool(network_backend=Network(target.private)) as pool,
            pool.stream("POST", str(httpx2.URL(target.address)), headers=headers, content=body) as response,
        ):
            status = response.status
    except Refused as problem:  # which names addresses of our own network, and whoever reads may see why it failed
        raise NotSent("the webhook leads to no public address") from problem
    except httpcore2.TimeoutException as problem:
        raise NotSent(f"the server does not answer within {SECONDS:.0f} seconds") from problem
    except httpcore2.ConnectError as problem:
        raise NotSent(f"there is no connection to the server ({problem or 'refused'})") from problem
    except (httpcore2.ProtocolError, httpcore2.NetworkError, httpx2.InvalidURL, OSError) as problem:
        raise NotSent(f"the connection breaks off or is garbled ({problem})") from problem
    if 300 <= status < 400:
        raise NotSent("the server leads on to another address, which is not followed; give that one")
    if not 200 <= status < 300:
        raise NotSent(f"the server answers {_named(status)}")


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)
