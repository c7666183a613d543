"""What must always be true of money that leaves: accounts, slips, advances and payments agree."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from ct_platform.kit.crypto import blind_indexes, unseal
from ct_platform.kit.invariants import Invariant, register
from ct_platform.kit.money import ZERO
from members.models import BankDetails, SealedIban
from members.services.bank import open_iban
from payroll.enums import AdjustmentKind, EntryKind, PaymentState
from payroll.models import (
    AccountEntry,
    Adjustment,
    HostBankDetails,
    Payment,
    Payslip,
    RefundPayment,
    Share,
)
from payroll.selectors.account import OWED_KINDS
from payroll.selectors.payments import due_now
from payroll.services.bank_file import payment_place

Sums = dict[int, Decimal]


def _add(sums: Sums, key: int, amount: Decimal) -> None:
    sums[key] = sums.get(key, ZERO) + amount


def accounts_are_slips_less_payments() -> Iterator[str]:
    """Per person: what the account owes = nets of every slip − advances − deductions − what was paid."""
    written: Sums = {}
    for key, amount in AccountEntry.objects.filter(kind__in=OWED_KINDS).values_list(
        "enrolment_id", "amount"
    ):
        _add(written, key, amount)
    proved: Sums = {}
    for key, amount in Payslip.objects.values_list("share__enrolment_id", "net_paid"):
        _add(proved, key, amount)  # a counter-slip is negative
    for key, amount in Adjustment.objects.filter(cancelled_at__isnull=True).values_list(
        "enrolment_id", "amount"
    ):
        _add(proved, key, -amount)
    for key, amount in Payment.objects.filter(state=PaymentState.PAID).values_list(
        "enrolment_id", "amount"
    ):
        _add(proved, key, -amount)
    for key in sorted(written.keys() | proved.keys()):
        if written.get(key, ZERO) != proved.get(key, ZERO):
            yield _(
                "Compte du parcours %(key)s : il dit %(written)s, bulletins et paiements disent %(proved)s."
            ) % {"key": key, "written": written.get(key, ZERO), "proved": proved.get(key, ZERO)}


def each_payment_is_on_the_account() -> Iterator[str]:
    """Paid: its amount taken off, once. Sent back: taken off and put back. Otherwise: nothing."""
    written: dict[int, list[Decimal]] = {}
    for key, amount in AccountEntry.objects.filter(payment__isnull=False).values_list(
        "payment_id", "amount"
    ):
        written.setdefault(key, []).append(amount)
    for payment in Payment.objects.order_by("pk").iterator(chunk_size=500):
        found = sorted(written.get(payment.pk, []))
        expected = {
            PaymentState.PAID: [-payment.amount],
            PaymentState.REJECTED: [-payment.amount, payment.amount],
        }.get(PaymentState(payment.state), [])
        if found != expected:
            yield _("Paiement %(name)s : le compte ne dit pas la même chose.") % {
                "name": payment.end_to_end
            }
    stray = AccountEntry.objects.filter(kind=EntryKind.PAYMENT, payment__isnull=True)
    for key in stray.values_list("pk", flat=True):
        yield _("Mouvement %(key)s : un paiement sans paiement.") % {"key": key}


def nothing_planned_exceeds_what_is_owed() -> Iterator[str]:
    planned = Payment.objects.filter(state=PaymentState.PLANNED)
    for key, left in sorted(due_now(set(planned.values_list("enrolment_id", flat=True))).items()):
        if left < 0:
            yield _("Parcours %(key)s : %(over)s préparés de trop.") % {"key": key, "over": -left}


def what_is_withheld_is_due() -> Iterator[str]:
    """Share = its withholdings, never above its net; an advance is never taken beyond its amount."""
    for share in Share.objects.prefetch_related("withholdings").order_by("pk").iterator(500):
        total = sum((part.amount for part in share.withholdings.all()), ZERO)
        if total != share.withheld or total > (share.net_paid or ZERO):
            yield _("Part %(key)s : ce qui est retenu ne tombe pas juste.") % {"key": share.pk}
    for slip in Payslip.objects.filter(kind="slip", correction=None).select_related("share"):
        if slip.withheld != slip.share.withheld:
            yield _("Bulletin %(number)s : il n’imprime pas ce qui est retenu.") % {
                "number": slip.number
            }
    rows = Adjustment.objects.prefetch_related("withholdings", "account_entries").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        taken = sum((part.amount for part in row.withholdings.all()), ZERO)
        limit = ZERO if row.cancelled_at else row.amount
        entered = sum((entry.amount for entry in row.account_entries.all()), ZERO)
        if taken > limit or entered != -limit:
            yield _("Acompte ou retenue %(key)s : pris ou écrit autrement que noté.") % {
                "key": row.pk
            }


def each_deduction_has_its_decision() -> Iterator[str]:
    """An adopted one, of the person's own group."""
    rows = Adjustment.objects.filter(kind=AdjustmentKind.DEDUCTION, cancelled_at__isnull=True)
    for row in rows.select_related("decision", "enrolment"):
        decision = row.decision
        if (
            decision is None
            or not decision.is_adopted
            or decision.cohort_id != row.enrolment.cohort_id
        ):
            yield _("Retenue %(key)s : aucune décision du groupe ne la porte.") % {"key": row.pk}


def sealed_accounts_open() -> Iterator[str]:
    """Every IBAN opens at its own place and agrees with its last signs. Thirty microseconds a row."""
    models: tuple[type[SealedIban], ...] = (BankDetails, HostBankDetails)
    for model in models:
        for row in model._default_manager.iterator(chunk_size=500):
            try:
                iban = open_iban(row)
            except ValueError:
                iban = ""
            if iban[-4:] != row.last4 or row.blind not in blind_indexes("iban", iban):
                yield _("%(table)s %(key)s : le compte ne s’ouvre pas.") % {
                    "table": model._meta.verbose_name,
                    "key": row.pk,
                }
    for sent in (Payment, RefundPayment):
        for payment in sent._default_manager.exclude(sealed_iban="").iterator(chunk_size=500):
            try:
                iban = unseal(payment_place(payment), payment.sealed_iban)
            except ValueError:
                iban = ""
            if iban[-4:] != payment.last4:
                yield _("Paiement %(name)s : le compte ne s’ouvre pas.") % {
                    "name": payment.end_to_end
                }


def register_invariants() -> None:
    for code, sentence, check in (
        ("payroll.account_is_slips", "Compte = nets − retenues − paiements.", accounts_are_slips_less_payments),
        ("payroll.payment_entries", "Chaque paiement est sur le compte, une fois.", each_payment_is_on_the_account),
        ("payroll.planned", "Rien n’est préparé au-dessus de ce qui est dû.", nothing_planned_exceeds_what_is_owed),
        ("payroll.withheld", "Ce qui est retenu est noté, et jamais plus.", what_is_withheld_is_due),
        ("payroll.deductions", "Chaque retenue a sa décision.", each_deduction_has_its_decision),
        ("payroll.sealed_accounts", "Chaque compte scellé s’ouvre à sa place.", sealed_accounts_open),
    ):  # fmt: skip
        register(Invariant(code, sentence, check))
