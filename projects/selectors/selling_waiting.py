"""What waits in the room of selling: at the host, at the customer, at the coordination."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door
from projects.enums import QuoteState
from projects.models import Quote

SOON = dt.timedelta(days=5)


def _approved(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s devis validé, pas encore envoyé",
        "%(n)s devis validés, pas encore envoyés",
        pile.count,
    )
    return Line(
        "papier", title % {"n": pile.count}, _("Le client l’attend."),
        door("projects:quotes", pile), state=_("À envoyer"), tone="warn",
    )  # fmt: skip


def _submitted(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s devis chez l’hôte", "%(n)s devis chez l’hôte", pile.count)
    return Line(
        "cle", title % {"n": pile.count}, _("La coopérative hôte relit avant l’envoi."),
        door("projects:quotes", pile), state=_("Chez l’hôte"), tone="wait", by_host=True,
    )  # fmt: skip


def _ending(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s devis sans réponse finit bientôt", "%(n)s devis sans réponse finissent bientôt",
        pile.count,
    )  # fmt: skip
    return Line(
        "attente", title % {"n": pile.count}, _("Appelez le client : il peut encore répondre."),
        door("projects:quotes", pile), due_on=pile.due_on, tone="warn",
    )  # fmt: skip


def _accepted(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s devis accepté, sans facture", "%(n)s devis acceptés, sans facture", pile.count
    )
    url = door("projects:quotes", pile) + "?vue=acceptes"
    return Line(
        "paie", title % {"n": pile.count}, _("Préparez l’acompte ou la facture."), url,
        state=_("À facturer"), tone="warn",
    )  # fmt: skip


SOURCES = (
    Source(
        "quotes_submitted", 40, lambda today: Quote.objects.filter(state=QuoteState.SUBMITTED),
        _submitted, cohort="cohort_id",
    ),
    Source(
        "quotes_approved", 38, lambda today: Quote.objects.filter(state=QuoteState.APPROVED),
        _approved, cohort="cohort_id",
    ),
    Source(
        "quotes_ending", 39,
        lambda today: Quote.objects.filter(
            state=QuoteState.SENT, valid_until__gte=today, valid_until__lte=today + SOON
        ),
        _ending, cohort="cohort_id", due="valid_until",
    ),
    Source(
        "quotes_accepted", 37,
        lambda today: Quote.objects.filter(state=QuoteState.ACCEPTED, invoices__isnull=True),
        _accepted, cohort="cohort_id",
    ),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
