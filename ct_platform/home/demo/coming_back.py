"""Somebody of an old cooperative lost her phone and asks to come back; two people are called on paper."""

import datetime as dt
import uuid

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment, Session
from cohorts.services.convocations import issue_convocations, occasion_of_session
from cohorts.services.recovery import Asked, Checked, ask, check
from ct_platform.home.demo.scene import DAY, Scene
from members.models import User
from members.services.people import create_person

_BORN = dt.date(1979, 9, 14)


def come_back(scene: Scene) -> None:
    """One request recognised by the coordination, which the host approves; one that nobody looked at."""
    year = scene.today.year - 5
    old = Cohort.objects.create(
        territory=scene.cohort.territory, host=scene.cohort.host, programme=scene.cohort.programme,
        name=f"Les Jardins de {year}", state=CohortState.ARCHIVED,
        starts_on=dt.date(year, 2, 1), ends_on=dt.date(year, 6, 30),
    )  # fmt: skip
    rosa = create_person(
        first_name="Rosa", last_name="Figueira", birth_date=_BORN, email="rosa.f@exemple.test",
        at=scene.at,
    )  # fmt: skip
    rosa.user = User.objects.create_user()
    rosa.save(update_fields=["user"])
    Enrolment.objects.create(cohort=old, person=rosa, state=EnrolmentState.COMPLETED)
    said = f"Les Jardins, en {year}. J’ai perdu mon téléphone."
    asked = Asked("Rosa", "Figueira", _BORN, said=said, phone="+33639981301")
    known = ask(key=uuid.uuid4(), asked=asked, territory=None, at=scene.at - 2 * DAY)
    seen = Checked(how="met", note="passeport vu")
    check(request=known, person=rosa, checked=seen, actor=scene.coordinator, at=scene.at - DAY)
    ask(
        key=uuid.uuid4(),
        asked=Asked(
            "Rosa", "Figeira", _BORN, said="Une amie écrit pour moi.", phone="+33639981302"
        ),
        territory=scene.cohort.territory,
        at=scene.at - DAY,
    )


def call_on_paper(scene: Scene) -> None:
    """Two people of the next session get their letter."""
    rows = (
        Session.objects.of_cohort(scene.cohort.pk).planned().prefetch_related("slots", "trainers")
    )
    session = rows.filter(day__gt=scene.today).order_by("day", "pk").first()
    if session is None:
        return
    people = Enrolment.objects.of_cohort(scene.cohort.pk).active().select_related("person")[:2]
    issue_convocations(
        cohort=scene.cohort,
        enrolments=list(people),
        occasion=occasion_of_session(session),
        actor=scene.coordinator,
        at=scene.at,
    )
