"""From orders handed over to one sale, once."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from projects.enums import OrderState
from projects.models import Offer, Order, Sale
from projects.rules import amount_before_vat
from projects.services.money import AtPrice, record_sale


@transaction.atomic
def note_sale_of_orders(
    *,
    offer: Offer,
    keys: Collection[int],
    vat_rate: Decimal,
    sold_on: dt.date,
    paid_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> Sale:
    """Note one sale of these orders of an offer, at the price they were taken at (`vat_rate` in %).

    Orders already noted give the sale they made: a double click makes one. Refused: none, of
    another offer, not handed over, some noted and some not; else as `record_sale`.
    """
    refuse_archived(offer.project.cohort)
    rows = list(
        Order.objects.select_for_update(of=("self",), no_key=True)
        .filter(offer=offer, pk__in=keys)
        .order_by("pk")
    )
    if not rows or len(rows) != len(set(keys)):
        raise Refused(_("Ces commandes ne sont pas de cette offre."))
    # The key, never a join: behind a lock just waited for, a joined row is of before.
    known = {one.sale_id for one in rows}
    if len(known) == 1 and None not in known:
        noted: Sale = Sale.objects.get(pk=known.pop())
        return noted
    if known != {None}:
        raise Refused(_("Une de ces commandes est déjà dans une vente. Rechargez la page."))
    if any(one.state != OrderState.HANDED for one in rows):
        raise Refused(_("On note la vente de ce qui est remis."))
    quantity = Decimal(sum(one.quantity for one in rows))
    names = {one.name for one in rows}
    sale = record_sale(
        project=offer.project,
        label=f"{offer.title} × {quantity}"[:140],
        customer=names.pop() if len(names) == 1 else "",
        amount=amount_before_vat(offer.unit_price, quantity, vat_rate),
        vat_rate=vat_rate,
        sold_on=sold_on,
        paid_on=paid_on,
        actor=actor,
        at=at,
        at_price=_at_price(offer, quantity),
    )
    Order.objects.filter(pk__in=[one.pk for one in rows]).update(sale=sale)
    return sale


def _at_price(offer: Offer, quantity: Decimal) -> AtPrice | None:
    if offer.agreed is None:
        return None
    return AtPrice(offer.agreed, quantity, _("le prix du jour de la commande"))
