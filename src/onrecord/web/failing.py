"""What went wrong, as a page: a wrong address, a wrong question, a ledger that can't be used.

Promise: the page says what was asked, what is wrong and what to do, and nothing of how the program is made. The odd
case that forced the shape: an address under ``/api`` that is not there has no handler that could tell it as programs
want it told, so the same is done here for both.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect, Template

from onrecord.ledger.store import LedgerError
from onrecord.web.admission import to_login
from onrecord.web.pages import page
from onrecord.web.problems import concerns, http_problem, in_words, problem

Failed = Template | Response[bytes] | Redirect

_log = logging.getLogger("onrecord.web")


def http_failure(request: Request[Any, Any, Any], failure: HTTPException) -> Failed:
    """Return the page for a request that can't be answered."""
    if concerns(request):
        return http_problem(request, failure)
    status = HTTPStatus(failure.status_code)
    if status == HTTPStatus.UNAUTHORIZED:
        return to_login(request)
    known = status < HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.SERVICE_UNAVAILABLE
    told = in_words(request, failure) if known else ""
    made = page(request, "failed.html.jinja", status=status, title=status.phrase, told=told)
    made.headers.update(failure.headers or {})
    return made


def ledger_failure(request: Request[Any, Any, Any], failure: LedgerError) -> Failed:
    """Return the page for a ledger that can't be used at the moment."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if concerns(request):
        return problem(status, "the ledger can't be used at the moment; try again", headers={"Retry-After": "5"})
    told = request.app.state.desk.told(failure)
    return page(request, "failed.html.jinja", status=status, title="The ledger can't be used", told=told)


def mistake(request: Request[Any, Any, Any], failure: Exception) -> Failed:
    """Return the page for a mistake of ours, which is put in the log."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=failure)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return (
        problem(status)
        if concerns(request)
        else page(request, "failed.html.jinja", status=status, title=status.phrase, told="")
    )


FAILURES: dict[int | type[Exception], Any] = {
    HTTPException: http_failure,
    LedgerError: ledger_failure,
    Exception: mistake,
}
