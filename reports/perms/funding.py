"""Who may read and write what funders pay. Scope (whose line) is held by the querysets."""

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from reports.enums.funding import DueState, FundingState, ReceiptKind
from reports.models import FundingDue, FundingLine, FundingReceipt


def can_read_funding(actor: Actor) -> bool:
    """The coordination, the network, and partners, each for the lines they see."""
    return actor.is_coordinator or actor.is_network or actor.is_partner


def can_keep_funding(actor: Actor) -> bool:
    """Lines are written by the coordination of their territory."""
    return actor.is_coordinator


def can_edit_line(actor: Actor, line: FundingLine) -> bool:
    return can_keep_funding(actor) and not line.is_over


def can_drop(actor: Actor, line: FundingLine) -> bool:
    """Before an agreement; after it a line is closed."""
    return can_keep_funding(actor) and line.state in (FundingState.ASKED, FundingState.GRANTED)


def can_receive(actor: Actor, line: FundingLine) -> bool:
    return can_keep_funding(actor) and line.state == FundingState.AGREED


def can_reverse(actor: Actor, receipt: FundingReceipt) -> bool:
    return can_receive(actor, receipt.line) and receipt.kind != ReceiptKind.COUNTER


def can_hand_over(actor: Actor, due: FundingDue) -> bool:
    return can_edit_line(actor, due.line) and due.state == DueState.EXPECTED


def can_read_budget(actor: Actor) -> bool:
    """The coordination, from the accounts; the network and funders, through what was published."""
    return can_read_funding(actor)


def can_note_cost(actor: Actor, cohort: Cohort) -> bool:
    """Even of an archived cohort: invoices come late, and the balance sheet later still."""
    return actor.is_coordinator and actor.territory_id == cohort.territory_id


def can_prove(actor: Actor) -> bool:
    """The list of proofs names people: the coordination alone."""
    return actor.is_coordinator


def can_read_participants(actor: Actor) -> bool:
    """Raw counts of participants belong to the coordination, which owns the file."""
    return actor.is_coordinator
