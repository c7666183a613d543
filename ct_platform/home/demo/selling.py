"""What the demo cohort sells in its host's name: three customers, six products, quotes at every step."""

import datetime as dt
from decimal import Decimal

from ct_platform.home.demo.scene import DAY, Scene, hour
from projects.enums import CustomerKind, VatCategory, WayOfSale
from projects.models import Customer, Product, Project, Quote
from projects.services import quotes
from projects.services.customers import CustomerSaid, add_customer
from projects.services.lines import AskedLine
from projects.services.products import ProductSaid, add_product
from projects.services.quotes import QuoteSaid
from projects.services.seller import Conditions, write_terms

# (trade of its activity, name, unit, category, price VAT included)
_PRODUCTS = (
    ("maraichage", "Panier moyen", "le panier", VatCategory.FOOD, "12.00"),
    ("maraichage", "Soupe en bocal", "le bocal", VatCategory.FOOD, "4.50"),
    ("fleuriste", "Bouquet de saison", "le bouquet", VatCategory.RAW_PLANTS, "18.00"),
    ("fleuriste", "Centre de table", "la pièce", VatCategory.WORKED_FLOWERS, "25.00"),
    ("cuisine", "Plateau repas", "le plateau", VatCategory.FOOD, "14.00"),
    ("cuisine", "Service sur place", "l’heure", VatCategory.SERVICE, "30.00"),
)


def sell(scene: Scene) -> None:
    """A person, a firm and an authority; a quote accepted, one that waits, one at the host, a draft."""
    _host_conditions(scene)
    shelf = _shelf(scene)
    person, firm, authority = _customers(scene)
    accepted = _quote(
        scene, firm, "Buffet de fin d’année", scene.today - 9 * DAY,
        _line(shelf, "Plateau repas", WayOfSale.READY, 24),
        _line(shelf, "Centre de table", WayOfSale.PLAIN, 3),
        _line(shelf, "Service sur place", WayOfSale.SERVICE, 4),
    )  # fmt: skip
    _leave(scene, accepted, scene.today - 8 * DAY)
    quotes.accept_quote(
        quote=accepted, name="Sabine Keller", actor=None, at=hour(scene.today - 5 * DAY)
    )
    waiting = _quote(
        scene, authority, "Paniers pour la crèche, en janvier", scene.today - 3 * DAY,
        _line(shelf, "Panier moyen", WayOfSale.STORABLE, 40, Decimal(5)),
        _line(shelf, "Soupe en bocal", WayOfSale.STORABLE, 20),
    )  # fmt: skip
    _leave(scene, waiting, scene.today - 2 * DAY)
    at_host = _quote(
        scene, person, "Bouquets d’un anniversaire", scene.today - DAY,
        _line(shelf, "Bouquet de saison", WayOfSale.PLAIN, 5),
    )  # fmt: skip
    quotes.submit_quote(quote=at_host, actor=scene.coordinator, at=hour(scene.today - DAY, 15))
    _quote(
        scene, firm, "Fleurs du hall, chaque lundi", scene.today - DAY,
        _line(shelf, "Bouquet de saison", WayOfSale.PLAIN, 4),
    )  # fmt: skip


def _host_conditions(scene: Scene) -> None:
    since = scene.cohort.starts_on - 30 * DAY
    write_terms(
        host=scene.cohort.host,
        conditions=Conditions(
            in_force_from=since, capital="variable, 18 500 €", register_city="Valbrune",
            vat_number="FR44732829320", series="CT", delegated_on=since, asks_to_validate=True,
            due_days=30, late_rate=Decimal("12.15"),
            early_terms="Pas d’escompte pour paiement anticipé",
            # The example of the norm: nobody's account.
            iban="FR1420041010050500013M02606", bic="PSSTFRPPXXX",
            email="factures@exemple.test", phone="04 99 98 00 00",
        ),
        actor=scene.voice("helene"),
        at=hour(since),
    )  # fmt: skip


def _shelf(scene: Scene) -> dict[str, Product]:
    projects = {one.trade: one for one in Project.objects.of_cohort(scene.cohort.pk)}
    return {
        name: add_product(
            project=projects[trade],
            said=ProductSaid(name=name, unit=unit, category=category, usual_price=Decimal(price)),
            actor=scene.coordinator,
        )
        for trade, name, unit, category, price in _PRODUCTS
    }


def _customers(scene: Scene) -> list[Customer]:
    said = (
        CustomerSaid(
            kind=CustomerKind.PERSON, name="Rosa Almeida", email="rosa.almeida@exemple.test",
            address="3 allée des Tilleuls", postcode="99100", city="Valbrune",
        ),
        CustomerSaid(
            kind=CustomerKind.FIRM, name="Jardinerie du Val", siret="99900412000013",
            vat_number="FR74999004120", email="sabine.keller@exemple.test",
            address="2 route de Brune", postcode="99100", city="Valbrune",
        ),
        CustomerSaid(
            kind=CustomerKind.AUTHORITY, name="Ville de Valbrune", siret="21990001600011",
            service_code="PETITE-ENFANCE", email="creche@exemple.test",
            address="Place de la Mairie", postcode="99100", city="Valbrune",
            delivery_address="Crèche Les Lutins, 8 rue du Lavoir", delivery_postcode="99100",
            delivery_city="Valbrune",
        ),
    )  # fmt: skip
    return [add_customer(cohort=scene.cohort, said=one, actor=scene.coordinator) for one in said]


def _line(
    shelf: dict[str, Product],
    name: str,
    way: WayOfSale,
    quantity: int,
    discount: Decimal = Decimal(0),
) -> AskedLine:
    return AskedLine(
        row=0, thing=f"{shelf[name].pk}:{way}", quantity=Decimal(quantity),
        discount_percent=discount,
    )  # fmt: skip


def _quote(scene: Scene, customer: Customer, title: str, day: dt.date, *lines: AskedLine) -> Quote:
    return quotes.write_quote(
        cohort=scene.cohort,
        said=QuoteSaid(customer=customer, title=title, lines=lines),
        actor=scene.coordinator,
        at=hour(day),
    )


def _leave(scene: Scene, quote: Quote, day: dt.date) -> None:
    """Validated by the host, then sent."""
    quotes.submit_quote(quote=quote, actor=scene.coordinator, at=hour(day, 9))
    quotes.approve_quote(quote=quote, actor=scene.voice("helene"), at=hour(day, 11))
    quotes.send_quote(quote=quote, actor=scene.coordinator, at=hour(day, 12))
    quote.refresh_from_db()
