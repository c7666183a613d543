"""From the vote to the pay: only the kinds of hours the group chose bring a part of the pot."""

from decimal import Decimal as D

import pytest

from projects.models import WorkEntry
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import Scene
from tests.payroll.test_compute_run import by_name
from tests.payroll.test_split_rule_effect import adopted
from tests.projects.test_sync import one, send, verdicts
from tests.projects.verbs import confirm, kitchen

pytestmark = pytest.mark.django_db
VOTED_AT = NOW.replace(month=10, day=2)


def test_hours_kept_without_a_network_are_paid_by_the_kinds_the_vote_chose(people, enter):
    """Amina: 3 h of production and 2 h of training; Bastien: 1 h of production and 4 h of meetings."""
    adopted(people, "hours", at=VOTED_AT, begins="2026-10-02", kinds=("production",))
    profile = make.ContributionProfileFactory(
        host=people.a.host, confirmed=True, confirmed_by=people.helene
    )
    scene = Scene(people, people.a, None, profile, kitchen(people))
    scene.sell("1000.00", project=kitchen(people))
    for who, noted in (
        ("amina", ((180, str(kitchen(people).pk)), (120, "training"))),
        ("bastien", ((60, str(kitchen(people).pk)), (240, "meeting"))),
    ):
        kept = [
            one(people, minutes=minutes, work=work, day=f"2026-11-{24 + place}")
            for place, (minutes, work) in enumerate(noted)
        ]
        answer = send(enter(who), people, *kept, who=who)
        assert [verdict for verdict, _said in verdicts(answer)] == ["accepted"] * 2
    for who, witness in (("amina", "bastien"), ("bastien", "amina")):
        confirm(people, witness, *WorkEntry.objects.filter(enrolment=people.enrolments[who]))

    run = scene.computed()

    shares = by_name(run)
    assert run.envelope == D("900.00")
    assert (shares["Amina"].amount, shares["Bastien"].amount) == (D("675.00"), D("225.00"))
