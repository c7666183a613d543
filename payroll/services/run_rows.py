"""Holding the row of a run while a service works on it, and what several steps ask of it."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from ct_platform.kit.errors import Refused, Stale
from payroll.enums import PayRunState
from payroll.models import HostSettings, PayRun


def hold(run: PayRun) -> PayRun:
    """Read the run again under a row lock: of two who act at once, the second sees what the first did.

    Call inside a transaction. SQLite has no row locks; its IMMEDIATE transactions already queue.
    """
    held: PayRun = (
        PayRun.objects.select_for_update(of=("self",))
        .select_related(
            "cohort__host", "cohort__territory", "profile", "settings", "reserve_decision"
        )
        .get(pk=run.pk)
    )
    return held


def require_same_reading(run: PayRun, seen: str) -> None:
    """Raises Stale when the page was read before the last photograph or computation."""
    if seen and seen != run.reading:
        raise Stale(
            _(
                "Les chiffres ont changé depuis que vous avez ouvert cette page. Relisez-les d’abord."
            )
        )


def require_confirmed(run: PayRun) -> None:
    """Raises Refused while nobody has confirmed the profile in writing.

    Not asked when the host's own software makes the slips: what we compute is an estimate anyway.
    """
    if run.makes_slips and run.is_simulation:
        raise Refused(
            _(
                "Le profil de cotisations n’est pas confirmé. Cette paie reste une estimation, "
                "sans valeur de bulletin."
            )
        )


def frozen_settings(run: PayRun) -> HostSettings:
    """The host's settings photographed with the run. Raises Refused on a draft, which has none."""
    if run.settings is None:
        raise Refused(_("Photographiez d’abord les heures et les ventes."))
    return run.settings


def refuse_counted(day: dt.date, **which: Any) -> None:
    """Raises Refused when a run of `which` cohorts, of that month or later, is already photographed."""
    counted = (
        PayRun.objects.filter(month__gte=day.replace(day=1), **which)
        .exclude(state=PayRunState.DRAFT)
        .exists()
    )
    if counted:
        raise Refused(
            _(
                "Une paie de ce mois, ou d’après, est déjà photographiée. Choisissez un jour plus tard."
            ),
            field="in_force_from",
        )
