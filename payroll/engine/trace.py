"""From a line of a slip back to its base, its rate, its rule: one sentence a person can check."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from payroll.engine.exact import cents
from payroll.engine.wording import euros, french_date, percent

# Several lines share one printed label: this is what each of them is.
_NAMES = {
    "agirc_arrco_t1": "Retraite complémentaire Agirc-Arrco, tranche 1",
    "agirc_arrco_t2": "Retraite complémentaire Agirc-Arrco, tranche 2",
    "ceg_t1": "Contribution d'équilibre général (CEG), tranche 1",
    "ceg_t2": "Contribution d'équilibre général (CEG), tranche 2",
    "csg_non_deductible": "CSG non déductible de l'impôt sur le revenu",
    "crds": "Contribution au remboursement de la dette sociale (CRDS)",
    "ags": "Garantie des salaires (AGS)",
}

_BASES = {
    "old_age_capped": "la part du brut sous le plafond",
    "agirc_arrco_t1": "la part du brut sous le plafond",
    "ceg_t1": "la part du brut sous le plafond",
    "agirc_arrco_t2": "la part du brut entre un et huit plafonds",
    "ceg_t2": "la part du brut entre un et huit plafonds",
    "cet": "le brut jusqu'à huit plafonds, quand il dépasse le plafond",
    "unemployment": "le brut jusqu'à quatre plafonds",
    "ags": "le brut jusqu'à quatre plafonds",
    "csg_deductible": "98,25 % du brut jusqu'à quatre plafonds, le reste en entier, "
    "et la part patronale de la complémentaire santé",
    "fnal": "la part du brut sous le plafond, ou tout le brut à partir de 50 salariés",
    "health_cover": "la cotisation du mois à la complémentaire santé",
    "forfait_social": "la part patronale de la complémentaire santé",
    "rgdu": "le brut depuis le début de l'année",
}
_BASES["csg_non_deductible"] = _BASES["crds"] = _BASES["csg_deductible"]


class TracedLine(Protocol):
    """What is read of a stored line, whatever stores it."""

    @property
    def code(self) -> str: ...
    @property
    def base(self) -> Decimal: ...
    @property
    def rate(self) -> Decimal | None: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def label(self) -> str: ...
    @property
    def rule_date(self) -> date: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Trace:
    """Why one line is what it is. `sentence` is French text; amounts in euros, rate in percent."""

    code: str
    name: str
    base_name: str
    base: Decimal
    rate: Decimal | None
    amount: Decimal
    sentence: str
    rule_date: date
    source: str


def explain(line: TracedLine) -> Trace:
    """Explain one stored line: what it applies to, base × rate = amount, source and date."""
    short = line.code.removeprefix("ee_").removeprefix("er_")
    rule = f"{line.source}, en vigueur depuis le {french_date(line.rule_date)}"
    return Trace(
        code=line.code,
        name=_NAMES.get(short, line.label),
        base_name=_BASES.get(short, "le brut"),
        base=line.base,
        rate=line.rate,
        amount=line.amount,
        sentence=f"{_calculation(line)} ({rule}).",
        rule_date=line.rule_date,
        source=line.source,
    )


def _calculation(line: TracedLine) -> str:
    if line.rate is None:
        employer = line.base - line.amount
        return f"{euros(line.base)} − {euros(employer)} payés par l'hôte = {euros(line.amount)}"
    product = cents(line.base * line.rate / 100)
    written = f"{euros(line.base)} × {percent(line.rate)} = {euros(product)}"
    if line.code != "rgdu":
        return written
    # Stored as the opposite of the reduction, and after what the earlier months were granted.
    reduction = -line.amount
    granted = product - reduction
    if not granted:
        return written
    return f"{written}, moins {euros(granted)} déjà accordés = {euros(reduction)}"
