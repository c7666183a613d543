from projects.models.agreed import AgreedPrice, SpendingLimit
from projects.models.bank import BankLine, BankMatch, BankStatement
from projects.models.cash import CashAgreement, CashCount, CashHandover, CashTally, CashTotal
from projects.models.claim import ExpenseClaim
from projects.models.customer import Customer
from projects.models.expense import Expense
from projects.models.idea import Idea
from projects.models.invoice import Invoice, InvoiceLine
from projects.models.invoice_message import InvoiceMessage
from projects.models.lot import Lot, LotMove
from projects.models.member import ProjectMember
from projects.models.money_change import MoneyChange
from projects.models.offer import Offer, Order
from projects.models.payment import Payment
from projects.models.product import Product
from projects.models.project import Project
from projects.models.quote import Quote, QuoteLine
from projects.models.quote_message import QuoteMessage
from projects.models.receipt import Receipt
from projects.models.reminder import Reminder, ReminderMail
from projects.models.sale import MoneyMovement, Sale
from projects.models.seller import SellerTerms, VatDecision
from projects.models.task import Task, TaskSignUp
from projects.models.work import WeekDeclaration, WorkChange, WorkEntry

__all__ = [
    "AgreedPrice",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "CashAgreement",
    "CashCount",
    "CashHandover",
    "CashTally",
    "CashTotal",
    "Customer",
    "Expense",
    "ExpenseClaim",
    "Idea",
    "Invoice",
    "InvoiceLine",
    "InvoiceMessage",
    "Lot",
    "LotMove",
    "MoneyChange",
    "MoneyMovement",
    "Offer",
    "Order",
    "Payment",
    "Product",
    "Project",
    "ProjectMember",
    "Quote",
    "QuoteLine",
    "QuoteMessage",
    "Receipt",
    "Reminder",
    "ReminderMail",
    "Sale",
    "SellerTerms",
    "SpendingLimit",
    "Task",
    "TaskSignUp",
    "VatDecision",
    "WeekDeclaration",
    "WorkChange",
    "WorkEntry",
]
