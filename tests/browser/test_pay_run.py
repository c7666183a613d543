"""A pay walked by three people: one prepares, the host agrees, somebody else at the host pays.

Each in a browser of their own; two coopérants read what came of it, one on a bank account, one by cheque.
"""

import datetime as dt

import pytest
from defusedxml.ElementTree import fromstring
from django.conf import settings as django_settings

from ct_platform.kit.invariants import all_invariants
from ct_platform.kit.money import euros
from payroll.models import AccountEntry, Payment, PayRun, Payslip
from tests import factories as make
from tests import personas
from tests.browser.steps.arriving import read_pdf, signs_in
from tests.browser.test_every_page import cookie_of
from tests.ibans import AMINA, HOST
from tests.payroll.scene import set_scene
from tests.personas import People

PAID_ON = "2026-12-10"


@pytest.fixture
def people(transactional_db) -> People:
    """The usual ones, and Hadrien: a second seat at the host."""
    people = personas.build()
    hadrien = make.PersonFactory(
        first_name="Hadrien", last_name="Second", email="hadrien@exemple.test",
        user=make.UserFactory(email="hadrien@exemple.test"),
    )  # fmt: skip
    make.HostSeatFactory(person=hadrien, organisation=people.a.host)
    people.persons["hadrien"] = hadrien
    return people


@pytest.fixture
def staff(visitor, people):
    def comes_in(name: str):
        who = visitor(name.title())
        signs_in(who, f"{name}@exemple.test")
        return who

    return comes_in


@pytest.fixture
def cooperant(visitor, people, live_server):
    def enters(name: str):
        who = visitor(name.title(), phone=True)
        cookie = {
            "name": django_settings.SESSION_COOKIE_NAME,
            "value": cookie_of(people.user(name)),
        }
        who.page.context.add_cookies([cookie | {"url": live_server.url}])
        return who

    return enters


def test_three_people_take_a_pay_to_its_end(people, staff, cooperant, papers):
    cohort = set_scene(people).cohort
    amina, bastien = cooperant("amina"), cooperant("bastien")
    gives_an_account(amina)

    driss = staff("driss")
    run = prepares(driss, cohort)
    driss.page.reload()
    driss.sees_not("J’approuve")

    helene = staff("helene")
    agrees(helene, run)
    issues(driss, run)
    papers.render()

    hadrien = staff("hadrien")
    enters_the_account_of_the_host(hadrien)
    prepares_the_payments(hadrien, run, people)
    pays_by_transfer(hadrien, run)
    follows(driss, run)
    pays_by_cheque(hadrien, run)
    hadrien.opens("payroll:payments", cohort_id=cohort.pk, run_id=run.pk)
    hadrien.sees("Cette paie est payée")

    for who, name in ((amina, "amina"), (bastien, "bastien")):
        reads(who, run, people, name)
    require_a_whole_pay(run, people)
    for who in (driss, helene, hadrien, amina, bastien):
        assert who.complaints == [], who.name


def gives_an_account(amina) -> None:
    """A typing slip first: she is told beside the field, and nothing is kept."""
    amina.opens("payroll:my_bank")
    amina.fills(iban=AMINA[:-1] + ("0" if AMINA[-1] != "0" else "1"))
    amina.presses("Enregistrer ce compte")
    amina.sees("Par chèque")
    amina.fills(iban=AMINA)
    amina.presses("Enregistrer ce compte")
    amina.sees(f"•••• {AMINA[-4:]}")


def prepares(driss, cohort) -> PayRun:
    driss.opens("payroll:runs", cohort_id=cohort.pk)
    driss.fills(reserve="20,84", paid_on=PAID_ON)
    driss.presses("Préparer cette paie")
    driss.presses("Prendre la photo")
    driss.presses("Calculer les parts")
    driss.sees("Les parts sont calculées", "Pas un centime perdu")
    driss.follows("J’ai relu, envoyer à l’hôte")
    driss.page.locator("[name=read]").check()
    driss.presses("Envoyer à l’hôte")
    driss.sees("La paie est envoyée à Le Ferment")
    run = PayRun.objects.get()
    driss.opens("payroll:run", cohort_id=cohort.pk, run_id=run.pk)
    return run


def agrees(helene, run) -> None:
    helene.opens("payroll:run", cohort_id=run.cohort_id, run_id=run.pk)
    helene.follows("J’approuve")
    helene.page.locator("[name=read]").check()
    helene.presses("J’approuve")
    helene.sees("Vous avez approuvé cette paie")


