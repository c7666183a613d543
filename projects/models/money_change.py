from django.db import models
from django.db.models import Q


class MoneyChange(models.Model):
    """One line of the history of a sale or an expense: what changed, who did it, when."""

    sale = models.ForeignKey(
        "projects.Sale", null=True, on_delete=models.CASCADE, related_name="changes"
    )
    expense = models.ForeignKey(
        "projects.Expense", null=True, on_delete=models.CASCADE, related_name="changes"
    )
    at = models.DateTimeField()
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=700)
    # Figures and days as they were, when one of them was corrected: books may have left with them.
    before = models.JSONField(null=True)

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(sale__isnull=False, expense__isnull=True)
                | Q(sale__isnull=True, expense__isnull=False),
                name="money_change_of_one_movement",
            )
        ]
