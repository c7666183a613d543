"""What members keeps of people, and how long."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        10,
        _("Nom, date de naissance, contact, adresse"),
        _("Le contrat, la paie, et retrouver vos papiers des années après"),
        _("Tant que vos papiers sont gardés"),
        "Person User",
    ),
    Kept(
        12,
        _("Coordonnées bancaires"),
        _(
            "Vous verser votre part. Elles sont chiffrées : on n’en voit que les quatre derniers signes"
        ),
        _("Jusqu’à ce que vous en donniez d’autres, puis 10 ans avec la comptabilité"),
        "BankDetails",
    ),
    Kept(
        14,
        _("Accords que vous avez donnés ou retirés"),
        _("Prouver que vous avez dit oui, et jusqu’à quand"),
        _("Aussi longtemps que ce qu’ils permettent, puis le temps de la preuve : 5 ans"),
        "Consent",
    ),
    Kept(
        16,
        _("Cartes pour entrer"),
        _("Ouvrir votre espace sans e-mail ni mot de passe"),
        retention.days(
            settings.JOIN_CARD_DAYS, _("au plus pour s’en servir ; la trace de son usage reste")
        ),
        "JoinCard",
    ),
    Kept(
        18,
        _("Qui a ouvert votre dossier, et quand"),
        _("Vous le dire, et décourager la curiosité"),
        _("Aussi longtemps que le dossier"),
        "AccessRecord",
    ),
)


def register_all() -> None:
    retention.register("members", ROWS)
