"""What payroll knows that waits in a cohort: runs in hand, and months whose hours no run has counted."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.models import Cohort
from cohorts.waiting import Line, Pile, Source, door, people, total
from ct_platform.kit.clock import Month, format_minutes
from payroll.enums import PayRunState
from payroll.models import PayRun
from payroll.selectors.refunds import owed_refunds
from projects.enums import WorkState
from projects.models import WorkEntry


def _in_hand(state: PayRunState) -> waiting.Teller:
    """Reviewed runs wait for the host, issued ones for nobody."""

    def tell(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
        title, text = {
            PayRunState.DRAFT: (
                _("Paie de %(month)s : à préparer"),
                _("Photographier les heures et les ventes"),
            ),
            PayRunState.FROZEN: (
                _("Paie de %(month)s : à calculer"),
                _("Les heures sont photographiées"),
            ),
            PayRunState.COMPUTED: (
                _("Paie de %(month)s : à relire"),
                _("Les parts sont calculées"),
            ),
            PayRunState.REVIEWED: (
                _("Paie de %(month)s : attend l’accord de l’hôte"),
                _("Une deuxième personne la relit et donne son accord"),
            ),
            PayRunState.APPROVED: (
                _("Paie de %(month)s : à émettre"),
                _("La coopérative hôte a donné son accord"),
            ),
        }[state]
        month = Month.of(pile.due_on) if pile.due_on else Month.of(today)
        return Line(
            "paie",
            title % {"month": month},
            text,
            door("payroll:run", pile, run_id=pile.first_id),
            state=_("En cours"),
            tone="warn",
            by_host=state == PayRunState.REVIEWED,
        )

    return tell


def _to_prepare(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = _("%(hours)s confirmées dans aucune paie") % {"hours": format_minutes(pile.amount)}
    text = _("Des heures d’un mois fini, que le groupe attend de partager.")
    return Line("paie", title, text, door("payroll:runs", pile), state=_("À préparer"), tone="warn")


def _to_refund(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s personne a avancé de l’argent", "%(n)s personnes ont avancé de l’argent", pile.count
    )
    text = _("La coopérative hôte le leur rend, à part de la paie.")
    return Line(
        "cagnotte", title % {"n": pile.count}, text, door("payroll:refunds", pile),
        state=_("À rendre"), tone="warn", by_host=True,
    )  # fmt: skip


def _in_state(state: PayRunState) -> waiting.Rows:
    return lambda today: PayRun.objects.filter(state=state)


def _of_past_months(today: dt.date) -> Any:
    """Confirmed hours of a month that is over, in no run."""
    return WorkEntry.objects.standing().filter(
        state=WorkState.CONFIRMED, day__lt=Month.of(today).first
    )


SOURCES = (
    *(
        Source(
            f"run_{state}", 60 + rank,
            _in_state(state), _in_hand(state),
            cohort="cohort_id", due="month", by_day=True, is_deadline=False,
        )
        for rank, state in enumerate(
            (
                PayRunState.DRAFT, PayRunState.FROZEN, PayRunState.COMPUTED, PayRunState.REVIEWED,
                PayRunState.APPROVED,
            )
        )
    ),
    Source(
        "unpaid_hours", 66, _of_past_months, _to_prepare,
        count=people, amount=total("minutes"), some=_of_past_months,
    ),
    Source("refunds", 67, owed_refunds, _to_refund, cohort="cohort_id"),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
