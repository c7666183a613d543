"""Photographs of invoices of every sort, made without a database: for mentions, XML and drawings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cohorts.models import Cohort, Organisation
from projects.enums import InvoiceKind
from projects.models import Customer, Invoice, InvoiceLine, Project, SellerTerms
from projects.papers.invoice_photograph import Facts, photograph
from projects.rules.billing import credit_totals, due_on, left_of
from projects.rules.totals import line_amount, line_of, totals_of_lines

DAY = dt.date(2026, 11, 25)
HOST = {
    "name": "Le Ferment",
    "legal_form": "SCIC SARL",
    "siret": "73282932000074",
    "ape": "8299Z",
    "address": "12 rue des Halles",
    "postcode": "99100",
    "city": "Valbrune",
}
BUYERS: dict[str, dict[str, str]] = {
    "person": {"name": "Jeanne Dufour", "address": "4 rue Haute"},
    "firm": {"name": "Épicerie du Canal", "siret": "35600000000048", "address": "3 quai du Canal"},
    "authority": {
        "name": "Commune de Valbrune",
        "siret": "21350238800019",
        "address": "1 place de la Mairie",
        "service_code": "CUISINE",
    },
}


@dataclass(frozen=True)
class Sold:
    designation: str = "Panier moyen"
    price: str = "11.3744"
    rate: str = "5.5"
    quantity: str = "2"
    unit: str = "le panier"
    discount: str = "0"
    nature: str = "goods"
    trade: str = "maraichage"
    paid: str = ""  # for the line, when its price was said VAT included


PANIER = Sold()
BRUNCH = Sold("Brunch du dimanche, sur place", "22.5", "10", "12", "le couvert", trade="cuisine")
SHIFT = Sold("Désherbage d’une cour", "31", "20", "3.5", "l’heure", "0", "services", "services")
JAM = Sold("Pot de confiture", "8.325", "20", "1", "le pot", paid="9.99")
WINE = Sold("Vin chaud", "3.3333", "20", "30", "le verre", "10", trade="cuisine")


def terms_of(**terms: Any) -> SellerTerms:
    written: dict[str, Any] = {
        "capital": "variable, 18 500 €",
        "register_city": "Valbrune",
        "vat_number": "FR44732829320",
        "series": "CT",
        "late_rate": Decimal("12.15"),
        "due_days": 30,
        "early_terms": "Pas d’escompte pour paiement anticipé",
        "iban": "FR1420041010050500013M02606",
        "bic": "PSSTFRPPXXX",
        "email": "factures@leferment.example",
        "phone": "01 99 00 12 34",
    }
    return SellerTerms(**{**written, **terms})


def snapshot_of(
    *sold: Sold,
    kind: str = "invoice",
    buyer: str = "firm",
    terms: dict[str, Any] | None = None,
    deposit: Sequence[Sold] = (),
    number: str = "2026-CT-00041",
    customer: dict[str, str] | None = None,
    cape_until: dt.date | None = dt.date(2027, 1, 31),
    exemption: str = "",
    **more: Any,
) -> dict[str, Any]:
    """Take `deposit` off, when there is one. A credit note corrects an invoice of the same lines."""
    host, cohort = Organisation(**HOST), Cohort(name="Les Racines du Plateau")
    wanted = {"postcode": "99100", "city": "Valbrune", **BUYERS[buyer], **(customer or {})}
    invoice = Invoice(
        cohort=cohort,
        host=host,
        customer=Customer(kind=buyer, **wanted),
        kind=kind,
        title="Paniers de novembre",
        sold_from=dt.date(2026, 11, 2),
        sold_until=dt.date(2026, 11, 23),
        **more,
    )
    lines = [_line(one, place) for place, one in enumerate(sold, start=1)]
    before = Invoice(kind="deposit", number="2026-CT-00007", issued_on=dt.date(2026, 10, 5))
    for one in deposit:
        taken = _line(one, len(lines) + 1)
        taken.designation = f"Acompte déduit : facture n° {before.number}"
        taken.quantity, taken.amount, taken.deposit = Decimal(-1), -taken.amount, before
        taken.unit_price, taken.unit = -taken.amount, ""
        lines.append(taken)
    amounts = [line_of(one) for one in lines]
    totals = totals_of_lines(amounts)
    if kind == InvoiceKind.CREDIT_NOTE:
        invoice.corrects = Invoice(
            kind="invoice", number="2026-CT-00012", issued_on=dt.date(2026, 11, 9)
        )
        invoice.reason = "Deux paniers abîmés à la livraison"
        totals = credit_totals(amounts, left_of(amounts))
    seller = terms_of(**(terms or {}))
    return photograph(
        Facts(
            invoice=invoice,
            lines=lines,
            totals=totals,
            terms=seller,
            issued_on=DAY,
            due_on=due_on(DAY, seller.due_days, to_authority=buyer == "authority"),
            number=number,
            cape_until=cape_until,
            deposits=[before] if deposit else [],
            exemption=exemption,
        )
    )


def _line(one: Sold, place: int) -> InvoiceLine:
    quantity, price, discount = Decimal(one.quantity), Decimal(one.price), Decimal(one.discount)
    return InvoiceLine(
        position=place,
        project=Project(name="Le jardin", trade=one.trade),
        designation=one.designation,
        nature=one.nature,
        quantity=quantity,
        unit=one.unit,
        unit_price=price,
        discount_percent=discount,
        vat_percent=Decimal(one.rate),
        amount=line_amount(quantity, price, discount),
        gross_amount=Decimal(one.paid) if one.paid else None,
    )


def every_case() -> dict[str, dict[str, Any]]:
    """One photograph of each sort the XML must be right for."""
    free = {"vat_regime": "franchise", "vat_number": ""}
    at_zero = Sold(rate="0")
    return {
        "invoice": snapshot_of(PANIER),
        "deposit": snapshot_of(Sold("Acompte de 30 %", "135", "10", "1", ""), kind="deposit"),
        "credit_note": snapshot_of(PANIER, kind="credit_note"),
        "mixed_vat": snapshot_of(PANIER, BRUNCH, SHIFT, WINE),
        "franchise": snapshot_of(at_zero, terms=free),
        "franchise_credit": snapshot_of(at_zero, kind="credit_note", terms=free),
        "exempt_line": snapshot_of(at_zero, PANIER, exemption="article 294 du CGI"),
        "consumer_credit": snapshot_of(PANIER, kind="credit_note", buyer="person"),
        "consumer": snapshot_of(PANIER, buyer="person"),
        "consumer_service": snapshot_of(SHIFT, buyer="person"),
        "authority": snapshot_of(BRUNCH, buyer="authority", order_number="BC-2026-118"),
        "debits": snapshot_of(SHIFT, PANIER, terms={"vat_on_debits": True}),
        "discount": snapshot_of(WINE),
        "price_with_vat": snapshot_of(JAM, PANIER),
        "given": snapshot_of(PANIER, Sold("Offert", discount="100")),
        "deposit_taken_off": snapshot_of(BRUNCH, deposit=[Sold("", "81", "10", "1")]),
        "nothing_left_to_pay": snapshot_of(BRUNCH, deposit=[Sold("", "270", "10", "1")]),
        "delivered_elsewhere": snapshot_of(
            PANIER,
            customer={
                "delivery_address": "Cour des Tanneurs",
                "delivery_postcode": "99200",
                "delivery_city": "Hautbourg",
            },
        ),
        "one_day": snapshot_of(PANIER, note="Merci pour votre commande."),
        "no_account": snapshot_of(PANIER, terms={"iban": "", "bic": "", "email": "", "phone": ""}),
    }
