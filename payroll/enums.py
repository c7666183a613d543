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


RUN_ALLOWED: dict[str, frozenset[str]] = {
    PayRunState.DRAFT: frozenset({PayRunState.FROZEN}),
    PayRunState.FROZEN: frozenset({PayRunState.COMPUTED, PayRunState.DRAFT}),
    PayRunState.COMPUTED: frozenset({PayRunState.REVIEWED, PayRunState.DRAFT}),
    PayRunState.REVIEWED: frozenset({PayRunState.APPROVED, PayRunState.DRAFT}),
    PayRunState.APPROVED: frozenset({PayRunState.ISSUED, PayRunState.DRAFT}),
    # Issued is for ever: a correction is a counter-slip.
    PayRunState.ISSUED: frozenset[str](),
}


class ContributionBase(models.TextChoices):
    SALES = "sales", _("ventes payées hors TVA")
    MARGIN = "margin", _("ventes payées moins dépenses")


class EntryKind(models.TextChoices):
    SHARE = "share", _("part du pot commun")
    COST = "cost", _("coût de la paie")
    REMAINDER = "remainder", _("reste gardé pour la prochaine paie")
