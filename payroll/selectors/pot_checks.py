"""What to look at in the money of a run: the reserve, the months without pay, what is left at the end."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ct_platform.kit.clock import Month
from ct_platform.kit.money import euros
from payroll.engine.errors import MonthNotCovered
from payroll.engine.params import load_params
from payroll.enums import FixedPer, PayRhythm
from payroll.models import HostSettings, PayRun
from payroll.rules.profiles import is_expired
from payroll.selectors.checks import Check
from payroll.selectors.in_force import InForce
from payroll.selectors.pot import Pot
from payroll.selectors.sharing import Sharing


def of_draft(run: PayRun, found: InForce, pot: Pot) -> list[Check]:
    """What blocks the photograph, then what deserves a second look. No query."""
    checks = _blocking(run, found)
    if run.reserve and run.reserve_decision is None:
        checks.append(
            Check(
                "warn",
                _("La réserve de %(amount)s ne repose sur aucune décision du groupe.")
                % {"amount": euros(run.reserve)},
                reverse("payroll:edit_draft", args=[run.cohort_id, run.pk]),
                _("Choisir la décision"),
            )
        )
    if found.settings is not None:
        checks += _of_settings(run, found.settings, pot)
    return checks


def at_the_end(run: PayRun, sharing: Sharing) -> list[Check]:
    """Cents kept when no pay follows: said, with what can be done. Never lost."""
    left = sharing.totals.remainder
    if not left or run.month < last_month(run):
        return []
    text = ngettext(
        "Fin de la cohorte : il reste %(left)s, gardés sur le compte de %(n)s personne. Une vente "
        "payée plus tard ouvre une dernière paie, qui les reprend. Sinon le groupe vote leur usage, "
        "et la coopérative hôte l’écrit dans ses comptes.",
        "Fin de la cohorte : il reste %(left)s, gardés sur le compte de %(n)s personnes. Une vente "
        "payée plus tard ouvre une dernière paie, qui les reprend. Sinon le groupe vote leur usage, "
        "et la coopérative hôte l’écrit dans ses comptes.",
        sum(1 for row in sharing.people if row.share.remainder),
    ) % {"left": euros(left), "n": sum(1 for row in sharing.people if row.share.remainder)}
    url = reverse("decisions:of_cohort", kwargs={"cohort_id": run.cohort_id})
    return [Check("warn", text, url, _("Voir les décisions"))]


def last_month(run: PayRun) -> dt.date:
    return Month.of(run.cohort.ends_on).first


def _blocking(run: PayRun, found: InForce) -> list[Check]:
    checks = []
    try:
        load_params(run.month)
    except MonthNotCovered as error:
        checks.append(Check("warn", str(error)))
    if found.profile is not None and is_expired(found.profile.in_force_from, run.month):
        checks.append(
            Check(
                "warn",
                _(
                    "Le profil de cotisations date de %(was)s. La coopérative hôte doit en écrire une "
                    "version pour %(now)s : sans elle, pas de photo."
                )
                % {"was": found.profile.in_force_from.year, "now": run.month.year},
            )
        )
    return checks


def _of_settings(run: PayRun, settings: HostSettings, pot: Pot) -> list[Check]:
    checks = []
    if settings.pay_rhythm == PayRhythm.FINAL and run.month != last_month(run):
        checks.append(
            Check(
                "warn",
                _(
                    "La coopérative hôte paie une seule fois, à la fin de la cohorte (%(month)s). "
                    "Cette paie est celle d’un autre mois."
                )
                % {"month": Month(last_month(run))},
            )
        )
    if pot.idle and not settings.idle_month_cost:
        text = ngettext(
            "%(n)s mois de CAPE sans paie, et la coopérative hôte n’a pas écrit ce qu’il coûte : rien "
            "n’est retenu du pot.",
            "%(n)s mois de CAPE sans paie, et la coopérative hôte n’a pas écrit ce qu’ils coûtent : "
            "rien n’est retenu du pot.",
            len(pot.idle),
        ) % {"n": len(pot.idle)}
        checks.append(
            Check(
                "warn",
                text,
                reverse("payroll:pot", args=[run.cohort_id, run.pk]) + "#mois-sans-paie",
                _("Voir les mois"),
            )
        )
    if run.waived_people and settings.contribution_fixed_per != FixedPer.PERSON:
        checks.append(
            Check(
                "warn",
                _(
                    "Des personnes sont dispensées d’une part fixe que la coopérative hôte ne compte "
                    "pas par personne : la dispense ne change rien."
                ),
            )
        )
    return checks
