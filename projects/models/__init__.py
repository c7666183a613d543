from projects.models.expense import Expense
from projects.models.money_change import MoneyChange
from projects.models.project import Project
from projects.models.sale import MoneyMovement, Sale
from projects.models.work import WeekDeclaration, WorkChange, WorkEntry

__all__ = [
    "Expense",
    "MoneyChange",
    "MoneyMovement",
    "Project",
    "Sale",
    "WeekDeclaration",
    "WorkChange",
    "WorkEntry",
]
