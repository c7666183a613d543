"""What waits: each thing with its count, its deadline and its reason, for its own cohort and no other."""

import dataclasses
import datetime as dt
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from cohorts import waiting
from cohorts.models import (
    Attendance,
    AuthorityNotice,
    CorrectionRequest,
    Enrolment,
    ExitSituation,
)
from cohorts.selectors.completeness import has_complete_file
from cohorts.selectors.entry_files import load_files, with_what_files_need
from cohorts.waiting import Line, Pile
from payroll.models import PayRun
from tests import factories as make
from tests.cohorts.applying import recruiting_cohort, somebody
from tests.cohorts.calendar_verbs import note, plan, slot_of
from tests.factories import NOW, TODAY

D = dt.date
FIRST_OF_DECEMBER = D(2026, 12, 1)


def lines(cohort, day=TODAY) -> list[Line]:
    return waiting.waiting_of([cohort], day)[cohort.pk]


def line(cohort, words: str, day=TODAY) -> Line | None:
    return next((one for one in lines(cohort, day) if words in one.title), None)


def owe(people, name="amina", due=FIRST_OF_DECEMBER, authority="urssaf"):
    return AuthorityNotice.objects.create(
        contract=people.enrolments[name].contracts.get(), authority=authority, event="signature",
        happened_on=D(2026, 9, 7), due_on=due,
    )  # fmt: skip


def test_notices_to_the_authorities_say_how_many_by_when_and_by_which_law(people):
    owe(people, due=D(2026, 12, 3))
    owe(people, due=D(2026, 12, 1), authority="ft")
    owe(people, "bastien", due=D(2026, 12, 9))
    found = line(people.a.cohort, "URSSAF")
    assert found is not None
    assert found.title.startswith("3 avis")
    assert found.due_on == D(2026, 12, 1)
    assert "R5142-1" in found.law
    assert found.by_host
    assert line(people.b.cohort, "URSSAF") is None


def test_a_notice_sent_waits_no_more(people):
    notice = owe(people)
    AuthorityNotice.objects.filter(pk=notice.pk).update(state="sent", sent_on=TODAY)
    assert line(people.a.cohort, "URSSAF") is None


def test_contracts_are_told_thirty_days_before_their_end_by_day(people):
    """Amina's and Bastien's end on 18 December, as Gaël's, who left and whose contract still runs."""
    found = line(people.a.cohort, "bientôt")
    assert found is not None
    assert found.due_on == D(2026, 12, 18)
    assert "L127-2" in found.law
    assert line(people.a.cohort, "bientôt", D(2026, 11, 17)) is None
    assert line(people.a.cohort, "bientôt", D(2026, 11, 18)) is not None


def test_two_last_days_are_two_lines(people):
    contract = people.enrolments["amina"].contracts.get()
    type(contract).objects.filter(pk=contract.pk).update(ends_on=D(2026, 12, 4))
    days = [one.due_on for one in lines(people.a.cohort) if "bientôt" in one.title]
    assert days == [D(2026, 12, 4), D(2026, 12, 18)]


def test_applications_wait_until_the_first_day_of_the_cohort(people):
    cohort = recruiting_cohort(people)
    somebody(cohort)
    somebody(cohort, first_name="Léo", phone="+33639981235")
    found = line(cohort, "candidatures à lire")
    assert found is not None
    assert found.title.startswith("2")
    assert found.due_on == cohort.starts_on
    assert (
        line(cohort, "candidatures à lire", cohort.starts_on + dt.timedelta(days=1)).due_on is None
    )
    assert line(people.a.cohort, "candidature") is None


def test_entry_files_say_their_share_and_the_risk(people):
    found = line(people.a.cohort, "incomplets")
    assert found is not None
    assert "3 sur 3, soit 100" in found.text
    assert "35" in found.text
    assert found.tone == "bad"
    assert "2021/1057" in found.law


def test_the_database_and_the_rule_agree_on_what_is_complete(people):
    """Amina lacks nothing; Bastien lacks the day he began to look for work; Gaël, everything."""
    everything = {
        "sex": "woman", "birth_place": "Dakar", "labour": "student", "minimum_income": "none",
        "diploma": "none", "household": "alone", "housing": "tenant", "rural": "no",
    }  # fmt: skip
    make_file(people, "amina", everything)
    make_file(people, "bastien", everything | {"labour": "registered"})
    rows = Enrolment.objects.filter(cohort__in=[people.a.cohort, people.b.cohort])
    by_rule = {
        one.enrolment.pk for one in load_files(with_what_files_need(rows), TODAY) if one.is_complete
    }
    by_database = set(rows.filter(has_complete_file()).values_list("pk", flat=True))
    assert by_database == by_rule == {people.enrolments["amina"].pk}


