"""What is shown in the room: the changing code, the coordination's tablet, the guest trainer's link."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.enums.sessions import Way
from cohorts.models import Slot
from cohorts.perms import sessions as perms
from cohorts.rules.attendance import comes_late
from cohorts.selectors.rooms import guest_of, room_of
from cohorts.services.attendance import renew_link, sign, sign_as_trainer
from cohorts.services.slot_codes import code_of, link_of, opens_link
from cohorts.views.scope import cohort_in_sight, enrolment_in, session_in, slot_in, trainer_in
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, writes
from documents.engine.qr import png_src
from members.limits import Limit, address_of
from members.middleware import public

# Addresses that are not links of ours only.
WRONG = Limit("trainer-link", tries=20, seconds=600)


def _code(slot: Slot) -> dict[str, object]:
    """The square, its short form, and when the page must come again. Nothing outside the window."""
    at = clock.now()
    if not slot.is_signable(at):
        return {"code": None, "seconds": 60, "is_over": at > slot.closes_at}
    code = code_of(slot=slot, at=at)
    url = f"{settings.PUBLIC_ORIGIN}{reverse('cohorts:sign', args=[slot.pk, code.token])}"
    return {"code": code, "qr_src": png_src(url), "seconds": code.seconds + 1}


@reads
def screen(request: ActorRequest, cohort_id: int, session_id: int, slot_id: int) -> HttpResponse:
    """For the wall: a code that changes every thirty seconds; the page comes again by itself."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    slot = slot_in(session, slot_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    links = [
        (
            trainer,
            settings.PUBLIC_ORIGIN
            + reverse(
                "cohorts:guest_screen",
                args=[slot.pk, trainer.pk, link_of(slot=slot, trainer=trainer)],
            ),
        )
        for trainer in session.trainers.all()
    ]
    page = {
        "cohort": cohort, "session": session, "slot": slot, "links": links, "room": room_of(slot),
        **_code(slot),
    }  # fmt: skip
    return _unseen(render(request, "cohorts/sessions/screen.html", page))


@reads
def tablet(request: ActorRequest, cohort_id: int, session_id: int, slot_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    slot = slot_in(session_in(cohort, request.actor, session_id), slot_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    page = {
        "cohort": cohort, "session": slot.session, "slot": slot, "room": room_of(slot),
        "is_open": slot.is_signable(clock.now()),
    }  # fmt: skip
    return _unseen(render(request, "cohorts/sessions/tablet.html", page))


@form_page
def tablet_sign(
    request: ActorRequest, cohort_id: int, session_id: int, slot_id: int, enrolment_id: int
) -> HttpResponse:
    """A person taps their name, then confirms."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    slot = slot_in(session_in(cohort, request.actor, session_id), slot_id)
    own = enrolment_in(cohort, request.actor, enrolment_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    if request.method == "POST":
        try:
            sign(
                slot=slot,
                enrolment=own,
                way=Way.TABLET,
                says_late=request.POST.get("late") == "yes",
                actor=request.actor,
                at=clock.now(),
            )
            said = _("C’est signé, %(name)s.") % {"name": own.person.called}
            messages.success(request, said)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("cohorts:slot_tablet", cohort.pk, session_id, slot_id)
    page = {
        "cohort": cohort, "session": slot.session, "slot": slot, "own": own,
        "may_be_late": comes_late(slot.starts_at, clock.now()),
    }  # fmt: skip
    return _unseen(render(request, "cohorts/sessions/tablet_sign.html", page))


@writes
def trainer_sign(
    request: ActorRequest, cohort_id: int, session_id: int, slot_id: int, trainer_id: int
) -> HttpResponse:
    """The trainer signs on the coordination's screen."""
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    slot, trainer = slot_in(session, slot_id), trainer_in(session, trainer_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    try:
        sign_as_trainer(slot=slot, trainer=trainer, way=Way.TABLET, at=clock.now())
        messages.success(request, _("C’est signé, %(name)s.") % {"name": trainer.name})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("cohorts:slot_tablet", cohort.pk, session_id, slot_id)


@writes
def renew(request: ActorRequest, cohort_id: int, session_id: int, trainer_id: int) -> HttpResponse:
    cohort = cohort_in_sight(request.actor, cohort_id)
    session = session_in(cohort, request.actor, session_id)
    allow(perms.can_note_attendance(request.actor, cohort))
    renew_link(trainer=trainer_in(session, trainer_id))
    messages.success(request, _("Les liens donnés jusqu’ici n’ouvrent plus rien."))
    return redirect("cohorts:session", cohort.pk, session_id)


@public
@form_page
def guest(request: HttpRequest, slot_id: int, trainer_id: int, secret: str) -> HttpResponse:
    """A guest trainer's link: the code of one half-day, how many have signed, and their own signature.

    No account, no name of anybody: a forwarded link shows a square and a number.
    """
    source = address_of(request)
    if not WRONG.take(source):
        return render(request, "429.html", status=429)
    found = guest_of(slot_id, trainer_id)
    if found is None or not opens_link(slot=found.slot, trainer=found.trainer, secret=secret):
        raise Http404
    WRONG.give_back(source)
    if request.method == "POST":
        try:
            sign_as_trainer(slot=found.slot, trainer=found.trainer, way=Way.LINK, at=clock.now())
            messages.success(request, _("C’est signé. Merci."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return _unseen(redirect(request.path))
    page = {"guest": found, "slot": found.slot, "room": room_of(found.slot), **_code(found.slot)}
    return _unseen(render(request, "cohorts/sessions/guest.html", page))


def _unseen(response: HttpResponse) -> HttpResponse:
    """Out of every cache and of search; the address, which may be a key, out of every Referer."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
