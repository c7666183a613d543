from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums import CohortState, PhaseKind
from cohorts.querysets import CohortQuerySet
from ct_platform.kit.models import Stamped


class Cohort(Stamped):
    """One group of about fifteen people, for one cycle of three to six months."""

    territory = models.ForeignKey(
        "cohorts.Territory",
        on_delete=models.PROTECT,
        related_name="cohorts",
        verbose_name=_("territoire"),
    )
    host = models.ForeignKey(
        "cohorts.Organisation",
        on_delete=models.PROTECT,
        related_name="hosted_cohorts",
        verbose_name=_("coopérative hôte"),
    )
    # How long, how many, of what age: the rules of its kind.
    programme = models.ForeignKey(
        "cohorts.Programme",
        on_delete=models.PROTECT,
        related_name="cohorts",
        verbose_name=_("programme"),
    )
    name = models.CharField(_("nom de la coopérative"), max_length=120)
    pitch = models.CharField(_("en une phrase"), max_length=200, blank=True)
    # Written for the public site, as the sentence above; nothing of the books is read for it.
    sells = models.CharField(_("ce qu’elle vend"), max_length=300, blank=True)
    # Whoever coordinates it may keep it off the public site, while it works and afterwards.
    hidden_from_site = models.BooleanField(_("absente du site public"), default=False)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    seats = models.PositiveSmallIntegerField(_("places"), default=15)
    # The EU emblem goes on every paper of a co-financed action, and on no other.
    eu_funded = models.BooleanField(_("cofinancée par l’Union européenne"), default=False)
    # A person is counted once per operation: cohorts that share this number are one action.
    operation = models.CharField(_("numéro d’opération FSE+"), max_length=30, blank=True)
    state = models.CharField(
        max_length=12, choices=CohortState.choices, default=CohortState.DRAFT, db_index=True
    )
    # Counts the edits: a save made from an older page is told, instead of erasing the newer one.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "name", "id")
        verbose_name = _("cohorte")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"],
                name="cohort_name_in_territory",
                violation_error_message=_("Une cohorte de ce territoire porte déjà ce nom."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="cohort_ends_after_start",
                violation_error_message=_("Le dernier jour précède le premier jour."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """A dated stretch of a cohort; phases may overlap (people train while they work)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=12, choices=PhaseKind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "kind"], name="phase_once_per_cohort"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="phase_ends_after_start"
            ),
        ]
