"""Who may do what with votes. Rows are found by `visible_to` first: other cohorts are unknown (404).

Coordinators support and never decide: they open, cancel and close votes, and cannot vote.
"""

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from ct_platform.kit.actor import Actor
from decisions.enums import AssemblyState
from decisions.models import Assembly, KeyHolder, Poll, Proposal


def may_take_part(actor: Actor) -> bool:
    """Coopérants: see what is to decide, and vote when the roll names them."""
    return actor.is_cooperant


def may_run_votes(actor: Actor, cohort: Cohort) -> bool:
    """Coordinator of the territory: open, follow, cancel, close."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def may_call_on_paper(actor: Actor, assembly: Assembly) -> bool:
    """The coordinator; nobody is called to an assembly that was cancelled."""
    return may_run_votes(actor, assembly.cohort) and assembly.state != AssemblyState.CANCELLED


def may_run_poll(actor: Actor, poll: Poll) -> bool:
    return may_run_votes(actor, poll.proposal.cohort)


def may_keep_key(actor: Actor, holder: KeyHolder | None) -> bool:
    """The person drawn, from the seat they were drawn in: a coordinator's key is no coopérant's."""
    if holder is None or holder.person_id != actor.person_id:
        return False
    return actor.is_coordinator if holder.is_coordinator else actor.is_cooperant


def may_propose(actor: Actor, cohort_id: int) -> bool:
    """Coopérants still in the group write proposals. One query for a coopérant."""
    return actor.is_cooperant and _still_in(actor, cohort_id)


def may_read_proposal(actor: Actor, proposal: Proposal) -> bool:
    """The group and its coordinator, also once the vote is over."""
    return actor.is_cooperant or may_run_votes(actor, proposal.cohort)


def may_discuss(actor: Actor, proposal: Proposal) -> bool:
    """For, against, questions, changes: the coopérants still in the group, never the coordinator."""
    return may_propose(actor, proposal.cohort_id)


def may_answer(actor: Actor, proposal: Proposal) -> bool:
    """Whoever discusses, and the coordinator, who knows facts."""
    return may_discuss(actor, proposal) or may_run_votes(actor, proposal.cohort)


def may_carry(actor: Actor, proposal: Proposal) -> bool:
    """Its owner. One that nobody in the group carries any more is the coordinator's to look after."""
    if actor.is_cooperant:
        own = proposal.owner_id is not None and proposal.owner_id == actor.enrolment_id
        return own and _still_in(actor, proposal.cohort_id)
    orphan = proposal.owner is None or proposal.owner.state == EnrolmentState.LEFT
    return orphan and may_run_votes(actor, proposal.cohort)


def _still_in(actor: Actor, cohort_id: int) -> bool:
    own = Enrolment.objects.of_cohort(cohort_id).active().filter(pk=actor.enrolment_id or 0)
    return actor.cohort_id == cohort_id and own.exists()


def may_read_assembly(actor: Actor, assembly: Assembly) -> bool:
    """The group and its coordinator; the host finds the minutes among its papers."""
    return actor.is_cooperant or may_run_votes(actor, assembly.cohort)


def may_write_assembly(actor: Actor, assembly: Assembly) -> bool:
    """Attendance and debate: the coordinator, or the secretary of the day from their phone."""
    if actor.is_cooperant:
        return actor.enrolment_id is not None and actor.enrolment_id == assembly.secretary_id
    return may_run_votes(actor, assembly.cohort)


def minutes_role(actor: Actor, assembly: Assembly) -> str | None:
    """ "chair", "secretary", or None: who signs, from their own seat; nobody signs for another."""
    if not actor.is_cooperant or actor.enrolment_id is None:
        return None
    table = {assembly.chair_id: "chair", assembly.secretary_id: "secretary"}
    return table.get(actor.enrolment_id)


def may_recount(actor: Actor, poll: Poll) -> bool:
    """Who took part, and who ran it: the ballots file names nobody."""
    return may_take_part(actor) or may_run_poll(actor, poll)
