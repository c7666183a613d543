"""The chart of accounts of pays, sales and expenses: which account each amount goes to. Pure.

Default numbers follow the PCG (règlement ANC 2014-03, as amended by 2022-06); a host replaces any of
them. A CAPE is not an employment contract (C. com. L127-3): its pay is booked neither in 641/645 nor
in 421, whose labels read "personnel", but in subdivisions of 648 and 467. To confirm with each
host's accountant: that is why every number can be changed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_NUMBER = re.compile(r"[0-9]{3}[0-9A-Z]{0,9}")


@dataclass(frozen=True, slots=True)
class Account:
    """`number` begins with three digits, the first of which is its class."""

    number: str
    label: str


PLAN: Mapping[str, Account] = {
    # What the pay costs.
    "wages": Account("641000", "Rémunérations du personnel"),
    "contributions": Account("645000", "Charges de sécurité sociale et de prévoyance"),
    "relief": Account("645900", "Réduction générale de cotisations"),
    "cape_pay": Account("648100", "Rémunérations de CAPE"),
    "cape_contributions": Account("648200", "Cotisations sur rémunérations de CAPE"),
    "set_aside_cost": Account("648300", "Parts gardées pour une prochaine paie"),
    "rounding": Account("658000", "Différences d'arrondi sur cotisations"),
    # Whom it is owed to.
    "wages_owed": Account("421000", "Personnel - rémunérations dues"),
    "wages_advances": Account("425000", "Personnel - avances et acomptes"),
    "cape_owed": Account("467100", "Rémunérations de CAPE dues"),
    "cape_advances": Account("467200", "Acomptes sur rémunérations de CAPE"),
    "deductions": Account("467300", "Retenues décidées par le groupe"),
    "set_aside": Account("468600", "Parts gardées, à verser à une prochaine paie"),
    "urssaf": Account("431000", "Urssaf"),
    "retirement": Account("437100", "Retraite complémentaire Agirc-Arrco"),
    "health_cover": Account("437200", "Complémentaire santé"),
    "housing": Account("437300", "Participation à l'effort de construction"),
    "tax": Account("442100", "Etat - prélèvement à la source"),
    # Where the money comes to and leaves from.
    "bank": Account("512000", "Banque"),
    "cash": Account("530000", "Caisse"),
    "handed": Account("580000", "Virements internes - espèces remises à l'hôte"),
    # What activities sell and buy.
    "sales": Account("701000", "Ventes de produits"),
    "services": Account("706000", "Prestations de services"),
    "customers": Account("411000", "Clients"),
    "vat_collected": Account("445710", "TVA collectée"),
    "vat_waiting": Account("445740", "TVA collectée, en attente d'encaissement"),
    "purchases": Account("606800", "Achats des activités"),
    "vat_deductible": Account("445660", "TVA déductible sur biens et services"),
    "suppliers": Account("401000", "Fournisseurs"),
    "advanced": Account("467400", "Frais avancés par les coopérants, à rendre"),
}


def plan_of(own: Mapping[str, str]) -> dict[str, Account]:
    """The plan with a host's own numbers (role → number) in place of the defaults."""
    return {
        role: Account(own.get(role, account.number), account.label)
        for role, account in PLAN.items()
    }


def own_numbers(numbers: Mapping[str, str]) -> dict[str, str]:
    """Keep what differs from the default plan: the default may then improve for everybody else."""
    return {
        role: numbers[role]
        for role, account in PLAN.items()
        if numbers.get(role, account.number) != account.number
    }


def wrong_number(role: str, number: str) -> str:
    """The sentence that says why a number does not suit a role; empty when it does.

    Three digits first (LPF A47 A-1, VII), of the same class as the default one.
    """
    if not _NUMBER.fullmatch(number):
        return "Un compte commence par trois chiffres : de 3 à 12 chiffres ou capitales."
    if number[0] != PLAN[role].number[0]:
        return f"Ce compte est de classe {PLAN[role].number[0]}."
    return ""
