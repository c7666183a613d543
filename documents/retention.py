"""What documents keeps of people, and how long."""

from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        60,
        _("Vos papiers : bulletins, attestations, contrats"),
        _("Prouver votre travail, et pouvoir les vérifier par leur code"),
        _(
            "Bulletins : 5 ans pour la copie d’ici. Les autres : aussi longtemps que le service. "
            "La coopérative hôte garde l’original"
        ),
        "Document",
    ),
    Kept(
        62,
        _("Messages qui vous annoncent un papier"),
        _("Savoir s’ils sont arrivés"),
        _("Aussi longtemps que le papier"),
        "Notice",
    ),
)


def register_all() -> None:
    retention.register("documents", ROWS)
