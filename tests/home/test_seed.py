"""The synthetic network: everything the house counts on holds in it, and its reports tell its rows."""

import io
from collections import Counter

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from cohorts.enums import CohortState, OrganisationKind
from cohorts.models import (
    AttendanceSignature,
    Cohort,
    Enrolment,
    Organisation,
    PartnerSeat,
    SelfAssessment,
    Session,
    Territory,
)
from ct_platform.home.seed import seed
from ct_platform.home.seeding import cashier
from ct_platform.home.seeding.plan import plans
from ct_platform.kit import clock
from ct_platform.kit.clock import civil_day
from documents.models import Document, Rendering
from members.models import Person
from payroll.models import PayRun, Payslip
from projects.models import Sale, WorkEntry
from projects.rules import closing_batch
from projects.selectors.closing import attestations_of, participants_of
from projects.selectors.evidence import snapshots_of
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


def test_attestations_say_what_the_house_would_photograph(db, at_the_end_of_november):
    seed(cohorts=5)
    over = Cohort.objects.filter(state=CohortState.ARCHIVED).select_related("territory", "host")
    assert over.exists() and over.filter(eu_funded=True).exists()
    for cohort in over:
        people = participants_of(cohort.pk)
        papers = Document.objects.of_batch(closing_batch(cohort.pk)).filter(kind="participation")
        given = {paper.subject_id: paper for paper in papers}
        assert {one.person_id for one in people} == set(given)
        day = civil_day(papers.first().issued_at)
        for one, snapshot in snapshots_of(cohort, people, day):
            photograph = dict(given[one.person_id].snapshot)
            assert photograph.pop("paper")["subject"] == one.person.civil_name
            assert photograph.pop("check")
            assert photograph == snapshot
        assert not any(one.is_stale for one in attestations_of(cohort, day))
    assert any(paper.snapshot["skills"] for paper in given.values())


def test_people_come_to_a_dozen_sessions_and_say_twice_what_they_can_do(db, at_the_end_of_november):
    seed(cohorts=5)
    stays = Enrolment.objects.filter(state="completed")
    came = AttendanceSignature.objects.filter(enrolment__in=stays).count() / stays.count()
    assert 11 < came < 14
    said = Counter(
        SelfAssessment.objects.filter(enrolment__in=stays).values_list("moment", flat=True)
    )
    assert said["start"] == said["end"] == 8 * stays.count()
    assert (
        Session.objects.filter(day__gte=clock.today(), slots__attendances__isnull=False).count()
        == 0
    )


def test_no_paper_of_it_is_ever_drawn(db, at_the_end_of_november, settings):
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
