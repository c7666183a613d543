"""Who comes back and what comes next, for the table of access."""

import uuid
from typing import Any

from cohorts.models import FollowUp, FollowUpAnswer, RecoveryRequest
from cohorts.services import recovery
from cohorts.services.follow_ups import plan
from cohorts.services.own_projects import add_helper, add_step, choose_who_sees, write_project
from tests import factories as make
from tests.access_canary import CANARY
from tests.factories import NOW, TODAY
from tests.personas import People


def asks_to_come_back(people: People) -> RecoveryRequest:
    """Somebody of cohort A, whom Driss recognised and nobody approved yet."""
    person = make.PersonFactory(first_name="Lina", last_name=CANARY, email="", account=True)
    make.EnrolmentFactory(cohort=people.a.cohort, person=person, state="completed")
    request = recovery.ask(
        key=uuid.uuid4(),
        asked=recovery.Asked(
            "Lina", CANARY, person.birth_date, said=CANARY, email=f"{CANARY}@exemple.test"
        ),
        territory=None,
        at=NOW,
    )
    said = recovery.Checked(how="met", note=CANARY)
    return recovery.check(
        request=request, person=person, checked=said, actor=people.actor("driss"), at=NOW
    )


def what_comes_next(people: People) -> dict[str, Any]:
    """Amina's project with a step, shown to Elsa's chamber; Gaël, who left, gave news by phone."""
    amina, gael, own = people.enrolments["amina"], people.enrolments["gael"], people.actor("amina")
    write_project(enrolment=amina, kind="firm", words=CANARY, actor=own, at=NOW)
    step = add_step(enrolment=amina, words=CANARY, doer=CANARY, actor=own)
    helper = add_helper(
        enrolment=amina, organisation=people.a.partner, helps_with="Les comptes", actor=own
    )
    choose_who_sees(helper=helper, sees=True, actor=own)
    plan(enrolment=gael, by_person_id=None, at=NOW)
    row = FollowUp.objects.get(enrolment=gael, months=3)
    FollowUpAnswer.objects.create(
        follow_up=row, number=1, said_on=TODAY, way="phone", status="business", news=CANARY,
        written_by=people.driss, written_at=NOW,
    )  # fmt: skip
    return {"step_id": step.pk, "helper_id": helper.pk, "follow_up_id": row.pk}
