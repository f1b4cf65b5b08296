"""What went wrong, as a page: a wrong address, a wrong question, a ledger that can't be used.

Promise: the page says what was asked, what is wrong and what to do, and nothing of how the program is made.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response import Template

from onrecord.ledger.store import LedgerError
from onrecord.web.pages import page


def http_failure(request: Request[Any, Any, Any], problem: HTTPException) -> Template:
    """Return the page for a request that can't be answered."""
    status = HTTPStatus(problem.status_code)
    told = problem.detail if status < HTTPStatus.INTERNAL_SERVER_ERROR else ""
    return page(request, "failed.html.jinja", status=status, title=status.phrase, told=told)


def ledger_failure(request: Request[Any, Any, Any], problem: LedgerError) -> Template:
    """Return the page for a ledger that can't be used at the moment."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return page(request, "failed.html.jinja", status=status, title="The ledger can't be used", told=str(problem))


FAILURES: dict[int | type[Exception], Any] = {HTTPException: http_failure, LedgerError: ledger_failure}
