"""The demo's invoices, through the services: issued, credited, one at the host, one still to write."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ct_platform.home.demo.scene import DAY, Scene, hour
from ct_platform.kit.actor import Actor
from projects.enums import CustomerKind
from projects.models import Customer, Invoice, Project, SellerTerms
from projects.rules.totals import line_amount
from projects.selectors.selling import terms_on
from projects.services import invoices


def invoice(scene: Scene) -> None:
    """Two invoices issued, a part of one given back, one that waits for the host, a draft."""
    _host_sells(scene)
    shop = _customer(
        scene, "Jardinerie du Val", CustomerKind.FIRM, "2 route de Brune", siret="99900412000013"
    )
    town = _customer(
        scene, "Ville de Valbrune", CustomerKind.AUTHORITY, "Place de la Mairie",
        siret="21990001600011",
    )  # fmt: skip
    person = _customer(scene, "Rosa Almeida", CustomerKind.PERSON, "3 allée des Tilleuls")
    today = scene.today
    baskets = _line(scene, "maraichage", "Panier moyen", "le panier", 12, "11.374408", "5.5")
    flowers = _line(scene, "fleuriste", "Bouquet de saison", "le bouquet", 6, "16.363636", "10")
    meals = _line(scene, "cuisine", "Plateau repas", "le plateau", 24, "12.727273", "10")
    service = _line(
        scene, "cuisine", "Service sur place", "l’heure", 4, "25.0000", "20", nature="services"
    )
    first = _issued(scene, _draft(scene, shop, "Paniers et bouquets de la quinzaine", today - 12 * DAY,
                                  baskets, flowers))  # fmt: skip
    _issued(scene, _draft(scene, town, "Buffet de la rentrée des associations", today - 7 * DAY,
                          meals, service, order_number="2026-0418"))  # fmt: skip
    bouquets = first.lines.get(designation="Bouquet de saison")
    note = invoices.credit_lines(
        invoice=first,
        taken={bouquets.pk: Decimal(1)},
        reason="Un bouquet fané à la livraison",
        actor=scene.coordinator,
        at=hour(today - 4 * DAY),
    )
    _issued(scene, note, today - 4 * DAY)
    waiting = _draft(scene, person, "Bouquets d’un anniversaire", today - 2 * DAY, flowers)
    invoices.submit_invoice(
        invoice=waiting, seen_version=waiting.version, actor=scene.coordinator,
        at=hour(today - 2 * DAY, 15),
    )  # fmt: skip
    _draft(scene, shop, "Paniers de la semaine", today - DAY, baskets)


def _host_sells(scene: Scene) -> None:
    """Conditions of sale, unless another chapter wrote them."""
    host, since = scene.cohort.host, scene.cohort.starts_on - 30 * DAY
    if terms_on(host.pk, scene.today) is None:
        SellerTerms.objects.create(
            host=host, in_force_from=since, capital="variable, 18 500 €", register_city="Valbrune",
            vat_number="FR44732829320", series="CT", delegated_on=since,
            late_rate=Decimal("12.15"), email="factures@exemple.test", phone="04 99 98 00 00",
            # The example of the norm: nobody's account.
            iban="FR1420041010050500013M02606", bic="PSSTFRPPXXX",
        )  # fmt: skip


def _customer(scene: Scene, name: str, kind: str, address: str, siret: str = "") -> Customer:
    found: Customer
    found, _made = Customer.objects.get_or_create(
        cohort=scene.cohort,
        name=name,
        defaults={
            "kind": kind, "siret": siret, "address": address, "postcode": "99100",
            "city": "Valbrune",
        },
    )  # fmt: skip
    return found


def _line(
    scene: Scene,
    trade: str,
    what: str,
    unit: str,
    quantity: int,
    price: str,
    rate: str,
    **more: Any,
) -> dict[str, Any]:
    """Prices excl. VAT, with four decimals."""
    number, each = Decimal(quantity), Decimal(price)
    return {
        "project": Project.objects.of_cohort(scene.cohort.pk).filter(trade=trade).first(),
        "designation": what,
        "quantity": number,
        "unit": unit,
        "unit_price": each,
        "vat_percent": Decimal(rate),
        "amount": line_amount(number, each),
        **more,
    }


def _draft(
    scene: Scene, customer: Customer, title: str, day: dt.date, *lines: dict[str, Any], **more: str
) -> Invoice:
    return invoices.write_draft(
        cohort=scene.cohort,
        customer=customer,
        title=title,
        lines=lines,
        sold_from=day,
        sold_until=day,
        actor=scene.coordinator,
        at=hour(day, 18),
        **more,  # type: ignore[arg-type]
    )


def _issued(scene: Scene, draft: Invoice, day: dt.date | None = None) -> Invoice:
    """The host looks, then the coordination issues; on the day of the sale when none is said."""
    on = day or draft.sold_until
    helene: Actor = scene.voice("helene")
    invoices.submit_invoice(
        invoice=draft, seen_version=draft.version, actor=scene.coordinator, at=hour(on, 18, 10)
    )
    invoices.approve_invoice(
        invoice=draft, seen_version=draft.version, actor=helene, at=hour(on, 18, 20)
    )
    return invoices.issue_invoice(invoice=draft, actor=scene.coordinator, at=hour(on, 18, 30))
