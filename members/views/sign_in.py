"""The door: a code by e-mail, the way out, and the account that is closed.

Two of these pages are allauth's own views: their flow is theirs, the words and refusals are ours.
"""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from ct_platform.kit.http import reads, refuse_in, writes
from members.forms import CardCodeForm
from members.middleware import public


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """An unknown or closed address gets the same page, the same delay and a mail that says so."""

    template_name = "members/sign_in.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Coming back here is how one corrects an address: the page of the code holds nobody."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refusal:
            refuse_in(form, refusal)
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "card_form": CardCodeForm(prefix=None)}


@method_decorator(public, name="dispatch")
class EnterCode(ConfirmLoginCodeView):  # type: ignore[misc]
    template_name = "members/enter_code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        # Neither a live code nor somebody already in: the code is over.
        if getattr(self, "_process", None) is None and not request.user.is_authenticated:
            messages.warning(request, _("Ce code n’est plus valable. Demandez-en un nouveau."))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Wrong codes also count for the address, over all the codes it asks for."""
        email = self._process.state.get("email", "")
        if not ratelimit.consume(self.request, action="login_failed", key=email):
            self._process.state["failed_attempts"] = self._process.max_attempts
        return super().form_invalid(form)


@reads
@public
def account_closed(request: HttpRequest) -> HttpResponse:
    """Reached only with a right code: whoever reads it owns the address."""
    return render(request, "members/account_closed.html", status=403)


@writes
@public
def sign_out(request: HttpRequest) -> HttpResponseRedirect:
    """Twice is as good as once: a second tap finds nobody and says nothing wrong."""
    inside = request.user.is_authenticated
    logout(request)
    if inside:
        messages.success(request, _("C’est fermé. L’appareil peut changer de mains."))
    return redirect("members:sign_in")
