"""A receipt sent from a phone: who may, what is refused, who sees it, what becomes of it."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from PIL import Image

from cohorts import closing
from ct_platform.kit.errors import Refused
from projects.enums import ClaimState
from projects.models import Expense, ExpenseClaim, Receipt
from projects.selectors import cohort_totals
from projects.services import spending
from tests.factories import NOW, ProjectFactory
from tests.projects.receipts import accept, allow, fields, photo, proof, send, upload
from tests.projects.test_my_hours_page import text
from tests.projects.verbs import kitchen

SEND = "/mes-depenses/nouvelle/"


def test_it_sends_a_photo_without_its_place(people, enter):
    sent = fields(people, is_advanced="oui", photo=upload())

    answer = enter("amina").post(SEND, sent, follow=True)

    assert "C’est envoyé : Légumes, 52,75 €." in text(answer)
    claim = ExpenseClaim.objects.get()
    assert (claim.total, claim.vat, claim.is_advanced) == (Decimal("52.75"), Decimal("2.75"), True)
    kept = spending.read_receipt(claim.receipt)
    assert b"Telefon" not in kept
    assert len(Image.open(io.BytesIO(kept)).getexif()) == 0


def test_it_counts_nowhere_until_it_is_accepted(people):
    claim = send(people)
    assert cohort_totals(people.a.cohort.pk).spent == 0

    expense = accept(people, claim)

    assert cohort_totals(people.a.cohort.pk).spent == Decimal("50.00")
    assert (expense.amount, expense.vat, expense.vat_rate) == (50, Decimal("2.75"), Decimal("5.5"))
    assert expense.advanced_by == people.enrolments["amina"]


def test_a_double_tap_sends_once(people, enter):
    client, sent = enter("amina"), fields(people, is_advanced="non")

    client.post(SEND, sent)
    client.post(SEND, sent)

    assert ExpenseClaim.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\xff\xd8\xff" + b"\0" * (16 * 1024 * 1024), "ticket.jpg", "dépasse 15 Mo"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "IMG_0042.HEIC", "HEIC"),
        (b"<svg onload='alert(1)'/>", "ticket.svg", "ni une photo"),
        (b"MZ\x90\0", "ticket.jpg", "ni une photo"),
        (photo()[:200], "ticket.jpg", "abîmée ou incomplète"),
        (b"", "ticket.jpg", "Ce fichier est vide."),
    ],
    ids=["16 MB", "heic", "svg", "wrong name", "cut", "empty"],
)
def test_a_refused_photo_keeps_what_was_typed(people, enter, content, name, sentence):
    sent = fields(people, is_advanced="oui", photo=upload(content, name))

    answer = enter("amina").post(SEND, sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert 'value="52,75"' in page and 'value="Primeur"' in page
    assert "Ce que tu as écrit est gardé." in text(answer)
    assert not ExpenseClaim.objects.exists() and not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"total": "0"}, "Le montant est plus grand que zéro."),
        ({"total": "-5"}, "Le montant est plus grand que zéro."),
        ({"total": "cinq"}, "Il faut un montant en chiffres"),
        ({"vat": "12"}, "C’est trop de TVA pour ce total"),
        ({"vat": "-1"}, "La TVA est zéro, ou un montant en euros."),
        ({"label": " "}, "Dis ce que c’est."),
        ({"project": "0"}, "Choisis une activité."),
        ({"spent_on": "2026-11-26"}, "Cette date est dans le futur."),
        ({"spent_on": "2026-09-06"}, "La coopérative a commencé le 7 septembre 2026."),
        ({"is_advanced": ""}, "Dis qui a payé."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(people, enter, typed, sentence):
    kitchen(people)
    ProjectFactory(cohort=people.a.cohort, name="Jardin")
    answer = enter("amina").post(SEND, fields(people, is_advanced="non") | typed)

    assert sentence in text(answer)
    assert not ExpenseClaim.objects.exists()


def test_a_project_of_another_cohort_is_refused(people):
    theirs = ProjectFactory(cohort=people.b.cohort)

    with pytest.raises(Refused, match="n’est pas de la coopérative"):
        send(people, project=theirs)


def test_who_left_reads_and_sends_no_more(people, enter):
    client = enter("gael")
    assert client.get("/mes-depenses/").status_code == 200
    assert client.get(SEND).status_code == 403
    assert client.post(SEND, fields(people, is_advanced="non")).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("amina", 200), ("driss", 200), ("helene", 200),
        # Near misses: a colleague of the same cohort, the same seats next door, who only follows.
        ("bastien", 404), ("chloe", 404), ("dalia", 404), ("hugo", 404), ("elsa", 404), ("nora", 404),
    ],
)  # fmt: skip
def test_who_opens_a_receipt(people, enter, who, status):
    receipt = send(people, proof=proof()).receipt

    answer = enter(who).get(f"/justificatifs/{receipt.pk}/")

    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_altered_receipt_is_not_shown(people, enter):
    receipt = send(people, proof=proof()).receipt
    with open(receipt.file.path, "ab") as file:
        file.write(b"more")

    assert enter("amina").get(f"/justificatifs/{receipt.pk}/").status_code == 404


def test_the_same_photo_twice_is_kept_once(people):
    one, two = send(people, proof=proof()), send(people, proof=proof())

    assert one.receipt == two.receipt
    assert Receipt.objects.count() == 1


def test_colleagues_do_not_read_each_others_expenses(people, enter):
    send(people, label="Mes médicaments")

    assert "médicaments" not in text(enter("bastien").get("/mes-depenses/"))
    assert "médicaments" in text(enter("amina").get("/mes-depenses/"))


def test_the_coordination_accepts_from_the_page_and_corrects(people, enter):
    claim = send(people, proof=proof())
    url = f"/cohortes/{people.a.cohort.pk}/activites/depenses-envoyees/{claim.pk}/"
    client = enter("driss")
    assert f"/justificatifs/{claim.receipt_id}/" in client.get(url).content.decode()

    answer = client.post(url, fields(people, total="50,00", vat="2,60"), follow=True)

    assert "Acceptée : Légumes, 50,00 € TVA comprise." in text(answer)
    claim.refresh_from_db()
    assert (claim.state, claim.expense.total) == (ClaimState.ACCEPTED, Decimal("50.00"))
    assert claim.expense.receipt == claim.receipt
    assert "Notée pour 50,00 €." in text(enter("amina").get("/mes-depenses/"))


def test_accepting_twice_notes_one_expense(people):
    claim = send(people)

    assert accept(people, claim) == accept(people, claim)
    assert Expense.objects.count() == 1


def test_a_refusal_says_why_and_the_person_reads_it(people, enter):
    claim = send(people)
    url = f"/cohortes/{people.a.cohort.pk}/activites/depenses-envoyees/{claim.pk}/refuser/"
    client = enter("driss")

    assert "Dites pourquoi" in text(client.post(url, {"because": " "}, follow=True))
    client.post(url, {"because": "Ce ticket est celui d’une autre personne."})

    assert "Réponse : « Ce ticket est celui" in text(enter("amina").get("/mes-depenses/"))
    with pytest.raises(Refused):
        accept(people, claim)
    assert not Expense.objects.exists()


def test_taken_back_before_an_answer_never_after(people, enter):
    first, second = send(people), send(people)
    accept(people, second)
    client = enter("amina")

    client.post(f"/mes-depenses/{first.pk}/reprendre/")
    client.post(f"/mes-depenses/{first.pk}/reprendre/")
    told = client.post(f"/mes-depenses/{second.pk}/reprendre/", follow=True)

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) == (ClaimState.TAKEN_BACK, ClaimState.ACCEPTED)
    assert "La coordination a déjà répondu." in text(told)
    assert enter("bastien").post(f"/mes-depenses/{first.pk}/reprendre/").status_code == 404


def test_the_coordination_notes_one_with_its_receipt(people, enter):
    url = f"/cohortes/{people.a.cohort.pk}/activites/depenses/nouvelle/"
    sent = fields(people, file=upload(), advanced_by=people.enrolments["gael"].pk)

    answer = enter("driss").post(url, sent, follow=True)

    expense = Expense.objects.get()
    assert (expense.amount, expense.vat, expense.total) == (50, Decimal("2.75"), Decimal("52.75"))
    assert expense.advanced_by == people.enrolments["gael"]  # who left is still owed
    assert expense.receipt is not None
    assert "avancé par Gaël Parti" in text(answer)


def test_several_rates_make_no_single_rate(people):
    claim = send(people, total=Decimal("60.00"), vat=Decimal("5.00"))

    expense = accept(people, claim)

    assert (expense.amount, expense.vat, expense.vat_rate) == (55, 5, 0)


def test_a_host_without_vat_bears_the_whole_total(people):
    from tests.factories import SellerTermsFactory

    SellerTermsFactory(host=people.a.host, vat_regime="franchise")

    expense = accept(people, send(people))

    assert (expense.amount, expense.vat) == (Decimal("52.75"), 0)


def test_the_closing_asks_for_receipts_and_answers(people):
    accept(people, send(people))
    send(people, label="Sacs")
    day = dt.date(2026, 11, 25)
    words = closing.COLUMNS.index("c_words")

    found = {
        code: [row[words] for row in closing.find(code).rows(people.a.cohort, day)]
        for code in ("receipts", "claims")
    }

    assert found == {"receipts": ["Légumes"], "claims": ["Sacs"]}


def test_what_is_left_of_a_decision_is_shown_on_the_phone(people, enter):
    limit = allow(people, holder=people.enrolments["amina"])
    accept(people, send(people, spending_limit=limit))

    assert "Semences, il reste 47,25 € sur 100,00 €" in text(enter("amina").get(SEND))
    assert "Semences" not in text(enter("bastien").get(SEND))


def test_an_archived_cohort_takes_no_more(people):
    claim = send(people)
    people.a.cohort.state = "archived"
    people.a.cohort.save(update_fields=["state"])
    claim.refresh_from_db()

    for act in (
        lambda: spending.send_claim(
            enrolment=people.enrolments["amina"].__class__.objects.get(pk=people.enrolments["amina"].pk),
            project=claim.project, label="x", supplier="", total=Decimal(1), vat=Decimal(0),
            spent_on=dt.date(2026, 11, 3), is_advanced=False, actor=people.actor("amina"), at=NOW,
        ),
        lambda: accept(people, claim),
        lambda: spending.refuse_claim(
            claim=claim, because="non", actor=people.actor("driss"), at=NOW
        ),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act()
