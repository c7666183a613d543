"""The paper of a quote: drawn from its photograph alone, with every mention the law asks."""

import io
from decimal import Decimal

import pytest
from pypdf import PdfReader

from documents.services.render import draw
from projects.enums import CustomerKind, VatRegime, WayOfSale
from projects.models import VatDecision
from tests.factories import (
    TODAY,
    CustomerFactory,
    ProductFactory,
    ProjectFactory,
    SellerTermsFactory,
)
from tests.selling import a_line, sent

pytestmark = pytest.mark.django_db


def printed(document):
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(draw(document))).pages)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.fixture
def shop(people):
    people.product = ProductFactory(
        project=ProjectFactory(cohort=people.a.cohort), usual_price=Decimal(14)
    )
    return people


def test_it_says_who_sells_to_whom_what_and_until_when(shop):
    SellerTermsFactory(host=shop.a.host, iban="FR7630006000011234567890189")
    customer = CustomerFactory(
        cohort=shop.a.cohort, name="Épicerie du Canal", delivery_address="8 rue du Lavoir"
    )
    quote = sent(
        customer,
        a_line(shop.product, WayOfSale.READY, quantity=Decimal(24)),
        a_line(shop.product, row=1, discount_percent=Decimal(5)),
        actor=shop.actor("driss"),
    )
    said = printed(quote.document)
    for words in (
        "Devis n° 2026-D-00001", "SCOP SA, capital variable, 18 500 €", "RCS Valbrune",
        "TVA FR44732829320", "SIRET 732 829 320 00074", "Épicerie du Canal", "8 rue du Lavoir",
        "Remise de 5 %", "TVA à 10 % sur 305,45 €", "Total TVA comprise",
        "25 décembre 2026", "Livraison de biens.", "FR76 3000 6000", "12,15 % par an", "40,00 €",
        "L127-1 à L127-7", shop.a.cohort.name,
    ):  # fmt: skip
        assert words in said, words


def test_a_person_reads_no_penalty_and_a_franchise_says_why_there_is_no_vat(shop):
    SellerTermsFactory(host=shop.a.host, vat_regime=VatRegime.FRANCHISE, vat_number="")
    customer = CustomerFactory(cohort=shop.a.cohort, kind=CustomerKind.PERSON, siret="")
    said = printed(sent(customer, a_line(shop.product), actor=shop.actor("driss")).document)
    assert "293 B" in said and "28,00 €" in said
    assert "Pénalités" not in said and "40,00" not in said


def test_what_bears_no_vat_says_why_in_the_words_of_the_host(shop):
    SellerTermsFactory(host=shop.a.host)
    for way, reason in (("storable", "article 261, 4, 4° du CGI"), ("on_site", "autre chose")):
        VatDecision.objects.create(
            host=shop.a.host, category="food", way=way, percent=0, reason=reason,
            in_force_from=TODAY, written_by=shop.helene,
        )  # fmt: skip
    customer = CustomerFactory(cohort=shop.a.cohort)
    said = printed(sent(customer, a_line(shop.product), actor=shop.actor("driss")).document)
    assert "TVA à 0 % : article 261, 4, 4° du CGI." in said
    assert "autre chose" not in said


def test_an_authority_is_never_given_more_than_thirty_days(shop):
    SellerTermsFactory(host=shop.a.host, due_days=60)
    town = CustomerFactory(cohort=shop.a.cohort, kind=CustomerKind.AUTHORITY)
    said = printed(sent(town, a_line(shop.product), actor=shop.actor("driss")).document)
    assert "Paiement à 30 jours" in said and "commande publique" in said


def test_sixty_lines_stay_readable(shop):
    SellerTermsFactory(host=shop.a.host)
    customer = CustomerFactory(cohort=shop.a.cohort)
    lines = [a_line(shop.product, row=n) for n in range(60)]
    quote = sent(customer, *lines, actor=shop.actor("driss"))
    content = draw(quote.document)
    assert len(PdfReader(io.BytesIO(content)).pages) <= 4
