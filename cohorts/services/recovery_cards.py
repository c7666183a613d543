"""The card of a recovery: made, taken back, and what its use does beyond opening the door."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.recovery import RECOVERY_ALLOWED, RecoveryState
from cohorts.models import Cohort, RecoveryRequest
from cohorts.rules.recovery import CARD_DAYS
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import Refused
from members.models import AccessAct, JoinCard, Person
from members.services.access import record_access
from members.services.join_cards import CardRefused, Entry, IssuedCard, issue_cards
from members.services.people import update_contact
from members.services.sign_in import end_sessions, open_account

SUBJECT = "cohorts.recovery"


def issue(
    *, person: Person, cohort: Cohort, actor: Actor, at: dt.datetime
) -> tuple[IssuedCard, JoinCard]:
    """Make the card and find its row: those before it open nothing any more."""
    (card,) = issue_cards(
        persons=[person], cohort_key=cohort.pk, days=CARD_DAYS, actor=actor, at=at
    )
    return card, JoinCard.objects.usable(at).get(person=person)


def take_back(request: RecoveryRequest, at: dt.datetime) -> None:
    """A card that has not served opens nothing any more."""
    if request.card_id is not None:
        JoinCard.objects.filter(
            pk=request.card_id, used_at__isnull=True, revoked_at__isnull=True
        ).update(revoked_at=at)


def enter(card: JoinCard, entry: Entry, at: dt.datetime) -> None:
    """In the transaction of an entry by card: other sessions end, and only now the contact changes.

    Quiet for a card that belongs to no recovery. Raises CardRefused when the request was refused or
    blocked at the same moment: the card is then not consumed either.
    """
    rows = RecoveryRequest.objects.select_for_update(of=("self",)).select_related("person")
    request = rows.filter(card=card).first()
    if request is None:
        return
    if not request.is_approved:
        raise CardRefused(
            _("Cette carte a été arrêtée. Appelle la personne qui coordonne le groupe."), known=True
        )
    person = request.person
    actor = Actor(entry.user.pk, person.pk, person.full_name, entry.seat)
    states.move(
        request,
        RecoveryState.ENTERED,
        allowed=RECOVERY_ALLOWED,
        by_person_id=person.pk,
        at=at,
        closed_at=at,
    )
    end_sessions(user=entry.user)
    _replace_contact(request, person, actor)
    record_access(
        person_ids=[person.pk],
        act=AccessAct.WRITTEN,
        subject=SUBJECT,
        why=_("Demande pour entrer à nouveau : la personne est entrée, son contact est changé"),
        actor=actor,
        at=at,
    )


def _replace_contact(request: RecoveryRequest, person: Person, actor: Actor) -> None:
    """What was given replaces what was there; the mail that signs in follows the new one."""
    given = {"phone": request.phone, "email": request.email}
    texts = {name: text for name, text in given.items() if text}
    update_contact(person=person, texts=texts, actor=actor)
    if request.email:
        try:
            with transaction.atomic():
                open_account(person=person, email=request.email)
        except Refused:
            # It opens somebody else's account: a contact only, and the entry stands.
            return
