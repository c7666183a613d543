"""What must always be true of events, guests and contacts."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.utils.translation import gettext as _

from cohorts.models import Contact, Event, EventMessage, KeptContact
from ct_platform.kit.invariants import Invariant, register


def _organisers() -> Iterable[str]:
    astray = Event.objects.filter(organisers__isnull=False).exclude(
        organisers__cohort_id=F("cohort_id")
    )
    for event in astray.distinct().order_by("pk").iterator():
        yield _("L’événement %(pk)d a un organisateur d’une autre cohorte.") % {"pk": event.pk}


def _messages() -> Iterable[str]:
    early = EventMessage.objects.filter(version__gt=F("guest__event__version"))
    for message in early.order_by("pk").iterator():
        yield _("Le message %(pk)d dit un événement qui n’a pas encore changé.") % {
            "pk": message.pk
        }


def _contacts() -> Iterable[str]:
    astray = Contact.objects.filter(event__isnull=False).exclude(event__cohort_id=F("cohort_id"))
    for contact in astray.order_by("pk").iterator():
        yield _("Le contact %(pk)d vient de l’événement d’une autre cohorte.") % {"pk": contact.pk}


def _kept() -> Iterable[str]:
    wrong = KeptContact.objects.filter(
        Q(contact__consented_on__isnull=True) | Q(contact__erased_at__isnull=False)
    )
    for kept in wrong.order_by("pk").iterator():
        yield _("Le contact %(pk)d est gardé par quelqu’un sans accord.") % {"pk": kept.contact_id}


def register_all() -> None:
    for code, sentence, check in (
        ("cohorts.event_organisers", _("Qui organise est de la cohorte."), _organisers),
        ("cohorts.event_messages", _("Un message dit un état connu de l’événement."), _messages),
        ("cohorts.contact_events", _("Un contact vient d’un événement de sa cohorte."), _contacts),
        ("cohorts.contact_consent", _("Nul ne garde un contact sans son accord."), _kept),
    ):
        register(Invariant(code, sentence, check))
