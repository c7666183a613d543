"""What projects keeps of people, and how long."""

from django.utils.translation import gettext_lazy as _

from ct_platform.kit import retention
from ct_platform.kit.retention import Kept
from projects.services.bank.minding import KEPT_DAYS

ROWS = (
    Kept(
        40,
        _("Heures notées, tâches, équipes"),
        _("La paie et l’attestation. Vous voyez chaque changement, et qui l’a fait"),
        _("5 ans, comme les bulletins qui en viennent"),
        "WorkEntry WorkChange WeekDeclaration Task TaskSignUp ProjectMember",
    ),
    Kept(
        44,
        _("Clients : nom, adresse, contact, devis, factures"),
        _("Vendre au nom de la coopérative hôte, obligation comptable"),
        _("10 ans (comptabilité)"),
        "Customer Quote QuoteMessage Invoice InvoiceMessage Reminder Payment Sale Order Offer SellerTerms VatDecision",
    ),
    Kept(
        46,
        _("Dépenses, tickets, avances, caisse"),
        _("Rembourser, et tenir les comptes"),
        _("10 ans (comptabilité)"),
        "Expense ExpenseClaim Receipt SpendingLimit CashCount CashTally CashAgreement CashTotal "
        "CashHandover MoneyChange",
    ),
    Kept(
        47,
        _("Relevés de banque : ce qui n’est pour personne ici"),
        _("Retrouver les paiements des clients"),
        retention.days(KEPT_DAYS, _("après l’import")),
        "BankLine",
        by_itself=True,
    ),
    Kept(
        48,
        _("Relevés de banque rapprochés d’une facture"),
        _("Prouver qu’elle est payée"),
        _("10 ans (comptabilité)"),
        "BankStatement BankMatch",
    ),
    Kept(
        49,
        _("Récoltes, recettes, idées gardées pour la suite"),
        _("Le travail du groupe ; le kit laissé au suivant ne nomme personne"),
        _("Tant que la coopérative est gardée"),
        "Lot LotMove Idea",
    ),
)


def register_all() -> None:
    retention.register("projects", ROWS)
