"""Messages of a recovery: the warning to the old contact, the card to the new one.

Written with the act, sent outside it, at least once, by keys alone; their secret is sealed until
it leaves, then wiped.
"""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.enums.recovery import (
    RECOVERY_ALLOWED,
    UNDERWAY,
    CardWay,
    RecoveryNoticeKind,
    RecoveryState,
)
from cohorts.models import RecoveryNotice, RecoveryRequest
from cohorts.models.recovery import BLOCK_PLACE, NOTICE_PLACE
from cohorts.rules.recovery import BLOCK_DAYS
from cohorts.services.cards import card_url
from cohorts.services.recovery_cards import take_back
from ct_platform.kit import states
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.crypto import blind_indexes, seal, unseal
from ct_platform.kit.delivery import DeliveryStatus, deliver, send_keys
from ct_platform.kit.errors import Refused
from ct_platform.kit.mail import Mail
from members import sms
from members.models import JoinCard, Person
from members.services.join_cards import IssuedCard
from members.services.sign_in import end_sessions

TASK = "cohorts.tasks.send_recovery_notices"


def ways_to(request: RecoveryRequest) -> list[CardWay]:
    """How the card may reach the person: always on paper; by what they gave, where it leaves."""
    ways = [CardWay.PAPER]
    if request.email:
        ways.append(CardWay.MAIL)
    if request.phone and sms.backend().delivers:
        ways.append(CardWay.SMS)
    return ways


def warn_former_contact(*, request: RecoveryRequest, person: Person, at: dt.datetime) -> int:
    """Tell every contact we knew that somebody asks to enter, with one link to stop it; how many."""
    account = person.user.email if person.user is not None else ""
    reached = [(CardWay.MAIL, address) for address in {person.email, account or ""} - {""}]
    if person.phone and sms.backend().delivers:
        reached.append((CardWay.SMS, person.phone))
    secret = secrets.token_urlsafe(16)
    index = blind_indexes(BLOCK_PLACE, secret)[0]
    RecoveryRequest.objects.filter(pk=request.pk).update(block_index=index)
    return _write(request, RecoveryNoticeKind.FORMER, reached, secret, 0, at)


def send_card(*, request: RecoveryRequest, card: IssuedCard, row: JoinCard, at: dt.datetime) -> int:
    """Send the card to the new contact, by the way that was chosen."""
    to = request.email if request.card_way == CardWay.MAIL else request.phone
    reached = [(CardWay(request.card_way), to)]
    return _write(request, RecoveryNoticeKind.CARD, reached, card_url(card), row.pk, at)


def _write(
    request: RecoveryRequest,
    kind: str,
    reached: Sequence[tuple[CardWay, str]],
    secret: str,
    card_key: int,
    at: dt.datetime,
) -> int:
    sealed = seal(f"{NOTICE_PLACE}|{request.pk}|{kind}", secret)
    rows = [
        RecoveryNotice.objects.get_or_create(
            request=request,
            kind=kind,
            way=way,
            to=to,
            card_key=card_key,
            defaults={"sealed": sealed, "sent_at": at},
        )[0].pk
        for way, to in reached
    ]
    if rows:
        transaction.on_commit(lambda: send(rows), robust=True)
    return len(rows)


def send(keys: Sequence[int]) -> int:
    """Queue these messages by their keys alone; what a dead broker refuses is left to the sweep."""
    return send_keys(TASK, keys)


def tell(*, notice_id: int, at: dt.datetime) -> bool:
    """Send one message if it is still to be sent; True when this call did it. Its secret is wiped."""
    token = RecoveryNotice.objects.claim(notice_id, at)
    if token is None:
        return False
    notice = RecoveryNotice.objects.select_related("request__person", "request__card").get(
        pk=notice_id
    )
    if _is_pointless(notice, at):
        RecoveryNotice.objects.drop(notice_id, token, _("La demande n’en est plus là."))
        RecoveryNotice.objects.filter(pk=notice_id).update(sealed="")
        return False
    return deliver(notice, token, lambda: _deliver(notice), at=at, sealed="")


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a mail server refused; how many."""
    lost = RecoveryNotice.objects.take_lost(
        at, _("Le message n’est pas parti, après trois essais.")
    )
    RecoveryNotice.objects.filter(status=DeliveryStatus.FAILED).exclude(sealed="").update(sealed="")
    return send(lost) if lost else 0


def blockable(*, secret: str, at: dt.datetime) -> RecoveryRequest | None:
    """The request a link of warning still stops; None when there is none, or too late."""
    found: RecoveryRequest | None = RecoveryRequest.objects.filter(
        block_index__in=blind_indexes(BLOCK_PLACE, secret),
        checked_at__gt=at - dt.timedelta(days=BLOCK_DAYS),
        state__in=[*UNDERWAY, RecoveryState.ENTERED, RecoveryState.BLOCKED],
    ).first()
    return found


@transaction.atomic
def block(*, secret: str, at: dt.datetime) -> RecoveryRequest:
    """The old contact says it is not them: the card stops, and whoever entered with it is put out.

    Blocking twice changes nothing. Raises Refused when the link stops nothing any more.
    """
    found = blockable(secret=secret, at=at)
    if found is None:
        raise Refused(_("Ce lien n’est plus valable."))
    # The card first, then the request: in the order an entry takes them.
    list(JoinCard.objects.select_for_update().filter(pk=found.card_id))
    rows = RecoveryRequest.objects.select_for_update(of=("self",)).select_related("person__user")
    request: RecoveryRequest = rows.get(pk=found.pk)
    if request.state == RecoveryState.BLOCKED:
        return request
    entered = request.state == RecoveryState.ENTERED
    states.move(
        request,
        RecoveryState.BLOCKED,
        allowed=RECOVERY_ALLOWED,
        by_person_id=None,
        at=at,
        reason=_("depuis l’ancien contact"),
        closed_at=at,
    )
    take_back(request, at)
    user = request.person.user if request.person is not None else None
    if entered and user is not None:
        end_sessions(user=user)
    return request


def _is_pointless(notice: RecoveryNotice, at: dt.datetime) -> bool:
    request: RecoveryRequest = notice.request
    if not notice.sealed:
        return True
    if notice.kind == RecoveryNoticeKind.FORMER:
        return request.state not in (*UNDERWAY, RecoveryState.ENTERED)
    card: JoinCard | None = request.card
    return (
        not request.is_approved
        or card is None
        or card.pk != notice.card_key
        or card.revoked_at is not None
        or card.expires_at <= at
    )


def _deliver(notice: RecoveryNotice) -> None:
    request: RecoveryRequest = notice.request
    secret = unseal(f"{NOTICE_PLACE}|{request.pk}|{notice.kind}", notice.sealed)
    with translation.override("fr"):
        if notice.kind == RecoveryNoticeKind.FORMER:
            url = settings.PUBLIC_ORIGIN + reverse("cohorts:not_me", kwargs={"secret": secret})
            subject = _("Quelqu’un demande à entrer sur votre compte")
            short = _("Quelqu’un demande à entrer sur votre compte. Si ce n’est pas vous : %(url)s")
            until = ""
        else:
            url = secret
            subject = _("Votre carte pour entrer")
            short = _("Votre carte pour entrer, une seule fois : %(url)s")
            until = format_day(civil_day(request.card.expires_at)) if request.card else ""
        context = {"person": request.person, "url": url, "until": until}
        body = render_to_string(f"cohorts/mail/recovery_{notice.kind}.txt", context)
    if notice.way == CardWay.SMS:
        sms.backend().send(notice.to, short % {"url": url})
    else:
        Mail(subject=subject, body=body, to=[notice.to]).send()
