"""What a closing looks at among invoices: those never issued, those whose money has not come."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from cohorts.closing import Check, Line, lines, register
from cohorts.enums.closing import Severity
from cohorts.models import Cohort
from ct_platform.kit.money import euros
from projects.enums import InvoiceKind, InvoiceState
from projects.models import Invoice, Sale


def _unissued(cohort: Cohort, today: dt.date) -> Any:
    rows = Invoice.objects.of_cohort(cohort.pk).filter(
        state__in=[InvoiceState.DRAFT, InvoiceState.SUBMITTED, InvoiceState.APPROVED]
    )
    return lines("invoices", rows, words="title", amount="total_amount")


def _unpaid(cohort: Cohort, today: dt.date) -> Any:
    """Invoices that still bring rows nobody paid; what a credit note cancelled is offset, or is here."""
    owing = Sale.objects.standing().filter(invoice_id=OuterRef("pk"), moved_on__isnull=True)
    rows = (
        Invoice.objects.of_cohort(cohort.pk)
        .issued()
        .exclude(kind=InvoiceKind.CREDIT_NOTE)
        .filter(Exists(owing))
    )
    return lines("unpaid_invoices", rows, words="number", day="due_on", amount="total_amount")


def _told(line: Line) -> str:
    amount = euros(line.amount) if line.amount is not None else ""
    return ", ".join(part for part in (line.words, amount) if part)


def _to_invoices(tab: str) -> Any:
    def mend(cohort: Cohort, line: Line | None) -> str:
        url = reverse("projects:invoices", kwargs={"cohort_id": cohort.pk})
        return f"{url}?vue={tab}"

    return mend


def register_checks() -> None:
    """Called once, from ProjectsConfig.ready()."""
    for check in (
        Check(
            code="invoices",
            title=_("Factures pas encore émises"),
            settled=_("Toutes les factures écrites sont émises ou abandonnées."),
            why=_("Une vente sans facture ne sera pas payée ; un brouillon s’abandonne."),
            severity=Severity.WARNS,
            icon="vente",
            rows=_unissued,
            tell=_told,
            mend=_to_invoices("a-faire"),
        ),
        Check(
            code="unpaid_invoices",
            title=_("Factures pas encore payées"),
            settled=_("Toutes les factures sont payées."),
            why=_("Ce qui n’est pas payé n’entre pas dans le pot commun."),
            severity=Severity.WARNS,
            icon="vente",
            rows=_unpaid,
            tell=lambda line: _say("Facture n° %s") % _told(line),
            mend=_to_invoices("a-encaisser"),
        ),
    ):
        register(check)
