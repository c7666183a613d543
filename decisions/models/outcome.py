from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.enums import EffectState, OutcomeKind
from decisions.querysets import OutcomeQuerySet


class Outcome(Stamped):
    """The count and what it did, in one transaction. A line of the register; never edited."""

    poll = models.OneToOneField("decisions.Poll", on_delete=models.PROTECT, related_name="outcome")
    # Gapless per cohort: "décision n° 3".
    number = models.PositiveSmallIntegerField()
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=15, choices=OutcomeKind.choices)
    winner = models.ForeignKey("decisions.PollOption", null=True, on_delete=models.PROTECT)
    tally = models.JSONField()  # roll, present, blank, expressed, quorum, votes per option code
    decided_at = models.DateTimeField()
    in_force_from = models.DateField(null=True)
    effect_state = models.CharField(
        max_length=10, choices=EffectState.choices, default=EffectState.NONE
    )
    effect_sentence = models.CharField(max_length=300, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_at", "-id")
        verbose_name = _("décision")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="outcome_number_in_cohort"),
            models.CheckConstraint(
                condition=Q(kind="elected", winner__isnull=False, in_force_from__isnull=False)
                | (~Q(kind="elected") & Q(winner__isnull=True, effect_state="none")),
                name="outcome_elected_has_winner",
            ),
        ]

    @property
    def is_adopted(self) -> bool:
        return self.kind == OutcomeKind.ELECTED

    @property
    def is_blocked(self) -> bool:
        return self.effect_state == EffectState.BLOCKED
