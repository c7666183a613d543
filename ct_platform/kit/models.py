"""Abstract bases and the few tables every app shares."""

from django.conf import settings
from django.db import models


class Stamped(models.Model):
    """When a row was made. Never on ballots: an instant can name a voter."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    class Meta:
        abstract = True


class TransitionLog(models.Model):
    """One row per change of state, written in the transaction of the change."""

    model = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    old = models.CharField(max_length=30)
    new = models.CharField(max_length=30)
    # A plain key: kit stands left of members and knows no person.
    by_person_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["model", "row_id"], name="transition_of_row")]


class Submission(models.Model):
    """A form that was already received: a double tap creates once (see kit.once)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    answer = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="submission_once"),
        ]