@pytest.mark.parametrize(
    "lost", ["sex", "birth_place", "household", "phone", "birth_date", "place"]
)
def test_one_answer_missing_is_incomplete_for_both(people, lost):
    everything = {
        "sex": "woman", "birth_place": "Dakar", "labour": "seeking", "seeking_since": "2026-01-01",
        "minimum_income": "refused", "diploma": "none", "household": "alone", "housing": "tenant",
        "rural": "no",
    }  # fmt: skip
    make_file(people, "amina", everything | ({lost: ""} if lost in everything else {}), lost)
    rows = Enrolment.objects.filter(pk=people.enrolments["amina"].pk)
    (kept,) = load_files(with_what_files_need(rows), TODAY)
    assert not kept.is_complete
    assert not rows.filter(has_complete_file()).exists()


def make_file(people, name, answers, lost=""):
    from cohorts.models import EntryPlace, EntrySituation

    enrolment = people.enrolments[name]
    person = enrolment.person
    type(person).objects.filter(pk=person.pk).update(
        birth_date=None if lost == "birth_date" else D(1990, 1, 1),
        phone="" if lost == "phone" else "+33639981234",
        email="",
    )
    told = {"enrolment": enrolment, "number": 1, "written_by": people.driss, "written_at": NOW}
    EntrySituation.objects.create(**told, entered_on=D(2026, 9, 7), **answers)
    EntryPlace.objects.create(
        **told, address="" if lost == "place" else "1 rue", postcode="93200", city="Ville",
        quarter_status="out", vintage=2024,
    )  # fmt: skip


def test_an_older_version_does_not_make_a_file_complete(people):
    from cohorts.models import EntrySituation

    test_answers = {
        "sex": "woman", "birth_place": "Dakar", "labour": "student", "minimum_income": "none",
        "diploma": "none", "household": "alone", "housing": "tenant", "rural": "no",
    }  # fmt: skip
    make_file(people, "amina", test_answers)
    EntrySituation.objects.create(
        enrolment=people.enrolments["amina"], number=2, written_by=people.driss, written_at=NOW,
        entered_on=D(2026, 9, 7), **(test_answers | {"housing": ""}),
    )  # fmt: skip
    rows = Enrolment.objects.filter(pk=people.enrolments["amina"].pk)
    assert not rows.filter(has_complete_file()).exists()


def test_who_left_is_to_be_told_within_four_weeks(people):
    found = line(people.a.cohort, "sortie à noter")
    assert found is not None
    assert found.due_on == D(2026, 10, 29)
    ExitSituation.objects.create(
        enrolment=people.enrolments["gael"], number=1, written_by=people.driss, written_at=NOW,
        left_on=D(2026, 10, 1), status="unknown", known_on=TODAY,
    )  # fmt: skip
    assert line(people.a.cohort, "sortie à noter") is None


def test_a_correction_asked_by_a_person_waits_and_one_asked_of_them_does_not(people):
    slot = slot_of(plan(people, day=TODAY - dt.timedelta(days=1)))
    asked = {
        "slot": slot, "enrolment": people.enrolments["amina"], "wanted": "present", "sentence": "J’étais là.",
        "asked_by": people.amina, "asked_at": NOW,
    }  # fmt: skip
    one = CorrectionRequest.objects.create(side="coordination", **asked)
    assert line(people.a.cohort, "correction") is None
    CorrectionRequest.objects.filter(pk=one.pk).update(side="person")
    assert line(people.a.cohort, "correction") is not None
    assert line(people.b.cohort, "correction") is None


def test_a_past_half_day_nobody_signed_waits_until_somebody_is_noted(people):
    session = plan(people, day=TODAY - dt.timedelta(days=1))
    assert line(people.a.cohort, "sans aucune signature").title.startswith("2 demi-journées")
    note(people, slot_of(session), "amina", "absent")
    assert line(people.a.cohort, "sans aucune signature").title.startswith("1 demi-journée")
    assert Attendance.objects.count() == 1
    plan(people, day=TODAY)
    assert line(people.a.cohort, "sans aucune signature").title.startswith("1 demi-journée")


def test_hours_are_counted_in_people_and_in_time(people):
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], minutes=90)
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], minutes=30)
    make.WorkEntryFactory(enrolment=people.enrolments["chloe"], minutes=60)
    found = line(people.a.cohort, "à confirmer")
    assert found.title.startswith("2\u00a0h")
    assert found.text.startswith("1 personne")
    assert line(people.b.cohort, "à confirmer").title.startswith("1\u00a0h")


