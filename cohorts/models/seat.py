"""Who may act from where, and since when. `members.seats` reads these through a registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.querysets import SeatQuerySet
from ct_platform.kit.models import Stamped


class DatedSeat(Stamped):
    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="%(class)ss"
    )
    starts_on = models.DateField(_("depuis"))
    ends_on = models.DateField(_("jusqu’à"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("id",)


class CoordinatorSeat(DatedSeat):
    territory = models.ForeignKey(
        "cohorts.Territory", on_delete=models.PROTECT, related_name="coordinator_seats"
    )


class HostSeat(DatedSeat):
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="host_seats"
    )


class PartnerSeat(DatedSeat):
    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="partner_seats"
    )


class NetworkSeat(DatedSeat):
    """Administrator of the network: opens territories and organisations, sees totals only."""
