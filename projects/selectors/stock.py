"""What the projects of a cohort leave to the next: themselves, what they sell, their ideas and offers."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, DateField, IntegerField, TextField, Value
from django.db.models.functions import Cast

from cohorts.models import Cohort
from projects.models import Idea, Offer, Product, Project


@dataclass(frozen=True, slots=True)
class StockLine:
    """`what`: project, product, idea or offer; the columns that are not its own are empty."""

    what: str
    project: str
    trade: str
    trade_label: str
    kind: str  # of an idea; the category of a product
    title: str
    first: str  # what an idea needs, what an offer holds, the unit of a product
    second: str  # how an idea is done, the season of an offer
    months: Sequence[int]
    price: Decimal | None
    quantity: int
    at: dt.date


_FIELDS = (
    "s_what", "s_project", "s_trade", "s_label", "s_kind", "s_title", "s_first", "s_second",
    "s_months", "s_price", "s_quantity", "s_at",
)  # fmt: skip


def stock_of(cohort: Cohort) -> list[StockLine]:
    """By project, then by title. One query, read once for the object: the parts of a kit share it."""
    found: list[StockLine] | None = cohort.__dict__.get("_stock")
    if found is None:
        found = cohort.__dict__["_stock"] = _read(cohort)
    return found


def _read(cohort: Cohort) -> list[StockLine]:
    projects = _shaped(
        Project.objects.of_cohort(cohort.pk), "project", project="name", trade="trade",
        label="trade_label", at="cohort__starts_on",
    )  # fmt: skip
    ideas = _shaped(
        Idea.objects.of_cohort(cohort.pk).filter(archived_at=None), "idea", project="project__name",
        kind="kind", title="title", first="needs", second="steps", months="months",
        at="project__cohort__starts_on",
    )  # fmt: skip
    offers = _shaped(
        Offer.objects.of_cohort(cohort.pk), "offer", project="project__name", title="title",
        first="content", second="season", price="unit_price", quantity="quantity", at="starts_on",
    )  # fmt: skip
    products = _shaped(
        Product.objects.of_cohort(cohort.pk).filter(is_active=True), "product", project="project__name",
        kind="category", title="name", first="unit", price="usual_price", at="project__cohort__starts_on",
    )  # fmt: skip
    lines = [_line(row) for row in projects.union(products, ideas, offers, all=True)]
    return sorted(lines, key=lambda one: (one.project, one.title))


def _shaped(rows: Any, what: str, **columns: str) -> Any:
    """Rows with the columns of every other, so that one UNION reads them."""

    def text(name: str, otherwise: str = "") -> Any:
        path = columns.get(name)
        return Cast(path, TextField()) if path else Value(otherwise, TextField())

    shape = {
        "s_what": Value(what, CharField()),
        "s_project": text("project"),
        "s_trade": text("trade"),
        "s_label": text("label"),
        "s_kind": text("kind"),
        "s_title": text("title"),
        "s_first": text("first"),
        "s_second": text("second"),
        "s_months": text("months", "[]"),
        "s_price": text("price", "0"),
        "s_quantity": (
            Cast("quantity", IntegerField()) if "quantity" in columns else Value(0, IntegerField())
        ),
        "s_at": Cast(columns["at"], DateField()),
    }
    return rows.order_by().annotate(**shape).values_list(*_FIELDS)


def _line(row: Sequence[Any]) -> StockLine:
    what, project, trade, label, kind, title, first, second, months, price, quantity, at = row
    return StockLine(
        what=what,
        project=project,
        trade=trade,
        trade_label=label,
        kind=kind,
        title=title,
        first=first,
        second=second,
        months=json.loads(months),
        price=None if price is None else Decimal(price),
        quantity=quantity,
        at=at,
    )
