from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from decisions.enums import ContributionKind
from decisions.querysets import OfOneProposalQuerySet, ProposalQuerySet


class Proposal(Stamped):
    """A question put to the group, and what its adoption does. Its text lives in versions."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("question"), max_length=140)
    effect_code = models.CharField(max_length=40)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # Who carries it: answers questions, and does what was decided.
    owner = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("proposition")

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class ProposalVersion(models.Model):
    """One wording of a proposal: never edited; a poll freezes the one it is opened on."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("explication"), blank=True, max_length=2000)
    # Typed by the effect's own form; read only by the effect.
    effect_settings = models.JSONField(default=dict)
    # What this wording changes, in one sentence; empty for the first.
    change = models.CharField(_("ce qui change"), max_length=300, blank=True)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("proposal_id", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="proposal_version_numbered_once"
            )
        ]


class Contribution(models.Model):
    """A voice in the discussion before the vote: for, against, a question, its answer, a change."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=10, choices=ContributionKind.choices)
    text = models.CharField(max_length=1000)
    author = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    answers = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="answered_by"
    )
    # The wording that took this change in.
    taken_in = models.ForeignKey(
        ProposalVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_why = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfOneProposalQuerySet.as_manager()

    class Meta:
        ordering = ("said_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="answer", answers__isnull=False)
                | (~Q(kind="answer") & Q(answers__isnull=True)),
                name="contribution_answer_has_question",
            ),
            models.CheckConstraint(
                condition=Q(kind="amendment") | Q(taken_in__isnull=True, declined_why=""),
                name="contribution_only_changes_are_settled",
            ),
        ]
