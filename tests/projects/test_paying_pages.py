"""Getting paid through the door: payments, offsets, the box on a phone, what waits, what closes."""

import re
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from cohorts.enums import CohortState
from cohorts.models import Cohort
from cohorts.waiting import waiting_of
from ct_platform.kit.invariants import all_invariants
from projects.models import CashTally, Payment, Sale
from tests import factories as make
from tests.factories import TODAY
from tests.projects.issued import issued_invoice
from tests.projects.money_world import LATE, take_money
from tests.projects.test_my_hours_page import text
from tests.projects.verbs_of_cash import begin, counts


@pytest.fixture
def project(people):
    return make.ProjectFactory(cohort=people.a.cohort, name="Le jardin")


def money_url(invoice):
    return reverse("projects:invoice_payments", args=[invoice.cohort_id, invoice.pk])


def typed(**more):
    return {
        "client_uuid": str(uuid.uuid4()), "amount": "60,00", "means": "cheque",
        "received_on": "2026-11-24", "reference": "n° 12",
    } | more  # fmt: skip


def test_a_payment_is_noted_and_shown(people, project, enter):
    invoice = issued_invoice(project, ("100.00", "20"))
    answer = enter("driss").post(money_url(invoice), typed(), follow=True)
    assert "C’est noté : 60,00" in text(answer) and "Reste 60,00" in text(answer)
    assert Payment.objects.get().reference == "n° 12"


def test_too_much_is_refused_beside_the_amount(people, project, enter):
    invoice = issued_invoice(project, ("100.00", "20"))
    answer = enter("helene").post(money_url(invoice), typed(amount="120,01"))
    assert "Il reste 120,00" in text(answer) and not Payment.objects.exists()


def test_a_returned_cheque_through_the_door(people, project, enter):
    invoice = issued_invoice(project, ("100.00", "20"))
    client = enter("driss")
    client.post(money_url(invoice), typed())
    url = reverse("projects:reverse_payment", args=[invoice.cohort_id, Payment.objects.get().pk])
    assert "la paie suivante le retire" in text(client.get(url))
    answer = client.post(
        url, {"reason": "Sans provision", "received_on": "2026-11-25"}, follow=True
    )
    assert "Annulé" in text(answer) and "Reste 120,00" in text(answer)


def test_a_credit_note_is_set_off_by_a_button(people, project, enter):
    invoice = issued_invoice(project, ("100.00", "20"))
    issued_invoice(
        project, ("25.00", "20"), kind="credit_note", corrects=invoice, customer=invoice.customer
    )
    client = enter("driss")
    page = (
        client.get(money_url(invoice)).content.decode().split("/compenser/")[1].split("</form>")[0]
    )
    fields = dict(re.findall(r'name="(client_uuid|credit|amount)" value="([^"]+)"', page))
    assert fields["amount"] == "30.00"
    url = reverse("projects:set_off", args=[invoice.cohort_id, invoice.pk])
    for _ in range(2):
        answer = client.post(url, fields, follow=True)
    assert "L’avoir est compensé" in text(answer) and "Reste 90,00" in text(answer)
    assert Payment.objects.count() == 2


def test_what_customers_owe_late_first(people, project, enter):
    issued_invoice(project, ("10.00", "20"), number="F-neuve")
    issued_invoice(project, ("100.00", "20"), number="F-tard", **LATE)
    page = text(enter("driss").get(reverse("projects:payments", args=[project.cohort_id])))
    assert page.index("F-tard") < page.index("F-neuve")
    assert "21 jours de retard" in page and "132,00" in page


def test_after_the_archive_the_host_is_told_and_notes(people, project, enter):
    invoice = issued_invoice(project, ("100.00", "20"))
    Cohort.objects.filter(pk=project.cohort_id).update(state=CohortState.ARCHIVED)
    client = enter("helene")
    assert "aucune paie n’est rouverte" in text(client.get(money_url(invoice)))
    client.post(money_url(invoice), typed())
    assert Payment.objects.count() == 1
    assert enter("driss").post(money_url(invoice), typed()).status_code == 403
    assert Payment.objects.count() == 1


