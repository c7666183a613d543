"""Who may read, prepare, question and share reports. Scope (whose cohort) is held by the querysets."""

from ct_platform.kit.actor import Actor
from reports.enums import AT_HOME, STANDING, ReportState
from reports.models import ApiToken, Recipient, Report, ShareLink
from reports.querysets import READERS


def can_follow(actor: Actor) -> bool:
    """Partners, and staff who read what partners read. A coopérant has their own pages."""
    return not actor.is_cooperant


def can_freeze(actor: Actor) -> bool:
    """The coordinator of the territory, who also sees the report before it is sent."""
    return actor.is_coordinator


def can_ask_for_report(actor: Actor) -> bool:
    return actor.kind in READERS


def can_review(actor: Actor, report: Report) -> bool:
    return actor.is_coordinator and report.state in AT_HOME


def can_comment(actor: Actor, report: Report) -> bool:
    return actor.is_coordinator and report.state == ReportState.PREPARED


def can_correct(actor: Actor, report: Report) -> bool:
    return actor.is_coordinator and report.state in STANDING


def can_exchange(actor: Actor) -> bool:
    """The seats of an organisation that receives reports: they ask and accept in its name."""
    return actor.kind in READERS


def can_ask(actor: Actor, report: Report, own: Recipient | None) -> bool:
    """Whether the form is shown: the report was sent to one's organisation, which has not said yes."""
    return (
        can_exchange(actor)
        and report.state == ReportState.SENT
        and own is not None
        and own.accepted_at is None
    )


def can_answer(actor: Actor) -> bool:
    return actor.is_coordinator


def can_share(actor: Actor) -> bool:
    """The coordination, for any organisation that received the report; a partner, for its own."""
    return actor.is_coordinator or actor.kind in READERS


def can_close(actor: Actor, link: ShareLink) -> bool:
    return actor.is_coordinator or link.organisation_id == actor.organisation_id


def can_see_tokens(actor: Actor) -> bool:
    """A partner its own; the network all of them, to close one."""
    return actor.is_partner or actor.is_network


def can_make_token(actor: Actor) -> bool:
    return actor.is_partner


def can_close_token(actor: Actor, token: ApiToken) -> bool:
    return actor.is_network or (actor.is_partner and token.organisation_id == actor.organisation_id)


def can_open_data(actor: Actor) -> bool:
    """Only the network says what everybody may take."""
    return actor.is_network


def can_publish_years(actor: Actor) -> bool:
    """The network, which alone sees every territory: all scopes of a year are frozen together."""
    return actor.is_network
