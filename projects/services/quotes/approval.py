"""A quote in the host's hands, when its conditions ask to see it first."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from projects.enums import QUOTE_ALLOWED, QuoteState
from projects.models import Quote
from projects.selectors.selling import terms_on


@transaction.atomic
def submit_quote(*, quote: Quote, actor: Actor, at: dt.datetime) -> Quote:
    """Give a draft to the host. Twice is quiet. Refused when the host asks to see none."""
    refuse_archived(quote.cohort)
    if quote.state == QuoteState.SUBMITTED:
        return quote
    terms = terms_on(quote.cohort.host_id, civil_day(at))
    if terms is not None and not terms.asks_to_validate:
        raise Refused(_("La coopérative hôte ne demande pas à valider : envoyez-le directement."))
    states.move(
        quote, QuoteState.SUBMITTED, allowed=QUOTE_ALLOWED, by_person_id=actor.person_id, at=at,
        sent_back_because="",
    )  # fmt: skip
    return quote


@transaction.atomic
def approve_quote(*, quote: Quote, actor: Actor, at: dt.datetime) -> Quote:
    """The host's agreement. Twice is quiet."""
    refuse_archived(quote.cohort)
    if quote.state == QuoteState.APPROVED:
        return quote
    states.move(
        quote, QuoteState.APPROVED, allowed=QUOTE_ALLOWED, by_person_id=actor.person_id, at=at,
        approved_by_id=actor.person_id, approved_at=at,
    )  # fmt: skip
    return quote


@transaction.atomic
def send_back_quote(*, quote: Quote, reason: str, actor: Actor, at: dt.datetime) -> Quote:
    """Give it back to change: by the host with its reason, by the coordination that takes it back.

    Refused without a reason from the host, and once sent.
    """
    refuse_archived(quote.cohort)
    if quote.state == QuoteState.DRAFT:
        return quote
    said = " ".join(reason.split())
    if actor.is_host and not said:
        raise Refused(_("Dites ce qu’il faut changer."), field="reason")
    states.move(
        quote, QuoteState.DRAFT, allowed=QUOTE_ALLOWED, by_person_id=actor.person_id, at=at,
        reason=said, sent_back_because=said[:300], approved_by_id=None, approved_at=None,
    )  # fmt: skip
    return quote
