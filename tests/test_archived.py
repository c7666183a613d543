"""An archived cohort is read, and nothing on it changes: every address that acts, every persona."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse

from cohorts import archive
from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from cohorts.services.closing import explain_missing
from cohorts.services.imports import start_import
from cohorts.services.sensitive import write_sensitive
from ct_platform.kit.errors import Refused
from decisions.services.proposals import write_proposal
from payroll.services.adjustments import record_advance
from payroll.services.runs import open_run
from projects.services import money, work
from projects.services.attestations import issue_closing_papers
from tests import factories as make
from tests.access_rows import ROWS
from tests.access_world import furnish, keys_of
from tests.factories import NOW, TODAY
from tests.test_access import ADDRESSES, fingerprint, written

INSIDE = ("driss", "helene", "amina", "bastien")
SENTENCE = "Cette coopérative est archivée"
# Acts that touch no cohort: somebody's own settings, another cohort, the host's own house.
OF_NO_COHORT = {
    "cohorts:create", "cohorts:programmes", "cohorts:close_programme", "cohorts:contract_terms",
    "payroll:host_settings", "payroll:confirm_profile", "payroll:host_accounts",
    "payroll:write_profile", "payroll:host_bank", "cohorts:import_kit",
    "projects:seller_terms", "projects:vat",
}  # fmt: skip


def archived(people) -> dict[str, Any]:
    """The furnished cohort A, archived with everything still hanging in it."""
    ids = furnish(people)
    archive_a(people)
    return ids


def archive_a(people) -> None:
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state=CohortState.ARCHIVED)
    Enrolment.objects.of_cohort(people.a.cohort.pk).active().update(state=EnrolmentState.COMPLETED)


def addresses_for(person: str, ids: dict[str, Any]):
    for name, row in ROWS.items():
        if person in row.opens and not row.public and name != "members:sign_out":
            yield name, row, reverse(name, kwargs=keys_of(name, ADDRESSES[name], ids))


@pytest.mark.parametrize("person", INSIDE)
def test_every_act_is_refused_with_its_sentence_or_named_as_still_open(people, enter, person):
    ids, client = archived(people), enter(person)
    client.get(reverse("members:seats"), follow=True)
    wrong = []
    for name, row, address in addresses_for(person, ids):
        if name in archive.kept_open() or name.startswith(archive.ONESELF) or name in OF_NO_COHORT:
            continue
        before = written()
        with transaction.atomic():
            answer = client.post(address, dict(row.sends))
            moved = written() != before
            transaction.set_rollback(True)
        refused = SENTENCE in answer.content.decode(errors="ignore")
        # 403: the view's own door is closed too; 405: there is nothing to do there.
        if moved or not (refused or answer.status_code in (403, 404, 405)):
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("person", INSIDE)
def test_what_could_be_read_is_still_read(people, enter, person):
    """Pages open, or are the form of an act, which closes with it."""
    ids, client = furnish(people), enter(person)
    client.get(reverse("members:seats"), follow=True)

    def read() -> dict[str, int]:
        return {
            name: client.get(address).status_code
            for name, row, address in addresses_for(person, ids)
            if not row.post
        }

    before = read()
    archive_a(people)
    after = read()
    assert {
        name: code for name, code in after.items() if code not in (before[name], 302, 403)
    } == {}


def test_papers_pay_and_the_personal_path_stay_readable(people, enter):
    ids = archived(people)
    amina, driss = enter("amina"), enter("driss")
    for name in ("documents:mine", "home:my_coop", "cohorts:my_skills", "projects:my_hours", "payroll:my_pay",
                 "cohorts:my_presences", "cohorts:my_file", "decisions:register"):  # fmt: skip
        assert amina.get(reverse(name)).status_code == 200, name
    for name in ("cohorts:papers", "cohorts:closing", "cohorts:files", "cohorts:calendar", "payroll:runs",
                 "decisions:of_cohort", "projects:cohort_hours", "home:cohort_dashboard"):  # fmt: skip
        assert driss.get(reverse(name, args=[ids["cohort_id"]])).status_code == 200, name


def test_the_refusal_is_said_on_the_page_one_came_from(people, enter):
    ids, client = archived(people), enter("driss")
    page = "http://testserver" + reverse("projects:activities", args=[ids["cohort_id"]])
    answer = client.post(
        reverse("projects:add_project", args=[ids["cohort_id"]]),
        {"name": "Jardin"},
        HTTP_REFERER=page,
    )
    assert answer.status_code == 302 and answer.headers["Location"] == page
    assert SENTENCE in str(next(iter(get_messages(answer.wsgi_request))))


@pytest.mark.parametrize("person", ["dalia", "chloe", "hugo"])
def test_a_stranger_learns_nothing_of_it(people, enter, person):
    ids, client = archived(people), enter(person)
    answer = client.post(
        reverse("projects:add_project", args=[ids["cohort_id"]]), {"name": "Jardin"}
    )
    assert answer.status_code == 404
    assert SENTENCE not in answer.content.decode()


def test_a_cohort_that_runs_is_not_concerned(people, enter):
    Cohort.objects.filter(pk=people.b.cohort.pk).update(state=CohortState.ARCHIVED)
    answer = enter("driss").post(
        reverse("cohorts:step", args=[people.a.cohort.pk]), {"to": CohortState.CLOSING}
    )
    assert answer.status_code == 302
    assert Cohort.objects.get(pk=people.a.cohort.pk).state == CohortState.CLOSING


def test_every_act_kept_open_says_why_and_exists():
    kept = archive.kept_open()
    assert set(kept) <= set(ADDRESSES)
    assert all(len(reason) > 20 for reason in kept.values())


# --- by service, whoever calls it


def _services(people) -> dict[str, Any]:
    """One act of each room, on cohort A as it is in the database now."""
    cohort = Cohort.objects.get(pk=people.a.cohort.pk)
    amina = Enrolment.objects.get(pk=people.enrolments["amina"].pk)
    by = {"actor": people.actor("driss"), "at": NOW}
    project = make.ProjectFactory(cohort=cohort)
    sale = make.SaleFactory(project=project, recorded_by=people.driss, moved_on=None)
    spent = {"label": "x", "amount": Decimal("1"), "vat_rate": Decimal("0")}
    entry = make.WorkEntryFactory(enrolment=amina, project=project, minutes=60)
    return {
        "add_project": lambda: money.add_project(
            cohort=cohort, name="Jardin", trade="cuisine", **by
        ),
        "record_sale": lambda: money.record_sale(
            project=project, customer="", sold_on=TODAY, paid_on=None, **spent, **by
        ),
        "record_expense": lambda: money.record_expense(
            project=project, supplier="", spent_on=TODAY, **spent, **by
        ),
        "mark_paid": lambda: money.mark_paid(sale=sale, paid_on=TODAY, seen_version=1, **by),
        "confirm": lambda: work.confirm_one(entry=entry, seen_version=1, **by),
        "propose": lambda: write_proposal(
            cohort=cohort, title="Q", effect_code="living_rule", effect_settings={}, **by
        ),
        "open_run": lambda: open_run(
            cohort=cohort, month=dt.date(2026, 11, 1), paid_on=TODAY, **by
        ),
        "advance": lambda: record_advance(
            enrolment=amina, amount=Decimal("1"), given_on=TODAY, reason="x", **by
        ),
        "sensitive": lambda: sensitive_of(amina, by),
        "explain": lambda: explain_missing(cohort=cohort, code="mandates", reason="Oui.", **by),
        "attestations": lambda: issue_closing_papers(cohort=cohort, **by),
        "import": lambda: start_import(
            cohort=cohort, name="a.csv", content=b"x", actor=by["actor"]
        ),
    }


def sensitive_of(enrolment, by):
    return write_sensitive(enrolment=enrolment, answers={}, reason="", **by)


SERVICES = ("add_project", "record_sale", "record_expense", "mark_paid", "confirm", "propose", "open_run",
            "advance", "sensitive", "explain", "attestations", "import")  # fmt: skip


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_refuses_it_too(people, name):
    archive_a(people)
    act = _services(people)[name]
    before = fingerprint()
    with pytest.raises(Refused, match="archivée"):
        act()
    assert fingerprint() == before
