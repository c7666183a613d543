"""A host without a delegated series: the platform asks it to invoice, and keeps the number it gave."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock, states
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Frozen, Refused
from projects.enums import INVOICE_ALLOWED, InvoiceState
from projects.models import Invoice
from projects.services.invoices._rows import hold, refuse_final, refuse_seen
from projects.services.invoices.issuing import finish, judge

LONGEST = 30


@transaction.atomic
def number_by_host(
    *,
    invoice: Invoice,
    seen_version: int,
    number: str,
    issued_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Invoice:
    """The host types the number and day of the invoice its own software issued: it is issued here too.

    Its paper stays the request: the invoice itself is the host's. Typing the same number again is
    quiet. Refused for a number already used, a day in the future, a host that delegated a series.
    """
    words = " ".join(number.split())
    row = hold(invoice)
    if row.is_issued:
        if row.number == words:
            return row
        raise Frozen(_("Cette facture a déjà le n° %s : il ne change plus.") % row.number)
    refuse_archived(row.cohort)
    refuse_final(row)
    refuse_seen(row, seen_version)
    if row.state not in (InvoiceState.SUBMITTED, InvoiceState.APPROVED):
        raise Refused(_("Cette facture n’est pas encore envoyée à la coopérative hôte."))
    if not words or len(words) > LONGEST:
        raise Refused(_("Écrivez le numéro que votre logiciel a donné."), field="number")
    if issued_on > clock.civil_day(at):
        raise Refused(_("Cette date est dans le futur."), field="issued_on")
    judged = judge(row, issued_on, at)
    if judged.terms.gives_numbers:
        raise Refused(_("La plateforme donne les numéros de votre série : émettez la facture."))
    taken = Invoice.objects.filter(host_id=row.host_id, number=words).exists()
    if taken:
        raise Refused(_("Une autre facture porte déjà ce numéro."), field="number")
    if row.state == InvoiceState.SUBMITTED:
        states.move(
            row,
            InvoiceState.APPROVED,
            allowed=INVOICE_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            approved_by_id=actor.person_id,
            approved_at=at,
        )
    with refusing(Invoice):
        finish(
            row,
            judged,
            number=words,
            issued_on=issued_on,
            document=row.document,
            actor=actor,
            at=at,
            numbered_by_host=True,
        )
    return row
