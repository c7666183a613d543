"""What must always be true of money people advanced: on their account once, given back once."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import ZERO
from payroll.enums import EntryKind, PaymentState
from payroll.models import AccountEntry, Refund, RefundPayment
from payroll.selectors.refunds import advanced
from projects.models import Expense


def advanced_expenses_are_owed_once() -> Iterator[str]:
    """A standing expense somebody advanced is worth its total on their account, and a struck one zero."""
    written: dict[int, list[tuple[int, Decimal]]] = {}
    rows = AccountEntry.objects.filter(kind=EntryKind.ADVANCED)
    for key, who, amount in rows.values_list("expense_id", "enrolment_id", "amount"):
        written.setdefault(key or 0, []).append((who, amount))
    for expense in Expense.objects.filter(advanced_by__isnull=False).order_by("pk").iterator(500):
        found = written.pop(expense.pk, [])
        expected = ZERO if expense.is_withdrawn else expense.total
        strangers = any(who != expense.advanced_by_id for who, _amount in found)
        if strangers or sum((amount for _who, amount in found), ZERO) != expected:
            yield _("Dépense n° %(key)s : avancée, et le compte ne dit pas la même chose.") % {
                "key": expense.pk
            }
    for key in sorted(written):
        yield _("Dépense n° %(key)s : sur un compte, et personne ne l’a avancée.") % {"key": key}


def refunds_are_on_the_account() -> Iterator[str]:
    written: dict[int, Decimal] = {}
    rows = AccountEntry.objects.filter(kind=EntryKind.REFUND)
    for key, amount in rows.values_list("refund_id", "amount"):
        written[key or 0] = written.get(key or 0, ZERO) + amount
    for refund in Refund.objects.order_by("pk").iterator(500):
        expected = ZERO if refund.cancelled_at else -refund.amount
        if written.pop(refund.pk, None) != expected:
            yield _("Remboursement %(key)s : le compte ne dit pas la même chose.") % {
                "key": refund.pk
            }
    for key in sorted(written):
        yield _("Remboursement %(key)s : sur un compte, et pas dans la liste.") % {"key": key}


def sent_refunds_are_the_same() -> Iterator[str]:
    """Left: its refund, alive, of the same person and sum. Sent back: that refund, taken back. Else none.

    A refund is on the account by itself alone, so nothing an order sends is counted a second time.
    """
    rows = RefundPayment.objects.select_related("refund", "order", "enrolment").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        refund = row.refund
        left = row.state in (PaymentState.PAID, PaymentState.REJECTED)
        right = (refund is not None) == left and row.order.cohort_id == row.enrolment.cohort_id
        if refund is not None:
            same = (refund.enrolment_id, refund.amount) == (row.enrolment_id, row.amount)
            back = refund.cancelled_at is not None
            right = right and same and back == (row.state == PaymentState.REJECTED)
        if not right:
            yield _("Remboursement envoyé %(name)s : le remboursement noté dit autre chose.") % {
                "name": row.end_to_end
            }


def planned_refunds_are_owed() -> Iterator[str]:
    """Nothing is prepared above what is to give back."""
    planned = RefundPayment.objects.filter(state=PaymentState.PLANNED)
    amounts = dict(planned.order_by("pk").values_list("enrolment_id", "amount"))
    for key, owed in sorted(advanced(amounts).items()):
        if amounts[key] > owed:
            yield _("Parcours %(key)s : %(over)s de remboursement préparés de trop.") % {
                "key": key, "over": amounts[key] - owed,
            }  # fmt: skip


def register_invariants() -> None:
    for code, sentence, check in (
        (
            "payroll.advanced",
            "Ce qu’une personne avance est sur son compte, une fois.",
            advanced_expenses_are_owed_once,
        ),
        (
            "payroll.refunds",
            "Chaque remboursement de frais est sur le compte, une fois.",
            refunds_are_on_the_account,
        ),
        (
            "payroll.sent_refunds",
            "Chaque remboursement envoyé est un remboursement noté, une fois.",
            sent_refunds_are_the_same,
        ),
        (
            "payroll.planned_refunds",
            "Aucun remboursement n’est préparé au-dessus de ce qui est à rendre.",
            planned_refunds_are_owed,
        ),
    ):
        register(Invariant(code, sentence, check))
