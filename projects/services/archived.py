"""What the host alone still does with money once the group is archived: no pay run shares it any more."""

from cohorts.enums import CohortState
from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from projects.models import Invoice


def is_hosts_alone(cohort: Cohort, actor: Actor) -> bool:
    """Whether the group is archived, and this is a seat of the host that carries it."""
    return (
        cohort.state == CohortState.ARCHIVED
        and actor.is_host
        and actor.organisation_id == cohort.host_id
    )


def refuse_closed(cohort: Cohort, actor: Actor) -> None:
    """Customers pay, and are paid back, after the end. Raises Refused for anybody else."""
    if not is_hosts_alone(cohort, actor):
        refuse_archived(cohort)


def refuse_closed_invoice(invoice: Invoice, actor: Actor) -> None:
    """The same of a credit note, from its draft to its customer; any other invoice is over for all."""
    if invoice.is_credit:
        refuse_closed(invoice.cohort, actor)
    else:
        refuse_archived(invoice.cohort)
