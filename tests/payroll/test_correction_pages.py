"""The pages of a correction: who proposes, who reads the same comparison and issues, who is told what."""

import io
import re
import uuid
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from documents.models import Document
from documents.services.render import draw
from payroll.models import Correction, Payslip
from reports.selectors.figures import _money_of_people
from tests.payroll.correcting import REASON, add_colleague, corrected, proposed, share_of
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def scene(people):
    add_colleague(people)
    return set_scene(people)


@pytest.fixture
def run(scene):
    return scene.issued()


def door(run, share):
    return reverse("payroll:correct", args=[run.cohort_id, run.pk, share.pk])


def at(name, correction):
    run = correction.share.run
    return reverse(f"payroll:{name}", args=[run.cohort_id, run.pk, correction.pk])


def text(answer):
    assert answer.status_code == 200
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def typed(page, **changes):
    """The fields of the form as the page shows them, then what is typed over them."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {
        name: value for name, value in values.items() if value is not None and value is not False
    }
    return values | {"reason": REASON, "submission_key": str(uuid.uuid4())} | changes


def seen(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode()).group(1)


def test_one_person_types_sees_both_slips_and_sends_another_issues(scene, run, enter):
    helene, irene = enter("helene"), enter("irene")
    share = share_of(run)
    assert door(run, share) in text(
        helene.get(reverse("payroll:run", args=[run.cohort_id, run.pk]))
    )
    sent = typed(helene.get(door(run, share)), atmp_rate="2,10")
    preview = helene.post(door(run, share), sent)
    page = text(preview)
    for words in (
        "249,52\xa0€",
        "248,50\xa0€",
        "−\xa01,02\xa0€",
        "1,55\xa0%",
        "2,10\xa0%",
        "Coût total",
    ):
        assert words in page, words
    assert not Correction.objects.exists()
    answer = helene.post(door(run, share), sent | {"seen": seen(preview), "send": "1"})
    correction = Correction.objects.get()
    assert answer.url == at("correction", correction)
    assert "une autre personne de votre coopérative" in text(helene.get(answer.url))
    assert "Amina Sarr, paie de novembre" in text(irene.get(reverse("home:to_approve")))
    page = text(irene.get(at("issue_correction", correction)))
    assert "249,52\xa0€" in page and "248,50\xa0€" in page and REASON in page
    assert "Cochez la case" in text(irene.post(at("issue_correction", correction), {"read": ""}))
    irene.post(at("issue_correction", correction), {"read": "on"})
    correction.refresh_from_db()
    assert (correction.state, correction.decided_by) == ("issued", scene.people.irene)


def test_another_answer_than_the_one_read_is_shown_again_before_it_is_sent(run, enter):
    helene, share = enter("helene"), share_of(run)
    sent = typed(helene.get(door(run, share)), atmp_rate="2,10")
    first = helene.post(door(run, share), sent)
    page = text(
        helene.post(door(run, share), sent | {"atmp_rate": "3", "seen": seen(first), "send": "1"})
    )
    assert "3,00\xa0%" in page
    assert not Correction.objects.exists()


def test_sending_twice_with_one_form_proposes_once(run, enter):
    helene, share = enter("helene"), share_of(run)
    sent = typed(helene.get(door(run, share)), atmp_rate="2,10")
    sent |= {"seen": seen(helene.post(door(run, share), sent)), "send": "1"}
    helene.post(door(run, share), sent)
    helene.post(door(run, share), sent)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Rien ne change"),
        ({"reason": ""}, "Dites en une phrase"),
        ({"days": "31", "atmp_rate": "2"}, "Ce mois a 30 jours"),
        ({"minutes": "beaucoup"}, "Écrivez une durée"),
        ({"atmp_rate": "1234"}, "Un taux va de 0 à 100"),
        ({"profile": "999"}, "Sélectionnez un choix valide"),
    ],
)
def test_a_wrong_form_says_why(run, enter, changes, sentence):
    helene, share = enter("helene"), share_of(run)
    page = helene.post(door(run, share), typed(helene.get(door(run, share)), **changes))
    assert sentence in text(page)
    assert not Correction.objects.exists()


def test_a_slip_that_cannot_be_corrected_now_says_why_instead_of_a_form(scene, run, enter):
    proposed(scene, run)
    page = text(enter("helene").get(door(run, share_of(run))))
    assert "attend déjà" in page and "<textarea" not in page


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("driss", 403),
        ("hugo", 404),
        ("dalia", 404),
        ("amina", 404),
        ("bastien", 404),
        ("nora", 404),
    ],
)
def test_nobody_else_reads_proposes_issues_or_drops(scene, run, enter, name, status):
    correction = proposed(scene, run)
    client = enter(name)
    for page in (
        door(run, share_of(run)),
        at("correction", correction),
        at("issue_correction", correction),
    ):
        assert client.get(page).status_code == status, page
    for act in ("issue_correction", "drop_correction"):
        assert client.post(at(act, correction), {"read": "on"}).status_code == status, act
    correction.refresh_from_db()
    assert correction.state == "proposed"


def test_the_proposer_meets_a_closed_door_and_no_button(scene, run, enter):
    correction = proposed(scene, run)
    helene = enter("helene")
    assert at("issue_correction", correction) not in text(helene.get(at("correction", correction)))
    assert helene.post(at("issue_correction", correction), {"read": "on"}).status_code == 403
    assert at("issue_correction", correction) in text(
        enter("irene").get(at("correction", correction))
    )


def test_an_open_session_is_not_enough_to_issue(scene, run, enter, settings):
    correction, irene = proposed(scene, run), enter("irene")
    settings.SECOND_FACTOR_REQUIRED = True
    factor = Authenticator.objects.create(user=scene.people.user("irene"), type="totp", data={})
    session = irene.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "id": factor.pk, "at": 0}
    ]
    session.save()
    answer = irene.post(at("issue_correction", correction), {"read": "on"})
    assert answer.status_code == 302 and "second-code" in answer.url
    correction.refresh_from_db()
    assert correction.state == "proposed"


def test_dropping_leaves_the_slip(scene, run, enter):
    correction = proposed(scene, run)
    enter("helene").post(at("drop_correction", correction))
    correction.refresh_from_db()
    assert correction.state == "dropped"
    assert Payslip.objects.count() == 2


def test_the_coordinator_sees_that_it_happened_and_the_new_figures_not_the_tax(scene, run, enter):
    correction = corrected(scene, run)
    page = text(enter("driss").get(reverse("payroll:run", args=[run.cohort_id, run.pk])))
    assert "Bulletin corrigé le 25 novembre 2026" in page and "corrigé" in page
    assert at("correction", correction) not in page and REASON not in page
    assert "248,50\xa0€" in page  # Amina's net before tax, as it stands


def test_the_person_reads_what_was_wrong_and_the_three_papers_in_order(scene, run, enter):
    corrected(scene, run)
    page = text(enter("amina").get(reverse("payroll:my_pay")))
    assert "Ton bulletin de novembre avait une erreur" in page and REASON in page
    assert "−\xa01,02\xa0€" in page and "avec le prochain paiement" in page
    assert "298,80\xa0€" in page and "300,00\xa0€" not in page  # the ladder stands on the new slip
    wrong, counter, new = Payslip.objects.filter(share=share_of(run)).order_by("pk")
    places = [
        page.rindex(reverse("documents:download", args=[slip.document_id]))
        for slip in (wrong, counter, new)
    ]
    assert places == sorted(places)
    assert REASON not in text(enter("bastien").get(reverse("payroll:my_pay")))


def test_the_report_counts_what_stands(scene, run):
    before = _money_of_people(run.cohort_id)[1]
    correction = corrected(scene, run)
    after = _money_of_people(run.cohort_id)[1]
    key = correction.share.enrolment_id
    assert after[key] == int(correction.figures.net_before_tax * 100) != before[key]
    assert {k: v for k, v in after.items() if k != key} == {
        k: v for k, v in before.items() if k != key
    }


# --- the papers


def words(document):
    reader = PdfReader(io.BytesIO(draw(document)))
    pages = [page.extract_text() for page in reader.pages]
    return len(pages), " ".join(" ".join(pages).replace("\xa0", " ").split())


def test_the_papers_name_each_other_on_one_page_each(scene, run):
    corrected(scene, run)
    counter, new = Payslip.objects.filter(correction__isnull=False).order_by("pk")
    pages, said = words(counter.document)
    assert pages == 1
    assert "Bulletin d’annulation du bulletin n° 2026-R-00001, émis le 25 novembre 2026" in said
    assert "Le bulletin n° 2026-R-00004 le remplace" in said and REASON in said
    assert "− 249,52 €" in said and "D’où vient cette somme" not in said
    pages, said = words(new.document)
    assert pages == 1
    assert "remplace le bulletin n° 2026-R-00001" in said and REASON in said
    assert "Différence de net : − 1,02 €, avec le prochain paiement" in said
    assert "248,50 €" in said and "D’où vient cette somme" in said


def test_a_wage_over_the_ceiling_with_the_longest_reason_stays_on_one_page(people):
    add_colleague(people)
    scene = set_scene(people, sales=D("14000.00"))
    for name in ("amina", "bastien", "gael"):
        people.enrolments[name].contracts.update(kind="cdd")
    scene.profile.code = "employee"
    scene.profile.save()
    run = scene.issued()
    reason = ("Des heures manquaient ce mois-là. " * 6)[:200]
    corrected(scene, run, asked={"minutes": 4000}, reason=reason)
    for slip in Payslip.objects.filter(correction__isnull=False):
        assert words(slip.document)[0] == 1
    assert "66,67 heures" in words(slip.document)[1]


def test_a_second_correction_names_the_slip_it_replaces(scene, run):
    corrected(scene, run)
    corrected(scene, run, asked={"atmp_rate": D("1.80")}, reason="Encore.")
    last = Payslip.objects.get(version=3)
    assert "remplace le bulletin n° 2026-R-00004" in words(last.document)[1]


def test_printed_counter_rows_add_up_to_printed_totals(scene, run):
    corrected(scene, run)
    snapshot = Payslip.objects.get(kind="counter").document.snapshot
    sections = {section["code"]: section for section in snapshot["sections"]}
    rows = [row for group in sections["contributions"]["groups"] for row in group["rows"]]
    for column in ("employee", "employer"):
        total = sum(D(row[column]) for row in rows if row[column])
        assert total == D(sections["total"]["rows"][0][column]) < 0
    assert sections["income_tax"]["rows"][0]["year"] == "0"  # the year is where it was before


def test_the_check_page_tells_the_three_papers_apart(
    scene, run, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        corrected(scene, run)
    wrong, counter, new = Payslip.objects.filter(share=share_of(run)).order_by("pk")

    def check(slip):
        return text(client.get(reverse("documents:check", args=[slip.document.code])))

    assert "Ce papier a été remplacé" in check(wrong)
    page = check(counter)
    assert "Ce papier est valable" in page and "n°\xa02026-R-00001" in page
    assert "Ce papier est valable" in check(new)
    for page in (check(wrong), check(counter), check(new)):
        assert "249,52" not in page and "Sarr" not in page


def test_the_command_says_replaced_for_the_first_and_valid_for_the_others(
    people, tmp_path, django_capture_on_commit_callbacks
):
    add_colleague(people)
    scene = set_scene(people)
    with django_capture_on_commit_callbacks(execute=True):
        run = scene.issued()
    with django_capture_on_commit_callbacks(execute=True):
        corrected(scene, run)
    said = []
    for document in Document.objects.filter(payslip__share=share_of(run)).order_by("pk"):
        file = tmp_path / f"{document.pk}.pdf"
        file.write_bytes(document.file.read())
        out = io.StringIO()
        try:
            call_command("verify_document", str(file), stdout=out)
        except (SystemExit, CommandError) as end:
            out.write(str(end))
        said.append(out.getvalue())
    assert "remplacé" in said[0]
    assert "valable" in said[1] and "valable" in said[2]
