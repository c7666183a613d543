"""Three weeks before a token ends, its organisation is told: a program that stops is seen too late."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.models import PartnerSeat
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import deliver, send_keys
from ct_platform.kit.mail import Mail
from reports.enums import TokenState
from reports.models import ApiToken, TokenNotice
from reports.rules.tokens import TOLD_BEFORE

TASK = "reports.tasks.send_token_notices"


@transaction.atomic
def remind(*, at: dt.datetime) -> int:
    """Write a mail to each person of an organisation whose token ends within three weeks, once."""
    today = civil_day(at)
    ending = ApiToken.objects.open_on(today).filter(expires_on__lte=today + TOLD_BEFORE)
    people = PartnerSeat.objects.in_force(today)
    written = [
        TokenNotice(token=token, person_id=person, sent_at=at)
        for token in ending.filter(notices__isnull=True)
        for person in set(
            people.filter(organisation_id=token.organisation_id).values_list("person_id", flat=True)
        )
    ]
    TokenNotice.objects.bulk_create(written, ignore_conflicts=True)
    keys = list(
        TokenNotice.objects.filter(token__in={one.token for one in written}).values_list(
            "pk", flat=True
        )
    )
    _send_on_commit(keys)
    return len(keys)


def tell(*, notice_id: int, at: dt.datetime) -> bool:
    """Send one mail if it is still to be sent; True when this call did it. A duplicate is a no-op."""
    token = TokenNotice.objects.claim(notice_id, at)
    if token is None:
        return False
    notice = TokenNotice.objects.select_related("token__organisation", "person__user").get(
        pk=notice_id
    )
    address = notice.person.email or getattr(notice.person.user, "email", "") or ""
    if not address or notice.token.state != TokenState.OPEN:
        TokenNotice.objects.drop(notice_id, token, _("Il n’y a plus rien à rappeler."))
        return False
    return deliver(notice, token, lambda: _deliver(notice, address), at=at)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a server refused; how many."""
    lost = TokenNotice.objects.take_lost(at, _("Le message n’est pas parti, après trois essais."))
    return send_keys(TASK, lost) if lost else 0


def _send_on_commit(keys: Sequence[int]) -> None:
    if keys:
        transaction.on_commit(lambda: send_keys(TASK, keys), robust=True)


def _deliver(notice: TokenNotice, address: str) -> None:
    """Its name and its first letters: the secret is not here to be sent."""
    page = {"token": notice.token, "url": settings.PUBLIC_ORIGIN + reverse("reports:tokens")}
    with translation.override("fr"):
        subject = _("Le jeton « %(name)s » se termine bientôt") % {"name": notice.token.name}
        body = render_to_string("reports/mail/token.txt", page)
    Mail(subject=subject, body=body, to=[address]).send()
