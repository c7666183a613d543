"""What the host knows of one person's pay: the withholding rate, sealed, and the health waiver."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.crypto import seal
from ct_platform.kit.errors import Refused
from payroll.models import PersonalTerms
from payroll.selectors.personal_terms import open_rate, place_of
from payroll.services.run_rows import refuse_counted

__all__ = ["open_rate", "write_terms"]


@transaction.atomic
def write_terms(
    *,
    enrolment: Enrolment,
    in_force_from: dt.date,
    pas_rate: Decimal | None,
    health_waived: bool,
    actor: Actor,
) -> PersonalTerms:
    """Write what is known of a person's pay from a day on; earlier rows stay as they were.

    `pas_rate` in percent, from the tax office; None is the default grid, 0 a rate of zero. It is
    sealed for its row and never stored in clear. Writing the same day again with the same content
    changes nothing. Raises Refused: another content that day, a month already photographed, a rate
    above 100. Source: CGI art. 204 E to 204 H.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=enrolment.cohort_id)
    if pas_rate is not None and not 0 <= pas_rate <= 100:
        raise Refused(_("Un taux va de 0 à 100."), field="pas_rate")
    same_day: PersonalTerms | None = PersonalTerms.objects.filter(
        enrolment=enrolment, in_force_from=in_force_from
    ).first()
    if same_day is not None:
        known = open_rate(str(same_day.key), same_day.sealed_pas_rate)
        if (known, same_day.health_waived) == (pas_rate, health_waived):
            return same_day
        raise Refused(_("Une version existe déjà à cette date."), field="in_force_from")
    refuse_counted(in_force_from, cohort_id=enrolment.cohort_id)
    key = uuid.uuid4()
    sealed = "" if pas_rate is None else seal(place_of(str(key)), f"{pas_rate.normalize():f}")
    return PersonalTerms.objects.create(
        enrolment=enrolment,
        in_force_from=in_force_from,
        key=key,
        sealed_pas_rate=sealed,
        health_waived=health_waived,
        written_by_id=actor.person_id,
    )
