"""What decisions made, as people look it up: who holds what, what things cost, what may be spent."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.models import Mandate
from decisions import effects
from decisions.models import Outcome
from decisions.selectors.register import law_among, to_look_at
from projects.models import AgreedPrice, SpendingLimit
from projects.selectors import prices_on


@dataclass(frozen=True, slots=True)
class Made:
    """Held, sold and spent on one day; each line carries the number of its decision."""

    mandates: list[Mandate]
    prices: list[AgreedPrice]
    limits: list[SpendingLimit]

    @property
    def is_empty(self) -> bool:
        return not (self.mandates or self.prices or self.limits)


def made(cohort_id: int, day: dt.date) -> Made:
    """Three queries."""
    mandates = Mandate.objects.of_cohort(cohort_id).held(day).select_related("enrolment__person")
    limits = SpendingLimit.objects.of_cohort(cohort_id).open_on(day)
    return Made(
        list(mandates.order_by("title", "pk")),
        prices_on(cohort_id, day),
        list(limits.select_related("holder__person")),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A decision in force; `only_replaced`: why it does not end without another, if it does not."""

    outcome: Outcome
    only_replaced: str


@dataclass(frozen=True, slots=True)
class Law:
    """What the register says of a day, and what is to look at again from today."""

    day: dt.date
    in_force: list[Held]
    look_again: list[Outcome]
    made: Made


def law_of(
    cohort_id: int, day: dt.date, today: dt.date, register: Iterable[Outcome] | None = None
) -> Law:
    """Four queries; three when the whole `register` of the cohort was read already (`outcomes_of`)."""
    decided = Outcome.objects.of_cohort(cohort_id).adopted()
    if register is None:
        register = decided.select_related("winner", "poll__proposal")
    known = list(register)
    held = law_among(known, today)
    then = [_held(one) for one in law_among(known, day)]
    return Law(day, then, to_look_at(held, today), made(cohort_id, today))


def _held(outcome: Outcome) -> Held:
    effect = effects.find(outcome.poll.proposal.effect_code)
    return Held(outcome, str(effect.only_replaced) if effect else "")
