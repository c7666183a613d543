from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit import trades
from ct_platform.kit.models import Stamped


class Project(Stamped):
    """One line of business of a cohort: a garden, a kitchen, a flower stall."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(_("nom"), max_length=100)
    trade = models.CharField(_("métier"), max_length=20, choices=trades.choices)

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("activité")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name"],
                name="project_name_in_cohort",
                violation_error_message=_("Une activité de la coopérative porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_label(self) -> str:
        """The trade, then the name when it says more: "Cuisine, La Grande Marmite"."""
        word = str(trades.trade(self.trade).label)
        return word if word.casefold() == self.name.casefold() else f"{word}, {self.name}"
