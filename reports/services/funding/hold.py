"""What every act on a line begins with: the row locked, the day judged, the shares checked."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.errors import Refused
from ct_platform.kit.money import euros
from ct_platform.kit.states import move
from reports.enums.funding import FUNDING_ALLOWED, FundingAim, FundingState
from reports.models import FundingLine, FundingShare, Operation
from reports.rules.funding import left_to_share

Shares = Mapping[int, Decimal]


def hold(line: FundingLine) -> FundingLine:
    """The line, locked: two people who note a payment do it one after the other."""
    rows = FundingLine.objects.select_for_update(of=("self",), no_key=True)
    found: FundingLine = rows.select_related("organisation", "operation").get(pk=line.pk)
    return found


def alive(line: FundingLine) -> FundingLine:
    """The line, locked, and refused when nothing of it may change any more."""
    found = hold(line)
    if found.is_over:
        raise Refused(
            _("Cette ligne est close (%(state)s) : elle ne change plus.")
            % {"state": found.get_state_display()}
        )
    return found


def past(day: dt.date, field: str, at: dt.datetime) -> None:
    """Refuse a day that has not come: what is noted here has happened."""
    if day > civil_day(at):
        raise Refused(_("Cette date n’est pas encore venue."), field=field)


def not_before(day: dt.date, first: dt.date | None, sentence: str, field: str) -> None:
    if first is not None and day < first:
        raise Refused(sentence, field=field)


def cohorts_for(*, territory_id: int, aim: str, operation: Operation | None) -> dict[int, Cohort]:
    """The cohorts a line may pay for, by key: of the territory, of the operation when it has one."""
    rows = Cohort.objects.filter(territory_id=territory_id)
    if aim == FundingAim.OPERATION and operation is not None:
        rows = rows.filter(host_id=operation.host_id, operation=operation.number)
    return {one.pk: one for one in rows}


def check_shares(line: FundingLine, shares: Shares) -> None:
    """Raise Refused unless the shares go to cohorts of the line and sum to its amount, to the cent.

    None at all is allowed where the line is not for named cohorts: it is still to be shared.
    """
    allowed = cohorts_for(territory_id=line.territory_id, aim=line.aim, operation=line.operation)
    if set(shares) - set(allowed):
        raise Refused(
            _("Une de ces cohortes n’est pas concernée par cette ligne."), field="cohorts"
        )
    if not shares:
        if line.aim == FundingAim.COHORTS:
            raise Refused(_("Choisissez au moins une cohorte."), field="cohorts")
        return
    if any(amount <= 0 for amount in shares.values()):
        raise Refused(_("Une part est plus grande que zéro."))
    left = left_to_share(line.amount, shares.values())
    if left > 0:
        raise Refused(
            _("Il reste %(left)s à répartir : les parts doivent faire %(amount)s.")
            % {"left": euros(left), "amount": euros(line.amount)}
        )
    if left < 0:
        raise Refused(
            _("Les parts dépassent de %(left)s le montant de la ligne, %(amount)s.")
            % {"left": euros(-left), "amount": euros(line.amount)}
        )


def write_shares(line: FundingLine, shares: Shares) -> None:
    check_shares(line, shares)
    FundingShare.objects.filter(line=line).delete()
    FundingShare.objects.bulk_create(
        FundingShare(line=line, cohort_id=key, amount=amount)
        for key, amount in sorted(shares.items())
    )


def shares_of(line: FundingLine) -> dict[int, Decimal]:
    return dict(FundingShare.objects.filter(line=line).values_list("cohort_id", "amount"))


def step(
    line: FundingLine,
    to: FundingState,
    *,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    **stamps: object,
) -> None:
    """One move of a line, and its version raised: an older page is told."""
    move(
        line,
        to,
        allowed=FUNDING_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        reason=reason,
        version=line.version + 1,
        **stamps,
    )
