"""What tests of recovery share: somebody of an archived cohort, who asks from another phone."""

import datetime as dt
import re
import uuid
from typing import Any

from django.core import mail

from cohorts.models import Cohort, HostSeat, RecoveryNotice, RecoveryRequest
from cohorts.services import recovery
from cohorts.services.recovery import Asked, Checked
from cohorts.services.recovery_notices import tell
from ct_platform.kit.actor import Actor
from members.models import Person
from members.seats import seats_of
from members.services.join_cards import IssuedCard
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.personas import People

BORN = dt.date(1985, 3, 12)
NEW_PHONE = "+33639980099"


def former(people: People, **extra: Any) -> Person:
    """Leïla left five years ago, with a phone and a mail she lost; her cohort is archived."""
    cohort = make.CohortFactory(
        territory=people.a.territory, host=people.a.host, name="Les Anciens", state="archived",
        starts_on=dt.date(2021, 2, 1), ends_on=dt.date(2021, 6, 30),
    )  # fmt: skip
    person = make.PersonFactory(
        first_name="Leïla", last_name="Benali", birth_date=BORN, phone="+33639980011",
        email="ancien@exemple.test", user=make.UserFactory(), **extra,
    )  # fmt: skip
    make.EnrolmentFactory(
        cohort=cohort, person=person, state="completed", votes_from=cohort.starts_on
    )
    return person


def cohort_of(person: Person) -> Cohort:
    return person.enrolments.get().cohort


def asks(**changes: Any) -> RecoveryRequest:
    territory = changes.pop("territory", None)
    words = {"first_name": "Leila", "last_name": "BENALI", "birth_date": BORN, "phone": NEW_PHONE}
    return recovery.ask(
        key=uuid.uuid4(), asked=Asked(**(words | changes)), territory=territory, at=NOW
    )


def checked(request: RecoveryRequest, person: Person, actor: Actor, **said: Any) -> RecoveryRequest:
    return recovery.check(
        request=request, person=person, checked=Checked(how="met", **said), actor=actor, at=NOW
    )


def approved(request: RecoveryRequest, actor: Actor, way: str = "paper") -> IssuedCard:
    return recovery.approve(request=request, way=way, actor=actor, at=NOW)


def host_colleague(people: People, host: Any = None) -> Actor:
    """A second seat at the host of A (or `host`)."""
    person = make.PersonFactory(first_name="Ida", last_name="Collègue", account=True)
    HostSeat.objects.create(person=person, organisation=host or people.a.host, starts_on=TODAY)
    return in_seat(person, "host")


def in_seat(person: Person, kind: str, *, last: bool = False) -> Actor:
    """The person in that kind of seat; `last`: the one taken last."""
    seats = [one for one in seats_of(person.pk, TODAY) if one.kind == kind]
    seat = seats[-1 if last else 0]
    return Actor(person.user_id or 0, person.pk, person.full_name, seat)


def told() -> list[str]:
    """Send what waits; the bodies."""
    before = len(mail.outbox)
    for key in RecoveryNotice.objects.values_list("pk", flat=True):
        tell(notice_id=key, at=NOW)
    return [str(one.body) for one in mail.outbox[before:]]


def secret_in(body: str) -> str:
    found = re.search(r"/ce-n-est-pas-moi/([^/\s]+)/", body)
    assert found is not None
    return found[1]
