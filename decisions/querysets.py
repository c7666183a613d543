"""Clauses as people say them: polls open, due, of one's own; what was decided and in force."""

import datetime as dt
from typing import Self

from cohorts.querysets import CohortScopedQuerySet
from decisions.enums import EffectState, OutcomeKind, PollState


class OfOneCohortQuerySet(CohortScopedQuerySet):
    """Statutes and proposals: rows that name their cohort."""

    cohort_path = "cohort"


class PollQuerySet(CohortScopedQuerySet):
    cohort_path = "proposal__cohort"

    def announced(self) -> Self:
        """Everything but drafts, which exist only inside the opening transaction."""
        return self.exclude(state=PollState.DRAFT)

    def open(self) -> Self:
        return self.filter(state=PollState.OPEN)

    def cancelled(self) -> Self:
        return self.filter(state=PollState.CANCELLED)

    def over(self) -> Self:
        return self.filter(state__in=[PollState.COUNTED, PollState.CANCELLED])

    def due(self, at: dt.datetime) -> Self:
        """Open by state, over by the clock: at the exact hour a vote is closed."""
        return self.open().filter(closes_at__lte=at)


class OutcomeQuerySet(CohortScopedQuerySet):
    cohort_path = "cohort"

    def in_force(self, day: dt.date) -> Self:
        """Adopted, applied, and begun on `day`: the latest decision of an effect is the law."""
        return self.filter(
            kind=OutcomeKind.ELECTED, effect_state=EffectState.APPLIED, in_force_from__lte=day
        )
