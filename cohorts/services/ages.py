"""Of what age one enters, and the agreement a minor enters with."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts import sayings
from cohorts.models import Cohort
from cohorts.rules.programmes import ProgrammeBounds, age_fault, is_minor, majority_day
from ct_platform.kit.clock import PARIS, civil_day, format_day
from ct_platform.kit.errors import Refused
from members.models import Consent, ConsentPurpose, Person
from members.services import consents


@dataclass(frozen=True, slots=True)
class _Asked:
    bounds: ProgrammeBounds
    programme: str


def require_age(*, cohort: Cohort, born: dt.date | None, name: str = "") -> None:
    """Raise Refused beside the birth date when the programme does not take that age on the first day.

    An unknown birth date passes: lists and forms ask for it themselves. Ages are whole years.
    """
    programme = cohort.programme
    fault = age_fault(born, cohort.starts_on, programme.bounds) if born else None
    if born is None or fault is None:
        return
    said = sayings.of_age(fault, born, cohort.starts_on, _Asked(programme.bounds, programme.name))
    sentence = f"{name} : {said}" if name else said[0].upper() + said[1:]
    raise Refused(sentence, field="birth_date")


@transaction.atomic
def note_guardian(
    *, person: Person, cohort: Cohort, guardian: str, agreed_on: dt.date, at: dt.datetime
) -> Consent:
    """Keep that a guardian agreed on `agreed_on` to a minor's entry; it ends with the cohort, or at 18.

    Raises Refused without a name, for a day to come, or one when they were of age.
    """
    if not guardian.strip():
        raise Refused(_("Écrivez qui a donné son accord."), field="guardian_name")
    if not is_minor(person.birth_date, agreed_on) or person.birth_date is None:
        raise Refused(_("Ce jour-là, la personne était majeure."), field="guardian_agreed_on")
    if agreed_on > civil_day(at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="guardian_agreed_on")
    return consents.give(
        person=person,
        purpose=ConsentPurpose.GUARDIAN,
        wording=_("%(guardian)s accepte que %(name)s entre dans la coopérative « %(cohort)s ».")
        % {"guardian": guardian.strip(), "name": person.civil_name, "cohort": cohort.name},
        given_by=guardian.strip(),
        expires_on=min(cohort.ends_on, majority_day(person.birth_date)),
        at=dt.datetime.combine(agreed_on, dt.time(12), tzinfo=PARIS),
    )


def require_guardian(*, person: Person, cohort: Cohort, day: dt.date) -> None:
    """Raise Refused when a minor would enter on `day` without an agreement in force (C. civ. 388-1-1)."""
    if not (cohort.programme.guardian_consent and is_minor(person.birth_date, day)):
        return
    if not Consent.objects.in_force(day).from_guardians().filter(person=person).exists():
        raise Refused(
            _("%(name)s est mineur·e le %(day)s : il faut l’accord daté de son représentant légal.")
            % {"name": person.full_name, "day": format_day(day)},
            field="guardian_name",
        )
