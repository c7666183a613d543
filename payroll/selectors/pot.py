"""The pot of a run, each figure with its source."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO, cents, euros
from payroll.enums import ContributionBase, PayRunState
from payroll.models import HostSettings, PayRun
from payroll.rules.envelope import envelope_of
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


def pot_of(run: PayRun, settings: HostSettings | None) -> Pot:
    """The pot of a run: photographed, or what it would be now for a draft.

    Each figure points at its source. Costs no query once frozen (`settings` comes with the run),
    two for a draft.
    """
    if run.state == PayRunState.DRAFT:
        return _pot_now(run, settings)
    photograph = run.photograph
    rows = _pot_rows(
        run,
        run.settings,
        sales=(run.sales, len(photograph["sales"])),
        expenses=(run.expenses, len(photograph["expenses"])),
        contribution=run.contribution,
    )
    return Pot(rows, run.envelope, provisional=False)


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
    pot = envelope_of(
        sales=sales[0],
        expenses=expenses[0],
        reserve=run.reserve,
        base=settings.contribution_base if settings else ContributionBase.SALES,
        rate=settings.contribution_rate if settings else ZERO,
        fixed=settings.contribution_fixed if settings else ZERO,
    )
    rows = _pot_rows(run, settings, sales=sales, expenses=expenses, contribution=pot.contribution)
    return Pot(rows, pot.amount, provisional=True)


def _pot_rows(
    run: PayRun,
    settings: HostSettings | None,
    *,
    sales: tuple[Decimal, int],
    expenses: tuple[Decimal, int],
    contribution: Decimal,
) -> tuple[PotRow, ...]:
    activities = reverse("projects:activities", kwargs={"cohort_id": run.cohort_id})
    sold = ngettext(
        "Ventes payées, hors TVA (%(n)s vente)", "Ventes payées, hors TVA (%(n)s ventes)", sales[1]
    )
    spent = ngettext("Dépenses (%(n)s)", "Dépenses (%(n)s)", expenses[1])
    return (
        PotRow(sold % {"n": sales[1]}, sales[0], activities, minus=False),
        PotRow(spent % {"n": expenses[1]}, expenses[0], activities),
        PotRow(contribution_label(settings), contribution),
        PotRow(_("Réserve votée"), run.reserve),
    )


def contribution_label(settings: HostSettings | None) -> str:
    """How the part of the host is reckoned, in words: rate, base, fixed part."""
    if settings is None:
        return _("Part de la coopérative hôte : réglages absents")
    words = {
        ContributionBase.SALES: _("Part de la coopérative hôte, %(rate)s %% des ventes"),
        ContributionBase.MARGIN: _(
            "Part de la coopérative hôte, %(rate)s %% des ventes moins dépenses"
        ),
    }[ContributionBase(settings.contribution_base)]
    rate = f"{settings.contribution_rate.normalize():f}".replace(".", ",")
    label = words % {"rate": rate}
    if settings.contribution_fixed:
        label += _(" et %(fixed)s par paie") % {"fixed": euros(settings.contribution_fixed)}
    return label
