"""A printed card that lets a coopérant in: QR and short code, single use, renewed by staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from members.querysets import JoinCardQuerySet


class JoinCard(Stamped):
    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="join_cards"
    )
    # Keyed hashes only: a copy of the database opens no door. The card itself is shown once, at issue.
    token_hash = models.CharField(max_length=64, unique=True)  # of a 128-bit token (QR)
    code_hash = models.CharField(max_length=64, unique=True)  # of a 40-bit code (typed by hand)
    # Where it was printed for: a plain key, since cohorts stand to the right.
    cohort_key = models.BigIntegerField()
    issued_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Keyed hash of the browser session that used it: on a poor network the answer may be lost, and the
    # same browser may then ask again for a few minutes (see services.join_cards).
    used_from = models.CharField(max_length=64, blank=True)
    revoked_at = models.DateTimeField(null=True)

    objects = JoinCardQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("carte d’entrée")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="join_card_one_open",
                violation_error_message=_("Cette personne a déjà une carte qui n’a pas servi."),
            ),
        ]
