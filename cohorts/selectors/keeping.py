"""The end is near: everybody is reminded to take their papers with them."""

import datetime as dt

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Enrolment
from ct_platform.kit.actor import Actor
from documents.panels import Panel

_ENDING = (CohortState.CLOSING, CohortState.ARCHIVED)
_OVER = (EnrolmentState.LEFT, EnrolmentState.COMPLETED)


def keep_papers(actor: Actor) -> Panel | None:
    """The reminder of "Mes papiers", once the person left or the cohort closes. Costs one query."""
    if not actor.is_cooperant:
        return None
    own = Enrolment.objects.select_related("cohort").filter(pk=actor.enrolment_id).first()
    if own is None or (own.cohort.state not in _ENDING and own.state not in _OVER):
        return None
    left_on: dt.date | None = own.left_on
    context = {"left_on": left_on, "cohort": own.cohort.name, "ends_on": own.cohort.ends_on}
    return Panel("cohorts/_keep_papers.html", context, first=True)
