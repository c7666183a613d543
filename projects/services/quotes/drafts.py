"""Drafts of quotes: nothing has a number yet, everything may change."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from cohorts.models import Cohort
from cohorts.services.closing import refuse_archived
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Frozen, Refused, Stale
from projects.enums import QuoteState
from projects.models import Customer, Quote, QuoteLine
from projects.rules.totals import Totals
from projects.selectors.catalogue import catalogue_of
from projects.services.lines import AskedLine, BuiltLine, build_lines, totals_of

LONGEST_VALIDITY = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteSaid:
    """A quote as typed. `valid_until`: its last day, included."""

    customer: Customer
    title: str
    note: str = ""
    valid_until: dt.date | None = None
    lines: Sequence[AskedLine] = ()


@transaction.atomic
def write_quote(
    *,
    cohort: Cohort,
    said: QuoteSaid,
    actor: Actor,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Quote:
    """Write a draft; the same `key` gives the one already written.

    Raises Refused: no title, a customer of another cohort or put away, a last day that is past or
    more than a year away; LineRefused as `build_lines`.
    """
    refuse_archived(cohort)
    if key is not None:
        known: Quote | None = Quote.objects.of_cohort(cohort.pk).filter(client_uuid=key).first()
        if known is not None:
            return known
    day = civil_day(at)
    values, lines = _checked(cohort, said, day)
    made: Quote = Quote.objects.create(
        cohort=cohort, client_uuid=key or uuid.uuid4(), written_by_id=actor.person_id, **values
    )
    _write_lines(made, lines)
    return made


@transaction.atomic
def change_quote(
    *, quote: Quote, said: QuoteSaid, seen_version: int, actor: Actor, at: dt.datetime
) -> Quote:
    """Write a draft anew. Frozen once it was submitted or sent; Stale when it changed since."""
    refuse_archived(quote.cohort)
    values, lines = _checked(quote.cohort, said, civil_day(at))
    touched = Quote.objects.filter(
        pk=quote.pk, version=seen_version, state=QuoteState.DRAFT
    ).update(**values, version=F("version") + 1)
    quote.refresh_from_db()
    if not touched:
        if not quote.is_draft:
            raise Frozen(_("Ce devis n’est plus un brouillon : faites-en un nouveau."))
        raise Stale(_("Quelqu’un vient de corriger ce devis. Rechargez la page."))
    QuoteLine.objects.filter(quote=quote).delete()  # of a draft: nothing was ever shown to anybody
    _write_lines(quote, lines)
    return quote


@transaction.atomic
def replace_quote(*, quote: Quote, actor: Actor, at: dt.datetime) -> Quote:
    """Begin another quote from one that was sent: the same lines, to change. Once for each.

    The first stands until the second is sent. Raises Refused for a draft, and for one accepted.
    """
    refuse_archived(quote.cohort)
    row: Quote = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    open_one: Quote | None = (
        Quote.objects.filter(replaces=row).exclude(state=QuoteState.LAPSED).first()
    )
    if open_one is not None:
        return open_one
    if not row.was_sent:
        raise Refused(_("Ce devis n’est pas parti : changez-le simplement."))
    if row.state == QuoteState.ACCEPTED:
        raise Refused(_("Ce devis est accepté : il ne change plus. Faites-en un autre à côté."))
    made: Quote = Quote.objects.create(
        cohort=row.cohort,
        customer=row.customer,
        title=row.title,
        note=row.note,
        valid_until=None,
        net_amount=row.net_amount,
        vat_amount=row.vat_amount,
        total_amount=row.total_amount,
        written_by_id=actor.person_id,
        replaces=row,
    )
    lines = list(row.lines.select_related("project", "product"))  # type: ignore[attr-defined]
    for line in lines:
        line.pk, line.quote = None, made
    QuoteLine.objects.bulk_create(lines)
    return made


def _checked(
    cohort: Cohort, said: QuoteSaid, day: dt.date
) -> tuple[dict[str, Any], list[BuiltLine]]:
    title = " ".join(said.title.split())
    if not title:
        raise Refused(_("Dites en quelques mots ce que vous proposez."), field="title")
    if said.customer.cohort_id != cohort.pk or said.customer.archived_at is not None:
        raise Refused(_("Choisissez un client de la liste."), field="customer")
    refuse_validity(said.valid_until, day)
    lines = build_lines(asked=said.lines, catalogue=catalogue_of(cohort, day))
    totals = totals_of(lines)
    return {
        "customer": said.customer,
        "title": title,
        "note": said.note.strip(),
        "valid_until": said.valid_until,
        **amounts_of(totals),
    }, lines


def refuse_validity(until: dt.date | None, day: dt.date) -> None:
    if until is None:
        return
    if until < day:
        raise Refused(_("Ce jour est passé."), field="valid_until")
    if until > day + LONGEST_VALIDITY:
        raise Refused(_("Un an au plus."), field="valid_until")


def amounts_of(totals: Totals) -> dict[str, Any]:
    return {
        "net_amount": totals.net,
        "vat_amount": totals.vat,
        "total_amount": totals.gross,
    }


def _write_lines(quote: Quote, lines: Sequence[BuiltLine]) -> None:
    QuoteLine.objects.bulk_create(QuoteLine(quote=quote, **one.values()) for one in lines)
