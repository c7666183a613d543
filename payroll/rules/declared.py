"""The contributions of a run as a declaration adds them up, and the cents of difference. Pure.

A slip rounds each line of each person; a declaration multiplies one total base by one rate. The two
differ by cents, booked as a rounding difference (never spread over people).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import ZERO, cents
from payroll.engine.codes import LINE_CODES, RGDU
from payroll.rules.booking import HEALTH_COVER, HOUSING, RETIREMENT, URSSAF, organism_of

ORGANISMS = {
    URSSAF: "Urssaf",
    RETIREMENT: "Agirc-Arrco",
    HEALTH_COVER: "Organisme de complémentaire santé",
    HOUSING: "Action Logement",
}
# Codes without their side → the family they are declared with. Codes of the Urssaf (CTP) are the
# host's to confirm: they depend on its size, place and status.
_FAMILIES = {
    "health": "Sécurité sociale, cas général",
    "old_age_capped": "Sécurité sociale, cas général",
    "old_age_uncapped": "Sécurité sociale, cas général",
    "family": "Sécurité sociale, cas général",
    "atmp": "Sécurité sociale, cas général",
    "csa": "Sécurité sociale, cas général",
    "csg_deductible": "CSG et CRDS",
    "csg_non_deductible": "CSG et CRDS",
    "crds": "CSG et CRDS",
    "fnal": "Fonds national d’aide au logement",
    "unemployment": "Assurance chômage",
    "ags": "Garantie des salaires (AGS)",
    "dialogue": "Contribution au dialogue social",
    "training": "Formation professionnelle",
    "cpf_cdd": "Formation professionnelle, CPF des CDD",
    "apprenticeship_main": "Taxe d’apprentissage",
    "apprenticeship_balance": "Taxe d’apprentissage, solde",
    "mobility": "Versement mobilité",
    "forfait_social": "Forfait social",
    "peec": "Participation à l’effort de construction",
    "health_cover": "Complémentaire santé",
}
_RETIREMENT_FAMILY = "Retraite complémentaire, CEG et CET"
_REDUCTION_FAMILY = "Réduction générale dégressive unique"
_HUNDRED = Decimal(100)
# Amounts that no total base gives again: decided person by person.
_NOT_RATED = frozenset({RGDU, "ee_health_cover", "er_health_cover"})


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A stored line of one slip: base in euros, rate in percent (None: not a rate)."""

    code: str
    side: str
    label: str
    group: str
    base: Decimal
    rate: Decimal | None
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredLine:
    """One contribution at one rate, for the whole run. `gap` = what slips say beyond base × rate.

    Without a rate (reduction, health cover) there is no base to multiply: it is declared as it is.
    """

    code: str
    side: str
    label: str
    group: str
    organism: str
    family: str
    rate: Decimal | None
    base: Decimal | None
    amount: Decimal
    declared: Decimal

    @property
    def gap(self) -> Decimal:
        return self.amount - self.declared


def declared_lines(
    lines: Iterable[BookedLine], later: Iterable[BookedLine] = ()
) -> list[DeclaredLine]:
    """Add up by code and rate, in the order of the bulletin. Bases keep their digits.

    `later`: lines of counter-slips and corrections. A regularisation declares them one by one, so
    they add the same cents on both sides and the difference booked at first does not move.
    """
    first: dict[tuple[str, Decimal | None], list[BookedLine]] = {}
    after: dict[tuple[str, Decimal | None], list[BookedLine]] = {}
    for groups, found in ((first, lines), (after, later)):
        for line in found:
            rate = None if line.code in _NOT_RATED else line.rate
            groups.setdefault((line.code, rate), []).append(line)
    order = {code: place for place, code in enumerate(LINE_CODES)}
    keys = sorted({**first, **after}, key=lambda key: (order[key[0]], key[1] or ZERO))
    return [_declared(first.get(key, []), after.get(key, []), key[1]) for key in keys]


def gaps(lines: Iterable[DeclaredLine]) -> list[tuple[str, Decimal]]:
    """The difference by organism, in cents, zero left out."""
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.organism] = found.get(line.organism, ZERO) + line.gap
    return [(organism, gap) for organism, gap in found.items() if gap]


def _declared(
    first: list[BookedLine], later: list[BookedLine], rate: Decimal | None
) -> DeclaredLine:
    one = (first or later)[0]
    at_first = sum((line.amount for line in first), ZERO)
    since = sum((line.amount for line in later), ZERO)
    base = sum((line.base for line in first), ZERO)
    organism = organism_of(one.code)
    return DeclaredLine(
        code=one.code,
        side=one.side,
        label=one.label,
        group=one.group,
        organism=organism,
        family=_family(one.code, organism),
        rate=rate,
        base=None if rate is None else base + sum((line.base for line in later), ZERO),
        amount=at_first + since,
        declared=since + (at_first if rate is None else cents(base * rate / _HUNDRED)),
    )


def _family(code: str, organism: str) -> str:
    if code == RGDU:
        return _REDUCTION_FAMILY
    if organism == RETIREMENT:
        return _RETIREMENT_FAMILY
    return _FAMILIES[code.partition("_")[2]]
