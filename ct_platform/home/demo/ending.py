"""A second cohort of the territory, on its last days: the closing has things to settle."""

import datetime as dt
import uuid
from decimal import Decimal

from cohorts.enums import CohortState
from cohorts.models import Cohort, Enrolment, Mandate, Programme
from cohorts.services.closing import explain_missing
from cohorts.services.cohorts import CohortWishes, begin_closing, create_cohort
from cohorts.services.session_wishes import HalfDay, SessionWishes
from cohorts.services.sessions import plan_sessions
from ct_platform.home.demo.scene import DAY, Scene, actor_of, hour
from members.models import Person
from members.rules import search_key
from projects.models import Project
from projects.services import money, work

# first name, last name, hours a week
PEOPLE = (
    ("Rosalie", "Tavernier", 12), ("Moussa", "Kanté", 15), ("Odile", "Perrin", 9),
    ("Youssef", "Benali", 14), ("Thérèse", "Vasseur", 6), ("Ilan", "Costa", 10),
)  # fmt: skip
WEEKS = 6
SESSIONS = ("Tenir la caisse", "Hygiène en cuisine", "Faire un devis", "Trouver des clients")


def end_a_cohort(scene: Scene) -> None:
    """ "Le Fournil des Tilleuls": six people, hours confirmed but a few, a sale unpaid, a mandate on."""
    cohort = _cohort(scene)
    people = [_enrol(cohort, first, last) for first, last, _hours in PEOPLE]
    oven = Project.objects.create(cohort=cohort, name="Le fournil", trade="cuisine")
    _sessions(scene, cohort)
    _work(scene, cohort, people, oven)
    _sell(scene, cohort, oven)
    Mandate.objects.create(
        enrolment=people[0],
        title="Trésorière",
        starts_on=cohort.starts_on + 7 * DAY,
        decision_number=2,
    )
    Mandate.objects.create(
        enrolment=people[1], title="Commission ventes", starts_on=cohort.starts_on + 7 * DAY,
        ends_on=scene.today - 7 * DAY, decision_number=3,
    )  # fmt: skip
    begin_closing(cohort=cohort, actor=scene.coordinator, at=scene.at)
    explain_missing(
        cohort=cohort, code="mandates", reason="Rosalie garde la caisse jusqu’au dernier marché.",
        actor=scene.coordinator, at=scene.at,
    )  # fmt: skip


def _cohort(scene: Scene) -> Cohort:
    starts = scene.today - dt.timedelta(days=98)
    cohort = create_cohort(
        wishes=CohortWishes(
            name="Le Fournil des Tilleuls",
            pitch="Du pain, des brioches et un service de petits déjeuners.",
            programme=Programme.objects.get(organisation=None, code="ct"),
            host=scene.cohort.host,
            starts_on=starts - dt.timedelta(days=starts.weekday()),
            ends_on=scene.today,
            seats=8,
        ),
        actor=scene.coordinator,
        at=scene.at,
    )
    # It lived before the demo began: its first states are not walked again.
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.RUNNING)
    cohort.refresh_from_db()
    return cohort


def _enrol(cohort: Cohort, first: str, last: str) -> Enrolment:
    person = Person.objects.create(
        first_name=first,
        last_name=last,
        birth_date=dt.date(1979, 3, 9),
        search_key=search_key(first, last),
    )
    return Enrolment.objects.create(cohort=cohort, person=person, votes_from=cohort.starts_on)


def _sessions(scene: Scene, cohort: Cohort) -> None:
    for number, title in enumerate(SESSIONS):
        plan_sessions(
            cohort=cohort,
            wishes=SessionWishes(
                kind="training",
                title=title,
                place="Maison de quartier",
                day=cohort.starts_on + dt.timedelta(days=1 + 7 * (number + 2)),
                halves=(HalfDay("morning", dt.time(9), dt.time(12)),),
            ),
            repeat=None,
            actor=scene.coordinator,
            at=scene.at,
        )


def _work(scene: Scene, cohort: Cohort, people: list[Enrolment], oven: Project) -> None:
    """Six weeks of hours, each confirmed by a colleague; the last ones of Thérèse wait."""
    actors = {one.pk: actor_of(one.person, scene.today) for one in people}
    for week in range(WEEKS):
        day = cohort.starts_on + dt.timedelta(days=2 + 14 * week)
        for rank, (one, (_first, _last, hours)) in enumerate(zip(people, PEOPLE, strict=True)):
            note = work.note_hours(
                enrolment=one, project=oven if week % 3 else None,
                kind="production" if week % 3 else "meeting", day=day, minutes=hours * 40,
                client_uuid=uuid.uuid4(), actor=actors[one.pk], at=hour(day, 19),
            )  # fmt: skip
            if week == WEEKS - 1 and one is people[4]:
                continue
            colleague = people[(rank + 1) % len(people)]
            work.confirm_one(
                entry=note, seen_version=note.version, actor=actors[colleague.pk], at=hour(day, 20)
            )


def _sell(scene: Scene, cohort: Cohort, oven: Project) -> None:
    for number, (label, amount) in enumerate(
        (
            ("Pains du marché", "412.50"),
            ("Petits déjeuners, mairie", "260.00"),
            ("Brioches", "96.40"),
        )
    ):
        day = cohort.starts_on + dt.timedelta(days=30 + 14 * number)
        money.record_sale(
            project=oven, label=label, amount=Decimal(amount), vat_rate=Decimal("5.5"), customer="",
            sold_on=day, paid_on=None if number == 1 else day, actor=scene.coordinator, at=scene.at,
        )  # fmt: skip
    money.record_expense(
        project=oven, label="Farine", amount=Decimal("88.15"), vat_rate=Decimal("5.5"),
        supplier="Moulin de la Brune", spent_on=cohort.starts_on + dt.timedelta(days=25),
        actor=scene.coordinator, at=scene.at,
    )  # fmt: skip
