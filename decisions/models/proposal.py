from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.querysets import OfOneCohortQuerySet


class Proposal(Stamped):
    """What is put to the group: a text, and what its adoption does (an effect and its settings)."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("question"), max_length=140)
    text = models.TextField(_("explication"), blank=True, max_length=2000)
    effect_code = models.CharField(max_length=40)
    # Typed by the effect's own form; read only by the effect.
    effect_settings = models.JSONField(default=dict)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = OfOneCohortQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("proposition")

    def __str__(self) -> str:
        return self.title
