"""What waits at the end and after: the closing, who is to be called for news, contacts to read."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.enums import CohortState
from cohorts.models import Cohort
from cohorts.selectors.contacts import proposed
from cohorts.selectors.follow_ups import overdue
from cohorts.waiting import Line, Pile, Source, door
from ct_platform.kit.clock import format_day

# The closing is long: it is proposed four weeks before the last day.
_CLOSING_DAYS = dt.timedelta(days=28)


def _near_the_end(today: dt.date) -> Any:
    near = Q(state=CohortState.RUNNING, ends_on__lte=today + _CLOSING_DAYS)
    return Cohort.objects.filter(near | Q(state=CohortState.CLOSING))


def _closing(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    return Line(
        "attestation",
        _("La coopérative finit le %(day)s") % {"day": format_day(cohort.ends_on)},
        _("Ce qui reste à régler avant l’archive, les comptes, les attestations."),
        door("cohorts:closing", pile),
        state=_("Clôture"),
    )


def _to_call(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s réponse à aller chercher", "%(n)s réponses à aller chercher", pile.count
    )
    return Line(
        "telephone",
        title % {"n": pile.count},
        _("Des personnes sorties ont dit oui pour donner des nouvelles, et n’ont pas répondu."),
        door("cohorts:after", pile),
        law=_("FSE+, données à six mois"),
        state=_("À appeler"),
    )


def _proposed(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s contact proposé", "%(n)s contacts proposés", pile.count)
    return Line(
        "personne",
        title % {"n": pile.count},
        _("À relire, puis à garder pour tout le groupe."),
        door("cohorts:contacts", pile),
        state=_("Sans urgence"),
        tone="wait",
    )


SOURCES = (
    Source("closing", 35, _near_the_end, _closing, cohort="id"),
    Source("to_call", 60, overdue, _to_call),
    Source("proposed", 95, lambda today: proposed(), _proposed, cohort="cohort_id"),
)


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
