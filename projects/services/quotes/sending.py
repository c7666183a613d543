"""Sending a quote: its number, its paper and its state in one act. Afterwards it never changes."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import plain
from documents.services.issue import issue_document
from documents.services.numbers import take_numbers
from documents.services.render import render_transient
from projects.enums import QUOTE_ALLOWED, QuoteState, VatRegime
from projects.models import Quote, QuoteLine, SellerTerms
from projects.models.sold_line import SoldLine
from projects.papers.quote import QUOTE, snapshot_of, title
from projects.selectors.cape import cape_until
from projects.selectors.catalogue import catalogue_of
from projects.selectors.selling import exemptions_on, terms_on
from projects.services.quotes.drafts import refuse_validity
from projects.services.seller import QUOTE_SERIES

USUAL_VALIDITY = dt.timedelta(days=30)


@transaction.atomic
def send_quote(*, quote: Quote, actor: Actor, at: dt.datetime) -> Quote:
    """Number a quote, issue its paper and wait for an answer. Twice is quiet: one number, one paper.

    Without a last day it stands 30 days. A quote it replaces lapses. Raises Refused: the host wrote no
    conditions of sale, or asks to validate first; a last day that is past; a rate of VAT that changed
    since the draft was written.
    """
    held: Quote = (
        Quote.objects.select_for_update(of=("self",))
        .select_related("cohort__host", "cohort__territory", "customer", "replaces")
        .get(pk=quote.pk)
    )
    refuse_archived(held.cohort)
    if held.was_sent:
        return held
    day = civil_day(at)
    terms = require_terms(held.cohort, day)
    if terms.asks_to_validate and held.state != QuoteState.APPROVED:
        raise Refused(_("La coopérative hôte valide d’abord ce devis."))
    refuse_validity(held.valid_until, day)
    held.valid_until = held.valid_until or day + USUAL_VALIDITY
    lines = _lines(held)
    _refuse_old_rates(held.cohort, lines, day)
    if held.replaces is not None and held.replaces.state == QuoteState.SENT:
        states.move(
            held.replaces, QuoteState.LAPSED, allowed=QUOTE_ALLOWED,
            by_person_id=actor.person_id, at=at, reason=_("Un autre devis le remplace."),
        )  # fmt: skip
    [number] = take_numbers(
        issuer_key=held.cohort.host_id, series=QUOTE_SERIES, year=day.year, count=1
    )
    paper = issue_document(
        kind=QUOTE.code,
        title=title(),
        issuer_key=held.cohort.host_id,
        issuer_name=held.cohort.host.name,
        subject=None,
        snapshot=_snapshot(held, lines, terms, day),
        effect_key=f"quote:{held.pk}",
        cohort_key=held.cohort_id,
        territory_key=held.cohort.territory_id,
        batch=f"quotes:{held.cohort_id}",
        number=number,
        actor=actor,
        at=at,
    )
    states.move(
        held, QuoteState.SENT, allowed=QUOTE_ALLOWED, by_person_id=actor.person_id, at=at,
        number=number, sent_on=day, valid_until=held.valid_until, document=paper,
    )  # fmt: skip
    return held


def preview_quote(*, quote: Quote, at: dt.datetime) -> bytes:
    """Draw a draft as it would be today: no number, no code, nothing written. Refused as `send_quote`."""
    day = civil_day(at)
    terms = require_terms(quote.cohort, day)
    drawn = _snapshot(quote, _lines(quote), terms, day)
    paper = {"title": title(), "issuer": quote.cohort.host.name, "issued_on": day.isoformat()}
    return render_transient(
        QUOTE.template, {**QUOTE.context(drawn), "paper": paper, "is_draft": True}
    )


def require_terms(cohort: Cohort, day: dt.date) -> SellerTerms:
    """The host's conditions of that day. Refused when it wrote none: nothing is sold in its name."""
    terms = terms_on(cohort.host_id, day)
    if terms is None:
        raise Refused(
            _("%(host)s n’a pas encore écrit ses conditions de vente : demandez-les-lui.")
            % {"host": cohort.host.name}
        )
    return terms


def _lines(quote: Quote) -> list[QuoteLine]:
    return list(QuoteLine.objects.filter(quote=quote).select_related("project", "product"))


def _snapshot(
    quote: Quote, lines: list[QuoteLine], terms: SellerTerms, day: dt.date
) -> dict[str, Any]:
    return snapshot_of(
        quote,
        lines,
        terms,
        sent_on=day,
        valid_until=quote.valid_until or day + USUAL_VALIDITY,
        cape=cape_until(quote.cohort, day),
        exemptions=exempted(quote.cohort, lines, terms, day),
    )


def exempted(
    cohort: Cohort, lines: Sequence[SoldLine], terms: SellerTerms, day: dt.date
) -> list[str]:
    """Why lines at 0 % bear no VAT, in the host's own words; the franchise says it by itself.

    No query without such a line, one with. A line by hand takes every reason the host gave.
    """
    free = [one for one in lines if not one.vat_percent]
    if not free or terms.vat_regime == VatRegime.FRANCHISE:
        return []
    things = {(one.product.category, one.way) for one in free if one.product is not None}
    by_hand = any(one.product is None for one in free)
    return exemptions_on(cohort.host_id, day, None if by_hand else things)


def _refuse_old_rates(cohort: Cohort, lines: list[QuoteLine], day: dt.date) -> None:
    """A draft may be older than a decision of the host: a paper carries the rate of its own day."""
    catalogue = catalogue_of(cohort, day)
    for line in lines:
        offered = catalogue.offered(f"{line.product_id}:{line.way}") if line.product_id else None
        rate = Decimal(str(line.vat_percent))
        rates = catalogue.rates if offered is None else (offered.percent,)
        if rate not in rates:
            words = {"what": line.designation, "rate": plain(rate)}
            raise Refused(
                _(
                    "« %(what)s » est à %(rate)s %% de TVA, qui n’est plus son taux. Reprenez le "
                    "brouillon et enregistrez-le : les taux du jour y seront."
                )
                % words
            )