def issues(driss, run) -> None:
    """Pressed in two windows: the second finds the papers of the first."""
    driss.opens("payroll:issue", cohort_id=run.cohort_id, run_id=run.pk)
    other = driss.page.context.new_page()
    other.goto(driss.page.url)
    driss.presses("Émettre maintenant")
    driss.sees("Les bulletins sont émis")
    with other.expect_navigation():
        other.get_by_role("button", name="Émettre maintenant").click()
    assert other.url == driss.page.url
    other.close()
    assert sorted(Payslip.objects.values_list("number", flat=True)) == [
        "2026-R-00001", "2026-R-00002",
    ]  # fmt: skip


def enters_the_account_of_the_host(hadrien) -> None:
    hadrien.opens("payroll:host_bank")
    hadrien.fills(iban=HOST)
    hadrien.page.locator("main form button.btn-primary").first.click()
    hadrien.sees(f"•••• {HOST[-4:]}")


def prepares_the_payments(hadrien, run, people) -> None:
    hadrien.opens("payroll:payments", cohort_id=run.cohort_id, run_id=run.pk)
    hadrien.sees("Amina Sarr", "Bastien Cherif", f"•••• {AMINA[-4:]}")
    hadrien.presses("Préparer ces paiements")
    hadrien.sees("Les paiements sont préparés. Rien n’est encore parti.")
    kinds = dict(Payment.objects.values_list("enrolment__person__first_name", "kind"))
    assert kinds == {"Amina": "sepa", "Bastien": "cheque"}


def pays_by_transfer(hadrien, run) -> None:
    """The file for the bank says her net and her account; then what left is ticked."""
    payment = Payment.objects.get(kind="sepa")
    opens_the_order(hadrien, run, payment)
    tree = fromstring(hadrien.downloads("Fichier pour la banque"))
    said = {element.tag.rpartition("}")[2]: element.text for element in tree.iter()}
    assert said["InstdAmt"] == str(payment.amount)
    assert AMINA in [element.text for element in tree.iter()]
    hadrien.page.reload()
    marks_as_paid(hadrien)


def pays_by_cheque(hadrien, run) -> None:
    payment = Payment.objects.get(kind="cheque")
    opens_the_order(hadrien, run, payment)
    letter = read_pdf(hadrien.downloads("Lettres des chèques"))
    assert "Bastien Cherif" in letter
    hadrien.page.reload()
    hadrien.page.locator(f"[name=cheque_{payment.pk}]").fill("0000077")
    marks_as_paid(hadrien)
    hadrien.sees("chèque n° 0000077")


def opens_the_order(hadrien, run, payment) -> None:
    hadrien.opens(
        "payroll:order", cohort_id=run.cohort_id, run_id=run.pk, order_id=payment.order_id
    )


def marks_as_paid(hadrien) -> None:
    hadrien.fills(paid_on=dt.date(2026, 11, 25).isoformat())
    hadrien.presses("Marquer payés")
    hadrien.sees("1 paiement noté")


def follows(driss, run) -> None:
    """The coordinator sees who is paid, never an account."""
    driss.opens("payroll:payments", cohort_id=run.cohort_id, run_id=run.pk)
    driss.sees("Amina Sarr", "Bastien Cherif")
    driss.sees_not(AMINA[-4:], "Marquer payés", "Préparer ces paiements")


def reads(who, run, people, name) -> None:
    share = run.shares.get(enrolment=people.enrolments[name])
    who.opens("home:my_coop")
    who.menu("Paie")
    who.sees(euros(share.net_paid), euros(share.net_social), "À déclarer")
    who.opens("payroll:my_account")
    who.sees(euros(share.net_paid))
    who.menu("Papiers")
    who.sees("Bulletin de paie")


def require_a_whole_pay(run, people) -> None:
    run.refresh_from_db()
    assert run.state == "paid"
    hands = {run.reviewed_by, run.approved_by, *(p.paid_by for p in Payment.objects.all())}
    assert hands == {people.driss, people.helene, people.hadrien}
    for share in run.shares.all():
        owed = sum(entry.amount for entry in AccountEntry.objects.filter(enrolment=share.enrolment))
        assert owed == 0  # everything that was owed has been paid
    for invariant in all_invariants():
        if invariant.code.startswith(("payroll.", "documents.")):
            assert list(invariant.check()) == [], invariant.code
