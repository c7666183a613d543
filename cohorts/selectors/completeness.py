"""Which entry files lack something, counted in the database for any number of cohorts.

The same judgement as rules.completeness, which a page of one file uses; a test holds them together.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts.enums import EnrolmentState
from cohorts.enums.entry_files import MISSING
from cohorts.models import Enrolment, EntryPlace, EntrySituation
from cohorts.rules.completeness import ADDRESS, BIRTH_DATE, CONTACT, QUARTER, REQUIRED
from cohorts.rules.participants import UNEMPLOYED

_NOT_ANSWERS = {BIRTH_DATE, CONTACT, ADDRESS, QUARTER, "seeking_since"}


def has_complete_file(among: Any = None) -> Q:
    """Enrolments whose file lacks nothing. A refusal is an answer.

    `among`: ids or a queryset of the only cohorts asked about: the files of no other are then read.
    """
    bound = {} if among is None else {"enrolment__cohort__in": among}
    situations = EntrySituation.objects.filter(enrolment=OuterRef("pk"), **bound).current()
    for code in REQUIRED:
        if code not in _NOT_ANSWERS:
            situations = situations.exclude(**{code: MISSING})
    asked_since_when = Q(labour__in=sorted(UNEMPLOYED), seeking_since=MISSING)
    situations = situations.exclude(asked_since_when)
    places = (
        EntryPlace.objects.filter(enrolment=OuterRef("pk"), **bound)
        .current()
        .exclude(Q(address="") | Q(postcode="") | Q(city="") | Q(quarter_status=""))
    )
    reached = ~Q(person__phone="") | ~Q(person__email="")
    by_referent = Exists(situations.exclude(referent=""))
    return (
        Q(person__birth_date__isnull=False)
        & Q(Exists(situations))
        & Q(Exists(places))
        & (reached | Q(by_referent))
    )


def participants() -> QuerySet[Any]:
    """Whoever took part: what funders count files of. No query yet."""
    return Enrolment.objects.exclude(state=EnrolmentState.SELECTED)
