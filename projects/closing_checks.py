"""What a closing looks at among hours, money and attestations."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.urls import reverse
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.closing import Check, Line, lines, register
from cohorts.enums import EnrolmentState
from cohorts.enums.closing import Severity
from cohorts.models import Cohort, Enrolment, Mandate
from ct_platform.kit.clock import format_day, format_minutes
from ct_platform.kit.money import euros
from documents.enums import DocumentStatus
from documents.models import Document
from projects.enums import WorkState
from projects.models import Expense, ExpenseClaim, Sale, WorkEntry
from projects.papers import KIND
from projects.rules import closing_batch
from projects.selectors.waiting_money import unfinished_boxes


def _hours(code: str, *states: WorkState) -> Any:
    def rows(cohort: Cohort, today: dt.date) -> Any:
        found = WorkEntry.objects.of_cohort(cohort.pk).standing().filter(state__in=states)
        return lines(
            code,
            found.order_by().values("enrolment_id"),
            key="enrolment_id",
            person="enrolment__person",
            number=Sum("minutes"),
        )

    return rows


def _unpaid_sales(cohort: Cohort, today: dt.date) -> Any:
    """Noted by hand; those of an invoice are told with it (invoice_checks)."""
    rows = Sale.objects.of_cohort(cohort.pk).standing().filter(moved_on__isnull=True)
    rows = rows.filter(invoice__isnull=True)
    return lines("sales", rows, words="label", day="sold_on", amount="amount")


def _cash_boxes(cohort: Cohort, today: dt.date) -> Any:
    rows = unfinished_boxes(today).filter(project__cohort=cohort)
    return lines("cash_boxes", rows, words="project__name", day="day")


def _uncounted(code: str, model: Any) -> Any:
    def rows(cohort: Cohort, today: dt.date) -> Any:
        found = model.objects.of_cohort(cohort.pk).standing()
        found = found.filter(pay_run_key__isnull=True, moved_on__isnull=False)
        return lines(code, found, words="label", day="moved_on", amount="amount")

    return rows


def _without_receipt(cohort: Cohort, today: dt.date) -> Any:
    rows = Expense.objects.of_cohort(cohort.pk).standing().filter(receipt__isnull=True)
    return lines("receipts", rows, words="label", day="moved_on", amount="amount")


def _unanswered(cohort: Cohort, today: dt.date) -> Any:
    rows = ExpenseClaim.objects.of_cohort(cohort.pk).waiting()
    return lines("claims", rows, words="label", day="spent_on", amount="total")


def _attestations(cohort: Cohort, today: dt.date) -> Any:
    """Who did something that is proved, and has no attestation of this closing."""
    given = Document.objects.filter(
        kind=KIND,
        batch=closing_batch(cohort.pk),
        subject_id=OuterRef("person_id"),
        status=DocumentStatus.VALID,
    )
    worked = WorkEntry.objects.verified().filter(enrolment_id=OuterRef("pk"))
    mandated = Mandate.objects.filter(enrolment_id=OuterRef("pk"), starts_on__lte=today)
    rows = (
        Enrolment.objects.of_cohort(cohort.pk)
        .exclude(state=EnrolmentState.SELECTED)
        .filter(Exists(worked) | Exists(mandated), ~Exists(given))
    )
    return lines("attestations", rows, person="person")


def _at(name: str, cohort: Cohort, **more: Any) -> str:
    return reverse(f"projects:{name}", kwargs={"cohort_id": cohort.pk, **more})


def _to_hours(cohort: Cohort, line: Line | None) -> str:
    return _at("cohort_hours", cohort)


def _to_activities(cohort: Cohort, line: Line | None) -> str:
    return _at("activities", cohort)


def _to_expenses(cohort: Cohort, line: Line | None) -> str:
    return f"{_at('activities', cohort)}?vue=depenses"


def _to_claims(cohort: Cohort, line: Line | None) -> str:
    return _at("claims", cohort)


def _money_words(line: Line) -> str:
    """ "Paniers du marché, 45,00 €, le 3 novembre 2026"."""
    amount = euros(line.amount) if line.amount is not None else ""
    day = _say("le %(day)s") % {"day": format_day(line.day)} if line.day else ""
    return ", ".join(part for part in (line.words, amount, day) if part)


def register_checks() -> None:
    """Called once, from ProjectsConfig.ready()."""
    for check in (
        Check(
            code="attestations",
            title=_("Attestations à donner"),
            settled=_("Chaque personne qui a participé a son attestation."),
            why=_("L’attestation dit les heures, les mandats, les décisions et les compétences."),
            severity=Severity.BLOCKS,
            icon="attestation",
            rows=_attestations,
            tell=lambda line: _say("Attestation de participation à donner."),
            mend=lambda cohort, line: _at("closing_papers", cohort),
        ),
        Check(
            code="hours",
            title=_("Heures que personne n’a confirmées"),
            settled=_("Toutes les heures notées sont confirmées."),
            why=_("Elles n’entrent ni dans une paie ni dans une attestation."),
            severity=Severity.WARNS,
            icon="horloge",
            rows=_hours("hours", WorkState.OPEN, WorkState.DECLARED),
            tell=lambda line: (
                _say("%(hours)s à confirmer.") % {"hours": format_minutes(line.number or 0)}
            ),
            mend=_to_hours,
        ),
        Check(
            code="unpaid_hours",
            title=_("Heures confirmées qui ne sont dans aucune paie"),
            settled=_("Toutes les heures confirmées sont dans une paie."),
            why=_("Elles n’ont rien partagé encore."),
            severity=Severity.WARNS,
            icon="horloge",
            rows=_hours("unpaid_hours", WorkState.CONFIRMED),
            tell=lambda line: (
                _say("%(hours)s hors de toute paie.") % {"hours": format_minutes(line.number or 0)}
            ),
            mend=_to_hours,
        ),
        Check(
            code="sales",
            title=_("Ventes pas encore payées"),
            settled=_("Toutes les ventes sont payées."),
            why=_("Ce qui n’est pas payé n’entre pas dans le pot commun."),
            severity=Severity.WARNS,
            icon="vente",
            rows=_unpaid_sales,
            tell=_money_words,
            mend=_to_activities,
        ),
        Check(
            code="cash_boxes",
            title=_("Caisses pas encore comptées à deux"),
            settled=_("Toutes les caisses sont comptées et réparties."),
            why=_("La recette d’un marché n’entre dans le pot qu’une fois comptée et répartie."),
            severity=Severity.WARNS,
            icon="cagnotte",
            rows=_cash_boxes,
            tell=_money_words,
            mend=lambda cohort, line: _at("cohort_cash", cohort),
        ),
        Check(
            code="unshared_sales",
            title=_("Ventes payées qui ne sont dans aucune paie"),
            settled=_("Tout l’argent des ventes est passé dans une paie."),
            why=_("Cet argent est au groupe : il reste à partager."),
            severity=Severity.WARNS,
            icon="cagnotte",
            rows=_uncounted("unshared_sales", Sale),
            tell=_money_words,
            mend=_to_activities,
        ),
        Check(
            code="uncounted_expenses",
            title=_("Dépenses qui ne sont dans aucune paie"),
            settled=_("Toutes les dépenses sont comptées."),
            why=_("Elles n’ont pas encore été retirées du pot commun."),
            severity=Severity.WARNS,
            icon="cagnotte",
            rows=_uncounted("uncounted_expenses", Expense),
            tell=_money_words,
            mend=_to_activities,
        ),
        Check(
            code="claims",
            title=_("Dépenses envoyées, sans réponse"),
            settled=_("Chaque dépense envoyée a sa réponse."),
            why=_("Une personne a peut-être avancé cet argent : elle attend qu’on le lui rende."),
            severity=Severity.BLOCKS,
            icon="attente",
            rows=_unanswered,
            tell=_money_words,
            mend=_to_claims,
        ),
        Check(
            code="receipts",
            title=_("Dépenses sans justificatif"),
            settled=_("Chaque dépense a son justificatif."),
            why=_("La coopérative hôte en a besoin pour ses comptes et pour la TVA."),
            severity=Severity.WARNS,
            icon="papier",
            rows=_without_receipt,
            tell=_money_words,
            mend=_to_expenses,
        ),
    ):
        register(check)
