import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.enums import ADOPTING, WAITING, EffectState, OutcomeKind
from decisions.querysets import OutcomeQuerySet


class Outcome(Stamped):
    """The count and what it did, in one transaction. A line of the register; never edited."""

    poll = models.OneToOneField("decisions.Poll", on_delete=models.PROTECT, related_name="outcome")
    # Gapless per cohort: "décision n° 3".
    number = models.PositiveSmallIntegerField()
    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=15, choices=OutcomeKind.choices)
    # The one answer chosen, when the method chooses one among several.
    winner = models.ForeignKey("decisions.PollOption", null=True, on_delete=models.PROTECT)
    # What the count gave and publication allows, as in the tally file, and "again": the answers of
    # a possible next round.
    tally = models.JSONField()
    decided_at = models.DateTimeField()
    in_force_from = models.DateField(null=True)
    # What this decision is the law about, within its effect: the latest on a subject is the law.
    law = models.CharField(max_length=80, blank=True)
    ends_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    repeals = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="repealed_by"
    )
    code_version = models.CharField(max_length=40, blank=True)
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
                condition=Q(kind__in=["adopted", "elected"], in_force_from__isnull=False)
                | (
                    ~Q(kind__in=["adopted", "elected"])
                    & Q(winner__isnull=True, in_force_from__isnull=True, effect_state="none")
                ),
                name="outcome_adopted_is_in_force",
            ),
        ]

    @property
    def is_adopted(self) -> bool:
        return self.kind in ADOPTING

    def has_begun(self, day: dt.date) -> bool:
        """Adopted, applied, and begun on `day`, ended since or not: `OutcomeQuerySet.begun` on one row."""
        undone = self.effect_state in (EffectState.NONE, EffectState.BLOCKED)
        return (
            self.is_adopted
            and not undone
            and self.in_force_from is not None
            and self.in_force_from <= day
        )

    @property
    def is_blocked(self) -> bool:
        """Nothing of it could be done yet."""
        return self.effect_state == EffectState.BLOCKED

    @property
    def is_partly(self) -> bool:
        """In force; a part of it could not be done yet."""
        return self.effect_state == EffectState.PARTLY

    @property
    def waits(self) -> bool:
        return self.effect_state in WAITING

    @property
    def winners(self) -> list[str]:
        """Codes of the answers chosen, best first; empty for a yes or no."""
        codes: list[str] = self.tally.get("winners", [])
        return codes

    @property
    def answer(self) -> str:
        """What the group answered, in a few words: the answer chosen, else the kind of outcome."""
        if self.winner is not None:
            return self.winner.label
        if self.kind == OutcomeKind.ADOPTED and not self.winners:
            return _say("Oui")
        if self.winners:
            # Labels are written with the count: a register line asks nothing more.
            return ", ".join(self.tally.get("winner_labels", self.winners))
        return str(OutcomeKind(self.kind).label).capitalize()
