"""What must always be true of the money of funders."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import F, Sum

from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import ZERO, cents
from reports.enums.funding import (
    UNDER_AGREEMENT,
    WON,
    DueState,
    FundingAim,
    FundingState,
    ReceiptKind,
)
from reports.models import FundingDue, FundingLine, FundingReceipt, FundingShare


def _shares_that_do_not_sum() -> Iterable[str]:
    rows = FundingLine.objects.annotate(shared=Sum("shares__amount"))
    for line in rows.iterator():
        shared = cents(Decimal(line.shared or ZERO))
        # Nothing shared yet is allowed where the line is not for named cohorts.
        if shared == ZERO and line.aim != FundingAim.COHORTS:
            continue
        if shared != line.amount:
            yield f"Les parts de la ligne {line.pk} font {shared}, pas {line.amount}."


def _shares_elsewhere() -> Iterable[str]:
    """A line pays for cohorts of its territory, and of its operation."""
    strange = FundingShare.objects.exclude(cohort__territory=F("line__territory"))
    for key in strange.values_list("line_id", flat=True):
        yield f"La ligne {key} paie une cohorte d’un autre territoire."
    named = FundingShare.objects.filter(line__aim=FundingAim.OPERATION)
    outside = named.exclude(
        cohort__operation=F("line__operation__number"), cohort__host=F("line__operation__host")
    )
    for key in outside.exclude(line__state__in=[FundingState.CLOSED]).values_list(
        "line_id", flat=True
    ):
        yield f"La ligne {key} paie une cohorte qui ne porte plus son numéro d’opération."


def _more_than_granted() -> Iterable[str]:
    for line in FundingLine.objects.annotate(paid=Sum("receipts__amount")).iterator():
        paid = cents(Decimal(line.paid or ZERO))
        if paid > (line.granted_amount or ZERO) or paid < ZERO:
            yield f"La ligne {line.pk} a reçu {paid}, pour {line.granted_amount or ZERO} accordés."
        if paid and line.state not in UNDER_AGREEMENT:
            yield f"La ligne {line.pk} a reçu de l’argent sans convention."


def _counter_entries() -> Iterable[str]:
    """A counter-entry is the exact opposite of one payment of its line."""
    rows = FundingReceipt.objects.filter(kind=ReceiptKind.COUNTER).select_related("reverses")
    for one in rows.iterator():
        if one.reverses.line_id != one.line_id or one.amount != -one.reverses.amount:
            yield f"L’annulation {one.pk} n’est pas l’exact contraire de son versement."


def _closed_while_awaited() -> Iterable[str]:
    rows = FundingDue.objects.filter(state=DueState.EXPECTED, line__state=FundingState.CLOSED)
    for key in rows.values_list("line_id", flat=True):
        yield f"La ligne {key} est soldée, et une échéance y attend encore."


def _emblem_missing() -> Iterable[str]:
    """Money of the Union, won: every cohort it pays for says so on its papers."""
    rows = FundingShare.objects.filter(
        line__is_eu=True, line__state__in=WON, cohort__eu_funded=False
    )
    for name in rows.values_list("cohort__name", flat=True).distinct():
        yield f"La cohorte {name} est payée par l’Union européenne sans porter son emblème."


def register_all() -> None:
    for code, sentence, check in (
        ("funding.shares", "Les parts d’une ligne font son montant.", _shares_that_do_not_sum),
        ("funding.scope", "Une ligne paie les cohortes qu’elle vise.", _shares_elsewhere),
        ("funding.paid", "Un financeur ne verse pas plus qu’il n’accorde.", _more_than_granted),
        ("funding.counter", "Une annulation est l’exact contraire.", _counter_entries),
        ("funding.closed", "Une ligne soldée n’attend plus rien.", _closed_while_awaited),
        ("funding.emblem", "Qui reçoit de l’Union porte l’emblème.", _emblem_missing),
    ):
        register(Invariant(code, sentence, check))
