"""Signing by the pages: the code of the room, the tablet, the trainer's link, paper, exports."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from cohorts.models import Attendance, AttendanceSignature, Session, TrainerSignature
from cohorts.papers.attendance_sheets import context
from cohorts.services.attendance_sheets import issue_sheet
from cohorts.services.session_wishes import Repeat
from cohorts.services.slot_codes import code_of, link_of
from ct_platform.kit.errors import Refused
from documents import kinds
from documents.models import Document
from documents.services.render import draw
from members.models import AccessRecord
from tests import factories as make
from tests.cohorts.calendar_verbs import (
    AFTERNOON,
    MORNING,
    PNG,
    note,
    paris,
    plan,
    plan_all,
    sign,
    slot_of,
)
from tests.factories import NOW, TODAY


@pytest.fixture
def slot(people):
    return slot_of(plan(people))


def address(slot, at=NOW):
    return reverse("cohorts:sign", args=[slot.pk, code_of(slot=slot, at=at).token])


def ticket_in(page):
    return page.context["ticket"]


def test_opening_the_code_signs_nothing_pressing_signs_and_proposes_hours(people, enter, slot):
    amina, url = enter("amina"), address(slot)
    page = amina.get(url)
    assert not AttendanceSignature.objects.exists() and "no-store" in page.headers["Cache-Control"]
    done = amina.post(url, {"ticket": ticket_in(page)}, follow=True)
    assert AttendanceSignature.objects.get().enrolment == people.enrolments["amina"]
    said = done.content.decode().replace("\xa0", " ")
    assert "C’est signé" in said and "Noter 3 h de formation" in said
    again = amina.post(url, {"ticket": ticket_in(page)}, follow=True)
    assert again.status_code == 200 and AttendanceSignature.objects.count() == 1


def test_a_photo_of_the_code_sent_later_signs_nothing(people, enter, slot):
    amina, url = enter("amina"), address(slot)
    with time_machine.travel(NOW + dt.timedelta(seconds=90), tick=False):
        page = amina.get(url)
    assert page.status_code == 410 and "Ce code a changé" in page.content.decode()
    amina.post(url, {"ticket": page.context["ticket"]})
    assert not AttendanceSignature.objects.exists()


def test_a_ticket_given_to_somebody_else_or_kept_too_long_signs_nothing(people, enter, slot):
    url = address(slot)
    ticket = ticket_in(enter("amina").get(url))
    enter("bastien").post(url, {"ticket": ticket})
    with time_machine.travel(NOW + dt.timedelta(minutes=4), tick=False):
        enter("amina").post(url, {"ticket": ticket})
    assert not AttendanceSignature.objects.exists()


def test_the_short_code_is_typed_and_guessing_is_slowed_down(people, enter, slot):
    amina, url = enter("amina"), reverse("cohorts:type_code")
    for _attempt in range(10):
        assert amina.post(url, {"code": "AAAAAA"}).status_code == 200
    assert amina.post(url, {"code": "AAAAAA"}).status_code == 429
    typed = code_of(slot=slot, at=NOW).typed.lower()
    bastien = enter("bastien").post(url, {"code": typed})
    assert bastien.status_code == 302 and f"/presence/{slot.pk}/" in bastien.headers["Location"]


def test_the_screen_shows_the_code_of_now_and_comes_again_without_script(people, enter, slot):
    url = reverse("cohorts:slot_screen", args=[people.a.cohort.pk, slot.session_id, slot.pk])
    driss = enter("driss")
    page = driss.get(url)
    assert code_of(slot=slot, at=NOW).typed in page.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="31">' in page.content.decode()
    with time_machine.travel(paris(12, 31), tick=False):
        closed = driss.get(url).content.decode()
    assert "La feuille est fermée" in closed and "data:image" not in closed


def test_each_taps_their_name_on_the_tablet(people, enter, slot):
    keys = [people.a.cohort.pk, slot.session_id, slot.pk]
    driss = enter("driss")
    assert "Amina Sarr" in driss.get(reverse("cohorts:slot_tablet", args=keys)).content.decode()
    one = reverse("cohorts:tablet_sign", args=[*keys, people.enrolments["amina"].pk])
    driss.get(one)
    assert not AttendanceSignature.objects.exists()
    driss.post(one)
    signature = AttendanceSignature.objects.get()
    assert (signature.way, signature.by) == ("tablet", people.amina)


def test_a_guest_trainer_s_link_shows_a_code_a_number_and_nobody_s_name(people, client, slot):
    sign(people, slot)
    trainer = slot.session.trainers.get()
    url = reverse(
        "cohorts:guest_screen", args=[slot.pk, trainer.pk, link_of(slot=slot, trainer=trainer)]
    )
    page = client.get(url).content.decode()
    assert code_of(slot=slot, at=NOW).typed in page and "1 sur 2" in page
    for name in ("Amina", "Sarr", "Bastien", "Cherif", "Driss"):
        assert name not in page
    client.post(url)
    client.post(url)
    assert TrainerSignature.objects.get().way == "link"
    assert client.get(url[:-3] + "zz/").status_code == 404


def test_a_guest_link_signs_nothing_after_the_window(people, client, slot):
    trainer = slot.session.trainers.get()
    url = reverse(
        "cohorts:guest_screen", args=[slot.pk, trainer.pk, link_of(slot=slot, trainer=trainer)]
    )
    with time_machine.travel(paris(12, 31), tick=False):
        assert "data:image" not in client.get(url).content.decode()
        client.post(url)
    assert not TrainerSignature.objects.exists()


def read_by(people) -> list[tuple[str, str]]:
    rows = AccessRecord.objects.about(people.amina.pk).filter(subject="absence_reason")
    return list(rows.order_by("pk").values_list("act", "by_person__first_name"))


def test_no_reason_leaves_no_trace(people, enter, slot):
    note(people, slot, "amina", "excused")
    keys = [people.a.cohort.pk, slot.session_id, slot.pk, people.enrolments["amina"].pk]
    assert enter("driss").post(reverse("cohorts:absence_reason", args=keys)).status_code == 200
    assert read_by(people) == []


def test_the_private_reason_is_read_by_the_coordination_and_the_person_only(people, enter, slot):
    note(people, slot, "amina", "excused", reason="rendez-vous au tribunal")
    secret = "rendez-vous au tribunal"
    keys = [people.a.cohort.pk, slot.session_id, slot.pk, people.enrolments["amina"].pk]
    driss = enter("driss")
    # A visit shows that there is one, never what it says: the reading is an act, and is recorded.
    assert secret not in driss.get(reverse("cohorts:attendance_cell", args=keys)).content.decode()
    assert read_by(people) == [("written", "Driss")]
    opened = reverse("cohorts:absence_reason", args=keys)
    assert secret in driss.post(opened).content.decode()
    assert read_by(people) == [("written", "Driss"), ("read", "Driss")]
    for name in ("dalia", "helene", "bastien"):
        assert secret not in enter(name).post(opened).content.decode()
    assert len(read_by(people)) == 2
    mine = reverse("cohorts:my_presence", args=[slot.pk])
    assert secret in enter("amina").get(mine).content.decode()
    assert secret not in enter("bastien").get(mine).content.decode()
    assert len(read_by(people)) == 2  # reading oneself is no event
    assert secret not in str(issue(people).snapshot)
    assert secret not in export(people, enter, "csv").content.decode("utf-8-sig")


def test_paper_is_sent_by_the_page_and_its_scan_is_private(people, enter, slot):
    keys = [people.a.cohort.pk, slot.session_id]
    driss, url = enter("driss"), reverse("cohorts:paper_sheet", args=keys)
    box = f"{slot.pk}:{people.enrolments['amina'].pk}"
    sent = {"sentence": "Pas de réseau", "signed": [box]}
    false = SimpleUploadedFile("feuille.png", b"<html>", content_type="image/png")
    assert "ni un PDF" in driss.post(url, {**sent, "scan": false}).content.decode()
    assert not AttendanceSignature.objects.exists()
    driss.post(url, {**sent, "scan": SimpleUploadedFile("feuille.png", PNG)})
    scan = AttendanceSignature.objects.get().scan
    given = driss.get(reverse("cohorts:sheet_scan", args=[*keys, scan.pk]))
    assert b"".join(given.streaming_content) == PNG
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in given.headers["Content-Disposition"]


def issue(people, session=None, first=TODAY, last=TODAY):
    return issue_sheet(
        cohort=people.a.cohort, first=first, last=last, session=session,
        actor=people.actor("driss"), at=NOW,
    )  # fmt: skip


def test_the_sheet_prints_who_signed_and_leaves_boxes_for_the_others(people, slot):
    sign(people, slot, at=paris(8, 57))
    paper = issue(people)
    text = " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(draw(paper))).pages
    ).replace("\xa0", " ")
    for words in ("Amina Sarr", "Bastien Cherif", "8 h 57", "Hygiène en cuisine", "Odile Ferrand",
                  "Maison de quartier", "nom et signature"):  # fmt: skip
        assert words in text, words
    assert issue(people) == paper  # nothing new: the same paper
    sign(people, slot, "bastien")
    assert issue(people) != paper


def test_fifteen_people_and_twenty_half_days_fit_on_two_pages(people):
    cohort = people.a.cohort
    type(cohort).objects.filter(pk=cohort.pk).update(eu_funded=True)
    cohort.refresh_from_db()
    for number in range(13):
        person = make.PersonFactory(first_name=f"Prénom{number}", last_name="Nom-Assez-Long")
        make.EnrolmentFactory(cohort=cohort, person=person)
    first = dt.date(2026, 9, 14)
    plan_all(people, day=first, halves=(MORNING, AFTERNOON), repeat=Repeat(dt.date(2026, 11, 16)))
    paper = issue(people, first=first, last=dt.date(2026, 11, 16))
    pages = PdfReader(io.BytesIO(draw(paper))).pages
    assert len(context(paper.snapshot)["pages"]) == 2 and len(pages) == 2
    assert "Union européenne" in " ".join(pages[0].extract_text().split())


def test_a_sheet_of_nothing_or_of_too_much_is_refused(people):
    with pytest.raises(Refused, match="Aucune demi-journée"):
        issue(people)
    plan_all(people, day=dt.date(2026, 9, 14), repeat=Repeat(dt.date(2026, 12, 7)))
    with pytest.raises(Refused, match="Coupez en deux"):
        issue(people, first=dt.date(2026, 9, 1), last=dt.date(2026, 12, 18))
    assert not Document.objects.exists()


def test_the_check_page_of_a_sheet_names_nobody(people, slot):
    facts = kinds.get("attendance_sheet").public_facts(issue(people).snapshot)
    assert "Amina" not in str(facts) and facts[2].value == "2"


def export(people, enter, suffix):
    url = reverse("cohorts:attendance_export", args=[people.a.cohort.pk, suffix])
    return enter("driss").get(url)


def test_the_export_counts_half_days_person_by_person(people, enter, slot):
    sign(people, slot, "amina", at=paris(9))
    note(people, slot, "bastien", "excused")
    with time_machine.travel(paris(12, 31), tick=False):
        book = load_workbook(io.BytesIO(export(people, enter, "xlsx").content))
    rows = list(book["Par personne"].iter_rows(values_only=True))
    assert rows[1][:9] == ("Cherif", "Bastien", 1, 0, 0, 1, 0, 0, 0)
    assert rows[2][:9] == ("Sarr", "Amina", 1, 1, 0, 0, 0, 0, 1)
    assert (rows[2][9], rows[2][10]) == (3, 100)
    detail = list(book["Détail"].iter_rows(values_only=True))
    assert len(detail) == 1 + 4


def test_a_formula_in_a_title_is_shown_not_run(people, enter):
    plan(people, title="=1+1")
    assert "'=1+1" in export(people, enter, "csv").content.decode("utf-8-sig")


def test_planning_by_the_page_twice_plans_once_and_tells_conflicts(people, enter):
    plan(people, title="Réunion", halves=(MORNING,))
    driss, url = enter("driss"), reverse("cohorts:plan_session", args=[people.a.cohort.pk])
    key = str(driss.get(url).context["form"]["submission_key"].value())
    sent = {
        "submission_key": key, "kind": "training", "title": "Hygiène", "place": "Maison de quartier",
        "day": TODAY.isoformat(), "morning_starts": "09:00", "morning_ends": "12:00",
        "until": "2026-12-09", "every_weeks": "1", "skipped": "02/12/2026",
    }  # fmt: skip
    said = driss.post(url, sent, follow=True).content.decode()
    driss.post(url, sent)
    assert Session.objects.filter(title="Hygiène").count() == 2
    assert "au même endroit" in said


def test_what_is_mistyped_is_said_and_plans_nothing(people, enter):
    driss, url = enter("driss"), reverse("cohorts:plan_session", args=[people.a.cohort.pk])
    key = str(driss.get(url).context["form"]["submission_key"].value())
    sent = {
        "submission_key": key, "kind": "training", "title": "Hygiène", "place": "Ici",
        "day": TODAY.isoformat(), "morning_starts": "09:00", "until": "2026-12-09",
        "skipped": "31/02/2026",
    }  # fmt: skip
    page = driss.post(url, sent).content.decode()
    assert "Donnez le début et la fin." in page and "31/02/2026" in page
    assert not Session.objects.exists() and not Attendance.objects.exists()