def test_two_people_count_on_their_phones(people, project, enter):
    amina, bastien = enter("amina"), enter("bastien")
    opened = amina.post(
        reverse("projects:open_cash_count"),
        {"client_uuid": str(uuid.uuid4()), "project": project.pk, "day": "2026-11-25",
         "label": "", "float_amount": "50"},
    )  # fmt: skip
    assert opened.status_code == 302
    figures = {"p2000": "6", "p100": "4", "card": "16,50"}
    seen = amina.post(opened.url, figures | {"client_uuid": str(uuid.uuid4())}, follow=True)
    assert "Ton comptage est noté" in text(seen) and "124,00" in text(seen)
    count = CashTally.objects.get().count
    page = reverse("projects:cash_count", args=[count.pk])
    assert "124,00" not in text(bastien.get(page)) and "Compter aussi" in text(bastien.get(page))
    assert "124,00" not in text(bastien.get(opened.url))
    agreed = bastien.post(opened.url, figures | {"client_uuid": str(uuid.uuid4())}, follow=True)
    assert "90,50" in text(agreed)
    split = reverse("projects:split_cash", args=[count.pk])
    wrong = bastien.post(split, {"kind1": "food:storable", "amount1": "90"})
    assert "La recette du jour est de 90,50" in text(wrong)
    half = bastien.post(
        split, {"kind1": "food:storable", "amount1": "90,50", "kind2": "other:plain"}
    )
    assert "videz la ligne" in text(half)
    done = bastien.post(split, {"kind1": "food:storable", "amount1": "90,50"}, follow=True)
    assert "Elle entre dans le pot" in text(done)
    assert Sale.objects.get(project=project).amount == Decimal("85.78")


def test_figures_that_differ_are_told_kindly_and_decided(people, project, enter):
    count = begin(people, project)
    counts(people, count, "amina", twenties=6)
    counts(people, count, "bastien", twenties=5)
    page = reverse("projects:cash_count", args=[count.pk])
    assert "20,00 € d’écart" in text(enter("amina").get(page)).replace("\xa0", " ")
    driss = enter("driss")
    answer = driss.post(
        reverse("projects:decide_cash", args=[count.pk]),
        {"cash": "120", "card": "0", "cheque": "0", "reason": "Un billet sous la caisse"}, follow=True,
    )  # fmt: skip
    assert "Un billet sous la caisse" in text(answer) and "70,00" in text(answer)


@pytest.mark.parametrize(
    "bad", [{"p2000": "-1"}, {"p2000": "abc"}, {"p2000": "99999"}, {"card": "x"}]
)
def test_what_is_no_figure_is_refused_beside_it(people, project, enter, bad):
    count = begin(people, project)
    url = reverse("projects:tally_cash", args=[count.pk])
    answer = enter("amina").post(url, {"client_uuid": str(uuid.uuid4()), "p1000": "9"} | bad)
    assert answer.status_code == 200 and not CashTally.objects.exists()


def test_who_left_reads_and_counts_no_more(people, project, enter):
    count = begin(people, project)
    gael = enter("gael")
    assert gael.get(reverse("projects:cash_count", args=[count.pk])).status_code == 200
    assert gael.get(reverse("projects:tally_cash", args=[count.pk])).status_code == 403
    other = enter("chloe").get(reverse("projects:cash_count", args=[count.pk]))
    assert other.status_code == 404


def test_late_invoices_and_unfinished_boxes_wait_for_the_coordination(people, project):
    from datetime import timedelta

    issued_invoice(project, ("100.00", "20"), **LATE)
    begin(people, project, day=TODAY - timedelta(days=1))
    begin(people, project, label="Aujourd’hui")
    titles = [line.title for line in waiting_of([people.a.cohort], TODAY)[people.a.cohort.pk]]
    assert "1 facture en retard" in titles and "1 caisse à finir" in titles


def test_the_invariants_of_money_hold_and_see_what_is_broken(people, project):
    take_money(people, "X")
    invoice = issued_invoice(project, ("100.00", "20"))
    ours = ("payments_fit", "rows_are", "matches_fit", "bank_stays", "takings_are", "two_people")

    def broken():
        return [
            one.code for one in all_invariants()
            if one.code.removeprefix("projects.").startswith(ours) and list(one.check())
        ]  # fmt: skip

    assert broken() == []
    Sale.objects.filter(invoice=invoice).update(moved_on=TODAY)
    assert broken() == ["projects.rows_are_paid_in_proportion"]
