"""What a project sells: noted once, corrected, taken off the shelf. Papers keep what they printed."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale
from projects.enums import VatCategory
from projects.models import Product, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductSaid:
    """`usual_price`: VAT included, in euros; None when it changes each time."""

    name: str
    unit: str
    category: str
    usual_price: Decimal | None


@transaction.atomic
def add_product(
    *, project: Project, said: ProductSaid, actor: Actor, key: uuid.UUID | None = None
) -> Product:
    """Put a product on the shelf of a project; the same `key` gives the one already there.

    Raises Refused (field): no name, a name of the project already taken (case apart), an unknown
    category, a price of zero or less.
    """
    refuse_archived(project.cohort)
    if key is not None:
        known: Product | None = Product.objects.filter(project=project, client_uuid=key).first()
        if known is not None:
            return known
    checked = _checked(project, said)
    with refusing(Product):
        made: Product = Product.objects.create(
            project=project,
            client_uuid=key or uuid.uuid4(),
            name=checked.name,
            unit=checked.unit,
            category=checked.category,
            usual_price=checked.usual_price,
        )
    return made


@transaction.atomic
def change_product(
    *, product: Product, said: ProductSaid, is_active: bool, seen_version: int, actor: Actor
) -> Product:
    """Correct a product, take it off the shelf or put it back. What was sold keeps its own words.

    Raises Refused as `add_product`, Stale when somebody changed it since `seen_version`.
    """
    refuse_archived(product.project.cohort)
    checked = _checked(product.project, said, but=product.pk)
    with refusing(Product):
        touched = Product.objects.filter(pk=product.pk, version=seen_version).update(
            name=checked.name,
            unit=checked.unit,
            category=checked.category,
            usual_price=checked.usual_price,
            is_active=is_active,
            version=F("version") + 1,
        )
    if not touched:
        raise Stale(_("Quelqu’un vient de corriger ce produit. Rechargez la page."))
    product.refresh_from_db()
    return product


def _checked(project: Project, said: ProductSaid, but: int | None = None) -> ProductSaid:
    name, unit = " ".join(said.name.split()), " ".join(said.unit.split())
    if not name:
        raise Refused(_("Dites ce que vous vendez."), field="name")
    if said.category not in VatCategory.values:
        raise Refused(_("Choisissez une des réponses proposées."), field="category")
    if said.usual_price is not None and said.usual_price <= 0:
        raise Refused(_("Un prix est plus grand que zéro."), field="usual_price")
    same = Product.objects.filter(project=project, name__iexact=name).exclude(pk=but)
    if same.exists():
        raise Refused(_("Un produit de cette activité porte déjà ce nom."), field="name")
    return ProductSaid(name=name, unit=unit, category=said.category, usual_price=said.usual_price)
