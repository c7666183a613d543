"""Who opens each address of hours noted offline, and of hours written for somebody else."""

from tests.access_row import ANYONE, COOPERANTS, STILL_IN, Row, act, page

OFFLINE: dict[str, Row] = {
    # Who left is told entry by entry why it is too late: tests/projects/test_sync.py
    "projects:sync": Row(COOPERANTS),
    "projects:hours_worker": ANYONE,
    "projects:offline_hours": ANYONE,
    "projects:hours_manifest": ANYONE,
    "projects:offer_hours": Row(STILL_IN),
    "projects:cohort_offer": page("driss"),
    # The entry here is Amina's own: who answers an offer, tests/projects/test_offer_pages.py
    "projects:accept_hours": act("amina"),
    "projects:decline_hours": act("amina"),
    "projects:take_back_hours": act("amina"),
}
