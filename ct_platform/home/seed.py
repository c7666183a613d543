"""Synthetic territories and cohorts for load and scale work: bulk inserts, the same for the same seed."""

import datetime as dt
import random
from decimal import Decimal

from django.db import transaction

from cohorts.cohort_template import THREE_TO_SIX_MONTHS
from cohorts.enums import CohortState, OrganisationKind, TerritoryKind
from cohorts.enums.contracts import ContractState
from cohorts.models import (
    Cohort,
    Contract,
    CoordinatorSeat,
    Enrolment,
    Organisation,
    Phase,
    Programme,
    Territory,
)
from cohorts.rules import dated_phases
from ct_platform.kit import clock
from ct_platform.kit.clock import monday_of
from ct_platform.kit.trades import TRADES
from decisions.models import Statutes
from members.models import Person, User
from members.rules import search_key
from projects.enums import WorkKind, WorkState
from projects.models import Expense, Project, Sale, WeekDeclaration, WorkEntry

FIRST_NAMES = ("Awa", "Bruno", "Célia", "Denis", "Émilie", "Farah", "Gilles", "Hana", "Ismaël", "Jeanne",
               "Kévin", "Lina", "Malik", "Noémie", "Omar")  # fmt: skip
PEOPLE = 15
COHORT_DAYS = 112
COHORTS_PER_TERRITORY = 5
BATCH = 2000


