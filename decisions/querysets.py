"""Clauses as people say them: polls open, due, of one's own; what was decided and in force."""

import datetime as dt
from typing import Self

from cohorts.querysets import CohortScopedQuerySet
from decisions.enums import ADOPTING, IN_EFFECT, WAITING, PollState, Secrecy

# A review is announced two weeks before its day.
LOOK_AHEAD = dt.timedelta(days=14)


class OfOneCohortQuerySet(CohortScopedQuerySet):
    """Statutes: rows that name their cohort."""

    cohort_path = "cohort"


class ProposalQuerySet(CohortScopedQuerySet):
    cohort_path = "cohort"

    def alive(self) -> Self:
        """Not withdrawn by who wrote it."""
        return self.filter(withdrawn_at__isnull=True)

    def undecided(self) -> Self:
        """Alive, and no vote of theirs is under way or has adopted anything."""
        busy = [PollState.ANNOUNCED, PollState.OPEN, PollState.CLOSED]
        return (
            self.alive().exclude(polls__state__in=busy).exclude(polls__outcome__kind__in=ADOPTING)
        )


class OfOneProposalQuerySet(CohortScopedQuerySet):
    """Contributions and proxies."""

    cohort_path = "proposal__cohort"


class PollQuerySet(CohortScopedQuerySet):
    cohort_path = "proposal__cohort"

    def announced(self) -> Self:
        """Everything but drafts, which exist only inside the opening transaction."""
        return self.exclude(state=PollState.DRAFT)

    def opened(self) -> Self:
        """Once put to a roll, whatever became of them since."""
        return self.filter(opened_at__isnull=False)

    def open(self) -> Self:
        return self.filter(state=PollState.OPEN)

    def under_way(self) -> Self:
        """Announced, open, or closed and waiting for its keys."""
        return self.filter(state__in=[PollState.ANNOUNCED, PollState.OPEN, PollState.CLOSED])

    def uncounted(self) -> Self:
        """Under way, or cancelled: everything announced that has no outcome."""
        return self.announced().exclude(state=PollState.COUNTED)

    def over(self) -> Self:
        return self.filter(state__in=[PollState.COUNTED, PollState.CANCELLED])

    def unwiped(self) -> Self:
        """Secret polls that were counted and whose urn still stands, oldest first."""
        counted = self.filter(state=PollState.COUNTED, urn_wiped_at__isnull=True)
        return counted.exclude(secrecy=Secrecy.OPEN).order_by("closed_at", "pk")

    def due(self, at: dt.datetime) -> Self:
        """Open by state, over by the clock: at the exact hour a vote is closed."""
        return self.open().filter(closes_at__lte=at)


class OutcomeQuerySet(CohortScopedQuerySet):
    cohort_path = "cohort"

    def adopted(self) -> Self:
        return self.filter(kind__in=ADOPTING)

    def begun(self, day: dt.date) -> Self:
        """Adopted, applied, and begun on `day`, ended since or not."""
        return self.adopted().filter(effect_state__in=IN_EFFECT, in_force_from__lte=day)

    def in_force(self, day: dt.date) -> Self:
        """Begun on `day`, not ended nor repealed: the latest of a law holds."""
        return (
            self.begun(day)
            .exclude(ends_on__lt=day)
            .exclude(repealed_by__effect_state__in=IN_EFFECT, repealed_by__in_force_from__lte=day)
        )

    def blocked(self) -> Self:
        """Adopted, and could not be applied, or not whole: somebody has to do something."""
        return self.filter(effect_state__in=WAITING)

    def to_look_at(self, day: dt.date) -> Self:
        """In force, and to be talked about again within two weeks of `day`, or already late."""
        return self.in_force(day).filter(review_on__lte=day + LOOK_AHEAD)
