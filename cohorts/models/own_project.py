"""What somebody prepares for after: their project in their words, its steps, who helps."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.own_projects import OwnProjectKind, StepState
from cohorts.models.entry_file import FileVersion
from cohorts.querysets.own_projects import OwnHelperQuerySet, OwnProjectQuerySet, OwnStepQuerySet
from ct_platform.kit.models import Stamped

LONGEST_WORDS = 1000


class OwnProject(FileVersion):
    """A project changes, and what it was stays: one follows how somebody came to it."""

    kind = models.CharField(_("projet"), max_length=12, choices=OwnProjectKind.choices)
    words = models.TextField(_("en quelques mots"), max_length=LONGEST_WORDS)

    objects: ClassVar[Any] = OwnProjectQuerySet.as_manager()

    class Meta(FileVersion.Meta):
        verbose_name = _("projet personnel")


class OwnStep(Stamped):
    """One thing to do, dated or not. Its words are never edited: it is left, and another is written."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="own_steps"
    )
    words = models.CharField(_("étape"), max_length=200)
    doer = models.CharField(_("avec qui"), max_length=100, blank=True)  # "": the person alone
    due_on = models.DateField(_("pour le"), null=True)
    state = models.CharField(max_length=7, choices=StepState.choices, default=StepState.TO_DO)
    settled_on = models.DateField(null=True)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnStepQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        verbose_name = _("étape")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=StepState.TO_DO, settled_on__isnull=True)
                | (~Q(state=StepState.TO_DO) & Q(settled_on__isnull=False)),
                name="own_step_settled_has_its_day",
            )
        ]

    @property
    def is_to_do(self) -> bool:
        return self.state == StepState.TO_DO


class OwnHelper(Stamped):
    """Who helps: an organisation known here, or somebody named in words. Taken off, never erased."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="own_helpers"
    )
    organisation = models.ForeignKey(
        "cohorts.Organisation", null=True, on_delete=models.PROTECT, related_name="helped_projects"
    )
    name = models.CharField(_("qui"), max_length=120, blank=True)
    helps_with = models.CharField(_("pour quoi"), max_length=200, blank=True)
    # Chosen by the person alone; an organisation sees nothing until then.
    sees = models.BooleanField(default=False)
    removed_on = models.DateField(null=True)
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = OwnHelperQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        verbose_name = _("aide")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, name="")
                | (Q(organisation__isnull=True) & ~Q(name="")),
                name="own_helper_is_one_of_two",
            ),
            models.CheckConstraint(
                condition=Q(sees=False) | Q(organisation__isnull=False),
                name="own_helper_sees_from_a_seat",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "organisation"],
                condition=Q(removed_on__isnull=True, organisation__isnull=False),
                name="own_helper_once",
                violation_error_message=_("Cette organisation aide déjà."),
            ),
        ]

    @property
    def said(self) -> str:
        return self.organisation.name if self.organisation else self.name
