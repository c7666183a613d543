"""Synthetic territories, cohorts and all their life, for load and scale work.

The same for the same seed on the same day. All or nothing: one transaction, on a site at rest (keys
are given here, and somebody who writes meanwhile makes it fail whole). The memory stays that of a few
cohorts: rows leave for the database every BATCH.
"""

import datetime as dt
import random
from typing import Any

from django.db import connection, transaction

from cohorts import models as cohorts_models
from cohorts.cohort_template import THREE_TO_SIX_MONTHS
from cohorts.models import Cohort, Phase, Territory
from cohorts.rules import dated_phases
from ct_platform.home.seeding import attest, network, people, votes
from ct_platform.home.seeding.cashier import Cashier
from ct_platform.home.seeding.network import Network
from ct_platform.home.seeding.pay import Desk, months_of
from ct_platform.home.seeding.people import PEOPLE
from ct_platform.home.seeding.plan import Plan, plans
from ct_platform.home.seeding.reports import Press
from ct_platform.home.seeding.rooms import Rooms
from ct_platform.home.seeding.sink import Sink, checked_at_once
from ct_platform.home.seeding.skills import Grids
from ct_platform.home.seeding.work import Weeks
from ct_platform.kit import clock
from decisions import models as decisions_models
from documents import models as documents_models
from members import models as members_models
from payroll import models as payroll_models
from projects import models as projects_models
from reports import models as reports_models

COHORTS_PER_TERRITORY = 5
BATCH = 10  # cohorts
# What is pointed at comes first.
ORDER: tuple[Any, ...] = (
    members_models.Person, cohorts_models.Territory, cohorts_models.Organisation,
    cohorts_models.NetworkSeat, cohorts_models.CoordinatorSeat, cohorts_models.HostSeat,
    cohorts_models.PartnerSeat, payroll_models.HostSettings, payroll_models.ContributionProfile,
    cohorts_models.Cohort, cohorts_models.Partnership, cohorts_models.Phase,
    cohorts_models.Enrolment, cohorts_models.Contract, cohorts_models.EntrySituation,
    cohorts_models.EntryPlace, cohorts_models.ExitSituation, cohorts_models.ExitInterview,
    members_models.Consent, cohorts_models.FollowUpChoice, cohorts_models.FollowUp,
    cohorts_models.FollowUpAnswer, cohorts_models.Session, cohorts_models.SessionTrainer,
    cohorts_models.Slot, cohorts_models.Attendance, cohorts_models.AttendanceSignature,
    cohorts_models.TrainerSignature, cohorts_models.AttendanceChange, cohorts_models.SkillGrid,
    cohorts_models.Skill, cohorts_models.SelfAssessment, cohorts_models.SkillConfirmation,
    cohorts_models.SkillDisplay, decisions_models.Statutes, decisions_models.Proposal,
    decisions_models.ProposalVersion, decisions_models.Poll, decisions_models.Elector,
    decisions_models.Ballot, decisions_models.Outcome, payroll_models.SplitRule,
    projects_models.Project, projects_models.WorkEntry, projects_models.WeekDeclaration,
    projects_models.Sale, projects_models.Expense, documents_models.Counter,
    documents_models.Document, documents_models.Rendering, payroll_models.PayRun,
    payroll_models.Share, payroll_models.Payslip, payroll_models.PayslipLine,
    payroll_models.PaymentOrder, payroll_models.Payment, payroll_models.AccountEntry,
    reports_models.Snapshot, reports_models.Basis, reports_models.PublishedFigure,
    reports_models.Report, reports_models.Recipient,
)  # fmt: skip


