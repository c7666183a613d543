"""Slips of fixed cases: exactly the stored text and pages, sums that add up, the same bytes anywhere."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from ct_platform.kit.clock import NBSP
from ct_platform.kit.money import euros
from documents.services.render import draw
from payroll.engine.wording import percent
from tests.payroll.golden_slips import GOLDEN, HASHES, text_of, versions
from tests.payroll.slip_cases import CASES, document_of

ROOT = Path(__file__).parents[2]
AMOUNT = re.compile(r"(?:− )?\d{1,3}(?: \d{3})*,\d\d(?! ?%|\d)(?: €)?")
REWRITE = "wanted? then: python -m tests.payroll.golden_slips, and raise TEMPLATE_VERSION"


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: draw(document_of(case)) for name, case in CASES.items()}


@pytest.mark.parametrize("name", CASES)
def test_it_prints_exactly_the_stored_text_on_as_many_pages(drawn, name):
    stored = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert text_of(drawn[name]) == stored, REWRITE


WAGE = [
    "Établissement : 12 rue des Halles, 99100 Valbrune", "SIRET 732 829 320 00074", "APE 7022Z",
    "Amina Sarr", "Emploi et classification", "Heures payées", "75,83 heures", "CDD, du 7 septembre",
    "10 décembre 2026", "règle n° 1, décision n° 3", "Salarié", "Employeur", "CEG et CET T1",
    "Complémentaire garanties frais de santé obligatoire", "EXONÉRATIONS ET ALLÈGEMENTS DE COTISATIONS",
    "Montant net imposable (cumul annuel : 770,73)", "3,50 %", "vous auriez reçu 717,13 €",
    "Convention collective : Bureaux d’études techniques (IDCC 1486)", "Aucun congé payé", "sans limitation de durée",
]  # fmt: skip


def test_a_wage_carries_its_mandatory_mentions_and_no_cape_wording(drawn):
    """C. trav. R3243-1: what a slip of an employment contract says besides its lines."""
    text = " ".join(text_of(drawn["cdd-part-time"]).split())
    assert [mention for mention in WAGE if mention not in text] == []
    assert "CAPE" not in text and "Personne" not in text
    without = " ".join(text_of(drawn["cdd-full-time"]).split())
    assert "Congés payés : articles L3141-3 à L3141-21 du Code du travail." in without


def test_a_cape_never_speaks_of_wages_outside_the_official_labels(drawn):
    text = " ".join(text_of(drawn["cape-advance"]).split())
    for label in ("Autres charges dues par l’employeur", "TOTAL VERSÉ PAR L’EMPLOYEUR"):
        text = text.replace(label, "")
    for word in ("salari", "salaire", "employeur", "licenciement", "emploi"):
        assert word not in text.lower(), word


def test_a_relief_taken_back_says_so(drawn):
    text = " ".join(text_of(drawn["regularised-december"]).split())
    assert "ALLÈGEMENTS DE COTISATIONS part reprise sur l’année 700,71" in text


def test_ordinary_slips_hold_on_one_page_and_the_fullest_on_two(drawn):
    pages = {name: len(PdfReader(io.BytesIO(pdf)).pages) for name, pdf in drawn.items()}
    assert pages.pop("longest") == 2
    assert pages.pop("high-gross") <= 2
    assert set(pages.values()) == {1}


def test_its_bytes_are_the_stored_ones_under_these_versions(drawn):
    stored = json.loads(HASHES.read_text(encoding="utf-8"))
    if versions() not in stored:
        pytest.skip(f"stored for {', '.join(stored)}; here: {versions()}")
    found = {name: hashlib.sha256(pdf).hexdigest() for name, pdf in drawn.items()}
    assert found == stored[versions()], REWRITE


def test_another_process_elsewhere_draws_the_same_bytes(drawn):
    code = (
        "import django, hashlib; django.setup();"
        "from documents.services.render import draw;"
        "from tests.payroll.slip_cases import CASES, document_of;"
        "print(*(hashlib.sha256(draw(document_of(CASES[n]))).hexdigest() for n in sorted(CASES)))"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "ct_platform.settings.test",
           "PYTHONHASHSEED": "11", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"}  # fmt: skip
    there = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    assert there.stdout.split() == [hashlib.sha256(drawn[n]).hexdigest() for n in sorted(CASES)]


class Printed:
    """The table of a slip, read as a person with a ruler does: amounts under the head of their column."""

    def __init__(self, text: str) -> None:
        lines = text.splitlines()
        start = next(n for n, line in enumerate(lines) if "Montants en euros" in line)
        head = lines[start]
        self.person_ends = len(re.split(r"(?<=Salarié)|(?<=Personne)", head)[0])
        self.host_ends = len(head.rstrip())
        self.rows: list[tuple[str, Decimal | None, Decimal | None]] = []
        for line in lines[start + 1 :]:
            if "D’où vient cette somme" in line:
                break
            self.rows.append(self._row(line))

    def _row(self, line: str) -> tuple[str, Decimal | None, Decimal | None]:
        label = re.split(r" {3,}", line.strip())[0]
        person = host = None
        for found in AMOUNT.finditer(line):
            ends = found.end()
            if abs(ends - self.host_ends) <= 3:
                host = _decimal(found[0])
            elif abs(ends - self.person_ends) <= 4 or found[0].endswith(
                "€"
            ):  # the two in large type
                person = _decimal(found[0])
        return label, person, host

    def __getitem__(self, label: str) -> tuple[Decimal, Decimal]:
        person, host = next((p, h) for name, p, h in self.rows if name.startswith(label))
        return person or Decimal(0), host or Decimal(0)

    def exactly(self, label: str) -> tuple[Decimal, Decimal]:
        person, host = next((p, h) for name, p, h in self.rows if name == label)
        return person or Decimal(0), host or Decimal(0)

    def between(self, first: str, last: str) -> tuple[Decimal, Decimal]:
        """Sums of both columns, over the rows strictly between two labels."""
        names = [name for name, _, _ in self.rows]
        start = next(n for n, name in enumerate(names) if name.startswith(first))
        stop = next(n for n, name in enumerate(names) if n > start and name.startswith(last))
        rows = self.rows[start + 1 : stop]
        return (
            sum((person or Decimal(0) for _, person, _ in rows), Decimal(0)),
            sum((host or Decimal(0) for _, _, host in rows), Decimal(0)),
        )


def _decimal(text: str) -> Decimal:
    plain = text.removesuffix(" €").replace(" ", "").replace(",", ".").replace("−", "-")
    return Decimal(plain)


@pytest.mark.parametrize("name", CASES)
def test_printed_lines_add_up_to_printed_totals(drawn, name):
    printed = Printed(text_of(drawn[name]))
    gross, _ = printed["MONTANT BRUT"]
    lines = printed.between("COTISATIONS ET CONTRIBUTIONS", "TOTAL DES COTISATIONS")
    assert lines == printed["TOTAL DES COTISATIONS ET CONTRIBUTIONS OBLIGATOIRES"]

    names = [row[0] for row in printed.rows]
    relief = printed["EXONÉRATIONS"] if any(n.startswith("EXO") for n in names) else (0, 0)
    total = printed.exactly("TOTAL DES COTISATIONS ET CONTRIBUTIONS")
    assert (lines[0] + relief[0], lines[1] + relief[1]) == total

    net_social, _ = printed["MONTANT NET SOCIAL"]
    assert net_social == gross - total[0]
    before_tax, _ = printed["MONTANT NET À PAYER AVANT"]
    changes, _ = printed.between("MONTANT NET SOCIAL", "MONTANT NET À PAYER AVANT")
    assert before_tax == net_social + changes
    tax, _ = printed["Impôt sur le revenu prélevé"]
    assert printed.exactly("MONTANT NET À PAYER")[0] == before_tax - tax
    assert printed["TOTAL VERSÉ PAR L’EMPLOYEUR"][1] == gross + total[1]
    assert printed["ALLÈGEMENTS DE COTISATIONS"][1] == -relief[1]


def test_the_ruler_reads_the_two_columns_apart(drawn):
    printed = Printed(text_of(drawn["cape"]))
    assert printed["Sécurité Sociale Vieillesse plafonnée"] == (Decimal("20.70"), Decimal("25.65"))
    assert printed["Famille"] == (0, Decimal("15.75"))
    assert printed["MONTANT NET SOCIAL"] == (Decimal("249.52"), 0)


@pytest.mark.parametrize("name", CASES)
def test_the_embedded_figures_are_the_printed_ones_and_no_others(drawn, name):
    reader = PdfReader(io.BytesIO(drawn[name]))
    assert list(reader.attachments) == ["bulletin.json"]
    figures = json.loads(reader.attachments["bulletin.json"][0])
    text = " ".join(text_of(drawn[name]).split())
    for row in figures["rows"]:
        for key in ("base", "employee", "employer", "year"):
            if row[key] is not None:
                assert euros(Decimal(row[key]), sign=False).replace(NBSP, " ") in text, row
        if row["rate"] is not None:
            assert percent(Decimal(row["rate"])).replace(NBSP, " ") in text, row
    rungs = figures["ladder"]
    for key in ("pot", "share", "cost", "gross", "net", "net_social", "withheld", "remainder"):
        assert euros(Decimal(rungs[key])).replace(NBSP, " ") in text, key
    everything = json.dumps(figures, ensure_ascii=False).lower()
    for secret in ("birth", "naissance", "iban", "nir", "email"):
        assert secret not in everything


def test_the_embedded_figures_keep_their_keys(drawn):
    """Readers elsewhere depend on them: a new version number is the only way to change one."""
    reader = PdfReader(io.BytesIO(drawn["cape"]))
    figures = json.loads(reader.attachments["bulletin.json"][0])
    assert (figures["format"], figures["version"]) == ("bulletin-de-paie", 1)
    assert sorted(figures) == [
        "activity", "cancels", "check", "cohort", "columns", "contract", "format", "host", "ladder", "number",
        "paid_on", "pay_item", "period", "person", "profile", "replaces", "rows", "title", "version",
        "without_tax",
    ]  # fmt: skip
    assert sorted(figures["rows"][0]) == [
        "base", "code", "employee", "employer", "group", "label", "rate", "section", "year",
    ]  # fmt: skip
