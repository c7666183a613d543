"""FSE+ tables of an operation: each person once, by gender, refusals and blanks apart."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.models import Enrolment
from cohorts.rules.participants import LATER_RESULTS, OUTPUTS, RESULTS, SENSITIVE_OUTPUTS, Flag
from cohorts.services.entry_files import write_answers
from cohorts.services.sensitive import write_sensitive
from ct_platform.kit.errors import Refused
from members.models import AccessRecord
from reports.rules.indicators import ORDINARY_OUTPUTS, UNSAID, Case, indicators_of
from reports.selectors.indicators import tables_of
from reports.services.funding.indicators import open_tables
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reports import funding_verbs as funds

LEFT = dt.date(2026, 3, 2)
NOTHING = Case(
    sex="", outputs=dict.fromkeys(OUTPUTS, Flag.MISSING) | {"EECO01": Flag.YES}, left_on=None,
    known_on=None, results=dict.fromkeys(RESULTS, Flag.MISSING), later=None,
)  # fmt: skip


def case(sex: str = "F", **outputs: Flag) -> Case:
    return replace(NOTHING, sex=sex, outputs=NOTHING.outputs | outputs)


def gone(known_on: dt.date | None, **results: Flag) -> Case:
    flags = dict.fromkeys(RESULTS, Flag.NO) | results
    return replace(case(), left_on=LEFT, known_on=known_on, results=flags)


def row(rows, code):
    return next(one for one in rows if one.code == code)


def test_each_gender_has_its_column_and_who_did_not_say_stays_counted():
    people = [case("F"), case("F"), case("M"), case("X"), case("refused"), case("")]
    found = row(indicators_of(people, TODAY).outputs, "EECO01")
    assert found.cells == [2, 1, 1, 2] and found.total == 6
    assert found.counts[UNSAID] == 2


def test_a_refusal_and_a_blank_are_no_answer_and_not_the_same():
    people = [case(EECO02=Flag.YES), case(EECO02=Flag.REFUSED), case(), case(EECO02=Flag.NO)]
    found = row(indicators_of(people, TODAY).outputs, "EECO02")
    assert (found.total, found.refused, found.missing, found.base) == (1, 1, 1, 4)


def test_an_exit_counts_when_it_was_observed_within_four_weeks():
    in_time, late = LEFT + dt.timedelta(days=28), LEFT + dt.timedelta(days=29)
    people = [
        gone(in_time, EECR04=Flag.YES), gone(late, EECR04=Flag.YES), replace(case(), left_on=LEFT),
    ]  # fmt: skip
    found = indicators_of(people, TODAY)
    job = row(found.results, "EECR04")
    assert (job.total, job.late, job.missing, job.base) == (1, 1, 1, 3)
    assert (found.left, found.noted, found.in_time) == (3, 2, 1)


def test_who_is_still_in_has_no_result_nor_six_months():
    found = indicators_of([case(), case()], TODAY)
    assert found.left == found.due == 0 and found.response_percent is None
    assert {one.base for one in [*found.results, *found.later]} == {0}


def test_six_months_after_counts_those_whose_months_have_come_with_the_response():
    yes = dict.fromkeys(LATER_RESULTS, Flag.YES)
    people = [
        replace(gone(LEFT), later=yes), gone(LEFT),
        replace(gone(TODAY, EECR04=Flag.YES), left_on=TODAY, later=yes),
    ]  # fmt: skip
    found = indicators_of(people, TODAY)
    assert (found.due, found.answered, found.response_percent) == (2, 1, 50)
    assert row(found.later, "EECR05").total == 1 and row(found.later, "EECR05").missing == 1


def test_sensitive_codes_are_left_out_unless_they_are_opened():
    assert not set(SENSITIVE_OUTPUTS) & set(ORDINARY_OUTPUTS)
    people = [case(EECO12=Flag.YES)]
    assert {one.code for one in indicators_of(people, TODAY).outputs} == set(ORDINARY_OUTPUTS)
    opened = indicators_of(people, TODAY, with_sensitive=True).outputs
    assert row(opened, "EECO12").total == 1 and len(opened) == len(OUTPUTS)


@pytest.mark.django_db
def test_who_left_one_cohort_and_entered_another_is_one_participant(people):
    operation = funds.an_operation(people)
    other = make.CohortFactory(
        name="La suite", territory=people.a.territory, host=people.a.host, operation="ESF-1"
    )
    make.EnrolmentFactory(cohort=other, person=people.gael)
    elsewhere = make.CohortFactory(
        name="Sans numéro", territory=people.a.territory, host=people.a.host
    )
    make.EnrolmentFactory(cohort=elsewhere, person=people.chloe)
    found = tables_of(operation, TODAY).indicators
    assert found.entered == 3  # Amina, Bastien, Gaël once
    assert found.left == 0  # Gaël is in again


@pytest.mark.django_db
def test_who_stayed_to_the_end_has_left_on_the_last_day_though_nothing_is_noted(people):
    operation, cohort = funds.an_operation(people), people.a.cohort
    Enrolment.objects.filter(person=people.amina).update(state="completed")
    found = tables_of(operation, cohort.ends_on).indicators
    assert (found.left, found.noted) == (2, 0)  # Gaël, and Amina
    assert tables_of(operation, cohort.ends_on - dt.timedelta(days=1)).indicators.left == 1


@pytest.mark.django_db
def test_opening_the_sensitive_rows_is_recorded_for_each_person(people, enter):
    operation = funds.an_operation(people)
    told = {"enrolment": people.enrolments["amina"], "actor": people.actor("driss"), "at": NOW}
    write_answers(answers={"sex": "F", "labour": "registered"}, **told)
    write_sensitive(answers={"disability": "yes"}, **told)
    before = AccessRecord.objects.filter(act="exported").count()
    client = enter("driss")
    page = client.get(reverse("reports:indicators", args=[operation.pk])).content.decode()
    assert ">EECO17<" in page and ">EECO12<" not in page
    answer = client.post(reverse("reports:export_indicators", args=[operation.pk]))
    assert AccessRecord.objects.filter(act="exported").count() == before + 3
    book = load_workbook(BytesIO(answer.content))
    rows = {line[0]: line for line in book["Réalisations"].iter_rows(min_row=2, values_only=True)}
    assert rows["EECO12"][2:7] == (1, 0, 0, 0, 1)
    assert rows["EECO02"][6:] == (1, 3, 0, 2, 0)


@pytest.mark.django_db
def test_a_funder_and_the_network_never_open_the_exact_tables(people, enter):
    operation = funds.an_operation(people)
    funds.agreed(people, aim="operation", operation=operation)
    for name in ("elsa", "nora"):
        client = enter(name)
        assert client.get(reverse("reports:operation", args=[operation.pk])).status_code == 200
        assert client.get(reverse("reports:indicators", args=[operation.pk])).status_code == 403
        published = client.get(reverse("reports:published_indicators", args=[operation.pk]))
        assert "Aucune année publiée" in published.content.decode()
    assert enter("farid").get(reverse("reports:operation", args=[operation.pk])).status_code == 404


@pytest.mark.django_db
def test_without_a_cohort_there_is_nothing_to_open(people):
    operation = funds.an_operation(people)
    type(people.a.cohort).objects.update(operation="")
    with pytest.raises(Refused, match="personne à compter"):
        open_tables(operation=operation, actor=people.actor("driss"), at=NOW)
