"""What somebody answers when asked for their story."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from testimonials.enums import Said
from testimonials.models import AskAnswer


@transaction.atomic
def answer_ask(*, enrolment: Enrolment, said: str, actor: Actor, at: dt.datetime) -> None:
    """Keep "later" or "never". Twice the same day: once."""
    if enrolment.person_id != actor.person_id:
        raise Refused(_("Chacun répond pour soi."))
    if said not in Said.values:
        raise Refused(_("Choisis une des réponses."))
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    last = AskAnswer.objects.filter(enrolment=enrolment).order_by("-id").first()
    if last is not None and last.said == said and civil_day(last.at) == civil_day(at):
        return
    AskAnswer.objects.create(enrolment=enrolment, said=said, at=at)
