"""What a token may read: what its organisation follows today, as its pages show it, and no more."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor, Seat, SeatKind
from projects.models import Project
from reports.enums import OUT, STANDING
from reports.models import ApiToken, MergedSnapshot, Report
from reports.querysets import partnerships_in_force
from reports.selectors.follow import cohorts_followed

PUBLIC_LIMIT = 200


def actor_of(token: ApiToken) -> Actor:
    """The seat a token speaks from: its organisation's, whoever made it."""
    seat = Seat(
        kind=SeatKind.PARTNER,
        key=f"token:{token.pk}",
        label=token.name,
        place=token.organisation.name,
        organisation_id=token.organisation_id,
    )
    return Actor(token.made_by.user_id or 0, token.made_by_id, token.made_by.full_name, seat)


def followed_on(token: ApiToken, day: dt.date) -> QuerySet[Any]:
    """Cohorts under a partnership in force that day. Pages keep what was sent while it lasted; a
    machine, which nobody watches, reads nothing of what is over."""
    own = partnerships_in_force(day).filter(organisation_id=token.organisation_id)
    return Cohort.objects.filter(
        Q(pk__in=own.values("cohort")) | Q(territory__in=own.values("territory"))
    )


def cohorts_of(token: ApiToken, day: dt.date) -> QuerySet[Any]:
    rows = cohorts_followed(actor_of(token), followed_on(token, day))
    return rows.select_related("territory", "host").order_by("-starts_on", "name", "pk")


def reports_of(token: ApiToken, day: dt.date) -> QuerySet[Any]:
    """All that were sent, replaced ones included, latest first."""
    successors = Report.objects.filter(replaces=OuterRef("pk"), state__in=OUT)
    rows = Report.objects.visible_to(actor_of(token)).filter(cohort__in=followed_on(token, day))
    joined = rows.select_related("snapshot", "cohort", "replaces")
    found: QuerySet[Any] = joined.annotate(
        successor_id=Subquery(successors.values("snapshot_id")[:1])
    ).order_by("-sent_at", "-pk")
    return found


def standing_reports_of(token: ApiToken, day: dt.date) -> QuerySet[Any]:
    return reports_of(token, day).filter(state__in=STANDING)


def years_of(token: ApiToken, day: dt.date) -> QuerySet[Any]:
    """Published years of the network, and of territories followed that day, latest first."""
    rows = MergedSnapshot.objects.visible_to(actor_of(token)).published()
    mine = rows.filter(
        Q(territory__isnull=True) | Q(territory__in=followed_on(token, day).values("territory"))
    )
    joined = mine.select_related("edition__publication", "territory")
    return joined.order_by("-edition__year", "edition__set_code", "-edition__number", "pk")


def public_cohorts() -> list[tuple[Cohort, list[str]]]:
    """What the public site names, with the trades of each. Two queries."""
    rows = Cohort.objects.public().select_related("territory", "host")
    found = list(rows.order_by("-starts_on", "pk")[:PUBLIC_LIMIT])
    trades: dict[int, list[str]] = defaultdict(list)
    kept = Project.objects.filter(cohort__in=[one.pk for one in found])
    for cohort_id, trade in kept.values_list("cohort_id", "trade").distinct().order_by("trade"):
        trades[cohort_id].append(trade)
    return [(one, trades[one.pk]) for one in found]
