"""What waits among invoices: at the host, at the coordination, at a customer who is late."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from projects.enums import InvoiceState
from projects.models import Invoice


def _approved(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s facture validée, pas encore émise", "%(n)s factures validées, pas encore émises",
        pile.count,
    )  # fmt: skip
    return Line(
        "vente", title % {"n": pile.count}, _("Donnez-lui son numéro : le client peut payer ensuite."),
        door("projects:invoices", pile), state=_("À émettre"), tone="warn",
        law=_("CGI, article 289"),
    )  # fmt: skip


def _sent_back(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s facture rendue par l’hôte", "%(n)s factures rendues par l’hôte", pile.count
    )
    return Line(
        "bulle", title % {"n": pile.count}, _("La coopérative hôte demande un changement."),
        door("projects:invoices", pile), state=_("À corriger"), tone="warn",
    )  # fmt: skip


def _submitted(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s facture chez l’hôte", "%(n)s factures chez l’hôte", pile.count)
    return Line(
        "cle", title % {"n": pile.count}, _("La coopérative hôte relit, ou donne son numéro."),
        door("projects:invoices", pile), state=_("Chez l’hôte"), tone="wait", by_host=True,
    )  # fmt: skip


SOURCES = (
    Source(
        "invoices_approved", 38, lambda today: Invoice.objects.filter(state=InvoiceState.APPROVED),
        _approved, cohort="cohort_id",
    ),
    Source(
        "invoices_sent_back", 38,
        lambda today: Invoice.objects.filter(state=InvoiceState.DRAFT).exclude(sent_back_because=""),
        _sent_back, cohort="cohort_id",
    ),
    Source(
        "invoices_submitted", 40, lambda today: Invoice.objects.filter(state=InvoiceState.SUBMITTED),
        _submitted, cohort="cohort_id",
    ),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
