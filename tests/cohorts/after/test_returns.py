"""Taking back who left: one file, one count, what was before stays; mandates do not come back."""

import datetime as dt

import pytest
from django.urls import reverse

from cohorts.enums import CohortState, LeavingReason
from cohorts.models import Cohort, Enrolment, EntrySituation, FollowUp, Mandate
from cohorts.selectors.entry_files import file_of
from cohorts.selectors.participants import participants_of
from cohorts.selectors.roll import is_there, members_of
from cohorts.services.enrolments import mark_left
from cohorts.services.entry_files import write_answers
from cohorts.services.returns import take_back
from ct_platform.kit.errors import Refused
from decisions.models import Elector
from decisions.services import opening
from projects.enums import WorkKind
from projects.models import WorkEntry
from reports.selectors import Entered
from tests import factories as make
from tests.factories import NOW, TODAY

D = dt.date
AWAY, BACK = D(2026, 11, 2), D(2026, 11, 16)


@pytest.fixture
def go(people, amina):
    def leave(reason=LeavingReason.MOVE, on=AWAY, actor="driss"):
        amina.refresh_from_db()
        mark_left(
            enrolment=amina, left_on=on, reason=reason,
            actor=people.actor(actor) if actor else None, at=NOW,
        )  # fmt: skip

    return leave


@pytest.fixture
def come(people, amina):
    def back(on=BACK, by="driss"):
        take_back(enrolment=amina, back_on=on, actor=people.actor(by), at=NOW)
        amina.refresh_from_db()

    return back


def test_who_left_is_in_again_with_hours_and_entry_as_they_were(people, go, come, amina):
    write_answers(
        enrolment=amina, answers={"labour": "registered"}, actor=people.actor("driss"), at=NOW
    )
    make.WorkEntryFactory(enrolment=amina, day=D(2026, 10, 20))
    go()
    come()
    assert (amina.state, amina.left_on, amina.left_reason) == ("active", None, "")
    assert amina.away == [["2026-11-02", "2026-11-16", "move"]]
    assert WorkEntry.objects.count() == 1 and EntrySituation.objects.count() == 1
    assert file_of(amina, TODAY).entered_on == D(2026, 9, 7)


def test_they_count_once_and_have_not_left(people, go, come, leave, amina):
    go()
    leave(left_on=AWAY)
    come()
    (one,) = [p for p in participants_of(people.a.cohort, TODAY) if p.first.enrolment == amina]
    assert one.participation.left_on is None and one.last.exit is None
    assert not one.participation.came_back


def test_their_questions_are_called_off_and_dated_again_when_they_leave_again(go, come, amina):
    go()
    come()
    assert {one.state for one in FollowUp.objects.all()} == {"called_off"}
    go(LeavingReason.JOB, D(2026, 11, 24))
    rows = FollowUp.objects.filter(enrolment=amina).order_by("months")
    assert next((one.due_on, one.state) for one in rows) == (D(2027, 2, 24), "planned")
    assert rows.count() == 3


def test_their_next_exit_is_another_one_and_needs_no_reason(go, come, leave, amina):
    go()
    leave(left_on=AWAY)
    come()
    with pytest.raises(Refused) as refusal:
        leave("business", left_on=AWAY)
    assert refusal.value.field == "left_on"
    leave("business", left_on=D(2026, 11, 24))
    assert file_of(amina, TODAY).exit.status == "business"


def test_nobody_awaits_them_on_the_days_they_were_away(people, go, come, amina):
    go()
    come()
    (found,) = [one for one in members_of(people.a.cohort.pk) if one.pk == amina.pk]
    days = (AWAY, AWAY + dt.timedelta(days=1), BACK - dt.timedelta(days=1), BACK)
    assert [is_there(found, day) for day in days] == [True, False, False, True]


def test_no_report_awaits_their_hours_in_the_weeks_they_were_away(people, go, come, amina):
    go()
    come()
    told = Entered("active", D(2026, 9, 7), None, 0, set(), amina.away)
    weeks = told.weeks_there(people.a.cohort, TODAY + dt.timedelta(days=14))
    assert D(2026, 11, 2) in weeks and D(2026, 11, 16) in weeks
    assert D(2026, 11, 9) not in weeks


