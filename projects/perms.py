"""Who may do what with hours and money. Button and door ask the same predicate."""

from cohorts.enums import CohortState, EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from projects.models import Project, Task, WorkEntry


def may_open_my_hours(actor: Actor) -> bool:
    """A coopérant, even one who left: their hours stay readable."""
    return actor.is_cooperant


def may_note(actor: Actor, enrolment: Enrolment) -> bool:
    """The person themself, while in the cohort."""
    return (
        actor.is_cooperant
        and actor.enrolment_id == enrolment.pk
        and enrolment.state == EnrolmentState.ACTIVE
    )


def may_read(actor: Actor, entry: WorkEntry) -> bool:
    """One's own hours. Colleagues see them where they confirm, the coordination on its own pages."""
    return actor.is_cooperant and actor.enrolment_id == entry.enrolment_id


def may_change(actor: Actor, entry: WorkEntry) -> bool:
    """The author, while in the cohort. Nobody else edits hours, not even the coordination."""
    return may_note(actor, entry.enrolment)


def may_answer(actor: Actor, entry: WorkEntry) -> bool:
    """Hours that another wrote: only the person concerned says yes or no."""
    return may_note(actor, entry.enrolment)


def may_offer(actor: Actor, own: Enrolment) -> bool:
    """Noting for a colleague: a coopérant still in the cohort; the coordination where it runs hours."""
    return may_note(actor, own)


def may_take_back(actor: Actor, entry: WorkEntry) -> bool:
    """Who wrote for another, while still in the cohort."""
    return actor.is_cooperant and actor.person_id == entry.entered_by_id


def may_confirm_with(actor: Actor, own: Enrolment) -> bool:
    """A coopérant still in the cohort witnesses for the others; the service refuses one's own hours."""
    return may_note(actor, own)


def may_question(actor: Actor, entry: WorkEntry) -> bool:
    """Anybody who may confirm, but never the author."""
    return actor.person_id not in (entry.enrolment.person_id, entry.entered_by_id)


def may_send_expense(actor: Actor, enrolment: Enrolment) -> bool:
    """A coopérant still in the cohort; who left hands the receipt to the coordination."""
    return may_note(actor, enrolment)


def may_run(actor: Actor, cohort: Cohort) -> bool:
    """Hours and money of a cohort: the coordination of its territory."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def may_give_closing_papers(actor: Actor, cohort: Cohort) -> bool:
    """The same, while the cohort is being closed: before, people still enter and work."""
    return may_run(actor, cohort) and cohort.state == CohortState.CLOSING


def may_set_sales(actor: Actor) -> bool:
    """Conditions of sale and choices of VAT belong to the host: its seats only."""
    return actor.is_host


def may_read_sales(actor: Actor, cohort: Cohort) -> bool:
    """Quotes and invoices: the coordination that makes them, the host in whose name they are."""
    return may_run(actor, cohort) or may_validate_sales(actor, cohort)


def may_validate_sales(actor: Actor, cohort: Cohort) -> bool:
    """The host's agreement before a paper leaves in its name."""
    return actor.is_host and actor.organisation_id == cohort.host_id


def may_see_money(actor: Actor, cohort: Cohort) -> bool:
    """What customers owe and paid: the coordination, and the host whose account it reaches."""
    return may_run(actor, cohort) or (actor.is_host and actor.organisation_id == cohort.host_id)


def may_take_money(actor: Actor, cohort: Cohort) -> bool:
    """The same; once the group is archived, its host alone: no pay run shares that money any more."""
    if cohort.state == CohortState.ARCHIVED and not actor.is_host:
        return False
    return may_see_money(actor, cohort)


def may_correct_sales(actor: Actor, cohort: Cohort) -> bool:
    """Credit notes: the coordination; once the group is archived, its host alone."""
    if cohort.state == CohortState.ARCHIVED:
        return may_validate_sales(actor, cohort)
    return may_run(actor, cohort)


def may_count_cash(actor: Actor, cohort: Cohort, own: Enrolment | None) -> bool:
    """Somebody still in the cohort, or its coordination. `own`: the coopérant's enrolment."""
    return may_run(actor, cohort) or (own is not None and may_note(actor, own))


def may_keep_bank(actor: Actor) -> bool:
    """The host reads its own bank, and nobody else does."""
    return actor.is_host


def may_read_tasks(actor: Actor) -> bool:
    """A coopérant, even one who left: what they did stays readable."""
    return actor.is_cooperant


def may_write_task(actor: Actor, cohort: Cohort, own: Enrolment | None = None) -> bool:
    """Anyone still in the cooperative proposes work to do; so does the coordination."""
    return may_run(actor, cohort) or (own is not None and may_note(actor, own))


def may_change_task(actor: Actor, task: Task, own: Enrolment | None = None) -> bool:
    """Who wrote it, or the coordination."""
    return may_write_task(actor, task.cohort, own) and (
        may_run(actor, task.cohort) or task.created_by_id == actor.person_id
    )


def may_tick_task(actor: Actor, task: Task, own: Enrolment | None, *, signed: bool) -> bool:
    """Whoever signed up, whoever wrote the task, the coordination: they were there."""
    if may_run(actor, task.cohort):
        return True
    in_it = own is not None and may_note(actor, own)
    return in_it and (signed or task.created_by_id == actor.person_id)


def may_read_project(actor: Actor, project: Project) -> bool:
    """The group and the coordination of its territory; the host reads accounts, not orders."""
    if actor.is_cooperant:
        return actor.cohort_id == project.cohort_id
    return may_run(actor, project.cohort)


def may_keep_project(actor: Actor, project: Project, own: Enrolment | None) -> bool:
    """Lots, offers, orders, ideas: everybody still at work there, and the coordination.

    Being in the team is no condition: who is at the stall notes what happens at the stall.
    """
    return may_run(actor, project.cohort) or (own is not None and may_note(actor, own))


def may_sell_for(actor: Actor, project: Project) -> bool:
    """Money: the coordination, as everywhere."""
    return may_run(actor, project.cohort)


def may_read_own_invoices(actor: Actor) -> bool:
    """What their cooperative invoiced: every coopérant of it, even one who left."""
    return actor.is_cooperant
