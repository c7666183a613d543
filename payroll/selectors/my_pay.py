"""The pay of one person, in words: the cheque, the ladder, the hours, the line of each contribution."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import MONTHS, format_day, format_minutes
from ct_platform.kit.components import Rung
from ct_platform.kit.money import euros
from payroll.engine.trace import Trace, explain
from payroll.engine.types import Slip
from payroll.enums import ISSUED_STATES, SplitKind
from payroll.models import PayRun, Payslip, Share, UploadedSlip
from payroll.rules.stored_slips import slip_from_json
from payroll.selectors.corrections import OwnCorrection, own_corrections
from payroll.selectors.host_slips import standing_slip
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
    """Every issued share of the person, newest first. Costs one query."""
    return list(Share.objects.of_person(actor).issued().with_run().order_by("-run__month", "-pk"))


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
    """Everything the page says of one share. Costs two queries (people sharing, payment), three when
    the host's own software makes the slip."""
    run: PayRun = share.run
    answer = share.standing.answer
    slip = slip_from_json(answer["slip"]) if answer else None
    worked = sum(share.minutes_by_kind.values())
    lines = (
        [Contribution(explain(line), line.side) for line in slip.lines if line.amount]
        if slip
        else []
    )
    return MyPay(
        share=share,
        payslip=share.payslip,
        host_slip=None if run.makes_slips else standing_slip(share),
        worked=worked,
        rungs=tuple(_rungs(share, run, slip, run.shares.count())),
        withheld=tuple(line for line in lines if line.side == "ee"),
        paid_on_top=tuple(line for line in lines if line.side == "er"),
        sent_on=sent_on(share),
    )


def _rungs(share: Share, run: PayRun, slip: Slip | None, people: int) -> Sequence[Rung]:
    brought, standing = share.amount + share.carried_in, share.standing
    rungs = [
        Rung(_("Le pot commun"), run.envelope, _pot_text(run, people), people=people),
        Rung(_("Ta part"), brought, _share_text(share, run), of=brought, tone="share"),
        Rung(
            _("Ce que coûte ta part"),
            standing.cost,
            _kept_text(standing.remainder),
            of=brought,
            tone="cost",
        ),
    ]
    if slip is None:
        return rungs
    withheld = _("Moins %(ee)s pour ta retraite et la CSG. Impôt : %(tax)s.") % {
        "ee": euros(slip.ee_total),
        "tax": euros(slip.pas_amount),
    }
    return [
        *rungs,
        Rung(_("Le brut"), slip.gross, _gross_text(slip), of=brought, tone="gross"),
        Rung(_("Le net"), slip.net_paid, withheld, of=brought, tone="net"),
        Rung(_("À déclarer"), slip.net_social, _declare_text(run), end=True),
    ]


def _pot_text(run: PayRun, people: int) -> str:
    figures = _(
        "%(sales)s de ventes payées, moins %(expenses)s de dépenses, %(part)s pour la coopérative "
        "hôte et %(reserve)s de réserve votée."
    ) % {
        "sales": euros(run.sales),
        "expenses": euros(run.expenses),
        "part": euros(run.contribution),
        "reserve": euros(run.reserve),
    }
    if run.idle_cost:
        # Without it the figures would not make the pot.
        figures += " " + _(
            "Et %(idle)s de cotisations pour des mois sans paie : la loi les demande quand même."
        ) % {"idle": euros(run.idle_cost)}
    shared = ngettext("Pour %(n)s personne.", "Pour %(n)s personnes.", people) % {"n": people}
    return f"{figures} {shared}"


def _share_text(share: Share, run: PayRun) -> str:
    rule = run.photograph["rule"]
    label = str(SplitKind(rule["kind"]).label)
    text = _("Règle n° %(version)s : %(rule)s (décision n° %(decision)s du %(day)s).") % {
        "version": rule["version"],
        "rule": label[0].lower() + label[1:],
        "decision": rule["decision"],
        "day": format_day(dt.date.fromisoformat(rule["decided_on"])),
    }
    if rule["kind"] != SplitKind.EQUAL:
        text += " " + _("Tes heures : %(hours)s.") % {"hours": format_minutes(share.minutes)}
    if share.carried_in:
        text += " " + _("Avec %(kept)s gardés la dernière fois.") % {
            "kept": euros(share.carried_in)
        }
    return text


def _kept_text(remainder: Decimal) -> str:
    if not remainder:
        return _("Tout est utilisé. Il reste %(kept)s.") % {"kept": euros(Decimal(0))}
    return _("Il reste %(kept)s : gardés pour toi, pour la prochaine paie.") % {
        "kept": euros(remainder)
    }


def _gross_text(slip: Slip) -> str:
    return _("Moins %(er)s payés par la coopérative hôte : santé, retraite, famille, chômage.") % {
        "er": euros(slip.er_total_net_of_rgdu)
    }


def _declare_text(run: PayRun) -> str:
    if not run.makes_slips:
        # Nobody declares an estimate: the slip of the host says the sum.
        return _(
            "Une estimation : ne la déclare pas. Le « montant net social » à déclarer est écrit sur "
            "ton bulletin."
        )
    month = MONTHS[run.paid_on.month - 1] if run.paid_on else ""
    return _(
        "C’est le « montant net social ». Tu touches le RSA ou la prime d’activité ? Déclare cette "
        "somme pour %(month)s, le mois où l’argent est versé."
    ) % {"month": f"{month} {run.paid_on.year}" if run.paid_on else month}
