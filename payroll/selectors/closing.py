"""The accounts of a cohort at a glance: where every euro that came in went, to the cent."""

from decimal import Decimal

from django.db.models import CharField, Sum, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.closing import AccountLine
from cohorts.models import Cohort
from ct_platform.kit.money import ZERO, cents, euros
from payroll.enums import PayRunState
from payroll.models import PayRun, Share
from payroll.rules.closing import Accounts
from projects.models import Expense, Sale


def accounts_of(cohort: Cohort) -> list[AccountLine]:
    """The lines of the closing page. Three queries."""
    found = figures_of(cohort)
    sales_page = reverse("projects:activities", args=[cohort.pk])
    runs_page = reverse("payroll:runs", args=[cohort.pk])
    rows = [
        AccountLine(_("Vendu et payé, hors TVA"), found.sold, _unpaid(found), sales_page),
        AccountLine(_("Dépensé"), -found.spent, "", sales_page),
        AccountLine(
            _("Part de la coopérative hôte"), -found.contribution, _in_runs(found), runs_page
        ),
    ]
    if found.idle:
        rows.append(AccountLine(_("Cotisations des mois sans paie"), -found.idle, "", runs_page))
    rows.append(AccountLine(_("Partagé entre les personnes"), -found.shared, "", runs_page))
    rows.append(AccountLine(_("Reste dans le pot"), found.left, _of_what(found), is_total=True))
    if found.kept:
        rows.append(
            AccountLine(
                _("Centimes gardés pour une prochaine paie"),
                found.kept,
                _("Partagés, et pas encore versés : ils sont aux personnes."),
                runs_page,
            )
        )
    return rows


def figures_of(cohort: Cohort) -> Accounts:
    """Sums of stored rows: live money of projects, and what pays photographed. Three queries."""
    runs = list(PayRun.objects.of_cohort(cohort.pk).exclude(state=PayRunState.DRAFT))
    parts = Share.objects.filter(run__cohort_id=cohort.pk).exclude(run__state=PayRunState.DRAFT)
    money = _money_of(cohort.pk)
    kept = ZERO
    # Summed here: SQLite would sum floats.
    for amount, cost in parts.order_by().values_list("amount", "cost"):
        kept += amount - cost
    return Accounts(
        sold=money.get("sold", ZERO),
        unpaid=money.get("unpaid", ZERO),
        spent=money.get("spent", ZERO),
        uncounted=money.get("unshared", ZERO) - money.get("uncounted", ZERO),
        contribution=sum((run.contribution for run in runs), ZERO),
        idle=sum((run.idle_cost for run in runs), ZERO),
        reserve=sum((run.reserve for run in runs), ZERO),
        shared=sum((run.envelope for run in runs), ZERO),
        kept=kept,
        runs=len(runs),
    )


def _money_of(cohort_id: int) -> dict[str, Decimal]:
    """Sales and expenses by what became of them, in one query."""
    sales, expenses = (model.objects.of_cohort(cohort_id).standing() for model in (Sale, Expense))
    paid = sales.filter(moved_on__isnull=False)
    asked = {
        "sold": paid,
        "unpaid": sales.filter(moved_on__isnull=True),
        "unshared": paid.filter(pay_run_key__isnull=True),
        "spent": expenses,
        "uncounted": expenses.filter(pay_run_key__isnull=True),
    }
    first, *others = (
        rows.order_by()
        .annotate(what=Value(name, CharField()))
        .values("what")
        .annotate(total=Sum("amount"))
        .values_list("what", "total")
        for name, rows in asked.items()
    )
    return {name: cents(total) for name, total in first.union(*others, all=True) if total}


def _unpaid(found: Accounts) -> str:
    if not found.unpaid:
        return ""
    return _("%(amount)s sont vendus et pas encore payés.") % {"amount": euros(found.unpaid)}


def _in_runs(found: Accounts) -> str:
    if not found.runs:
        return _("aucune paie encore")
    return ngettext("dans %(n)d paie", "dans %(n)d paies", found.runs) % {"n": found.runs}


def _of_what(found: Accounts) -> str:
    return _("réserve votée : %(reserve)s ; dans aucune paie encore : %(uncounted)s") % {
        "reserve": euros(found.reserve),
        "uncounted": euros(found.uncounted),
    }
