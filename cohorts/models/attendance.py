"""Who was there, half-day by half-day. Signatures and history are never edited nor deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.sessions import (
    CAME,
    CorrectionSide,
    CorrectionState,
    Presence,
    Way,
)
from cohorts.querysets.sessions import OfSessionQuerySet, OfSlotQuerySet
from ct_platform.kit.models import Stamped


class Attendance(Stamped):
    """What is held to be true of one person on one half-day; its history says how it came about."""

    slot = models.ForeignKey("cohorts.Slot", on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="attendances"
    )
    presence = models.CharField(max_length=10, choices=Presence.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    # Read by the coordination and by the person, and printed nowhere.
    reason = models.CharField(_("raison"), max_length=140, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = OfSlotQuerySet.as_manager()

    class Meta:
        ordering = ("slot_id", "id")
        verbose_name = _("présence")
        constraints = [
            models.UniqueConstraint(fields=["slot", "enrolment"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(presence="excused"),
                name="attendance_reason_of_excused",
            ),
        ]

    @property
    def came(self) -> bool:
        return self.presence in CAME


class AttendanceSignature(models.Model):
    """One person signed one half-day, at that instant. Kept as written: the database refuses more."""

    slot = models.ForeignKey("cohorts.Slot", on_delete=models.PROTECT, related_name="signatures")
    enrolment = models.ForeignKey("cohorts.Enrolment", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField()
    # Themselves; for paper, who wrote it in from the signed sheet.
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey(
        "cohorts.SheetScan", null=True, on_delete=models.PROTECT, related_name="signatures"
    )

    objects = OfSlotQuerySet.as_manager()

    class Meta:
        ordering = ("slot_id", "at", "id")
        constraints = [
            models.UniqueConstraint(fields=["slot", "enrolment"], name="signature_once"),
            models.CheckConstraint(
                condition=Q(way="paper", scan__isnull=False)
                | Q(way__in=["phone", "tablet"], scan__isnull=True),
                name="signature_on_paper_has_its_scan",
            ),
        ]


class TrainerSignature(models.Model):
    """Who led the half-day signed it, at the beginning or at the end."""

    slot = models.ForeignKey(
        "cohorts.Slot", on_delete=models.PROTECT, related_name="trainer_signatures"
    )
    trainer = models.ForeignKey(
        "cohorts.SessionTrainer", on_delete=models.PROTECT, related_name="signatures"
    )
    way = models.CharField(max_length=10, choices=Way.choices)
    at = models.DateTimeField()

    objects = OfSlotQuerySet.as_manager()

    class Meta:
        ordering = ("slot_id", "at", "id")
        constraints = [
            models.UniqueConstraint(fields=["slot", "trainer"], name="trainer_signature_once")
        ]


class AttendanceChange(models.Model):
    """One line of the history of a presence. It never repeats the private reason."""

    slot = models.ForeignKey("cohorts.Slot", on_delete=models.PROTECT, related_name="changes")
    enrolment = models.ForeignKey("cohorts.Enrolment", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=400)

    objects = OfSlotQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")


class CorrectionRequest(Stamped):
    """One side says that a presence is wrong; the other answers. Both are kept."""

    slot = models.ForeignKey("cohorts.Slot", on_delete=models.PROTECT, related_name="corrections")
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="corrections"
    )
    side = models.CharField(max_length=12, choices=CorrectionSide.choices)
    wanted = models.CharField(max_length=10, choices=Presence.choices)
    sentence = models.CharField(_("ce qui s’est passé"), max_length=200)
    asked_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=CorrectionState.choices, default=CorrectionState.OPEN
    )
    answer = models.CharField(_("réponse"), max_length=200, blank=True)
    answered_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    objects = OfSlotQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        verbose_name = _("demande de correction")
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "enrolment"],
                condition=Q(state="open"),
                name="correction_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="correction_answered_has_its_instant",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == CorrectionState.OPEN


class SheetScan(Stamped):
    """The sheet signed by hand, photographed or scanned: the proof of signatures on paper."""

    session = models.ForeignKey("cohorts.Session", on_delete=models.PROTECT, related_name="scans")
    file = models.FileField(upload_to="sheets")
    mime = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    sentence = models.CharField(_("pourquoi sur papier"), max_length=200)
    uploaded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = OfSessionQuerySet.as_manager()

    class Meta:
        ordering = ("uploaded_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["session", "sha256"], name="scan_once_per_session")
        ]
