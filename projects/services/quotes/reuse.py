"""What an invoice takes from an accepted quote: plain values, and nothing that would change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from projects.enums import QuoteState
from projects.models import Customer, Project, Quote, QuoteLine
from projects.rules.totals import Totals, totals_of
from projects.services.lines import BuiltLine


@dataclass(frozen=True, slots=True)
class QuotedLines:
    """`lines`: values of SoldLine. `totals`: of them, VAT by rate, for a deposit of x %."""

    customer: Customer
    title: str
    number: str
    lines: tuple[BuiltLine, ...]
    totals: Totals

    def by_project_and_rate(self) -> dict[tuple[Project, Decimal], Decimal]:
        """Euros excl. VAT of each activity at each rate: what a deposit is a share of."""
        found: dict[tuple[Project, Decimal], Decimal] = {}
        for one in self.lines:
            key = (one.project, one.vat_percent)
            found[key] = found.get(key, Decimal("0.00")) + one.amount
        return found


def lines_of_quote(quote: Quote) -> QuotedLines:
    """The lines of an accepted quote, as they stood when it was sent. Two queries.

    Raises Refused for any other: only what the customer accepted is invoiced from a quote.
    """
    if quote.state != QuoteState.ACCEPTED:
        raise Refused(_("Ce devis n’est pas accepté."))
    rows: Iterable[QuoteLine] = QuoteLine.objects.filter(quote=quote).select_related(
        "project", "product"
    )
    lines = tuple(_plain(one) for one in rows)
    return QuotedLines(quote.customer, quote.title, quote.number, lines, totals_of(lines))


def _plain(line: QuoteLine) -> BuiltLine:
    values: dict[str, Any] = {name: getattr(line, name) for name in BuiltLine.__slots__}
    return BuiltLine(**values)
