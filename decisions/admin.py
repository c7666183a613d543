"""Support cockpit, read only. Ballots and their history are not registered: nobody browses votes."""

from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from decisions.models import Outcome, Poll, Proposal, Statutes


@admin.register(Statutes)
class StatutesAdmin(ReadOnlyAdmin):
    list_display = ("cohort", "version", "in_force_from", "quorum_numerator", "quorum_denominator")
    list_select_related = ("cohort",)
    search_fields = ("cohort__name",)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("title", "cohort", "effect_code", "created_at")
    list_select_related = ("cohort",)
    search_fields = ("title", "cohort__name")


@admin.register(Poll)
class PollAdmin(ReadOnlyAdmin):
    list_display = ("proposal", "round", "state", "opened_at", "closes_at", "closed_at")
    list_select_related = ("proposal",)
    list_filter = ("state",)
    search_fields = ("proposal__title", "proposal__cohort__name")


@admin.register(Outcome)
class OutcomeAdmin(ReadOnlyAdmin):
    list_display = ("cohort", "number", "kind", "winner", "effect_state", "decided_at")
    list_select_related = ("cohort", "winner")
    list_filter = ("kind", "effect_state")
    search_fields = ("cohort__name", "poll__proposal__title")
