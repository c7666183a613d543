"""Gestures at the door, shared by the tests of members."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ask_code(client: Client, email: str, query: str = ""):
    return client.post(f"{reverse('members:sign_in')}{query}", {"email": email})


def mailed_code(which: int = -1) -> str:
    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[which].body))
    assert found is not None
    return found[0]


def type_code(client: Client, code: str, query: str = ""):
    return client.post(f"{reverse('account_confirm_login_code')}{query}", {"code": code})


def enter_by_mail(client: Client, email: str, query: str = ""):
    ask_code(client, email, query)
    return type_code(client, mailed_code(), query)


def is_inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def factor_code(steps: int = 0, secret: str = SECRET) -> str:
    """What the application shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def install_factor(user: User) -> list[str]:
    """Give an account its second factor; answers the spare codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def factors_of(user: User) -> set[str]:
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
