from projects.models.agreed import AgreedPrice, SpendingLimit
from projects.models.customer import Customer
from projects.models.expense import Expense
from projects.models.invoice import Invoice, InvoiceLine
from projects.models.invoice_message import InvoiceMessage
from projects.models.money_change import MoneyChange
from projects.models.payment import Payment
from projects.models.product import Product
from projects.models.project import Project
from projects.models.quote import Quote, QuoteLine
from projects.models.sale import MoneyMovement, Sale
from projects.models.seller import SellerTerms, VatDecision
from projects.models.work import WeekDeclaration, WorkChange, WorkEntry

__all__ = [
    "AgreedPrice",
    "Customer",
    "Expense",
    "Invoice",
    "InvoiceLine",
    "InvoiceMessage",
    "MoneyChange",
    "MoneyMovement",
    "Payment",
    "Product",
    "Project",
    "Quote",
    "QuoteLine",
    "Sale",
    "SellerTerms",
    "SpendingLimit",
    "VatDecision",
    "WeekDeclaration",
    "WorkChange",
    "WorkEntry",
]
