"""Handing over a pay, handing out the host's slips once, and the accounts they close."""

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from ct_platform.kit.errors import Frozen, Refused
from documents import verifying
from documents.models import Document, Rendering
from documents.selectors import batch_progress
from documents.verdicts import verdict_on
from payroll.models import AccountEntry, HostSettings, Payslip, UploadedSlip
from payroll.papers import hours as hours_paper
from payroll.selectors.uploads import check_of
from payroll.services.ledger import kept_cents
from payroll.services.runs import issue_run
from payroll.services.uploads import (
    discard_upload,
    distribute_upload,
    save_check,
)
from tests.factories import NOW
from tests.payroll.host_scene import (
    account,
    all_is_consistent,
    answers,
    handed,
    received,
    set_host_scene,
)
from tests.payroll.made_elsewhere import pdf_of, slip_lines
from tests.payroll.scene import set_scene

D = Decimal


@pytest.fixture
def scene(people):
    return set_host_scene(people)


# --- handing over
def test_a_run_is_issued_without_a_slip_a_number_or_a_confirmed_profile(scene):
    run = scene.issued()
    assert run.state == "issued" and not Payslip.objects.exists()
    papers = set(Document.objects.values_list("kind", "number"))
    assert {number for _kind, number in papers} == {""}
    assert {kind for kind, _number in papers} == {"participation", hours_paper.KIND}
    assert account(scene, "amina") == {"share": D("410.42")}
    assert all_is_consistent() == []


def test_a_host_whose_slips_we_make_still_needs_a_confirmed_profile(scene):
    HostSettings.objects.update(slip_mode="platform")
    with pytest.raises(Refused, match="pas confirmé"):
        scene.issued()


def test_handing_over_twice_writes_each_share_once(scene):
    run = scene.issued()
    issue_run(run=run, actor=scene.helene, at=NOW)
    assert AccountEntry.objects.count() == 2


# --- handing out
def test_each_person_gets_the_very_bytes_as_a_paper_of_the_chain(
    scene, django_capture_on_commit_callbacks, tmp_path
):
    run = scene.issued()
    upload = received(scene)
    pieces = [slip.file.open("rb").read() for slip in upload.slips.all()]
    with django_capture_on_commit_callbacks(execute=True):
        distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    papers = Document.objects.filter(kind="host_payslip").order_by("pk")
    assert [paper.file.open("rb").read() for paper in papers] == pieces
    assert [paper.title for paper in papers] == ["Bulletin de paie, novembre 2026"] * 2
    assert Rendering.objects.filter(document__in=papers, status="done").count() == 2
    assert batch_progress(run.batch).done >= 2
    told = verdict_on(papers[0])
    assert told.tone == "ok"
    assert not [fact for fact in told.facts if "249" in fact.value or "Amina" in fact.value]
    assert verifying.verify(pieces[0]).outcome is verifying.Outcome.VALID
    for slip in upload.slips.all():  # the pieces are papers by now: no second copy lies about
        assert not default_storage.exists(slip.file.name)
    path = tmp_path / "amina.pdf"
    path.write_bytes(pieces[0])
    call_command("verify_document", str(path))


def test_the_account_closes_to_the_cent_on_what_the_slip_says(scene):
    scene.issued()
    handed(scene)
    assert account(scene, "amina") == {
        "share": D("410.42"),
        "cost": D("-410.42"),
        "net": D("249.52"),
    }
    assert account(scene, "bastien") == {
        "share": D("410.42"), "cost": D("-400.00"), "remainder": D("-10.42"), "net": D("240.00"),
    }  # fmt: skip
    bastien = scene.people.enrolments["bastien"].pk
    assert kept_cents([bastien]) == {bastien: D("10.42")}
    assert all_is_consistent() == []


def test_a_slip_that_costs_more_than_the_share_takes_from_the_next_pay(scene):
    scene.issued()
    upload = received(scene, pdf_of(slip_lines("SARR Amina", "260,00", "420,42")))
    assert check_of(upload).overdrawn == ("Amina Sarr",)
    distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    amina = scene.people.enrolments["amina"].pk
    assert kept_cents([amina]) == {amina: D("-10.00")}
    assert all_is_consistent() == []


def test_handing_out_twice_changes_nothing(scene):
    scene.issued()
    upload = handed(scene)
    counts = Document.objects.count(), AccountEntry.objects.count()
    distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    assert (Document.objects.count(), AccountEntry.objects.count()) == counts


def test_a_new_slip_replaces_the_old_one_and_its_movements(scene):
    scene.issued()
    handed(scene)
    handed(scene, pdf_of(slip_lines("SARR Amina", "230,00", "405,42")), name="rectif.pdf")
    old, new = Document.objects.filter(kind="host_payslip", subject=scene.people.amina).order_by(
        "pk"
    )
    assert (old.status, old.replaced_by, new.status) == ("replaced", new, "valid")
    assert account(scene, "amina") == {
        "share": D("410.42"), "cost": D("-405.42"), "remainder": D("-5.00"), "net": D("230.00"),
    }  # fmt: skip
    reversed_ = AccountEntry.objects.filter(reverses__isnull=False)
    assert {(entry.kind, entry.amount) for entry in reversed_} == {
        ("cost", D("410.42")), ("net", D("-249.52")),
    }  # fmt: skip
    assert account(scene, "bastien")["net"] == D("240.00")
    assert all_is_consistent() == []


