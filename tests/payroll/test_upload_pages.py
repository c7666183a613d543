"""The pages of slips made elsewhere, in the host's browser: the file, the check, the handing out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Document
from payroll.models import SlipUpload
from tests import factories as make
from tests.payroll.host_scene import BOTH, set_host_scene
from tests.payroll.made_elsewhere import pdf_of, slip_lines, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(people):
    return set_host_scene(people)


def at(name, scene, *keys):
    return reverse(f"payroll:{name}", args=[scene.cohort.pk, *keys])


def sent(client, scene, content=BOTH, name="bulletins.pdf", month="2026-11-01"):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(at("uploads", scene), {"month": month, "file": file})


def filled(upload, **changes):
    """What the page sends when nothing is touched."""
    answers = {}
    for slip in upload.slips.all():
        known = slip.match in ("sure", "hand")
        answers |= {
            f"bulletin{slip.pk}-person": slip.enrolment_id if known else "",
            f"bulletin{slip.pk}-net_paid": "" if slip.net_paid is None else str(slip.net_paid),
            f"bulletin{slip.pk}-total_cost": ""
            if slip.total_cost is None
            else str(slip.total_cost),
        }
    return answers | changes


def text(answer):
    return answer.content.decode().replace("\n", " ")


def test_the_host_goes_from_the_file_to_the_papers(scene, enter):
    run = scene.issued()
    helene, amina = enter("helene"), enter("amina")
    page = text(helene.get(reverse("payroll:run", args=[scene.cohort.pk, run.pk])))
    assert "Déposer des bulletins" in page and "Attendus pour : Bastien Cherif, Amina Sarr" in page
    assert "Ton bulletin arrive" in text(amina.get(reverse("payroll:my_pay")))
    upload = SlipUpload.objects.get(pk=int(sent(helene, scene).url.rstrip("/").rsplit("/", 1)[1]))
    page = text(helene.get(at("upload", scene, upload.pk)))
    assert page.count("Reconnu") == 2 and "249,52" in page
    slip = upload.slips.first()
    seen = helene.get(at("uploaded_slip", scene, upload.pk, slip.pk))
    assert seen["Content-Type"] == "application/pdf" and b"".join(seen).startswith(b"%PDF")
    assert "no-store" in seen["Cache-Control"] and seen["X-Content-Type-Options"] == "nosniff"
    reading = page.split('name="seen" value="')[1].split('"')[0]
    helene.post(at("distribute_upload", scene, upload.pk), {"seen": reading})
    assert not Document.objects.filter(kind="host_payslip").exists()  # the box was not ticked
    helene.post(at("distribute_upload", scene, upload.pk), {"seen": reading, "read": "on"})
    assert Document.objects.filter(kind="host_payslip").count() == 2
    assert "Distribués par" in text(helene.get(at("upload", scene, upload.pk)))
    assert "Tous sont distribués" in text(
        helene.get(reverse("payroll:run", args=[scene.cohort.pk, run.pk]))
    )
    mine = text(amina.get(reverse("payroll:my_pay")))
    assert "249,52\xa0€" in mine and "estimation" in mine and "Voir mon bulletin" in mine
    assert "ne la déclare pas" in mine and "Déclare cette somme" not in mine


def test_a_slip_made_elsewhere_is_opened_by_its_person_and_the_host_only(scene, enter):
    scene.issued()
    helene = enter("helene")
    sent(helene, scene)
    upload = SlipUpload.objects.get()
    helene.post(at("distribute_upload", scene, upload.pk), {"seen": "", "read": "on"})
    page = text(helene.get(at("upload", scene, upload.pk)))
    reading = page.split('name="seen" value="')[1].split('"')[0]
    helene.post(at("distribute_upload", scene, upload.pk), {"seen": reading, "read": "on"})
    paper = Document.objects.get(kind="host_payslip", subject=scene.people.amina)
    door = reverse("documents:download", args=[paper.pk])
    for name in ("bastien", "chloe", "driss", "dalia", "hugo", "elsa", "nora"):
        assert enter(name).get(door).status_code == 404, name
    for name in ("amina", "helene"):
        answer = enter(name).get(door)
        assert answer.status_code == 200 and b"".join(answer).startswith(b"%PDF"), name
    assert "Bulletin de paie, novembre 2026" in text(enter("amina").get(reverse("documents:mine")))
    check = text(enter("amina").get(reverse("documents:check", args=[paper.code])))
    assert "Ce papier est valable" in check and "249" not in check and "Sarr" not in check


def test_nobody_else_touches_an_upload(scene, enter):
    sent(enter("helene"), scene)
    upload = SlipUpload.objects.get()
    slip = upload.slips.first()
    doors = [
        at("uploads", scene), at("upload", scene, upload.pk),
        at("uploaded_slip", scene, upload.pk, slip.pk),
    ]  # fmt: skip
    for name, statuses in (
        ("driss", {403, 404}),
        ("hugo", {404}),
        ("dalia", {404}),
        ("amina", {403, 404}),
    ):
        client = enter(name)
        for door in doors:
            assert client.get(door).status_code in statuses, (name, door)
        assert sent(client, scene).status_code in statuses, name
        for act in ("distribute_upload", "discard_upload"):
            assert (
                client.post(at(act, scene, upload.pk), {"read": "on", "seen": ""}).status_code
                in statuses
            )
        assert client.post(at("upload", scene, upload.pk), filled(upload)).status_code in statuses
    upload.refresh_from_db()
    assert (upload.state, SlipUpload.objects.count()) == ("to_check", 1)


def test_an_upload_is_not_reached_through_another_group_of_the_same_host(scene, people, enter):
    other = make.CohortFactory(territory=scene.cohort.territory, host=scene.world.host)
    sent(enter("helene"), scene)
    upload = SlipUpload.objects.get()
    slip = upload.slips.first()
    helene = enter("helene")
    assert helene.get(reverse("payroll:upload", args=[other.pk, upload.pk])).status_code == 404
    door = reverse("payroll:uploaded_slip", args=[other.pk, upload.pk, slip.pk])
    assert helene.get(door).status_code == 404


def test_what_was_checked_is_kept_and_a_likely_person_is_never_chosen_for_us(scene, enter):
    helene = enter("helene")
    sent(helene, scene, pdf_of(slip_lines("Mme SARR")))
    upload = SlipUpload.objects.get()
    slip = upload.slips.get()
    page = text(helene.get(at("upload", scene, upload.pk)))
    assert "Peut-être Amina Sarr : nom seul." in page
    assert f'<option value="{slip.enrolment_id}" selected' not in page
    helene.post(at("upload", scene, upload.pk), filled(upload))
    slip.refresh_from_db()
    assert (slip.match, slip.enrolment) == ("none", None)
    amina = scene.people.enrolments["amina"]
    changes = {f"bulletin{slip.pk}-person": amina.pk, f"bulletin{slip.pk}-net_paid": "1 234,56",
               f"bulletin{slip.pk}-total_cost": "2 000,00"}  # fmt: skip
    helene.post(at("upload", scene, upload.pk), filled(upload, **changes))
    slip.refresh_from_db()
    assert (slip.match, slip.enrolment, str(slip.net_paid)) == ("hand", amina, "1234.56")


def test_a_wrong_amount_is_said_beside_its_field_and_nothing_is_kept(scene, enter):
    helene = enter("helene")
    sent(helene, scene)
    upload = SlipUpload.objects.get()
    slip = upload.slips.first()
    answer = helene.post(
        at("upload", scene, upload.pk),
        filled(upload, **{f"bulletin{slip.pk}-net_paid": "beaucoup"}),
    )
    assert "Écrivez un montant en euros" in text(answer)
    chloe = scene.people.enrolments["chloe"].pk
    answer = helene.post(
        at("upload", scene, upload.pk), filled(upload, **{f"bulletin{slip.pk}-person": chloe})
    )
    assert answer.status_code == 200
    slip.refresh_from_db()
    assert (str(slip.net_paid), slip.match) == ("249.52", "sure")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ", "virus.pdf", "ni un PDF ni un ZIP"),
        (zip_of({"../a.pdf": BOTH}), "a.zip", "sortir du ZIP"),
        (b"%PDF-" + b"0" * 26_000_000, "gros.pdf", "dépasse 25 Mo"),
        (b"", "vide.pdf", "ni un PDF ni un ZIP"),
    ],
    ids=["not a pdf", "traversal", "too big", "empty"],
)
def test_a_bad_file_says_why_beside_its_field(scene, enter, content, name, sentence):
    answer = sent(enter("helene"), scene, content, name)
    assert answer.status_code == 200 and sentence in text(answer)
    assert not SlipUpload.objects.exists()


def test_sending_the_file_twice_leads_to_one_upload(scene, enter):
    helene = enter("helene")
    assert sent(helene, scene).url == sent(helene, scene).url
    assert SlipUpload.objects.count() == 1


def test_an_upload_is_given_up_before_it_is_handed_out(scene, enter):
    helene = enter("helene")
    sent(helene, scene)
    upload = SlipUpload.objects.get()
    slip = upload.slips.first()
    helene.post(at("discard_upload", scene, upload.pk))
    assert "abandonné" in text(helene.get(at("upload", scene, upload.pk)))
    assert helene.get(at("uploaded_slip", scene, upload.pk, slip.pk)).status_code == 404


def test_pages_of_one_slip_are_joined_by_a_button(scene, enter):
    helene = enter("helene")
    sent(helene, scene, pdf_of(slip_lines("SARR Amina"), ["BULLETIN DE PAIE", "Suite"]))
    upload = SlipUpload.objects.get()
    second = upload.slips.get(position=2)
    assert "C’est la suite du bulletin d’avant" in text(helene.get(at("upload", scene, upload.pk)))
    helene.post(at("join_slip", scene, upload.pk, second.pk))
    assert list(upload.slips.values_list("first_page", "last_page")) == [(1, 2)]


def test_the_run_says_estimation_and_hands_over(scene, enter):
    run = scene.approved()
    driss = enter("driss")
    door = reverse("payroll:run", args=[scene.cohort.pk, run.pk])
    assert "Remettre à l’hôte" in text(driss.get(door))
    page = text(driss.get(reverse("payroll:issue", args=[scene.cohort.pk, run.pk])))
    assert "Aucun bulletin ne part de la plateforme" in page and "Estimation" in page
    driss.post(reverse("payroll:issue", args=[scene.cohort.pk, run.pk]))
    page = text(driss.get(door))
    assert "Attendus pour" in page and "Déposer des bulletins" not in page


def test_the_check_page_has_a_fixed_number_of_queries(scene, enter, django_assert_max_num_queries):
    scene.issued()
    helene = enter("helene")
    sent(helene, scene, pdf_of(*[slip_lines(f"INCONNU {n}") for n in range(12)]))
    upload = SlipUpload.objects.get()
    helene.get(reverse("members:seats"))
    with django_assert_max_num_queries(15):
        helene.get(at("upload", scene, upload.pk))


def test_pages_join_the_slip_before_them_in_their_own_file(scene, enter):
    """Two folders of a ZIP with files of one name: a page of Amina's never ends Bastien's slip."""
    helene = enter("helene")
    after = ["BULLETIN DE PAIE", "Suite"]
    files = {
        "a/paie.pdf": pdf_of(slip_lines("SARR Amina"), after),
        "b/paie.pdf": pdf_of(slip_lines("CHERIF Bastien"), after),
    }
    sent(helene, scene, zip_of(files))
    upload = SlipUpload.objects.get()
    helene.post(at("join_slip", scene, upload.pk, upload.slips.get(position=2).pk))
    assert list(upload.slips.order_by("position").values_list("position", "last_page")) == [
        (1, 2), (3, 1), (4, 2),
    ]  # fmt: skip
