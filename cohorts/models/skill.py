from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.skills import ConfirmerRole, SkillLevel, SkillMoment
from cohorts.querysets.skills import SkillConfirmationQuerySet, SkillQuerySet, SkillScopedQuerySet
from cohorts.rules.skills import LONGEST_MEANING, LONGEST_TITLE
from ct_platform.kit.models import Stamped


class SkillGrid(Stamped):
    """That the group adopted its words, when, and by which decision. The words are its skills."""

    cohort = models.OneToOneField(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="skill_grid"
    )
    adopted_on = models.DateField()
    # Null when the coordinator noted what the group agreed in the room, before any vote here.
    decision_number = models.PositiveSmallIntegerField(null=True)
    noted_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision_number__isnull=False) | Q(noted_by__isnull=False),
                name="skill_grid_says_who",
            )
        ]


class Skill(Stamped):
    """One line of the grid. A word taken out of the grid is kept: people were confirmed on it."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.PROTECT, related_name="skills")
    title = models.CharField(_("compétence"), max_length=LONGEST_TITLE)
    meaning = models.CharField(_("ce que ça veut dire"), max_length=LONGEST_MEANING, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("compétence")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "title"], name="skill_once_per_cohort")
        ]

    def __str__(self) -> str:
        return self.title


class SelfAssessment(Stamped):
    """Where somebody says they are, at one of three moments. Theirs, to show or to keep."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="self_assessments"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="self_assessments")
    moment = models.CharField(max_length=6, choices=SkillMoment.choices)
    level = models.PositiveSmallIntegerField(choices=SkillLevel.choices)
    noted_on = models.DateField()

    objects = SkillScopedQuerySet.as_manager()

    class Meta:
        ordering = ("skill_id", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "skill", "moment"], name="self_assessment_once_a_moment"
            )
        ]


class SkillConfirmation(Stamped):
    """Somebody who saw it done says so, with what they saw. Withdrawn, never erased."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="skill_confirmations"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="confirmations")
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=ConfirmerRole.choices)
    level = models.PositiveSmallIntegerField(choices=SkillLevel.choices[1:])
    evidence = models.CharField(_("ce que j’ai vu"), max_length=300)
    confirmed_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    objects = SkillConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ("confirmed_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "skill", "by"],
                condition=Q(withdrawn_on__isnull=True),
                name="skill_confirmed_once_by_each",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3), name="skill_confirmation_level"
            ),
        ]


class SkillDisplay(Stamped):
    """What the person lets others see of one skill. No row: nothing is shown."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="skill_displays"
    )
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="displays")
    to_team = models.BooleanField(_("l’accompagnement"), default=False)
    to_group = models.BooleanField(_("le groupe"), default=False)
    on_papers = models.BooleanField(_("mon attestation"), default=False)

    objects = SkillScopedQuerySet.as_manager()

    class Meta:
        ordering = ("skill_id", "id")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "skill"], name="skill_display_once")
        ]
