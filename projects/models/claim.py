from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import Badge, ClaimState
from projects.querysets import ClaimQuerySet


class ExpenseClaim(Stamped):
    """An expense a coopérant sends. It counts nowhere until it is accepted, and becomes an Expense."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="expense_claims"
    )
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="claims")
    label = models.CharField(_("quoi"), max_length=140)
    supplier = models.CharField(_("chez qui"), max_length=140, blank=True)
    total = AmountField(_("total payé, TVA comprise"))
    vat = AmountField(_("TVA du ticket"), default=0)
    spent_on = models.DateField(_("dépensé le"))
    # Paid with their own money: owed back once accepted.
    is_advanced = models.BooleanField(default=False)
    spending_limit = models.ForeignKey(
        "projects.SpendingLimit", null=True, on_delete=models.PROTECT, related_name="claims"
    )
    receipt = models.ForeignKey(
        "projects.Receipt", null=True, on_delete=models.PROTECT, related_name="claims"
    )
    state = models.CharField(
        max_length=10, choices=ClaimState.choices, default=ClaimState.WAITING, db_index=True
    )
    answered_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    refused_because = models.CharField(_("refusée parce que"), max_length=200, blank=True)
    # What it became: another total than sent is the coordination's correction, in its history.
    expense = models.OneToOneField(
        "projects.Expense", null=True, on_delete=models.PROTECT, related_name="claim"
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("-spent_on", "-id")
        verbose_name = _("dépense envoyée")
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gt=0, vat__gte=0, vat__lt=F("total")),
                name="expense_claim_amounts_make_sense",
                violation_error_message=_("La TVA est plus petite que le total."),
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", expense__isnull=False)
                | (~Q(state="accepted") & Q(expense__isnull=True)),
                name="expense_claim_accepted_is_an_expense",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_because=""),
                name="expense_claim_refused_says_why",
                violation_error_message=_("Dites pourquoi."),
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.state == ClaimState.WAITING

    @property
    def badge(self) -> Badge:
        match self.state:
            case ClaimState.WAITING:
                return Badge("warn", "attente", _("Envoyée"))
            case ClaimState.REFUSED:
                return Badge("bad", "non-rond", _("Refusée"))
            case ClaimState.TAKEN_BACK:
                return Badge("wait", "retour", _("Reprise"))
        if self.expense is not None and self.expense.is_withdrawn:
            return Badge("wait", "non-rond", _("Retirée"))
        return Badge("ok", "ok", _("Acceptée"))
