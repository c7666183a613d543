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
from projects.enums.work import KIND_ICONS, WORK_ALLOWED, Badge, WorkKind, WorkState

__all__ = [
    "CLAIM_ALLOWED",
    "INVOICE_ALLOWED",
    "KIND_ICONS",
    "QUOTE_ALLOWED",
    "STATEMENT_ALLOWED",
    "WORK_ALLOWED",
    "Badge",
    "ClaimState",
    "CustomerKind",
    "InvoiceKind",
    "InvoiceState",
    "PaymentMeans",
    "QuoteState",
    "ReminderLevel",
    "ReminderWay",
    "StatementKind",
    "StatementState",
    "SupplyNature",
    "VatCategory",
    "VatRegime",
    "WayOfSale",
    "WorkKind",
    "WorkState",
]
