"""What the work of a cohort leaves to the next: its activities, what they sell, keep and offered.

Without what was earned, and without anybody's name: never its customers, who are people and firms.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohorts.models import Cohort
from cohorts.starter_kit import Item, Part, register
from ct_platform.kit import trades
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import parse_amount
from projects.enums import IdeaKind, VatCategory
from projects.models import Idea, Project
from projects.selectors.stock import StockLine, stock_of
from projects.services.money import add_project
from projects.services.products import ProductSaid, add_product
from projects.services.trades import OfferWishes, write_offer

WEEK = dt.timedelta(days=7)


def _projects(cohort: Cohort) -> list[dict[str, Any]]:
    """Each with what it has on the shelf."""
    stock = stock_of(cohort)
    return [
        {"name": one.project, "trade": one.trade}
        | ({"trade_label": one.trade_label} if one.trade_label else {})
        | {"products": [_product(row) for row in stock if _is_of(row, one.project)]}
        for one in stock
        if one.what == "project"
    ]


def _is_of(row: StockLine, project: str) -> bool:
    return row.what == "product" and row.project == project


def _product(row: StockLine) -> dict[str, str]:
    price = "" if row.price is None else f"{row.price:.2f}"
    return {"name": row.title, "unit": row.first, "category": row.kind, "price": price}


def _say_project(item: Item) -> str:
    project = Project(
        name=item["name"], trade=item["trade"], trade_label=item.get("trade_label", "")
    )
    label = project.full_label
    count = len(item.get("products") or ())
    if not count:
        return label
    words = ngettext("%(label)s (%(n)d produit)", "%(label)s (%(n)d produits)", count)
    return words % {"label": label, "n": count}


def _project_fault(item: Item) -> str:
    if not _is_text(item.get("name"), 100, filled=True):
        return _say("Une activité n’a pas de nom, ou un nom trop long.")
    if item.get("trade") not in trades.TRADES:
        return _say("Une activité a un métier inconnu.")
    own = item.get("trade") == trades.OWN
    if not _is_text(item.get("trade_label", ""), 24, filled=own):
        return _say("Une activité ne dit pas son métier, ou l’écrit trop long.")
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


def _write_projects(
    cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime
) -> list[str]:
    for item in items:
        project = add_project(
            cohort=cohort,
            name=item["name"],
            trade=item["trade"],
            trade_label=item.get("trade_label", ""),
            actor=actor,
            at=at,
        )
        for one in item.get("products", []):
            said = ProductSaid(
                name=one["name"], unit=one["unit"], category=one["category"],
                usual_price=parse_amount(one["price"]) if one["price"] else None,
            )  # fmt: skip
            add_product(project=project, said=said, actor=actor)
    return []


def _ideas(cohort: Cohort) -> list[dict[str, Any]]:
    return [
        {
            "project": one.project,
            "kind": one.kind,
            "title": one.title,
            "months": list(one.months),
            "needs": one.first,
            "steps": one.second,
        }
        for one in stock_of(cohort)
        if one.what == "idea"
    ]


def _idea_fault(item: Item) -> str:
    texts = (
        ("project", 100, True),
        ("title", 100, True),
        ("needs", 1200, False),
        ("steps", 2400, False),
    )
    if not all(_is_text(item.get(name, ""), most, filled=filled) for name, most, filled in texts):
        return _say("Une idée n’a pas de nom, ou un texte trop long.")
    months = item.get("months", [])
    if not isinstance(months, list) or any(number not in range(1, 13) for number in months):
        return _say("La saison d’une idée ne se lit pas.")
    return "" if item.get("kind") in IdeaKind.values else _say("Une idée est d’un genre inconnu.")


def _write_ideas(cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime) -> list[str]:
    projects, missing = _by_name(cohort), []
    for item in items:
        project = projects.get(item["project"].casefold())
        if project is None:
            missing.append(_lost(item))
            continue
        # Without an author: whoever kept it belongs to the group before.
        Idea.objects.create(
            project=project,
            kind=item["kind"],
            title=item["title"].strip(),
            months=sorted(set(item.get("months", []))),
            needs=item.get("needs", ""),
            steps=item.get("steps", ""),
        )
    return missing


def _offers(cohort: Cohort) -> list[dict[str, Any]]:
    """The latest of each title: a model to take up again, not the list of what was sold."""
    rows = [one for one in stock_of(cohort) if one.what == "offer"]
    latest = {(one.project, one.title.casefold()): one for one in sorted(rows, key=lambda x: x.at)}
    return [
        {
            "project": one.project,
            "title": one.title,
            "content": one.first,
            "season": one.second,
            "price": f"{one.price:.2f}",
            "quantity": one.quantity,
        }
        for _key, one in sorted(latest.items())
    ]


def _offer_fault(item: Item) -> str:
    texts = (
        ("project", 100, True),
        ("title", 100, True),
        ("content", 1200, False),
        ("season", 40, False),
    )
    if not all(_is_text(item.get(name, ""), most, filled=filled) for name, most, filled in texts):
        return _say("Une offre n’a pas de titre, ou un texte trop long.")
    count, price = item.get("quantity"), item.get("price")
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= 10_000:
        return _say("La quantité d’une offre ne se lit pas.")
    amount = parse_amount(price) if isinstance(price, str) else None
    return "" if amount is not None and amount > 0 else _say("Le prix d’une offre ne se lit pas.")


def _write_offers(
    cohort: Cohort, items: Sequence[Item], actor: Actor, at: dt.datetime
) -> list[str]:
    """Drafts of the first week: nobody orders before somebody dates and opens them."""
    projects, missing = _by_name(cohort), []
    last = min(cohort.starts_on + WEEK, cohort.ends_on)
    for item in items:
        project = projects.get(item["project"].casefold())
        if project is None:
            missing.append(_lost(item))
            continue
        wishes = OfferWishes(
            title=item["title"],
            content=item.get("content", ""),
            season=item.get("season", ""),
            quantity=item["quantity"],
            unit_price=Decimal(item["price"]),
            starts_on=cohort.starts_on,
            ends_on=last,
            order_until=last,
        )
        try:
            write_offer(project=project, wishes=wishes, actor=actor, at=at)
        except Refused as refusal:
            missing.append(f"{item['title']}\N{NO-BREAK SPACE}: {refusal}")
    return missing


def _by_name(cohort: Cohort) -> Mapping[str, Project]:
    rows = Project.objects.of_cohort(cohort.pk).select_related("cohort")
    return {one.name.casefold(): one for one in rows}


def _lost(item: Item) -> str:
    words = {"title": item["title"], "project": item["project"]}
    return _say("« %(title)s » n’est pas repris : l’activité « %(project)s » ne l’est pas.") % words


def _is_text(value: object, most: int, *, filled: bool) -> bool:
    return isinstance(value, str) and len(value) <= most and (bool(value.strip()) or not filled)


def register_parts() -> None:
    """Called once, from ProjectsConfig.ready(). In the order they are written: activities first."""
    register(
        Part(
            "projects",
            _("Les activités"),
            _projects,
            _say_project,
            _project_fault,
            _write_projects,
        )
    )
    register(
        Part(
            "ideas",
            _("Les recettes, planches, bouquets et idées"),
            _ideas,
            lambda item: f"{item['title']}, {item['project']}",
            _idea_fault,
            _write_ideas,
        )
    )
    register(
        Part(
            "offers",
            _("Les modèles de paniers, bouquets et menus"),
            _offers,
            lambda item: f"{item['title']}, {item['project']}",
            _offer_fault,
            _write_offers,
        )
    )
