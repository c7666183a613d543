"""The words of an invitation, of a change, of a cancellation; and what is kept of the guest, and why."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cohorts.enums.events import MessageKind
from cohorts.models import Cohort, Event, EventGuest, EventMessage
from cohorts.rules.events import GUESTS_KEPT_DAYS
from cohorts.selectors.event_days import moment_of
from cohorts.services.event_links import link_of
from ct_platform.kit.clock import format_day
from ct_platform.kit.mail import Mail
from ct_platform.kit.words import of_name


@dataclass(frozen=True, slots=True)
class Letter:
    """What one message says, on whatever it is carried."""

    message: EventMessage
    guest: EventGuest
    event: Event
    cohort: Cohort
    subject: str
    sentences: list[str]
    when: str
    url: str  # where one answers; empty once there is nothing to answer
    kept: str  # who keeps the address, why, until when, how to be erased


def letter_of(message: EventMessage, event: Event) -> Letter:
    """The message in sentences, as the event stands now. `event` comes with its cohort, territory and
    host; `message` with its guest."""
    guest = message.guest
    words = {
        "title": event.title,
        "day": format_day(event.day, weekday=True),
        "hours": moment_of(event),
        "cohort": event.cohort.name,
        "reason": event.cancel_reason,
    }
    match message.kind:
        case MessageKind.CANCELLED:
            subject = _("Annulé : %(title)s") % words
            said = [
                _("« %(title)s », prévu %(day)s, n’aura pas lieu.") % words,
                _("Pourquoi : %(reason)s") % words,
                _("Vous n’avez rien à faire. Merci de votre intérêt."),
            ]
        case MessageKind.MOVED:
            subject = _("Changement : %(title)s") % words
            said = [
                _("« %(title)s » a changé : voici le jour, l’heure et le lieu qui comptent.")
                % words,
                _("Si vous aviez répondu, répondez à nouveau : nous comptons les places."),
            ]
        case _other:
            subject = _("Invitation : %(title)s") % words
            said = [
                _("La coopérative « %(cohort)s » vous invite : %(title)s.") % words,
                *filter(None, event.description.splitlines()),
            ]
    if message.word:
        said.append(message.word)
    return Letter(
        message=message,
        guest=guest,
        event=event,
        cohort=event.cohort,
        subject=subject,
        sentences=said,
        when=_("%(day)s, %(hours)s") % words,
        url="" if event.is_cancelled else link_of(guest),
        kept=kept_words(event.cohort),
    )


def kept_words(cohort: Cohort) -> str:
    """GDPR art. 13 and 14, in three sentences."""
    return _(
        "L’équipe %(territory)s et la coopérative %(host)s gardent votre nom et votre adresse pour "
        "cette invitation seulement. Ils sont effacés %(days)d jours après l’événement. Pour être "
        "effacé·e avant : le bouton de la page de réponse, ou un mot à l’équipe."
    ) % {
        "territory": of_name(cohort.territory.name),
        "host": cohort.host.name,
        "days": GUESTS_KEPT_DAYS,
    }


def deliver(message: EventMessage, event: Event) -> None:
    """Send a message by mail. OSError or SMTPException when it did not leave."""
    with translation.override("fr"):
        letter = letter_of(message, event)
        body = render_to_string("cohorts/mail/event_message.txt", {"letter": letter})
    Mail(subject=letter.subject, body=body, to=[letter.guest.email]).send()
