from projects.models.agreed import AgreedPrice, SpendingLimit
from projects.models.expense import Expense
from projects.models.money_change import MoneyChange
from projects.models.project import Project
from projects.models.sale import MoneyMovement, Sale
from projects.models.work import WeekDeclaration, WorkChange, WorkEntry

__all__ = [
    "AgreedPrice",
    "Expense",
    "MoneyChange",
    "MoneyMovement",
    "Project",
    "Sale",
    "SpendingLimit",
    "WeekDeclaration",
    "WorkChange",
    "WorkEntry",
]
