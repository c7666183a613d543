"""Advances given and deductions decided: on the account at once, on the slip of the next pay.

Which law. An *acompte* on work already done comes off the next pay whole (C. trav. L3242-1); an
*avance* on work to come may be taken back by tenths only (L3251-3). The platform records acomptes
only: it asks for hours done that no issued pay has counted. A CAPE is no employment contract (C. com.
L127-1 to L127-3) and those articles do not bind it; the same prudence is kept for everybody.
A deduction rests on a decision of the group, and for a CAPE only: under an employment contract the
host may neither fine (L1331-2) nor set off what is owed to it (L3251-1), whatever a group decides.
"""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Contract, Enrolment
from cohorts.rules.contract_kinds import EMPLOYMENT_KINDS
from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Frozen, Refused
from decisions.models import Outcome
from members.rules import clean_text
from payroll.enums import ISSUED_STATES, AdjustmentKind, EntryKind
from payroll.models import AccountEntry, Adjustment, PayRun
from projects.enums import WorkState
from projects.models import WorkEntry


@transaction.atomic
def record_advance(
    *,
    enrolment: Enrolment,
    amount: Decimal,
    given_on: dt.date,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Adjustment:
    """Write down money already handed over, in euros: off the account now, off the next slip.

    Raises Refused: no amount, a day to come, no reason, no work done that is still to be paid.
    """
    refuse_archived(enrolment.cohort)
    enrolment = _hold(enrolment)
    _require_unpaid_work(enrolment)
    return _record(
        Adjustment(
            enrolment=enrolment, kind=AdjustmentKind.ADVANCE, amount=amount, given_on=given_on,
            reason=reason, recorded_by_id=actor.person_id, recorded_at=at,
        )
    )  # fmt: skip


@transaction.atomic
def record_deduction(
    *,
    enrolment: Enrolment,
    amount: Decimal,
    given_on: dt.date,
    reason: str,
    decision: Outcome | None,
    actor: Actor,
    at: dt.datetime,
) -> Adjustment:
    """Write down what the group decided to take, in euros. Raises Refused as `record_advance`, and
    without an adopted decision of the same cohort, or under an employment contract."""
    enrolment = _hold(enrolment)
    refuse_archived(enrolment.cohort)
    _require_decision(enrolment, decision)
    if Contract.objects.standing().filter(enrolment=enrolment, kind__in=EMPLOYMENT_KINDS).exists():
        raise Refused(
            _(
                "Cette personne a un contrat de travail : une retenue décidée par le groupe y est "
                "interdite (Code du travail, L1331-2 et L3251-1)."
            ),
            field="enrolment",
        )
    return _record(
        Adjustment(
            enrolment=enrolment, kind=AdjustmentKind.DEDUCTION, amount=amount, given_on=given_on,
            reason=reason, decision=decision, recorded_by_id=actor.person_id, recorded_at=at,
        )
    )  # fmt: skip


@transaction.atomic
def cancel_adjustment(*, adjustment: Adjustment, actor: Actor, at: dt.datetime) -> Adjustment:
    """Take back what was recorded by mistake: a counter-entry, the first one stays.

    Cancelling a cancelled one changes nothing. Raises Frozen once a pay has taken some of it.
    """
    _hold(adjustment.enrolment)
    held: Adjustment = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
    if held.cancelled_at is not None:
        return held
    if held.withholdings.exists():
        raise Frozen(
            _("Une paie l’a déjà pris en compte. Rouvrez-la d’abord, si elle n’est pas émise.")
        )
    held.cancelled_by_id, held.cancelled_at = actor.person_id, at
    held.save(update_fields=["cancelled_by", "cancelled_at"])
    first = AccountEntry.objects.get(adjustment=held, reverses__isnull=True)
    AccountEntry.objects.create(
        enrolment_id=held.enrolment_id,
        kind=first.kind,
        amount=-first.amount,
        at=at,
        sentence=_("Annulé : %(what)s") % {"what": first.sentence[:180]},
        adjustment=held,
        reverses=first,
    )
    return held


def _hold(enrolment: Enrolment) -> Enrolment:
    """Everything that moves one account comes one after the other."""
    held: Enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    return held


def _record(adjustment: Adjustment) -> Adjustment:
    adjustment.reason = clean_text(adjustment.reason)
    if not adjustment.reason:
        raise Refused(_("Dites en quelques mots pour quoi."), field="reason")
    if adjustment.given_on > civil_day(adjustment.recorded_at):
        raise Refused(_("Ce jour n’est pas encore venu."), field="given_on")
    if adjustment.amount <= 0:
        raise Refused(_("Le montant est plus grand que zéro."), field="amount")
    with refusing(Adjustment):
        adjustment.save()
    is_advance = adjustment.kind == AdjustmentKind.ADVANCE
    words = _("Acompte du %(day)s : %(why)s") if is_advance else _("Retenue du %(day)s : %(why)s")
    AccountEntry.objects.create(
        enrolment_id=adjustment.enrolment_id,
        kind=EntryKind.ADVANCE if is_advance else EntryKind.DEDUCTION,
        amount=-adjustment.amount,
        at=adjustment.recorded_at,
        sentence=words % {"day": format_day(adjustment.given_on), "why": adjustment.reason},
        adjustment=adjustment,
    )
    return adjustment


def _require_unpaid_work(enrolment: Enrolment) -> None:
    issued = PayRun.objects.of_cohort(enrolment.cohort_id).filter(state__in=ISSUED_STATES)
    work = WorkEntry.objects.standing().filter(
        enrolment=enrolment, state__in=[WorkState.CONFIRMED, WorkState.LOCKED]
    )
    keys = set(work.values_list("pay_run_key", flat=True).distinct().order_by())
    if keys - set(issued.values_list("pk", flat=True)):
        return
    raise Refused(
        _(
            "Un acompte se donne sur un travail déjà fait. Aucune heure confirmée de cette personne "
            "n’attend une paie."
        ),
        field="enrolment",
    )


def _require_decision(enrolment: Enrolment, decision: Outcome | None) -> None:
    ours = decision is not None and decision.cohort_id == enrolment.cohort_id
    if not ours or decision is None or not decision.is_adopted:
        raise Refused(
            _("Une retenue repose sur une décision adoptée par le groupe. Choisissez-la."),
            field="decision",
        )
