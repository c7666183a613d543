"""Closing a cohort: what is missing is found, settled or explained, then the archive opens."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cohorts import closing as registry
from cohorts.closing import Line
from cohorts.enums import CohortState
from cohorts.enums.closing import Severity
from cohorts.models import ClosingReason, Cohort, ExitSituation, Mandate
from cohorts.selectors.closing import closing_of
from cohorts.services.cohorts import archive_cohort
from ct_platform.kit.errors import Refused
from documents.models import Document, Rendering
from payroll.models import PayRun
from testimonials.services.words import submit_words
from tests import factories as make
from tests.cohorts.closing_verbs import at_state, checked, closing, explain, explain_all
from tests.decisions.assembly import put_to_vote
from tests.factories import NOW, TODAY
from tests.projects.receipts import accept, send

SEPTEMBER = dt.date(2026, 9, 10)


def mandate(people):
    Mandate.objects.create(
        enrolment=people.enrolments["amina"],
        title="Trésorière",
        starts_on=SEPTEMBER,
        decision_number=1,
    )


def hours(people, *, confirmed=False):
    kitchen = make.ProjectFactory(cohort=people.a.cohort)
    for minutes in (60, 30):
        make.WorkEntryFactory(
            enrolment=people.enrolments["amina"],
            project=kitchen,
            minutes=minutes,
            confirmed=confirmed,
        )


def sale(people, **more):
    project = make.ProjectFactory(cohort=people.a.cohort)
    make.SaleFactory(project=project, recorded_by=people.driss, amount=Decimal("45.00"), **more)


def expense(people):
    project = make.ProjectFactory(cohort=people.a.cohort)
    make.ExpenseFactory(project=project, recorded_by=people.driss, amount=Decimal("12.50"))


def run(people, state="draft"):
    PayRun.objects.create(cohort=people.a.cohort, month=dt.date(2026, 10, 1), state=state)


def failed_paper(people):
    paper = Document.objects.create(
        kind="participation", title="Attestation", issuer_key=people.a.host.pk, issuer_name="Le Ferment",
        subject=people.amina, cohort_key=people.a.cohort.pk, territory_key=people.a.territory.pk,
        effect_key="x", code="0" * 26, snapshot={}, template_version="2", issued_at=NOW,
    )  # fmt: skip
    Rendering.objects.create(document=paper, sent_at=NOW, status="failed", error="Panne.")


def words(people):
    submit_words(
        enrolment=people.enrolments["amina"], text="Mes mots.", signed_as="Amina", trade="cuisine",
        consent_until=dt.date(2027, 6, 30), actor=people.actor("amina"), at=NOW,
    )  # fmt: skip


# code → (what makes it missing, who and what the page says)
MISSING = {
    "mandates": (mandate, "Amina Sarr", "Trésorière"),
    "hours": (hours, "Amina Sarr", "1\u00a0h\u00a030 à confirmer."),
    "unpaid_hours": (
        lambda people: hours(people, confirmed=True),
        "Amina Sarr",
        "1\u00a0h\u00a030",
    ),
    "attestations": (lambda people: hours(people, confirmed=True), "Amina Sarr", "Attestation"),
    "sales": (lambda people: sale(people, moved_on=None), "", "45,00"),
    "unshared_sales": (lambda people: sale(people, moved_on=TODAY), "", "45,00"),
    "uncounted_expenses": (expense, "", "12,50"),
    "receipts": (expense, "", "12,50"),
    "claims": (send, "", "52,75"),
    "refunds": (lambda people: accept(people, send(people)), "Amina Sarr", "avancé"),
    "pay_drafts": (run, "", "Paie d’octobre 2026"),
    "pay_under_way": (lambda people: run(people, "computed"), "", "octobre 2026"),
    "unpaid_pay": (lambda people: run(people, "issued"), "", "octobre 2026"),
    "polls": (put_to_vote, "", "Comment partager"),
    "papers": (failed_paper, "Amina Sarr", "Attestation"),
    "testimonials": (words, "Amina Sarr", "à relire"),
}


@pytest.mark.parametrize("code", MISSING)
def test_each_check_finds_what_is_missing_here_and_nowhere_else(people, code):
    make_missing, who, said = MISSING[code]
    assert checked(people.a.cohort, code).is_settled

    make_missing(people)

    [line] = checked(people.a.cohort, code).shown
    assert line.who == who and said in line.text
    assert line.url.startswith("/")
    assert checked(people.b.cohort, code).is_settled


@pytest.mark.parametrize("code", ["contracts", "cape_ends", "exits", "files"])
def test_people_who_took_part_are_looked_at_those_who_left_too(people, code):
    found = checked(people.a.cohort, code)
    assert {one.who for one in found.lines} == {"Amina Sarr", "Bastien Cherif", "Gaël Parti"}


def test_a_known_exit_is_not_asked_again(people):
    ExitSituation.objects.create(
        enrolment=people.enrolments["gael"], number=1, written_by=people.driss, written_at=NOW,
        left_on=SEPTEMBER, status="job", known_on=SEPTEMBER,
    )  # fmt: skip
    assert "Gaël Parti" not in {one.who for one in checked(people.a.cohort, "exits").lines}


def test_files_are_said_only_above_the_share_that_costs_the_grant(people, monkeypatch):
    from cohorts import closing_checks

    some = [type("I", (), {"enrolment": people.enrolments["amina"], "missing_words": ["Sexe"]})]
    monkeypatch.setattr(closing_checks, "incomplete_files", lambda cohort: (some * 35, 100))
    assert checked(people.a.cohort, "files").is_settled
    monkeypatch.setattr(closing_checks, "incomplete_files", lambda cohort: (some * 36, 100))
    assert not checked(people.a.cohort, "files").is_settled


# --- reasons


def test_a_reason_passes_what_was_missing_when_it_was_written(people):
    mandate(people)
    explain(people, "mandates", "Il finit avec la coopérative.")

    found = checked(people.a.cohort, "mandates")
    assert found.is_explained and not found.is_in_the_way
    assert found.reason.written_by == people.driss


def test_something_more_later_asks_for_another_reason(people):
    mandate(people)
    explain(people, "mandates")
    Mandate.objects.create(
        enrolment=people.enrolments["bastien"],
        title="Caisse",
        starts_on=SEPTEMBER,
        decision_number=2,
    )
    assert checked(people.a.cohort, "mandates").is_in_the_way


def test_less_than_what_was_explained_stays_explained(people):
    mandate(people)
    Mandate.objects.create(
        enrolment=people.enrolments["bastien"],
        title="Caisse",
        starts_on=SEPTEMBER,
        decision_number=2,
    )
    explain(people, "mandates")
    Mandate.objects.filter(title="Caisse").update(ends_on=dt.date(2026, 10, 1))
    assert checked(people.a.cohort, "mandates").is_explained


def test_what_blocks_is_passed_by_no_reason(people):
    put_to_vote(people)
    with pytest.raises(Refused, match="se règle avant l’archive"):
        explain(people, "polls")
    assert not ClosingReason.objects.exists()


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("mandates", "  ", "raison"),
        ("nothing", "Oui.", "n’existe pas"),
        ("mandates", "x" * 301, "300"),
    ],
)
def test_an_empty_or_endless_reason_or_an_unknown_check_is_refused(people, code, reason, said):
    mandate(people)
    with pytest.raises(Refused, match=said):
        explain(people, code, reason)
    assert not ClosingReason.objects.exists()


def test_nothing_missing_needs_no_reason_and_the_same_words_are_written_once(people):
    assert explain(people, "mandates") is None
    mandate(people)
    assert explain(people, "mandates") == explain(people, "mandates")
    assert ClosingReason.objects.count() == 1


def test_the_database_itself_keeps_a_reason_as_it_was_written(people):
    mandate(people)
    row = explain(people, "mandates")
    for act in (
        lambda: ClosingReason.objects.filter(pk=row.pk).update(reason="Autre."),
        lambda: ClosingReason.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert ClosingReason.objects.get().reason == "Dit en réunion."


# --- the archive


def test_the_archive_waits_for_what_is_missing_and_names_it(people):
    cohort = closing(people)
    put_to_vote(people)
    explain_all(people)

    with pytest.raises(Refused, match="Votes pas encore comptés"):
        archive_cohort(cohort=cohort, actor=people.actor("driss"), at=NOW)
    assert Cohort.objects.get(pk=cohort.pk).state == CohortState.CLOSING


def test_everything_settled_or_explained_opens_the_archive(people):
    cohort = closing(people)
    explain_all(people)
    archive_cohort(cohort=cohort, actor=people.actor("driss"), at=NOW)
    assert Cohort.objects.get(pk=cohort.pk).state == CohortState.ARCHIVED


def test_nothing_is_explained_once_archived(people):
    mandate(people)
    at_state(people.a.cohort, CohortState.ARCHIVED)
    with pytest.raises(Refused, match="est archivée"):
        explain(people, "mandates")


# --- pages


def test_the_page_says_what_to_do_and_a_reason_is_typed(people, enter):
    mandate(people)
    client, cohort = enter("driss"), closing(people)
    page = client.get(reverse("cohorts:closing", args=[cohort.pk])).content.decode()
    assert "Mandats encore en cours" in page and "Trésorière" in page

    address = reverse("cohorts:explain", args=[cohort.pk, "mandates"])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Il finit avec la coopérative."})

    page = client.get(reverse("cohorts:closing", args=[cohort.pk])).content.decode()
    assert "« Il finit avec la coopérative. »" in page


def test_failed_papers_are_made_again_from_the_page(people, enter):
    failed_paper(people)
    enter("driss").post(reverse("cohorts:closing_retry", args=[people.a.cohort.pk]))
    assert Rendering.objects.get().status == "waiting"


def test_every_check_has_its_words_and_blocks_come_first():
    checks = registry.all_checks()
    assert len({one.code for one in checks}) == len(checks) >= 18
    severities = [one.severity for one in checks]
    assert severities == sorted(severities, key=lambda one: one != Severity.BLOCKS)
    for one in checks:
        assert (one.rows is None) != (one.found is None)
        assert str(one.title) and str(one.settled) and str(one.why)
        assert (
            one.tell(Line("1", "Amina", "draft" if "pay" in one.code else "mots", SEPTEMBER))
            is not None
        )


def test_all_the_checks_cost_five_queries(people, django_assert_max_num_queries):
    mandate(people)
    with django_assert_max_num_queries(5):
        closing_of(people.a.cohort, TODAY)
