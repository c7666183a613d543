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
from members.middleware import public as open_to_all
from members.models import Person
from testimonials import perms
from testimonials.forms import WordsForm
from testimonials.models import Testimonial
from testimonials.selectors import own_words, words_for_home, words_of_cohort
from testimonials.services import words


@open_to_all
@reads
def public(request: ActorRequest) -> HttpResponse:
    return render(
        request, "testimonials/public.html", {"words": words_for_home(day=clock.today(), limit=60)}
    )


@form_page
def mine(request: ActorRequest) -> HttpResponse:
    """A coopérant's own words, and the form to leave some."""
    allow(perms.can_write(request.actor))
    today = clock.today()
    person = get_object_or_404(Person.objects.visible_to(request.actor), pk=request.actor.person_id)
    form = WordsForm(
        request.POST or None,
        initial={
            "signed_as": person.called,
            "consent_until": today.replace(year=today.year + 1, day=1),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, form.cleaned_data["submission_key"], lambda: _leave(request, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {"form": form, "mine": own_words(request.actor)}
    return render(request, "testimonials/mine.html", page, status=422 if form.errors else 200)


def _leave(request: ActorRequest, form: WordsForm) -> str:
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.actor), pk=request.actor.enrolment_id
    )
    words.submit_words(
        enrolment=enrolment,
        text=form.cleaned_data["text"],
        signed_as=form.cleaned_data["signed_as"],
        trade=form.cleaned_data["trade"],
        consent_until=form.cleaned_data["consent_until"],
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("C’est envoyé. Ton accompagnatrice ou ton accompagnateur va lire."))
    return reverse("testimonials:mine")


@writes
def withdraw(request: ActorRequest, testimonial_id: int) -> HttpResponse:
    found = get_object_or_404(Testimonial.objects.visible_to(request.actor), pk=testimonial_id)
    allow(
        perms.can_withdraw(request.actor, found)
        or found.enrolment.person_id == request.actor.person_id
    )
    words.withdraw_words(testimonial=found, actor=request.actor, at=clock.now())
    messages.success(request, _("C’est retiré. Tes mots ne sont plus sur le site."))
    return redirect("testimonials:mine")


@reads
def of_cohort(request: ActorRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.actor), pk=cohort_id)
    allow(perms.can_moderate(request.actor))
    page = {"cohort": cohort, "words": words_of_cohort(request.actor, cohort_id)}
    return render(request, "testimonials/of_cohort.html", page)


@writes
def approve(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _to_moderate(request, cohort_id, testimonial_id)
    words.approve_words(testimonial=found, actor=request.actor, at=clock.now())
    messages.success(request, _("Publié sur la page d’accueil."))
    return redirect("testimonials:of_cohort", cohort_id=cohort_id)


@writes
def decline(request: ActorRequest, cohort_id: int, testimonial_id: int) -> HttpResponse:
    found = _to_moderate(request, cohort_id, testimonial_id)
    words.decline_words(testimonial=found, actor=request.actor, at=clock.now())
    messages.success(request, _("Ces mots ne sont pas publiés."))
    return redirect("testimonials:of_cohort", cohort_id=cohort_id)


def _to_moderate(request: ActorRequest, cohort_id: int, testimonial_id: int) -> Testimonial:
    in_scope = Testimonial.objects.visible_to(request.actor).of_cohort(cohort_id)
    found: Testimonial = get_object_or_404(in_scope.select_related("consent"), pk=testimonial_id)
    allow(perms.can_moderate(request.actor))
    return found
