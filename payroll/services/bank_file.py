"""The file a host gives its bank: pain.001.001.09, rebuilt each time from the sealed photographs.

sepaxml builds and checks it. Two things are ours: identifiers and the instant come from the order (the
library takes the clock and chance, and a second download would be another file, paid twice), and the
payer's bank says NOTPROVIDED without a BIC, as the scheme's rules ask (EPC132-08, AT-D002).
"""

import datetime as dt
import xml.etree.ElementTree as ET
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ct_platform.kit.crypto import unseal
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import to_cents
from members.services.bank import open_iban
from payroll.enums import PaymentKind, PaymentState
from payroll.models import HostBankDetails, Payment, PaymentOrder, RefundOrder, RefundPayment
from payroll.rules.sepa import sepa_text

SCHEMA = "pain.001.001.09"
_NS = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"


def bank_file(order: PaymentOrder | RefundOrder) -> bytes:
    """The XML of an order: the same bytes at each download, as long as none of it is cancelled.

    Costs one query, and a second to check the schema. Raises Refused for a list of cheques, an order
    whose payments are all cancelled, or a file the schema refuses.
    """
    payments = list(
        order.payments.exclude(state=PaymentState.CANCELLED)
        .select_related("enrolment__person")
        .order_by("pk")
    )
    bank: HostBankDetails | None = order.bank
    if order.kind != PaymentKind.SEPA or bank is None or not payments:
        raise Refused(_("Il n’y a pas de virement à envoyer dans cette liste."))
    # Loads lxml and the bank's schemas: for who pays, not for who draws papers.
    from sepaxml import SepaTransfer
    from sepaxml.validation import ValidationError, try_valid_xml

    cancelled = order.payments.filter(state=PaymentState.CANCELLED).count()
    transfer = SepaTransfer(_payer(bank), schema=SCHEMA, clean=False)
    for payment in payments:
        transfer.add_payment(_line(order, payment))
    # Another content is another message for the bank.
    name = f"{order.reference}/{cancelled}" if cancelled else order.reference
    content = _named(transfer.export(validate=False), name, order.at, has_bic=bool(bank.bic))
    try:
        try_valid_xml(content, SCHEMA)
    except ValidationError as error:
        raise Refused(
            _(
                "Le fichier ne passe pas le contrôle du format. Rien n’est sorti. Prévenez le réseau."
            )
        ) from error
    return content


def payment_place(payment: Payment | RefundPayment) -> str:
    """Where the IBAN photographed on a payment is sealed."""
    return f"{payment._meta.db_table}|iban|{payment.key}"


def _payer(bank: HostBankDetails) -> dict[str, Any]:
    payer = {
        "name": sepa_text(bank.holder, 70),
        "IBAN": open_iban(bank),
        "batch": True,
        "currency": "EUR",
    }
    return payer | {"BIC": bank.bic} if bank.bic else payer


def _line(order: PaymentOrder | RefundOrder, payment: Payment | RefundPayment) -> dict[str, Any]:
    return {
        "name": sepa_text(payment.holder, 70),
        "IBAN": unseal(payment_place(payment), payment.sealed_iban),
        "amount": to_cents(payment.amount),
        "execution_date": order.execute_on,
        "description": sepa_text(order.about, 140),
        "endtoend_id": payment.end_to_end,
    }


def _named(xml: bytes, name: str, at: dt.datetime, *, has_bic: bool) -> bytes:
    ET.register_namespace("", _NS[1:-1])
    document = ET.fromstring(xml)  # noqa: S314  our own text, made a moment ago
    for path, text in (
        ("GrpHdr/MsgId", name),
        ("GrpHdr/CreDtTm", timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S")),
        ("PmtInf/PmtInfId", name),
    ):
        found = document.find(f"{_NS}CstmrCdtTrfInitn/" + _qualified(path))
        if found is None:
            raise ValueError(f"the bank file has no {path}")
        found.text = text
    if not has_bic:
        agent = document.find(f"{_NS}CstmrCdtTrfInitn/" + _qualified("PmtInf/DbtrAgt/FinInstnId"))
        if agent is None:
            raise ValueError("the bank file has no payer's bank")
        other = ET.SubElement(agent, f"{_NS}Othr")
        ET.SubElement(other, f"{_NS}Id").text = "NOTPROVIDED"
    written: bytes = ET.tostring(document, encoding="UTF-8", xml_declaration=True)
    return written


def _qualified(path: str) -> str:
    return "/".join(f"{_NS}{part}" for part in path.split("/"))
