"""Whether news may be asked of somebody, how, and where. Yes is a consent; no is kept too."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums.follow_ups import ChoiceSaid, FollowUpChannel
from cohorts.models import Enrolment, FollowUpChoice
from cohorts.perms.afterwards import can_write_next
from cohorts.rules.ages import add_months
from cohorts.rules.follow_ups import CONSENT_MONTHS
from cohorts.rules.programmes import is_minor, majority_day
from cohorts.services.file_versions import current
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from members.models import Consent, ConsentPurpose, Person
from members.rules import normal_phone
from members.services import consents
from members.services.people import possible_email

_HOW = {
    FollowUpChannel.SMS: "par SMS",
    FollowUpChannel.MAIL: "par e-mail",
    FollowUpChannel.CALL: "par téléphone",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says. `guardian`: who agrees in the stead of a minor."""

    agrees: bool
    channel: str = ""
    phone: str = ""
    email: str = ""
    guardian: str = ""


NO = Wish(agrees=False)


@transaction.atomic
def choose(
    *, enrolment: Enrolment, wish: Wish, said: ChoiceSaid, actor: Actor, at: dt.datetime
) -> FollowUpChoice | None:
    """Keep a yes or a no of this person, said to whoever holds the seat. The same again: nothing.

    A yes needs a way and an address; a minor's is given by a guardian and ends at their majority,
    for they then answer for themself (C. civ. 388-1-1, RGPD art. 6). None: a no was never a yes, and
    is already the last word. Raises Refused, naming the field.
    """
    held = _held(enrolment)
    if not can_write_next(actor, held):
        raise Refused(_("Ce choix ne se fait pas d’ici."))
    return _keep(held, wish, said, actor.person_id, at)


@transaction.atomic
def stop_by_link(*, enrolment: Enrolment, at: dt.datetime) -> None:
    """Withdraw, from the link of a message: as easy as it was to agree (RGPD art. 7).

    "No more news" is said once: it stops the questions about every cohort the person was in.
    """
    agreed = FollowUpChoice.objects.filter(enrolment__person_id=enrolment.person_id, agrees=True)
    keys = {enrolment.pk, *agreed.current().values_list("enrolment_id", flat=True)}
    for one in Enrolment.objects.filter(pk__in=keys).order_by("pk"):
        held = _held(one)
        _keep(held, NO, ChoiceSaid.LINK, held.person_id, at)


def _held(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("person", "cohort")
    held: Enrolment = rows.get(pk=enrolment.pk)
    return held


def _keep(
    held: Enrolment, wish: Wish, said: ChoiceSaid, by_id: int, at: dt.datetime
) -> FollowUpChoice:
    before = current(FollowUpChoice, held)
    columns = _reachable(wish)
    standing = _standing(before, at)
    same = before is not None and all(getattr(before, k) == v for k, v in columns.items())
    if before is not None and same and (standing is not None or not wish.agrees):
        return before
    same_way = standing is not None and before is not None and before.channel == columns["channel"]
    if standing is not None and not (wish.agrees and same_way):
        consents.withdraw(consent=standing, at=at)
    consent = None
    if wish.agrees:
        consent = standing if same_way else _agree(held, wish, at)
    made: FollowUpChoice = FollowUpChoice.objects.create(
        enrolment=held,
        number=before.number + 1 if before else 1,
        written_by_id=by_id,
        written_at=at,
        said=said,
        consent=consent,
        **columns,
    )
    return made


def _standing(before: FollowUpChoice | None, at: dt.datetime) -> Consent | None:
    """The consent of the last word, while it is in force."""
    if before is None or before.consent_id is None:
        return None
    found: Consent | None = (
        Consent.objects.in_force(civil_day(at)).filter(pk=before.consent_id).first()
    )
    return found


def _reachable(wish: Wish) -> dict[str, object]:
    if not wish.agrees:
        return {"agrees": False, "channel": "", "phone": "", "email": ""}
    if wish.channel not in FollowUpChannel.values:
        raise Refused(_("Choisissez comment : SMS, e-mail ou appel."), field="channel")
    phone, email = normal_phone(wish.phone), possible_email(wish.email)
    if phone is None:
        raise Refused(
            _("Ce numéro de téléphone n’est pas complet. Exemple : 06 39 98 00 12"), field="phone"
        )
    if wish.channel == FollowUpChannel.MAIL and not email:
        raise Refused(_("Il manque l’adresse e-mail."), field="email")
    if wish.channel != FollowUpChannel.MAIL and not phone:
        raise Refused(_("Il manque le numéro de téléphone."), field="phone")
    return {"agrees": True, "channel": wish.channel, "phone": phone, "email": email}


def _agree(held: Enrolment, wish: Wish, at: dt.datetime) -> Consent:
    person: Person = held.person
    today = civil_day(at)
    last_day = max(today, held.cohort.ends_on) if held.left_on is None else held.left_on
    until, guardian = add_months(max(last_day, today), CONSENT_MONTHS), ""
    if person.birth_date is not None and is_minor(person.birth_date, today):
        guardian = wish.guardian.strip()
        if not guardian:
            raise Refused(
                _("Cette personne est mineure : écrivez qui donne l’accord, parent ou tuteur."),
                field="guardian",
            )
        until = min(until, majority_day(person.birth_date))
    wording = _(
        "J’accepte que la coopérative « %(cohort)s » me demande de mes nouvelles %(how)s, 3, 6 et "
        "12 mois après mon départ. Je peux arrêter quand je veux."
    ) % {"cohort": held.cohort.name, "how": _HOW[FollowUpChannel(wish.channel)]}
    return consents.give(
        person=person,
        purpose=ConsentPurpose.FOLLOW_UP,
        wording=wording,
        expires_on=until,
        given_by=guardian,
        at=at,
    )
