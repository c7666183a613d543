"""What an order of pay and an order of refunds do alike: prepare, cancel, mark, send back, log."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.crypto import seal
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.models import TransitionLog
from members.models import BankDetails
from members.rules import clean_text
from members.services.bank import open_iban
from payroll.enums import PAYMENT_ALLOWED, PaymentKind, PaymentState
from payroll.models import HostBankDetails, Payment, PaymentOrder, RefundOrder, RefundPayment
from payroll.rules.sepa import end_to_end
from payroll.selectors.bank import host_account
from payroll.selectors.payments import DOWNLOADED, reading_of
from payroll.services.bank_file import payment_place

AnyOrder = PaymentOrder | RefundOrder
AnyPayment = Payment | RefundPayment
OrderT = TypeVar("OrderT", PaymentOrder, RefundOrder)
PaymentT = TypeVar("PaymentT", Payment, RefundPayment)


@dataclass(frozen=True, slots=True)
class Choice:
    """How one person is to be paid. `shared_ok`: the host ticked that two people give one account."""

    enrolment_id: int
    kind: str
    shared_ok: bool = False


def require_day_to_come(day: dt.date, at: dt.datetime) -> None:
    if day < civil_day(at):
        raise Refused(
            _("Ce jour est passé. Choisissez aujourd’hui ou plus tard."), field="execute_on"
        )


def require_day(day: dt.date, at: dt.datetime, *, first: dt.date, field: str) -> None:
    if day > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field=field)
    if day < first:
        raise Refused(
            _("Ce jour est trop tôt : au plus tôt le %(day)s.") % {"day": format_day(first)},
            field=field,
        )


def wanted_of(
    choices: Sequence[Choice], due: Mapping[int, Decimal], *, seen: str
) -> dict[int, Choice]:
    """The choices of people to whom something is due (euros), by enrolment.

    Raises Refused (nobody ticked, nothing left to prepare), Stale when `seen`, the `reading` of the
    page, tells other amounts.
    """
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
    return wanted


def write_orders(
    begin: Callable[[dict[str, Any]], OrderT],
    payments: type[AnyPayment],
    *,
    wanted: Mapping[int, Choice],
    due: Mapping[int, Decimal],
    host_id: int,
    execute_on: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> list[OrderT]:
    """One bank file, one list of cheques; the IBAN is photographed, sealed for the payment.

    `begin` makes the row of an order from what every order holds. Call under the lock of the cohort.
    Raises Refused: no account, one account for two people unticked, a payment already prepared.
    """
    people = list(Enrolment.objects.filter(pk__in=wanted).select_related("person").order_by("pk"))
    orders = []
    for kind in PaymentKind:
        chosen = [row for row in people if wanted[row.pk].kind == kind]
        if not chosen:
            continue
        accounts: dict[int, BankDetails] = {}
        bank: HostBankDetails | None = None
        if kind == PaymentKind.SEPA:
            bank = host_account(host_id)
            if bank is None:
                raise Refused(_("Enregistrez d’abord le compte d’où partent vos virements."))
            accounts = _accounts(chosen, wanted)
        order = begin(
            {"kind": kind, "execute_on": execute_on, "bank": bank,
             "created_by_id": actor.person_id, "at": at}
        )  # fmt: skip
        _write_payments(order, payments, chosen, accounts, due)
        orders.append(order)
    return orders


def cancel(held: Iterable[AnyPayment], actor: Actor, at: dt.datetime) -> int:
    """Drop what was prepared and not sent. Returns how many; again: 0. Raises Frozen: it has left."""
    done = 0
    for payment in held:
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


def is_to_mark(payment: AnyPayment) -> bool:
    """Whether a payment may still be said paid; False when it was already, as a second press finds it.

    Raises Stale for a payment cancelled or sent back meanwhile.
    """
    if payment.state == PaymentState.PAID:
        return False
    if payment.state != PaymentState.PLANNED:
        raise Stale(
            _("Le paiement de %(name)s n’est plus préparé. Rechargez la page.")
            % {"name": payment.enrolment.person.full_name}
        )
    return True


def mark(
    payment: AnyPayment,
    *,
    paid_on: dt.date,
    number: str,
    actor: Actor,
    at: dt.datetime,
    **kept: Any,
) -> None:
    """Say that one payment left, with the number of its cheque; what the account says is the caller's."""
    states.move(
        payment,
        PaymentState.PAID,
        allowed=PAYMENT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        paid_on=paid_on,
        paid_by_id=actor.person_id,
        cheque_number=cheque_number(payment, number),
        **kept,
    )


