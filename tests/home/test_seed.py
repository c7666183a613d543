"""The synthetic network: everything the house counts on holds in it, and its reports tell its rows."""

import io
from collections import Counter

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from cohorts.enums import CohortState, OrganisationKind
from cohorts.models import Cohort, Enrolment, Organisation, PartnerSeat, Territory
from ct_platform.home.seed import seed
from ct_platform.home.seeding import cashier
from ct_platform.home.seeding.plan import plans
from documents.models import Document, Rendering
from members.models import Person
from payroll.models import PayRun, Payslip
from projects.models import Sale, WorkEntry
from reports.models import Report, Snapshot
from reports.selectors import figures_of
from tests import factories as make

TODAY = "2026-11-27T10:00:00+01:00"


@pytest.fixture
def at_the_end_of_november():
    with time_machine.travel(TODAY, tick=False):
        yield


def test_every_invariant_of_the_house_holds(db, at_the_end_of_november):
    seed(cohorts=5)
    seed(cohorts=2, per_territory=2, at_work=True)
    call_command("check_consistency", stdout=io.StringIO())
    assert PayRun.objects.filter(state="paid").exists() and Payslip.objects.exists()
    assert WorkEntry.objects.count() > 5 * 1000


@pytest.mark.postgres
def test_a_key_that_was_given_is_not_given_again(db, at_the_end_of_november):
    """Whoever writes at the same time holds it, in a row that nobody sees yet."""
    held = [make.CohortFactory().pk for _ in range(9)][-1]
    Cohort.objects.all().delete()
    seed(cohorts=1)
    assert make.CohortFactory().pk > held


def test_a_report_of_its_end_says_what_the_selectors_count(db, at_the_end_of_november):
    # The seed of a cohort that ended in October, paid here.
    seed(cohorts=1, per_territory=1, seed_number=18)
    cohort = Cohort.objects.select_related("territory", "host").get()
    *earlier, last = Snapshot.objects.select_related("basis").order_by("frozen_at")
    again = figures_of(cohort, last.period_to, earlier=earlier)
    assert PayRun.objects.get().state == "paid"
    assert last.figures == again.figures
    assert last.basis.tables == again.basis


def test_cohorts_spread_over_five_years_and_every_kind_of_partner_follows(
    db, at_the_end_of_november
):
    made = seed(cohorts=5)
    states = Counter(Cohort.objects.values_list("state", flat=True))
    assert states[CohortState.ARCHIVED] >= 3
    assert made["people"] == Enrolment.objects.count()
    kinds = set(PartnerSeat.objects.values_list("organisation__kind", flat=True))
    assert kinds == {
        OrganisationKind.CHAMBER, OrganisationKind.ESS_HUB, OrganisationKind.FUNDER,
        OrganisationKind.AUTHORITY,
    }  # fmt: skip
    assert Organisation.objects.filter(kind=OrganisationKind.HOST).count() == 1
    assert not Report.objects.exclude(state__in=["sent", "final"]).exists()


def test_no_paper_of_it_is_ever_drawn(db, at_the_end_of_november, settings):
    from ct_platform.kit import clock

    seed(cohorts=2)
    assert Document.objects.count() == Rendering.objects.count() > 0
    assert not Rendering.objects.lost(clock.now()).exists()


def test_the_same_seed_gives_the_same_plan_and_twice_adds(db, at_the_end_of_november):
    first = seed(cohorts=2, seed_number=7)
    amounts = sorted(Sale.objects.values_list("amount", flat=True))
    assert seed(cohorts=2, seed_number=7) == first
    assert Cohort.objects.count() == 4
    assert sorted(Sale.objects.values_list("amount", flat=True)) == sorted(amounts * 2)


def test_the_database_gives_keys_after_it(db):
    seed(cohorts=1)
    last = Person.objects.order_by("-pk").first().pk
    assert Person.objects.create(first_name="A", last_name="B", search_key="b a").pk > last


def test_a_failure_leaves_nothing(db, at_the_end_of_november, monkeypatch):
    def failing(self):
        raise IntegrityError("somebody else wrote meanwhile")

    monkeypatch.setattr(cashier.Cashier, "write_counters", failing)
    with pytest.raises(IntegrityError):
        seed(cohorts=1)
    assert not Territory.objects.exists() and not Person.objects.filter(last_name="Semis0").exists()


@pytest.mark.parametrize("per_territory", [1, 5, 200])
def test_no_cohort_lasts_longer_than_its_programme_allows(per_territory):
    import datetime as dt

    today = dt.date(2026, 11, 27)
    for one in plans(
        cohorts=200, per_territory=per_territory, at_work=False, today=today, seed="1"
    ):
        assert 84 <= (one.ends_on - one.starts_on).days + 1 <= 190
        assert one.starts_on.weekday() == 0


@pytest.mark.parametrize("asked", [["--cohorts", "0"], ["--people", "61"]])
def test_the_command_refuses_what_it_cannot_hold(db, asked):
    with pytest.raises(CommandError, match="un nombre"):
        call_command("seed", *asked)
