"""What a person asked of their own agenda: a private address for their phone, a reminder the day before."""

from django.db import models
from django.db.models import Q

from cohorts.enums.sessions import ReminderWay, SessionNoticeKind
from cohorts.querysets.sessions import AgendaQuerySet
from ct_platform.kit.crypto import unseal
from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.models import Stamped

FEED_PLACE = "cohorts_agenda|secret"


class Agenda(Stamped):
    person = models.OneToOneField("members.Person", on_delete=models.PROTECT, related_name="agenda")
    # The address is shown again to its owner: sealed; and found again without being stored: indexed.
    sealed_secret = models.TextField(blank=True)
    secret_index = models.CharField(max_length=64, blank=True, db_index=True)
    secret_at = models.DateTimeField(null=True)
    remind_by = models.CharField(
        max_length=4, choices=ReminderWay.choices, default=ReminderWay.NONE, blank=True
    )
    remind_since = models.DateTimeField(null=True)

    objects = AgendaQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["secret_index"], condition=~Q(secret_index=""), name="agenda_secret_once"
            )
        ]

    @property
    def secret(self) -> str:
        """The secret of the address, for its owner; "" when there is none."""
        if not self.sealed_secret:
            return ""
        return unseal(f"{FEED_PLACE}|{self.pk}", self.sealed_secret)


class SessionNotice(Delivery):
    """A message about a session, to one person, once for each day it was planned on, and each move."""

    session = models.ForeignKey("cohorts.Session", on_delete=models.PROTECT, related_name="notices")
    recipient = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SessionNoticeKind.choices)
    way = models.CharField(max_length=4, choices=ReminderWay.choices)
    day = models.DateField()
    # Of the session when it moved: moved twice in a day, it is told twice. 0 for other messages.
    version = models.PositiveIntegerField(default=0)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "sent_at"], name="session_notice_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "recipient", "kind", "day", "version"],
                name="session_notice_once",
            )
        ]
