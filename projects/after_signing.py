"""What projects proposes to who has just signed a half-day (cohorts.after_signing)."""

from cohorts.after_signing import Proposal
from cohorts.models import Slot
from ct_platform.kit.actor import Actor
from projects.selectors import projects_of
from projects.selectors.proposed import proposed_between


def propose_hours(actor: Actor, slot: Slot) -> Proposal | None:
    """The hours of that half-day, if they are not noted yet. Four queries at most."""
    day = slot.session.day
    found = proposed_between(actor.enrolment_id or 0, day, day)
    proposed = [one for one in found if one.attended.slot.pk == slot.pk]
    if not proposed:
        return None
    projects = projects_of(actor.cohort_id or 0) if proposed[0].needs_project else []
    return Proposal(
        "projects/_proposed.html", {"hours": proposed, "projects": projects, "may_note": True}
    )
