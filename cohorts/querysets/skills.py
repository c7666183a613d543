from typing import Self

from cohorts.querysets import CohortScopedQuerySet, EnrolmentScopedQuerySet


class SkillQuerySet(CohortScopedQuerySet):
    def in_use(self) -> Self:
        """The words of the grid as it stands."""
        return self.filter(retired_on__isnull=True)


class SkillScopedQuerySet(EnrolmentScopedQuerySet):
    """What somebody says of their own skills."""


class SkillConfirmationQuerySet(EnrolmentScopedQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_on__isnull=True)