@transaction.atomic
def seed(
    *, cohorts: int, seed_number: int = 1, per_territory: int = COHORTS_PER_TERRITORY
) -> dict[str, int]:
    """Add `cohorts` synthetic cohorts of fifteen people, worked until yesterday; returns row counts.

    `per_territory`: how many share a territory, and its coordinator.

    Names carry the number of the run, so that seeding twice adds instead of colliding.
    """
    chance = random.Random(seed_number)  # noqa: S311 - invented data, not a secret
    today = clock.today()
    mark = Territory.objects.filter(name__startswith="Territoire synthétique").count()
    host, _made = Organisation.objects.get_or_create(
        name="CAE synthétique",
        defaults={"kind": OrganisationKind.HOST, "siret": "73282932000074", "city": "Valbrune"},
    )
    coordinator = _coordinator(mark)
    usual = Programme.objects.get(organisation=None, code="ct")
    made: list[Cohort] = []
    for index in range(cohorts):
        if index % per_territory == 0:
            territory = _territory(mark + index // per_territory + 1, coordinator, today)
        starts = monday_of(today) - dt.timedelta(days=7 * chance.randint(4, 14))
        made.append(
            Cohort(
                territory=territory, programme=usual, host=host, name=f"Cohorte {mark}-{index + 1}",
                state=CohortState.RUNNING, starts_on=starts, ends_on=starts + dt.timedelta(days=COHORT_DAYS - 1),
            )
        )  # fmt: skip
    Cohort.objects.bulk_create(made, BATCH)
    Statutes.objects.bulk_create(
        (Statutes(cohort=c, in_force_from=c.starts_on) for c in made), BATCH
    )
    Phase.objects.bulk_create(
        (
            Phase(cohort=c, kind=p.kind, starts_on=p.starts_on, ends_on=p.ends_on)
            for c in made
            for p in dated_phases(THREE_TO_SIX_MONTHS.phases, c.starts_on, c.ends_on)
        ),
        BATCH,
    )
    enrolments = _people(made, chance)
    projects = _projects(made, chance)
    hours = _hours(enrolments, projects, coordinator, chance, today)
    money = _money(projects, coordinator, chance, today)
    return {"cohorts": len(made), "people": len(enrolments), "hours": hours, "movements": money}


def _coordinator(mark: int) -> Person:
    user = User.objects.create_user(f"seed{mark}@exemple.test")
    return Person.objects.create(
        user=user,
        first_name="Solange",
        last_name=f"Semis{mark}",
        search_key=search_key("Solange", f"Semis{mark}"),
    )


def _territory(number: int, coordinator: Person, today: dt.date) -> Territory:
    territory = Territory.objects.create(
        name=f"Territoire synthétique {number}",
        kind=TerritoryKind.QPV,
        city="Valbrune",
        department="99",
    )
    CoordinatorSeat.objects.create(
        person=coordinator, territory=territory, starts_on=today - dt.timedelta(days=400)
    )
    return territory


def _people(cohorts: list[Cohort], chance: random.Random) -> list[Enrolment]:
    persons, places = [], []
    for cohort in cohorts:
        for rank in range(PEOPLE):
            first, last = FIRST_NAMES[rank], f"Exemple{cohort.pk}"
            persons.append(
                Person(
                    first_name=first, last_name=last, search_key=search_key(first, last), city="Valbrune",
                    postcode="99100", birth_date=dt.date(chance.randint(1960, 2007), chance.randint(1, 12), 15),
                )
            )  # fmt: skip
            places.append(cohort)
    Person.objects.bulk_create(persons, BATCH)
    enrolments = Enrolment.objects.bulk_create(
        (
            Enrolment(cohort=cohort, person=person, votes_from=cohort.starts_on)
            for cohort, person in zip(places, persons, strict=True)
        ),
        BATCH,
    )
    Contract.objects.bulk_create(
        (
            Contract(
                enrolment=e,
                starts_on=e.cohort.starts_on,
                ends_on=e.cohort.ends_on,
                state=ContractState.SIGNED,
                signed_on=e.cohort.starts_on,
            )
            for e in enrolments
        ),
        BATCH,
    )
    return enrolments


def _projects(cohorts: list[Cohort], chance: random.Random) -> dict[int, list[Project]]:
    made = [
        Project(cohort=cohort, name=str(TRADES[code].label), trade=code)
        for cohort in cohorts
        for code in chance.sample(sorted(TRADES), 2)
    ]
    Project.objects.bulk_create(made, BATCH)
    found: dict[int, list[Project]] = {}
    for project in made:
        found.setdefault(project.cohort_id, []).append(project)
    return found


def _hours(
    enrolments: list[Enrolment],
    projects: dict[int, list[Project]],
    coordinator: Person,
    chance: random.Random,
    today: dt.date,
) -> int:
    entries: list[WorkEntry] = []
    weeks: list[WeekDeclaration] = []
    for enrolment in enrolments:
        monday = enrolment.cohort.starts_on
        while monday < today:
            for offset in sorted(chance.sample(range(6), 3)):
                day = monday + dt.timedelta(days=offset)
                if day >= today:
                    continue
                at = dt.datetime.combine(day, dt.time(18), tzinfo=clock.PARIS)
                entries.append(
                    WorkEntry(
                        enrolment=enrolment, project=chance.choice(projects[enrolment.cohort_id]), day=day,
                        minutes=15 * chance.randint(8, 28), kind=WorkKind.PRODUCTION,
                        entered_by_id=enrolment.person_id, confirmed_by=coordinator,
                        confirmed_at=at, state=WorkState.CONFIRMED,
                    )
                )  # fmt: skip
            declared = dt.datetime.combine(
                monday + dt.timedelta(days=6), dt.time(20), tzinfo=clock.PARIS
            )
            weeks.append(WeekDeclaration(enrolment=enrolment, monday=monday, declared_at=declared))
            monday += dt.timedelta(days=7)
    WorkEntry.objects.bulk_create(entries, BATCH)
    WeekDeclaration.objects.bulk_create(weeks, BATCH)
    return len(entries)


def _money(
    projects: dict[int, list[Project]], by: Person, chance: random.Random, today: dt.date
) -> int:
    sales, expenses = [], []
    for project in (one for several in projects.values() for one in several):
        for week in range(16):
            day = project.cohort.starts_on + dt.timedelta(days=7 * week + 5)
            if day >= today:
                break
            amount = Decimal(chance.randint(4000, 45000)) / 100
            sales.append(
                Sale(project=project, label="Vente de la semaine", customer="Marché", amount=amount,
                     vat_rate=Decimal("5.5"), sold_on=day, moved_on=day, recorded_by=by)
            )  # fmt: skip
            expenses.append(
                Expense(project=project, label="Achats", supplier="Grossiste", moved_on=day, recorded_by=by,
                        amount=Decimal(chance.randint(1000, 9000)) / 100)
            )  # fmt: skip
    Sale.objects.bulk_create(sales, BATCH)
    Expense.objects.bulk_create(expenses, BATCH)
    return len(sales) + len(expenses)
