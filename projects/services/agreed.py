"""Prices and spending that the group agreed on. Written by its decisions only."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.errors import Refused
from projects.models import AgreedPrice, Project, SpendingLimit
from projects.services.money._judgement import refuse_amount


@transaction.atomic
def set_price(
    *,
    cohort_id: int,
    project_id: int,
    label: str,
    unit: str,
    amount: Decimal,
    starts_on: dt.date,
    decision_number: int,
) -> AgreedPrice:
    """Write the price of one thing sold, in euros VAT included, from a day on (included).

    Earlier prices of the same thing are kept: the latest begun is the price. Raises Refused:
    archived cohort, activity of another cohort, amount of zero or less.
    """
    _open_cohort(cohort_id)
    project = Project.objects.of_cohort(cohort_id).filter(pk=project_id).first()
    if project is None:
        raise Refused(_("Cette activité n’est pas de la coopérative."), field="project")
    refuse_amount(amount)
    return AgreedPrice.objects.create(
        project=project,
        label=label,
        unit=unit,
        amount=amount,
        starts_on=starts_on,
        decision_number=decision_number,
    )


@transaction.atomic
def end_price(
    *, cohort_id: int, given_by: int, last_day: dt.date, decision_number: int
) -> list[AgreedPrice]:
    """End on `last_day` the price that decision n° `given_by` set, unless it ended before.

    Nothing follows it: the thing has no agreed price any more. One that only begins later ends on
    its first day.
    """
    ended = []
    for price in AgreedPrice.objects.of_cohort(cohort_id).filter(decision_number=given_by):
        last = max(last_day, price.starts_on)
        if price.ends_on is None or price.ends_on > last:
            price.ends_on, price.ended_by_number = last, decision_number
            price.save(update_fields=["ends_on", "ended_by_number"])
            ended.append(price)
    return ended


@transaction.atomic
def allow_spending(
    *,
    cohort_id: int,
    label: str,
    amount: Decimal,
    starts_on: dt.date,
    ends_on: dt.date | None,
    holder_id: int | None,
    decision_number: int,
) -> SpendingLimit:
    """Allow at most `amount` euros to be spent on one thing, both days included.

    `holder_id`: the enrolment that may spend it; nobody in particular when None. Raises Refused:
    archived cohort, holder of another cohort or gone, amount of zero or less.
    """
    _open_cohort(cohort_id)
    refuse_amount(amount)
    if holder_id is not None:
        _refuse_gone(cohort_id, holder_id)
    return SpendingLimit.objects.create(
        cohort_id=cohort_id,
        label=label,
        amount=amount,
        starts_on=starts_on,
        ends_on=ends_on,
        holder_id=holder_id,
        decision_number=decision_number,
    )


@transaction.atomic
def stop_spending(*, cohort_id: int, given_by: int, last_day: dt.date) -> list[SpendingLimit]:
    """End on `last_day` what decision n° `given_by` allowed to spend, unless it ended before.

    One that only begins later ends on its first day.
    """
    stopped = []
    for limit in SpendingLimit.objects.of_cohort(cohort_id).filter(decision_number=given_by):
        last = max(last_day, limit.starts_on)
        if limit.ends_on is None or limit.ends_on > last:
            limit.ends_on = last
            limit.save(update_fields=["ends_on"])
            stopped.append(limit)
    return stopped


def _open_cohort(cohort_id: int) -> None:
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort_id)
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : elle ne vend et ne dépense plus rien."))


def _refuse_gone(cohort_id: int, holder_id: int) -> None:
    holder = (
        Enrolment.objects.of_cohort(cohort_id).select_related("person").filter(pk=holder_id).first()
    )
    if holder is None:
        raise Refused(_("Cette personne n’est pas de la coopérative."))
    if holder.state != EnrolmentState.ACTIVE:
        raise Refused(
            _("%(name)s n’est plus dans la coopérative : personne ne peut dépenser à sa place.")
            % {"name": holder.person.full_name}
        )
