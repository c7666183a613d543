"""The check of slips made elsewhere is itself checked: broken once, it says so."""

import pytest

from documents.models import Document
from payroll.invariants.uploads import handed_slips_are_their_persons_paper
from tests.payroll.host_scene import handed, set_host_scene


@pytest.fixture
def upload(people):
    scene = set_host_scene(people)
    scene.issued()
    return handed(scene)


def test_it_is_quiet_when_all_is_well(upload):
    assert upload.slips.exists() and list(handed_slips_are_their_persons_paper()) == []


def test_it_sees_a_paper_that_is_somebody_elses(upload, people):
    slip = upload.slips.select_related("document").first()
    Document.objects.filter(pk=slip.document_id).update(subject=people.chloe)
    (sentence,) = handed_slips_are_their_persons_paper()
    assert str(slip.pk) in sentence


def test_it_sees_bytes_that_are_not_those_cut_out(upload):
    slip = upload.slips.first()
    Document.objects.filter(pk=slip.document_id).update(sha256="0" * 64)
    (sentence,) = handed_slips_are_their_persons_paper()
    assert "celui d’un autre" in sentence


def test_it_sees_a_slip_handed_out_without_its_net(upload):
    upload.slips.filter(pk=upload.slips.first().pk).update(net_paid=None)
    (sentence,) = handed_slips_are_their_persons_paper()
    assert "sans net" in sentence
