from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import CohortScopedQuerySet
from ct_platform.kit import trades
from ct_platform.kit.models import Stamped


class Project(Stamped):
    """One line of business of a cohort: a garden, a kitchen, a flower stall."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(_("nom"), max_length=100)
    trade = models.CharField(_("métier"), max_length=20, choices=trades.choices)
    # The word of a trade that the house does not know: "Couture". Its colour and icon are those of
    # trades.OWN, so that charts, badges and papers need nothing else.
    trade_label = models.CharField(_("nom du métier"), max_length=24, blank=True)

    objects = CohortScopedQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("activité")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name"],
                name="project_name_in_cohort",
                violation_error_message=_("Une activité de la coopérative porte déjà ce nom."),
            ),
            models.CheckConstraint(
                condition=Q(trade_label="") | Q(trade=trades.OWN),
                name="project_trade_label_is_own",
                violation_error_message=_("Ce métier a déjà un nom."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trade_word(self) -> str:
        """The trade as people read it: "Cuisine", "Couture"."""
        return self.trade_label or str(trades.trade(self.trade).label)

    @property
    def full_label(self) -> str:
        """The trade, then the name when it says more: "Cuisine, La Grande Marmite"."""
        word = self.trade_word
        return word if word.casefold() == self.name.casefold() else f"{word}, {self.name}"
