"""The cohort's own rules of voting."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from decisions.models import Outcome, Statutes
from decisions.rules import quorum
from decisions.selectors.statutes import adoptable, statutes_in_force

# What a decision may change: every rule but the quorum, whose two numbers go together.
RULES = (
    "majority_base",
    "tie_rule",
    "notice_hours",
    "proxies_per_holder",
    "consent_rounds",
    "contest_days",
    "seal_persons",
    "seal_money",
    "concerned_vote",
)


@transaction.atomic
def ensure_statutes(*, cohort_id: int, day: dt.date) -> Statutes:
    """The statutes in force on `day` (included); writes the first ones when the cohort has none.

    First statutes: quorum one half of the roll, no notice, in force from `day`. Of statutes that
    only begin later, the earliest serve already: a cohort is never without.
    """
    found = statutes_in_force(cohort_id, day)
    if found is None:
        found, _created = Statutes.objects.get_or_create(
            cohort_id=cohort_id, version=1, defaults={"in_force_from": day}
        )
    return found


@transaction.atomic
def write_next(*, outcome: Outcome, rules: Mapping[str, Any], day: dt.date) -> Statutes:
    """Write the next version of the cohort's statutes, decided by `outcome`, in force from `day`.

    `rules`: values by field name, the quorum as numerator and denominator. Votes already open keep
    the statutes they were opened under. The caller holds the cohort's lock.
    """
    own = Statutes.objects.of_cohort(outcome.cohort_id)
    last = own.aggregate(last=Max("version"))["last"] or 0
    return Statutes.objects.create(
        cohort_id=outcome.cohort_id,
        version=last + 1,
        in_force_from=day,
        decided_by=outcome,
        **rules,
    )


# The first rules ask for what changing them will: two people in three.
AGREED = (2, 3)


@transaction.atomic
def adopt_statutes(
    *, cohort: Cohort, rules: Mapping[str, Any], agreed: int, actor: Actor, at: dt.datetime
) -> Statutes:
    """Write the rules that the group adopts at its start, in force from the day of `at`.

    `rules`: values by field of Statutes. `agreed`: how many people said yes, two thirds of those who
    may vote at least. Rules written by themselves at a first vote are replaced by a new version; the
    votes already open keep theirs. Raises Refused: rules already adopted or already used by a count,
    too few in agreement, or more than there are people.
    """
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : on n’y vote plus."))
    own = Statutes.objects.of_cohort(cohort.pk)
    counted = Outcome.objects.of_cohort(cohort.pk).exists()
    if not adoptable(list(own), counted=counted):
        raise Refused(_("Elles ne changent plus que par une décision du groupe."))
    day = civil_day(at)
    _check_agreement(Enrolment.objects.of_cohort(cohort.pk).entitled_to_vote(day).count(), agreed)
    last = own.order_by("-version").first()
    adopted: Statutes = Statutes.objects.create(
        cohort=cohort,
        version=last.version + 1 if last else 1,
        in_force_from=day,
        adopted_at=at,
        adopted_by_count=agreed,
        noted_by_id=actor.person_id,
        **rules,
    )
    return adopted


def _check_agreement(people: int, agreed: int) -> None:
    if not people:
        raise Refused(_("Personne ne peut encore voter dans cette cohorte."), field="agreed")
    if agreed > people:
        raise Refused(
            _("%(people)s personnes peuvent voter aujourd’hui, pas plus.") % {"people": people},
            field="agreed",
        )
    needed = quorum.required(*AGREED, people)
    if agreed < needed:
        raise Refused(
            _("Il faut l’accord de deux personnes sur trois : %(needed)s sur %(people)s.")
            % {"needed": needed, "people": people},
            field="agreed",
        )
