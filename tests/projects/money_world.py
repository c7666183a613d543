"""One of each thing of getting paid, in cohort A, and two hundred of them."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from projects.models import BankLine, Customer, Invoice, Payment
from projects.services import cash
from projects.services.bank import confirm_match, import_statement
from projects.services.bank.matching import Share
from projects.services.payments import record_payment
from projects.services.payments.reminder_words import link_of
from projects.services.payments.reminders import remind
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.personas import People
from tests.projects.issued import issued_invoice
from tests.projects.verbs_of_cash import agreed

LATE = {"issued_on": dt.date(2026, 10, 5), "due_on": dt.date(2026, 11, 4)}


def take_money(people: People, canary: str) -> dict[str, Any]:
    """A late invoice, partly paid by a line of a statement and reminded on paper; a box agreed."""
    helene = people.actor("helene")
    project = make.ProjectFactory(cohort=people.a.cohort, name=f"Étal {canary}")
    invoice = issued_invoice(
        project, ("100.00", "20"), title=canary, number="F-77",
        customer=make.CustomerFactory(cohort=people.a.cohort, name=f"Épicerie {canary}"), **LATE,
    )  # fmt: skip
    content = f"Date;Libellé;Montant\n10/11/2026;VIR {canary} F-77;30,00\n11/11/2026;AUTRE {canary};4,00\n"
    statement = import_statement(
        host=people.a.host, name=f"{canary}.csv", content=content.encode(), actor=helene, at=NOW
    ).statement
    line = BankLine.objects.get(amount=Decimal("30.00"))
    share = Share(invoice, Decimal("30.00"))
    [match] = confirm_match(line=line, shares=[share], actor=helene, at=NOW)
    reminder = remind(invoice=invoice, way="letter", seen_number=1, actor=helene, at=NOW)
    count = agreed(people, project, label=canary)
    handover = cash.hand_over(
        cohort=people.a.cohort, amount=Decimal("20.00"), handed_on=TODAY, given_by=canary,
        given_to=canary, note="", client_uuid=uuid.uuid4(), actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    return {
        "invoice_id": invoice.pk,
        "received_id": match.payment.pk,
        "reminder_id": reminder.pk,
        "reminder_secret": link_of(reminder).rstrip("/").rsplit("/", 1)[1],
        "count_id": count.pk,
        "handover_id": handover.pk,
        "statement_id": statement.pk,
        "line_id": line.pk,
        "match_id": match.pk,
    }


def crowd_money(people: People, count: int) -> None:
    """As many late invoices, payments, lines and counts, for lists that must not query a row each."""
    invoice = Invoice.objects.get(number="F-77")
    customers = Customer.objects.bulk_create(
        Customer(cohort=people.a.cohort, name=f"Cliente {n}") for n in range(count)
    )
    Invoice.objects.bulk_create(
        Invoice(
            cohort=people.a.cohort, host=people.a.host, customer=one, state="issued", title="Foule",
            number=f"Z-{n}", sold_from=TODAY, sold_until=TODAY, issued_at=NOW,
            net_amount=Decimal(10), total_amount=Decimal(10) + n, written_by=people.driss, **LATE,
        )
        for n, one in enumerate(customers)
    )  # fmt: skip
    statement = BankLine.objects.first().statement
    BankLine.objects.bulk_create(
        BankLine(
            statement=statement, host=people.a.host, fingerprint=f"{n:064}", day=TODAY,
            amount=Decimal(10) + n, words=f"VIR CLIENTE {n} Z-{n}",
        )
        for n in range(count)
    )  # fmt: skip
    for _number in range(3):
        record_payment(
            invoice=invoice, amount=Decimal("0.01"), means="cash", received_on=TODAY, reference="",
            client_uuid=uuid.uuid4(), actor=people.actor("driss"), at=NOW,
        )  # fmt: skip
    project = make.ProjectFactory(cohort=people.a.cohort)
    for number in range(min(count, 30)):
        agreed(people, project, label=f"Étal {number}")
    assert Payment.objects.exists()
