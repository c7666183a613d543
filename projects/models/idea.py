from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.clock import MONTHS
from ct_platform.kit.models import Stamped
from projects.enums import IdeaKind
from projects.querysets import OfProjectQuerySet


class Idea(Stamped):
    """What a team keeps to do again: a recipe, a bed, a bouquet. Taken over by the next cohort."""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="ideas")
    kind = models.CharField(max_length=10, choices=IdeaKind.choices, default=IdeaKind.IDEA)
    title = models.CharField(_("nom"), max_length=100)
    # Numbers of months, 1 to 12; empty: all the year.
    months: "models.JSONField[Any, Any]" = models.JSONField(_("saison"), default=list, blank=True)
    needs = models.TextField(_("ce qu’il faut"), max_length=1200, blank=True)
    steps = models.TextField(_("comment on fait"), max_length=2400, blank=True)
    # Null when it came with a starter kit: a kit carries nobody's name.
    author = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    archived_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("title", "id")
        verbose_name = _("idée")

    def __str__(self) -> str:
        return self.title

    @property
    def season(self) -> str:
        """ "mars, avril, mai"; "toute l’année"."""
        words = [MONTHS[number - 1] for number in sorted(self.months) if 1 <= number <= 12]
        return ", ".join(words) if words else str(_("toute l’année"))
