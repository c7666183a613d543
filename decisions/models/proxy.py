from django.db import models
from django.db.models import F, Q

from decisions.querysets import OfOneProposalQuerySet


class Proxy(models.Model):
    """A written power to vote for somebody, for the next poll of a proposal, revocable until used.

    Given before the opening, which binds it to its poll (`poll`, and the elector's holder).
    """

    proposal = models.ForeignKey(
        "decisions.Proposal", on_delete=models.PROTECT, related_name="proxies"
    )
    poll = models.ForeignKey(
        "decisions.Poll", null=True, on_delete=models.PROTECT, related_name="proxies"
    )
    giver = models.ForeignKey("cohorts.Enrolment", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("cohorts.Enrolment", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    # Signed on paper and noted by the coordinator, rather than given on the giver's own phone.
    on_paper = models.BooleanField(default=False)
    noted_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = OfOneProposalQuerySet.as_manager()

    class Meta:
        ordering = ("given_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "giver"],
                condition=Q(revoked_at__isnull=True, poll__isnull=True),
                name="proxy_one_waiting_per_giver",
            ),
            models.UniqueConstraint(
                fields=["poll", "giver"],
                condition=Q(revoked_at__isnull=True),
                name="proxy_one_per_giver_and_poll",
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("holder")), name="proxy_is_for_somebody_else"
            ),
        ]
