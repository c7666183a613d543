"""A form that creates carries a UUID, so that a double tap, a retry or the back button creates once."""

import hashlib
import uuid
from collections.abc import Callable
from typing import cast

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused
from ct_platform.kit.models import Submission


class OnceForm(forms.Form):
    """Mix into a form that creates something; `once()` reads its key."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def fingerprint(request: HttpRequest) -> str:
    """Keyed hash of what was typed, without the CSRF token, which differs between two taps.

    Keyed: what was typed may be a tax rate, of which a bare hash is guessed in an instant.
    """
    parts = [
        f"{name}={value}"
        for name, values in sorted(request.POST.lists())
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    for name, upload in sorted(request.FILES.items()):
        digest = hashlib.sha256()
        for chunk in upload.chunks():  # type: ignore[union-attr]
            digest.update(chunk)
        upload.seek(0)  # type: ignore[union-attr]
        parts.append(f"{name}:{digest.hexdigest()}")
    typed = "\x1f".join([request.path, *parts])
    return salted_hmac("ct_platform.kit.once", typed, algorithm="sha256").hexdigest()


def once(request: HttpRequest, key: uuid.UUID, act: Callable[[], str]) -> HttpResponse:
    """Run `act` (which returns the address to go to) once for this user and key, then redirect.

    The receipt is written in the transaction of the effect. The same key with the same content
    answers again with the first address; with other content it is Refused.
    """
    mark = fingerprint(request)
    user_id = cast(int, request.user.pk)  # behind the sign-in door there is somebody
    seen = Submission.objects.filter(user_id=user_id, key=key).first()
    if seen is None:
        try:
            with transaction.atomic():
                receipt = Submission.objects.create(user_id=user_id, key=key, fingerprint=mark)
                receipt.answer = act()
                receipt.save(update_fields=["answer"])
            return HttpResponseRedirect(receipt.answer)
        except IntegrityError:
            # Either the other tap won the race on the key, or the act itself broke a constraint.
            seen = Submission.objects.filter(user_id=user_id, key=key).first()
            if seen is None:
                raise
    if seen.fingerprint != mark:
        raise Refused(_changed())
    return HttpResponseRedirect(seen.answer)


def _changed() -> str:
    return _("Ce formulaire a déjà été envoyé, avec d’autres réponses. Ouvrez-en un nouveau.")
