"""Assemblies on the calendar of their cohort, in the agenda of its people and on their phones."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.gatherings import Gathering
from ct_platform.kit.clock import PARIS
from decisions.enums import AssemblyState
from decisions.models import Assembly


def assemblies_between(
    cohort_ids: Collection[int], first: dt.date, last: dt.date | None
) -> Iterable[Gathering]:
    """What is convened, held or cancelled; its agenda stays behind the door. One query."""
    rows = Assembly.objects.filter(
        cohort_id__in=cohort_ids, starts_at__gte=dt.datetime.combine(first, dt.time(), tzinfo=PARIS)
    ).select_related("cohort")
    if last is not None:
        after = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=PARIS)
        rows = rows.filter(starts_at__lt=after)
    for one in rows:
        cancelled = one.state == AssemblyState.CANCELLED
        yield Gathering(
            key=f"assembly:{one.pk}",
            cohort_id=one.cohort_id,
            cohort_name=one.cohort.name,
            title=_("Assemblée"),
            place=one.place,
            starts_at=one.starts_at,
            ends_at=None,
            url=reverse("decisions:assembly", args=[one.pk]),
            icon="urne",
            category=_("assemblée"),
            is_cancelled=cancelled,
            version=2 if cancelled else 1,
        )
