"""The second lock of staff and partners: allauth's views, ending where our people go next."""

from typing import Any

from allauth.account.internal.flows.login import clear_authentication_records, record_authentication
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import HttpResponse

from members.selectors import phone_factor_of


class InstallFactor(ActivateTOTPView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret_groups"] = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """The code just typed proves the new factor: the spare codes may be shown without another."""
        response = super().form_valid(form)
        factor = phone_factor_of(self.request.user)
        record_authentication(
            self.request,
            self.request.user,
            "mfa",
            id=factor.pk,
            type=factor.type,
            reauthenticated=True,
        )
        return response


class RemoveFactor(DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        """What the removed factor proved is proved no more."""
        response = super().form_valid(form)
        clear_authentication_records(self.request)
        return response