@transaction.atomic
def seed(
    *,
    cohorts: int,
    seed_number: int = 1,
    per_territory: int = COHORTS_PER_TERRITORY,
    people_each: int = PEOPLE,
    at_work: bool = False,
) -> dict[str, int]:
    """Add `cohorts` synthetic cohorts of `people_each`, over the last five years; returns row counts.

    `per_territory`: how many share a territory, and its coordinator. `at_work`: all of them run
    today. Names carry the number of the run, so that seeding twice adds instead of colliding.
    """
    today, at = clock.today(), clock.now()
    mark = Territory.objects.filter(name__startswith="Territoire synthétique").count()
    name = str(seed_number)
    dated = plans(
        cohorts=cohorts, per_territory=per_territory, at_work=at_work, today=today, seed=name
    )
    sink = Sink(ORDER, at, f"{seed_number}:{mark}")
    with checked_at_once():
        around = network.build(sink, dated[-1].place + 1, mark, today, _chance(name))
        sink.flush()
        writer = _Writer(sink, around, mark, today, people_each, name)
        for start in range(0, len(dated), BATCH):
            first_poll = sink.coming(decisions_models.Poll)
            for plan in dated[start : start + BATCH]:
                writer.write(plan, _chance(f"{name}:{plan.index}"))
            sink.flush()
            votes.open_and_count(first_poll, at)
        writer.cashier.write_counters()
        sink.flush()
    sink.settle_keys()
    return {
        "cohorts": len(dated), "people": writer.people, "hours": writer.hours,
        "movements": writer.movements, "rows": sink.written,
    }  # fmt: skip


def analyse() -> None:
    """Tell the planner of PostgreSQL what came, and which pages an index may answer for.

    It would find out by itself a minute later. Never within a transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _chance(name: str) -> random.Random:
    return random.Random(name)  # noqa: S311 - invented data, not a secret


class _Writer:
    def __init__(
        self, sink: Sink, around: Network, mark: int, today: dt.date, people_each: int, name: str
    ) -> None:
        self._sink, self._around, self._mark = sink, around, mark
        self._today, self._people_each, self._name = today, people_each, name
        self._weeks, self._press = Weeks(sink), Press(sink, today)
        self._rooms, self._grids = Rooms(sink), Grids(sink)
        self.cashier = Cashier(sink)
        self.people = self.hours = self.movements = 0

    def write(self, plan: Plan, chance: random.Random) -> None:
        sink, today, place = self._sink, self._today, self._around.places[plan.place]
        cohort = network.cohort_of(self._around, plan, self._mark, sink.key(Cohort))
        self._row(cohort)
        followers = [*place.followers]
        if cohort.eu_funded:
            network.follow_cohort(sink, self._around, cohort.pk, plan.starts_on)
            followers.append(self._around.eu_funder)
        members = people.fill(sink, plan, cohort, place, self._people_each, today, chance)
        self.people += len(members)
        if not plan.has_begun:
            return
        with_them = (plan, members, cohort.pk, place.coordinator_id, today)
        decided = votes.decide(sink, *with_them, chance)
        # Their own dice, so that what came before them in a seed stays what it was.
        apart = _chance(f"{self._name}:{plan.index}:apart")
        self._rooms.gather(*with_them, apart)
        skills = self._grids.fill(*with_them, apart)
        months = months_of(plan, today) if decided.rule else []
        runs = {month: sink.key(payroll_models.PayRun) for month in months}
        done = self._weeks.write(
            plan, members, cohort.pk, place.coordinator_id, today, runs, chance
        )
        self.hours += done.written
        self.movements += len(done.sales) + len(done.expenses)
        paid = None
        if decided.rule and runs:
            desk = Desk(cohort, place, members, decided.rule, runs, done)
            paid = self.cashier.pay(plan, place, desk, runs, today, chance)
        attested = attest.give(
            sink, self._around, cohort, place, members, done, skills, plan, today
        )
        self._press.report(plan, cohort, place, members, done, decided, paid, followers, attested)

    def _row(self, cohort: Cohort) -> None:
        self._sink.add(
            Cohort, id=cohort.pk, territory_id=cohort.territory_id, host_id=cohort.host_id,
            programme_id=cohort.programme_id, name=cohort.name, starts_on=cohort.starts_on,
            ends_on=cohort.ends_on, eu_funded=cohort.eu_funded, state=cohort.state,
            seats=self._people_each,
        )  # fmt: skip
        for phase in dated_phases(THREE_TO_SIX_MONTHS.phases, cohort.starts_on, cohort.ends_on):
            self._sink.add(
                Phase, cohort_id=cohort.pk, kind=phase.kind, starts_on=phase.starts_on,
                ends_on=phase.ends_on,
            )  # fmt: skip
