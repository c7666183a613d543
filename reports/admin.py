from django.contrib import admin

from ct_platform.kit.reading import ReadOnlyAdmin
from reports.models import (
    Answer,
    ApiToken,
    CostLine,
    FundingDue,
    FundingLine,
    FundingReceipt,
    OpenRelease,
    Operation,
    Question,
    Report,
    ReportNotice,
    ReportRequest,
    ShareLink,
    Snapshot,
)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Reading only: a report is frozen on the site, and never changed. Its basis is not shown."""

    list_display = ("cohort", "frozen_at", "period_from", "period_to")
    list_select_related = ("cohort",)
    search_fields = ("cohort__name",)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("cohort", "state", "occasion", "prepared_at", "sent_at", "final_at")
    list_select_related = ("cohort",)
    list_filter = ("state", "occasion")
    search_fields = ("cohort__name",)


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ("report", "organisation", "code", "asked_at")
    list_select_related = ("report", "organisation")


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ("question", "answered_at")
    list_select_related = ("question",)


@admin.register(ReportRequest)
class ReportRequestAdmin(ReadOnlyAdmin):
    list_display = ("cohort", "organisation", "asked_at", "report")
    list_select_related = ("cohort", "organisation", "report")


@admin.register(ShareLink)
class ShareLinkAdmin(ReadOnlyAdmin):
    """The secret is nowhere: its keyed hash is not shown either."""

    list_display = ("report", "organisation", "label", "expires_on", "closed_at", "opened")
    list_select_related = ("report", "organisation")
    exclude = ("digest",)


@admin.register(ReportNotice)
class ReportNoticeAdmin(ReadOnlyAdmin):
    list_display = ("report", "organisation", "kind", "status", "attempts", "sent_at")
    list_select_related = ("report", "organisation")
    exclude = ("lease_token",)


@admin.register(Operation)
class OperationAdmin(ReadOnlyAdmin):
    list_display = ("number", "name", "territory", "host", "starts_on", "ends_on")
    list_select_related = ("territory", "host")
    search_fields = ("number", "name")


@admin.register(FundingLine)
class FundingLineAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisation", "territory", "state", "asked_amount", "granted_amount")
    list_select_related = ("organisation", "territory")
    list_filter = ("state", "is_eu")
    search_fields = ("name", "organisation__name", "commitment_number")


@admin.register(FundingReceipt)
class FundingReceiptAdmin(ReadOnlyAdmin):
    list_display = ("line", "kind", "amount", "received_on", "recorded_by")
    list_select_related = ("line", "recorded_by")


@admin.register(FundingDue)
class FundingDueAdmin(ReadOnlyAdmin):
    list_display = ("line", "title", "due_on", "state", "handed_on")
    list_select_related = ("line",)
    list_filter = ("state",)


@admin.register(CostLine)
class CostLineAdmin(ReadOnlyAdmin):
    list_display = ("cohort", "kind", "label", "amount", "spent_on", "withdrawn_at")
    list_select_related = ("cohort",)
    list_filter = ("kind",)
    search_fields = ("cohort__name", "label")


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Closed on the site. The secret is nowhere: its keyed hash is not shown either."""

    list_display = ("organisation", "name", "prefix", "state", "expires_on", "used_on")
    list_select_related = ("organisation",)
    list_filter = ("state",)
    search_fields = ("organisation__name", "name", "prefix")
    exclude = ("digest",)


@admin.register(OpenRelease)
class OpenReleaseAdmin(ReadOnlyAdmin):
    list_display = ("year", "number", "published_at", "masked", "reason")
