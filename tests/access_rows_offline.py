"""Who opens each address of hours noted offline, and of hours written for somebody else."""

from tests.access_row import COOPERANTS, Row

OFFLINE: dict[str, Row] = {
    # Who left is told entry by entry why it is too late: tests/projects/test_sync.py
    "projects:sync": Row(COOPERANTS),
}
