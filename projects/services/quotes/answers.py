"""The customer's answer: by the link, or as the coordination heard it. Given once."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.services.closing import refuse_archived
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day, format_day
from ct_platform.kit.errors import Refused
from projects.enums import QUOTE_ALLOWED, QuoteState
from projects.models import Quote


@transaction.atomic
def accept_quote(*, quote: Quote, name: str, actor: Actor | None, at: dt.datetime) -> Quote:
    """Accept in the name of who signs; `actor` None: the customer, by the link. Twice is quiet.

    Raises Refused: no name, past its last day, refused or replaced before.
    """
    return _answer(quote, QuoteState.ACCEPTED, name, "", actor, at)


@transaction.atomic
def refuse_quote(
    *, quote: Quote, name: str, because: str = "", actor: Actor | None, at: dt.datetime
) -> Quote:
    """Say no, and why when one wants. Twice is quiet. Raises Refused as `accept_quote`."""
    return _answer(quote, QuoteState.REFUSED, name, because, actor, at)


@transaction.atomic
def let_lapse(*, quote: Quote, actor: Actor, at: dt.datetime) -> Quote:
    """Give up a quote: a draft nobody wants, or one that stays without an answer. Twice is quiet."""
    refuse_archived(quote.cohort)
    if quote.state == QuoteState.LAPSED:
        return quote
    states.move(
        quote, QuoteState.LAPSED, allowed=QUOTE_ALLOWED, by_person_id=actor.person_id, at=at
    )
    return quote


def _answer(
    quote: Quote, answer: QuoteState, name: str, because: str, actor: Actor | None, at: dt.datetime
) -> Quote:
    refuse_archived(quote.cohort)
    row: Quote = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    if row.state == answer:
        return row
    refuse_closed(row, at)
    signed = " ".join(name.split())
    if not signed:
        raise Refused(_("Écrivez votre nom."), field="name")
    states.move(
        row, answer, allowed=QUOTE_ALLOWED, by_person_id=actor.person_id if actor else None, at=at,
        reason=because, answered_at=at, answered_name=signed[:140],
        refused_because=because.strip()[:300],
    )  # fmt: skip
    return row


def refuse_closed(quote: Quote, at: dt.datetime) -> None:
    """Refused when a quote takes no answer any more, with what to do."""
    if quote.state == QuoteState.ACCEPTED:
        raise Refused(_("Ce devis est déjà accepté. Pour changer, appelez-nous."))
    if quote.state == QuoteState.REFUSED:
        raise Refused(_("Ce devis est déjà refusé. Demandez-en un nouveau."))
    if quote.state != QuoteState.SENT:
        raise Refused(_("Ce devis n’est plus valable. Demandez-en un nouveau."))
    if quote.valid_until is not None and civil_day(at) > quote.valid_until:
        day = {"day": format_day(quote.valid_until)}
        raise Refused(_("Ce devis était valable jusqu’au %(day)s. Demandez-en un nouveau.") % day)
