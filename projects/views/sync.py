"""What a phone kept without a network, received; and the pieces that let the page open without one."""

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.http import ActorRequest, allow, form_page
from projects import perms, selectors
from projects.sync import Unreadable, clock_sentence, read_batch, receive


@form_page
def sync(request: ActorRequest) -> HttpResponse:
    """GET: whose session this is, and the token to send with. POST: a batch, an answer an entry.

    The token is fetched when sending: the page that noted may be older than the session. Who left the
    cohort still hears, entry by entry, why it is too late: the service refuses, not the door.
    """
    allow(perms.may_open_my_hours(request.actor))
    own = selectors.own_enrolment(request.actor)
    if request.method != "POST":
        return JsonResponse({"owner": own.pk, "token": get_token(request)})
    try:
        batch = read_batch(request.body)
    except Unreadable:
        return JsonResponse({"sentence": _("Cet envoi ne se lit pas.")}, status=400)
    if batch.owner != own.pk:
        # A shared phone: what one noted never leaves under the name of another.
        return JsonResponse({"owner": own.pk}, status=409)
    at = clock.now()
    answers = receive(batch.entries, own=own, actor=request.actor, at=at)
    return JsonResponse(
        {
            "owner": own.pk,
            "entries": [
                {"key": str(one.key), "verdict": one.verdict, "sentence": one.sentence}
                for one in answers
            ],
            "warnings": list(dict.fromkeys(said for one in answers for said in one.warnings)),
            "clock": clock_sentence(batch, at),
        },
        json_dumps_params={"ensure_ascii": False},
    )
