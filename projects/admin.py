"""Support cockpit: hours and money are read here, and changed only through their services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ct_platform.kit.reading import ReadOnlyAdmin
from projects import (
    admin_of_money,  # noqa: F401 - registers what getting paid needs
    invoice_admin,  # noqa: F401 - its registrations
    selling_admin,  # noqa: F401  admin.site only reads the module named admin
)
from projects.models import (
    Expense,
    ExpenseClaim,
    Idea,
    Lot,
    LotMove,
    MoneyChange,
    Offer,
    Order,
    Project,
    ProjectMember,
    Receipt,
    Sale,
    Task,
    TaskSignUp,
    WeekDeclaration,
    WorkChange,
    WorkEntry,
)


class ReadOnlyLines(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class WorkChanges(ReadOnlyLines):
    model = WorkChange


class MoneyChanges(ReadOnlyLines):
    model = MoneyChange


@admin.register(WorkEntry)
class WorkEntryAdmin(ReadOnlyAdmin):
    list_display = ("day", "enrolment", "minutes", "kind", "project", "state", "pay_run_key")
    list_filter = ("state", "kind")
    list_select_related = ("enrolment__person", "project")
    search_fields = ("enrolment__person__search_key", "project__name")
    date_hierarchy = "day"
    inlines = (WorkChanges,)


@admin.register(WeekDeclaration)
class WeekDeclarationAdmin(ReadOnlyAdmin):
    list_display = ("monday", "enrolment", "declared_at")
    list_select_related = ("enrolment__person",)
    search_fields = ("enrolment__person__search_key",)


@admin.register(Project)
class ProjectAdmin(ReadOnlyAdmin):
    list_display = ("name", "trade", "cohort")
    list_filter = ("trade",)
    list_select_related = ("cohort",)
    search_fields = ("name", "cohort__name")


@admin.register(Sale, Expense)
class MovementAdmin(ReadOnlyAdmin):
    list_display = ("label", "project", "amount", "moved_on", "pay_run_key", "withdrawn_at")
    list_select_related = ("project__cohort",)
    search_fields = ("label", "project__name", "project__cohort__name")
    inlines = (MoneyChanges,)


@admin.register(ExpenseClaim)
class ExpenseClaimAdmin(ReadOnlyAdmin):
    list_display = ("label", "enrolment", "total", "spent_on", "state")
    list_filter = ("state",)
    list_select_related = ("enrolment__person", "project")
    search_fields = ("label", "enrolment__person__search_key")


@admin.register(Receipt)
class ReceiptAdmin(ReadOnlyAdmin):
    """What a receipt shows is opened on the site, by who may."""

    list_display = ("pk", "cohort", "sent_by", "suffix", "size", "created_at")
    list_select_related = ("cohort", "sent_by")
    exclude = ("file",)


class TaskSignUps(ReadOnlyLines):
    model = TaskSignUp


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ("title", "day", "cohort", "taken", "needed", "state")
    list_filter = ("state", "kind")
    list_select_related = ("cohort",)
    search_fields = ("title", "cohort__name")
    date_hierarchy = "day"
    inlines = (TaskSignUps,)


class LotMoves(ReadOnlyLines):
    model = LotMove


@admin.register(Lot)
class LotAdmin(ReadOnlyAdmin):
    list_display = ("product", "day", "quantity", "gone", "origin")
    list_select_related = ("product",)
    search_fields = ("product__name", "product__project__name")
    date_hierarchy = "day"
    inlines = (LotMoves,)


class Orders(ReadOnlyLines):
    model = Order


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    list_display = ("title", "project", "starts_on", "taken", "quantity", "state")
    list_filter = ("state",)
    list_select_related = ("project",)
    search_fields = ("title", "project__name")
    inlines = (Orders,)


@admin.register(Idea)
class IdeaAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "project", "archived_at")
    list_filter = ("kind",)
    list_select_related = ("project",)
    search_fields = ("title", "project__name")


@admin.register(ProjectMember)
class ProjectMemberAdmin(ReadOnlyAdmin):
    list_display = ("enrolment", "project", "starts_on", "ends_on", "is_referent")
    list_select_related = ("enrolment__person", "project")
