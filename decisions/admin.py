"""Support cockpit, read only. Ballots and their history are not registered: nobody browses votes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from decisions.models import Outcome, Poll, Proposal, Statutes


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg] # not subscriptable at run time
    """Looks and never touches: votes change through services only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Statutes)
class StatutesAdmin(ReadOnly):
    list_display = ("cohort", "version", "in_force_from", "quorum_numerator", "quorum_denominator")
    list_select_related = ("cohort",)
    search_fields = ("cohort__name",)


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    list_display = ("title", "cohort", "effect_code", "created_at")
    list_select_related = ("cohort",)
    search_fields = ("title", "cohort__name")


@admin.register(Poll)
class PollAdmin(ReadOnly):
    list_display = ("proposal", "round", "state", "opened_at", "closes_at", "closed_at")
    list_select_related = ("proposal",)
    list_filter = ("state",)
    search_fields = ("proposal__title", "proposal__cohort__name")


@admin.register(Outcome)
class OutcomeAdmin(ReadOnly):
    list_display = ("cohort", "number", "kind", "winner", "effect_state", "decided_at")
    list_select_related = ("cohort", "winner")
    list_filter = ("kind", "effect_state")
    search_fields = ("cohort__name", "poll__proposal__title")
