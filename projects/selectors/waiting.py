"""What projects knows that waits in a cohort: hours to confirm or to settle, weeks, activities."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts import waiting
from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from cohorts.waiting import Line, Pile, Source, door, people, total
from ct_platform.kit.clock import format_minutes, monday_of
from projects.models import ExpenseClaim, Project, WeekDeclaration, WorkEntry

WEEK = dt.timedelta(days=7)


def _no_activity(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    text = _("Ajoutez le jardin, la cuisine, l’étal…")
    url = door("projects:activities", pile)
    return Line("vente", _("Aucune activité"), text, url, state=_("Pour commencer"))


def _disputed(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = _("%(hours)s en désaccord") % {"hours": format_minutes(pile.amount)}
    text = ngettext(
        "Une question posée sur une journée.",
        "%(n)s questions posées sur des journées.",
        pile.count,
    )
    return Line(
        "bulle", title, text % {"n": pile.count}, door("projects:cohort_hours", pile),
        state=_("À trancher"), tone="bad",
    )  # fmt: skip


def _to_confirm(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = _("%(hours)s à confirmer") % {"hours": format_minutes(pile.amount)}
    text = ngettext("%(n)s personne concernée", "%(n)s personnes concernées", pile.count)
    return Line(
        "horloge", title, text % {"n": pile.count}, door("projects:cohort_hours", pile),
        state=_("Avant la paie"), tone="warn",
    )  # fmt: skip


def _undeclared(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext(
        "%(n)s semaine pas encore complète", "%(n)s semaines pas encore complètes", pile.count
    )
    text = _("La semaine dernière : zéro ou oublié ?")
    return Line(
        "groupe", title % {"n": pile.count}, text, door("projects:cohort_hours", pile),
        state=_("Cette semaine"), tone="warn",
    )  # fmt: skip


def _claims(pile: Pile, cohort: Cohort, today: dt.date) -> Line:
    title = ngettext("%(n)s dépense envoyée", "%(n)s dépenses envoyées", pile.count)
    text = _("Regardez le ticket, puis acceptez ou dites pourquoi non.")
    return Line(
        "cagnotte", title % {"n": pile.count}, text, door("projects:claims", pile),
        state=_("À accepter"), tone="warn",
    )  # fmt: skip


def _said_nothing(today: dt.date) -> Any:
    """Of the week before, in cohorts that had begun by its end."""
    said = WeekDeclaration.objects.filter(enrolment=OuterRef("pk"), monday=monday_of(today) - WEEK)
    return Enrolment.objects.filter(
        state=EnrolmentState.ACTIVE,
        cohort__state=CohortState.RUNNING,
        cohort__starts_on__lt=monday_of(today),
    ).exclude(Exists(said))


SOURCES = (
    Source(
        "no_activity", 12,
        lambda today: Cohort.objects.exclude(
            state__in=[CohortState.CLOSING, CohortState.ARCHIVED]
        ).exclude(Exists(Project.objects.filter(cohort=OuterRef("pk")))),
        _no_activity, cohort="id",
    ),
    Source(
        "disputed_hours", 35,
        lambda today: WorkEntry.objects.awaiting().exclude(question=""),
        _disputed, amount=total("minutes"),
    ),
    Source(
        "hours", 36, lambda today: WorkEntry.objects.awaiting().filter(day__lte=today), _to_confirm,
        count=people, amount=total("minutes"),
    ),
    Source("weeks", 37, _said_nothing, _undeclared, cohort="cohort_id"),
    Source("claims", 38, lambda today: ExpenseClaim.objects.waiting(), _claims),
)  # fmt: skip


def register_all() -> None:
    for source in SOURCES:
        waiting.register(source)
