"""Join cards on paper: issued and drawn in one act, since nobody can read their secrets again."""

import datetime as dt
import logging
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort, Enrolment
from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.models import Submission
from ct_platform.kit.trades import TRADES
from documents.engine.qr import png_src
from documents.engine.render import RenderRefused
from documents.services.render import render_transient
from members.services.join_cards import IssuedCard, issue_cards

logger = logging.getLogger(__name__)
PER_SHEET = 8
_LONG_NAME = 26  # beyond, two lines of the card's title at most
# The weave of the house: which trades a cohort will choose is not known when it enters.
_THREADS = [trade.css for trade in TRADES.values()]


class AlreadyPrinted(Refused):
    """These cards left a moment ago, by the same form: a second tap, or the back button."""


@transaction.atomic
def print_cards(
    *,
    cohort: Cohort,
    enrolments: Sequence[Enrolment],
    submission_key: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> bytes:
    """Issue a card to each person and draw them, eight to an A4 page; returns the PDF.

    All in one transaction: when the drawing fails no card is issued, and those already handed out
    still open the door. The write lock is held while some 100 ms a page are drawn. Raises
    AlreadyPrinted when `submission_key` was already used, Refused when nobody is chosen or when the
    cards cannot be drawn, or the cohort is archived: one comes back by two people (services.recovery).
    """
    refuse_archived(cohort)
    if not enrolments:
        raise Refused(_("Choisissez au moins une personne."))
    _claim(submission_key, actor)
    issued = issue_cards(
        persons=[enrolment.person for enrolment in enrolments],
        cohort_key=cohort.pk,
        actor=actor,
        at=at,
    )
    return draw_cards(title=cohort.name, is_eu=cohort.eu_funded, issued=issued)


def draw_cards(*, title: str, is_eu: bool, issued: Sequence[IssuedCard]) -> bytes:
    """Draw cards just issued, under the name of their cooperative. Raises Refused when it cannot be:
    the transaction of the issue then undoes it."""
    cards = [_card(card) for card in issued]
    sheets = [cards[first : first + PER_SHEET] for first in range(0, len(cards), PER_SHEET)]
    try:
        return render_transient(
            "pdf/join_cards.html",
            {
                "cohort": title,
                "eu": is_eu,
                "sheets": sheets,
                "weave": _THREADS,
                "site": _site(),
            },
        )
    except (RenderRefused, OSError) as error:
        logger.exception("%d join cards were not drawn", len(issued))
        raise Refused(
            _(
                "Les cartes n’ont pas pu être dessinées. Aucune n’a été changée : celles déjà données "
                "ouvrent toujours. Réessayez dans un moment."
            )
        ) from error


def _claim(key: uuid.UUID, actor: Actor) -> None:
    """One set of cards per form. The receipt is written with the cards, so a failure frees the key."""
    _receipt, is_new = Submission.objects.get_or_create(
        user_id=actor.user_id, key=key, defaults={"fingerprint": "join cards"}
    )
    if not is_new:
        raise AlreadyPrinted(
            _(
                "Ces cartes viennent d’être imprimées. Si le fichier ne s’est pas ouvert, imprimez-les à "
                "nouveau : les précédentes n’ouvriront plus rien."
            )
        )


def _card(card: IssuedCard) -> dict[str, Any]:
    return {
        "called": card.person.called,
        "last_name": card.person.last_name,
        "is_long": len(card.person.full_name) > _LONG_NAME,
        "qr_src": png_src(card_url(card)),
        "code": card.code,
        "expires_on": format_day(civil_day(card.expires_at)),
    }


def card_url(card: IssuedCard) -> str:
    """The address that opens the door, as the square of the card says it."""
    address: str = settings.PUBLIC_ORIGIN + reverse("members:join", kwargs={"token": card.token})
    return address


def _site() -> str:
    """Where the code is typed by hand, as people read an address."""
    address: str = settings.PUBLIC_ORIGIN + reverse("members:join_code")
    return address.split("://", 1)[-1].rstrip("/")


def file_name(cohort: Cohort, count: int) -> str:
    words = ngettext("carte", "cartes", count)
    plain = "".join(char if char.isalnum() else "-" for char in cohort.name.lower())
    return f"{words}-{'-'.join(part for part in plain.split('-') if part)}.pdf"
