"""The HTTP API under ``/api/v1``: what a ledger answers, for other programs."""

from onrecord.web.api.described import OPENAPI
from onrecord.web.api.routes import API

__all__ = ["API", "OPENAPI"]
