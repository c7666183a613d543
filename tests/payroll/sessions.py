"""A session that showed its second factor when it began, and not since."""

from allauth.mfa.models import Authenticator
from django.test import Client

from members.models import User


def grown_old(client: Client, user: User) -> Client:
    factor = Authenticator.objects.create(user=user, type="totp", data={})
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "id": factor.pk, "at": 0}
    ]
    # Without its owner the records count for nothing, and the door of the factor itself would answer.
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
