"""Support cockpit. Territories, organisations and seats are opened here; cohorts are only looked at:
their state and people change through services."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cohorts.models import (
    Cohort,
    Contract,
    CoordinatorSeat,
    Enrolment,
    EnrolmentImport,
    Event,
    HostSeat,
    NetworkSeat,
    Organisation,
    PartnerSeat,
    Partnership,
    Programme,
    RecoveryRequest,
    Territory,
)
from ct_platform.kit.reading import ReadOnlyAdmin


class KeptForEver(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """May be opened and corrected; ended by a date, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Territory)
class TerritoryAdmin(KeptForEver):
    list_display = ("name", "kind", "city", "department", "qpv_code")
    list_filter = ("kind",)
    search_fields = ("name", "city", "qpv_code")


@admin.register(Organisation)
class OrganisationAdmin(KeptForEver):
    list_display = ("name", "kind", "siret", "city")
    list_filter = ("kind",)
    search_fields = ("name", "siret")


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "organisation", "shortest_days", "longest_days", "closed_on")
    list_select_related = ("organisation",)
    search_fields = ("name", "code")


@admin.register(Partnership)
class PartnershipAdmin(KeptForEver):
    list_display = ("organisation", "role", "territory", "cohort", "starts_on", "ends_on")
    list_filter = ("role",)
    list_select_related = ("organisation", "territory", "cohort")
    autocomplete_fields = ("organisation", "territory", "cohort")


class SeatAdmin(KeptForEver):
    list_display = ("person", "place", "starts_on", "ends_on")
    search_fields = ("person__search_key",)
    raw_id_fields = ("person",)
    place_name = ""

    def get_queryset(self, request: HttpRequest) -> Any:
        joined = ["person", self.place_name] if self.place_name else ["person"]
        return super().get_queryset(request).select_related(*joined)

    @admin.display(description=_("lieu"))
    def place(self, seat: Any) -> str:
        return str(getattr(seat, self.place_name)) if self.place_name else str(_("le réseau"))


@admin.register(CoordinatorSeat)
class CoordinatorSeatAdmin(SeatAdmin):
    place_name = "territory"


@admin.register(HostSeat, PartnerSeat)
class OrganisationSeatAdmin(SeatAdmin):
    place_name = "organisation"


@admin.register(NetworkSeat)
class NetworkSeatAdmin(SeatAdmin):
    pass


@admin.register(Cohort)
class CohortAdmin(ReadOnlyAdmin):
    list_display = ("name", "territory", "host", "state", "starts_on", "ends_on", "on_site")
    list_filter = ("state", "territory")
    list_select_related = ("territory", "host")
    search_fields = ("name",)

    @admin.display(description=_("page"))
    def on_site(self, cohort: Cohort) -> str:
        url = reverse(settings.COHORT_PAGE, kwargs={"cohort_id": cohort.pk})
        return format_html('<a href="{}">{}</a>', url, _("ouvrir"))


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    list_display = ("person", "cohort", "state", "votes_from", "left_on")
    list_filter = ("state",)
    list_select_related = ("person", "cohort")
    search_fields = ("person__search_key", "cohort__name")


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin):
    list_display = ("enrolment_id", "person", "kind", "starts_on", "ends_on")
    list_filter = ("kind",)
    list_select_related = ("enrolment__person",)

    @admin.display(description=_("personne"))
    def person(self, contract: Contract) -> str:
        return str(contract.enrolment.person)


@admin.register(EnrolmentImport)
class EnrolmentImportAdmin(ReadOnlyAdmin):
    list_display = ("filename", "cohort", "state", "uploaded_by", "created_at", "confirmed_at")
    list_filter = ("state",)
    list_select_related = ("cohort", "uploaded_by")
    # Names and birth dates of people who have not entered: not support's need.
    exclude = ("rows",)


@admin.register(RecoveryRequest)
class RecoveryRequestAdmin(ReadOnlyAdmin):
    """Requests that named no place are sent on with `route_recovery`."""

    list_display = ("pk", "state", "territory", "created_at", "closed_at")
    list_filter = ("state", "territory")
    list_select_related = ("territory",)
    # What finds the link of the old contact is nobody's to read.
    exclude = ("block_index", "search_key", "key")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """What is planned. Guests and contacts are third persons: not support's need."""

    list_display = ("title", "cohort", "day", "kind", "state", "is_public")
    list_filter = ("kind", "state")
    list_select_related = ("cohort",)
    search_fields = ("title", "cohort__name")
