"""The API against its own document, with what nobody thought of: a few examples for each address, in the process.

What writes is asked with a token, but for the address that reads documents, which takes seconds. The long run has that
too: `make fuzz` (`evaluation/fuzz_api.py`).
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from evaluation.fuzz_api import CONFIG
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from onrecord.web.api.described import described
from onrecord.web.app import application
from onrecord.web.problems import API_V1
from tests.web.entering import bearer, unhurried, with_users

EXAMPLES = 4
"""For each address, of what it takes and of what it does not: the whole takes seconds."""

NOWHERE = Path("nowhere.ledger")
OPERATIONS = sorted(
    (method.upper(), path)
    for path, item in described(application(NOWHERE).openapi_schema.to_schema())["paths"].items()
    for method in item
)


@cache
def schema(ledger: Path) -> Any:
    held_to = SchemathesisConfig.from_path(CONFIG)
    return schemathesis.openapi.from_asgi(f"{API_V1}/openapi.json", unhurried(application(ledger)), config=held_to)


@pytest.fixture(scope="module")
def spoilt(sample_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A ledger that may be written to, and the header of who may do everything."""
    ledger = with_users(sample_ledger, tmp_path_factory.mktemp("random"))
    return ledger, bearer(ledger, "Ada")


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_address_does_as_its_document_says(
    method: str, path: str, mode: GenerationMode, spoilt: tuple[Path, dict[str, str]]
) -> None:
    ledger, token = spoilt
    operation = schema(ledger)[path][method]
    headers = token if method != "GET" and path != f"{API_V1}/documents" else {}

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def answers(case: Any) -> None:
        case.call_and_validate(headers=headers)

    with suppress(Unsatisfiable):  # of an address that takes nothing, nothing is wrong
        answers()
