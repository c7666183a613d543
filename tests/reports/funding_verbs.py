"""Lines of funding as tests need them: asked, granted, agreed, paid."""

import datetime as dt
from decimal import Decimal
from typing import Any

from cohorts.models import Cohort, Organisation
from reports.enums.funding import FundingAim, ReceiptKind
from reports.models import FundingLine, FundingReceipt, Operation
from reports.services.funding import costs, dues, lines, operations, receipts
from tests import factories as make
from tests.factories import NOW
from tests.personas import People

D = dt.date
IN_JUNE, IN_DECEMBER = D(2026, 6, 1), D(2026, 12, 1)


def euros(text: str) -> Decimal:
    return Decimal(text)


def an_operation(people: People, number: str = "ESF-1", **more: Any) -> Operation:
    """Of Driss's territory, and cohort A says its number."""
    Cohort.objects.filter(pk=people.a.cohort.pk).update(operation=number, eu_funded=True)
    people.a.cohort.refresh_from_db()
    told = {"name": "Accompagner des coopératives", "authority": None} | more
    return operations.name_operation(
        territory=people.a.territory, host=people.a.host, number=number, starts_on=D(2026, 1, 1),
        ends_on=D(2027, 12, 31), actor=people.actor("driss"), at=NOW, **told,
    )  # fmt: skip


def asked(
    people: People, amount: str = "10000.00", *, by: Organisation | None = None, **more: Any
) -> FundingLine:
    told: dict[str, Any] = {"name": "Accompagnement 2026", "cohorts": [people.a.cohort.pk]} | more
    return lines.ask_line(
        territory=people.a.territory, organisation=by or people.a.partner,
        asked_on=told.pop("asked_on", D(2026, 3, 2)), asked_amount=euros(amount),
        actor=people.actor("driss"), at=NOW, **told,
    )  # fmt: skip


def granted(people: People, amount: str = "10000.00", **more: Any) -> FundingLine:
    given = more.pop("granted", amount)
    line = asked(people, amount, **more)
    lines.grant_line(
        line=line, decided_on=D(2026, 4, 10), granted_amount=euros(given),
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip
    line.refresh_from_db()
    return line


def agreed(people: People, amount: str = "10000.00", **more: Any) -> FundingLine:
    number = more.pop("number", "EJ-2026-001")
    line = granted(people, amount, **more)
    lines.agree_line(
        line=line, commitment_number=number, agreed_on=D(2026, 5, 4), actor=people.actor("driss"),
        at=NOW,
    )  # fmt: skip
    line.refresh_from_db()
    return line


def paid(
    people: People, line: FundingLine, amount: str, kind: str = ReceiptKind.ADVANCE,
    on: dt.date = IN_JUNE,
) -> FundingReceipt:  # fmt: skip
    return receipts.receive(
        line=line, kind=kind, amount=euros(amount), received_on=on, actor=people.actor("driss"),
        at=NOW,
    )  # fmt: skip


def due(people: People, line: FundingLine, title: str = "Bilan", on: dt.date = IN_DECEMBER) -> Any:
    return dues.plan_due(line=line, title=title, due_on=on, actor=people.actor("driss"), at=NOW)


def cost(people: People, amount: str, kind: str = "people", proof: str = "P-1") -> Any:
    return costs.note_cost(
        cohort=people.a.cohort, kind=kind, label="Temps de la coordination", amount=euros(amount),
        spent_on=D(2026, 11, 2), proof=proof, actor=people.actor("driss"), at=NOW,
    )  # fmt: skip


def another_cohort(people: People, name: str = "Les Pousses") -> Cohort:
    return make.CohortFactory(name=name, territory=people.a.territory, host=people.a.host)


def funded_world(people: People, words: str) -> dict[str, Any]:
    """Keys of addresses: an operation Elsa's chamber pays for, a payment, something to hand over, a cost."""
    operation = an_operation(people, name=f"Opération {words}")
    line = agreed(
        people, name=f"Ligne {words}", aim=FundingAim.OPERATION, operation=operation, is_eu=True
    )
    receipt = paid(people, line, "4000.00")
    report = due(people, line, title=f"Bilan {words}")
    return {
        "operation_id": operation.pk,
        "funding_id": line.pk,
        "money_id": receipt.pk,
        "due_id": report.pk,
        "cost_id": cost(people, "500.00", proof=words).pk,
    }
