"""A key by which a machine of a partner reads what the partner reads. Its secret is nowhere here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.models import Stamped
from reports.enums import ClosedWhy, TokenState
from reports.querysets import ApiTokenQuerySet


class ApiToken(Stamped):
    """Kept as a keyed hash. Once closed, the database refuses to change it."""

    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("nom"), max_length=80)
    purpose = models.CharField(_("pour quoi faire"), max_length=200)
    # Its first letters, by which its owner recognises it.
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=6, choices=TokenState.choices, default=TokenState.OPEN)
    made_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField(_("valable jusqu’au"))
    # A day, never a trace of each call.
    used_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=11, choices=ClosedWhy.choices, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("jeton d’accès")
        verbose_name_plural = _("jetons d’accès")
        indexes = [models.Index(fields=["organisation", "state"], name="api_token_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TokenState.OPEN, closed_at__isnull=True, closed_why="")
                | (Q(state=TokenState.CLOSED, closed_at__isnull=False) & ~Q(closed_why="")),
                name="api_token_closed_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(purpose=""), name="api_token_says_what_for"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(state=TokenState.OPEN),
                name="api_token_name_once",
                violation_error_message=_("Un jeton ouvert porte déjà ce nom."),
            ),
            models.CheckConstraint(
                condition=Q(used_on__isnull=True) | Q(used_on__lte=F("expires_on")),
                name="api_token_used_in_its_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TokenNotice(Delivery):
    """A mail to one person of the organisation: a token ends soon."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("rappel d’un jeton")
        indexes = [models.Index(fields=["status", "sent_at"], name="token_notice_to_sweep")]
        constraints = [
            models.UniqueConstraint(fields=["token", "person"], name="token_notice_once")
        ]
