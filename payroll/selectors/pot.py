"""The pot of a run, each figure with its source."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO, cents, euros
from payroll.enums import ContributionBase, FixedPer, PayRunState
from payroll.models import HostSettings, PayRun
from payroll.rules.envelope import Envelope, Fee, FeeTerms, envelope_of, fee_of
from payroll.rules.months import rank
from payroll.rules.photographs import fee_in
from payroll.selectors.idle import IdleMonth, idle_months
from payroll.selectors.people import count_sharing
from projects.models import Expense, Sale


@dataclass(frozen=True, slots=True)
class PotRow:
    label: str
    amount: Decimal
    url: str = ""
    minus: bool = True


@dataclass(frozen=True, slots=True)
class Pot:
    """The pot line by line. `provisional`: read from live rows, a photograph is still to be taken."""

    rows: tuple[PotRow, ...]
    amount: Decimal
    provisional: bool
    fee: Fee
    idle: tuple[IdleMonth, ...]  # of a draft only: a photograph holds its own


def pot_of(run: PayRun, settings: HostSettings | None) -> Pot:
    """The pot of a run: photographed, or what it would be now for a draft.

    Each figure points at its evidence. Costs no query once frozen (`settings` comes with the run),
    four to seven for a draft.
    """
    if run.state == PayRunState.DRAFT:
        return _pot_now(run, settings)
    photograph = run.photograph
    fee = fee_in(photograph)
    rows = _pot_rows(
        run,
        run.settings,
        fee,
        sales=(run.sales, len(photograph["sales"])),
        expenses=(run.expenses, len(photograph["expenses"])),
        idle=(run.idle_cost, len(photograph.get("idle", ()))),
    )
    return Pot(rows, run.envelope, provisional=False, fee=fee, idle=())


def _pot_now(run: PayRun, settings: HostSettings | None) -> Pot:
    last = Month(run.month).last
    sales, expenses = (
        (cents(found["total"] or ZERO), found["count"])
        for found in (
            model.objects.of_cohort(run.cohort_id)
            .unsettled_until(last)
            .order_by()
            .aggregate(total=Sum("amount"), count=Count("pk"))
            for model in (Sale, Expense)
        )
    )
    pot, idle = envelope_now(run, settings, sales=sales[0], expenses=expenses[0])
    rows = _pot_rows(
        run, settings, pot.fee, sales=sales, expenses=expenses, idle=(pot.idle, len(idle))
    )
    return Pot(rows, pot.amount, provisional=True, fee=pot.fee, idle=tuple(idle))


def envelope_now(
    run: PayRun, settings: HostSettings | None, *, sales: Decimal, expenses: Decimal
) -> tuple[Envelope, list[IdleMonth]]:
    """What these sales and expenses (euros) would leave to share, and the idle months charged.

    `run` may be one that nobody opened yet. Costs one to four queries.
    """
    idle = idle_months(run.cohort, run.month)
    each = settings.idle_month_cost if settings else ZERO
    pot: Envelope = envelope_of(
        sales=sales,
        expenses=expenses,
        reserve=run.reserve,
        fee=_fee_now(run, settings, sales, expenses),
        idle=each * len(idle),
    )
    return pot, idle


def _fee_now(run: PayRun, settings: HostSettings | None, sales: Decimal, expenses: Decimal) -> Fee:
    if settings is None:
        terms = FeeTerms(base=ContributionBase.SALES, rate=ZERO)
    else:
        terms = FeeTerms(
            base=settings.contribution_base,
            rate=settings.contribution_rate,
            fixed=settings.contribution_fixed,
            fixed_per=settings.contribution_fixed_per,
            waived_months=settings.contribution_waived_months,
        )
    counts = terms.fixed and terms.fixed_per == FixedPer.PERSON
    return fee_of(
        sales=sales,
        expenses=expenses,
        terms=terms,
        people=count_sharing(run.cohort_id, run.month) if counts else 0,
        waived_people=run.waived_people,
        cohort_month=rank(run.month, run.cohort.starts_on),
    )


def _pot_rows(
    run: PayRun,
    settings: HostSettings | None,
    fee: Fee,
    *,
    sales: tuple[Decimal, int],
    expenses: tuple[Decimal, int],
    idle: tuple[Decimal, int],
) -> tuple[PotRow, ...]:
    page = reverse("payroll:pot", args=[run.cohort_id, run.pk])
    sold = ngettext(
        "Ventes payées, hors TVA (%(n)s vente)", "Ventes payées, hors TVA (%(n)s ventes)", sales[1]
    )
    spent = ngettext("Dépenses (%(n)s)", "Dépenses (%(n)s)", expenses[1])
    unpaid = ngettext(
        "Cotisations d’un mois sans paie", "Cotisations de %(n)s mois sans paie", idle[1]
    )
    rows = [
        PotRow(sold % {"n": sales[1]}, sales[0], f"{page}#ventes", minus=False),
        PotRow(spent % {"n": expenses[1]}, expenses[0], f"{page}#depenses"),
        PotRow(contribution_label(settings, fee), fee.amount, f"{page}#contribution"),
    ]
    if idle[1]:
        rows.append(PotRow(unpaid % {"n": idle[1]}, idle[0], f"{page}#mois-sans-paie"))
    rows.append(PotRow(_("Réserve votée"), run.reserve, f"{page}#reserve"))
    return tuple(rows)


def contribution_label(settings: HostSettings | None, fee: Fee) -> str:
    """How the part of the host is reckoned, in words: rate, base, fixed part, or nothing."""
    if settings is None:
        return _("Part de la coopérative hôte : réglages absents")
    if fee.is_waived:
        return _("Part de la coopérative hôte, offerte ce mois-ci")
    words = {
        ContributionBase.SALES: _("Part de la coopérative hôte, %(rate)s %% des ventes"),
        ContributionBase.MARGIN: _(
            "Part de la coopérative hôte, %(rate)s %% des ventes moins dépenses"
        ),
    }[ContributionBase(settings.contribution_base)]
    label = words % {"rate": percent_text(settings.contribution_rate)}
    if fee.fixed and settings.contribution_fixed_per == FixedPer.PERSON:
        label += ngettext(
            " et %(fixed)s pour %(n)s personne", " et %(fixed)s pour chacune des %(n)s personnes",
            fee.times,
        ) % {"fixed": euros(fee.fixed), "n": fee.times}  # fmt: skip
    elif fee.fixed:
        label += _(" et %(fixed)s par paie") % {"fixed": euros(fee.fixed)}
    return label


def percent_text(rate: Decimal) -> str:
    return f"{rate.normalize():f}".replace(".", ",")
