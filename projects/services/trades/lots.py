"""What came in and what went out, in the unit of its product."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import clock
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from projects.enums import LotMoveKind
from projects.models import Lot, LotMove, Offer, Product, Project
from projects.trade_words import words_of

LARGEST = Decimal("999999")


@transaction.atomic
def note_lot(
    *,
    project: Project,
    product: Product | None,
    name: str,
    unit: str,
    day: dt.date,
    quantity: Decimal,
    origin: str,
    done_by: str,
    actor: Actor,
    at: dt.datetime,
) -> Lot:
    """Note what came out on `day`; `name` and `unit` make the product where the list has it not.

    Refused for zero or less, a day in the future or before the cohort, a product of elsewhere.
    """
    refuse_archived(project.cohort)
    if product is None:
        product = _named(project, name, unit)
    if product.project_id != project.pk:
        raise Refused(_("Ce produit n’est pas de cette activité."), field="product")
    refuse_quantity(quantity)
    if day > clock.civil_day(at):
        raise Refused(_("Cette date est dans le futur."), field="day")
    if day < project.cohort.starts_on:
        first = clock.format_day(project.cohort.starts_on)
        raise Refused(_("La coopérative a commencé le %s.") % first, field="day")
    made: Lot = Lot.objects.create(
        product=product,
        day=day,
        quantity=quantity,
        origin=" ".join(origin.split()),
        done_by=" ".join(done_by.split()),
        noted_by_id=actor.person_id,
    )
    return made


@transaction.atomic
def note_lot_move(
    *,
    lot: Lot,
    kind: str,
    quantity: Decimal,
    note: str,
    actor: Actor,
    at: dt.datetime,
    offer: Offer | None = None,
) -> LotMove:
    """Note that some of a lot was used, lost or given. Refused for more than what is left.

    The guard is one UPDATE: two people never take the same kilo.
    """
    refuse_archived(lot.product.project.cohort)
    refuse_quantity(quantity)
    if kind not in LotMoveKind.values:
        raise Refused(_("Il manque ce qui en est fait."), field="kind")
    if offer is not None and offer.project_id != lot.product.project_id:
        raise Refused(_("Ceci est d’une autre activité."), field="offer")
    touched = Lot.objects.filter(pk=lot.pk, gone__lte=F("quantity") - quantity).update(
        gone=F("gone") + quantity
    )
    if touched != 1:
        left = Lot.objects.select_related("product").get(pk=lot.pk).remaining
        raise Refused(
            _("Il n’en reste que %(left)s.") % {"left": left},
            field="quantity",
        )
    made: LotMove = LotMove.objects.create(
        lot=lot, kind=kind, quantity=quantity, offer=offer, note=" ".join(note.split()),
        noted_by_id=actor.person_id, at=at,
    )  # fmt: skip
    return made


def refuse_quantity(quantity: Decimal) -> None:
    if quantity <= 0:
        raise Refused(_("La quantité est plus grande que zéro."), field="quantity")
    if quantity > LARGEST:
        raise Refused(_("Cette quantité ne peut pas être notée."), field="quantity")


def _named(project: Project, name: str, unit: str) -> Product:
    words = " ".join(name.split())
    if not words:
        raise Refused(_("Choisissez un produit, ou écrivez son nom."), field="name")
    found: Product | None = Product.objects.filter(project=project, name__iexact=words).first()
    if found is not None:
        return found
    made: Product = Product.objects.create(
        project=project,
        name=words,
        unit=" ".join(unit.split()),
        category=words_of(project.trade).category,
    )
    return made
