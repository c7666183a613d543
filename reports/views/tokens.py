"""Keys for machines: an organisation makes and closes its own; the network may close any."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, reads, refuse_in, writes
from ct_platform.kit.once import once
from members.fresh import fresh
from reports import perms
from reports.forms import TokenForm
from reports.models import ApiToken
from reports.selectors.tokens import tokens_page
from reports.services import tokens as service


@reads
def tokens(request: ActorRequest) -> HttpResponse:
    """The tokens of one's organisation; just after it was made, the secret of one, once."""
    allow(perms.can_see_tokens(request.actor))
    return _page(request, TokenForm(today=clock.today()))


@writes
@fresh
def make(request: ActorRequest) -> HttpResponse:
    allow(perms.can_make_token(request.actor))
    form = TokenForm(request.POST, today=clock.today())

    def act() -> str:
        typed = form.cleaned_data
        token, secret = service.make_token(
            name=typed["name"], purpose=typed["purpose"], expires_on=typed["expires_on"],
            actor=request.actor, at=clock.now(),
        )  # fmt: skip
        service.keep_to_show(request.session, token, secret)
        messages.success(request, _("Jeton créé. Copiez-le maintenant : il ne sera plus montré."))
        return reverse("reports:tokens")

    if form.is_valid():
        try:
            return once(request, form.cleaned_data["submission_key"], act)
        except Refused as refusal:
            refuse_in(form, refusal)
    return _page(request, form, status=422)


@writes
def close(request: ActorRequest, token_id: int) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.visible_to(request.actor), pk=token_id)
    allow(perms.can_close_token(request.actor, token))
    service.close_token(token=token, actor=request.actor, at=clock.now())
    messages.success(request, _("Jeton fermé. Il n’ouvre plus rien."))
    return redirect("reports:tokens")


def _page(request: ActorRequest, form: TokenForm, status: int = 200) -> HttpResponse:
    shown, secret = service.shown_once(request.session)
    page = {
        "page": tokens_page(request.actor, clock.today(), request.GET.get("page")),
        "form": form if perms.can_make_token(request.actor) else None,
        "shown": shown,
        "secret": secret,
    }
    return render(request, "reports/tokens.html", page, status=status)