def test_confirmed_hours_of_a_month_that_is_over_wait_for_a_pay(people):
    told = {"state": "confirmed", "confirmed_at": NOW, "confirmed_by": people.bastien}
    make.WorkEntryFactory(
        enrolment=people.enrolments["amina"], minutes=60, day=D(2026, 10, 31), **told
    )
    make.WorkEntryFactory(
        enrolment=people.enrolments["amina"], minutes=60, day=D(2026, 11, 2), **told
    )
    assert line(people.a.cohort, "dans aucune paie").title.startswith("1\u00a0h ")


def test_each_run_in_hand_is_a_line_of_its_own(people):
    for month in (D(2026, 9, 1), D(2026, 10, 1)):
        PayRun.objects.create(cohort=people.a.cohort, month=month)
    titles = [one.title for one in lines(people.a.cohort) if "Paie de" in one.title]
    assert len(titles) == 2
    assert "septembre 2026" in titles[0]
    assert "octobre 2026" in titles[1]
    assert not [one for one in lines(people.b.cohort) if "Paie de" in one.title]


def test_the_nearest_deadline_comes_first(people):
    owe(people, due=D(2026, 11, 20))
    owe(people, "bastien", due=D(2026, 12, 30))
    days = [one.due_on for one in lines(people.a.cohort) if one.due_on]
    assert days == sorted(days)


def test_one_query_for_one_cohort_and_for_many(people):
    for n in range(5):
        make.CohortFactory(territory=people.a.territory, host=people.a.host, name=f"Autre {n}")
    cohorts = [people.a.cohort, people.b.cohort]
    with CaptureQueriesContext(connection) as one:
        waiting.waiting_of(cohorts[:1], TODAY)
    with CaptureQueriesContext(connection) as many:
        waiting.waiting_of(cohorts, TODAY)
    assert len(one) == len(many) == 1


IN_OCTOBER = D(2026, 10, 7)


def unpaid(people, name="amina", day=IN_OCTOBER, **more):
    hours = {"state": "confirmed", "confirmed_at": NOW, "minutes": 60} | more
    return make.WorkEntryFactory(enrolment=people.enrolments[name], day=day, **hours)


def test_in_brief_the_same_things_wait_by_the_same_day_in_the_same_order(people):
    owe(people)
    unpaid(people)
    unpaid(people, "bastien")
    PayRun.objects.create(cohort=people.a.cohort, month=D(2026, 9, 1))
    among = Enrolment.objects.order_by().values("cohort").distinct()
    whole = waiting.piles_of(among, TODAY)
    brief = waiting.piles_of(among, TODAY, in_brief=True)
    assert {key: [(one.code, one.due_on) for one in piles] for key, piles in brief.items()} == {
        key: [(one.code, one.due_on) for one in piles] for key, piles in whole.items()
    }
    (hours,) = [one for one in whole[people.a.cohort.pk] if one.code == "unpaid_hours"]
    assert (hours.count, hours.amount) == (2, 120)
    dated = [one for one in whole[people.a.cohort.pk] if waiting.deadline_of(one)]
    assert dated and set(dated) <= set(brief[people.a.cohort.pk])


@pytest.mark.parametrize(
    "unlike",
    [{"day": D(2026, 11, 2)}, {"withdrawn_at": NOW}, {"state": "declared", "confirmed_at": None},
     {"state": "locked", "pay_run_key": 1}],
    ids=["of this month", "struck out", "not confirmed", "in a pay"],
)  # fmt: skip
@pytest.mark.parametrize("in_brief", [True, False])
def test_hours_that_wait_for_no_pay_are_not_said_to(people, unlike, in_brief):
    unpaid(people, **unlike)
    piles = waiting.piles_of([people.a.cohort.pk], TODAY, in_brief=in_brief)
    assert "unpaid_hours" not in [one.code for one in piles[people.a.cohort.pk]]
    unpaid(people)
    piles = waiting.piles_of([people.a.cohort.pk], TODAY, in_brief=in_brief)
    assert "unpaid_hours" in [one.code for one in piles[people.a.cohort.pk]]


def test_what_has_a_deadline_is_never_told_in_brief():
    source = waiting._sources["notices"]
    with pytest.raises(ValueError, match="deadline"):
        dataclasses.replace(source, some=source.rows)


@pytest.mark.parametrize("code", sorted(waiting._sources))
def test_every_line_leads_somewhere_and_says_what_it_is(people, code):
    pile = Pile(code, people.a.cohort.pk, 2, 60, 1, TODAY)
    told = waiting.line_of(pile, people.a.cohort, TODAY)
    assert told.title
    assert told.text
    assert resolve(urlsplit(told.url).path)


def test_no_cohort_no_query(db):
    with CaptureQueriesContext(connection) as none:
        assert waiting.waiting_of([], TODAY) == {}
    assert len(none) == 0
