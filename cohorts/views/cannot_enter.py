"""Strangers at the door: who can no longer enter, and who says "it is not me"."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cohorts.forms.recovery import CannotEnterForm
from cohorts.services.recovery import ask
from cohorts.services.recovery_notices import block, blockable
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import form_page, reads
from members.limits import Limit, address_of
from members.middleware import public

# A library or a town hall helps several people in a day; a robot would not stop at twenty.
SENT = Limit("recovery", tries=20, seconds=3600)


# No session is asked of a stranger, and none is trusted here (see views.joining.apply).
@csrf_exempt
@never_cache
@public
@form_page
def cannot_enter(request: HttpRequest) -> HttpResponse:
    """The answer is the same whoever asks: it never says whether a name is known."""
    form = CannotEnterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_patient(request, form):
        ask(
            key=form.cleaned_data["submission_key"],
            asked=form.asked,
            territory=form.cleaned_data["territory"],
            at=clock.now(),
        )
        return redirect("cohorts:asked_to_enter")
    return render(request, "cohorts/recovery/ask.html", {"form": form})


def _is_patient(request: HttpRequest, form: CannotEnterForm) -> bool:
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
def asked_to_enter(request: HttpRequest) -> HttpResponse:
    return render(request, "cohorts/recovery/asked.html")


@csrf_exempt  # the link is the proof; the old phone may have no session here
@never_cache
@public
@form_page
def not_me(request: HttpRequest, secret: str) -> HttpResponse:
    """Showing the page stops nothing: previews of messages open links. The button does."""
    at = clock.now()
    if request.method == "POST":
        try:
            block(secret=secret, at=at)
        except Refused as refusal:
            raise Http404 from refusal
        return _unseen(render(request, "cohorts/recovery/blocked.html"))
    if blockable(secret=secret, at=at) is None:
        raise Http404
    return _unseen(render(request, "cohorts/recovery/not_me.html"))


def _unseen(response: HttpResponse) -> HttpResponse:
    """The address is a key: out of every Referer and index (see members.views.cards)."""
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
