"""The run page: the pot with its sources, the rules side by side, the people, the totals."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cohorts.models import Cohort
from ct_platform.kit.charts import DotsChart, dots
from ct_platform.kit.clock import Month
from ct_platform.kit.components import Step
from ct_platform.kit.money import ZERO, cents, euros, from_cents, to_cents
from payroll.enums import ContributionBase, PayRunState, SplitKind
from payroll.models import HostSettings, PayRun, Share
from payroll.rules.envelope import envelope_of
from payroll.rules.sharing import counted_minutes, shares_in_cents
from projects.models import Expense, Sale

STEPS = (
    (PayRunState.DRAFT, gettext_lazy("Brouillon"), "stylo"),
    (PayRunState.FROZEN, gettext_lazy("Photo des heures"), "horloge"),
    (PayRunState.COMPUTED, gettext_lazy("Calcul"), "cagnotte"),
    (PayRunState.REVIEWED, gettext_lazy("Relecture"), "oeil"),
    (PayRunState.APPROVED, gettext_lazy("Accord de l’hôte"), "cle"),
    (PayRunState.ISSUED, gettext_lazy("Émission"), "papier"),
)
# Headings of narrow columns.
_SHORT = {
    SplitKind.EQUAL: gettext_lazy("égal"),
    SplitKind.HOURS: gettext_lazy("heures"),
    SplitKind.HALF: gettext_lazy("moitié-moitié"),
}
# Late money may still be shared some months after the last day of a cohort.
_AFTER_THE_END = dt.timedelta(days=180)
_GRID = 20  # euros: the ends of the line the dots stand on


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


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule on the hours of the run. Only the adopted one pays."""

    label: str
    chart: DotsChart | None
    low: Decimal | None
    high: Decimal | None
    adopted: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    share: Share
    name: str
    worked: int  # minutes, all kinds
    simulated: tuple[Decimal, ...]  # what the other rules would give


