"""Choices and tables of allowed moves, by noun."""

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
    "INVOICE_ALLOWED",
    "KIND_ICONS",
    "OFFER_ALLOWED",
    "ORDER_ALLOWED",
    "QUOTE_ALLOWED",
    "TASK_ALLOWED",
    "WORK_ALLOWED",
    "Badge",
    "CustomerKind",
    "IdeaKind",
    "InvoiceKind",
    "InvoiceState",
    "LotMoveKind",
    "OfferState",
    "OrderState",
    "PaymentMeans",
    "QuoteState",
    "SignUpState",
    "SupplyNature",
    "TaskState",
    "VatCategory",
    "VatRegime",
    "WayOfSale",
    "WorkKind",
    "WorkState",
]
