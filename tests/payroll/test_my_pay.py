"""Ma paie: one's own, in words, and nobody else's."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from payroll.models import Share
from tests.payroll.scene import set_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(people):
    return set_scene(people)


def share_of(name):
    return Share.objects.get(enrolment__person__first_name=name)


def text(answer):
    assert answer.status_code == 200
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def test_it_goes_from_the_pot_to_what_to_declare_in_plain_words(scene, enter):
    scene.issued()
    page = text(enter("amina").get(reverse("payroll:my_pay")))
    for words in (
        "Ma paie de novembre", "deux cent quarante-neuf euros et cinquante-deux centimes",
        "820,84\xa0€", "410,42\xa0€", "300,00\xa0€", "249,52\xa0€", "Pour 2 personnes",
        "égal pour tous (décision n° 1 du 2 octobre 2026)", "Tout est utilisé",
        "Déclare cette somme pour décembre 2026", "Mes 43\xa0h\xa030", "CSS L241-3",
    ):  # fmt: skip
        assert words in page, words


def test_nobody_reads_the_pay_of_somebody_else(scene, enter):
    """Bastien works beside Amina, Chloé elsewhere, Dalia and Hugo hold staff seats of another world."""
    scene.issued()
    amina = share_of("Amina")
    for name in ("bastien", "chloe", "gael", "dalia", "hugo", "driss", "helene", "elsa", "nora"):
        for page in ("my_pay_of", "my_pay_hours"):
            answer = enter(name).get(reverse(f"payroll:{page}", args=[amina.pk]))
            assert answer.status_code == 404, (name, page)
    for page in ("my_pay_of", "my_pay_hours"):
        assert enter("amina").get(reverse(f"payroll:{page}", args=[amina.pk])).status_code == 200


def test_a_slip_is_downloaded_by_its_person_and_the_host_only(
    scene, enter, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        scene.issued()
    door = reverse("documents:download", args=[share_of("Amina").payslip.document_id])
    for name in ("bastien", "chloe", "driss", "dalia", "hugo", "elsa", "nora"):
        assert enter(name).get(door).status_code == 404, name
    for name in ("amina", "helene"):
        assert enter(name).get(door).status_code == 200, name


def test_nothing_is_shown_before_it_is_issued(scene, enter):
    scene.approved()
    amina = enter("amina")
    assert "Une paie se prépare" in text(amina.get(reverse("payroll:my_pay")))
    door = reverse("payroll:my_pay_of", args=[share_of("Amina").pk])
    assert amina.get(door).status_code == 404


def test_before_any_pay_it_says_what_will_come(people, enter):
    assert "On note encore les heures" in text(enter("amina").get(reverse("payroll:my_pay")))


def test_staff_have_no_pay_page_of_their_own(scene, enter):
    assert enter("driss").get(reverse("payroll:my_pay")).status_code == 403


def test_who_left_still_reads_their_pay(scene, enter):
    scene.work("gael", 600, day=dt.date(2026, 9, 30))
    scene.issued()
    assert "Ma paie de novembre" in text(enter("gael").get(reverse("payroll:my_pay")))


def test_kept_cents_and_former_pays_are_told(people, enter):
    scene = set_scene(people, kind="hours", sales=Decimal("1001.82"))
    scene.sell("700.03", moved_on=dt.date(2026, 10, 7))
    scene.work("amina", 300, day=dt.date(2026, 10, 8))
    scene.work("bastien", 200, day=dt.date(2026, 10, 8))
    scene.issued(month=dt.date(2026, 10, 1), paid_on=dt.date(2026, 11, 10))
    scene.issued()
    october, november = Share.objects.filter(enrolment__person=people.amina).order_by("run__month")
    assert november.carried_in == october.remainder
    amina = enter("amina")
    page = text(amina.get(reverse("payroll:my_pay")))
    assert reverse("payroll:my_pay_of", args=[october.pk]) in page
    assert "Ma paie d’octobre" in text(amina.get(reverse("payroll:my_pay_of", args=[october.pk])))


def test_every_hour_counted_is_listed_and_sums_to_the_share(scene, enter):
    scene.issued()
    page = text(enter("amina").get(reverse("payroll:my_pay_hours", args=[share_of("Amina").pk])))
    assert "43\xa0h\xa030" in page
    assert page.count("10\xa0h") == 4
    assert ">2 novembre</a>" in page