@dataclass(frozen=True, slots=True)
class Totals:
    worked: int
    amount: Decimal
    carried_in: Decimal
    cost: Decimal
    remainder: Decimal
    gross: Decimal
    net: Decimal
    simulated: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Everything a computed run shows."""

    rules: tuple[RuleRow, ...]
    scale: tuple[Decimal, Decimal]
    others: tuple[str, ...]  # headings of the simulations
    people: tuple[PersonRow, ...]
    totals: Totals
    without_slip: tuple[str, ...]
    large_remainders: tuple[str, ...]


def steps_of(run: PayRun) -> list[Step]:
    """Where the run stands. The step "now" is the one to do, not the last one done."""
    order = [state for state, _label, _icon in STEPS]
    at = order.index(PayRunState(run.state))
    now = at if at in (0, len(order)) else at + 1
    steps = []
    for number, (_state, label, icon) in enumerate(STEPS):
        done = number < now or run.state == PayRunState.ISSUED
        steps.append(
            Step(str(label), "done" if done else "now" if number == now else "later", icon)
        )
    return steps


def runs_of_cohort(cohort_id: int) -> list[PayRun]:
    """Every run of a cohort, newest first, with how many slips it made. Costs one query."""
    return list(
        PayRun.objects.of_cohort(cohort_id)
        .select_related("profile")
        .annotate(people=Count("shares", distinct=True))
    )


def months_to_pay(cohort: Cohort, today: dt.date) -> list[dt.date]:
    """Months a run may still be opened for, latest first: begun, after the last run opened.

    Costs one query.
    """
    last = PayRun.objects.of_cohort(cohort.pk).order_by("-month").first()
    months = months_of(cohort, today)
    return [month for month in reversed(months) if last is None or month > last.month]


def months_of(cohort: Cohort, today: dt.date) -> list[dt.date]:
    """Every month of a cohort that has begun, whether or not it has a run. No query."""
    month, months = Month.of(cohort.starts_on), []
    while month.first <= min(today, cohort.ends_on + _AFTER_THE_END):
        months.append(month.first)
        month = month.next
    return months


def headline_of(run: PayRun) -> str:
    """The step to do and who does it, in one line under the title."""
    host = run.cohort.host.name
    return {
        PayRunState.DRAFT: _(
            "Étape 1 sur 6 : vérifier, puis prendre la photo des heures et de l’argent."
        ),
        PayRunState.FROZEN: _("Étape 3 sur 6 : calculer les parts."),
        PayRunState.COMPUTED: _(
            "Étape 4 sur 6 : relire. Ensuite, la coopérative hôte %(host)s donne son accord."
        ),
        PayRunState.REVIEWED: _("Étape 5 sur 6 : la coopérative hôte %(host)s donne son accord."),
        PayRunState.APPROVED: _("Étape 6 sur 6 : émettre les bulletins."),
        PayRunState.ISSUED: _("Terminée : les bulletins sont émis."),
    }[PayRunState(run.state)] % {"host": host}


def typed(amount: Decimal) -> str:
    """An amount as people type it in a field: "400,00"."""
    return euros(amount, sign=False)


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


def sharing_of(run: PayRun) -> Sharing | None:
    """Shares, nets and simulations of a computed run; None before. Costs one query."""
    if run.state in (PayRunState.DRAFT, PayRunState.FROZEN):
        return None
    shares = list(
        run.shares.select_related("enrolment__person").order_by(
            "enrolment__person__last_name", "enrolment__person__first_name", "pk"
        )
    )
    parts = _parts_by_rule(run)
    adopted = SplitKind(run.photograph["rule"]["kind"])
    amounts = [amount for found in parts.values() if found for amount in found.values()]
    scale = _scale(amounts)
    others = [kind for kind in SplitKind if kind != adopted and parts[kind] is not None]
    people = tuple(_person(share, [parts[kind] or {} for kind in others]) for share in shares)
    return Sharing(
        rules=tuple(_rule(kind, parts[kind], kind == adopted, scale) for kind in _order(adopted)),
        scale=scale,
        others=tuple(str(_SHORT[kind]) for kind in others),
        people=people,
        totals=_totals(people, len(others)),
        without_slip=tuple(row.name for row in people if row.share.slip is None),
        large_remainders=tuple(
            row.name for row in people if row.share.slip is not None and row.share.remainder > 1
        ),
    )


def _order(adopted: SplitKind) -> list[SplitKind]:
    return [adopted, *(kind for kind in SplitKind if kind != adopted)]


def _parts_by_rule(run: PayRun) -> dict[SplitKind, dict[int, Decimal] | None]:
    photograph = run.photograph
    minutes = counted_minutes(
        {person["enrolment"]: person["minutes_by_kind"] for person in photograph["people"]},
        photograph["rule"]["counted_kinds"],
    )
    found: dict[SplitKind, dict[int, Decimal] | None] = {}
    for kind in SplitKind:
        if kind != SplitKind.EQUAL and not any(minutes.values()):
            found[kind] = None
            continue
        parts = shares_in_cents(kind.value, to_cents(run.envelope), minutes)
        found[kind] = {key: from_cents(part) for key, part in parts.items()}
    return found


def _scale(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(amounts, default=ZERO), max(amounts, default=ZERO)
    return Decimal(low // _GRID * _GRID), Decimal(-(-high // _GRID) * _GRID)


def _rule(
    kind: SplitKind,
    parts: dict[int, Decimal] | None,
    adopted: bool,
    scale: tuple[Decimal, Decimal],
) -> RuleRow:
    label = str(kind.label)
    if parts is None:
        return RuleRow(label, None, None, None, adopted, _("Aucune heure ne compte."))
    values = list(parts.values())
    low, high = min(values), max(values)
    title = _("%(rule)s : %(n)s parts, de %(low)s à %(high)s") % {
        "rule": label,
        "n": len(values),
        "low": euros(low),
        "high": euros(high),
    }
    chart = dots(title=title, values=values, low=scale[0], high=scale[1], adopted=adopted)
    return RuleRow(label, chart, low, high, adopted)


def _person(share: Share, others: Sequence[dict[int, Decimal]]) -> PersonRow:
    return PersonRow(
        share=share,
        name=share.enrolment.person.full_name,
        worked=sum(share.minutes_by_kind.values()),
        simulated=tuple(parts.get(share.enrolment_id, ZERO) for parts in others),
    )


def _totals(people: Sequence[PersonRow], columns: int) -> Totals:
    shares = [row.share for row in people]
    return Totals(
        worked=sum(row.worked for row in people),
        amount=sum((share.amount for share in shares), ZERO),
        carried_in=sum((share.carried_in for share in shares), ZERO),
        cost=sum((share.cost for share in shares), ZERO),
        remainder=sum((share.remainder for share in shares), ZERO),
        gross=sum((share.gross or ZERO for share in shares), ZERO),
        net=sum((share.net_paid or ZERO for share in shares), ZERO),
        simulated=tuple(
            sum((row.simulated[column] for row in people), ZERO) for column in range(columns)
        ),
    )
