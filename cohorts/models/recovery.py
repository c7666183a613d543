"""Somebody who can no longer enter asks to: two people of the staff let them in, and it is written down."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.recovery import (
    UNDERWAY,
    CardWay,
    CheckedHow,
    RecoveryNoticeKind,
    RecoveryState,
)
from cohorts.querysets.recovery import RecoveryQuerySet
from ct_platform.kit.delivery import Delivery, DeliveryQuerySet
from ct_platform.kit.models import Stamped
from members.rules import Identity, spoken_phone

BLOCK_PLACE = "recovery|block"
NOTICE_PLACE = "recovery_notice|secret"
# Once approved; and whatever happened after.
_APPROVED = [RecoveryState.APPROVED, RecoveryState.ENTERED, RecoveryState.LAPSED]
_CHECKED = [RecoveryState.CHECKED, *_APPROVED, RecoveryState.BLOCKED]


class RecoveryRequest(Stamped):
    """What somebody outside says of themselves. It proves nothing: people check it."""

    # Carried by the form: a double tap asks once.
    key = models.UUIDField(unique=True, editable=False)
    state = models.CharField(
        max_length=10,
        choices=RecoveryState.choices,
        default=RecoveryState.RECEIVED,
        db_index=True,
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    search_key = models.CharField(max_length=170, db_index=True, editable=False)
    birth_date = models.DateField(_("date de naissance"), null=True)
    said = models.TextField(_("où et quand"), max_length=500, blank=True)
    phone = models.CharField(_("nouveau téléphone"), max_length=20, blank=True)  # E.164
    email = models.EmailField(_("nouvel e-mail"), blank=True)
    # The same words again, from the same person or a robot: counted, not piled up.
    repeats = models.PositiveIntegerField(default=0)
    # Who may answer: the territory that was named, and the cohorts where such a name is known.
    territory = models.ForeignKey(
        "cohorts.Territory", null=True, on_delete=models.PROTECT, related_name="+"
    )
    cohorts = models.ManyToManyField("cohorts.Cohort", related_name="recovery_requests")

    person = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="recovery_requests"
    )
    checked_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_by_host = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)
    checked_how = models.CharField(max_length=6, choices=CheckedHow.choices, blank=True)
    check_note = models.CharField(_("précision"), max_length=200, blank=True)
    approved_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    card = models.OneToOneField(
        "members.JoinCard", null=True, on_delete=models.PROTECT, related_name="recovery"
    )
    card_way = models.CharField(max_length=5, choices=CardWay.choices, blank=True)
    refused_reason = models.CharField(_("pourquoi"), max_length=200, blank=True)
    # Of the link sent to the old contact, found without being stored.
    block_index = models.CharField(max_length=64, blank=True, db_index=True)
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        verbose_name = _("demande pour entrer à nouveau")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=UNDERWAY),
                name="recovery_one_underway",
                violation_error_message=_(
                    "Une autre demande est déjà en cours pour cette personne. Terminez-la d’abord."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("checked_by")),
                name="recovery_takes_two",
                violation_error_message=_("Il faut deux personnes différentes."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("checked_by")) & ~Q(person=F("approved_by")),
                name="recovery_not_for_oneself",
                violation_error_message=_("Personne ne s’ouvre la porte à soi-même."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_CHECKED)
                | Q(person__isnull=False, checked_by__isnull=False) & ~Q(checked_how=""),
                name="recovery_checked_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_APPROVED)
                | Q(approved_by__isnull=False, card__isnull=False) & ~Q(card_way=""),
                name="recovery_approved_has_its_card",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or str(_("demande effacée"))

    @property
    def identity(self) -> Identity:
        return Identity(self.first_name, self.last_name, self.birth_date, self.email, self.phone)

    @property
    def spoken_phone(self) -> str:
        return spoken_phone(self.phone) if self.phone else ""

    @property
    def is_received(self) -> bool:
        return self.state == RecoveryState.RECEIVED

    @property
    def is_checked(self) -> bool:
        return self.state == RecoveryState.CHECKED

    @property
    def is_approved(self) -> bool:
        return self.state == RecoveryState.APPROVED


class RecoveryNotice(Delivery):
    """A message of a recovery: the card to the new contact, the warning to the old one.

    The secret it carries is sealed until it leaves, then wiped: a copy of the database opens nothing.
    """

    request = models.ForeignKey(RecoveryRequest, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=6, choices=RecoveryNoticeKind.choices)
    way = models.CharField(max_length=5, choices=CardWay.choices)
    to = models.CharField(max_length=254)
    # Which card it carries; 0 for the warning, which is sent once.
    card_key = models.BigIntegerField(default=0)
    sealed = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("message d’une demande pour entrer")
        indexes = [models.Index(fields=["status", "sent_at"], name="recovery_notice_to_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "way", "to", "card_key"], name="recovery_notice_once"
            )
        ]
