"""What decisions made, as people look it up: who holds what, what things cost, what may be spent."""

import datetime as dt
from dataclasses import dataclass

from cohorts.models import Mandate
from projects.models import AgreedPrice, SpendingLimit


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


def prices_on(cohort_id: int, day: dt.date) -> list[AgreedPrice]:
    """The price of each thing on `day`: the latest begun. One query."""
    begun = AgreedPrice.objects.of_cohort(cohort_id).begun(day).select_related("project")
    latest = {
        (one.project_id, one.label.casefold()): one for one in begun.order_by("starts_on", "pk")
    }
    return sorted(latest.values(), key=lambda one: (one.project.name, one.label))
