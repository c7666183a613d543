from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.enums.contracts import ContractKind as ContractKind


class TerritoryKind(models.TextChoices):
    QPV = "qpv", _("quartier prioritaire")
    RURAL = "rural", _("territoire rural")


class OrganisationKind(models.TextChoices):
    HOST = "host", _("coopérative d’activité et d’emploi")
    CHAMBER = "chamber", _("chambre consulaire")
    ESS_HUB = "ess_hub", _("pôle ESS")
    AUTHORITY = "authority", _("collectivité")
    FUNDER = "funder", _("financeur")
    OTHER = "other", _("autre partenaire")


class PartnershipRole(models.TextChoices):
    FUNDER = "funder", _("finance")
    LOCAL_COMMITTEE = "local_committee", _("comité local")
    SUPPORT = "support", _("appui")


class CohortState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    RECRUITING = "recruiting", _("recrute")
    RUNNING = "running", _("en cours")
    CLOSING = "closing", _("en clôture")
    ARCHIVED = "archived", _("archivée")


COHORT_ALLOWED: dict[str, frozenset[str]] = {
    CohortState.DRAFT: frozenset({CohortState.RECRUITING}),
    CohortState.RECRUITING: frozenset({CohortState.RUNNING}),
    CohortState.RUNNING: frozenset({CohortState.CLOSING}),
    CohortState.CLOSING: frozenset({CohortState.ARCHIVED}),
    CohortState.ARCHIVED: frozenset[str](),
}


class PhaseKind(models.TextChoices):
    INTEGRATION = "integration", _("Intégration")
    BUILDING = "building", _("Construction")
    TRAINING = "training", _("Formation")
    ACTIVITY = "activity", _("Activité")
    CLOSING = "closing", _("Clôture")


class EnrolmentState(models.TextChoices):
    SELECTED = "selected", _("retenu·e")
    ACTIVE = "active", _("coopérant·e")
    LEFT = "left", _("parti·e avant la fin")
    COMPLETED = "completed", _("parcours terminé")


ENROLMENT_ALLOWED: dict[str, frozenset[str]] = {
    EnrolmentState.SELECTED: frozenset({EnrolmentState.ACTIVE, EnrolmentState.LEFT}),
    EnrolmentState.ACTIVE: frozenset({EnrolmentState.LEFT, EnrolmentState.COMPLETED}),
    # Taken back (services.returns): a new stay in the same file, which counts once.
    EnrolmentState.LEFT: frozenset({EnrolmentState.ACTIVE}),
    EnrolmentState.COMPLETED: frozenset[str](),
}


class LeavingReason(models.TextChoices):
    """Why somebody left early. Health is never asked: it would be a sensitive fact (RGPD art. 9)."""

    JOB = "job", _("un emploi")
    TRAINING = "training", _("une formation")
    MOVE = "move", _("un déménagement")
    PERSONAL = "personal", _("une raison personnelle")
    NO_NEWS = "no_news", _("plus de nouvelles")
    DECISION = "decision", _("une décision du groupe")
    OTHER = "other", _("une autre raison")


class ImportState(models.TextChoices):
    DRAFT = "draft", _("à confirmer")
    CONFIRMED = "confirmed", _("confirmé")
    DISCARDED = "discarded", _("abandonné")


IMPORT_ALLOWED: dict[str, frozenset[str]] = {
    ImportState.DRAFT: frozenset({ImportState.CONFIRMED, ImportState.DISCARDED}),
    ImportState.CONFIRMED: frozenset[str](),
    ImportState.DISCARDED: frozenset[str](),
}
