"""A line of funding: asked, decided, agreed, closed or dropped."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Organisation, Territory
from ct_platform.kit.actor import Actor
from ct_platform.kit.db import refusing
from ct_platform.kit.errors import Refused, Stale
from ct_platform.kit.money import euros, from_cents, split, to_cents
from reports.enums.funding import DueState, FundingAim, FundingState
from reports.models import FundingDue, FundingLine, Operation
from reports.rules.funding import shared_again
from reports.services.funding.hold import (
    Shares,
    alive,
    not_before,
    past,
    shares_of,
    step,
    write_shares,
)


@transaction.atomic
def ask_line(
    *,
    territory: Territory,
    organisation: Organisation,
    name: str,
    measure: str = "",
    aim: str = FundingAim.COHORTS,
    operation: Operation | None = None,
    is_eu: bool = False,
    asked_on: dt.date,
    asked_amount: Decimal,
    cohorts: Sequence[int] = (),
    actor: Actor,
    at: dt.datetime,
) -> FundingLine:
    """Note that money was asked for. `cohorts` share it equally, to the cent; see `share_line`.

    Raises Refused for a day to come, an amount of nothing, an operation missing or of another
    territory, a cohort that is not concerned.
    """
    past(asked_on, "asked_on", at)
    if asked_amount <= 0:
        raise Refused(_("Un montant est plus grand que zéro."), field="asked_amount")
    if aim != FundingAim.OPERATION:
        operation = None
    elif operation is None or operation.territory_id != territory.pk:
        raise Refused(_("Dites de quelle opération il s’agit."), field="operation")
    with refusing(FundingLine):
        line: FundingLine = FundingLine.objects.create(
            territory=territory,
            organisation=organisation,
            name=name,
            measure=measure,
            aim=aim,
            operation=operation,
            is_eu=is_eu,
            asked_on=asked_on,
            asked_amount=asked_amount,
        )
    write_shares(line, equally(asked_amount, cohorts))
    return line


def ask_in_own_territory(
    *, organisation: int, actor: Actor, at: dt.datetime, **values: Any
) -> FundingLine:
    """As `ask_line`, for the territory of the actor; `organisation` is a key that was offered."""
    return ask_line(
        territory=Territory.objects.get(pk=actor.territory_id or 0),
        organisation=Organisation.objects.get(pk=organisation),
        actor=actor,
        at=at,
        **values,
    )


def equally(amount: Decimal, cohorts: Sequence[int]) -> dict[int, Decimal]:
    """The same part for each, the leftover cents to the first ones. Refused when cents run out."""
    keys = sorted(set(cohorts))
    if not keys:
        return {}
    parts = split(to_cents(amount), [1] * len(keys))
    if not all(parts):
        raise Refused(_("Ce montant est trop petit pour tant de cohortes."), field="cohorts")
    return {key: from_cents(part) for key, part in zip(keys, parts, strict=True)}


@transaction.atomic
def edit_line(
    *,
    line: FundingLine,
    name: str,
    measure: str,
    conditions: str,
    is_eu: bool,
    keep_years: int,
    keep_source: str,
    seen_version: int,
    actor: Actor,
    at: dt.datetime,
) -> FundingLine:
    """Correct the words of a line that is not over. Stale when somebody changed it meanwhile."""
    found = alive(line)
    if found.version != seen_version:
        raise Stale(_("Quelqu’un vient de modifier cette ligne. Rouvrez-la avant de corriger."))
    if not 1 <= keep_years <= 30:
        raise Refused(_("Les preuves se gardent de 1 à 30 ans."), field="keep_years")
    FundingLine.objects.filter(pk=found.pk).update(
        name=name,
        measure=measure,
        conditions=conditions,
        is_eu=is_eu,
        keep_years=keep_years,
        keep_source=keep_source,
        version=found.version + 1,
    )
    return found


@transaction.atomic
def share_line(*, line: FundingLine, shares: Shares, actor: Actor, at: dt.datetime) -> None:
    """Say which cohort gets how much: euros by cohort key, summing to the amount of the line.

    What each gets of a payment follows from it. Raises Refused when the sum is not that of the line,
    naming the difference, or for a cohort that is not concerned.
    """
    found = alive(line)
    write_shares(found, shares)
    FundingLine.objects.filter(pk=found.pk).update(version=found.version + 1)


@transaction.atomic
def grant_line(
    *,
    line: FundingLine,
    decided_on: dt.date,
    granted_amount: Decimal,
    actor: Actor,
    at: dt.datetime,
) -> FundingLine:
    """The funder said yes. When it gives less, the parts of cohorts shrink alike, to the cent.

    Raises Refused for more than was asked, a day before the request or to come.
    """
    found = alive(line)
    past(decided_on, "decided_on", at)
    not_before(decided_on, found.asked_on, _("La décision précède la demande."), field="decided_on")
    if granted_amount <= 0:
        raise Refused(_("Un montant est plus grand que zéro."), field="granted_amount")
    if granted_amount > found.asked_amount:
        raise Refused(
            _("Vous avez demandé %(asked)s : le financeur ne peut pas accorder plus.")
            % {"asked": euros(found.asked_amount)},
            field="granted_amount",
        )
    before = shares_of(found)
    step(
        found, FundingState.GRANTED, actor=actor, at=at, decided_on=decided_on,
        granted_amount=granted_amount,
    )  # fmt: skip
    if before:
        write_shares(found, shared_again(granted_amount, before))
    return found


@transaction.atomic
def refuse_line(
    *, line: FundingLine, decided_on: dt.date, actor: Actor, at: dt.datetime
) -> FundingLine:
    """The funder said no. Its dates fall with it."""
    found = alive(line)
    past(decided_on, "decided_on", at)
    not_before(decided_on, found.asked_on, _("La décision précède la demande."), field="decided_on")
    step(found, FundingState.REFUSED, actor=actor, at=at, decided_on=decided_on)
    return found


@transaction.atomic
def agree_line(
    *,
    line: FundingLine,
    commitment_number: str,
    agreed_on: dt.date,
    eligible_from: dt.date | None = None,
    eligible_to: dt.date | None = None,
    conditions: str = "",
    actor: Actor,
    at: dt.datetime,
) -> FundingLine:
    """The agreement is signed, under the number the funder gives.

    Raises Refused without a number, for a number this funder already has, for days that cross.
    """
    found = alive(line)
    past(agreed_on, "agreed_on", at)
    number = " ".join(commitment_number.split())
    if not number:
        raise Refused(_("Il manque le numéro d’engagement."), field="commitment_number")
    not_before(
        agreed_on, found.decided_on, _("La signature précède la décision."), field="agreed_on"
    )
    if eligible_from and eligible_to and eligible_to < eligible_from:
        raise Refused(_("La fin des dépenses précède leur début."), field="eligible_to")
    with_it = FundingLine.objects.filter(
        organisation_id=found.organisation_id, commitment_number=number
    )
    if with_it.exclude(pk=found.pk).exists():
        raise Refused(_("Ce financeur a déjà une ligne avec ce numéro."), field="commitment_number")
    with refusing(FundingLine):
        step(
            found, FundingState.AGREED, actor=actor, at=at, commitment_number=number,
            agreed_on=agreed_on, eligible_from=eligible_from, eligible_to=eligible_to,
            conditions=conditions or found.conditions,
        )  # fmt: skip
    return found


@transaction.atomic
def close_line(
    *, line: FundingLine, closed_on: dt.date, actor: Actor, at: dt.datetime
) -> FundingLine:
    """Nothing more will come: the line keeps what was paid, and freezes.

    Raises Refused while something is still to hand over, or before anything was paid.
    """
    found = alive(line)
    past(closed_on, "closed_on", at)
    not_before(
        closed_on, found.agreed_on, _("On ne solde pas avant la convention."), field="closed_on"
    )
    if FundingDue.objects.filter(line=found, state=DueState.EXPECTED).exists():
        raise Refused(_("Une échéance attend encore : notez-la remise, ou plus demandée."))
    if not found.receipts.exists():
        raise Refused(_("Aucun versement n’est noté : il n’y a rien à solder."))
    step(found, FundingState.CLOSED, actor=actor, at=at, closed_on=closed_on)
    return found


@transaction.atomic
def drop_line(*, line: FundingLine, reason: str, actor: Actor, at: dt.datetime) -> FundingLine:
    """Give up a request, or money granted and not agreed. Raises Refused without a reason."""
    found = alive(line)
    if not reason.strip():
        raise Refused(_("Dites pourquoi."), field="reason")
    step(found, FundingState.DROPPED, actor=actor, at=at, reason=reason.strip()[:300])
    return found
