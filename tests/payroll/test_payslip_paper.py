"""The slip as a paper: mandatory mentions, forbidden ones, one page, the same bytes again."""

import io

import pytest
from pypdf import PdfReader

from documents.models import Document
from documents.services.render import draw
from payroll.papers.slip import PAYSLIP
from tests.payroll.scene import set_scene

MANDATORY = [
    "Bulletin de paie, novembre 2026", "Le Ferment", "Établissement : 12 rue des Halles, 99100 Valbrune",
    "732 829 320 00074", "7022Z", "Amina Sarr", "8 allée des Tilleuls", "du 1er au 30 novembre 2026",
    "10 décembre 2026", "part de l’excédent, pas un temps de travail", "CAPE, du 7 septembre au 18 décembre 2026",
    "Part de l’excédent partagé : règle n° 1, décision n° 1 du 2 octobre 2026 (43 h 30 confirmées)",
    "MONTANT BRUT", "COTISATIONS ET CONTRIBUTIONS SOCIALES OBLIGATOIRES",
    "Sécurité Sociale Maladie Maternité Invalidité Décès", "Accidents du travail & maladies professionnelles",
    "Sécurité Sociale Vieillesse plafonnée", "Sécurité Sociale Vieillesse déplafonnée", "Famille",
    "Assurance chômage", "Autres charges dues par l’employeur", "CSG déductible de l’impôt sur le revenu",
    "CSG/CRDS non déductible de l’impôt sur le revenu", "TOTAL DES COTISATIONS ET CONTRIBUTIONS OBLIGATOIRES",
    "MONTANT NET SOCIAL", "MONTANT NET À PAYER AVANT IMPÔT SUR LE REVENU", "IMPÔT SUR LE REVENU",
    "Montant net imposable (cumul annuel : 258,06)", "Impôt sur le revenu prélevé à la source",
    "MONTANT NET À PAYER", "TOTAL VERSÉ PAR L’EMPLOYEUR", "249,52 €", "410,42", "820,84 €",
    "conservez ce bulletin de paie sans limitation de durée", "www.service-public.fr, rubrique bulletin de paie",
    "ALLÈGEMENTS DE COTISATIONS", "Personne", "Coopérative hôte",
    "Sans prélèvement à la source, vous auriez reçu 249,52 €",
    "montant net social, pour décembre 2026",
    "Convention collective, congés et préavis : articles du Code du travail ; sans objet pour un CAPE",
]  # fmt: skip
# In this order on the page: the model is the law's.
ORDER = [
    "MONTANT BRUT", "COTISATIONS ET CONTRIBUTIONS", "TOTAL DES COTISATIONS", "MONTANT NET SOCIAL",
    "MONTANT NET À PAYER AVANT", "IMPÔT SUR LE REVENU", "TOTAL VERSÉ PAR L’EMPLOYEUR",
]  # fmt: skip


@pytest.fixture
def slip(people):
    set_scene(people).issued()
    return Document.objects.get(kind="payslip", subject=people.amina)


def words(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    pages = [page.extract_text() for page in reader.pages]
    return len(pages), " ".join(" ".join(pages).replace("\xa0", " ").split())


def test_it_carries_every_mandatory_mention_on_one_page(slip):
    pages, text = words(draw(slip))
    assert pages == 1
    missing = [mention for mention in MANDATORY if mention not in text]
    assert missing == []


def test_sections_stand_in_the_order_of_the_model(slip):
    _pages, text = words(draw(slip))
    start = text.index("Du brut au net")
    places = [text.index(title, start) for title in ORDER]
    assert places == sorted(places)


def test_it_never_carries_what_is_forbidden(slip):
    text = words(draw(slip))[1].lower()
    for word in ("grève", "représentant", "sécurité sociale :", "nir", "licenciement", "signature"):
        assert f" {word} " not in text, word


def test_printed_lines_add_up_to_printed_totals(slip):
    sections = {section["code"]: section for section in slip.snapshot["sections"]}
    rows = [row for group in sections["contributions"]["groups"] for row in group["rows"]]
    total = sections["total"]["rows"][0]
    for column in ("employee", "employer"):
        cents = sum(round(float(row[column]) * 100) for row in rows if row[column])
        assert cents == round(float(total[column]) * 100)


def test_drawing_it_again_gives_the_same_bytes(slip):
    assert draw(slip) == draw(slip)


def test_the_public_page_learns_the_period_and_nothing_else(slip):
    facts = [(fact.label, fact.value) for fact in PAYSLIP.public_facts(slip.snapshot)]
    assert facts == [("Période", "novembre 2026")]


def test_the_photograph_holds_no_number_of_social_security_nor_birth_date(slip):
    text = str(slip.snapshot)
    assert "1990" not in text and "nir" not in slip.snapshot
