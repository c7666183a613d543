"""Where a cohort stands, and what comes next."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.components import Step


@dataclass(frozen=True, slots=True)
class NextStep:
    """The button that moves a cohort on, and what it changes."""

    to: str
    label: str | Promise
    effect: str | Promise


_ICONS = {
    CohortState.DRAFT: "stylo",
    CohortState.RECRUITING: "groupe",
    CohortState.RUNNING: "vente",
    CohortState.CLOSING: "cagnotte",
    CohortState.ARCHIVED: "attestation",
}
_NEXT = {
    CohortState.DRAFT: NextStep(
        CohortState.RECRUITING,
        _("Ouvrir le recrutement"),
        _("La coopérative apparaît sur le site public, parmi celles qui recrutent."),
    ),
    CohortState.RECRUITING: NextStep(
        CohortState.RUNNING,
        _("Démarrer la coopérative"),
        _("Elle n’est plus annoncée comme recrutant. Le premier jour ne change plus."),
    ),
    CohortState.RUNNING: NextStep(
        CohortState.CLOSING,
        _("Passer à la clôture"),
        _("Plus personne n’entre. On termine les comptes, la dernière paie et les papiers."),
    ),
    CohortState.CLOSING: NextStep(
        CohortState.ARCHIVED,
        _("Archiver la coopérative"),
        _("Les parcours sont notés terminés et rien ne change plus. Chacun garde ses papiers."),
    ),
}


def steps_of(cohort: Cohort) -> list[Step]:
    """The thread of the five states. No query."""
    order = list(CohortState)
    here = order.index(CohortState(cohort.state))
    return [
        Step(
            label=str(state.label).capitalize(),
            state="done" if place < here else "now" if place == here else "later",
            icon=_ICONS[state],
        )
        for place, state in enumerate(order)
    ]


def next_step_of(cohort: Cohort) -> NextStep | None:
    return _NEXT.get(CohortState(cohort.state))
