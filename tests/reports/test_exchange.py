"""The life of a report: read again, sent, questioned on one figure, accepted, corrected by a new one."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.invariants import all_invariants
from reports.enums import Occasion, ReportState, Section
from reports.models import Answer, Question, Report, ReportNotice, ReportRequest, Snapshot
from reports.services import preparing, questions, reviewing, sending
from reports.services.notices import tell
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.reports.scene import Scene, sent_report, set_scene


@pytest.fixture
def scene(people) -> Scene:
    return set_scene(people)


@pytest.fixture
def driss(people):
    return people.actor("driss")


@pytest.fixture
def elsa(people):
    return people.actor("elsa")


@pytest.fixture
def prepared(people, scene, driss) -> Report:
    return preparing.prepare_report(cohort=scene.cohort, actor=driss, at=NOW)


@pytest.fixture
def sent(people, scene) -> Report:
    return sent_report(people)


def ask(report: Report, actor, code: str = "people.total", at: dt.datetime = NOW) -> Question:
    return questions.ask_question(report=report, code=code, text="Pourquoi ?", actor=actor, at=at)


def state(report: Report) -> str:
    report.refresh_from_db()
    return report.state


# Prepared and read again: the coordination alone knows it.


@pytest.mark.parametrize("name", ["elsa", "helene", "nora", "dalia", "farid"])
def test_nobody_else_learns_of_a_report_before_it_is_sent(enter, prepared, name):
    client = enter(name)
    for door in ("", "pdf/", "tableur/", "donnees/"):
        assert client.get(f"/rapports/{prepared.snapshot_id}/{door}").status_code == 404
    assert f"/rapports/{prepared.snapshot_id}/" not in client.get("/suivi/").content.decode()


def test_the_host_does_not_find_its_paper_among_those_it_issued(enter, people, prepared):
    address = f"/papiers/{prepared.document_id}/pdf/"
    assert enter("helene").get(address).status_code == 404


def test_words_stand_beside_the_figures_and_change_none(prepared, driss):
    before = dict(prepared.snapshot.figures)
    for text in ("Un mois de marché.", "Un bon mois de marché."):
        reviewing.write_comment(
            report=prepared, section=Section.WHOLE, text=text, actor=driss, at=NOW
        )
    reviewing.review_report(report=prepared, actor=driss, at=NOW)
    prepared.refresh_from_db()
    assert Snapshot.objects.get(pk=prepared.snapshot_id).figures == before
    assert prepared.document.snapshot["comments"] == [["L’ensemble", "Un bon mois de marché."]]
    assert prepared.document.snapshot["figures"] == before
    old = prepared.snapshot.document
    assert (old.status, old.replaced_by_id) == ("replaced", prepared.document_id)


def test_words_that_name_somebody_are_refused(prepared, driss, scene):
    with pytest.raises(Refused, match="nomme une personne"):
        reviewing.write_comment(
            report=prepared, section=Section.WORK, text="Sans QUATREBARBES Zéphirin, moins d’heures.",
            actor=driss, at=NOW,
        )  # fmt: skip
    assert not prepared.comments.exists()


def test_words_are_fixed_once_it_was_read_again(prepared, driss):
    reviewing.review_report(report=prepared, actor=driss, at=NOW)
    reviewing.review_report(report=prepared, actor=driss, at=NOW)
    with pytest.raises(Frozen):
        reviewing.write_comment(
            report=prepared, section=Section.WORK, text="Encore", actor=driss, at=NOW
        )
    prepared.refresh_from_db()
    reviewing.reopen_review(report=prepared, actor=driss, at=NOW)
    assert state(prepared) == ReportState.PREPARED


def test_it_is_not_sent_before_it_was_read_again(prepared, driss):
    with pytest.raises(Refused):
        sending.send_report(report=prepared, actor=driss, at=NOW)
    assert state(prepared) == ReportState.PREPARED
    assert not ReportNotice.objects.exists()


def test_a_report_put_aside_masks_nothing_in_the_next_one(people, prepared, driss, scene):
    """Nobody received it, so nobody can subtract it."""
    make.EnrolmentFactory(cohort=scene.cohort)
    later = NOW + dt.timedelta(days=1)
    masked = preparing.prepare_report(cohort=scene.cohort, actor=driss, at=later)
    assert _value(masked, "people.total") is None
    for one in (prepared, masked):
        reviewing.drop_report(report=one, actor=driss, at=later)
    fresh = preparing.prepare_report(cohort=scene.cohort, actor=driss, at=later)
    assert _value(fresh, "people.total") == 17


def test_the_same_figures_put_aside_come_back_as_the_same_report(prepared, driss, scene):
    reviewing.drop_report(report=prepared, actor=driss, at=NOW)
    again = preparing.prepare_report(cohort=scene.cohort, actor=driss, at=NOW)
    assert (again.pk, again.state) == (prepared.pk, ReportState.PREPARED)


def test_a_report_already_sent_is_not_put_aside(sent, driss):
    with pytest.raises(Refused, match="ne s’écarte plus"):
        reviewing.drop_report(report=sent, actor=driss, at=NOW)


def _value(report: Report, code: str):
    return next(i["value"] for i in report.snapshot.figures["figures"] if i["code"] == code)


# Sent: those who follow are told by mail, with a link and no figure.


def test_those_who_follow_receive_one_mail_with_a_link_and_no_figure(people, sent, driss):
    sending.send_report(report=sent, actor=driss, at=NOW)  # twice is once
    told = {one.organisation_id for one in sent.recipients.all()}
    assert told == {people.a.partner.pk, people.a.host.pk}
    for key in list(ReportNotice.objects.values_list("pk", flat=True)):
        tell(notice_id=key, at=NOW)
        tell(notice_id=key, at=NOW)
    assert sorted(one.to[0] for one in mail.outbox) == ["elsa@exemple.test", "helene@exemple.test"]
    body = mail.outbox[0].body
    assert f"/rapports/{sent.snapshot_id}/" in body
    assert "750" not in body and "Amina" not in body


def test_a_partnership_that_ended_receives_nothing(people, scene):
    people.a.partner.partnerships.update(ends_on=TODAY - dt.timedelta(days=1))
    report = sent_report(people)
    assert [one.organisation_id for one in report.recipients.all()] == [people.a.host.pk]


# Questions and answers, on one figure.


def test_a_partner_asks_on_a_figure_and_reads_the_answer(enter, people, sent, elsa, driss):
    question = ask(sent, elsa, "weeks.rate")
    questions.answer_question(question=question, text="Avant dimanche.", actor=driss, at=NOW)
    page = enter("elsa").get(f"/rapports/{sent.snapshot_id}/").content.decode()
    assert "Avant dimanche." in page
    assert ReportNotice.objects.filter(kind="answer", person=people.persons["elsa"]).count() == 1


def test_another_organisation_on_the_same_report_reads_neither_question_nor_answer(
    enter, people, sent, elsa, driss
):
    question = ask(sent, elsa)
    questions.answer_question(question=question, text="Réponse discrète.", actor=driss, at=NOW)
    page = enter("helene").get(f"/rapports/{sent.snapshot_id}/").content.decode()
    assert "Pourquoi ?" not in page and "Réponse discrète." not in page


def test_a_partner_of_the_same_territory_who_received_nothing_may_not_ask(people, sent):
    other = make.OrganisationFactory(name="Pôle voisin")
    make.PartnershipFactory(organisation=other, territory=people.a.territory)
    make.PartnerSeatFactory(person=make.PersonFactory(account=True), organisation=other)
    newcomer = people.actor("elsa")
    newcomer = replace(newcomer, seat=replace(newcomer.seat, organisation_id=other.pk))
    with pytest.raises(Refused, match="pas été envoyé à votre organisation"):
        ask(sent, newcomer)
    assert not Question.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("farid", 404), ("dalia", 404), ("nora", 403)])
def test_a_neighbour_may_not_ask_nor_answer(enter, sent, elsa, name, status):
    question = ask(sent, elsa)
    client = enter(name)
    assert client.post(f"/rapports/{sent.snapshot_id}/question/", {}).status_code == status
    assert client.post(f"/rapports/questions/{question.pk}/repondre/", {}).status_code == 404
    assert not Answer.objects.exists()


def test_an_unknown_figure_an_empty_question_and_a_named_answer_are_refused(sent, elsa, driss):
    with pytest.raises(Refused, match="Choisissez un chiffre"):
        ask(sent, elsa, "people.secret")
    with pytest.raises(Refused):
        questions.ask_question(report=sent, code="people.total", text=" ", actor=elsa, at=NOW)
    question = ask(sent, elsa)
    with pytest.raises(Refused, match="nomme une personne"):
        questions.answer_question(question=question, text="C’est amina sarr.", actor=driss, at=NOW)
    assert not Answer.objects.exists()


def test_what_was_asked_and_answered_stays(sent, elsa, driss):
    question = ask(sent, elsa)
    answer = questions.answer_question(question=question, text="Oui.", actor=driss, at=NOW)
    for act in (
        lambda: Question.objects.filter(pk=question.pk).update(text="Autre"),
        lambda: Answer.objects.filter(pk=answer.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


# Final: everybody says yes, or a month passes without a question.


def test_it_is_final_when_the_last_organisation_accepts(people, sent, elsa):
    questions.accept_report(report=sent, actor=elsa, at=NOW)
    questions.accept_report(report=sent, actor=elsa, at=NOW)
    assert state(sent) == ReportState.SENT
    questions.accept_report(report=sent, actor=people.actor("helene"), at=NOW)
    assert state(sent) == ReportState.FINAL
    with pytest.raises(Frozen):
        ask(sent, elsa)


def test_an_organisation_does_not_accept_over_its_own_open_question(sent, elsa):
    ask(sent, elsa)
    with pytest.raises(Refused, match="attend encore sa réponse"):
        questions.accept_report(report=sent, actor=elsa, at=NOW)
    assert sent.recipients.filter(accepted_at__isnull=False).count() == 0


def test_a_month_without_question_makes_it_final_and_an_open_question_stops_the_clock(
    sent, elsa, driss
):
    month = NOW + dt.timedelta(days=30)
    assert questions.settle_due(at=month - dt.timedelta(seconds=1)) == 0
    question = ask(sent, elsa)
    assert questions.settle_due(at=month) == 0
    questions.answer_question(question=question, text="Voilà.", actor=driss, at=NOW)
    assert questions.settle_due(at=month) == 1
    assert questions.settle_due(at=month) == 0
    assert state(sent) == ReportState.FINAL


# A correction is a new linked report; the old one stays.


def test_a_correction_replaces_the_old_report_when_it_is_sent_and_says_what_changed(
    enter, people, scene, sent, driss
):
    make.ExpenseFactory(recorded_by=people.driss, project=scene.cohort.projects.first())
    new = preparing.correct_report(report=sent, reason="Une dépense oubliée.", actor=driss, at=NOW)
    again = preparing.correct_report(report=sent, reason="Encore.", actor=driss, at=NOW)
    assert (new.pk, new.replaces_id, new.occasion) == (again.pk, sent.pk, Occasion.CORRECTION)
    assert state(sent) == ReportState.SENT
    reviewing.review_report(report=new, actor=driss, at=NOW)
    sending.send_report(report=Report.objects.get(pk=new.pk), actor=driss, at=NOW)
    assert state(sent) == ReportState.REPLACED
    client = enter("elsa")
    old_page = client.get(f"/rapports/{sent.snapshot_id}/").content.decode()
    assert "Ce rapport est remplacé" in old_page and "Une dépense oubliée." in old_page
    new_page = client.get(f"/rapports/{new.snapshot_id}/").content.decode()
    assert "Ce que cette correction change" in new_page and "Dépenses" in new_page
    assert f"/rapports/{new.snapshot_id}/" in client.get("/suivi/").content.decode()


def test_there_is_nothing_to_correct_when_nothing_changed_nor_before_it_is_sent(sent, driss):
    with pytest.raises(Refused, match="Aucun chiffre n’a changé"):
        preparing.correct_report(report=sent, reason="Un doute.", actor=driss, at=NOW)
    with pytest.raises(Refused, match="Dites pourquoi"):
        preparing.correct_report(report=sent, reason=" ", actor=driss, at=NOW)
    assert Report.objects.count() == 1


# Asked for by a partner, or by the calendar.


def test_a_request_waits_until_a_report_is_prepared(people, scene, elsa, driss):
    for _ in range(2):
        preparing.ask_for_report(cohort=scene.cohort, actor=elsa, at=NOW)
    assert ReportRequest.objects.waiting().count() == 1
    report = preparing.prepare_report(cohort=scene.cohort, actor=driss, at=NOW)
    assert report.occasion == Occasion.ASKED
    assert not ReportRequest.objects.waiting().exists()


def test_a_request_whose_report_was_put_aside_waits_again(scene, elsa, driss):
    asked = preparing.ask_for_report(cohort=scene.cohort, actor=elsa, at=NOW)
    report = preparing.prepare_report(cohort=scene.cohort, actor=driss, at=NOW)
    assert preparing.ask_for_report(cohort=scene.cohort, actor=elsa, at=NOW) == asked
    reviewing.drop_report(report=report, actor=driss, at=NOW)
    assert list(ReportRequest.objects.waiting()) == [asked]


def test_a_correction_put_aside_and_begun_again_is_the_same_report(people, scene, sent, driss):
    make.ExpenseFactory(recorded_by=people.driss, project=scene.cohort.projects.first())
    new = preparing.correct_report(report=sent, reason="Oubli.", actor=driss, at=NOW)
    reviewing.drop_report(report=new, actor=driss, at=NOW)
    again = preparing.correct_report(report=sent, reason="Un oubli.", actor=driss, at=NOW)
    assert (again.pk, again.state, again.reason) == (new.pk, ReportState.PREPARED, "Un oubli.")


def test_the_calendar_prepares_once_and_sends_nothing(people, scene):
    Cohort.objects.filter(pk=people.b.cohort.pk).update(state=CohortState.DRAFT)
    ends_on = scene.cohort.ends_on
    at = dt.datetime.combine(ends_on + dt.timedelta(days=1), dt.time(8), dt.UTC)
    assert preparing.prepare_due(at=at) == 1
    assert preparing.prepare_due(at=at + dt.timedelta(days=1)) == 0
    report = Report.objects.get()
    assert (report.occasion, report.state, report.prepared_by) == (
        Occasion.END,
        ReportState.PREPARED,
        None,
    )
    assert not ReportNotice.objects.exists()


def test_no_law_is_broken_after_all_this(sent, elsa, driss):
    question = ask(sent, elsa)
    questions.answer_question(question=question, text="Oui.", actor=driss, at=NOW)
    assert broken() == []


def broken() -> list[str]:
    return [s for one in all_invariants() if one.code.startswith("reports.") for s in one.check()]


def test_each_law_of_the_exchange_is_seen_when_it_is_broken(people, sent, elsa):
    ask(sent, elsa)
    Report.objects.filter(pk=sent.pk).update(state=ReportState.FINAL)
    assert "une question attend encore" in broken()[0]
    Report.objects.filter(pk=sent.pk).update(state=ReportState.REPLACED, cohort=people.b.cohort)
    sent.recipients.all().delete()
    said = " ".join(broken())
    for words in ("n’est pas de la cohorte", "sans qu’une correction", "n’a pas reçu le rapport"):
        assert words in said
