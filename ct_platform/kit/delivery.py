"""Work that leaves for a worker: lease, token, sweep. One pattern for papers, mails, notices.

A message may come late, twice or never. The row is the truth: a claim is one conditional UPDATE,
a result is kept only by whoever still holds the lease, and the sweep re-sends what was lost.
"""

import datetime as dt
import logging
import smtplib
import uuid
from collections.abc import Callable, Sequence
from typing import Any, Self

from celery import current_app
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)
SWEPT_AT_ONCE = 200
# A mail server that is down is not back in a minute, yet a vote may last an evening: ten, then twenty.
WAIT = dt.timedelta(minutes=10)


def send_keys(task_name: str, keys: Sequence[int]) -> int:
    """Queue rows by their keys alone; returns how many. What a dead broker refuses is left to the sweep.

    No retry: somebody is waiting for their page, and the rows are the truth.
    """
    task = current_app.tasks[task_name]
    try:
        task.apply_async(args=[list(keys)], retry=False)
    except task.OperationalError:
        log.warning("broker unreachable, %d of %s left to the sweep", len(keys), task_name)
        return 0
    return len(keys)


class DeliveryStatus(models.TextChoices):
    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("fait")
    FAILED = "failed", _("en échec")


class DeliveryQuerySet(models.QuerySet[Any]):
    def claimable(self, at: dt.datetime) -> Self:
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=at),
            status__in=[DeliveryStatus.WAITING, DeliveryStatus.RUNNING],
            attempts__lt=settings.DELIVERY_ATTEMPTS,
        )

    def claim(self, pk: int, at: dt.datetime) -> uuid.UUID | None:
        """Take row `pk`; None means a duplicate message: return quietly."""
        token = uuid.uuid4()
        touched = (
            self.claimable(at)
            .filter(pk=pk)
            .update(
                status=DeliveryStatus.RUNNING,
                attempts=F("attempts") + 1,
                lease_until=at + settings.DELIVERY_LEASE,
                lease_token=token,
            )
        )
        return token if touched == 1 else None

    def finish(self, pk: int, token: uuid.UUID, at: dt.datetime, **stamps: Any) -> bool:
        """Keep the result; False when the lease went to another, whose result will be equal."""
        return (
            self.filter(pk=pk, lease_token=token, status=DeliveryStatus.RUNNING).update(
                status=DeliveryStatus.DONE,
                finished_at=at,
                lease_until=None,
                lease_token=None,
                error="",
                **stamps,
            )
            == 1
        )

    def give_back(
        self, pk: int, token: uuid.UUID, sentence: str, *, again_at: dt.datetime | None = None
    ) -> bool:
        """The attempt failed with `sentence`: wait for the sweep, or stop at the last attempt.

        `again_at`: the sweep leaves it alone until then, and its grace.
        """
        held = self.filter(pk=pk, lease_token=token, status=DeliveryStatus.RUNNING)
        values: dict[str, Any] = {"lease_until": None, "lease_token": None, "error": sentence[:300]}
        if again_at is not None:
            values["sent_at"] = again_at
        return bool(
            held.filter(attempts__gte=settings.DELIVERY_ATTEMPTS).update(
                status=DeliveryStatus.FAILED, **values
            )
            or held.update(status=DeliveryStatus.WAITING, **values)
        )

    def drop(self, pk: int, token: uuid.UUID, sentence: str) -> bool:
        """What was to be done no longer makes sense: failed at once, with `sentence`, no more tries."""
        return (
            self.filter(pk=pk, lease_token=token, status=DeliveryStatus.RUNNING).update(
                status=DeliveryStatus.FAILED,
                lease_until=None,
                lease_token=None,
                error=sentence[:300],
            )
            == 1
        )

    def failed(self) -> Self:
        return self.filter(status=DeliveryStatus.FAILED)

    def fail_exhausted(self, at: dt.datetime, sentence: str) -> int:
        """A worker-killing task must not be retried for ever: last lease lapsed → failed."""
        return (
            self.filter(
                status__in=[DeliveryStatus.WAITING, DeliveryStatus.RUNNING],
                attempts__gte=settings.DELIVERY_ATTEMPTS,
            )
            .filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at))
            .update(
                status=DeliveryStatus.FAILED,
                lease_until=None,
                lease_token=None,
                error=sentence[:300],
            )
        )

    def lost(self, at: dt.datetime) -> Self:
        """Rows to send again: never picked up since the grace time, or held by a dead worker."""
        return (
            self.claimable(at)
            .filter(sent_at__lt=at - settings.DELIVERY_GRACE)
            .order_by("sent_at", "pk")
        )

    def take_lost(self, at: dt.datetime, sentence: str) -> list[int]:
        """The keys that a sweep sends now; what was tried too often fails with `sentence` instead."""
        self.fail_exhausted(at, sentence)
        keys = list(self.lost(at).values_list("pk", flat=True)[:SWEPT_AT_ONCE])
        self.model._default_manager.filter(pk__in=keys).update(sent_at=at)
        return keys

    def retry(self, at: dt.datetime) -> int:
        """A human pressed "try again": failed rows start afresh."""
        return self.filter(status=DeliveryStatus.FAILED).update(
            status=DeliveryStatus.WAITING, attempts=0, error="", sent_at=at
        )


class Delivery(models.Model):
    """Abstract. A subclass adds what is to be done, with a unique key that names the effect."""

    status = models.CharField(
        max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    sent_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


def deliver(
    row: Delivery,
    token: uuid.UUID,
    act: Callable[[], object],
    *,
    at: dt.datetime,
    wait: dt.timedelta = WAIT,
    sentence: str = "",
    **stamps: Any,
) -> bool:
    """Send a claimed message by `act`, outside any transaction; True when it left and is kept as done.

    What the server of messages refuses is given back with `sentence`, and waits longer at each try.
    """
    rows = type(row)._default_manager
    try:
        act()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("%s %s was not sent: %s", row._meta.model_name, row.pk, type(error).__name__)
        rows.give_back(  # type: ignore[attr-defined] # a Delivery has a DeliveryQuerySet
            row.pk,
            token,
            sentence or _say("Le message n’est pas parti."),
            again_at=at + wait * row.attempts,
        )
        return False
    kept: bool = rows.finish(row.pk, token, at, **stamps)  # type: ignore[attr-defined]
    return kept
