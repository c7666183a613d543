from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.enums import PollState
from decisions.querysets import PollQuerySet


class Poll(Stamped):
    """A question put to a roll frozen at opening. Open vote: the cohort sees who chose what, after."""

    proposal = models.ForeignKey(
        "decisions.Proposal", on_delete=models.PROTECT, related_name="polls"
    )
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=PollState.choices, default=PollState.DRAFT)
    method = models.CharField(max_length=20, default="majority")
    closes_at = models.DateTimeField(_("fin du vote"))
    # Frozen at opening.
    opened_at = models.DateTimeField(null=True)
    statutes = models.ForeignKey("decisions.Statutes", null=True, on_delete=models.PROTECT)
    roll_hash = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)
    early_closing_reason = models.CharField(_("pourquoi avant l’heure"), max_length=200, blank=True)
    cancel_reason = models.CharField(_("pourquoi l’annuler"), max_length=200, blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="poll_round_once"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(closes_at__gt=F("opened_at")),
                name="poll_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(opened_at__isnull=False),
                name="poll_open_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open", "cancelled"], closed_at__isnull=True)
                | Q(state__in=["closed", "counted"], closed_at__isnull=False),
                name="poll_closed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="poll_cancelled_says_why",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == PollState.OPEN

    @property
    def is_counted(self) -> bool:
        return self.state == PollState.COUNTED

    @property
    def is_cancelled(self) -> bool:
        return self.state == PollState.CANCELLED


class PollOption(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)  # what the effect reads
    label = models.CharField(max_length=140)
    help_text = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("poll_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["poll", "code"], name="option_once_per_poll")
        ]


class Elector(models.Model):
    """One line of the roll. Written at opening; a database trigger refuses later additions."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="electors")
    enrolment = models.ForeignKey("cohorts.Enrolment", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("poll_id", "enrolment_id")
        constraints = [
            models.UniqueConstraint(fields=["poll", "enrolment"], name="elector_once_per_poll")
        ]
