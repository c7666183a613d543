"""What a payment must be, and the invoice held while it is noted."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import ZERO, cents, euros
from projects.enums import PaymentMeans
from projects.models import Invoice, Payment

LONGEST_REFERENCE = 80


def hold(*keys: int) -> list[Invoice]:
    """Lock these invoices, always in the same order; then nobody else counts their money."""
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("cohort", "customer")
    found = {one.pk: one for one in rows.filter(pk__in=keys).order_by("pk")}
    return [found[key] for key in keys]


def received_for(invoice: Invoice) -> Decimal:
    """What came for an invoice, what went for a credit note; positive, VAT included. One query."""
    total: Decimal = invoice.payments.aggregate(total=Sum("amount"))["total"] or ZERO
    return -total if invoice.is_credit else total


def left_of(invoice: Invoice) -> Decimal:
    left: Decimal = invoice.total_amount - received_for(invoice)
    return left


def refuse_not_issued(invoice: Invoice) -> None:
    if not invoice.is_issued:
        raise Refused(_("Cette facture n’est pas émise : personne ne la doit encore."))


def refuse_means(means: str) -> None:
    if means not in PaymentMeans.values or means == PaymentMeans.OFFSET:
        raise Refused(_("Dites comment l’argent est arrivé."), field="means")


def refuse_amount(amount: Decimal) -> None:
    if amount <= 0:
        raise Refused(_("Le montant est plus grand que zéro."), field="amount")
    if amount != cents(amount):
        raise Refused(_("Ce montant ne peut pas être noté."), field="amount")


def refuse_beyond(invoice: Invoice, amount: Decimal, left: Decimal) -> None:
    if amount <= left:
        return
    if left <= 0:
        raise Refused(_("Il ne reste rien à payer sur %(number)s.") % {"number": invoice.number})
    words = {"left": euros(left), "more": euros(amount - left), "number": invoice.number}
    raise Refused(
        _(
            "Il reste %(left)s sur %(number)s. Notez %(left)s ici ; les %(more)s en trop vont sur "
            "une autre facture de ce client, ou lui sont rendus."
        )
        % words,
        field="amount",
    )


def refuse_day(invoice: Invoice, day: dt.date, at: dt.datetime) -> None:
    """Not in the future, not before the group began. A customer may pay before the invoice."""
    if day > clock.civil_day(at):
        raise Refused(_("Cette date est dans le futur."), field="received_on")
    if day < invoice.cohort.starts_on:
        first = clock.format_day(invoice.cohort.starts_on)
        raise Refused(_("La coopérative a commencé le %s.") % first, field="received_on")


def refuse_reference(reference: str) -> None:
    if len(reference) > LONGEST_REFERENCE:
        raise Refused(_("La référence tient en 80 signes."), field="reference")


def already(client_uuid: uuid.UUID, invoice: Invoice) -> Payment | None:
    """The payment that this form made already. Raises Refused when it was for another invoice."""
    found: Payment | None = Payment.objects.filter(client_uuid=client_uuid).first()
    if found is not None and found.invoice_id != invoice.pk:
        raise Refused(_("Ce formulaire a déjà servi. Rechargez la page."))
    return found
