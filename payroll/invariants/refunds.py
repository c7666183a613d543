"""What must always be true of money people advanced: on their account once, given back once."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import ZERO
from payroll.enums import EntryKind
from payroll.models import AccountEntry, Refund
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
    ):
        register(Invariant(code, sentence, check))
