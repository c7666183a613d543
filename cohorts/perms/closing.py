"""Who closes a cohort."""

from cohorts.enums import CohortState
from cohorts.models import Cohort
from ct_platform.kit.actor import Actor


def can_see_closing(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator of its territory, also once it is archived: the reasons stay readable."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_explain(actor: Actor, cohort: Cohort) -> bool:
    """The coordinator, while the cohort runs or is being closed."""
    return can_see_closing(actor, cohort) and cohort.state in (
        CohortState.RUNNING,
        CohortState.CLOSING,
    )
