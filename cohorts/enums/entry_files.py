"""Answers of the enrolment file. A code is never given a new meaning: lists change by their date
(cohorts.questionnaire), and an answer given before keeps its words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# An answer is a code below, or one of these two: they are not the same, and neither means "no".
MISSING = ""
REFUSED = "refused"
REFUSED_LABEL = _("Ne souhaite pas répondre")


class Sex(models.TextChoices):
    WOMAN = "F", _("Femme")
    MAN = "M", _("Homme")
    NON_BINARY = "X", _("Non binaire")


class LabourStatus(models.TextChoices):
    """The day before the entry."""

    REGISTERED = "registered", _("Au chômage, inscription à France Travail")
    SEEKING = "seeking", _("Au chômage, sans inscription, en recherche d’emploi")
    STUDENT = "student", _("En études ou en formation")
    INACTIVE = "inactive", _("Sans emploi, sans en chercher")
    EMPLOYED = "employed", _("En emploi salarié")
    SELF_EMPLOYED = "self_employed", _("À son compte")


class Diploma(models.TextChoices):
    """The highest one obtained, by ISCED 2011 level."""

    NONE = "none", _("Aucun diplôme, ou école primaire")
    LOWER = "lower", _("Brevet des collèges")
    VOCATIONAL = "vocational", _("CAP ou BEP")
    BACCALAUREATE = "baccalaureate", _("Baccalauréat")
    POST = "post", _("Diplôme après le bac, hors études supérieures")
    SHORT = "short", _("Bac + 2 (BTS, DUT…)")
    BACHELOR = "bachelor", _("Bac + 3 (licence, BUT…)")
    MASTER = "master", _("Bac + 5 (master…)")
    DOCTORATE = "doctorate", _("Doctorat")


class Household(models.TextChoices):
    ALONE = "alone", _("Personne seule")
    SINGLE_PARENT = "single_parent", _("Parent seul, avec enfant")
    COUPLE = "couple", _("En couple, sans enfant")
    COUPLE_CHILDREN = "couple_children", _("En couple, avec enfant")
    WITH_FAMILY = "with_family", _("Chez ses parents ou de la famille")
    OTHER = "other", _("Autre situation")


class Housing(models.TextChoices):
    """Being without a home is asked apart, among the sensitive answers."""

    OWNER = "owner", _("Propriétaire")
    SOCIAL_TENANT = "social_tenant", _("Locataire d’un logement social")
    TENANT = "tenant", _("Locataire")
    HOSTED = "hosted", _("Hébergement chez quelqu’un")
    RESIDENCE = "residence", _("Foyer ou résidence")
    OTHER = "other", _("Autre situation")


class MinimumIncome(models.TextChoices):
    RSA = "rsa", _("RSA")
    ASS = "ass", _("ASS")
    AAH = "aah", _("AAH")
    ASPA = "aspa", _("Minimum vieillesse (ASPA)")
    OTHER = "other", _("Un autre minimum social")
    NONE = "none", _("Aucun minimum social")


class YesNo(models.TextChoices):
    YES = "yes", _("Oui")
    NO = "no", _("Non")


class QuarterStatus(models.TextChoices):
    """Whether the address at entry lies in a priority quarter (QPV)."""

    IN = "in", _("dans un quartier prioritaire")
    OUT = "out", _("hors des quartiers prioritaires")


class LocatedHow(models.TextChoices):
    POINT = "point", _("calculé d’après les coordonnées")
    HAND = "hand", _("constaté à la main")


class ProofKind(models.TextChoices):
    SIGNED_QUESTIONNAIRE = "signed", _("questionnaire signé")
    PLACE = "place", _("preuve d’adresse ou de quartier")
    EXIT = "exit", _("preuve de sortie")


class ExitStatus(models.TextChoices):
    """The raw situation upon leaving; its category is derived (cohorts.rules.exits)."""

    OPEN_ENDED = "open_ended", _("Emploi en CDI (y compris entrepreneur salarié, CESA)")
    FIXED_TERM = "fixed_term", _("Emploi en CDD")
    TEMPORARY = "temporary", _("Mission d’intérim")
    TENURE = "tenure", _("Titularisation dans la fonction publique")
    BUSINESS = "business", _("Création ou reprise d’une entreprise")
    AIDED = "aided", _("Contrat aidé")
    QUALIFYING = "qualifying", _("Formation qualifiante ou pré-qualifiante")
    SIAE = "siae", _("Embauche par une autre structure d’insertion (SIAE)")
    UNEMPLOYED = "unemployed", _("Au chômage, en recherche d’emploi")
    INACTIVE = "inactive", _("Sans emploi, sans en chercher")
    UNKNOWN = "unknown", _("Situation inconnue")
    # Never why: an illness is a sensitive fact (RGPD art. 9).
    PREVENTED = "prevented", _("Empêchement de longue durée, sans en dire la raison")
    MOVED = "moved", _("Déménagement hors du territoire")
    DEATH = "death", _("Décès")


class ExitCategory(models.TextChoices):
    """Vocabulary of the IAE, reused by funders."""

    DURABLE = "durable", _("emploi durable")
    TRANSITION = "transition", _("emploi de transition")
    POSITIVE = "positive", _("sortie positive")
    OTHER = "other", _("autre sortie")
    NEUTRALISED = "neutralised", _("sortie neutralisée, hors du calcul")
