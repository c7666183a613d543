"""What is offered, at the price the group agreed on where it did."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.money import euros
from ct_platform.kit.states import move
from projects.enums import OFFER_ALLOWED, OfferState
from projects.models import AgreedPrice, Offer, Product, Project
from projects.selectors.prices import prices_on
from projects.services.money._judgement import refuse_amount

MOST = 10_000


@dataclass(frozen=True, slots=True)
class OfferWishes:
    """Days are civil, both included. `unit_price` None: the agreed price, else the usual one."""

    title: str
    quantity: int
    starts_on: dt.date
    ends_on: dt.date
    order_until: dt.date
    product: Product | None = None
    unit_price: Decimal | None = None
    content: str = ""
    season: str = ""


@transaction.atomic
def write_offer(*, project: Project, wishes: OfferWishes, actor: Actor, at: dt.datetime) -> Offer:
    """Prepare an offer; nobody orders before it is opened.

    Refused: no title, nothing offered, an end before the start, orders after the end, no price, or
    another price than the one the group decided.
    """
    refuse_archived(project.cohort)
    with refusing(Offer):
        made: Offer = Offer.objects.create(
            project=project, written_by_id=actor.person_id, **_judged(project, wishes)
        )
    return made


@transaction.atomic
def change_offer(
    *, offer: Offer, wishes: OfferWishes, seen_version: int, actor: Actor, at: dt.datetime
) -> Offer:
    """Change an offer; the same words are quiet. A price already ordered at does not move.

    Refused as `write_offer`, and for fewer than already ordered; Stale when it changed meanwhile.
    """
    row: Offer = (
        Offer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("project__cohort")
        .get(pk=offer.pk)
    )
    refuse_archived(row.project.cohort)
    values = _judged(row.project, wishes)
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    if row.version != seen_version:
        raise Stale(
            _("Quelqu’un vient de changer ceci. La page montre ce qui est écrit maintenant.")
        )
    if wishes.quantity < row.taken:
        raise Refused(
            _("%(n)s sont déjà commandés : on ne peut pas en proposer moins.") % {"n": row.taken},
            field="quantity",
        )
    if row.taken and values["unit_price"] != row.unit_price:
        raise Refused(
            _("Des personnes ont commandé à %s : ce prix ne change plus.") % euros(row.unit_price),
            field="unit_price",
        )
    with refusing(Offer):
        Offer.objects.filter(pk=row.pk).update(**values, version=F("version") + 1)
    row.refresh_from_db()
    return row


@transaction.atomic
def open_offer(*, offer: Offer, actor: Actor, at: dt.datetime) -> None:
    """Let people order. Already open is quiet. Refused once its last day is over."""
    _move(offer, OfferState.OPEN, actor, at)


@transaction.atomic
def close_offer(*, offer: Offer, actor: Actor, at: dt.datetime) -> None:
    """Take no more orders. Already closed is quiet."""
    _move(offer, OfferState.CLOSED, actor, at)


def _move(offer: Offer, to: str, actor: Actor, at: dt.datetime) -> None:
    refuse_archived(offer.project.cohort)
    row = Offer.objects.get(pk=offer.pk)
    if row.state == to:
        return
    if to == OfferState.OPEN and row.order_until < clock.civil_day(at):
        raise Refused(_("Le dernier jour pour commander est passé."))
    move(row, to, allowed=OFFER_ALLOWED, by_person_id=actor.person_id, at=at)


def _judged(project: Project, wishes: OfferWishes) -> dict[str, object]:
    title = " ".join(wishes.title.split())
    if not title:
        raise Refused(_("Il manque un titre."), field="title")
    if wishes.quantity < 1:
        raise Refused(_("La quantité est plus grande que zéro."), field="quantity")
    if wishes.quantity > MOST:
        raise Refused(_("Cette quantité ne peut pas être notée."), field="quantity")
    _refuse_days(project.cohort, wishes)
    if wishes.product is not None and wishes.product.project_id != project.pk:
        raise Refused(_("Ce produit n’est pas de cette activité."), field="product")
    price, agreed = _price(project, wishes)
    return {
        "title": title,
        "content": wishes.content.strip(),
        "season": " ".join(wishes.season.split()),
        "product": wishes.product,
        "unit_price": price,
        "agreed": agreed,
        "quantity": wishes.quantity,
        "starts_on": wishes.starts_on,
        "ends_on": wishes.ends_on,
        "order_until": wishes.order_until,
    }


def _refuse_days(cohort: Cohort, wishes: OfferWishes) -> None:
    if wishes.ends_on < wishes.starts_on:
        raise Refused(_("Le dernier jour vient après le premier."), field="ends_on")
    if wishes.order_until > wishes.ends_on:
        raise Refused(_("On commande avant le dernier jour."), field="order_until")
    if wishes.starts_on < cohort.starts_on or wishes.ends_on > cohort.ends_on:
        period = clock.format_period(cohort.starts_on, cohort.ends_on)
        raise Refused(_("La coopérative travaille %s.") % period, field="starts_on")


def _price(project: Project, wishes: OfferWishes) -> tuple[Decimal, AgreedPrice | None]:
    """The price in euros VAT included, and the decision it comes from. One query at most."""
    agreed = None
    if wishes.product is not None:
        name = wishes.product.name.casefold()
        agreed = next(
            (
                one
                for one in prices_on(project.cohort_id, wishes.starts_on)
                if one.project_id == project.pk and one.label.casefold() == name
            ),
            None,
        )
    if agreed is not None:
        if wishes.unit_price not in (None, agreed.amount):
            words = {"price": euros(agreed.amount), "n": agreed.decision_number}
            raise Refused(
                _("Le groupe a décidé %(price)s (décision n° %(n)s). Laissez le prix vide.")
                % words,
                field="unit_price",
            )
        return agreed.amount, agreed
    usual = wishes.product.usual_price if wishes.product is not None else None
    price = wishes.unit_price if wishes.unit_price is not None else usual
    if price is None:
        raise Refused(_("Il manque le prix."), field="unit_price")
    try:
        refuse_amount(price)
    except Refused as refusal:
        raise Refused(str(refusal), field="unit_price") from refusal
    return price, None