def test_the_same_bytes_are_not_handed_out_again_and_a_mistyped_net_is_mended(scene):
    scene.issued()
    upload = received(scene)
    save_check(
        upload=upload, answers=answers(upload, n1={"net_paid": D("294.52")}), actor=scene.helene
    )
    distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    again = handed(scene)
    assert again.pk != upload.pk
    assert Document.objects.filter(kind="host_payslip").count() == 2
    assert account(scene, "amina")["net"] == D("249.52")
    assert all_is_consistent() == []


def test_who_comes_later_gets_theirs_without_touching_the_others(scene):
    scene.issued()
    handed(scene, pdf_of(slip_lines("SARR Amina")))
    assert account(scene, "bastien") == {"share": D("410.42")}
    handed(scene, pdf_of(slip_lines("CHERIF Bastien", "240,00", "400,00")))
    assert account(scene, "bastien")["remainder"] == D("-10.42")
    assert AccountEntry.objects.filter(reverses__isnull=False).count() == 0


def test_a_slip_set_aside_goes_to_nobody(scene):
    scene.issued()
    upload = received(scene)
    save_check(upload=upload, answers=answers(upload, n2={"left_out": True}), actor=scene.helene)
    distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    assert Document.objects.filter(kind="host_payslip").get().subject == scene.people.amina
    assert account(scene, "bastien") == {"share": D("410.42")}


def test_without_a_run_only_papers_are_handed_out_and_a_later_run_finds_them(scene):
    handed(scene)
    assert Document.objects.filter(kind="host_payslip").count() == 2
    assert not AccountEntry.objects.exists()
    scene.issued()
    assert account(scene, "amina")["cost"] == D("-410.42")
    assert all_is_consistent() == []


def test_a_run_that_is_not_handed_over_yet_comes_first(scene):
    scene.approved()
    with pytest.raises(Refused, match="pas encore remise à l’hôte"):
        handed(scene)


def test_two_slips_for_a_month_would_be_one_too_many(people):
    made = set_scene(people)
    made.issued()
    with pytest.raises(Refused, match="fait elle-même les bulletins"):
        handed(made)
    assert not Document.objects.filter(kind="host_payslip").exists()


def test_nor_does_the_platform_issue_after_the_host(people):
    made = set_scene(people)
    handed(made)
    with pytest.raises(Refused, match="déjà distribués"):
        made.issued()
    assert not Payslip.objects.exists()


def test_an_altered_piece_is_not_handed_out(scene):
    scene.issued()
    upload = received(scene)
    with open(upload.slips.first().file.path, "ab") as file:
        file.write(b"%")
    with pytest.raises(Refused, match="manque ou a changé"):
        distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    assert not Document.objects.filter(kind="host_payslip").exists()


def test_a_failure_in_the_middle_hands_nothing_out(scene, monkeypatch):
    scene.issued()
    upload = received(scene)
    from payroll.services import host_slips

    def fails(**_):
        raise RuntimeError

    monkeypatch.setattr(host_slips, "settle", fails)
    with pytest.raises(RuntimeError):
        distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    upload.refresh_from_db()
    assert upload.state == "to_check"
    assert not Document.objects.filter(kind="host_payslip").exists()


# --- discarding
def test_its_files_are_destroyed_and_nobody_receives_anything(
    scene, django_capture_on_commit_callbacks
):
    upload = received(scene)
    files = [slip.file.name for slip in upload.slips.all()]
    with django_capture_on_commit_callbacks(execute=True):
        discard_upload(upload=upload, actor=scene.helene, at=NOW)
    assert not [name for name in files if default_storage.exists(name)]
    discard_upload(upload=upload, actor=scene.helene, at=NOW)
    with pytest.raises(Frozen, match="abandonné"):
        save_check(upload=upload, answers=answers(upload), actor=scene.helene)
    with pytest.raises((Frozen, Refused)):
        distribute_upload(upload=upload, actor=scene.helene, at=NOW)
    assert not Document.objects.exists()


def test_what_is_handed_out_is_not_discarded(scene):
    scene.issued()
    upload = handed(scene)
    with pytest.raises(Frozen, match="ne peuvent plus être abandonnés"):
        discard_upload(upload=upload, actor=scene.helene, at=NOW)


def test_it_sees_an_account_that_says_something_else_than_the_slip(scene):
    scene.issued()
    upload = handed(scene)
    UploadedSlip.objects.filter(upload=upload, position=1).update(net_paid=D("1.00"))
    assert len(all_is_consistent()) == 1


def test_it_sees_a_paper_that_went_to_somebody_else(scene):
    scene.issued()
    upload = handed(scene)
    first, second = upload.slips.all()
    UploadedSlip.objects.filter(pk=first.pk).update(document=second.document)
    assert len(all_is_consistent()) == 1
