"""From an answer of the engine to the rows of a slip; and the same rows, every amount opposite."""

from collections.abc import Iterable
from decimal import Decimal

from documents.models import Document
from payroll.engine.types import Slip
from payroll.enums import SlipKind
from payroll.models import Correction, Payslip, PayslipLine, Share

_BASE = Decimal("0.000001")
AMOUNTS = (
    "gross", "net_before_tax", "net_social", "net_taxable", "tax", "net_paid", "withheld", "total_cost",
)  # fmt: skip


def slip_row(
    *,
    share: Share,
    slip: Slip,
    number: str,
    document: Document,
    version: int = 1,
    correction: Correction | None = None,
) -> Payslip:
    """Prepare a slip, unsaved: its totals are the engine's, sums of its lines."""
    return Payslip(
        share=share,
        document=document,
        version=version,
        correction=correction,
        number=number,
        month=share.run.month,
        gross=slip.gross,
        net_before_tax=slip.net_before_tax,
        net_social=slip.net_social,
        net_taxable=slip.net_taxable,
        tax=slip.pas_amount,
        net_paid=slip.net_paid,
        withheld=share.withheld,
        total_cost=slip.total_employer_cost,
        params_hash=slip.params_hash,
        engine_version=slip.engine_version,
    )


def line_rows(payslip: Payslip, slip: Slip) -> list[PayslipLine]:
    """Prepare the lines of a saved slip, unsaved, in the order of the engine."""
    return [
        PayslipLine(
            payslip=payslip,
            position=position,
            code=line.code,
            side=line.side,
            label=line.label,
            group=line.group,
            base=line.base.quantize(_BASE),
            rate=line.rate,
            amount=line.amount,
            rule_date=line.rule_date,
            source=line.source,
        )
        for position, line in enumerate(slip.lines)
    ]


def counter_row(
    *, cancelled: Payslip, number: str, document: Document, correction: Correction
) -> Payslip:
    """Prepare the counter-slip of a slip, unsaved: same version, every amount opposite."""
    return Payslip(
        share_id=cancelled.share_id,
        kind=SlipKind.COUNTER,
        version=cancelled.version,
        cancels=cancelled,
        correction=correction,
        document=document,
        number=number,
        month=cancelled.month,
        params_hash=cancelled.params_hash,
        engine_version=cancelled.engine_version,
        **{name: -getattr(cancelled, name) for name in AMOUNTS},
    )


def counter_lines(counter: Payslip, cancelled: Iterable[PayslipLine]) -> list[PayslipLine]:
    """Prepare the lines of a saved counter-slip, unsaved: base and amount opposite, same rate."""
    return [
        PayslipLine(
            payslip=counter,
            position=line.position,
            code=line.code,
            side=line.side,
            label=line.label,
            group=line.group,
            base=None if line.base is None else -line.base,
            rate=line.rate,
            amount=-line.amount,
            rule_date=line.rule_date,
            source=line.source,
        )
        for line in cancelled
    ]
