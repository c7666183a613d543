"""How many generated examples a property is tried on: two hundred in the suite, the same every time.

`CT_EXAMPLES=100000 ./run test -m properties` tries as many as asked for.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("CT_EXAMPLES", "200"))

_SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much,
    ],
)  # fmt: skip


def tried(test: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a property of pay; goes above `@given`."""
    return pytest.mark.properties(_SETTINGS(test))
