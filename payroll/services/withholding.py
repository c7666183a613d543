"""Advances and deductions meet a pay: oldest first, never below a net of zero, the rest waits."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Stale
from ct_platform.kit.money import ZERO
from payroll.models import Adjustment, Share, Withholding
from payroll.selectors.account import waiting


def withhold(shares: Sequence[Share]) -> list[Withholding]:
    """Set `withheld` (euros) on unsaved shares; returns the rows to write after them.

    The advances stay locked until commit: one that is being cancelled is either out or refused.
    """
    keys = [share.enrolment_id for share in shares]
    list(Adjustment.objects.select_for_update().filter(enrolment_id__in=keys).order_by("pk"))
    found: list[Withholding] = []
    for share in shares:
        share.withheld = ZERO
    by_enrolment = {share.enrolment_id: share for share in shares}
    for key, adjustment, amount in _plan(shares):
        share = by_enrolment[key]
        share.withheld += amount
        found.append(Withholding(share=share, adjustment=adjustment, amount=amount))
    return found


def require_same_withholdings(shares: Sequence[Share]) -> None:
    """Raises Stale when an advance or a deduction came, or went, since the shares were computed."""
    stored = Withholding.objects.filter(share__in=shares).values_list(
        "share__enrolment_id", "adjustment_id", "amount"
    )
    now = {(key, adjustment.pk, amount) for key, adjustment, amount in _plan(shares)}
    moved = {key for key, *_rest in now.symmetric_difference(set(stored))}
    for share in shares:
        if share.enrolment_id in moved:
            raise Stale(
                _(
                    "Un acompte ou une retenue de %(name)s a changé depuis le calcul. "
                    "Rouvrez cette paie et recalculez-la."
                )
                % {"name": share.enrolment.person.full_name}
            )


def _plan(shares: Sequence[Share]) -> list[tuple[int, Adjustment, Decimal]]:
    """(enrolment, what, how much): as much of each as the net still allows."""
    left = {share.enrolment_id: share.net_paid or ZERO for share in shares}
    taken: list[tuple[int, Adjustment, Decimal]] = []
    for part in waiting(left):
        key = part.adjustment.enrolment_id
        amount = min(part.amount, left[key])
        if amount > 0:
            left[key] -= amount
            taken.append((key, part.adjustment, amount))
    return taken
