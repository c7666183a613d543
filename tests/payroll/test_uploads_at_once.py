"""Two hands on the same slips at the same moment: threads on PostgreSQL, where locks are real."""

import pytest

from ct_platform.kit.errors import DomainError
from documents.models import Document
from payroll.models import AccountEntry, SlipUpload
from payroll.services.runs import issue_run
from payroll.services.uploads import discard_upload, distribute_upload, receive_slips
from tests.at_once import together
from tests.factories import NOW
from tests.payroll.host_scene import BOTH, all_is_consistent, set_host_scene
from tests.payroll.made_elsewhere import pdf_of, slip_lines
from tests.payroll.scene import NOVEMBER

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def receive(scene, content=BOTH):
    return receive_slips(
        cohort=scene.cohort,
        month=NOVEMBER,
        name="b.pdf",
        content=content,
        actor=scene.helene,
        at=NOW,
    )


def test_one_upload_handed_out_by_four_hands_gives_each_person_one_paper(people):
    scene = set_host_scene(people)
    scene.issued()
    upload, helene = receive(scene), scene.helene
    answers = together(*[lambda: distribute_upload(upload=upload, actor=helene, at=NOW)] * 4)
    assert [type(answer) for answer in answers] == [SlipUpload] * 4
    assert Document.objects.filter(kind="host_payslip").count() == 2
    assert AccountEntry.objects.exclude(kind="share").count() == 5
    assert all_is_consistent() == []


def test_two_uploads_of_one_group_are_handed_out_in_turn(people):
    scene = set_host_scene(people)
    scene.issued()
    helene = scene.helene
    first = receive(scene)
    second = receive(
        scene, pdf_of(slip_lines("SARR Amina"), slip_lines("CHERIF Bastien", "1,00", "2,00"))
    )
    together(
        lambda: distribute_upload(upload=first, actor=helene, at=NOW),
        lambda: distribute_upload(upload=second, actor=helene, at=NOW),
    )
    papers = Document.objects.filter(kind="host_payslip")
    assert papers.filter(subject=people.amina).count() == 1  # the same bytes in both
    assert papers.filter(subject=people.bastien, status="valid").count() == 1
    assert papers.filter(subject=people.bastien, status="replaced").count() == 1


def test_the_same_file_sent_twice_at_once_is_one_upload(people):
    scene = set_host_scene(people)
    together(*[lambda: receive(scene)] * 3)
    assert SlipUpload.objects.count() == 1


def test_handing_out_races_discarding_and_one_of_them_wins(people):
    scene = set_host_scene(people)
    scene.issued()
    upload, helene = receive(scene), scene.helene
    answers = together(
        lambda: distribute_upload(upload=upload, actor=helene, at=NOW),
        lambda: discard_upload(upload=upload, actor=helene, at=NOW),
    )
    upload.refresh_from_db()
    handed = Document.objects.filter(kind="host_payslip").count()
    assert (upload.state, handed) in (("distributed", 2), ("discarded", 0))
    assert sum(isinstance(answer, DomainError) for answer in answers) == 1


def test_handing_out_races_the_issue_of_its_run_and_the_accounts_close(people):
    """Without a run the slips go out at once; the run that is issued meanwhile must find them."""
    scene = set_host_scene(people)
    run, upload, helene, driss = scene.approved(), receive(scene), scene.helene, scene.driss
    together(
        lambda: issue_run(run=run, actor=driss, at=NOW),
        lambda: distribute_upload(upload=upload, actor=helene, at=NOW),
    )
    distribute_upload(upload=upload, actor=helene, at=NOW)
    assert all_is_consistent() == []
    assert AccountEntry.objects.exclude(kind="share").count() == 5
