"""Hours of a minor: a hard limit, where adults are only warned."""

import datetime as dt

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from cohorts.models import Enrolment
from cohorts.rules.programmes import is_minor, majority_day
from ct_platform.kit.clock import format_minutes
from ct_platform.kit.errors import Refused
from projects.models import WorkEntry
from projects.rules import monday_of, sunday_of


def refuse_minor(
    own: Enrolment, day: dt.date, minutes: int, *, besides: WorkEntry | None = None
) -> None:
    """Raise Refused when these minutes lead a minor past the hours of their programme.

    At most 8 h a day and 35 h a week (C. trav. L3162-1), less where the programme says so; a week in
    which somebody comes of age counts its days before. Read under the lock of the person: one query,
    and only for minors. Meetings and training count: they are time at work (L3162-1, al. 2).
    """
    born = own.person.birth_date
    if born is None or not is_minor(born, day):
        return
    programme = own.cohort.programme
    last = min(sunday_of(day), majority_day(born) - dt.timedelta(days=1))
    others = WorkEntry.objects.standing().filter(
        enrolment=own, day__gte=monday_of(day), day__lte=last
    )
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    noted = others.aggregate(
        week=Sum("minutes", default=0), day=Sum("minutes", filter=Q(day=day), default=0)
    )
    for total, most, sentence in (
        (
            minutes + noted["day"],
            programme.minor_day_minutes,
            _("Avant 18 ans, on travaille %(most)s par jour au plus. Ici, cela ferait %(total)s."),
        ),
        (
            minutes + noted["week"],
            programme.minor_week_minutes,
            _(
                "Avant 18 ans, on travaille %(most)s par semaine au plus. Ici, cela ferait %(total)s."
            ),
        ),
    ):
        if total > most:
            words = {"most": format_minutes(most), "total": format_minutes(total)}
            raise Refused(sentence % words, field="minutes")
