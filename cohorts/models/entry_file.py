"""The enrolment file: what was true the day before the entry, and upon leaving.

Nothing is edited: a new version follows the one before, the database refuses the rest. So the
original stays, with who wrote, when and, once the entry is past, why.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.entry_files import ExitStatus, LocatedHow, ProofKind, QuarterStatus
from cohorts.querysets.entry_files import FileVersionQuerySet


def _answer() -> "models.CharField[str, str]":
    """A code, "refused", or "" when missing."""
    return models.CharField(max_length=20, blank=True)


class FileVersion(models.Model):
    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="%(class)s_versions"
    )
    number = models.PositiveSmallIntegerField()  # 1, 2…: two writers at once collide here
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # Why an answer already given was corrected after the entry; empty otherwise.
    reason = models.CharField(_("pourquoi"), max_length=200, blank=True)

    objects = FileVersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("enrolment_id", "number")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="%(class)s_version_once")
        ]


class EntrySituation(FileVersion):
    """The day before the entry. Columns are named by the codes of cohorts.questionnaire."""

    # First day of the action for this person; ages and durations are counted from it.
    entered_on = models.DateField(_("entrée le"))
    labour = _answer()
    seeking_since = _answer()  # "2025-03-01" or "refused"
    minimum_income = _answer()
    diploma = _answer()
    household = _answer()
    housing = _answer()
    rural = _answer()
    sex = _answer()
    birth_place = models.CharField(max_length=100, blank=True)
    # Somebody who knows how to find them, when there is neither phone nor e-mail.
    referent = models.CharField(_("personne relais"), max_length=150, blank=True)

    class Meta(FileVersion.Meta):
        verbose_name = _("situation à l’entrée")


class EntryPlace(FileVersion):
    """Where the person lived on entering, and whether it is a priority quarter, by which vintage.

    A later move changes the person's address, never this.
    """

    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    city = models.CharField(_("commune"), max_length=100, blank=True)
    insee = models.CharField(_("code INSEE"), max_length=5, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    quarter_status = models.CharField(max_length=3, choices=QuarterStatus.choices, blank=True)
    quarter_code = models.CharField(max_length=10, blank=True)
    quarter_name = models.CharField(max_length=200, blank=True)
    vintage = models.PositiveSmallIntegerField(_("millésime"), null=True)
    located_how = models.CharField(max_length=5, choices=LocatedHow.choices, blank=True)
    evidence = models.CharField(_("preuve"), max_length=200, blank=True)

    class Meta(FileVersion.Meta):
        verbose_name = _("adresse à l’entrée")
        constraints = [
            *FileVersion.Meta.constraints,
            models.CheckConstraint(
                condition=Q(quarter_status="", vintage__isnull=True, quarter_code="")
                | Q(quarter_status="out", vintage__isnull=False, quarter_code="")
                | (Q(quarter_status="in", vintage__isnull=False) & ~Q(quarter_code="")),
                name="entry_place_names_its_vintage",
            ),
            models.CheckConstraint(
                condition=~Q(located_how=LocatedHow.HAND) | ~Q(evidence=""),
                name="entry_place_by_hand_has_evidence",
            ),
        ]


class SensitiveAnswers(FileVersion):
    """Disability, origin, homelessness (RGPD art. 9): optional, sealed, read by one seat, each
    reading recorded (members.AccessRecord). In no admin, no list, no search."""

    # Written inside the sealed text: a value moved to another row does not open there.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sealed = models.TextField()

    class Meta(FileVersion.Meta):
        verbose_name = _("réponses sensibles")


class ExitSituation(FileVersion):
    """Upon leaving, raw; the category is derived when it is read (cohorts.rules.exits)."""

    left_on = models.DateField(_("dernier jour"))
    status = models.CharField(_("situation"), max_length=12, choices=ExitStatus.choices)
    contract_months = models.PositiveSmallIntegerField(null=True)
    contract_days = models.PositiveSmallIntegerField(default=0)  # beyond the months
    qualification = _answer()  # gained one upon leaving: yes, no, refused
    known_on = models.DateField(_("constatée le"))
    evidence = models.CharField(_("preuve"), max_length=200, blank=True)

    class Meta(FileVersion.Meta):
        verbose_name = _("situation à la sortie")


class FileProof(models.Model):
    """A scan kept for auditors: the signed questionnaire, a proof of address or of exit."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="file_proofs"
    )
    kind = models.CharField(max_length=8, choices=ProofKind.choices)
    file = models.FileField(upload_to="dossiers")
    suffix = models.CharField(max_length=3)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = FileVersionQuerySet.as_manager()

    class Meta:
        ordering = ("enrolment_id", "-added_at", "-id")
        verbose_name = _("pièce du dossier")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind", "sha256"],
                name="proof_once_per_file",
            )
        ]
