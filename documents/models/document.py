"""A paper is a photograph: everything it prints stands in `snapshot`; it is never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.models import Stamped
from documents.enums import DocumentStatus
from documents.querysets import DocumentQuerySet


class Document(Stamped):
    kind = models.CharField(max_length=30)  # a code of documents.kinds
    title = models.CharField(max_length=200)
    # Gapless per issuer, series and year when the kind is numbered (slips, invoices).
    number = models.CharField(max_length=30, blank=True)
    issuer_key = models.BigIntegerField()  # organisation
    issuer_name = models.CharField(max_length=200)
    subject = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="documents"
    )
    # Scope as plain keys: cohorts stand to the right.
    cohort_key = models.BigIntegerField(null=True, db_index=True)
    territory_key = models.BigIntegerField(null=True, db_index=True)
    # Groups the papers of one act (a pay run) for its progress list, e.g. "payrun:7".
    batch = models.CharField(max_length=60, blank=True, db_index=True)
    # Names the effect, e.g. "payslip:41": issuing twice gives the same paper.
    effect_key = models.CharField(max_length=80, unique=True)
    # 128 random bits, Crockford base 32, 26 characters: what the QR carries.
    code = models.CharField(max_length=26, unique=True)
    snapshot = models.JSONField()
    template_version = models.CharField(max_length=20)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        max_length=10, choices=DocumentStatus.choices, default=DocumentStatus.VALID
    )
    replaced_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces"
    )
    revoked_reason = models.CharField(max_length=200, blank=True)
    # Filled by the worker.
    file = models.FileField(upload_to="papers", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    rendering_key = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    first_opened_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-id")
        verbose_name = _("papier")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer_key", "number"],
                condition=~Q(number=""),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=Q(status="replaced", replaced_by__isnull=False)
                | (~Q(status="replaced") & Q(replaced_by__isnull=True)),
                name="document_replaced_names_successor",
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return bool(self.sha256)
