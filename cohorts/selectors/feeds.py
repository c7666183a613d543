"""The address a person gave their phone."""

from django.conf import settings
from django.urls import reverse

from cohorts.models import Agenda


def feed_address(person_id: int) -> str:
    """The whole private address of a person's calendar; "" when they have none. One query."""
    agenda = Agenda.objects.filter(person_id=person_id).first()
    return address_of(agenda)


def address_of(agenda: Agenda | None) -> str:
    """No query."""
    if agenda is None or not agenda.secret:
        return ""
    return f"{settings.PUBLIC_ORIGIN}{reverse('cohorts:feed', args=[agenda.secret])}"
