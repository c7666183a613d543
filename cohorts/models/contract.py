"""What binds a coopérant to the host, term by term, and what each term rests on.

A row of Contract is one term: a renewal is another row that names the one it renews. What both signed
is never edited: an amendment, a renewal or an early end comes beside it.
"""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.enums.contracts import (
    BINDING,
    ContractKind,
    ContractState,
    EndReason,
    FilePurpose,
    SignatureWay,
)
from cohorts.querysets.contracts import (
    ContractQuerySet,
    ContractTermsQuerySet,
    OfContractQuerySet,
)
from cohorts.rules.contract_kinds import Nature, nature_of
from cohorts.rules.contract_points import Answer
from ct_platform.kit.fields import AmountField
from ct_platform.kit.models import Stamped


class ContractTerms(Stamped):
    """What a host proposes for one kind of contract, from a date until the next version.

    Limits can only be stricter than the law's (rules.contract_kinds). `points` holds the words its
    contracts begin with: {"1": {"text": …, "more": …, "amount": …}}, amounts as text.
    """

    host = models.ForeignKey(
        "cohorts.Organisation", on_delete=models.PROTECT, related_name="contract_terms"
    )
    kind = models.CharField(_("type de contrat"), max_length=10, choices=ContractKind.choices)
    label = models.CharField(_("nom sur vos pages"), max_length=80, blank=True)
    in_force_from = models.DateField(_("en vigueur à partir du"))
    months_at_most = models.PositiveSmallIntegerField(_("durée la plus longue, en mois"), null=True)
    renewals_at_most = models.PositiveSmallIntegerField(_("renouvellements au plus"), null=True)
    minors_allowed = models.BooleanField(_("ouvert aux 16 et 17 ans"), default=False)
    # The law says "dès la conclusion" and no number of days: this is the host's own discipline.
    notice_days = models.PositiveSmallIntegerField(_("jours pour prévenir"), default=8)
    urssaf_name = models.CharField(max_length=80, default="URSSAF")
    urssaf_address = models.CharField(max_length=200, blank=True)
    france_travail_address = models.CharField(max_length=200, blank=True)
    points = models.JSONField(default=dict)
    written_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ContractTermsQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-in_force_from", "-id")
        verbose_name = _("réglages des contrats")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "kind", "in_force_from"],
                name="contract_terms_once_a_day",
                violation_error_message=_("Une version commence déjà ce jour-là."),
            )
        ]


class Signed(models.Model):
    """Two parties sign, each on a day; the later of the two makes it binding. Proof is kept."""

    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    person_signed_on = models.DateField(null=True)
    host_signed_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    signature_way = models.CharField(max_length=5, choices=SignatureWay.choices, blank=True)
    # Where the original is, in a few words.
    signature_proof = models.CharField(max_length=200, blank=True)
    scan = models.ForeignKey(
        "cohorts.ContractFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signature_recorded_by = models.ForeignKey(
        "members.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signature_recorded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Contract(Stamped, Signed):
    """One term. `ends_on` is what was agreed; `ended_on` the day it ended, once it has."""

    enrolment = models.ForeignKey(
        "cohorts.Enrolment", on_delete=models.PROTECT, related_name="contracts"
    )
    kind = models.CharField(max_length=10, choices=ContractKind.choices, default=ContractKind.CAPE)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=ContractState.choices, default=ContractState.DRAFT, db_index=True
    )
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewals")
    terms = models.ForeignKey(
        ContractTerms, null=True, on_delete=models.PROTECT, related_name="contracts"
    )
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=10, choices=EndReason.choices, blank=True)
    end_note = models.CharField(max_length=200, blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "id")
        verbose_name = _("contrat")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="contract_ends_after_start"
            ),
            models.CheckConstraint(
                # A signed renewal that never began, its contract having ended early, keeps its day.
                condition=Q(state__in=BINDING, signed_on__isnull=False)
                | (~Q(state__in=BINDING) & Q(signed_on__isnull=True))
                | Q(state=ContractState.CANCELLED),
                name="contract_signed_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ContractState.ENDED, ended_on__isnull=False)
                | (~Q(state=ContractState.ENDED) & Q(ended_on__isnull=True)),
                name="contract_ended_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("starts_on"), ended_on__lte=F("ends_on")),
                name="contract_ended_inside_its_term",
            ),
            # Two renewals of one term at the same moment: the second is nobody's.
            models.UniqueConstraint(
                fields=["renews"],
                condition=~Q(state=ContractState.CANCELLED),
                name="contract_renewed_once",
                violation_error_message=_("Ce contrat a déjà son renouvellement."),
            ),
        ]

    @property
    def last_day(self) -> dt.date:
        """The last day it runs, or ran: as agreed, or the day it ended early."""
        return self.ended_on or self.ends_on

    @property
    def nature(self) -> Nature:
        return nature_of(self.kind)

    @property
    def is_early_ended(self) -> bool:
        return self.ended_on is not None and self.ended_on < self.ends_on

    @property
    def is_draft(self) -> bool:
        return self.state == ContractState.DRAFT

    @property
    def is_to_sign(self) -> bool:
        return self.state == ContractState.TO_SIGN

    @property
    def is_signed(self) -> bool:
        return self.state == ContractState.SIGNED


class ContractFile(Stamped):
    """A scan or a proof, as it came: kept privately, never edited, read back against its sha-256."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="files")
    purpose = models.CharField(max_length=8, choices=FilePurpose.choices)
    file = models.FileField(upload_to="contracts")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "purpose", "sha256"], name="contract_file_once"
            )
        ]


class ContractPoint(models.Model):
    """The answer to one of the eight points of C. com. R127-1."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    more = models.TextField(blank=True)
    amount = AmountField(null=True)
    file = models.ForeignKey(ContractFile, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_point_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=8), name="contract_point_of_the_eight"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="contract_point_amount_positive",
            ),
        ]

    @property
    def answer(self) -> Answer:
        return Answer(self.text, self.more, self.amount, self.file_id is not None)


class ContractEligibility(models.Model):
    """What was asked before the contract, of whom, and by whom. Nothing on health or origin."""

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="eligibility")
    employed_full_time = models.BooleanField(null=True)
    stated_on = models.DateField()
    consent_by = models.CharField(max_length=160, blank=True)
    consent_on = models.DateField(null=True)
    consent_file = models.ForeignKey(
        ContractFile, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    @property
    def has_consent(self) -> bool:
        return bool(self.consent_by) and self.consent_on is not None


class ContractAmendment(Stamped, Signed):
    """A change that both agree on, other than a renewal (which is a term of its own)."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(_("objet"), max_length=120)
    text = models.TextField(_("ce qui change"))
    in_force_from = models.DateField(_("à partir du"))
    state = models.CharField(
        max_length=10, choices=ContractState.choices, default=ContractState.TO_SIGN
    )
    written_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")

    objects = OfContractQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        verbose_name = _("avenant")
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], name="contract_amendment_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ContractState.SIGNED, signed_on__isnull=False)
                | (~Q(state=ContractState.SIGNED) & Q(signed_on__isnull=True)),
                name="contract_amendment_signed_has_its_day",
            ),
        ]

    @property
    def is_to_sign(self) -> bool:
        return self.state == ContractState.TO_SIGN
