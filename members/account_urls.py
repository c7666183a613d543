"""The pages of allauth we keep, under our addresses. What is not listed does not exist:
no sign-up, no password to set, change or reset, no e-mail to add. Names are allauth's own."""

from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as spare_views
from django.urls import path
from django.views.generic import RedirectView

from members.middleware import public
from members.views import second_factor, sign_in

_to_door = public(RedirectView.as_view(pattern_name="members:sign_in", query_string=True))
_to_profile = RedirectView.as_view(pattern_name="members:profile")

urlpatterns = [
    path("entrer/", sign_in.SignIn.as_view(), name="account_login"),
    path("entrer/", sign_in.SignIn.as_view(), name="account_request_login_code"),
    path("entrer/code/", sign_in.EnterCode.as_view(), name="account_confirm_login_code"),
    path("entrer/ferme/", sign_in.account_closed, name="account_inactive"),
    # allauth writes this address in a mail we do not send; it must resolve, and leads to the door.
    path("compte/inscription/", _to_door, name="account_signup"),
    path("compte/second-code/", factor_views.authenticate, name="mfa_authenticate"),
    path("compte/second-code/encore/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("compte/double-securite/", _to_profile, name="mfa_index"),
    path(
        "compte/double-securite/installer/",
        second_factor.InstallFactor.as_view(),
        name="mfa_activate_totp",
    ),
    path(
        "compte/double-securite/retirer/",
        second_factor.RemoveFactor.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "compte/codes-de-secours/", spare_views.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "compte/codes-de-secours/nouveaux/",
        spare_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    # The admin has no sign-in page of its own: rate limits and the second factor live in ours.
    path("gestion/login/", _to_door),
    # It also brings a page to change a password that nobody has.
    path("gestion/password_change/", _to_profile),
]
