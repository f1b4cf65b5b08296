"""Messages for people: mail, the desktop, chats, by Apprise, which knows some hundred services.

Promise: what is sent is plain text, and is told to be that, so that a service which wants HTML gets it escaped. The odd
case that forced the shape: the addresses hold passwords and tokens, and the library's log may name them, so that of a
failure its kind alone is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.alerts.messages import message
from onrecord.errors import MissingExtra, NotSent
from onrecord.ledger.outbox import Delivery

if TYPE_CHECKING:
    from apprise import Apprise

SECONDS = 60.0
"""After which a service counts as not answering; less than `ledger.outbox.LEASE`."""


def notify(delivery: Delivery) -> None:
    """Send a message to a target of Apprise. Raises NotSent, or MissingExtra where Apprise is not installed."""
    told, service = message(delivery), _service(delivery.target.address)
    try:
        taken = service.notify(
            body=told.body, title=told.title, body_format="text", interpret_escapes=False, timeout=SECONDS
        )
    except Exception as problem:  # of any of a hundred services, and none may end whoever sends
        raise NotSent(f"the service can't be reached ({type(problem).__name__})") from problem
    if not taken:
        raise NotSent("the service did not take it; `onrecord alert test NAME` tries again")


def check(address: str) -> None:
    """Raise NotSent for an address that Apprise can make nothing of, MissingExtra where it is not installed."""
    _service(address)


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
