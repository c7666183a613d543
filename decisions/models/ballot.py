from django.db import models


class Ballot(models.Model):
    """An open ballot: kept with its voter, replaceable until closing. `option` null is a blank."""

    elector = models.OneToOneField(
        "decisions.Elector", on_delete=models.PROTECT, related_name="ballot"
    )
    option = models.ForeignKey(
        "decisions.PollOption", null=True, on_delete=models.PROTECT, related_name="ballots"
    )
    cast_at = models.DateTimeField()


class BallotChange(models.Model):
    """The visible history of an open ballot: one row each time it is cast."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="changes")
    option = models.ForeignKey(
        "decisions.PollOption", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
