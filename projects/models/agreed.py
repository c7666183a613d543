"""What the group agreed about money: prices, and how much may be spent. Set by decisions only."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.querysets import AgreedPriceQuerySet, SpendingLimitQuerySet


class AgreedPrice(Stamped):
    """The price of one thing sold, as its buyer pays it (VAT included), from a day on."""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="prices")
    label = models.CharField(_("ce qu’on vend"), max_length=80)  # "panier moyen"
    unit = models.CharField(_("l’unité"), max_length=30, blank=True)  # "le panier", "l’heure"
    amount = AmountField(_("prix, TVA comprise"))
    starts_on = models.DateField()
    # The last day, when the group ended it without setting another.
    ends_on = models.DateField(null=True)
    # Decisions stand to the right: the number is kept, as a paper would print it.
    decision_number = models.PositiveSmallIntegerField()
    ended_by_number = models.PositiveSmallIntegerField(null=True)

    objects = AgreedPriceQuerySet.as_manager()

    class Meta:
        ordering = ("label", "starts_on", "id")
        verbose_name = _("prix décidé")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="agreed_price_is_positive"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="agreed_price_ends_after_start",
            ),
        ]


class SpendingLimit(Stamped):
    """Money the group allows to be spent on one thing, from a day to a day (included)."""

    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="spending_limits"
    )
    label = models.CharField(_("pour quoi"), max_length=140)
    amount = AmountField(_("montant, au plus"))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    # Who may spend it; nobody in particular when null.
    holder = models.ForeignKey(
        "cohorts.Enrolment", null=True, on_delete=models.PROTECT, related_name="spending_limits"
    )
    decision_number = models.PositiveSmallIntegerField()

    objects = SpendingLimitQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "id")
        verbose_name = _("dépense autorisée")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="spending_limit_is_positive"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="spending_limit_ends_after_start",
            ),
        ]
