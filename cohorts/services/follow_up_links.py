"""The link of a question: bound to one person, their address and one question. It opens nothing else."""

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cohorts.enums.follow_ups import FollowUpState
from cohorts.models import FollowUp, FollowUpAnswer, FollowUpChoice, FollowUpMessage
from cohorts.rules.follow_ups import link_ends
from ct_platform.kit.clock import civil_day
from ct_platform.kit.crypto import blind_indexes
from ct_platform.kit.errors import Refused

_PLACE = "cohorts_followupmessage|link"


class LinkRefused(Refused):
    """The link opens nothing; `known` tells a wrong address from a link that is over."""

    def __init__(self, sentence: str, *, known: bool) -> None:
        super().__init__(sentence)
        self.known = known


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that still stands; `answer` is what was already sent, `stopped` that they said stop."""

    follow_up: FollowUp
    answer: FollowUpAnswer | None
    stopped: bool


def make(*, message: FollowUpMessage, choice: FollowUpChoice) -> str:
    """A fresh token for this message, 128 bits, kept as a keyed hash only. An earlier one is over."""
    secret = secrets.token_urlsafe(16)
    message.link_index = _indexes(message.pk, _address(message, choice), secret)[0]
    message.save(update_fields=["link_index"])
    return f"{message.pk}-{secret}"


def look(*, token: str, at: dt.datetime) -> Opened:
    """What a link leads to now, changing nothing; four queries. Raises LinkRefused with what to do.

    It stands until two months after the question, also to correct an answer; no more once the number
    it was sent to has changed, or the question was moved or called off.
    """
    message, choice = _find(token)
    row: FollowUp = message.follow_up
    today = civil_day(at)
    if row.state != FollowUpState.PLANNED or row.due_on != message.due_on:
        raise LinkRefused(_("Cette question ne se pose plus."), known=True)
    if today > link_ends(row.due_on):
        raise LinkRefused(_("Ce lien a plus de deux mois : il n’ouvre plus."), known=True)
    answer = row.answers.order_by("-number").first()
    return Opened(row, answer, stopped=not choice.agrees)


def _find(token: str) -> tuple[FollowUpMessage, FollowUpChoice]:
    key, _dash, secret = token.partition("-")
    message: FollowUpMessage | None = None
    if key.isascii() and key.isdigit() and len(key) < 16:
        message = (
            FollowUpMessage.objects.exclude(link_index="")
            .select_related("follow_up__enrolment__person", "follow_up__enrolment__cohort")
            .filter(pk=int(key))
            .first()
        )
    if message is not None:
        versions = list(
            FollowUpChoice.objects.filter(enrolment_id=message.follow_up.enrolment_id).order_by(
                "-number"
            )
        )
        # After a stop there is no address any more: the link still tells that it was heard.
        agreed = next((one for one in versions if one.agrees), None)
        if agreed is not None and _opens(message, agreed, secret):
            return message, versions[0]
    raise LinkRefused(_("Ce lien n’est pas connu. Prends celui du dernier message."), known=False)


def _opens(message: FollowUpMessage, choice: FollowUpChoice, secret: str) -> bool:
    found = _indexes(message.pk, _address(message, choice), secret)
    return any(hmac.compare_digest(one, message.link_index) for one in found)


def _address(message: FollowUpMessage, choice: FollowUpChoice) -> str:
    return str(choice.phone if message.way == "sms" else choice.email)


def _indexes(key: int, address: str, secret: str) -> list[str]:
    """The address is part of what is hashed: a number the person gave up opens nothing any more."""
    return blind_indexes(_PLACE, f"{key}|{address}|{secret}")
