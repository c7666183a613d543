"""A cohort ready to be paid: a rule voted, hours confirmed, sales paid, the host's settings."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from decisions.models import Outcome, Poll, PollOption, Proposal
from members.models import Person
from payroll.models import ContributionProfile, PayRun, SplitRule
from payroll.services.runs import (
    approve_run,
    compute_run,
    freeze_run,
    issue_run,
    open_run,
    review_run,
)
from projects.enums import WorkKind
from projects.models import Project
from tests import factories as make
from tests.decisions.assembly import tally_of_choice
from tests.factories import NOW
from tests.personas import People, World

NOVEMBER = dt.date(2026, 11, 1)
PAID_ON = dt.date(2026, 12, 10)
# 912.04 of sales less 10 % for the host: 820.84, that is 410.42 for each of two.
SALES = Decimal("912.04")
SHARE = Decimal("410.42")


# One elector, one ballot, for the rule.
@dataclass
class Scene:
    people: People
    world: World
    rule: SplitRule
    profile: ContributionProfile
    project: Project
    extra: dict[str, Enrolment] = field(default_factory=dict)

    @property
    def cohort(self) -> Cohort:
        return self.world.cohort

    @property
    def driss(self) -> Actor:
        return self.people.actor("driss")

    @property
    def helene(self) -> Actor:
        return self.people.actor("helene")

    def open(self, **changes) -> PayRun:
        asked = {"month": NOVEMBER, "paid_on": PAID_ON} | changes
        return open_run(cohort=self.cohort, actor=self.driss, at=NOW, **asked)

    def frozen(self, **changes) -> PayRun:
        return freeze_run(run=self.open(**changes), actor=self.driss, at=NOW)

    def computed(self, **changes) -> PayRun:
        return compute_run(run=self.frozen(**changes), actor=self.driss, at=NOW)

    def reviewed(self, **changes) -> PayRun:
        return review_run(run=self.computed(**changes), actor=self.driss, at=NOW)

    def approved(self, **changes) -> PayRun:
        return approve_run(run=self.reviewed(**changes), actor=self.helene, at=NOW)

    def issued(self, **changes) -> PayRun:
        return issue_run(run=self.approved(**changes), actor=self.driss, at=NOW)

    def sell(self, amount: str, **changes):
        asked = {"project": self.project, "amount": Decimal(amount)} | changes
        return make.SaleFactory(recorded_by=self.people.driss, **asked)

    def work(self, name: str, minutes: int, **changes):
        asked = {"confirmed": True} | changes
        return make.WorkEntryFactory(
            enrolment=self.people.enrolments[name], minutes=minutes, **asked
        )


def adopt(
    cohort: Cohort, by: Person, kind: str = "equal", day: dt.date = dt.date(2026, 10, 2)
) -> SplitRule:
    """A rule voted on `day`, in force the same day, counting every kind of hours."""
    number = SplitRule.objects.of_cohort(cohort.pk).count() + 1
    at = dt.datetime.combine(day, dt.time(16), dt.UTC)
    proposal = Proposal.objects.create(
        cohort=cohort, title="Comment partager l’argent ?", effect_code="sharing_rule", written_by=by
    )  # fmt: skip
    version = proposal.versions.create(
        effect_settings={"counted_kinds": list(WorkKind.values), "in_force_from": day.isoformat()},
        written_by=by, written_at=at,
    )  # fmt: skip
    poll = Poll.objects.create(proposal=proposal, version=version, closes_at=at)
    option = PollOption.objects.create(poll=poll, position=1, code=kind, label=kind)
    outcome = Outcome.objects.create(
        poll=poll, number=Outcome.objects.filter(cohort=cohort).count() + 1, cohort=cohort,
        kind="elected", winner=option, law="sharing_rule", tally=tally_of_choice({kind: 1}),
        decided_at=at, in_force_from=day, effect_state="applied",
    )  # fmt: skip
    return SplitRule.objects.create(
        cohort=cohort, version=number, kind=kind, counted_kinds=list(WorkKind.values),
        in_force_from=day, outcome=outcome,
    )  # fmt: skip


def set_scene(
    people: People, *, kind: str = "equal", confirmed: bool = True, sales: Decimal = SALES
) -> Scene:
    """Amina worked 43 h 30 and Bastien 21 h in November; one sale is paid."""
    world = people.a
    project = make.ProjectFactory(cohort=world.cohort, name="Fleurs", trade="fleuriste")
    profile = make.ContributionProfileFactory(
        host=world.host, **({"confirmed": True, "confirmed_by": people.helene} if confirmed else {})
    )
    scene = Scene(people, world, adopt(world.cohort, people.driss, kind), profile, project)
    for day, minutes in ((2, 600), (3, 600), (4, 600), (5, 600), (6, 210)):
        scene.work("amina", minutes, day=dt.date(2026, 11, day))
    scene.work("bastien", 600, day=dt.date(2026, 11, 2))
    scene.work("bastien", 660, day=dt.date(2026, 11, 3))
    scene.sell(str(sales))
    return scene
