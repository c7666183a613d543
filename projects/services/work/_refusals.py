"""Why hours cannot be written: each reason with its sentence, the same from every door."""

import datetime as dt

from django.db.models import Sum
from django.utils.translation import gettext as _

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from projects.enums import WorkKind
from projects.models import Project, WorkEntry
from projects.rules import DAY_MINUTES


def same_or_refused(
    seen: WorkEntry,
    own: Enrolment,
    day: dt.date,
    minutes: int,
    kind: str,
    project: Project | None,
    starts_at: int | None,
) -> WorkEntry:
    """The entry a key made, when it is asked for again with the same words."""
    sent = (own.pk, day, minutes, kind, project.pk if project else None, starts_at)
    if sent != (
        seen.enrolment_id,
        seen.day,
        seen.minutes,
        seen.kind,
        seen.project_id,
        seen.starts_at,
    ):
        raise Refused(used_form())
    return seen


def used_form() -> str:
    return _("Ce formulaire a déjà servi. Recharge la page, puis note tes heures.")


def refuse_closed(own: Enrolment) -> None:
    if own.cohort.state == CohortState.ARCHIVED:
        raise Refused(_("La coopérative est terminée. Ses heures ne changent plus."))
    if own.state != EnrolmentState.ACTIVE:
        raise Refused(_("Ton parcours est terminé. Pour un oubli, parle à la coordination."))


def refuse_day(own: Enrolment, day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Refused(
            _("Ce jour n’est pas encore là. Note tes heures après le travail."), field="day"
        )
    if day < own.cohort.starts_on:
        first = clock.format_day(own.cohort.starts_on)
        raise Refused(_("La coopérative a commencé le %s.") % first, field="day")
    if day > own.cohort.ends_on:
        last = clock.format_day(own.cohort.ends_on)
        raise Refused(_("La coopérative s’est terminée le %s.") % last, field="day")


def refuse_work(own: Enrolment, kind: str, project: Project | None) -> None:
    if kind not in WorkKind.values:
        raise Refused(_("Choisis un travail."), field="work")
    if kind == WorkKind.PRODUCTION and project is None:
        raise Refused(_("Choisis un travail."), field="work")
    if project is not None and project.cohort_id != own.cohort_id:
        raise Refused(_("Ce travail n’est pas dans ta coopérative."), field="work")


def refuse_start(starts_at: int | None) -> None:
    if starts_at is not None and not 0 <= starts_at < DAY_MINUTES:
        raise Refused(_("Une journée va de 0 h à 23 h 59."), field="starts_at")


def refuse_long_day(
    own: Enrolment, day: dt.date, minutes: int, *, besides: WorkEntry | None = None
) -> None:
    """A day has 24 hours: the sum is read under the lock of the person, so it cannot be raced."""
    if minutes < 1:
        raise Refused(_("Note au moins 1 minute."), field="minutes")
    others = WorkEntry.objects.standing().filter(enrolment=own, day=day)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    total = minutes + (others.aggregate(total=Sum("minutes"))["total"] or 0)
    if total > DAY_MINUTES:
        sentence = _("Une journée a 24 heures au plus. Tu as noté %s.")
        raise Refused(sentence % clock.format_minutes(total), field="minutes")
