from typing import cast

from django.db import models
from django.db.models import Q

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from decisions.enums import NoticeKind, NoticeWay
from decisions.models.assembly import Assembly
from decisions.models.poll import Poll


class VoteNotice(Delivery):
    """A message about a vote or an assembly: an address to open, never a choice nor a figure.

    `batch` tells reminders apart. Reminders of a secret poll are sent without anybody seeing to whom:
    their rows are read by no page before closing.
    """

    poll = models.ForeignKey(
        "decisions.Poll", null=True, on_delete=models.PROTECT, related_name="notices"
    )
    assembly = models.ForeignKey(
        "decisions.Assembly", null=True, on_delete=models.PROTECT, related_name="notices"
    )
    recipient = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    way = models.CharField(max_length=5, choices=NoticeWay.choices)
    batch = models.PositiveSmallIntegerField(default=1)
    # Blind index of the one-time link's token: the link itself is in the message only.
    link_index = models.CharField(max_length=64, blank=True, db_index=True)
    link_used_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "sent_at"], name="vote_notice_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "recipient", "kind", "batch"],
                condition=Q(poll__isnull=False),
                name="vote_notice_once",
            ),
            models.UniqueConstraint(
                fields=["assembly", "recipient", "kind", "batch"],
                condition=Q(assembly__isnull=False),
                name="assembly_notice_once",
            ),
            models.CheckConstraint(
                condition=Q(poll__isnull=False, assembly__isnull=True)
                | Q(poll__isnull=True, assembly__isnull=False),
                name="vote_notice_of_one_thing",
            ),
        ]

    @property
    def vote(self) -> Poll:
        """The poll of a notice that has one (the constraint gives it a poll or an assembly)."""
        return cast(Poll, self.poll)

    @property
    def meeting(self) -> Assembly:
        return cast(Assembly, self.assembly)


class Reminder(models.Model):
    """One sending of reminders, asked for (`by`) or automatic; its number is the notices' `batch`.

    It stands whether or not anybody was awaited: a second sending refused only when the first found
    somebody would tell that everybody has voted.
    """

    poll = models.ForeignKey("decisions.Poll", on_delete=models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey("members.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("poll_id", "number")
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="reminder_numbered_once"),
            models.UniqueConstraint(
                fields=["poll"], condition=Q(by__isnull=True), name="reminder_automatic_once"
            ),
        ]
