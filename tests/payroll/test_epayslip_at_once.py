"""Taps and workers at the same moment: one act is written, one message is sent."""

import pytest
from django.core import mail

from documents.models import Notice
from documents.services import notices
from documents.services.render import render_document
from payroll.models import EPayslipEvent, Payslip, SlipHandover
from payroll.services import epayslip
from tests.at_once import together
from tests.factories import NOW, TODAY
from tests.payroll.scene import set_scene

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_four_taps_for_paper_write_one_objection(people):
    said = {"person": people.amina, "on": TODAY, "how": "sur la plateforme", "at": NOW}
    actor = people.actor("amina")
    answers = together(*[lambda: epayslip.ask_for_paper(actor=actor, **said)] * 4)
    assert sorted(answers) == [False, False, False, True]
    assert EPayslipEvent.objects.count() == 1


def test_a_meeting_recorded_twice_at_once_informs_each_person_once(people):
    group = [people.amina, people.bastien]
    told = {"people": group, "on": TODAY, "how": "réunion", "at": NOW}
    seats = (people.actor("driss"), people.actor("helene"))
    answers = together(*[lambda a=actor: epayslip.inform(actor=a, **told) for actor in seats])
    assert sorted(answers) == [0, 2]
    assert EPayslipEvent.objects.count() == 2


def test_a_slip_given_by_two_hands_is_given_once_and_told_once_by_five_workers(people):
    people.amina.email = "amina@exemple.test"
    people.amina.save()
    scene = set_scene(people)
    scene.issued()
    slip = Payslip.objects.get(share__enrolment__person=people.amina)
    render_document(document_id=slip.document_id, at=NOW)
    slip.refresh_from_db()
    given = {
        "payslip": Payslip.objects.select_related("document").get(pk=slip.pk),
        "on": TODAY,
        "at": NOW,
    }
    seats = (scene.driss, scene.helene)
    answers = together(*[lambda a=actor: epayslip.hand_over(actor=a, **given) for actor in seats])
    assert sorted(answers) == [False, True]
    assert SlipHandover.objects.count() == 1
    # One message however many tasks; the eager queue of the suite may have sent it already.
    notice = Notice.objects.get()
    together(*[lambda: notices.tell(notice_id=notice.pk, at=NOW)] * 5)
    assert len(mail.outbox) == 1
