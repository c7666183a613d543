"""The messages that ask for news: written once, sent outside, at least once; one reminder, never two."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cohorts.enums import EnrolmentState
from cohorts.enums.follow_ups import FollowUpChannel, FollowUpState, MessageKind
from cohorts.models import Enrolment, FollowUp, FollowUpChoice, FollowUpMessage
from cohorts.rules.follow_ups import ASKED_FOR_DAYS, REMIND_AFTER_DAYS, may_write_at
from cohorts.services.follow_up_links import make
from cohorts.services.follow_ups import plan
from ct_platform.kit.clock import civil_day
from ct_platform.kit.delivery import DeliveryStatus, deliver, send_keys
from ct_platform.kit.mail import Mail
from members import sms
from members.models import Person

TASK = "cohorts.tasks.send_follow_up_messages"
SWEPT_AT_ONCE = 200
# Exits older than this are planned by hand or not at all: their questions are long past.
_PLANNED_BACK = dt.timedelta(days=365 + ASKED_FOR_DAYS)


def plan_missing(*, at: dt.datetime) -> int:
    """Plan the questions of who left or finished without any: departures noted before this room was."""
    oldest = civil_day(at) - _PLANNED_BACK
    over = Q(state=EnrolmentState.LEFT, left_on__gte=oldest) | Q(
        state=EnrolmentState.COMPLETED, cohort__ends_on__gte=oldest
    )
    rows = Enrolment.objects.filter(over, follow_ups__isnull=True).select_related("cohort")
    found = list(rows.order_by("pk")[:SWEPT_AT_ONCE])
    for one in found:
        plan(enrolment=one, by_person_id=None, at=at)
    return len(found)


def ask_due(*, at: dt.datetime) -> int:
    """Write the message of each question that is due, then one reminder a week later; how many are new.

    Only to who agreed, and still does, and where a message can arrive: the others are for somebody to
    call. Between 9 h and 19 h, never on a Sunday. Run twice or late, each is written once. Six queries.
    """
    if not may_write_at(timezone.localtime(at)):
        return 0
    today = civil_day(at)
    rows = FollowUp.objects.to_ask(today).of_last_stays()
    # Asked for a date that the exit has since changed: it is a new question.
    asked = FollowUpMessage.objects.filter(
        follow_up=OuterRef("pk"), kind=MessageKind.ASK, due_on=OuterRef("due_on")
    )
    reminded = FollowUpMessage.objects.filter(follow_up=OuterRef("pk"), kind=MessageKind.REMINDER)
    before = at - dt.timedelta(days=REMIND_AFTER_DAYS)
    heard = asked.filter(status=DeliveryStatus.DONE, finished_at__lte=before)
    to_remind = list(rows.filter(Exists(heard), ~Exists(reminded)))
    return _write(list(rows.filter(~Exists(asked))), MessageKind.ASK, at) + _write(
        to_remind, MessageKind.REMINDER, at
    )


@transaction.atomic
def _write(rows: Sequence[FollowUp], kind: MessageKind, at: dt.datetime) -> int:
    choices = {
        one.enrolment_id: one
        for one in FollowUpChoice.objects.filter(enrolment__in={row.enrolment_id for row in rows})
        .current()
        .select_related("consent")
    }
    wanted = [
        FollowUpMessage(follow_up=row, kind=kind, way=choice.channel, due_on=row.due_on, sent_at=at)
        for row in rows
        if (choice := choices.get(row.enrolment_id)) is not None and not _why_silent(choice, at)
    ]
    same = {"kind": kind, "follow_up__in": [one.follow_up_id for one in wanted]}
    before = set(FollowUpMessage.objects.filter(**same).values_list("pk", flat=True))
    FollowUpMessage.objects.bulk_create(wanted, ignore_conflicts=True)
    written = FollowUpMessage.objects.filter(**same).values_list("pk", flat=True)
    new = [key for key in written if key not in before]
    if new:
        transaction.on_commit(lambda: send(new), robust=True)
    return len(new)


def _why_silent(choice: FollowUpChoice | None, at: dt.datetime) -> str:
    """Why nothing may be sent to somebody now; "" when it may."""
    consent = choice.consent if choice else None
    if choice is None or not choice.agrees or consent is None:
        return _("La personne ne veut pas être contactée.")
    if consent.withdrawn_at is not None or consent.expires_on < civil_day(at):
        return _("L’accord de la personne est fini.")
    if choice.channel == FollowUpChannel.CALL:
        return _("La personne préfère un appel.")
    if choice.channel == FollowUpChannel.SMS and not sms.backend().delivers:
        return _("Aucun SMS ne part d’ici : il faut appeler.")
    address = choice.phone if choice.channel == FollowUpChannel.SMS else choice.email
    return "" if address else _("Il n’y a pas d’adresse où écrire.")


def send(keys: Sequence[int]) -> int:
    """Queue these messages by their keys alone; what a dead broker refuses is left to the sweep."""
    return send_keys(TASK, keys)


def tell(*, message_id: int, at: dt.datetime) -> bool:
    """Send one message if it is still to be sent; True when this call did it.

    Claimed before it is sent, outside any transaction: a duplicate task is a quiet no-op. A withdrawal
    or an answer between the writing and the sending stops it.
    """
    token = FollowUpMessage.objects.claim(message_id, at)
    if token is None:
        return False
    message = FollowUpMessage.objects.select_related(
        "follow_up__enrolment__person", "follow_up__enrolment__cohort"
    ).get(pk=message_id)
    choice = (
        FollowUpChoice.objects.filter(enrolment_id=message.follow_up.enrolment_id)
        .current()
        .select_related("consent")
        .first()
    )
    reason = _why_not(message) or _why_silent(choice, at)
    if reason or choice is None:
        FollowUpMessage.objects.drop(message_id, token, reason)
        return False
    return deliver(message, token, lambda: _deliver(message, choice), at=at)


def sweep(*, at: dt.datetime) -> int:
    """Send again what a broker lost, a dead worker held or a server refused; how many."""
    lost = FollowUpMessage.objects.take_lost(
        at, _("Le message n’est pas parti, après trois essais.")
    )
    return send(lost) if lost else 0


def _why_not(message: FollowUpMessage) -> str:
    """Why a question is no longer to be asked; "" when it is."""
    row: FollowUp = message.follow_up
    if row.state != FollowUpState.PLANNED:
        return _("La question ne se pose plus.")
    if row.due_on != message.due_on:
        return _("La date de sortie a changé.")
    if row.answers.exists():
        return _("La personne a déjà répondu.")
    if not FollowUp.objects.filter(pk=row.pk).of_last_stays().exists():
        return _("La personne est revenue dans une autre cohorte.")
    return ""


def _deliver(message: FollowUpMessage, choice: FollowUpChoice) -> None:
    row: FollowUp = message.follow_up
    person: Person = row.enrolment.person
    secret = make(message=message, choice=choice)
    url = settings.PUBLIC_ORIGIN + reverse("cohorts:news", args=[secret])
    with translation.override("fr"):
        words = {"name": person.called, "months": row.months, "url": url}
        if message.kind == MessageKind.REMINDER:
            short = _("%(name)s, on attend encore tes nouvelles. 3 questions : %(url)s") % words
        else:
            short = _(
                "Bonjour %(name)s ! Que deviens-tu, %(months)d mois après ? 3 questions : %(url)s"
            )
            short = short % words
        stop = _("Pour arrêter : le même lien.")
        if message.way == FollowUpChannel.SMS:
            sms.backend().send(choice.phone, f"{short} {stop}")
            return
        body = render_to_string("cohorts/mail/news.txt", {"person": person, "row": row, "url": url})
        subject = _("Que deviens-tu, %(months)d mois après ?") % words
    Mail(subject=subject, body=body, to=[choice.email]).send()
