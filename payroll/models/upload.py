from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from payroll.enums import MatchKind, UploadState
from payroll.querysets import UploadedSlipQuerySet, UploadQuerySet


class SlipUpload(Stamped):
    """A file of slips made by the host's own software: split, matched, checked by eye, handed out."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="slip_uploads"
    )
    month = models.DateField(_("mois"))  # first day
    name = models.CharField(max_length=140)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=UploadState.choices, default=UploadState.TO_CHECK
    )
    uploaded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    distributed_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    distributed_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("dépôt de bulletins")
        constraints = [
            # The same file sent twice, at once or not, is one upload to check.
            models.UniqueConstraint(
                fields=["cohort", "month", "sha256"],
                condition=models.Q(state="to_check"),
                name="upload_checked_once",
                violation_error_message=_("Ce fichier est déjà déposé, à vérifier."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="distributed", distributed_at__isnull=False)
                | (~models.Q(state="distributed") & models.Q(distributed_at__isnull=True)),
                name="upload_distributed_has_its_instant",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == UploadState.TO_CHECK

    @property
    def is_distributed(self) -> bool:
        return self.state == UploadState.DISTRIBUTED


class UploadedSlip(models.Model):
    """One slip found in an upload, and the person it was matched with by the text it carries."""

    upload = models.ForeignKey(SlipUpload, on_delete=models.PROTECT, related_name="slips")
    position = models.PositiveSmallIntegerField()
    # Where it stood: the file inside the ZIP ("" for a single PDF) and its pages, from 1.
    source = models.CharField(max_length=140, blank=True)
    first_page = models.PositiveSmallIntegerField()
    last_page = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="slips")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="uploaded_slips"
    )
    match = models.CharField(max_length=10, choices=MatchKind.choices, default=MatchKind.NONE)
    # What was recognised, in words: "nom et prénom en toutes lettres".
    matched_on = models.CharField(max_length=200, blank=True)
    # Read from the page, checked by a person.
    net_paid = AmountField(_("net payé"), null=True)
    total_cost = AmountField(_("total versé par l’employeur"), null=True)
    left_out = models.BooleanField(default=False)
    # Several slips may name one paper: the same bytes sent again are not handed out again.
    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="uploaded_slips"
    )

    objects = UploadedSlipQuerySet.as_manager()

    class Meta:
        ordering = ("upload_id", "position")
        verbose_name = _("bulletin déposé")
        constraints = [
            models.UniqueConstraint(fields=["upload", "position"], name="uploaded_slip_position"),
            models.UniqueConstraint(
                fields=["upload", "enrolment"],
                condition=models.Q(enrolment__isnull=False, left_out=False),
                name="uploaded_slip_one_per_person",
                violation_error_message=_("Deux bulletins de ce dépôt vont à la même personne."),
            ),
        ]

    @property
    def is_settled(self) -> bool:
        """Nothing is left to ask: set aside, or somebody's (never on a guess), with its net."""
        known = self.match in (MatchKind.SURE, MatchKind.HAND) and self.enrolment_id is not None
        return self.left_out or (known and self.net_paid is not None)

    @property
    def pages(self) -> int:
        return self.last_page - self.first_page + 1
