"""Quotes made in one line, for the tests of selling."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ct_platform.kit.actor import Actor
from projects.enums import WayOfSale
from projects.models import Customer, Product, Quote
from projects.services.lines import AskedLine
from projects.services.quotes import QuoteSaid, send_quote, write_quote
from tests.factories import NOW


def a_line(product: Product, way: str = WayOfSale.STORABLE, **more: Any) -> AskedLine:
    return AskedLine(**{"row": 0, "thing": f"{product.pk}:{way}", "quantity": Decimal(2)} | more)


def write(
    customer: Customer,
    *lines: AskedLine,
    actor: Actor,
    at: dt.datetime = NOW,
    title: str = "Buffet du 12 décembre",
    **more: Any,
) -> Quote:
    said = QuoteSaid(customer=customer, title=title, lines=lines, **more)
    return write_quote(cohort=customer.cohort, said=said, actor=actor, at=at)


def sent(
    customer: Customer, *lines: AskedLine, actor: Actor, at: dt.datetime = NOW, **more: Any
) -> Quote:
    return send_quote(quote=write(customer, *lines, actor=actor, at=at, **more), actor=actor, at=at)
