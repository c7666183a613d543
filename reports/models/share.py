"""A link to one report for who has no account: printed with the name of its partner, for a time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from reports.querysets import ShareLinkQuerySet


class ShareLink(Stamped):
    """The secret is kept as a keyed hash; it is shown once, to who made the link."""

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="links")
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(_("pour qui"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(_("ouvert jusqu’au"))
    closed_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("lien de partage")
        constraints = [
            models.CheckConstraint(
                condition=Q(opened=0, opened_at__isnull=True)
                | Q(opened__gt=0, opened_at__isnull=False),
                name="share_link_opened_at",
            ),
            models.CheckConstraint(condition=~Q(label=""), name="share_link_for_somebody"),
        ]
