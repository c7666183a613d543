from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from projects.querysets import OfProjectQuerySet


class ProjectMember(Stamped):
    """Somebody of the team of a project, from a day to a day. Says who to ask; gives no right."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="members"
    )
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="project_memberships"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    is_referent = models.BooleanField(_("référent·e"), default=False)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-is_referent", "starts_on", "id")
        verbose_name = _("membre d’une équipe")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "enrolment"],
                condition=Q(ends_on__isnull=True),
                name="project_member_once",
                violation_error_message=_("Cette personne est déjà dans l’équipe."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="project_member_ends_after_start",
            ),
        ]
