from projects.models.expense import Expense
from projects.models.project import Project
from projects.models.sale import Sale
from projects.models.work import WeekDeclaration, WorkChange, WorkEntry

__all__ = ["Expense", "Project", "Sale", "WeekDeclaration", "WorkChange", "WorkEntry"]
