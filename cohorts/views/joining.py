"""Strangers: the page of a cooperative that recruits, its form, its meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cohorts import front
from cohorts.forms.application import ApplicationForm, SignUpForm
from cohorts.models import Cohort, InformationMeeting
from cohorts.selectors import recruiting
from cohorts.selectors.event_days import public_events
from cohorts.services.applications import apply as send_application
from cohorts.services.applications import keep_voice
from cohorts.services.meetings import sign_up as keep_seat
from cohorts.structured import events_of
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import form_page, reads, refuse_in
from ct_platform.kit.indexing import indexed
from ct_platform.kit.trap import TrapForm
from members.limits import Limit, address_of
from members.middleware import public

# A whole information meeting may apply from one connection; a robot would not stop at sixty.
SENT = Limit("application", tries=60, seconds=3600)


@public
@indexed
@reads
def cooperative(request: HttpRequest, cohort_id: int) -> HttpResponse:
    return _front(request, _cohort(cohort_id))


def _front(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    recruits, today = recruiting.is_recruiting(cohort), clock.today()
    meetings = recruiting.coming_meetings(cohort, clock.now()) if recruits else []
    events = public_events(cohort, today)
    page = {
        "cohort": cohort,
        "recruits": recruits,
        "ended": recruiting.has_ended(cohort),
        "meetings": meetings,
        "events": events,
        "parts": front.parts_of([cohort.pk], today),
        "facts": events_of(cohort, meetings, events),
    }
    return render(request, "cohorts/joining/cooperative.html", page)


# No session is asked of a stranger, and none is trusted here: a token could only expire, and lose what
# somebody spent an hour writing on a borrowed phone. A cached form would give its key to two people.
@csrf_exempt
@never_cache
@public
@form_page
def apply(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(cohort_id)
    if not recruiting.is_recruiting(cohort):
        return _front(request, cohort)
    sent = request.POST if request.method == "POST" else None
    form = ApplicationForm(sent, request.FILES if sent is not None else None)
    if sent is not None and _applied(request, form, cohort):
        return redirect("cohorts:applied", cohort_id=cohort.pk)
    voice = recruiting.voice_of_form(cohort, form.form_key)
    page = {"cohort": cohort, "form": form, "voice": voice}
    return render(request, "cohorts/joining/apply.html", page)


def _applied(request: HttpRequest, form: ApplicationForm, cohort: Cohort) -> bool:
    """Keep the voice first, so that mending another answer never loses it; then the whole."""
    form.is_valid()
    if not _is_patient(request, form):
        return False
    voice, key = form.cleaned_data.get("voice"), form.cleaned_data.get("submission_key")
    try:
        if voice is not None and key is not None and "site" not in form.errors:
            keep_voice(cohort=cohort, key=key, content=voice.read())
        if not form.is_valid():
            return False
        send_application(cohort=cohort, key=key, said=form.said, at=clock.now())
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


def _is_patient(request: HttpRequest, form: TrapForm) -> bool:
    if SENT.take(address_of(request)):
        return True
    form.add_error(
        None,
        _(
            "Trop d’envois depuis cette connexion. Vos réponses sont encore là : attendez un peu, puis "
            "envoyez à nouveau."
        ),
    )
    return False


@public
@reads
def applied(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = _cohort(cohort_id)
    page = {"cohort": cohort, "meetings": recruiting.coming_meetings(cohort, clock.now())}
    return render(request, "cohorts/joining/applied.html", page)


@csrf_exempt
@never_cache
@public
@form_page
def sign_up(request: HttpRequest, cohort_id: int, meeting_id: int) -> HttpResponse:
    cohort = _cohort(cohort_id)
    meeting = get_object_or_404(InformationMeeting.objects.of_cohort(cohort.pk), pk=meeting_id)
    form = SignUpForm(request.POST if request.method == "POST" else None)
    done = request.method == "POST" and _signed_up(request, form, meeting)
    page = {"cohort": cohort, "meeting": meeting, "form": form, "done": done}
    return render(request, "cohorts/joining/sign_up.html", page)


def _signed_up(request: HttpRequest, form: SignUpForm, meeting: InformationMeeting) -> bool:
    if not form.is_valid() or not _is_patient(request, form):
        return False
    try:
        keep_seat(
            meeting=meeting,
            key=form.cleaned_data["submission_key"],
            name=form.cleaned_data["name"],
            contact=form.cleaned_data["contact"],
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


def _cohort(cohort_id: int) -> Cohort:
    return get_object_or_404(recruiting.public_cohorts_to_join(), pk=cohort_id)
