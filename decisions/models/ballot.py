import uuid

from django.db import models


class Ballot(models.Model):
    """An open ballot: kept with its voter, replaceable until closing.

    `content` is one ballot of the ballots file: {"choice": "a"}, {"blank": true}…
    """

    elector = models.OneToOneField(
        "decisions.Elector", on_delete=models.PROTECT, related_name="ballot"
    )
    content = models.JSONField()
    cast_at = models.DateTimeField()
    # Who held the pen: the voter, or the holder of their proxy.
    cast_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    # After the count its author said that their objection no longer stands: the ballot stays as cast.
    lifted_at = models.DateTimeField(null=True)

    cast_only = True  # kit.custody


class BallotChange(models.Model):
    """The visible history of an open ballot: one row each time it is cast."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="changes")
    content = models.JSONField()
    at = models.DateTimeField()

    cast_only = True

    class Meta:
        ordering = ("at", "id")


class UrnBallot(models.Model):
    """A secret ballot: nothing here says who, when, or in what order.

    Every cast re-lays the whole urn under fresh random keys, so that row identifiers, transaction
    identifiers and physical order tell nothing. `content` is a box in base64 (services/boxes.py): of
    a secret poll it opens with the server's keys, of a sealed one with two shares. No timestamp, no
    sequence, no history: never add one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey("decisions.Poll", on_delete=models.PROTECT, related_name="urn")
    content = models.TextField()

    cast_only = never_copied = True

    class Meta:
        ordering = ("id",)


class KeyHolder(models.Model):
    """One of the three people who keep a share of a sealed poll's key; two of them open the urn.

    Their passphrase is shown once and stored nowhere: `public_key` is derived from it, and the share
    is a box that only the passphrase opens. An opened share waits here for the second, sealed by the
    server, and is wiped by the count.
    """

    poll = models.ForeignKey("decisions.Poll", on_delete=models.PROTECT, related_name="holders")
    position = models.PositiveSmallIntegerField()  # 1 to 3: the index of the share
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    is_coordinator = models.BooleanField(default=False)
    salt = models.CharField(max_length=32, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True)
    share_box = models.TextField(blank=True)
    opened_share = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)

    cast_only = never_copied = True

    class Meta:
        ordering = ("poll_id", "position")
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="key_position_once"),
            models.UniqueConstraint(fields=["poll", "person"], name="key_one_per_person"),
        ]
