"""Slips made by the host's own software: received, matched, and checked by a person."""

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage

from ct_platform.kit.errors import Refused, Stale
from documents.models import Document
from payroll.models import SlipUpload, UploadedSlip
from payroll.selectors.uploads import check_of
from payroll.services.uploads import (
    SlipAnswer,
    distribute_upload,
    join_slip,
    save_check,
)
from tests.factories import NOW
from tests.payroll.host_scene import (
    answers,
    received,
    set_host_scene,
)
from tests.payroll.made_elsewhere import pdf_of, slip_lines, two_pages_each, zip_of

D = Decimal


@pytest.fixture
def scene(people):
    return set_host_scene(people)


# --- receiving
def test_pages_are_matched_and_their_figures_read(scene):
    upload = received(scene)
    told = upload.slips.values_list(
        "enrolment__person__first_name", "match", "net_paid", "total_cost"
    )
    assert list(told) == [
        ("Amina", "sure", D("249.52"), D("410.42")), ("Bastien", "sure", D("240.00"), D("400.00")),
    ]  # fmt: skip
    for slip in upload.slips.all():
        assert slip.file.name.startswith("slips/") and slip.sha256 not in slip.file.name
    assert not Document.objects.exists()


def test_the_same_file_twice_is_one_upload(scene):
    assert received(scene).pk == received(scene).pk
    assert SlipUpload.objects.count() == 1


def test_two_pages_a_person_are_one_slip(scene):
    upload = received(scene, two_pages_each("Amina SARR", "CHERIF Bastien"))
    assert list(upload.slips.values_list("first_page", "last_page")) == [(1, 2), (3, 4)]


def test_a_second_slip_of_one_person_is_nobodys_until_somebody_says(scene):
    upload = received(
        scene, pdf_of(slip_lines("SARR Amina"), [*slip_lines("SARR Amina", "1,00"), "1/1"])
    )
    assert list(upload.slips.values_list("match", "enrolment__person__first_name")) == [
        ("sure", "Amina"), ("none", None),
    ]  # fmt: skip


def test_another_month_on_the_page_is_said_and_not_sure(scene):
    upload = received(scene, pdf_of(slip_lines("SARR Amina", month="10/2026")))
    slip = upload.slips.get()
    assert slip.match == "likely" and "octobre 2026" in slip.matched_on


def test_somebody_of_another_group_is_nobody_here(scene):
    slip = received(scene, pdf_of(slip_lines("VOISINE Chloé"))).slips.get()
    assert (slip.match, slip.enrolment) == ("none", None)


def test_a_refused_file_leaves_nothing(scene, settings):
    with pytest.raises(Refused):
        received(scene, zip_of({"a.txt": b"x"}))
    assert not SlipUpload.objects.exists()
    assert not default_storage.exists("slips") or not default_storage.listdir("slips")[0]


# --- checking
def test_nothing_is_handed_out_on_a_guess(scene):
    scene.issued()
    upload = received(scene, pdf_of(slip_lines("Mme SARR"), slip_lines("CHERIF Bastien")))
    assert upload.slips.first().match == "likely"
    with pytest.raises(Refused, match="Dites à qui va, ou mettez de côté : n° 1"):
        distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    save_check(upload=upload, answers=answers(upload), actor=scene.helene)
    assert upload.slips.first().match == "hand"
    distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    assert Document.objects.filter(kind="host_payslip").count() == 2


def test_a_net_and_a_cost_are_asked(scene):
    scene.issued()
    upload = received(scene, pdf_of(["BULLETIN DE PAIE", "SARR Amina"]))
    found = check_of(upload).obstacles
    assert found == (
        "Écrivez le net payé : n° 1.", "Écrivez le total versé par l’employeur : n° 1.",
    )  # fmt: skip
    with pytest.raises(Refused, match="plus petit que le net"):
        save_check(
            upload=upload, actor=scene.helene,
            answers=answers(upload, n1={"net_paid": D("300"), "total_cost": D("200")}),
        )  # fmt: skip
    assert upload.slips.get().net_paid is None


def test_who_has_no_slip_is_named(scene):
    scene.issued()
    assert check_of(received(scene, pdf_of(slip_lines("SARR Amina")))).missing == (
        "Bastien Cherif",
    )


def test_one_person_has_one_slip(scene):
    upload = received(scene)
    amina = scene.people.enrolments["amina"].pk
    with pytest.raises(Refused, match="Deux bulletins vont à Amina Sarr : n° 1 et n° 2"):
        save_check(
            upload=upload,
            actor=scene.helene,
            answers=answers(upload, n2={"enrolment_id": amina}),
        )
    assert set(upload.slips.values_list("match", flat=True)) == {"sure"}


def test_two_people_may_swap_their_slips(scene):
    upload = received(scene)
    amina, bastien = (scene.people.enrolments[name].pk for name in ("amina", "bastien"))
    swapped = answers(upload, n1={"enrolment_id": bastien}, n2={"enrolment_id": amina})
    save_check(upload=upload, answers=swapped, actor=scene.helene)
    assert list(upload.slips.values_list("enrolment_id", "match")) == [
        (bastien, "hand"), (amina, "hand"),
    ]  # fmt: skip


def test_a_person_of_another_group_cannot_be_slipped_in(scene):
    upload = received(scene)
    chloe = scene.people.enrolments["chloe"].pk
    with pytest.raises(Refused, match="pas de ce groupe"):
        save_check(
            upload=upload,
            actor=scene.helene,
            answers=answers(upload, n1={"enrolment_id": chloe}),
        )
    other = UploadedSlip.objects.first()
    with pytest.raises(Refused, match="pas de ce groupe"):
        save_check(
            upload=upload, actor=scene.helene,
            answers={other.pk + 1000: SlipAnswer(None, None, None)},
        )  # fmt: skip


def test_pages_put_apart_by_mistake_are_joined(scene):
    pages = [
        slip_lines("SARR Amina"),
        ["BULLETIN DE PAIE", "Congés payés"],
        slip_lines("CHERIF Bastien"),
    ]
    upload = received(scene, pdf_of(*pages))
    assert upload.slips.count() == 3
    joined = join_slip(slip=upload.slips.get(position=2), actor=scene.helene, at=NOW)
    assert (joined.first_page, joined.last_page) == (1, 2)
    assert upload.slips.count() == 2
    assert b"".join(joined.file.open("rb")).startswith(b"%PDF")
    with pytest.raises(Refused, match="ne suit aucun autre"):
        join_slip(slip=upload.slips.get(position=1), actor=scene.helene, at=NOW)


def test_a_page_seen_before_it_changed_hands_nothing_out(scene):
    scene.issued()
    upload = received(scene)
    seen = check_of(upload).reading
    save_check(
        upload=upload, answers=answers(upload, n1={"net_paid": D("200.00")}), actor=scene.helene
    )
    with pytest.raises(Stale, match="Relisez-les"):
        distribute_upload(upload=upload, seen=seen, actor=scene.helene, at=NOW)
    assert not Document.objects.filter(kind="host_payslip").exists()
