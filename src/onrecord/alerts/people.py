"""Messages for people: mail, the desktop, chats, by Apprise, which knows some hundred services.

Promise: what is sent is plain text, and is told to be that, so that a service which wants HTML gets it escaped. The odd
case that forced the shape: the addresses hold passwords and tokens, and the library's log may name them, so that of a
failure its kind alone is told. Where an address names a host (a mail server, a Gotify) it has to be of the public
internet, looked up before each message, unless the rule lets its targets be private: the library makes the connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpcore2

from onrecord.acquire.network import is_public, resolved
from onrecord.alerts.messages import message
from onrecord.errors import MissingExtra, NotSent
from onrecord.ledger.outbox import Delivery

if TYPE_CHECKING:
    from apprise import Apprise

SECONDS = 60.0
"""After which a service counts as not answering; less than `ledger.outbox.LEASE`."""

LOOKED_UP = 15.0
"""Seconds that a look-up of a service's host may take."""


def notify(delivery: Delivery) -> None:
    """Send a message to a target of Apprise. Raises NotSent, or MissingExtra where Apprise is not installed."""
    told, service = message(delivery), _service(delivery.target.address)
    if not delivery.target.private:
        _check_public(service)
    try:
        taken = service.notify(
            body=told.body, title=told.title, body_format="text", interpret_escapes=False, timeout=SECONDS
        )
    except Exception as problem:  # of any of a hundred services, and none may end whoever sends
        raise NotSent(f"the service can't be reached ({type(problem).__name__})") from problem
    if not taken:
        raise NotSent("the service did not take it; `onrecord alert test NAME` tries again")


def check(address: str, private: bool) -> None:
    """Raise NotSent for an address that Apprise can make nothing of, MissingExtra where it is not installed.

    ``private``: whether it may lead to this machine and the local network; else NotSent is raised for one that does.
    """
    service = _service(address)
    if not private:
        _check_public(service)


def _check_public(service: Apprise) -> None:
    """Raise NotSent where a service leads to a host that is none of the public internet; one of no address passes."""
    for each in service:
        templates: tuple[str, ...] = each.templates
        if not any("{host}" in template for template in templates):
            continue  # its servers are those of the service, or it is the desktop
        try:
            found = resolved(getattr(each, "smtp_host", None) or each.host, None, LOOKED_UP)
        except httpcore2.ConnectTimeout as problem:
            raise NotSent(str(problem)) from problem
        except httpcore2.ConnectError:
            continue
        if not all(map(is_public, found)):
            raise NotSent("the service leads to no public address; `onrecord alert add --allow-private` lets it")


def _service(address: str) -> Apprise:
    try:
        from apprise import Apprise, AppriseAsset, PersistentStoreMode
    except ImportError:
        raise MissingExtra(
            f"{address.partition(':')[0]}: messages for people need Apprise; install it with `pip install "
            "'onrecord[notify]'`"
        ) from None
    asset = AppriseAsset(
        app_id="onrecord", app_desc="onrecord", app_url="", image_url_mask="", image_url_logo="", async_mode=False,
        http_redirects=False, allow_templates=False, interpret_emojis=False, storage_mode=PersistentStoreMode.MEMORY,
        pem_autogen=False, pgp_autogen=False,
    )  # fmt: skip
    found = Apprise(asset=asset)
    if not found.add(address):
        raise NotSent(f"{address.partition(':')[0]}://…: Apprise can make nothing of this address; its documentation "
                      "(https://appriseit.com) has one for each service")  # fmt: skip
    return found
