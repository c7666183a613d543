"""What the demo cohort lived, told through the same services people use, at the dates they would."""

import datetime as dt
from decimal import Decimal

from cohorts.models import Cohort, Enrolment
from ct_platform.home.demo.people import (
    COOPERANTS,
    ONE_OFF_SALES,
    WEEKLY_EXPENSES,
    WEEKLY_SALES,
    WORDS,
    Invented,
    invented_iban,
)
from ct_platform.home.demo.scene import QUIET, People, Scene, hour, last_month
from ct_platform.kit import clock
from ct_platform.kit.clock import Month, monday_of
from members.models import Person
from members.services.bank import enter_bank_details
from payroll.services import adjustments, computing, epayslip, freezing, issuing, runs
from payroll.services.host_bank import enter_host_bank
from projects.enums import WorkKind, WorkState
from projects.models import Expense, Project, Sale, WeekDeclaration, WorkEntry
from testimonials.services import moderation, words


def work_and_sell(scene: Scene) -> None:
    """Hours since the first day (confirmed, but for the last days), sales and expenses week by week.

    Written in bulk: some five hundred entries, which the services would take one by one.
    """
    cohort, people, at = scene.cohort, scene.people, scene.at
    today = clock.civil_day(at)
    projects = {project.trade: project for project in Project.objects.of_cohort(cohort.pk)}
    enrolments = {e.person_id: e for e in Enrolment.objects.of_cohort(cohort.pk)}
    entries, weeks = [], []
    for invented in COOPERANTS:
        enrolment = enrolments[people[invented.last_name].pk]
        entries += _hours(invented, enrolment, cohort, projects, people, today)
        weeks += _declared(enrolment, cohort, today)
    WorkEntry.objects.bulk_create(entries)
    WeekDeclaration.objects.bulk_create(weeks)
    _money(cohort, projects, people["ines"], today)


def _hours(
    invented: Invented, enrolment: Enrolment, cohort: Cohort, projects: dict[str, Project], people: People,
    today: dt.date,
) -> list[WorkEntry]:  # fmt: skip
    colleague = people["Cherif" if invented.last_name != "Cherif" else "Sarr"]
    entries = []
    day = cohort.starts_on
    # Nobody had news of one of them for ten days: the board says so, and who to call.
    last = today - QUIET if invented.last_name == COOPERANTS[-1].last_name else today
    while day < last:
        meeting = day.weekday() == 0
        worked = day.weekday() in invented.days
        if meeting or worked:
            # Whole quarters of an hour, a little different each week.
            minutes = (
                90
                if meeting and not worked
                else invented.minutes + 15 * (day.isocalendar().week % 3)
            )
            confirmed = day < monday_of(today)
            entries.append(
                WorkEntry(
                    enrolment=enrolment,
                    project=None if meeting and not worked else projects[invented.trade],
                    kind=WorkKind.MEETING if meeting and not worked else WorkKind.PRODUCTION,
                    day=day,
                    minutes=minutes,
                    entered_by=enrolment.person,
                    state=WorkState.CONFIRMED if confirmed else WorkState.OPEN,
                    confirmed_by=colleague if confirmed else None,
                    confirmed_at=hour(day + dt.timedelta(days=1)) if confirmed else None,
                )
            )
        day += dt.timedelta(days=1)
    return entries


def _declared(enrolment: Enrolment, cohort: Cohort, today: dt.date) -> list[WeekDeclaration]:
    """Every past week is declared, but two people forgot the last one."""
    forgetful = enrolment.person.last_name in ("Morel", "Haddad")
    mondays = []
    monday = monday_of(cohort.starts_on)
    while monday < monday_of(today):
        if not (forgetful and monday == monday_of(today) - dt.timedelta(days=7)):
            mondays.append(monday)
        monday += dt.timedelta(days=7)
    return [
        WeekDeclaration(
            enrolment=enrolment, monday=monday, declared_at=hour(monday + dt.timedelta(days=6))
        )
        for monday in mondays
    ]


