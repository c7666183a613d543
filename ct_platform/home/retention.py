"""What the public site keeps of people, and how long; and what every form of the house keeps."""

from django.utils.translation import gettext_lazy as _

from ct_platform.home.services.enquiries import KEPT_MONTHS
from ct_platform.kit import retention
from ct_platform.kit.retention import Kept

ROWS = (
    Kept(
        26,
        _("Demandes écrites depuis ce site : nom, contact, message"),
        _("Vous répondre, parce que vous l’avez demandé"),
        retention.months(KEPT_MONTHS, _("après la réponse, ou l’arrivée")),
        "Enquiry EnquiryMail",
        by_itself=True,
    ),
    Kept(
        94,
        _("Qui a écrit et publié un texte de ce site, noté un partenaire"),
        _("Savoir qui a écrit quoi, et pouvoir revenir en arrière"),
        _("Aussi longtemps que le site"),
        "TextVersion TextPublication ShownPartner",
    ),
)
HOUSE = (
    Kept(
        96,
        _("Reçus de formulaires : une empreinte, jamais ce qui est écrit"),
        _("Qu’un double appui n’enregistre qu’une fois"),
        _("Aussi longtemps que le compte"),
        "Submission",
    ),
)


def register_all() -> None:
    retention.register("home", ROWS)
    retention.register("kit", HOUSE)
