"""Who counts for the quorum of a vote, before its count and in it: one rule. Source: voting.md, §1."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from decisions.enums import Presence
from decisions.models import AssemblyAttendance, Elector

HERE = (Presence.PRESENT, Presence.REPRESENTED)


def present_of(roll: QuerySet[Elector]) -> QuerySet[Elector]:
    """Of the roll: who cast a ballot, and who sits, or is represented, in the assembly of the vote.

    Each once. Attendance goes on changing until the assembly closes.
    """
    sitting = AssemblyAttendance.objects.filter(
        assembly__agenda__poll=OuterRef("poll"),
        enrolment=OuterRef("enrolment"),
        presence__in=HERE,
    )
    return roll.filter(Q(used=True) | Exists(sitting))


def present_in_each() -> Any:
    """The same number for each poll of a query."""
    roll = present_of(Elector.objects.filter(poll=OuterRef("pk"))).order_by().values("poll")
    number = Subquery(roll.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return Coalesce(number, 0)
