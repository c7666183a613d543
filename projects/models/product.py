import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from projects.enums import SupplyNature, VatCategory
from projects.querysets import OfProjectQuerySet


class Product(Stamped):
    """A thing a project sells. Its VAT comes from its category and from the way each sale is made."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="products"
    )
    name = models.CharField(_("ce qu’on vend"), max_length=80)
    unit = models.CharField(_("unité"), max_length=30, blank=True)  # "le kg", "le panier"
    category = models.CharField(_("pour la TVA"), max_length=20, choices=VatCategory.choices)
    # VAT included. A price the group decided (AgreedPrice of the same name) prevails over it.
    usual_price = AmountField(_("prix habituel, TVA comprise"), null=True, blank=True)
    is_active = models.BooleanField(default=True)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("produit")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="product_name_in_project",
                violation_error_message=_("Un produit de cette activité porte déjà ce nom."),
            ),
            models.CheckConstraint(
                condition=Q(usual_price__isnull=True) | Q(usual_price__gt=0),
                name="product_price_is_positive",
                violation_error_message=_("Un prix est plus grand que zéro."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def nature(self) -> SupplyNature:
        is_service = self.category == VatCategory.SERVICE
        return SupplyNature.SERVICES if is_service else SupplyNature.GOODS