def _money(cohort: Cohort, projects: dict[str, Project], by: Person, today: dt.date) -> None:
    sales, expenses = [], []
    monday = monday_of(cohort.starts_on) + dt.timedelta(days=14)
    while monday < today:
        for trade, label, customer, amount, vat, weekday in WEEKLY_SALES:
            day = monday + dt.timedelta(days=weekday)
            if day < today:
                sales.append(
                    Sale(project=projects[trade], label=label, customer=customer, amount=Decimal(amount),
                         vat_rate=Decimal(vat), sold_on=day, moved_on=day, recorded_by=by)
                )  # fmt: skip
        for trade, label, supplier, amount in WEEKLY_EXPENSES:
            expenses.append(
                Expense(project=projects[trade], label=label, supplier=supplier, amount=Decimal(amount),
                        moved_on=monday, recorded_by=by)
            )  # fmt: skip
        monday += dt.timedelta(days=7)
    first = Month.of(Month.of(today).first - dt.timedelta(days=1)).first
    for trade, label, customer, amount, vat, offset in ONE_OFF_SALES:
        day = first + dt.timedelta(days=offset)
        sales.append(
            Sale(project=projects[trade], label=label, customer=customer, amount=Decimal(amount),
                 vat_rate=Decimal(vat), sold_on=day, moved_on=day, recorded_by=by)
        )  # fmt: skip
    # One invoice is still unpaid: it is not in the pot.
    sales.append(
        Sale(project=projects["cuisine"], label="Repas de rentrée", customer="Comité des fêtes",
             amount=Decimal("265.00"), vat_rate=Decimal("10"), sold_on=today - dt.timedelta(days=6),
             recorded_by=by)
    )  # fmt: skip
    Sale.objects.bulk_create(sales)
    Expense.objects.bulk_create(expenses)


def pay_last_month(scene: Scene) -> None:
    """Last month was frozen, computed, read by Inès, approved by Hélène, issued."""
    cohort, at = scene.cohort, scene.at
    today = clock.civil_day(at)
    month = last_month(at)
    day = min(month.next.first + dt.timedelta(days=3), today)
    paid_on = month.next.first + dt.timedelta(days=12)
    then = min(hour(day), at)
    coordinator, host = scene.voice("ines"), scene.voice("helene")
    epayslip.inform(
        people=[enrolment.person for enrolment in Enrolment.objects.of_cohort(cohort.pk)],
        on=cohort.starts_on,
        how="réunion du premier jour",
        actor=coordinator,
        at=hour(cohort.starts_on),
    )
    run = runs.open_run(
        cohort=cohort,
        month=month.first,
        reserve=Decimal("200.00"),
        paid_on=paid_on,
        actor=coordinator,
        at=then,
    )
    freezing.freeze_run(run=run, actor=coordinator, at=then)
    computing.compute_run(run=run, actor=coordinator, at=then)
    runs.review_run(run=run, actor=coordinator, at=then)
    runs.approve_run(run=run, actor=host, at=then)
    issuing.issue_run(run=run, actor=host, at=then)


def give_accounts(scene: Scene) -> None:
    """The host has its account, eleven people gave theirs, four are paid by cheque; one had an advance."""
    cohort, people, at = scene.cohort, scene.people, scene.at
    host = scene.voice("helene")
    then = at - dt.timedelta(days=20)
    enter_host_bank(
        host=cohort.host,
        iban=invented_iban(900),
        holder=cohort.host.name,
        bic="",
        actor=host,
        at=then,
    )
    for rank, invented in enumerate(COOPERANTS[:11], start=1):
        person = people[invented.last_name]
        enter_bank_details(
            person=person,
            iban=invented_iban(rank),
            holder=person.civil_name,
            actor=scene.of(person) if rank % 3 else host,
            at=then,
        )
    given_on = last_month(at).last - dt.timedelta(days=5)
    adjustments.record_advance(
        enrolment=Enrolment.objects.of_cohort(cohort.pk).get(person=people["Keïta"]),
        amount=Decimal("40.00"),
        given_on=given_on,
        reason="courses de la semaine",
        actor=host,
        at=hour(given_on),
    )


def leave_words(scene: Scene) -> None:
    """Three testimonials stand on the public site, one waits to be read."""
    cohort, people, at = scene.cohort, scene.people, scene.at
    today = clock.civil_day(at)
    until = today.replace(year=today.year + 2, day=1)
    coordinator = scene.voice("ines")
    for first, last, trade, text in WORDS:
        person = people[last]
        left = words.submit_words(
            enrolment=Enrolment.objects.of_cohort(cohort.pk).get(person=person),
            text=text,
            signed_as=first,
            trade=trade,
            consent_until=until,
            actor=scene.of(person),
            at=at,
        )
        moderation.approve_words(testimonial=left, actor=coordinator, at=at)
    person = people["Belhadj"]
    words.submit_words(
        enrolment=Enrolment.objects.of_cohort(cohort.pk).get(person=person),
        text="Le matin au jardin, on se parle. C’est là que j’ai appris à négocier.",
        signed_as="Karim",
        trade="maraichage",
        consent_until=until,
        actor=scene.of(person),
        at=at,
    )
