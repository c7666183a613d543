"""How allauth meets our house: nobody signs up alone, secrets are sealed, sentences are ours."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ct_platform.kit.crypto import seal, unseal
from ct_platform.kit.errors import Refused

logger = logging.getLogger(__name__)
_PLACE = "mfa_authenticator|data"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "Ce code n’est pas le bon. Prenez celui du dernier message reçu."
        ),
        "rate_limited": gettext_lazy(
            "Il y a eu trop d’essais. Attendez 5 minutes, puis recommencez."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Il y a eu trop d’essais. Attendez 5 minutes, puis recommencez."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send now: somebody is waiting. Raises Refused when no mail can leave."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.error("mail %s did not leave: %s", template_prefix, type(error).__name__)
            raise Refused(
                _("L’e-mail n’est pas parti. Réessayez dans quelques minutes."), field="email"
            ) from error

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only errors are flashed: our pages say the rest themselves."""
        if message:
            super().add_message(request, level, extra_tags=extra_tags, message=message)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "Ce code n’est pas le bon. Il change toutes les 30 secondes : prenez celui qui s’affiche."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Installez d’abord la double sécurité : les codes de secours viennent avec elle."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(_PLACE, text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(_PLACE, encrypted_text)
