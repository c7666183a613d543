"""Orders of an offer: taken while there is some left, prepared, handed over, cancelled."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.states import move
from projects.enums import ORDER_ALLOWED, OfferState, OrderState
from projects.models import Customer, Offer, Order


@dataclass(frozen=True, slots=True)
class OrderWishes:
    """`day` None: the first day of the offer."""

    name: str
    quantity: int
    day: dt.date | None = None
    hour: dt.time | None = None
    note: str = ""
    customer: Customer | None = None


@transaction.atomic
def take_order(*, offer: Offer, wishes: OrderWishes, actor: Actor, at: dt.datetime) -> Order:
    """Take an order. Nothing is sold twice: the guard is one UPDATE of the offer.

    Refused: nobody named, less than one, more than what is left, orders closed or over, a day
    outside the offer, a customer of another cohort.
    """
    refuse_archived(offer.project.cohort)
    known = wishes.customer
    if known is not None and known.cohort_id != offer.project.cohort_id:
        raise Refused(_("Ce client n’est pas de la coopérative."), field="customer")
    name = " ".join(wishes.name.split()) or (known.name if known is not None else "")
    if not name:
        raise Refused(_("Il manque pour qui."), field="name")
    if wishes.quantity < 1:
        raise Refused(_("Une commande est d’au moins 1."), field="quantity")
    _reserve(offer, wishes.quantity, clock.civil_day(at))
    row = Offer.objects.get(pk=offer.pk)
    day = wishes.day or row.starts_on
    if not row.starts_on <= day <= row.ends_on:
        period = clock.format_period(row.starts_on, row.ends_on)
        raise Refused(_("Ceci est proposé %s.") % period, field="day")
    made: Order = Order.objects.create(
        offer=row, customer=known, name=name, quantity=wishes.quantity, day=day, hour=wishes.hour,
        note=" ".join(wishes.note.split()), taken_by_id=actor.person_id,
    )  # fmt: skip
    return made


def _reserve(offer: Offer, quantity: int, today: dt.date) -> None:
    touched = Offer.objects.filter(
        pk=offer.pk,
        state=OfferState.OPEN,
        order_until__gte=today,
        taken__lte=F("quantity") - quantity,
    ).update(taken=F("taken") + quantity)
    if touched == 1:
        return
    row = Offer.objects.get(pk=offer.pk)
    if row.state != OfferState.OPEN:
        raise Refused(_("Les commandes ne sont pas ouvertes."))
    if row.order_until < today:
        last = clock.format_day(row.order_until)
        raise Refused(_("On pouvait commander jusqu’au %s.") % last)
    if row.left <= 0:
        raise Refused(_("Tout est commandé : il n’en reste plus."), field="quantity")
    raise Refused(
        _("Il n’en reste que %(left)s : on ne peut pas en commander %(asked)s.")
        % {"left": row.left, "asked": quantity},
        field="quantity",
    )


@transaction.atomic
def move_order(*, order: Order, to: str, actor: Actor, at: dt.datetime) -> None:
    """Prepared, handed over, or back. There already is quiet. Refused once cancelled or sold."""
    row = _lock(order)
    if row.state == to:
        return
    if row.sale_id is not None:
        raise Refused(_("La vente est notée : cette commande ne change plus."))
    move(row, to, allowed=ORDER_ALLOWED, by_person_id=actor.person_id, at=at)


@transaction.atomic
def cancel_order(*, order: Order, actor: Actor, at: dt.datetime) -> None:
    """Cancel an order; what it held is on offer again. Twice is quiet. Refused once handed over."""
    row = _lock(order)
    if row.is_cancelled:
        return
    if row.is_handed:
        raise Refused(_("Cette commande est remise : elle ne s’annule plus."))
    move(row, OrderState.CANCELLED, allowed=ORDER_ALLOWED, by_person_id=actor.person_id, at=at)
    Offer.objects.filter(pk=row.offer_id).update(taken=F("taken") - row.quantity)


def _lock(order: Order) -> Order:
    row: Order = (
        Order.objects.select_for_update(of=("self",), no_key=True)
        .select_related("offer__project__cohort")
        .get(pk=order.pk)
    )
    refuse_archived(row.offer.project.cohort)
    return row
