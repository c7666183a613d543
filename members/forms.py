"""Forms of the door: allauth's checks with our labels, helps and sentences."""

import hashlib
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.fields import EmailField
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from members.rules import read_code

# A code is good for its own half minute and the one on each side.
_REPLAY_SECONDS = 120
# Codes are copied sign by sign: large, and each as wide as the next.
_LARGE = "form-control-lg font-monospace"


def _code_field(label: Any, help_text: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": _LARGE,
            }
        ),
        error_messages={"required": required, "max_length": _("Ce code est trop long.")},
    )


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    email = EmailField(
        label=_("Votre adresse e-mail"),
        help_text=_("Un code vous est envoyé. Il n’y a pas de mot de passe."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Écrivez votre adresse e-mail."),
            "invalid": _("Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr"),
        },
    )

    def clean_email(self) -> str:
        """Too many wrong codes for this address, known or not: no new code for a while."""
        email = self.cleaned_data["email"]
        if not ratelimit.consume(context.request, action="login_failed", key=email, dry_run=True):
            raise account_adapter().validation_error("too_many_login_attempts")
        return str(super().clean_email())


class EnterCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    code = _code_field(
        _("Le code reçu par e-mail"), _("8 chiffres. Il sert une fois."), _("Écrivez le code.")
    )


class _SingleUse(forms.Form):
    """A code of the application opens once, whoever saw it over a shoulder."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        mark = hashlib.sha256("".join(code.split()).encode()).hexdigest()
        if not cache.add(f"second-factor:{self.user.pk}:{mark}", True, _REPLAY_SECONDS):
            raise factor_adapter().validation_error("incorrect_code")
        return code


_FACTOR_HELP = _(
    "6 chiffres, dans l’application de votre téléphone. Ou un de vos codes de secours."
)


class SecondFactorForm(_SingleUse, AuthenticateForm):  # type: ignore[misc]
    code = _code_field(_("Le second code"), _FACTOR_HELP, _("Écrivez le code."))


class SecondFactorAgainForm(_SingleUse, ReauthenticateForm):  # type: ignore[misc]
    code = _code_field(_("Le second code"), _FACTOR_HELP, _("Écrivez le code."))


class InstallFactorForm(ActivateTOTPForm):  # type: ignore[misc]
    code = _code_field(
        _("Le code que l’application affiche"),
        _("6 chiffres. Il change toutes les 30 secondes."),
        _("Écrivez le code."),
    )


class CardCodeForm(forms.Form):
    """The code printed on a join card."""

    code = forms.CharField(
        label=_("Le code de la carte"),
        help_text=_("8 lettres et chiffres, sous le carré noir. Exemple : 7GK2‑9QXM"),
        max_length=30,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": _LARGE,
            }
        ),
        error_messages={
            "required": _("Écris le code de la carte."),
            "max_length": _("C’est trop long. Le code a 8 lettres et chiffres."),
        },
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("Ce n’est pas complet. Le code a 8 lettres et chiffres."))
        return code
