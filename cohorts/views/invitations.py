"""Invitations: sent and printed by the coordination; answered by a link, without an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from cohorts.enums.events import AnsweredBy
from cohorts.forms.guests import GuestAnswerForm, InviteForm, PostedLettersForm
from cohorts.models import Event, EventGuest
from cohorts.perms import events as perms
from cohorts.selectors.event_days import moment_of
from cohorts.selectors.events import guest_by_key, invitations_of
from cohorts.services import event_messages
from cohorts.services.contact_erasing import erase_guest
from cohorts.services.event_guests import answer_invitation
from cohorts.services.event_letters import letters_pdf
from cohorts.services.event_links import is_over, opens
from cohorts.services.event_words import kept_words
from cohorts.views.scope import cohort_in_sight, event_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in, writes
from ct_platform.kit.once import once
from members.limits import Limit, address_of
from members.middleware import public

# Addresses that are not links of ours only; and answers, of which a whole town hall may send some.
WRONG = Limit("invitation-link", tries=20, seconds=600)
SENT = Limit("invitation-answer", tries=60, seconds=3600)


@form_page
def invite(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    event = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["submission_key"]
            return once(request, key, lambda: _invited(request, event, form))
        except Refused as refusal:
            refuse_in(form, refusal)
    page = {
        "cohort": cohort,
        "event": event,
        "form": form,
        "invitations": invitations_of(event),
        "is_over": event.ends_at <= clock.now(),
    }
    return render(request, "cohorts/events/invite.html", page)


def _invited(request: ActorRequest, event: Event, form: InviteForm) -> str:
    written = event_messages.invite(
        event=event,
        keys=form.cleaned_data["guests"],
        word=form.cleaned_data["word"],
        actor=request.actor,
        at=clock.now(),
    )
    words = ngettext(
        "%(n)d invitation est écrite.", "%(n)d invitations sont écrites.", len(written)
    )
    messages.success(request, words % {"n": len(written)})
    return reverse("cohorts:invite", args=[event.cohort_id, event.pk])


@reads
def letters(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    """One PDF for the printer, a letter a page."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    event = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    content = letters_pdf(event=event, at=clock.now())
    if content is None:
        return redirect("cohorts:invite", cohort.pk, event.pk)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@writes
def posted(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    event = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    form = PostedLettersForm(request.POST)
    if form.is_valid():
        event_messages.note_posted(
            event=event,
            keys=form.cleaned_data["letters"],
            seen_version=form.cleaned_data["version"],
            at=clock.now(),
        )
        messages.success(request, _("C’est noté : ces lettres sont parties."))
    else:
        messages.error(request, _("Cochez au moins une lettre."))
    return redirect("cohorts:invite", cohort.pk, event.pk)


@writes
def again(request: ActorRequest, cohort_id: int, event_id: int) -> HttpResponse:
    """What did not leave: once more, or on paper."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    event = event_in(cohort, request.actor, event_id)
    allow(perms.can_hold_events(request.actor, cohort))
    if "paper" in request.POST:
        event_messages.put_on_paper(event=event, at=clock.now())
        messages.success(request, _("Ces messages sont maintenant des lettres à imprimer."))
    else:
        event_messages.try_again(event=event, at=clock.now())
        messages.success(request, _("Nouvel essai en cours."))
    return redirect("cohorts:invite", cohort.pk, event.pk)


# --- the guest


# No session is asked of a guest, and none is trusted: the link is the key. A token could only expire
# while the page waits in a mailbox.
@csrf_exempt
@public
@form_page
def invitation(request: HttpRequest, guest_id: int, secret: str) -> HttpResponse:
    """What one is invited to, and one's answer. Showing it answers nothing: mail scanners open links."""
    if not WRONG.take(address_of(request)):
        return render(request, "429.html", status=429)
    guest = _whose(request, guest_id, secret)
    at = clock.now()
    closed = guest.erased_at is not None or guest.event.is_cancelled or is_over(guest, at)
    # They answered for another day: asked again, with nothing said for them.
    current = guest.answer if guest.answered_day == guest.event.day else ""
    form = GuestAnswerForm(
        request.POST if request.method == "POST" else None,
        initial={"answer": current, "people": guest.people or 1},
    )
    done = request.method == "POST" and _answered(request, guest, form)
    if done:
        return _unseen(redirect("cohorts:invitation", guest_id, secret))
    page = {
        "guest": guest, "event": guest.event, "moment": moment_of(guest.event), "form": form,
        "is_over": is_over(guest, at), "closed": closed, "secret": secret,
        "kept": kept_words(guest.event.cohort), "current": current,
    }  # fmt: skip
    return _unseen(
        render(request, "cohorts/events/invitation.html", page, status=410 if closed else 200)
    )


def _whose(request: HttpRequest, guest_id: int, secret: str) -> EventGuest:
    guest = guest_by_key(guest_id)
    if guest is None or not opens(guest, secret):
        raise Http404
    WRONG.give_back(address_of(request))
    return guest


def _answered(request: HttpRequest, guest: EventGuest, form: GuestAnswerForm) -> bool:
    if not form.is_valid():
        return False
    if not SENT.take(address_of(request)):
        form.add_error(None, _("Trop d’envois depuis cette connexion. Attendez un peu."))
        return False
    try:
        answer_invitation(
            guest=guest,
            answer=form.cleaned_data["answer"],
            people=form.count,
            by=AnsweredBy.LINK,
            at=clock.now(),
        )
    except Refused as refusal:
        refuse_in(form, refusal)
        return False
    return True


@csrf_exempt
@public
@writes
def erase_myself(request: HttpRequest, guest_id: int, secret: str) -> HttpResponse:
    """The person takes their name and address back, even after the event, without asking anybody."""
    if not WRONG.take(address_of(request)):
        return render(request, "429.html", status=429)
    guest = _whose(request, guest_id, secret)
    erase_guest(guest=guest, at=clock.now())
    return _unseen(redirect("cohorts:invitation", guest_id, secret))


def _unseen(response: HttpResponse) -> HttpResponse:
    """Out of every cache and of search; the address, which is a key, out of every Referer."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
