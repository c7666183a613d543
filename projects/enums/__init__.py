"""Choices and tables of allowed moves, by noun."""

from projects.enums.paying import (
    STATEMENT_ALLOWED,
    ReminderLevel,
    ReminderWay,
    StatementKind,
    StatementState,
)
from projects.enums.selling import (
    INVOICE_ALLOWED,
    QUOTE_ALLOWED,
    CustomerKind,
    InvoiceKind,
    InvoiceState,
    PaymentMeans,
    QuoteState,
    SupplyNature,
    VatCategory,
    VatRegime,
    WayOfSale,
)
from projects.enums.spending import CLAIM_ALLOWED, ClaimState
from projects.enums.tasks import TASK_ALLOWED, SignUpState, TaskState
from projects.enums.trades import (
    OFFER_ALLOWED,
    ORDER_ALLOWED,
    IdeaKind,
    LotMoveKind,
    OfferState,
    OrderState,
)
from projects.enums.work import KIND_ICONS, WORK_ALLOWED, Badge, WorkKind, WorkState

__all__ = [
    "CLAIM_ALLOWED",
    "INVOICE_ALLOWED",
    "KIND_ICONS",
    "OFFER_ALLOWED",
    "ORDER_ALLOWED",
    "QUOTE_ALLOWED",
    "STATEMENT_ALLOWED",
    "TASK_ALLOWED",
    "WORK_ALLOWED",
    "Badge",
    "ClaimState",
    "CustomerKind",
    "IdeaKind",
    "InvoiceKind",
    "InvoiceState",
    "LotMoveKind",
    "OfferState",
    "OrderState",
    "PaymentMeans",
    "QuoteState",
    "ReminderLevel",
    "ReminderWay",
    "SignUpState",
    "StatementKind",
    "StatementState",
    "SupplyNature",
    "TaskState",
    "VatCategory",
    "VatRegime",
    "WayOfSale",
    "WorkKind",
    "WorkState",
]
