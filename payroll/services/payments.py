"""Money that leaves: prepared under locks, never more than is owed, cancelled before it is sent."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.crypto import seal
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.models import TransitionLog
from members.models import BankDetails
from members.services.bank import open_iban
from payroll.enums import PAYMENT_ALLOWED, PaymentKind, PaymentState
from payroll.models import HostBankDetails, Payment, PaymentOrder, PayRun
from payroll.rules.sepa import end_to_end, order_reference
from payroll.selectors.bank import host_account
from payroll.selectors.payments import DOWNLOADED, due_now, reading_of
from payroll.services.bank_file import payment_place
from payroll.services.run_rows import hold


@dataclass(frozen=True, slots=True)
class Choice:
    """How one person is to be paid. `shared_ok`: the host ticked that two people give one account."""

    enrolment_id: int
    kind: str
    shared_ok: bool = False


@transaction.atomic
def prepare_payments(
    *,
    run: PayRun,
    choices: Sequence[Choice],
    execute_on: dt.date,
    seen: str = "",
    actor: Actor,
    at: dt.datetime,
) -> list[PaymentOrder]:
    """Prepare what is owed now to each chosen person: one bank file, one list of cheques.

    Amounts (euros) are the account's, less what is already prepared; the IBAN is photographed, sealed
    for the payment. `seen` is the `reading` of the page. Of two who prepare at once the second finds
    nothing left. Raises Refused (nothing owed, a past day, no account, one account for two people
    unticked) and Stale when amounts moved.
    """
    run = hold_for_payment(run)
    if not run.is_issued:
        raise Refused(_("Les bulletins ne sont pas encore émis."))
    if execute_on < civil_day(at):
        raise Refused(
            _("Ce jour est passé. Choisissez aujourd’hui ou plus tard."), field="execute_on"
        )
    due = due_now(run.shares.order_by().values_list("enrolment_id", flat=True))
    wanted = {
        choice.enrolment_id: choice for choice in choices if due.get(choice.enrolment_id, 0) > 0
    }
    if not choices and any(amount > 0 for amount in due.values()):
        raise Refused(_("Cochez au moins une personne."))
    if not wanted:
        raise Refused(_("Rien à préparer : tout est déjà préparé ou payé."))
    if seen and seen != reading_of(due):
        raise Stale(
            _("Les montants ont changé depuis que vous avez ouvert cette page. Relisez-les.")
        )
    people = list(Enrolment.objects.filter(pk__in=wanted).select_related("person").order_by("pk"))
    orders = []
    for kind in PaymentKind:
        chosen = [row for row in people if wanted[row.pk].kind == kind]
        if chosen:
            orders.append(_order(run, kind, chosen, wanted, due, execute_on, actor, at))
    return orders


@transaction.atomic
def cancel_payments(
    *, run: PayRun, payment_ids: Sequence[int], actor: Actor, at: dt.datetime
) -> int:
    """Drop what was prepared and not sent; it is owed as before. Returns how many; again: 0.

    Raises Frozen for a payment that has left.
    """
    run = hold_for_payment(run)
    done = 0
    for payment in hold_payments(run, payment_ids):
        if payment.state == PaymentState.CANCELLED:
            continue
        if payment.state != PaymentState.PLANNED:
            raise Frozen(
                _("Ce paiement est déjà parti. La banque peut le rejeter, pas vous l’annuler.")
            )
        states.move(
            payment,
            PaymentState.CANCELLED,
            allowed=PAYMENT_ALLOWED,
            by_person_id=actor.person_id,
            at=at,
            again=None,  # the next one sends the rejected payment again
        )
        done += 1
    return done


@transaction.atomic
def log_download(*, order: PaymentOrder, what: str, actor: Actor, at: dt.datetime) -> None:
    """Write down who took out a file that holds accounts, names and amounts."""
    TransitionLog.objects.create(
        model=order._meta.label_lower,
        row_id=order.pk,
        old=what,
        new=DOWNLOADED,
        by_person_id=actor.person_id,
        at=at,
    )


def hold_for_payment(run: PayRun) -> PayRun:
    """Payments of a cohort come one after the other: the account of a person spans its runs."""
    Cohort.objects.select_for_update(no_key=True).get(pk=run.cohort_id)
    return hold(run)


def hold_payments(run: PayRun, payment_ids: Sequence[int]) -> list[Payment]:
    """Payments of this run only, under lock. Raises Refused when none was named."""
    found = list(
        Payment.objects.select_for_update(of=("self",))
        .filter(order__run=run, pk__in=list(payment_ids))
        .select_related("enrolment__person")
        .order_by("pk")
    )
    if not found:
        raise Refused(_("Cochez au moins un paiement."))
    return found


def _order(
    run: PayRun, kind: str, people: Sequence[Enrolment], wanted: Mapping[int, Choice],
    due: Mapping[int, Decimal], execute_on: dt.date, actor: Actor, at: dt.datetime,
) -> PaymentOrder:  # fmt: skip
    accounts: dict[int, BankDetails] = {}
    bank: HostBankDetails | None = None
    if kind == PaymentKind.SEPA:
        bank = host_account(run.cohort.host_id)
        if bank is None:
            raise Refused(_("Enregistrez d’abord le compte d’où partent vos virements."))
        accounts = _accounts(people, wanted)
    order = PaymentOrder.objects.create(
        run=run,
        kind=kind,
        reference=order_reference(
            month=f"{run.month:%Y%m}", run=run.pk, rank=run.orders.count() + 1
        ),
        execute_on=execute_on,
        bank=bank,
        created_by_id=actor.person_id,
        at=at,
    )
    rejected = _to_send_again(people)
    payments = []
    for rank, enrolment in enumerate(people, start=1):
        payment = Payment(
            order=order, enrolment=enrolment, kind=kind, amount=due[enrolment.pk], key=uuid.uuid4(),
            end_to_end=end_to_end(order.reference, rank), again=rejected.get(enrolment.pk),
            holder=enrolment.person.civil_name,
        )  # fmt: skip
        details = accounts.get(enrolment.person_id)
        if details is not None:
            payment.holder, payment.last4 = details.holder, details.last4
            payment.sealed_iban = seal(payment_place(payment), open_iban(details))
        payments.append(payment)
    with refusing(Payment):
        Payment.objects.bulk_create(payments)
    return order


def _accounts(people: Sequence[Enrolment], wanted: Mapping[int, Choice]) -> dict[int, BankDetails]:
    current = BankDetails.objects.current()
    found = {
        row.person_id: row for row in current.filter(person_id__in=[e.person_id for e in people])
    }
    blinds = [row.blind for row in found.values()]
    twice: list[str] = list(current.filter(blind__in=blinds).values_list("blind", flat=True))
    for enrolment in people:
        details, name = found.get(enrolment.person_id), enrolment.person.full_name
        if details is None:
            raise Refused(
                _("%(name)s n’a pas de compte enregistré : choisissez le chèque.") % {"name": name}
            )
        if twice.count(details.blind) > 1 and not wanted[enrolment.pk].shared_ok:
            raise Refused(
                _(
                    "%(name)s a donné le même compte qu’une autre personne. Cochez la case à côté de "
                    "son nom si c’est voulu."
                )
                % {"name": name}
            )
    return found


def _to_send_again(people: Sequence[Enrolment]) -> dict[int, Payment]:
    """The last rejected payment of each person that nothing has replaced yet."""
    rejected = Payment.objects.filter(
        enrolment__in=people, state=PaymentState.REJECTED, sent_again__isnull=True
    ).order_by("pk")
    return {payment.enrolment_id: payment for payment in rejected}
