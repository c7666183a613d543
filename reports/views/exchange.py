"""Acts on a report: words, review, sending, questions, answers, yes, correction."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, refuse_in, writes
from ct_platform.kit.once import OnceForm, once
from reports import perms
from reports.enums import Section
from reports.forms import AnswerForm, CommentForm, QuestionForm, ReasonForm
from reports.models import Report
from reports.services import preparing, questions, reviewing, sending
from reports.views.page import report_page
from reports.views.scope import question_in_scope, report_in_scope, snapshot_in_scope


@writes
def comment(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_coordination(request, snapshot_id)
    form = CommentForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        section = Section(typed["section"])
        try:
            reviewing.write_comment(
                report=report,
                section=section,
                text=typed["text"],
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("C’est noté."))
            return redirect("reports:snapshot", snapshot_id)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _shown(request, snapshot_id, comment=form)


@writes
def review(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_coordination(request, snapshot_id)
    reviewing.review_report(report=report, actor=request.actor, at=clock.now())
    return _done(request, snapshot_id, _("Relu. Il reste à l’envoyer."))


@writes
def reopen(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_coordination(request, snapshot_id)
    reviewing.reopen_review(report=report, actor=request.actor, at=clock.now())
    return _done(request, snapshot_id, _("La relecture reprend."))


@writes
def drop(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_coordination(request, snapshot_id)
    reviewing.drop_report(report=report, actor=request.actor, at=clock.now())
    return _done(request, snapshot_id, _("Rapport écarté. Personne ne l’a reçu."))


@writes
def send(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_coordination(request, snapshot_id)
    sending.send_report(report=report, actor=request.actor, at=clock.now())
    return _done(
        request, snapshot_id, _("Rapport envoyé. Vos partenaires le lisent dès maintenant.")
    )


@writes
def correct(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_coordination(request, snapshot_id)
    form = ReasonForm(request.POST)

    def act(typed: dict[str, Any]) -> str:
        new = preparing.correct_report(
            report=report, reason=typed["reason"], actor=request.actor, at=clock.now()
        )
        messages.success(request, _("Correction préparée. Relisez-la, puis envoyez-la."))
        return reverse("reports:snapshot", args=[new.snapshot_id])

    return _acted(request, form, act, snapshot_id, "reason")


@writes
def ask(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_reader(request, snapshot_id)
    form = QuestionForm(request.POST, figures=report.snapshot.figures)

    def act(typed: dict[str, Any]) -> str:
        questions.ask_question(
            report=report,
            code=typed["code"],
            text=typed["text"],
            actor=request.actor,
            at=clock.now(),
        )
        messages.success(request, _("Question envoyée à la coordination."))
        return _address(snapshot_id)

    return _acted(request, form, act, snapshot_id, "question")


@writes
def answer(request: ActorRequest, question_id: int) -> HttpResponse:
    question = question_in_scope(request, question_id)
    allow(perms.can_answer(request.actor))
    form = AnswerForm(request.POST)
    snapshot_id = question.report.snapshot_id

    def act(typed: dict[str, Any]) -> str:
        questions.answer_question(
            question=question, text=typed["text"], actor=request.actor, at=clock.now()
        )
        messages.success(request, _("Réponse envoyée."))
        return _address(snapshot_id)

    return _acted(request, form, act, snapshot_id, "answer")


@writes
def accept(request: ActorRequest, snapshot_id: int) -> HttpResponse:
    report = _of_reader(request, snapshot_id)
    questions.accept_report(report=report, actor=request.actor, at=clock.now())
    return _done(request, snapshot_id, _("Votre organisation accepte ce rapport."))


def _of_coordination(request: ActorRequest, snapshot_id: int) -> Report:
    report = report_in_scope(request, snapshot_id)
    allow(perms.can_freeze(request.actor))
    return report


def _of_reader(request: ActorRequest, snapshot_id: int) -> Report:
    report = report_in_scope(request, snapshot_id)
    allow(perms.can_exchange(request.actor))
    return report


def _acted(
    request: ActorRequest,
    form: OnceForm,
    act: Callable[[dict[str, Any]], str],
    snapshot_id: int,
    name: str,
) -> HttpResponse:
    """Act once on what was typed, or show the page again with the reason beside the field."""
    if form.is_valid():
        try:
            return once(
                request, form.cleaned_data["submission_key"], lambda: act(form.cleaned_data)
            )
        except Refused as refusal:
            refuse_in(form, refusal)
    return _shown(request, snapshot_id, **{name: form})


def _shown(request: ActorRequest, snapshot_id: int, **bound: forms.Form) -> HttpResponse:
    return report_page(request, snapshot_in_scope(request, snapshot_id), status=422, **bound)


def _done(request: ActorRequest, snapshot_id: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("reports:snapshot", snapshot_id)


def _address(snapshot_id: int) -> str:
    return reverse("reports:snapshot", args=[snapshot_id])