def test_mandates_ended_on_leaving_and_do_not_come_back(go, come, amina):
    told = {"enrolment": amina, "decision_number": 1, "starts_on": D(2026, 9, 20)}
    treasurer = Mandate.objects.create(title="Trésorière", **told)
    over = Mandate.objects.create(title="Ménage", ends_on=D(2026, 10, 1), **told)
    go()
    come()
    assert not Mandate.objects.held(TODAY).exists()
    treasurer.refresh_from_db()
    over.refresh_from_db()
    assert (treasurer.ends_on, over.ends_on) == (AWAY, D(2026, 10, 1))


def test_a_vote_opened_while_they_were_away_keeps_its_roll_and_they_vote_at_the_next(
    people, go, come, amina
):
    go()
    poll = opening.put_to_vote(
        cohort=people.a.cohort,
        title="Comment partager ?",
        effect_code="sharing_rule",
        effect_settings={"counted_kinds": list(WorkKind.values), "in_force_from": "2026-12-01"},
        closes_at=NOW + dt.timedelta(days=2),
        actor=people.actor("driss"),
        at=NOW,
    )
    come()
    assert not Elector.objects.filter(poll=poll, enrolment=amina).exists()
    assert amina in Enrolment.objects.of_cohort(amina.cohort_id).entitled_to_vote(TODAY)


def test_a_contract_that_ended_stays_ended(people, go, come, amina):
    contract = amina.contracts.get()
    contract.state, contract.ended_on = "ended", AWAY
    contract.save()
    go()
    come()
    contract.refresh_from_db()
    assert amina.contracts.count() == 1 and contract.state == "ended"


def test_twice_is_once(go, come, amina):
    go()
    come()
    come()
    assert len(amina.away) == 1


def test_one_may_leave_and_come_back_again(go, come, amina):
    go()
    come()
    go(LeavingReason.PERSONAL, D(2026, 11, 18))
    come(D(2026, 11, 23))
    assert [one[:2] for one in amina.away] == [
        ["2026-11-02", "2026-11-16"], ["2026-11-18", "2026-11-23"],
    ]  # fmt: skip


def test_whom_the_group_excluded_is_not_taken_back_by_who_coordinates(go, come, amina):
    go(LeavingReason.DECISION, actor=None)
    with pytest.raises(Refused, match="groupe a décidé"):
        come()
    amina.refresh_from_db()
    assert amina.state == "left" and amina.away == []


@pytest.mark.parametrize("day", [AWAY, D(2026, 11, 26), D(2026, 12, 19)])
def test_one_comes_back_after_leaving_before_the_end_and_not_tomorrow(go, come, amina, day):
    go()
    with pytest.raises(Refused) as refusal:
        come(day)
    assert refusal.value.field == "back_on"


@pytest.mark.parametrize("state", [CohortState.CLOSING, CohortState.ARCHIVED])
def test_only_while_the_cohort_runs(go, come, amina, state):
    go()
    Cohort.objects.filter(pk=amina.cohort_id).update(state=state)
    with pytest.raises(Refused):
        come()


@pytest.mark.parametrize("who", ["amina", "bastien", "dalia", "helene", "elsa"])
def test_only_who_coordinates_takes_back(go, come, who):
    go()
    with pytest.raises(Refused):
        come(by=who)
    assert Enrolment.objects.filter(state="active", person__first_name="Amina").count() == 0


def test_who_finished_is_not_taken_back(come, amina):
    Enrolment.objects.filter(pk=amina.pk).update(state="completed")
    with pytest.raises(Refused):
        come()


def test_the_list_offers_it_and_the_page_does_it(people, enter):
    desk, gael = enter("driss"), people.enrolments["gael"]
    address = reverse("cohorts:take_back", args=[people.a.cohort.pk, gael.pk])
    assert (
        address in desk.get(reverse("cohorts:people", args=[people.a.cohort.pk])).content.decode()
    )
    assert desk.get(address).status_code == 200
    desk.post(address, {"back_on": "2026-11-20"})
    gael.refresh_from_db()
    assert gael.state == "active"
