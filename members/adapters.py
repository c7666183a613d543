"""How allauth meets our house: nobody signs up alone, secrets are sealed at rest."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from ct_platform.kit.crypto import seal, unseal

_PLACE = "mfa_authenticator|data"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return seal(_PLACE, text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(_PLACE, encrypted_text)
