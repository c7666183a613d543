"""What credit notes took of an invoice, what is left of it, and what one more may take."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros, plain
from projects.enums import InvoiceKind
from projects.models import Invoice
from projects.rules.billing import Left, TooMuchCredit, credit_totals, left_of
from projects.rules.totals import Totals
from projects.services.invoices._rows import amounts, lines_of


def issued_credit_notes(invoice: Invoice) -> list[Invoice]:
    """In the order of their numbers."""
    notes = Invoice.objects.issued().filter(corrects_id=invoice.pk, kind=InvoiceKind.CREDIT_NOTE)
    return list(notes.order_by("issued_on", "number", "pk"))


def left_to_credit(invoice: Invoice) -> Left:
    """What issued credit notes have not taken yet, rate by rate. Two queries and one a credit note."""
    notes = issued_credit_notes(invoice)
    return left_of(amounts(lines_of(invoice)), [amounts(lines_of(one)) for one in notes])


def is_wholly_credited(invoice: Invoice) -> bool:
    return invoice.is_issued and left_to_credit(invoice).is_nothing


def credited_totals(corrected: Invoice, lines: Iterable[Any]) -> Totals:
    """The sums of a credit note of `lines`. Refused when it takes more than is left."""
    try:
        return credit_totals(amounts(lines), left_to_credit(corrected))
    except TooMuchCredit as refusal:
        raise _too_much(corrected, refusal) from None


def _too_much(corrected: Invoice, refusal: TooMuchCredit) -> Refused:
    words = {"number": corrected.number, "left": euros(refusal.left)}
    if refusal.percent is None:
        sentence = _(
            "Cet avoir dépasse ce qui reste de la facture n° %(number)s : %(left)s hors TVA."
        )
        return Refused(sentence % words)
    sentence = _(
        "Cet avoir dépasse ce qui reste de la facture n° %(number)s à %(rate)s %% de TVA : "
        "%(left)s hors TVA."
    )
    return Refused(sentence % {**words, "rate": plain(refusal.percent.normalize())})
