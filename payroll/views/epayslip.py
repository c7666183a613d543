"""The electronic slip: a person's own choice, what staff record for a group, and slips given on paper."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from members.models import Person
from payroll import perms
from payroll.forms.epayslip import ONLINE, PAPER, ChoiceForm, GivenForm, InformedForm, SaidForm
from payroll.models import Payslip
from payroll.selectors import epayslip as selectors
from payroll.services import epayslip as services
from payroll.views.runs import find_cohort, find_run

_PAGES = {"papers": "documents:mine"}


@writes
def choose_slip(request: ActorRequest) -> HttpResponse:
    """One of the three buttons; it takes effect at once."""
    allow(perms.may_choose_own_slip(request.actor))
    form = ChoiceForm(request.POST)
    if form.is_valid():
        messages.success(request, _chosen(request, form.cleaned_data["choice"]))
    return redirect(_PAGES.get(form.cleaned_data.get("back", ""), "payroll:my_pay"))


def _chosen(request: ActorRequest, choice: str) -> str:
    person = selectors.person_of(request.actor)
    said = {
        "on": clock.today(),
        "how": _("sur la plateforme"),
        "actor": request.actor,
        "at": clock.now(),
    }
    if choice == PAPER:
        services.ask_for_paper(person=person, **said)
        return _("C’est noté. Ton prochain bulletin te sera donné en papier.")
    if choice == ONLINE:
        services.take_electronic(person=person, **said)
        return _("C’est noté. Ton bulletin arrive sur ce site.")
    services.inform(people=[person], **said)
    return _("Merci. Ton bulletin arrive sur ce site.")


@form_page
def slip_choices(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """Who was informed, who wants paper; the day of a meeting is recorded here."""
    cohort = find_cohort(request, cohort_id)
    allow(perms.may_follow_slips(request.actor))
    form = InformedForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        people = [row.person for row in selectors.people_of(cohort.pk)]
        try:
            told = services.inform(
                people=people, actor=request.actor, at=clock.now(), **form.cleaned_data
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            text = ngettext("%(n)s personne notée.", "%(n)s personnes notées.", told)
            messages.success(request, text % {"n": told})
            return redirect("payroll:slip_choices", cohort_id=cohort.pk)
    return _choices_page(request, cohort, informed=form)


@form_page
def slip_said(request: ActorRequest, cohort_id: int) -> HttpResponse:
    """What one person asked by letter or aloud, recorded for them."""
    cohort = find_cohort(request, cohort_id)
    allow(perms.may_follow_slips(request.actor))
    people = {row.person.pk: row.person for row in selectors.people_of(cohort.pk)}
    form = SaidForm(
        request.POST or None,
        people=[(key, person.full_name) for key, person in people.items()],
        initial={"on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        person = people[int(form.cleaned_data["person"])]
        if _record(request, person, form):
            return redirect("payroll:slip_choices", cohort_id=cohort.pk)
    return render(request, "payroll/slip_said.html", {"cohort": cohort, "form": form})


def _record(request: ActorRequest, person: Person, form: forms.Form) -> bool:
    asked = form.cleaned_data
    act = services.ask_for_paper if asked["act"] == PAPER else services.take_electronic
    try:
        act(person=person, on=asked["on"], how=asked["how"], actor=request.actor, at=clock.now())
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    messages.success(request, _("C’est noté pour %s.") % person.full_name)
    return True


def _choices_page(request: ActorRequest, cohort: Cohort, informed: forms.Form) -> HttpResponse:
    people = selectors.people_of(cohort.pk)
    context = {
        "cohort": cohort,
        "people": people,
        "form": informed,
        "missing": sum(1 for row in people if not row.wish.is_informed),
    }
    return render(request, "payroll/slip_choices.html", context)


@reads
def slip_delivery(request: ActorRequest, cohort_id: int, run_id: int) -> HttpResponse:
    """Where each slip of a run is. Nobody opens a slip from here but the host, to print it."""
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_follow_slips(request.actor))
    context = {
        "run": run,
        "cohort": run.cohort,
        "rows": selectors.delivery_of(run),
        "can_print": perms.may_print_slips(request.actor),
    }
    return render(request, "payroll/slip_delivery.html", context)


@writes
def slip_given(request: ActorRequest, cohort_id: int, run_id: int, payslip_id: int) -> HttpResponse:
    """ "Remis en main propre": the slip left on paper, today."""
    run = find_run(request, cohort_id, run_id)
    allow(perms.may_follow_slips(request.actor))
    payslip = get_object_or_404(Payslip.objects.of_run(run), pk=payslip_id)
    form = GivenForm(request.POST)
    if form.is_valid():
        today = clock.today()
        try:
            services.hand_over(
                payslip=payslip, on=form.day(today), actor=request.actor, at=clock.now()
            )
            messages.success(request, _("C’est noté : bulletin remis en main propre."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("payroll:slip_delivery", cohort_id=cohort_id, run_id=run_id)
