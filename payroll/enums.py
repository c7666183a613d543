from django.db import models
from django.utils.translation import gettext_lazy as _


class SplitKind(models.TextChoices):
    EQUAL = "equal", _("Égal pour tous")
    HOURS = "hours", _("Aux heures")
    HALF = "half", _("Moitié égal, moitié heures")


class PayRunState(models.TextChoices):
    DRAFT = "draft", _("brouillon")
    FROZEN = "frozen", _("heures photographiées")
    COMPUTED = "computed", _("calculée")
    REVIEWED = "reviewed", _("relue, attend l’accord de l’hôte")
    APPROVED = "approved", _("approuvée par l’hôte")
    ISSUED = "issued", _("émise")
    PAID = "paid", _("payée")


RUN_ALLOWED: dict[str, frozenset[str]] = {
    PayRunState.DRAFT: frozenset({PayRunState.FROZEN}),
    PayRunState.FROZEN: frozenset({PayRunState.COMPUTED, PayRunState.DRAFT}),
    PayRunState.COMPUTED: frozenset({PayRunState.REVIEWED, PayRunState.DRAFT}),
    PayRunState.REVIEWED: frozenset({PayRunState.APPROVED, PayRunState.DRAFT}),
    PayRunState.APPROVED: frozenset({PayRunState.ISSUED, PayRunState.DRAFT}),
    # Issued is for ever: a correction is a counter-slip.
    PayRunState.ISSUED: frozenset({PayRunState.PAID}),
    # A bank may send a payment back: the money is then owed again.
    PayRunState.PAID: frozenset({PayRunState.ISSUED}),
}
# Slips exist: nothing is reopened, everything is corrected by a new row.
ISSUED_STATES = (PayRunState.ISSUED, PayRunState.PAID)


class ContributionBase(models.TextChoices):
    SALES = "sales", _("ventes payées hors TVA")
    MARGIN = "margin", _("ventes payées moins dépenses")


class FixedPer(models.TextChoices):
    """What the fixed part of the host's contribution is counted by."""

    RUN = "run", _("par paie")
    PERSON = "person", _("par personne et par paie")


class PayRhythm(models.TextChoices):
    MONTHLY = "monthly", _("chaque mois")
    FINAL = "final", _("une seule fois, à la fin de la cohorte")


class SlipMode(models.TextChoices):
    PLATFORM = "platform", _("la plateforme fait les bulletins, en notre nom")
    HOST = "host", _("notre logiciel de paie fait les bulletins, la plateforme les distribue")


class SlipKind(models.TextChoices):
    SLIP = "slip", _("bulletin")
    # All amounts opposite: cancels one slip, and stands beside it.
    COUNTER = "counter", _("bulletin d’annulation")


class EntryKind(models.TextChoices):
    SHARE = "share", _("part du pot commun")
    COST = "cost", _("coût de la paie")
    REMAINDER = "remainder", _("reste gardé pour la prochaine paie")
    NET = "net", _("net du bulletin")
    ADVANCE = "advance", _("acompte reçu")
    DEDUCTION = "deduction", _("retenue décidée")
    PAYMENT = "payment", _("paiement")
    # Money advanced for the group, owed back (C. civ. art. 1999). No remuneration (CSS L242-1): in no
    # slip, and in no sum a pay is reckoned from.
    ADVANCED = "advanced", _("frais avancés")
    REFUND = "refund", _("remboursement de frais")


class AdjustmentKind(models.TextChoices):
    ADVANCE = "advance", _("acompte")
    DEDUCTION = "deduction", _("retenue")


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("attend l’accord d’une autre personne")
    ISSUED = "issued", _("émise")
    DROPPED = "dropped", _("abandonnée")


CORRECTION_ALLOWED: dict[str, frozenset[str]] = {
    CorrectionState.PROPOSED: frozenset({CorrectionState.ISSUED, CorrectionState.DROPPED}),
    CorrectionState.ISSUED: frozenset[str](),
    CorrectionState.DROPPED: frozenset[str](),
}


class PaymentKind(models.TextChoices):
    SEPA = "sepa", _("virement")
    CHEQUE = "cheque", _("chèque")


class PaymentState(models.TextChoices):
    PLANNED = "planned", _("préparé")
    PAID = "paid", _("payé")
    REJECTED = "rejected", _("rejeté par la banque")
    CANCELLED = "cancelled", _("annulé avant l’envoi")


PAYMENT_ALLOWED: dict[str, frozenset[str]] = {
    PaymentState.PLANNED: frozenset({PaymentState.PAID, PaymentState.CANCELLED}),
    PaymentState.PAID: frozenset({PaymentState.REJECTED}),
    PaymentState.REJECTED: frozenset[str](),
    PaymentState.CANCELLED: frozenset[str](),
}


class EPayslipAct(models.TextChoices):
    """What happened between a person and the electronic slip. C. trav. L3243-2, D3243-7."""

    INFORMED = "informed", _("informé")
    OBJECTED = "objected", _("demande le papier")
    ACCEPTED = "accepted", _("accepte à nouveau l’électronique")


class UploadState(models.TextChoices):
    TO_CHECK = "to_check", _("à vérifier")
    DISTRIBUTED = "distributed", _("distribué")
    DISCARDED = "discarded", _("abandonné")


UPLOAD_ALLOWED: dict[str, frozenset[str]] = {
    UploadState.TO_CHECK: frozenset({UploadState.DISTRIBUTED, UploadState.DISCARDED}),
    UploadState.DISTRIBUTED: frozenset[str](),
    UploadState.DISCARDED: frozenset[str](),
}


class MatchKind(models.TextChoices):
    SURE = "sure", _("reconnu")
    LIKELY = "likely", _("à vérifier")
    NONE = "none", _("inconnu")
    HAND = "hand", _("choisi à la main")
