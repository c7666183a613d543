"""The pay of one person, in words: the cheque, the ladder, the hours, the line of each contribution."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import format_day, format_minutes
from ct_platform.kit.components import Rung
from payroll.engine.trace import Trace, explain
from payroll.enums import ISSUED_STATES
from payroll.models import PayRun, Payslip, Share, UploadedSlip
from payroll.rules.stored_slips import slip_from_json
from payroll.selectors.corrections import OwnCorrection, own_corrections
from payroll.selectors.declaring import Declaration, declaration_of
from payroll.selectors.host_slips import standing_slip
from payroll.selectors.ladder import rungs_of
from payroll.selectors.payments import sent_on


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line withheld or paid on top: the name people know, the amount, the whole reckoning."""

    trace: Trace
    side: str


@dataclass(frozen=True, slots=True)
class MyPay:
    share: Share
    payslip: Payslip | None
    # Of a pay whose slips the host's own software makes: the one that came, None until then.
    host_slip: UploadedSlip | None
    worked: int  # minutes counted in this run
    rungs: tuple[Rung, ...]
    withheld: tuple[Contribution, ...]
    paid_on_top: tuple[Contribution, ...]
    declaration: Declaration | None
    sent_on: dt.date | None  # the day the money left, once it has

    @property
    def is_paid(self) -> bool:
        return self.sent_on is not None

    @property
    def paid_text(self) -> str:
        expected = self.sent_on or self.run.paid_on
        day = format_day(expected) if expected else ""
        return (_("Payé le %(day)s") if self.is_paid else _("Paiement prévu le %(day)s")) % {
            "day": day
        }

    @property
    def corrections(self) -> list[OwnCorrection]:
        """What was corrected, oldest first."""
        return own_corrections(self.share)

    @property
    def hours_title(self) -> str:
        return _("Mes %(hours)s") % {"hours": format_minutes(self.worked)}

    @property
    def run(self) -> PayRun:
        run: PayRun = self.share.run
        return run


def own_shares(actor: Actor) -> list[Share]:
    """Every issued share of the person, newest first, with what its page opens on. Four queries."""
    return list(
        Share.objects.of_person(actor)
        .issued()
        .with_run()
        .select_related("run__rule__outcome", "run__settings", "run__reserve_decision")
        .order_by("-run__month", "-pk")
    )


def next_pay(actor: Actor) -> PayRun | None:
    """A run of the person's cohort that is under way: pay is coming. Costs one query."""
    found: PayRun | None = (
        PayRun.objects.of_cohort(actor.cohort_id or 0)
        .exclude(state__in=ISSUED_STATES)
        .order_by("-month")
        .first()
    )
    return found


def pay_of(share: Share, today: dt.date) -> MyPay:
    """Everything the page says of one share, by the figures that stand. Costs one query (payment), two
    when the host's own software makes the slip."""
    run: PayRun = share.run
    answer = share.standing.answer
    slip = slip_from_json(answer["slip"]) if answer else None
    lines = (
        [Contribution(explain(line), line.side) for line in slip.lines if line.amount]
        if slip
        else []
    )
    left_on = sent_on(share)
    return MyPay(
        share=share,
        payslip=share.payslip,
        host_slip=None if run.makes_slips else standing_slip(share),
        worked=sum(share.minutes_by_kind.values()),
        rungs=rungs_of(share, slip),
        withheld=tuple(line for line in lines if line.side == "ee"),
        paid_on_top=tuple(line for line in lines if line.side == "er"),
        declaration=declaration_of(share, today, left_on),
        sent_on=left_on,
    )
