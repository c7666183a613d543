"""The board of a cohort: its days, its money, its hours, read in few queries whatever it holds."""

import datetime as dt
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from cohorts.models import Cohort, Phase
from ct_platform.home.board_dates import coming_dates, dated, milestones
from ct_platform.home.board_money import purse_of, weeks_chart, weeks_of
from ct_platform.kit.clock import Month
from decisions.models import Poll
from decisions.services import assemblies
from payroll.models import PayRun
from tests import factories as make
from tests.cohorts.calendar_verbs import AFTERNOON, plan
from tests.decisions.assembly import put_to_vote
from tests.factories import NOW, TODAY
from tests.payroll.scene import set_scene

D = dt.date


def coming(people):
    cohort = Cohort.objects.get(pk=people.a.cohort.pk)
    polls = list(Poll.objects.of_cohort(cohort.pk).open().select_related("proposal"))
    return coming_dates(cohort, dated(cohort, TODAY), polls, TODAY)


def test_sessions_assemblies_votes_and_phases_come_in_the_order_of_their_days(people):
    plan(people, day=D(2026, 11, 26), title="Tenir une caisse")
    poll = put_to_vote(people)
    assemblies.convene(
        cohort=people.a.cohort, starts_at=NOW + dt.timedelta(days=3), place="Salle des Halles",
        proposals=[poll.proposal], actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    Phase.objects.create(
        cohort=people.a.cohort, kind="closing", starts_on=D(2026, 12, 7), ends_on=D(2026, 12, 18)
    )
    found = coming(people)
    assert [one.on for one in found] == sorted(one.on for one in found)
    said = [one.title for one in found]
    assert said[:4] == ["Tenir une caisse", "Fin du vote", "Assemblée", "Début"]
    assert said[-1] == "Dernier jour de la cohorte"
    assert all(resolve(one.url) for one in found if one.url)
    assert found[0].text.startswith("9\u00a0h – 17\u00a0h")


def test_what_is_past_or_cancelled_or_elsewhere_does_not_come(people):
    plan(people, day=D(2026, 11, 24), title="Hier")
    session = plan(people, day=D(2026, 11, 27), title="Annulée", halves=(AFTERNOON,))
    type(session).objects.filter(pk=session.pk).update(
        state="cancelled", cancelled_at=NOW, cancel_reason="Pluie"
    )
    plan(people, day=D(2026, 11, 27), title="Ailleurs", cohort=people.b.cohort, by="dalia")
    assert [one.title for one in coming(people)] == ["Dernier jour de la cohorte"]


def test_decisions_are_marked_on_the_timeline(people):
    set_scene(people)
    days = dated(Cohort.objects.get(pk=people.a.cohort.pk), TODAY)
    assert len(milestones(days)) == people.a.cohort.outcomes.count()


def test_the_purse_counts_what_is_sold_paid_spent_and_left(people):
    project = make.ProjectFactory(cohort=people.a.cohort, trade="cuisine")
    told = {"project": project, "recorded_by": people.driss}
    make.SaleFactory(**told, amount=Decimal("100"), moved_on=D(2026, 11, 3))
    make.SaleFactory(**told, amount=Decimal("50"), moved_on=D(2026, 10, 3))
    make.SaleFactory(**told, amount=Decimal("30"), moved_on=None)
    make.SaleFactory(**told, amount=Decimal("999"), moved_on=D(2026, 11, 3), withdrawn_at=NOW)
    make.ExpenseFactory(**told, amount=Decimal("20"), moved_on=D(2026, 11, 3))
    elsewhere = make.ProjectFactory(cohort=people.b.cohort)
    make.SaleFactory(project=elsewhere, recorded_by=people.dalia, amount=Decimal("7"))
    purse = purse_of(people.a.cohort, [], Month.of(TODAY))
    assert (purse.sold, purse.paid, purse.spent, purse.left) == (
        Decimal("180"), Decimal("150"), Decimal("20"), Decimal("130"),
    )  # fmt: skip
    assert purse.month == {"cuisine": Decimal("100")}


def test_what_a_pay_run_counted_is_no_longer_to_share(people):
    run = set_scene(people).issued()
    purse = purse_of(people.a.cohort, [PayRun.objects.get(pk=run.pk)], Month.of(TODAY))
    assert purse.shared == run.envelope
    assert purse.left == Decimal("0")


def test_weeks_tell_confirmed_hours_from_the_others(people):
    sure = {"state": "confirmed", "confirmed_at": NOW, "confirmed_by": people.bastien}
    amina = people.enrolments["amina"]
    make.WorkEntryFactory(enrolment=amina, day=D(2026, 9, 8), minutes=120, **sure)
    make.WorkEntryFactory(enrolment=amina, day=D(2026, 11, 24), minutes=60)
    weeks = weeks_of(people.a.cohort, TODAY)
    assert weeks.sure[D(2026, 9, 7)] == 120
    assert weeks.still[D(2026, 11, 23)] == 60
    assert sum(weeks.trades.values()) == 60
    chart = weeks_chart(people.a.cohort, weeks)
    assert chart is not None
    assert [one.label for one in chart.columns] == [str(n) for n in range(1, 13)]
    assert weeks_chart(people.b.cohort, weeks_of(people.b.cohort, TODAY)) is None


def test_fifteen_queries_at_most_and_none_more_for_a_fuller_board(people, enter):
    client = enter("driss")
    address = reverse("home:cohort_dashboard", args=[people.a.cohort.pk])
    client.get(address)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = asked()
    set_scene(people).issued()
    put_to_vote(people)
    for n in range(6):
        plan(people, day=TODAY + dt.timedelta(days=n), title=f"Séance {n}")
    assert asked() <= few + 1 <= 15
