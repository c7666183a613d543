"""What a coordinator does to close a cohort, said in short."""

from cohorts.enums import CohortState
from cohorts.models import Cohort
from cohorts.selectors.closing import Checked, closing_of
from cohorts.services.closing import explain_missing
from tests.factories import NOW, TODAY
from tests.personas import People


def at_state(cohort: Cohort, state: str, **more: object) -> Cohort:
    """The cohort in that state, as if it had walked there."""
    Cohort.objects.filter(pk=cohort.pk).update(state=state, **more)
    cohort.refresh_from_db()
    return cohort


def closing(people: People) -> Cohort:
    """Cohort A, closing, on its last day."""
    return at_state(people.a.cohort, CohortState.CLOSING, ends_on=TODAY)


def checked(cohort: Cohort, code: str) -> Checked:
    found = closing_of(cohort, TODAY).of(code)
    assert found is not None
    return found


def explain(people: People, code: str, reason: str = "Dit en réunion.", who: str = "driss"):  # type: ignore[no-untyped-def]
    return explain_missing(
        cohort=people.a.cohort, code=code, reason=reason, actor=people.actor(who), at=NOW
    )


def explain_all(people: People) -> None:
    """A reason for everything that a reason may pass."""
    for one in closing_of(people.a.cohort, TODAY).in_the_way:
        if one.can_explain:
            explain(people, one.check.code)
