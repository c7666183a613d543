"""The runs of a cohort, and where one of them stands."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.models import Cohort
from ct_platform.kit.clock import Month
from ct_platform.kit.components import Step
from ct_platform.kit.money import euros
from payroll.enums import PayRunState
from payroll.models import PayRun

STEPS = (
    (PayRunState.DRAFT, gettext_lazy("Brouillon"), "stylo"),
    (PayRunState.FROZEN, gettext_lazy("Photo des heures"), "horloge"),
    (PayRunState.COMPUTED, gettext_lazy("Calcul"), "cagnotte"),
    (PayRunState.REVIEWED, gettext_lazy("Relecture"), "oeil"),
    (PayRunState.APPROVED, gettext_lazy("Accord de l’hôte"), "cle"),
    (PayRunState.ISSUED, gettext_lazy("Émission"), "papier"),
    (PayRunState.PAID, gettext_lazy("Paiement"), "paie"),
)
# When the host's own software makes the slips.
_AT_THE_HOST = {
    PayRunState.APPROVED: gettext_lazy("Étape 6 sur 7 : remettre la paie à %(host)s."),
    PayRunState.ISSUED: gettext_lazy(
        "Étape 7 sur 7 : %(host)s dépose ses bulletins, puis paie les personnes."
    ),
}
# Late money may still be shared some months after the last day of a cohort.
_AFTER_THE_END = dt.timedelta(days=180)


def steps_of(run: PayRun) -> list[Step]:
    """Where the run stands. The step "now" is the one to do, not the last one done."""
    order = [state for state, _label, _icon in STEPS]
    at = order.index(PayRunState(run.state))
    now = at if at in (0, len(order)) else at + 1
    steps = []
    for number, (_state, label, icon) in enumerate(STEPS):
        done = number < now or run.is_paid
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
        .order_by("-month")  # grouped, a query forgets the order of its model
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
    if not run.makes_slips and run.state in _AT_THE_HOST:
        return str(_AT_THE_HOST[PayRunState(run.state)]) % {"host": host}
    return {
        PayRunState.DRAFT: _(
            "Étape 1 sur 7 : vérifier, puis prendre la photo des heures et de l’argent."
        ),
        PayRunState.FROZEN: _("Étape 3 sur 7 : calculer les parts."),
        PayRunState.COMPUTED: _(
            "Étape 4 sur 7 : relire. Ensuite, la coopérative hôte %(host)s donne son accord."
        ),
        PayRunState.REVIEWED: _("Étape 5 sur 7 : la coopérative hôte %(host)s donne son accord."),
        PayRunState.APPROVED: _("Étape 6 sur 7 : émettre les bulletins."),
        PayRunState.ISSUED: _("Étape 7 sur 7 : payer les personnes."),
        PayRunState.PAID: _("Terminée : les bulletins sont émis, l’argent est parti."),
    }[PayRunState(run.state)] % {"host": host}


def typed_draft(run: PayRun) -> dict[str, Any]:
    """What a draft says, as its form shows it."""
    return {
        "reserve": typed(run.reserve),
        "paid_on": run.paid_on,
        "reserve_decision": run.reserve_decision_id,
        "waived_people": run.waived_people,
    }


def typed(amount: Decimal) -> str:
    """An amount as people type it in a field: "400,00"."""
    return euros(amount, sign=False)
