"""A list of payments as a workbook, and cheques with their letters as a PDF: drawn anew, stored nowhere."""

import datetime as dt
import io

import xlsxwriter
from django.utils.translation import gettext as _

from ct_platform.kit.clock import Month, format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.exports import Cell, write_table
from ct_platform.kit.words import amount_in_words
from documents.services.render import render_transient
from payroll.enums import PaymentKind, PaymentState
from payroll.models import Payment, PaymentOrder, RefundOrder, RefundPayment


def payment_list(order: PaymentOrder | RefundOrder) -> bytes:
    """Every payment of an order, cancelled ones included, as XLSX. The same rows give the same bytes."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # Else the library reads the clock.
    book.set_properties({"created": dt.datetime.combine(order.execute_on, dt.time())})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "amount": book.add_format({"num_format": "# ##0.00"}),
    }
    sheet = book.add_worksheet(_("Paiements"))
    for column, width in enumerate((32, 14, 12, 30, 16, 20, 24, 14)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    header = [
        _("Personne"), _("Montant"), _("Moyen"), _("Titulaire"), _("Compte, fin"), _("État"),
        _("Référence"), _("Payé le"),
    ]  # fmt: skip
    write_table(sheet, header, [_row(payment) for payment in _payments(order)], formats)
    book.close()
    return file.getvalue()


def cheque_letters(order: PaymentOrder | RefundOrder) -> bytes:
    """One letter a cheque, amount in words, for the person it is handed or posted to.

    Raises Refused for a bank file, or when every cheque is cancelled; RenderRefused.
    """
    kept = [p for p in _payments(order) if p.state != PaymentState.CANCELLED]
    if order.kind != PaymentKind.CHEQUE or not kept:
        raise Refused(_("Il n’y a pas de chèque dans cette liste."))
    cohort, host = order.cohort, order.cohort.host
    identity = [part for part in (host.address, f"{host.postcode} {host.city}".strip()) if part]
    letters = [
        {
            "who": {"name": payment.enrolment.person.civil_name, "lines": _address(payment)},
            "amount": payment.amount,
            "words": amount_in_words(payment.amount),
            "number": payment.cheque_number,
            "reference": payment.end_to_end,
        }
        for payment in kept
    ]
    context = {
        "paper": {
            "title": order.reference,
            "issuer": host.name,
            "issued_on": order.execute_on.isoformat(),
        },
        "letters": letters,
        "issuer": {"name": host.name, "role": host.legal_form, "lines": [", ".join(identity)]},
        "city": host.city,
        "cohort": cohort.name,
        "eu": cohort.eu_funded,
        "day": format_day(order.execute_on),
    }
    if isinstance(order, RefundOrder):
        return render_transient("pdf/refund_letters.html", context)
    return render_transient("pdf/cheque_letters.html", context | {"month": Month(order.run.month)})


def _payments(order: PaymentOrder | RefundOrder) -> list[Payment | RefundPayment]:
    return list(order.payments.select_related("enrolment__person").order_by("pk"))


def _row(payment: Payment | RefundPayment) -> list[Cell]:
    return [
        payment.enrolment.person.civil_name,
        payment.amount,
        payment.get_kind_display(),
        payment.holder,
        payment.last4,
        payment.get_state_display(),
        payment.cheque_number or payment.end_to_end,
        payment.paid_on,
    ]


def _address(payment: Payment | RefundPayment) -> list[str]:
    person = payment.enrolment.person
    place = f"{person.postcode} {person.city}".strip()
    return [line for line in (person.address, place) if line]
