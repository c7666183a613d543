"""From the photograph to shares and slips: the engine's answer is stored, digit for digit."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ct_platform.kit import states
from ct_platform.kit.actor import Actor
from ct_platform.kit.errors import DomainError, Refused
from ct_platform.kit.money import ZERO, from_cents, to_cents
from payroll.engine.errors import EngineError
from payroll.engine.params import load_params
from payroll.engine.types import Ytd
from payroll.enums import RUN_ALLOWED, PayRunState
from payroll.models import PayRun, Payslip, Share, Withholding
from payroll.rules.sharing import counted_minutes, shares_in_cents
from payroll.rules.stored_slips import slip_to_json, ytd_from_json, ytd_to_json
from payroll.services.asking import Solved, pay_input, solve
from payroll.services.ledger import kept_cents
from payroll.services.run_rows import hold
from payroll.services.withholding import withhold

__all__ = ["Unbalanced", "compute_run", "pay_input", "shares_of", "year_to_date"]


class Unbalanced(DomainError):
    """A cent appeared or vanished: a mistake of ours. Nothing of the run is kept."""


@transaction.atomic
def compute_run(*, run: PayRun, actor: Actor, at: dt.datetime) -> PayRun:
    """Share the pot by the adopted rule and turn each share into cost, gross and net.

    From the photograph alone, plus what earlier issued runs left: kept cents and year-to-date
    amounts of the same person, host, profile and year. Amounts in euros, hours in hundredths.
    Σ shares = envelope and share + carried = cost + remainder are checked to the cent; otherwise
    Unbalanced, and nothing is stored. A share too small for a slip is carried whole. Computing a
    computed run changes nothing. Raises Refused with the engine's sentence and the person's name.
    """
    run = hold(run)
    if run.state == PayRunState.COMPUTED:
        return run
    if run.state != PayRunState.FROZEN:
        raise Refused(_("Photographiez d’abord les heures et les ventes."))
    shares = shares_of(run)
    _require_balance(run, shares)
    withheld = withhold(shares)
    Share.objects.bulk_create(shares)
    Withholding.objects.bulk_create(withheld)
    states.move(
        run,
        PayRunState.COMPUTED,
        allowed=RUN_ALLOWED,
        by_person_id=actor.person_id,
        at=at,
        computed_at=at,
    )
    return run


def shares_of(run: PayRun) -> list[Share]:
    """Work out the shares of a frozen run, unsaved. Costs three queries."""
    photograph: dict[str, Any] = run.photograph
    people = {person["enrolment"]: person for person in photograph["people"]}
    rule = photograph["rule"]
    minutes = counted_minutes(
        {key: person["minutes_by_kind"] for key, person in people.items()}, rule["counted_kinds"]
    )
    parts = shares_in_cents(rule["kind"], to_cents(run.envelope), minutes)
    carried = kept_cents(people)
    earlier = year_to_date(
        [person["person"] for person in people.values()],
        host_id=run.cohort.host_id,
        year=run.month.year,
        profile_code=photograph["profile"]["code"],
    )
    return [
        _share(
            run,
            person,
            minutes=minutes[key],
            amount=from_cents(parts[key]),
            carried_in=carried[key],
            earlier=earlier.get(person["person"]),
        )
        for key, person in sorted(people.items())
    ]


def year_to_date(
    person_ids: Iterable[int], *, host_id: int, year: int, profile_code: str
) -> dict[int, tuple[int, Ytd]]:
    """What issued slips of the year already used: (slip id, Ytd) of each person's last one.

    Keyed by person, host, profile (the corrected one) and calendar year of the months paid. Costs one
    query.
    """
    slips = (
        Payslip.objects.standing()
        .alias(code=Coalesce("correction__profile__code", "share__run__profile__code"))
        .filter(
            share__enrolment__person_id__in=list(person_ids),
            share__run__cohort__host_id=host_id,
            code=profile_code,
            month__year=year,
        )
        .order_by("pk")
        .values_list("share__enrolment__person_id", "pk", "share__slip", "correction__answer")
    )
    return {
        person_id: (pk, ytd_from_json((corrected or first)["slip"]["ytd_after"]))
        for person_id, pk, first, corrected in slips
    }


def _share(
    run: PayRun,
    person: dict[str, Any],
    *,
    minutes: int,
    amount: Decimal,
    carried_in: Decimal,
    earlier: tuple[int, Ytd] | None,
) -> Share:
    before = earlier[1] if earlier else Ytd.empty()
    solved = _solved(amount + carried_in, run, person, before)
    slip = solved.slip
    share = Share(
        run=run,
        enrolment_id=person["enrolment"],
        minutes=minutes,
        minutes_by_kind=person["minutes_by_kind"],
        amount=amount,
        carried_in=carried_in,
        cost=slip.total_employer_cost if slip else ZERO,
        remainder=solved.remainder,
        paid_hours=solved.hours,
    )
    if slip is None:
        return share
    share.gross, share.tax = slip.gross, slip.pas_amount
    share.net_before_tax, share.net_social = slip.net_before_tax, slip.net_social
    share.net_taxable, share.net_paid = slip.net_taxable, slip.net_paid
    share.slip = {
        "slip": slip_to_json(slip),
        "ytd_before": ytd_to_json(before),
        # The slip these year-to-date amounts come from: issuing checks that it is still the last.
        "after_slip": earlier[0] if earlier else None,
    }
    return share


def _solved(share: Decimal, run: PayRun, person: dict[str, Any], before: Ytd) -> Solved:
    try:
        inp = pay_input(run.photograph, person, run.month)
        return solve(share, run.photograph, inp, before, load_params(run.month))
    except EngineError as error:
        raise Refused(f"{person['name']} : {error}") from error


def _require_balance(run: PayRun, shares: list[Share]) -> None:
    pot = sum((share.amount for share in shares), ZERO)
    kept = all(s.amount + s.carried_in == s.cost + s.remainder for s in shares)
    if pot != run.envelope or not kept:
        raise Unbalanced(
            _(
                "Le calcul ne tombe pas juste au centime. Rien n’a été enregistré. Prévenez le réseau."
            )
        )
