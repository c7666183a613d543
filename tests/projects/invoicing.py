"""The scene of invoices: Le Ferment sells for Les Racines du Plateau; verbs that speak the trade."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cohorts.models import Cohort, Organisation
from ct_platform.kit.actor import Actor
from documents.models import Document
from projects.models import Customer, Invoice, Product, Project, Quote, SellerTerms
from projects.rules.totals import line_amount, totals_of_lines
from projects.services import invoices
from projects.services.invoices._rows import amounts
from tests.factories import (
    NOW,
    CustomerFactory,
    ProductFactory,
    ProjectFactory,
    SellerTermsFactory,
)
from tests.personas import People

SOLD_ON = dt.date(2026, 11, 21)


@dataclass
class Selling:
    people: People
    cohort: Cohort
    host: Organisation
    terms: SellerTerms
    garden: Project
    kitchen: Project
    basket: Product
    shop: Customer
    driss: Actor
    helene: Actor

    def line(self, **more: Any) -> dict[str, Any]:
        """A line of 2 baskets at 10 € excl. VAT, unless said otherwise."""
        values: dict[str, Any] = {
            "project": self.garden,
            "designation": "Panier moyen",
            "nature": "goods",
            "way": "storable",
            "quantity": Decimal(2),
            "unit": "le panier",
            "unit_price": Decimal("10.0000"),
            "discount_percent": Decimal(0),
            "vat_percent": Decimal("5.5"),
            "gross_amount": None,
            **more,
        }
        values["amount"] = line_amount(
            values["quantity"], values["unit_price"], values["discount_percent"]
        )
        return values

    def draft(self, *lines: dict[str, Any], **more: Any) -> Invoice:
        """A draft of baskets for the shop."""
        return invoices.write_draft(
            **{
                "cohort": self.cohort,
                "customer": self.shop,
                "title": "Paniers de novembre",
                "lines": list(lines) or [self.line()],
                "sold_from": SOLD_ON,
                "sold_until": SOLD_ON,
                "actor": self.driss,
                "at": NOW,
                **more,
            }
        )

    def issue(self, invoice: Invoice, *, at: dt.datetime = NOW) -> Invoice:
        return invoices.issue_invoice(invoice=invoice, actor=self.driss, at=at)

    def issued(self, *lines: dict[str, Any], **more: Any) -> Invoice:
        return self.issue(self.draft(*lines, **more))

    def credited(self, invoice: Invoice, reason: str = "Erreur de quantité") -> Invoice:
        note = invoices.credit_whole(invoice=invoice, reason=reason, actor=self.driss, at=NOW)
        return self.issue(note)

    def _paper(self, gross: Decimal) -> Document:
        key = f"quote:{Document.objects.count()}"
        return Document.objects.create(
            kind="quote", title="Devis", issuer_key=self.cohort.host_id, issuer_name="Le Ferment",
            cohort_key=self.cohort.pk, territory_key=self.cohort.territory_id, effect_key=key,
            code=f"{Document.objects.count():026}", snapshot={"totals": {"gross": f"{gross:.2f}"}},
            template_version="1", issued_at=NOW,
        )  # fmt: skip

    def quote(self, *lines: dict[str, Any], **more: Any) -> Quote:
        """An accepted quote; of a brunch when no line is given."""
        rows = list(lines) or [self.line(quantity=Decimal(10), vat_percent=Decimal(10))]
        totals = totals_of_lines(amounts(type("Row", (), row) for row in rows))
        quote = Quote.objects.create(
            **{
                "cohort": self.cohort,
                "customer": self.shop,
                "state": "accepted",
                "title": "Brunch de Noël",
                "number": "D-2026-00001",
                "sent_on": dt.date(2026, 11, 2),
                "document": self._paper(totals.gross),
                "net_amount": totals.net,
                "vat_amount": totals.vat,
                "total_amount": totals.gross,
                "written_by_id": self.driss.person_id,
                **more,
            }
        )
        for place, row in enumerate(rows, start=1):
            quote.lines.create(position=place, **row)
        return quote


def set_scene(people: People, **terms: Any) -> Selling:
    """World A sells: its host has its numbers, and lets invoices go without its look."""
    world = people.a
    garden = ProjectFactory(cohort=world.cohort, name="Le jardin", trade="maraichage")
    written = SellerTermsFactory(host=world.host, **terms)
    return Selling(
        people=people,
        cohort=world.cohort,
        host=world.host,
        terms=written,
        garden=garden,
        kitchen=ProjectFactory(cohort=world.cohort, name="La Marmite", trade="cuisine"),
        basket=ProductFactory(project=garden),
        shop=CustomerFactory(cohort=world.cohort),
        driss=people.actor("driss"),
        helene=people.actor("helene"),
    )
