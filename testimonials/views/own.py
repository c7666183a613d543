"""Mes mots: leaving some, changing them, answering what is proposed, agreeing to more, taking back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.keys import key_of
from ct_platform.kit.once import once
from members.models import Person
from testimonials import perms
from testimonials.forms.own import AgreeForm, EditForm, MoreForm, WordsForm, far_enough
from testimonials.models import Testimonial
from testimonials.selectors.own import own_story, own_words
from testimonials.services import asking, links, moderation, words
from testimonials.services.withdrawals import withdraw_words
from testimonials.views.chosen import chosen


@form_page
def mine(request: ActorRequest) -> HttpResponse:
    """A coopérant's own words, and the form to leave some."""
    allow(perms.can_write(request.actor))
    person = get_object_or_404(Person.objects.visible_to(request.actor), pk=request.actor.person_id)
    form = WordsForm(
        request.POST or None,
        request.FILES or None,
        initial={"signed_as": person.called, "consent_until": far_enough(clock.today())},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, form.cleaned_data["submission_key"], lambda: _leave(request, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"form": form, "mine": own_words(request.actor, clock.today())}
    return render(request, "testimonials/mine.html", page, status=422 if form.errors else 200)


def _leave(request: ActorRequest, form: WordsForm) -> str:
    told = form.cleaned_data
    left = words.submit_words(
        enrolment=_own_enrolment(request),
        text=told["text"],
        signed_as=told["signed_as"],
        trade=told["trade"],
        consent_until=told["consent_until"],
        uses=told["uses"],
        photo_uses=told["photo_uses"],
        photo=told["photo"],
        recording=told["recording"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("C’est envoyé. Ton accompagnatrice ou ton accompagnateur va lire."))
    return reverse("testimonials:own", args=[left.pk])


def _own_enrolment(request: ActorRequest) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.actor)
    found: Enrolment = get_object_or_404(rows, pk=request.actor.enrolment_id)
    return found


def _own(request: ActorRequest, testimonial_id: int) -> Testimonial:
    rows = Testimonial.objects.visible_to(request.actor).select_related("enrolment__cohort")
    found: Testimonial = get_object_or_404(rows, pk=testimonial_id)
    allow(perms.is_author(request.actor, found))
    return found


@reads
def own(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    found = _own(request, testimonial_id)
    return _own_page(request, found)


def _own_page(
    request: ActorRequest,
    found: Testimonial,
    *,
    answer: AgreeForm | None = None,
    more: MoreForm | None = None,
    link: str = "",
) -> HttpResponse:
    until = {"consent_until": far_enough(clock.today())}
    page = {
        "told": own_story(found, clock.today()),
        "link": link,
        "can_edit": perms.can_edit(request.actor, found),
        "answer": answer or AgreeForm(initial=until),
        "more": more or MoreForm(initial=until, has_photo=bool(found.photo), prefix="plus"),
    }
    wrong = any(form is not None and form.errors for form in (answer, more))
    return render(request, "testimonials/own.html", page, status=422 if wrong else 200)


@form_page
def edit(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    found = _own(request, testimonial_id)
    allow(perms.can_edit(request.actor, found))
    form = EditForm(request.POST or None, initial={"text": found.text, "trade": found.trade})
    if request.method == "POST" and form.is_valid():
        try:
            words.edit_words(
                testimonial=found, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("C’est envoyé. On relit avant de publier."))
            return redirect("testimonials:own", found.pk)
    page = {"form": form, "found": found}
    return render(request, "testimonials/edit.html", page, status=422 if form.errors else 200)


@writes
def answer(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    """Yes or no to the version that was on the screen."""
    found = _own(request, testimonial_id)
    accepts, number = request.POST.get("answer") == "yes", request.POST.get("number", "")
    form = AgreeForm(request.POST) if accepts and "consent_until" in request.POST else None
    if form is not None and not form.is_valid():
        return _own_page(request, found, answer=form)
    try:
        lacking = moderation.answer_version(
            testimonial=found,
            number=key_of(number) or 0,
            accepts=accepts,
            given=form.given() if form is not None else None,
            actor=request.actor,
            at=clock.now(),
        )
    except Refused as refusal:
        if form is None:
            raise
        refuse_in(form, refusal)
        return _own_page(request, found, answer=form)
    said = _("C’est accepté.") if accepts else _("C’est refusé. Ton texte reste le tien.")
    messages.success(request, f"{said} {lacking}".strip())
    return redirect("testimonials:own", found.pk)


@writes
def agree_more(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    found = _own(request, testimonial_id)
    allow(perms.can_edit(request.actor, found))
    form = MoreForm(request.POST, has_photo=bool(found.photo), prefix="plus")
    if not form.is_valid():
        return _own_page(request, found, more=form)
    try:
        moderation.agree_to_more(
            testimonial=found, given=form.given(), actor=request.actor, at=clock.now()
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return _own_page(request, found, more=form)
    messages.success(request, _("C’est noté."))
    return redirect("testimonials:own", found.pk)


@writes
def withdraw(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    found = _own(request, testimonial_id)
    withdraw_words(testimonial=found, only=chosen(request), actor=request.actor, at=clock.now())
    messages.success(
        request, _("C’est retiré. On prévient aussi les endroits qui ne sont pas à nous.")
    )
    return redirect("testimonials:own", found.pk)


@writes
def link(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    """Show a fresh link once: only its hash is kept."""
    found = _own(request, testimonial_id)
    secret = links.make(testimonial=found, at=clock.now())
    return _own_page(request, found, link=links.address(secret))


@writes
def answer_ask(request: ActorRequest) -> HttpResponse:
    allow(perms.can_write(request.actor))
    asking.answer_ask(
        enrolment=_own_enrolment(request),
        said=request.POST.get("said", ""),
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("C’est noté."))
    return redirect(settings.LOGIN_REDIRECT_URL)