def cheque_number(payment: AnyPayment, typed: str) -> str:
    """As it is kept; a transfer has none."""
    return clean_text(typed)[:20] if payment.kind == PaymentKind.CHEQUE else ""


def send_back(
    held: AnyPayment, *, rejected_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> str:
    """The bank sent one payment back: returns why, in the bank's words; "" when it was said already.

    Raises Refused for a payment that never left, a day before it left or to come, no reason.
    """
    if held.state == PaymentState.REJECTED:
        return ""
    if held.state != PaymentState.PAID or held.paid_on is None:
        raise Refused(_("Ce paiement n’est pas parti : il n’y a rien à rejeter."))
    require_day(rejected_on, at, first=held.paid_on, field="rejected_on")
    why = clean_text(reason)[:140]
    if not why:
        raise Refused(_("Dites pourquoi, comme la banque l’écrit."), field="reason")
    states.move(
        held,
        PaymentState.REJECTED,
        allowed=PAYMENT_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=why,
        rejected_on=rejected_on,
        rejected_by_id=actor.person_id,
        reject_reason=why,
    )
    return why


@transaction.atomic
def log_download(*, order: AnyOrder, what: str, actor: Actor, at: dt.datetime) -> None:
    """Write down who took out a file that holds accounts, names and amounts."""
    TransitionLog.objects.create(
        model=order._meta.label_lower,
        row_id=order.pk,
        old=what,
        new=DOWNLOADED,
        by_person_id=actor.person_id,
        at=at,
    )


def hold_payments(
    model: type[PaymentT], payment_ids: Sequence[int], **scope: Any
) -> list[PaymentT]:
    """Payments within `scope` only, under lock. Raises Refused when none was named."""
    found: list[PaymentT] = list(
        model._default_manager.select_for_update(of=("self",))
        .filter(pk__in=list(payment_ids), **scope)
        .select_related("enrolment__person")
        .order_by("pk")
    )
    if not found:
        raise Refused(_("Cochez au moins un paiement."))
    return found


def _write_payments(
    order: AnyOrder, model: Any, people: Sequence[Enrolment],
    accounts: Mapping[int, BankDetails], due: Mapping[int, Decimal],
) -> None:  # fmt: skip
    rejected = _to_send_again(model, people)
    rows = []
    for rank, enrolment in enumerate(people, start=1):
        payment = model(
            order=order, enrolment=enrolment, kind=order.kind, amount=due[enrolment.pk],
            key=uuid.uuid4(), end_to_end=end_to_end(order.reference, rank),
            again=rejected.get(enrolment.pk), holder=enrolment.person.civil_name,
        )  # fmt: skip
        details = accounts.get(enrolment.person_id)
        if details is not None:
            payment.holder, payment.last4 = details.holder, details.last4
            payment.sealed_iban = seal(payment_place(payment), open_iban(details))
        rows.append(payment)
    with refusing(model):
        model._default_manager.bulk_create(rows)


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


def _to_send_again(model: Any, people: Sequence[Enrolment]) -> dict[int, Any]:
    """The last rejected payment of each person that nothing has replaced yet."""
    rejected = model._default_manager.filter(
        enrolment__in=people, state=PaymentState.REJECTED, sent_again__isnull=True
    ).order_by("pk")
    return {payment.enrolment_id: payment for payment in rejected}
