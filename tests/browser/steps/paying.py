"""Steps 7 to 9: the pay of a month, the papers, what a coopérant reads and anybody may check."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from playwright.sync_api import expect

from cohorts.models import Cohort
from ct_platform.kit.money import euros, parse_amount
from documents.models import Document
from payroll.models import PayRun, Share
from tests.browser.held_papers import HeldPapers
from tests.browser.steps.arriving import read_pdf
from tests.browser.visitor import Visitor

# 7 095,35 of paid sales − 1 102,55 spent − 709,54 (10 %) − 200,00 set aside.
POT = Decimal("5083.26")


# --- 7. the pay run


def prepares_the_pay(ines: Visitor, cohort: Cohort) -> PayRun:
    ines.opens("payroll:runs", cohort_id=cohort.pk)
    ines.fills(reserve="200", paid_on="2026-12-11")
    ines.presses("Préparer cette paie")
    ines.presses("Prendre la photo")
    ines.sees("Les heures et l’argent sont photographiés")
    ines.presses("Calculer les parts")
    ines.sees("Les parts sont calculées")
    run = PayRun.objects.get()
    assert run.envelope == POT
    shares = Share.objects.filter(run=run)
    assert shares.count() == 15
    assert sum(share.amount for share in shares) == POT
    assert all(share.amount + share.carried_in == share.cost + share.remainder for share in shares)
    ines.sees(euros(POT), "15 parts", "Pas un centime perdu")
    assert sum(_shares_on_the_page(ines)) == POT
    ines.follows("J’ai relu, envoyer à l’hôte")
    ines.page.locator("[name=read]").check()
    ines.presses("Envoyer à l’hôte")
    ines.sees("La paie est envoyée à Le Ferment")
    return run


def _shares_on_the_page(who: Visitor) -> list[Decimal]:
    """The column of parts as it is read, person by person."""
    people = who.table("15 personnes,").locator("tbody tr")
    expect(people).to_have_count(15)
    read = [parse_amount(text) for text in people.locator("td.hl").all_inner_texts()]
    return [amount for amount in read if amount is not None]


def agrees(helene: Visitor, run: PayRun) -> None:
    """The host, another person than the one who reviewed."""
    helene.opens("home:to_approve")
    helene.sees("Relue par Inès Marchal")
    helene.opens("payroll:run", cohort_id=run.cohort_id, run_id=run.pk)
    helene.follows("J’approuve")
    helene.page.locator("[name=read]").check()
    helene.presses("J’approuve")
    helene.sees("Vous avez approuvé cette paie")


def issues(ines: Visitor, run: PayRun) -> None:
    ines.opens("payroll:run", cohort_id=run.cohort_id, run_id=run.pk)
    ines.follows("Émettre les bulletins")
    ines.presses("Émettre maintenant")
    ines.sees("Les bulletins sont émis")
    assert Document.objects.filter(kind="payslip").count() == 15
    assert Document.objects.filter(kind="participation").count() == 15


# --- 8. the papers


def watches_the_papers(ines: Visitor, unscripted: Visitor, run: PayRun, papers: HeldPapers) -> None:
    """Waiting, some, all: live with htmx, and by reloading where nothing runs."""
    address = f"/cohortes/{run.cohort_id}/paie/{run.pk}/papiers/"
    for somebody in (ines, unscripted):
        somebody.goes(address)
        somebody.sees("0 sur 45 envoyés", "45 en attente")
    papers.render(4)
    ines.sees("4 sur 45 envoyés")  # by itself
    unscripted.follows("Recharger pour voir où on en est")
    unscripted.sees("4 sur 45 envoyés", "41 en attente")
    papers.render()
    ines.sees("Les 45 papiers sont envoyés")
    unscripted.page.reload()
    unscripted.sees("Les 45 papiers sont envoyés")


# --- 9. what one reads and anybody checks


def reads_their_pay(amina: Visitor, run: PayRun) -> Document:
    share = Share.objects.get(run=run, enrolment__person__first_name="Amina")
    amina.menu("Paie")
    amina.sees(euros(share.net_paid), "Le pot commun", "Ta part", "Le brut", "Le net", "À déclarer")
    amina.sees(euros(POT), euros(share.amount), euros(share.gross), euros(share.net_social))
    amina.menu("Papiers")
    amina.sees("Bulletin de paie", "Attestation de participation")
    return Document.objects.get(kind="payslip", subject=share.enrolment.person)


def downloads_the_slip(amina: Visitor, slip: Document) -> bytes:
    pdf = amina.fetches(f"/papiers/{slip.pk}/")
    text = read_pdf(pdf)
    net = euros(slip.payslip.net_paid, sign=False).replace("\u00a0", " ")
    for written in ("Amina Sarr", "MONTANT NET À PAYER", net, "conservez ce bulletin de paie"):
        assert written in text, written
    return pdf


def anybody_checks_it(stranger: Visitor, pdf: bytes, folder: Path) -> None:
    code = re.search(r"\w{4}(?:-\w{4}){5}-\w{2}", read_pdf(pdf))
    assert code is not None
    stranger.opens("documents:check_form")
    stranger.fills(code=code[0].lower())
    stranger.page.locator("main form button").first.click()
    stranger.sees("Ce papier est valable", "Le Ferment")
    stranger.sees_not("Sarr", "Amina")
    expect(stranger.page.get_by_text(re.compile(r"\d,\d\d\s*€"))).to_have_count(0)

    ours, altered = folder / "bulletin.pdf", folder / "retouche.pdf"
    ours.write_bytes(pdf)
    call_command("verify_document", str(ours))
    changed = bytearray(pdf)
    changed[len(changed) // 2] ^= 1
    altered.write_bytes(bytes(changed))
    with pytest.raises((CommandError, SystemExit)):
        call_command("verify_document", str(altered))
