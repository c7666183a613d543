"""What can be paid at all: each refusal says what to correct, or why the case is out of scope."""

from decimal import Decimal

from payroll.engine.codes import CONTRACTS, LINE_CODES
from payroll.engine.errors import BadInput, OutOfScope
from payroll.engine.exact import CENT, cents
from payroll.engine.params import Params
from payroll.engine.types import PayInput, Profile, Ytd
from payroll.engine.wording import euros, month_name

# A full-time month is written 151.67 on slips; the exact 35 × 52 / 12 is slightly less.
FULL_TIME_HOURS_WRITTEN = Decimal("151.67")

_LONGEST_MONTH_HOURS = Decimal(31 * 24)
_LARGEST_AMOUNT = Decimal("9999999.99")
_HUNDRED = Decimal(100)
_RATE_STEP = Decimal("0.00001")


def check_input(inp: PayInput, ytd: Ytd, params: Params) -> None:
    """Refuse what the engine cannot pay, gross apart.

    Raises `BadInput` for a value that cannot be true, `OutOfScope` for a real case the engine does
    not know.
    """
    if inp.month != params.month:
        raise BadInput(
            f"La paie est celle de {month_name(inp.month)}, les paramètres ceux de "
            f"{month_name(params.month)}."
        )
    _check_hours(inp)
    check_number("La présence", inp.presence)
    if not inp.presence:
        raise BadInput("La présence est nulle : il n'y a pas de contrat ce mois-ci.")
    if type(inp.headcount) is not int or inp.headcount < 0:
        raise BadInput("L'effectif de la coopérative doit être un nombre entier, zéro ou plus.")
    check_rate("Le taux AT/MP", inp.atmp_rate)
    check_rate("Le taux du versement mobilité", inp.mobility_rate)
    if inp.pas_rate is not None:
        check_rate("Le taux de prélèvement à la source", inp.pas_rate)
    if inp.contract not in CONTRACTS:
        raise OutOfScope(
            f"Le contrat « {inp.contract} » n'est pas de ceux que le moteur sait payer : "
            f"{', '.join(CONTRACTS)}."
        )
    check_amount("La complémentaire santé", inp.health_cover)
    check_rate("La part patronale de la complémentaire santé", inp.health_cover_employer_share)
    if inp.health_cover:
        _check_health_share(inp, params)
    for name in Ytd.__slots__:
        if type(getattr(ytd, name)) is not Decimal or not getattr(ytd, name).is_finite():
            raise BadInput(f"Le cumul annuel « {name} » n'est pas un nombre décimal exact.")


def check_gross(inp: PayInput) -> Decimal:
    """Return the gross when it can be paid for these hours; raises `BadInput` otherwise."""
    if inp.gross is None:
        raise BadInput("Le brut manque.")
    check_amount("Le brut", inp.gross)
    if inp.gross and not inp.hours and inp.profile.working_time:
        raise BadInput("Un brut sans aucune heure : un salaire se rapporte à des heures.")
    return inp.gross


def check_profile(profile: Profile) -> None:
    """Refuse a profile that names an unknown line or gives a Tdelta that is not a coefficient."""
    unknown = sorted(profile.disabled_lines - set(LINE_CODES))
    if unknown:
        raise BadInput(f"Le profil « {profile.code} » nomme des lignes inconnues : {unknown[0]}.")
    if profile.tdelta_override is not None:
        check_number("Le Tdelta du profil", profile.tdelta_override)
        if profile.tdelta_override > 1:
            raise BadInput("Le Tdelta du profil est un coefficient : il ne dépasse pas 1.")


def check_number(name: str, value: Decimal) -> None:
    """Refuse anything but a finite Decimal, zero or more: no float, ever."""
    if type(value) is not Decimal:
        raise BadInput(f"{name} doit être un nombre décimal exact, pas « {value!r} ».")
    if not value.is_finite():
        raise BadInput(f"{name} n'est pas un nombre.")
    if value < 0:
        raise BadInput(f"{name} doit être zéro ou plus, pas {value}.")


def check_amount(name: str, value: Decimal) -> None:
    """Refuse an amount that is not whole cents, or too large to be a month's pay."""
    check_number(name, value)
    if value > _LARGEST_AMOUNT:
        raise BadInput(f"{name} dépasse {euros(_LARGEST_AMOUNT)} : la saisie est à vérifier.")
    if value != value.quantize(CENT):
        raise BadInput(f"{name} se donne en euros et centimes entiers : {value}.")


def check_rate(name: str, value: Decimal) -> None:
    """Refuse a percentage above 100 or finer than five decimals."""
    check_number(name, value)
    if value > _HUNDRED:
        raise BadInput(f"{name} ne peut pas dépasser 100 % : {value}.")
    if value != value.quantize(_RATE_STEP):
        raise BadInput(f"{name} a plus de cinq décimales : {value}.")


def _check_hours(inp: PayInput) -> None:
    check_number("Le nombre d'heures", inp.hours)
    if inp.profile.working_time and inp.hours > FULL_TIME_HOURS_WRITTEN:
        raise OutOfScope(
            f"{inp.hours} heures dépassent le temps plein (151,67) : le moteur ne calcule pas les "
            "heures supplémentaires."
        )
    if inp.hours > _LONGEST_MONTH_HOURS:
        raise BadInput(f"Aucun mois ne compte {inp.hours} heures.")


def _check_health_share(inp: PayInput, params: Params) -> None:
    """CSS D242-1: above the limit the host's part enters the contribution base (not prorated)."""
    limit = cents(params.pmss * params.health_cover_limit / _HUNDRED)
    employer = cents(inp.health_cover * inp.health_cover_employer_share / _HUNDRED)
    if employer > limit:
        raise OutOfScope(
            f"La part patronale de la complémentaire santé ({euros(employer)}) dépasse "
            f"{euros(limit)} par mois : une partie devient imposable aux cotisations, ce que le "
            "moteur ne calcule pas."
        )
