"""Paroles of a cohort: reading again, proposing, helping, noting papers and places, following a withdrawal."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from testimonials import perms
from testimonials.forms import desk as asked
from testimonials.forms.own import far_enough
from testimonials.models import Publication, Testimonial
from testimonials.selectors.desk import desk_story, words_of_cohort
from testimonials.selectors.own import pending_of
from testimonials.services import moderation, publications, withdrawals, words


def _cohort(request: ActorRequest, cohort_id: int) -> Cohort:
    cohort: Cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.can_moderate(request.actor))
    request.page_cohort = cohort
    return cohort


def _story(request: ActorRequest, cohort_id: int, testimonial_id: int) -> Testimonial:
    in_scope = Testimonial.objects.visible_to(request.actor).of_cohort(cohort_id)
    rows = in_scope.select_related("enrolment__person", "enrolment__cohort")
    found: Testimonial = get_object_or_404(rows, pk=testimonial_id)
    _cohort(request, cohort_id)
    return found


def _back(cohort_id: int, testimonial_id: int) -> HttpResponse:
    return redirect("testimonials:desk", cohort_id, testimonial_id)


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    page = {"cohort": cohort, "words": words_of_cohort(request.actor, cohort_id)}
    return render(request, "testimonials/of_cohort.html", page)


@reads
def one(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    page = {
        "cohort": found.enrolment.cohort,
        "told": desk_story(found, clock.today()),
        "can_propose": perms.can_propose(found),
        "can_note_place": perms.can_note_place(found),
    }
    return render(request, "testimonials/desk.html", page)


@writes
def approve(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    lacking = moderation.approve_words(testimonial=found, actor=request.actor, at=clock.now())
    if lacking:
        messages.warning(request, _("C’est accepté, mais pas encore public.") + f" {lacking}")
    else:
        messages.success(request, _("Publié sur le site public."))
    return _back(cohort_id, testimonial_id)


@writes
def decline(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    moderation.decline_words(testimonial=found, actor=request.actor, at=clock.now())
    messages.success(request, _("Ces mots ne sont pas publiés."))
    return _back(cohort_id, testimonial_id)


@writes
def settle(
    request: ActorRequest, cohort_id: int, testimonial_id: int, publication_id: int
) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    rows = (
        Publication.objects.visible_to(request.actor)
        .of_cohort(cohort_id)
        .select_related("testimonial")
    )
    place = get_object_or_404(rows, pk=publication_id, testimonial=found)
    publications.settle(
        publication=place,
        note=request.POST.get("note", ""),
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("C’est noté."))
    return _back(cohort_id, testimonial_id)


def _form(
    request: ActorRequest,
    form: forms.Form,
    act: Callable[[forms.Form], str],
    page: dict[str, Any],
) -> HttpResponse:
    """One form, one act; `act` gives the sentence to say after it."""
    if request.method == "POST" and form.is_valid():
        try:
            said = act(form)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, said)
            return redirect(page["back"])
    page["form"] = form
    return render(request, "testimonials/form.html", page, status=422 if form.errors else 200)


def _page(found: Testimonial, title: str, action: str, **more: Any) -> dict[str, Any]:
    cohort = found.enrolment.cohort
    back = reverse("testimonials:desk", args=[cohort.pk, found.pk])
    return {
        "cohort": cohort, "found": found, "title": title, "action": action, "back": back, **more,
    }  # fmt: skip


@form_page
def propose(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    allow(perms.can_propose(found))
    told = desk_story(found, clock.today())
    begun = told.pending.text if told.pending else found.text
    form = asked.ProposeForm(request.POST or None, initial={"text": begun})

    def act(form: forms.Form) -> str:
        moderation.propose_version(
            testimonial=found, actor=request.actor, at=clock.now(), **form.cleaned_data
        )
        return _("C’est envoyé à l’auteur. Rien ne paraît avant sa réponse.")

    title = _("Proposer un texte") if found.text else _("Écrire ce qui est dit")
    page = _page(found, title, _("Envoyer à l’auteur"), findings=told.findings)
    return _form(request, form, act, page)


@form_page
def on_paper(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    pending = pending_of(found, list(found.versions.order_by("number")))
    allow(pending is not None and not perms.is_author(request.actor, found))
    form = asked.PaperForm(
        request.POST or None, initial={"consent_until": far_enough(clock.today())}
    )

    def act(form: Any) -> str:
        lacking = moderation.accept_on_paper(
            testimonial=found,
            number=pending.number if pending else 0,
            given=form.on_paper(),
            actor=request.actor,
            at=clock.now(),
        )
        return f"{_('L’accord est noté.')} {lacking}".strip()

    page = _page(found, _("Noter l’accord signé"), _("Noter l’accord"), pending=pending)
    return _form(request, form, act, page)


@form_page
def parental(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    form = asked.ParentalForm(request.POST or None)

    def act(form: forms.Form) -> str:
        lacking = publications.note_parental(
            testimonial=found, actor=request.actor, at=clock.now(), **form.cleaned_data
        )
        return f"{_('L’accord est noté.')} {lacking}".strip()

    page = _page(found, _("Accord parental"), _("Noter l’accord"))
    return _form(request, form, act, page)


@form_page
def withdraw_for(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    form = asked.WithdrawForForm(request.POST or None)

    def act(form: forms.Form) -> str:
        withdrawals.withdraw_for(
            testimonial=found, actor=request.actor, at=clock.now(), **form.cleaned_data
        )
        return _("C’est retiré du site. Voyez plus bas les autres endroits à contacter.")

    page = _page(found, _("Retirer à la demande d’un proche"), _("Tout retirer"), grave=True)
    return _form(request, form, act, page)


@form_page
def add_place(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _story(request, cohort_id, testimonial_id)
    allow(perms.can_note_place(found))
    form = asked.PlaceForm(request.POST or None, initial={"published_on": clock.today()})

    def act(form: forms.Form) -> str:
        kept = {name: form.cleaned_data[name] for name in form.fields if name != "submission_key"}
        publications.note_publication(
            testimonial=found, actor=request.actor, at=clock.now(), **kept
        )
        return _("L’endroit est noté.")

    page = _page(found, _("Noter un endroit"), _("Noter"))
    return _form(request, form, act, page)


@form_page
def helped(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Type what somebody says, who will read it again on their phone or on paper."""
    cohort = _cohort(request, cohort_id)
    people = Enrolment.objects.visible_to(request.actor).of_cohort(cohort_id)
    named = [(e.pk, e.person.full_name) for e in people.select_related("person")]
    form = asked.HelpedForm(request.POST or None, people=named)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["submission_key"]
        return once(request, key, lambda: _help(request, cohort_id, form))
    page = {
        "cohort": cohort, "form": form, "title": _("Écrire avec quelqu’un"), "action": _("Garder"),
        "back": reverse("testimonials:of_cohort", args=[cohort_id]),
    }  # fmt: skip
    return render(request, "testimonials/form.html", page, status=422 if form.errors else 200)


def _help(request: ActorRequest, cohort_id: int, form: asked.HelpedForm) -> str:
    rows = Enrolment.objects.visible_to(request.actor).of_cohort(cohort_id)
    made = words.write_for(
        enrolment=get_object_or_404(
            rows.select_related("cohort", "person"), pk=form.cleaned_data["enrolment"]
        ),
        text=form.cleaned_data["text"],
        signed_as=form.cleaned_data["signed_as"],
        trade=form.cleaned_data["trade"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("C’est gardé. Rien ne paraît avant que la personne accepte."))
    return reverse("testimonials:desk", args=[cohort_id, made.pk])
