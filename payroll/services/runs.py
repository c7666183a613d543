"""The steps of a pay run, from draft to issue. Each is one service; the heavy ones have their file.

draft → frozen → computed → reviewed (coordinator) → approved (host, another person) → issued.
"""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import Month, civil_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Frozen, Refused
from decisions.models import Outcome
from payroll.enums import ISSUED_STATES, RUN_ALLOWED, PayRunState
from payroll.models import PayRun
from payroll.services.computing import Unbalanced, compute_run
from payroll.services.freezing import freeze_run, reopen_run
from payroll.services.issuing import issue_run
from payroll.services.run_rows import hold, require_confirmed, require_same_reading

__all__ = [
    "Unbalanced", "approve_run", "change_draft", "compute_run", "freeze_run", "issue_run", "open_run",
    "reopen_run", "review_run",
]  # fmt: skip


@transaction.atomic
def open_run(
    *,
    cohort: Cohort,
    month: dt.date,
    reserve: Decimal = Decimal("0.00"),
    paid_on: dt.date | None = None,
    actor: Actor,
    at: dt.datetime,
) -> PayRun:
    """Open the draft of one month's pay: one per cohort and month.

    `month` is any day of it; `reserve` in euros, as voted; `paid_on` the day the money will leave.
    Raises Refused: month to come, before the cohort, already opened, older than a pay already
    issued, payment before the month worked, archived cohort, negative reserve.
    """
    first = month.replace(day=1)
    _require_month(cohort, first, civil_day(at))
    if paid_on is not None:
        _require_payment_day(first, paid_on)
    with refusing(PayRun):
        return PayRun.objects.create(cohort=cohort, month=first, reserve=reserve, paid_on=paid_on)


@transaction.atomic
def change_draft(
    *,
    run: PayRun,
    reserve: Decimal,
    paid_on: dt.date,
    reserve_decision: Outcome | None = None,
    waived_people: int = 0,
) -> PayRun:
    """Change what a draft says: the voted reserve in euros, the day the money will leave.

    `reserve_decision` is the adopted decision of the cohort that votes it, `waived_people` how many
    the host exempts of its fixed part. Raises Frozen once the hours are photographed, Refused as
    `open_run` and for a decision of another cohort or one that was not adopted.
    """
    run = hold(run)
    if run.state != PayRunState.DRAFT:
        raise Frozen(_("Les heures sont déjà photographiées. Rouvrez la paie pour la changer."))
    _require_payment_day(run.month, paid_on)
    if reserve_decision is not None and (
        reserve_decision.cohort_id != run.cohort_id or not reserve_decision.is_adopted
    ):
        raise Refused(
            _("Choisissez une décision adoptée par cette cohorte."), field="reserve_decision"
        )
    run.reserve, run.paid_on = reserve, paid_on
    run.reserve_decision, run.waived_people = reserve_decision, waived_people
    with refusing(PayRun):
        run.save(update_fields=["reserve", "paid_on", "reserve_decision", "waived_people"])
    return run


@transaction.atomic
def review_run(
    *,
    run: PayRun,
    paid_on: dt.date | None = None,
    seen: str = "",
    actor: Actor,
    at: dt.datetime,
) -> PayRun:
    """Say that the figures were read, and send the run to the host.

    `paid_on` is the day the money will leave, when it has moved since the draft; `seen` is the
    `reading` of the page that was read: another one means that figures have changed since.
    Reviewing a reviewed run changes nothing. Raises Stale, Refused.
    """
    run = hold(run)
    if run.state == PayRunState.REVIEWED:
        return run
    require_same_reading(run, seen)
    paid_on = paid_on or run.paid_on
    if paid_on is None:
        raise Refused(_("Dites quel jour l’argent partira."), field="paid_on")
    _require_payment_day(run.month, paid_on)
    states.move(
        run,
        PayRunState.REVIEWED,
        allowed=RUN_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reviewed_by_id=actor.person_id,
        reviewed_at=at,
        paid_on=paid_on,
    )
    return run


@transaction.atomic
def approve_run(*, run: PayRun, seen: str = "", actor: Actor, at: dt.datetime) -> PayRun:
    """Give the agreement of the host: a second person, under a confirmed profile.

    `seen` as in `review_run`. Approving an approved run changes nothing. Raises Refused when the
    reviewer approves themself or the profile is unconfirmed; Stale when the figures have changed.
    Source: four eyes, and no slip under an unconfirmed profile.
    """
    run = hold(run)
    if run.state == PayRunState.APPROVED:
        return run
    require_same_reading(run, seen)
    if actor.person_id == run.reviewed_by_id:
        raise Refused(_("Vous avez relu cette paie. Une autre personne doit l’approuver."))
    require_confirmed(run)
    states.move(
        run,
        PayRunState.APPROVED,
        allowed=RUN_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        approved_by_id=actor.person_id,
        approved_at=at,
    )
    return run


def _require_payment_day(month: dt.date, paid_on: dt.date) -> None:
    if paid_on < month:
        raise Refused(_("Le paiement ne peut pas précéder le mois travaillé."), field="paid_on")


def _require_month(cohort: Cohort, first: dt.date, day: dt.date) -> None:
    if cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La cohorte est archivée : elle n’a plus de paie."))
    if first > day:
        raise Refused(_("Ce mois n’a pas encore commencé."), field="month")
    if Month(first).last < cohort.starts_on:
        raise Refused(
            _("Ce mois précède le premier jour de la cohorte, le %(day)s.")
            % {"day": cohort.starts_on.strftime("%d/%m/%Y")},
            field="month",
        )
    later = (
        PayRun.objects.of_cohort(cohort.pk)
        .filter(state__in=ISSUED_STATES, month__gt=first)
        .order_by("month")
        .first()
    )
    if later is not None:
        raise Refused(
            _(
                "La paie de %(month)s est déjà émise. Les heures en retard entrent dans la prochaine paie."
            )
            % {"month": Month(later.month)},
            field="month",
        )
