"""How many generated examples a property is tried on.

Two hundred in the suite. `CT_EXAMPLES=100000 ./run test tests/payroll/engine -k "propert or split"`
tries as many as asked for; the same ones every time.
"""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("CT_EXAMPLES", "200"))

tried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
