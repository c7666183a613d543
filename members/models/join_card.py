"""A printed card that lets a coopérant in: QR and short code, single use, renewed by staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from members.querysets import JoinCardQuerySet


class JoinCard(Stamped):
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="join_cards")
    # Hashes only: a copy of the database opens no door. The card itself is shown once, at issue.
    token_hash = models.CharField(max_length=64, unique=True)  # of a 128-bit token (QR)
    code_hash = models.CharField(max_length=64, unique=True)  # of a 40-bit code (typed by hand)
    # Where it was printed for: a plain key, since cohorts stand to the right.
    cohort_key = models.BigIntegerField()
    issued_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = JoinCardQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("carte d’entrée")
