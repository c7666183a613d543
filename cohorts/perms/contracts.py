"""Who may do what with contracts: the host writes them, the coordinator reads them, each has their own."""

from cohorts.enums import CohortState
from cohorts.enums.contracts import FilePurpose
from cohorts.models import Cohort, Contract, ContractFile
from ct_platform.kit.actor import Actor


def can_see_contracts(actor: Actor, cohort: Cohort) -> bool:
    """The host whose contracts they are, and the coordinator of the territory."""
    return can_write_contracts(actor, cohort) or (
        actor.is_coordinator and actor.territory_id == cohort.territory_id
    )


def can_write_contracts(actor: Actor, cohort: Cohort) -> bool:
    """The host, whose contracts they are; even once the cohort is archived, for they may end after it."""
    return actor.is_host and actor.organisation_id == cohort.host_id


def can_prepare_contracts(actor: Actor, cohort: Cohort) -> bool:
    """The host, until the cohort is archived: nobody enters it any more."""
    return can_write_contracts(actor, cohort) and cohort.state != CohortState.ARCHIVED


def can_set_contracts(actor: Actor) -> bool:
    """What a host proposes, and what it owes to the authorities: its own people."""
    return actor.is_host


def can_open_file(actor: Actor, file: ContractFile) -> bool:
    """Found in scope: staff open all; a coopérant, what they signed and its annexes, not letters sent."""
    return not actor.is_cooperant or file.purpose != FilePurpose.PROOF


def can_renew(actor: Actor, contract: Contract) -> bool:
    return (
        can_write_contracts(actor, contract.enrolment.cohort)
        and contract.is_signed
        and contract.nature.is_drawn_here
    )
