"""Who may do what with pay. Button and door ask the same predicate.

Rows are found by `visible_to` first: a stranger has already met a 404 before being asked here.
"""

from ct_platform.kit.actor import Actor
from documents.kinds import all_kinds
from payroll.enums import CorrectionState, PayRunState
from payroll.models import Correction, PayRun

REOPENABLE = frozenset(
    {PayRunState.FROZEN, PayRunState.COMPUTED, PayRunState.REVIEWED, PayRunState.APPROVED}
)


def may_read_runs(actor: Actor) -> bool:
    """A run shows everybody's pay: the coordinator and the host, never a coopérant or a partner."""
    return actor.is_coordinator or actor.is_host


def may_prepare_pay(actor: Actor) -> bool:
    """Coordinators open, freeze, compute and review, in their territory."""
    return actor.is_coordinator


def may_approve(actor: Actor) -> bool:
    """A seat at the host, whose agreement it is; the service refuses the reviewer themself."""
    return actor.is_host


def may_issue(actor: Actor) -> bool:
    """Once the host agreed, either side presses the button."""
    return actor.is_coordinator or actor.is_host


def may_reopen(actor: Actor, run: PayRun) -> bool:
    """The coordinator, or the host who sends a run back, before it is issued."""
    return (actor.is_coordinator or actor.is_host) and run.state in REOPENABLE


def may_follow_papers(actor: Actor) -> bool:
    """See how far the papers are, and have failed ones made again."""
    return actor.is_coordinator or actor.is_host


def sealed_kinds(actor: Actor) -> list[str]:
    """Papers whose progress the actor follows without opening them: slips, for a coordinator."""
    return [kind.code for kind in all_kinds() if actor.kind not in kind.open_to]


def may_set_host_pay(actor: Actor) -> bool:
    """Settings and contribution profiles belong to the host, never to a coordinator."""
    return actor.is_host


def may_export(actor: Actor) -> bool:
    """Files for the host's accounts carry tax, addresses and slips: its seats only."""
    return actor.is_host


def may_take_books(actor: Actor) -> bool:
    """Sales, VAT, entries and hours of a cohort: its coordination and its host. No pay is in them."""
    return actor.is_coordinator or actor.is_host


def may_correct(actor: Actor) -> bool:
    """Propose and read corrections of slips: the host's seats, who answer for what they issued."""
    return actor.is_host


def may_issue_correction(actor: Actor, correction: Correction) -> bool:
    """Another person of the host than the one who proposed it."""
    waits = correction.state == CorrectionState.PROPOSED
    return actor.is_host and waits and correction.proposed_by_id != actor.person_id


def may_handle_uploads(actor: Actor) -> bool:
    """Slips made elsewhere are the host's: its seats alone receive, check and hand them out."""
    return actor.is_host


def may_choose_own_slip(actor: Actor) -> bool:
    """A coopérant says how they want their own slip, also once they have left."""
    return actor.is_cooperant


def may_follow_slips(actor: Actor) -> bool:
    """Record what was said in a meeting or by letter, and give slips on paper: both sides may."""
    return actor.is_coordinator or actor.is_host


def may_print_slips(actor: Actor) -> bool:
    """Open the slip of somebody who wants it on paper: the host, whose paper it is."""
    return actor.is_host


def may_read_own_pay(actor: Actor) -> bool:
    """A coopérant reads their own pay, and nobody else's."""
    return actor.is_cooperant


def may_follow_payments(actor: Actor) -> bool:
    """Who is paid, when, how much: the coordinator and the host. Accounts: the host alone."""
    return actor.is_coordinator or actor.is_host


def may_pay(actor: Actor) -> bool:
    """Money leaves the host: its seats prepare, send, mark and take back payments and advances."""
    return actor.is_host


def may_keep_accounts(actor: Actor) -> bool:
    """See the last four signs of an account, enter or remove one: the host that pays."""
    return actor.is_host
