"""A year of pay through the services, month after month: what the engine's year says, the runs pay."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from cohorts.models import Contract
from ct_platform.kit.invariants import all_invariants
from payroll.engine.compute import compute
from payroll.engine.params import load_params
from payroll.engine.types import PayInput, Ytd
from payroll.models import HostSettings, PayRun, Payslip
from payroll.rules.stored_slips import slip_from_json
from payroll.services import issuing
from payroll.services.runs import (
    approve_run,
    compute_run,
    freeze_run,
    issue_run,
    open_run,
    review_run,
)
from tests import factories as make
from tests.payroll.engine import oracle
from tests.payroll.engine.pay import FULL_TIME, HALF_TIME, pay
from tests.payroll.scene import Scene, set_scene

D = Decimal
YEAR = [dt.date(2026, month, 1) for month in range(1, 13)]
# With this one, no gross of the hand cases costs what a cent more costs: each can be aimed at.
AT_RATE = D("1.41")


class Worker:
    """Amina alone in her cohort, under one contract of the year; the host takes nothing."""

    def __init__(self, people, *, kind: str = "cdd", profile: str = "employee", **dates) -> None:
        scene = set_scene(people)
        self.people, self.cohort = people, scene.cohort
        HostSettings.objects.update(contribution_rate=0, atmp_rate=AT_RATE)
        type(scene.profile).objects.update(code=profile)
        starts, ends = dates.get("starts_on", YEAR[0]), dates.get("ends_on", dt.date(2026, 12, 31))
        type(scene.cohort).objects.update(starts_on=starts, ends_on=ends)
        self.cohort.refresh_from_db()
        scene.rule.__class__.objects.update(in_force_from=starts)
        # What the scene had made stays apart: Bastien never was there, November starts empty.
        type(scene.project).objects.get().sales.all().delete()
        self.amina = people.enrolments["amina"]
        for enrolment in (self.amina, people.enrolments["bastien"]):
            enrolment.work_entries.all().delete()
        type(self.amina).objects.filter(cohort=self.cohort).exclude(pk=self.amina.pk).update(
            state="left", left_on="2025-12-31"
        )
        Contract.objects.of_cohort(self.cohort.pk).exclude(enrolment=self.amina).delete()
        self.amina.contracts.update(kind=kind, starts_on=starts, ends_on=ends)
        self.scene: Scene = scene

    def run(self, month: dt.date, *, share: Decimal, minutes: int) -> PayRun:
        """Work, sell, then every step of the run; the whole sale is her share."""
        at = dt.datetime.combine(month.replace(day=28), dt.time(10), dt.UTC)
        whole_days, rest = divmod(minutes, 600)
        for day, worked in enumerate([600] * whole_days + [rest] * bool(rest), start=1):
            self.scene.work("amina", worked, day=month.replace(day=day))
        self.scene.sell(str(share), moved_on=month.replace(day=5))
        driss, helene = self.scene.driss, self.scene.helene
        run = open_run(
            cohort=self.cohort, month=month, paid_on=month.replace(day=28), actor=driss, at=at
        )
        run = freeze_run(run=run, actor=driss, at=at)
        run = compute_run(run=run, actor=driss, at=at)
        run = review_run(run=run, actor=driss, at=at)
        run = approve_run(run=run, actor=helene, at=at)
        return issue_run(run=run, actor=driss, at=at)


def minutes_of(hours: Decimal) -> int:
    """The minutes that a run turns back into these hours, at two decimals."""
    return int((hours * 60).to_integral_value())


def wage(gross: str, month: dt.date, hours: Decimal = FULL_TIME) -> PayInput:
    """What the runs of this scene ask of the engine: a CDD, 49 people."""
    return pay(gross, hours, month=month, contract="CDD", atmp_rate=AT_RATE)


def cost_of(inp: PayInput, ytd: Ytd) -> Decimal:
    return compute(inp, ytd, load_params(inp.month)).total_employer_cost


def slips() -> list:
    """The engine's stored answers, oldest month first."""
    found = Payslip.objects.select_related("share").order_by("month", "number")
    return [slip_from_json(slip.share.slip["slip"]) for slip in found]


def pay_the_grosses(worker: Worker, months: list[PayInput]) -> None:
    """Give each month the pot that pays exactly its gross, from what the months before used."""
    ytd = Ytd.empty()
    for inp in months:
        run = worker.run(inp.month, share=cost_of(inp, ytd), minutes=minutes_of(inp.hours))
        share = run.shares.get()
        assert (share.gross, share.remainder) == (inp.gross, D(0))
        ytd = slip_from_json(share.slip["slip"]).ytd_after


@pytest.fixture
def below_the_smic(monkeypatch):
    """The hand cases are of arithmetic: some of their months pay less than the SMIC of June."""
    monkeypatch.setattr(issuing, "is_below_minimum", lambda inp, params: False)


def test_december_takes_back_the_reduction_of_a_year_that_ends_high(people, below_the_smic):
    """Case 1: eleven months at 1,823.03, then 4,500.00; the June SMIC changes nothing to it."""
    worker = Worker(people)
    grosses = ["1823.03"] * 11 + ["4500.00"]
    pay_the_grosses(
        worker,
        [wage(gross, month) for gross, month in zip(grosses, YEAR, strict=True)],
    )
    granted = [slip.rgdu for slip in slips()]
    assert sum(granted[:11]) == D("7983.23")
    assert granted[11] == D("-700.71")
    assert sum(granted) == D("7282.52")
    # 12.02 all year, 1,820 hours; the June SMIC is nowhere.
    assert slips()[-1].ytd_after.smic_amount.quantize(D("1E-8")) == D("21876.40")
    require_green()


