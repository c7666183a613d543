"""Who pays for what: operations, lines of funding, their shares, what was paid, what is to hand over."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped
from reports.enums.funding import (
    FUNDING_SIGNS,
    OVER,
    DueState,
    FundingAim,
    FundingState,
    ReceiptKind,
)
from reports.querysets.funding import (
    DueQuerySet,
    FundingLineQuerySet,
    OfLineQuerySet,
    OperationQuerySet,
    ShareQuerySet,
)
from reports.rules.funding import USUAL_SOURCE, USUAL_YEARS


class Operation(Stamped):
    """An action under one number at a managing authority; cohorts say the number (Cohort.operation).

    Whoever takes part is counted once over all of them (cohorts.selectors.participants).
    """

    territory = models.ForeignKey(
        "cohorts.Territory", on_delete=models.PROTECT, related_name="operations"
    )
    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="operations"
    )
    number = models.CharField(_("numéro d’opération"), max_length=30)
    name = models.CharField(_("intitulé"), max_length=140)
    measure = models.CharField(_("programme, priorité, objectif"), max_length=140, blank=True)
    authority = models.ForeignKey(
        "cohorts.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("autorité de gestion"),
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "id")
        verbose_name = _("opération")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "host", "number"],
                name="operation_number_once",
                violation_error_message=_("Une opération porte déjà ce numéro."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="operation_ends_after_start",
                violation_error_message=_("La fin de l’opération précède son début."),
            ),
            models.CheckConstraint(condition=~Q(number=""), name="operation_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.name


class FundingLine(Stamped):
    """What one organisation was asked, what it decided, the agreement, and until when proofs stay."""

    organisation = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="funding_lines"
    )
    territory = models.ForeignKey(
        "cohorts.Territory", on_delete=models.PROTECT, related_name="funding_lines"
    )
    name = models.CharField(_("objet"), max_length=140)
    measure = models.CharField(_("programme ou mesure"), max_length=140, blank=True)
    aim = models.CharField(_("pour"), max_length=10, choices=FundingAim.choices)
    operation = models.ForeignKey(
        Operation, null=True, on_delete=models.PROTECT, related_name="lines"
    )
    # The emblem goes on every paper of the cohorts it pays for.
    is_eu = models.BooleanField(_("argent de l’Union européenne"), default=False)
    state = models.CharField(
        max_length=8, choices=FundingState.choices, default=FundingState.ASKED, db_index=True
    )
    asked_on = models.DateField(_("demandé le"))
    asked_amount = AmountField(_("montant demandé"))
    decided_on = models.DateField(_("décidé le"), null=True)
    granted_amount = AmountField(_("montant accordé"), null=True)
    # Given by the funder: what it will be asked about.
    commitment_number = models.CharField(_("numéro d’engagement"), max_length=40, blank=True)
    agreed_on = models.DateField(_("convention signée le"), null=True)
    # Only what is spent between these days may be paid by it.
    eligible_from = models.DateField(_("dépenses du"), null=True)
    eligible_to = models.DateField(_("au"), null=True)
    conditions = models.TextField(_("conditions"), max_length=1000, blank=True)
    keep_years = models.PositiveSmallIntegerField(
        _("années de conservation des preuves"), default=USUAL_YEARS
    )
    keep_source = models.CharField(_("d’après"), max_length=140, default=USUAL_SOURCE)
    closed_on = models.DateField(_("soldé le"), null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_on", "-id")
        verbose_name = _("ligne de financement")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "commitment_number"],
                condition=~Q(commitment_number=""),
                name="funding_commitment_once",
                violation_error_message=_("Ce financeur a déjà une ligne avec ce numéro."),
            ),
            models.CheckConstraint(
                condition=Q(aim=FundingAim.OPERATION, operation__isnull=False)
                | (~Q(aim=FundingAim.OPERATION) & Q(operation__isnull=True)),
                name="funding_operation_when_for_one",
                violation_error_message=_("Dites de quelle opération il s’agit."),
            ),
            models.CheckConstraint(
                condition=Q(asked_amount__gt=0)
                & (Q(granted_amount__isnull=True) | Q(granted_amount__gt=0)),
                name="funding_amounts_positive",
                violation_error_message=_("Un montant est plus grand que zéro."),
            ),
            models.CheckConstraint(
                condition=Q(granted_amount__isnull=True) | Q(granted_amount__lte=F("asked_amount")),
                name="funding_granted_within_asked",
                violation_error_message=_("Le montant accordé dépasse le montant demandé."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=FundingState.ASKED, decided_on__isnull=True, granted_amount__isnull=True
                )
                | Q(
                    state=FundingState.REFUSED,
                    decided_on__isnull=False,
                    granted_amount__isnull=True,
                )
                | Q(
                    state__in=[FundingState.GRANTED, FundingState.AGREED, FundingState.CLOSED],
                    decided_on__isnull=False,
                    granted_amount__isnull=False,
                )
                | Q(state=FundingState.DROPPED),
                name="funding_decided_says_what",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[FundingState.AGREED, FundingState.CLOSED], agreed_on__isnull=False
                )
                & ~Q(commitment_number="")
                | (
                    ~Q(state__in=[FundingState.AGREED, FundingState.CLOSED])
                    & Q(agreed_on__isnull=True)
                ),
                name="funding_agreed_has_its_number",
                violation_error_message=_("Une convention a sa date et son numéro d’engagement."),
            ),
            models.CheckConstraint(
                condition=(Q(decided_on__isnull=True) | Q(decided_on__gte=F("asked_on")))
                & (Q(agreed_on__isnull=True) | Q(agreed_on__gte=F("decided_on"))),
                name="funding_dates_in_order",
                violation_error_message=_(
                    "Les dates se croisent : on demande, puis le financeur décide, puis on signe."
                ),
            ),
            models.CheckConstraint(
                condition=Q(eligible_from__isnull=True)
                | Q(eligible_to__isnull=True)
                | Q(eligible_to__gte=F("eligible_from")),
                name="funding_eligible_in_order",
                violation_error_message=_("La fin des dépenses précède leur début."),
            ),
            models.CheckConstraint(
                condition=Q(state=FundingState.CLOSED, closed_on__isnull=False)
                | (~Q(state=FundingState.CLOSED) & Q(closed_on__isnull=True)),
                name="funding_closed_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> Decimal:
        """What its shares sum to: what was granted, else what was asked."""
        asked: Decimal = self.asked_amount
        granted: Decimal | None = self.granted_amount
        return asked if granted is None else granted

    @property
    def sign(self) -> tuple[str, str]:
        return FUNDING_SIGNS[FundingState(self.state)]

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class FundingShare(models.Model):
    """The part of one cohort in a line, to the cent."""

    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="shares")
    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.PROTECT, related_name="funding_shares"
    )
    amount = AmountField(_("part"))

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ("line_id", "cohort_id")
        verbose_name = _("part d’une cohorte")
        constraints = [
            models.UniqueConstraint(fields=["line", "cohort"], name="funding_share_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="funding_share_positive",
                violation_error_message=_("Une part est plus grande que zéro."),
            ),
        ]


class FundingReceipt(models.Model):
    """Money a funder sent. The database refuses to change it: a mistake has its counter-entry."""

    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=10, choices=ReceiptKind.choices)
    amount = AmountField(_("montant"))
    received_on = models.DateField(_("reçu le"))
    reference = models.CharField(_("référence du virement"), max_length=80, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    reason = models.CharField(_("pourquoi"), max_length=200, blank=True)
    recorded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfLineQuerySet.as_manager()

    class Meta:
        ordering = ("received_on", "id")
        verbose_name = _("versement d’un financeur")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReceiptKind.COUNTER, amount__lt=0, reverses__isnull=False)
                & ~Q(reason="")
                | (~Q(kind=ReceiptKind.COUNTER) & Q(amount__gt=0, reverses__isnull=True)),
                name="funding_receipt_sign",
                violation_error_message=_("Le montant d’un versement est plus grand que zéro."),
            )
        ]


class FundingDue(Stamped):
    """What a funder waits for on a day: a report, a balance sheet; and the proof that it had it."""

    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="dues")
    title = models.CharField(_("quoi"), max_length=140)
    due_on = models.DateField(_("pour le"))
    state = models.CharField(max_length=10, choices=DueState.choices, default=DueState.EXPECTED)
    handed_on = models.DateField(_("remis le"), null=True)
    proof = models.CharField(_("preuve"), max_length=200, blank=True)
    noted_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DueQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("échéance d’un financeur")
        indexes = [models.Index(fields=["state", "due_on"], name="funding_due_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "title", "due_on"],
                name="funding_due_once",
                violation_error_message=_("Cette échéance est déjà notée."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=DueState.HANDED, handed_on__isnull=False, noted_by__isnull=False)
                    & ~Q(proof="")
                )
                | (~Q(state=DueState.HANDED) & Q(handed_on__isnull=True)),
                name="funding_due_handed_has_its_proof",
                violation_error_message=_("Dites quel jour, et ce qui le prouve."),
            ),
        ]

    @property
    def is_expected(self) -> bool:
        return self.state == DueState.EXPECTED
