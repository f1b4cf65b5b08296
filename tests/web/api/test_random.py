"""The API against its own document, with what nobody thought of: a few examples for each address, in the process.

The long run is `schemathesis run` against a served ledger (docs/api.md).
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from onrecord.web.api.described import described
from onrecord.web.app import application

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
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", application(ledger))


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_address_does_as_its_document_says(
    method: str, path: str, mode: GenerationMode, sample_ledger: Path
) -> None:
    operation = schema(sample_ledger)[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def answers(case: Any) -> None:
        case.call_and_validate()

    with suppress(Unsatisfiable):  # of an address that takes nothing, nothing is wrong
        answers()