def test_uneven_half_time_months_share_one_reduction(people, below_the_smic):
    """Case 2: 450, 1,200, 1,900 at 75.83 h."""
    worker = Worker(people)
    pay_the_grosses(
        worker,
        [
            wage(gross, month, HALF_TIME)
            for gross, month in zip(("450.00", "1200.00", "1900.00"), YEAR, strict=False)
        ],
    )
    assert [slip.rgdu for slip in slips()] == [D("179.15"), D("477.72"), D("54.91")]
    assert [line.rate for slip in slips() for line in slip.lines if line.code == "rgdu"] == [
        D("39.81"), D("39.81"), D("20.05"),
    ]  # fmt: skip


def test_the_ceiling_is_that_of_the_year_when_a_low_month_precedes_a_high_one(people):
    worker = Worker(people)
    pay_the_grosses(
        worker,
        [
            wage(gross, month)
            for gross, month in zip(("3000.00", "5000.00", "6000.00"), YEAR, strict=False)
        ],
    )
    low, high, higher = slips()
    by_code = [{line.code: line for line in slip.lines} for slip in (low, high, higher)]
    # 8,000 under two ceilings of 8,010; then 14,000 over three of 12,015.
    assert by_code[1]["ee_old_age_capped"].base == 5000 and "ee_cet" not in by_code[1]
    assert by_code[2]["ee_old_age_capped"].base == 12_015 - 8000
    assert by_code[2]["ee_ceg_t2"].base == 14_000 - 12_015
    assert by_code[2]["ee_cet"].base == 14_000
    require_green()


def test_an_entry_and_an_exit_in_mid_month_lower_the_ceiling_by_days(people):
    """CAPE from 7 September to 18 December: 24/30, two whole months, 18/31."""
    worker = Worker(
        people,
        kind="cape",
        profile="cape",
        starts_on=dt.date(2026, 9, 7),
        ends_on=dt.date(2026, 12, 18),
    )
    for month, share in zip(YEAR[8:], ("9000.00", "2500.00", "9000.00", "4000.00"), strict=True):
        worker.run(month, share=D(share), minutes=3000)
    september, _, _, december = slips()
    ceilings = [slip.pss for slip in slips()]
    assert ceilings[:3] == [D("3204"), 4005, 4005]
    assert abs(ceilings[3] - D(4005) * 18 / 31) < D("0.01")
    year = december.ytd_after
    assert year.pss == sum(ceilings)
    assert year.capped == min(year.gross, year.pss)
    bases = [
        line.base for slip in slips() for line in slip.lines if line.code == "ee_old_age_capped"
    ]
    assert bases[0] == september.pss < september.gross
    assert sum(bases) == year.capped
    require_green()


def test_a_contract_renewed_at_the_same_host_goes_on_with_the_year(people):
    """A second contract of the same kind, after a gap: what the first one used is not forgotten."""
    worker = Worker(people, ends_on=dt.date(2026, 2, 28))
    pay_the_grosses(worker, [wage("2000.00", YEAR[0])])
    type(worker.cohort).objects.update(ends_on=dt.date(2026, 12, 31))
    make.ContractFactory(
        enrolment=worker.amina,
        kind="cdd",
        starts_on=dt.date(2026, 3, 1),
        ends_on=dt.date(2026, 6, 30),
    )
    worker.run(YEAR[2], share=D("5000.00"), minutes=minutes_of(FULL_TIME))
    first, renewed = slips()
    assert renewed.ytd_after.gross == first.gross + renewed.gross
    assert renewed.ytd_after.pss == 8010
    assert first.rgdu + renewed.rgdu == reduction_of_the_year(renewed)


@pytest.mark.parametrize("month", [dt.date(2026, 5, 1), dt.date(2026, 6, 1)])
def test_the_smic_of_june_does_not_enter_the_reduction(people, month):
    worker = Worker(people)
    pay_the_grosses(worker, [wage("1867.02", month)])
    assert [slip.rgdu for slip in slips()] == [D("700.13")]


def test_whole_months_conserve_every_cent_of_their_pots(people):
    """Uneven pots: what was shared = what was paid + what is kept for each person, in the end."""
    worker = Worker(people, kind="cape", profile="cape")
    pots = [D("1234.57"), D("0.01"), D("640.00"), D("9000.01"), D("21.99"), D("333.33")]
    for month, pot in zip(YEAR, pots, strict=False):
        worker.run(month, share=pot, minutes=1200)
    runs = PayRun.objects.order_by("month")
    paid = sum(slip.total_employer_cost for slip in slips())
    assert (
        sum(run.envelope for run in runs) == sum(pots) == paid + runs.last().shares.get().remainder
    )
    require_green()


def reduction_of_the_year(last) -> Decimal:
    gross, smic = last.ytd_after.gross, last.ytd_after.smic_amount
    found = oracle.reduction_coefficient(
        Fraction(gross), Fraction(smic.quantize(D("1E-8"))), Fraction("0.3781")
    )
    return (gross * int(found * 10_000) / 10_000).quantize(D("0.01"), "ROUND_HALF_UP")


def require_green() -> None:
    for invariant in all_invariants():
        # The scene writes its vote by hand, without ballots; papers are drawn elsewhere.
        if invariant.code.startswith(("payroll.", "documents.numbers")):
            assert list(invariant.check()) == [], invariant.code
