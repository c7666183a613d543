"""What the work of a cohort leaves to the next: its activities and what they sell, without what they earned.

Never its customers: they are people and firms, and a kit holds nobody.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohorts.models import Cohort
from cohorts.starter_kit import Item, Part, register
from ct_platform.kit import trades
from ct_platform.kit.actor import Actor
from ct_platform.kit.money import parse_amount
from projects.enums import VatCategory
from projects.models import Project
from projects.services.money import add_project
from projects.services.products import ProductSaid, add_product


def _projects(cohort: Cohort) -> list[dict[str, Any]]:
    """Each with what it has on the shelf. One query: a kit reads many parts."""
    own = [f"products__{name}" for name in ("name", "unit", "category", "usual_price", "is_active")]
    rows = Project.objects.of_cohort(cohort.pk).order_by("name", "pk", "products__name")
    found: dict[int, dict[str, Any]] = {}
    for key, name, trade, *product in rows.values_list("pk", "name", "trade", *own):
        item = found.setdefault(key, {"name": name, "trade": trade, "products": []})
        if product[-1]:  # null where the project sells nothing yet
            label, unit, category, price, _active = product
            text = f"{price:.2f}" if price is not None else ""
            item["products"].append(
                {"name": label, "unit": unit, "category": category, "price": text}
            )
    return list(found.values())


def _say_project(item: Item) -> str:
    label = Project(name=item["name"], trade=item["trade"]).full_label
    count = len(item.get("products") or ())
    if not count:
        return label
    words = ngettext("%(label)s (%(n)d produit)", "%(label)s (%(n)d produits)", count)
    return words % {"label": label, "n": count}


def _fault(item: Item) -> str:
    name = item.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 100:
        return _say("Une activité n’a pas de nom, ou un nom trop long.")
    if item.get("trade") not in trades.TRADES:
        return _say("Une activité a un métier inconnu.")
    # Kits written before products had none.
    products = item.get("products", [])
    if not isinstance(products, list):
        return _say("Les produits d’une activité ne sont pas une liste.")
    return next(filter(None, map(_product_fault, products)), "")


def _product_fault(item: Any) -> str:
    if not isinstance(item, dict):
        return _say("Un produit n’est pas décrit.")
    name, unit, price = item.get("name"), item.get("unit"), item.get("price")
    if not isinstance(name, str) or not name.strip() or len(name) > 80:
        return _say("Un produit n’a pas de nom, ou un nom trop long.")
    if not isinstance(unit, str) or len(unit) > 30:
        return _say("L’unité d’un produit est trop longue.")
    if item.get("category") not in VatCategory.values:
        return _say("Un produit a une TVA inconnue.")
    if price == "" or (isinstance(price, str) and (parse_amount(price) or 0) > 0):
        return ""
    return _say("Le prix d’un produit n’est pas un montant.")


def _write(cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime) -> list[str]:
    for item in items:
        project = add_project(
            cohort=cohort, name=item["name"], trade=item["trade"], actor=actor, at=at
        )
        for one in item.get("products", []):
            said = ProductSaid(
                name=one["name"], unit=one["unit"], category=one["category"],
                usual_price=parse_amount(one["price"]) if one["price"] else None,
            )  # fmt: skip
            add_product(project=project, said=said, actor=actor)
    return []


def register_parts() -> None:
    """Called once, from ProjectsConfig.ready()."""
    register(Part("projects", _("Les activités"), _projects, _say_project, _fault, _write))
