"""What the host owes to URSSAF and France Travail about its CAPEs, and the alerts before an end."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.contracts import (
    Authority,
    AuthorityNoticeState,
    NoticeEvent,
    SendingWay,
)
from cohorts.querysets.contracts import OfContractQuerySet
from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.models import Stamped


class AuthorityNotice(Stamped):
    """One fact to tell one authority (C. trav. R5142-1), and the proof that it was told."""

    contract = models.ForeignKey(
        "cohorts.Contract", on_delete=models.PROTECT, related_name="notices"
    )
    authority = models.CharField(max_length=6, choices=Authority.choices)
    event = models.CharField(max_length=10, choices=NoticeEvent.choices)
    happened_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(
        max_length=6, choices=AuthorityNoticeState.choices, default=AuthorityNoticeState.DUE
    )
    letter = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_on = models.DateField(null=True)
    way = models.CharField(max_length=10, choices=SendingWay.choices, blank=True)
    # Number of the registered letter, of the message, of the receipt.
    reference = models.CharField(max_length=80, blank=True)
    proof = models.ForeignKey(
        "cohorts.ContractFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("démarche")
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "authority", "event"], name="authority_notice_once"
            ),
            models.CheckConstraint(
                condition=Q(state=AuthorityNoticeState.SENT, sent_on__isnull=False)
                | (~Q(state=AuthorityNoticeState.SENT) & Q(sent_on__isnull=True)),
                name="authority_notice_sent_has_its_day",
            ),
        ]

    @property
    def is_due(self) -> bool:
        return self.state == AuthorityNoticeState.DUE

    def is_late(self, today: dt.date) -> bool:
        return self.is_due and today > self.due_on


class ContractAlert(Delivery):
    """A mail that contracts of a cohort end soon: once to each person, last day and threshold."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="contract_alerts"
    )
    ends_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    recipient = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "sent_at"], name="contract_alert_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "ends_on", "days", "recipient"], name="contract_alert_once"
            )
        ]
