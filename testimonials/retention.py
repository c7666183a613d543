"""What testimonials keeps of people, and how long."""

from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        70,
        _("Témoignages : mots, portrait, voix"),
        _(
            "Votre accord pour chaque usage, que vous pouvez retirer à tout moment, même sans compte. "
            "Une voix enregistrée n’est jamais publiée"
        ),
        _(
            "Jusqu’à la date que vous avez choisie, ou votre retrait : les mots quittent le site, portrait "
            "et voix sont effacés. La preuve reste, lue par vous et l’accompagnement seuls : l’accord, "
            "les mots qu’il visait, où ils ont paru"
        ),
        "Testimonial Version Publication ParentalAgreement AskAnswer WithdrawalRequest",
        by_itself=True,
    ),
)


def register_all() -> None:
    retention.register("testimonials", ROWS)
