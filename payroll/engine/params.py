"""The parameters in force during one month, and the only door to the packaged file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

from payroll.engine.codes import EMPLOYEE_CODES
from payroll.engine.dated import Dated, Grid, ParameterFile
from payroll.engine.errors import BadInput, MonthNotCovered
from payroll.engine.parameter_file import parse_parameters
from payroll.engine.types import Side
from payroll.engine.wording import french_date, month_name


@dataclass(frozen=True, slots=True)
class LineRule:
    """One contribution line in one month: rate in percent, None when it is given with the pay."""

    code: str
    side: Side
    base: str
    rate: Decimal | None
    input: str | None
    group: str
    label: str
    since: date
    source: str
    headcount_from: int
    headcount_below: int | None
    contracts: frozenset[str] | None

    def is_owed(self, headcount: int, contract: str) -> bool:
        """Say whether a host of this legal headcount owes the line for this contract."""
        return (
            headcount >= self.headcount_from
            and (self.headcount_below is None or headcount < self.headcount_below)
            and (self.contracts is None or contract in self.contracts)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Params:
    """Everything dated, for one month. Amounts in euros, rates in percent, Tmin and Tdelta as
    coefficients. `hash` is that of the whole file; `values` gives date and source of each amount.
    """

    month: date
    valid_from: date
    valid_until: date
    hash: str
    pmss: Decimal
    smic_hourly: Decimal
    rgdu_smic_hourly: Decimal
    rgdu_t_min: Decimal
    rgdu_t_delta_below_50: Decimal
    rgdu_t_delta_from_50: Decimal
    rgdu_exit_multiple: Decimal
    csg_share: Decimal
    health_cover_limit: Decimal
    rules: tuple[LineRule, ...]
    grid: Grid
    values: Mapping[str, Dated]


def load_params(month: date) -> Params:
    """Return the parameters of `month` (its first day), cached by month and file hash.

    Raises `MonthNotCovered` outside the validity of the file, `BadInput` when `month` is not the
    first day of a month, `BadParameters` when the packaged file is wrong.
    """
    packaged = packaged_file()
    return _params_of(month, packaged.hash)


@cache
def packaged_file() -> ParameterFile:
    """Read and check the file shipped with the engine, once per process."""
    return parse_parameters(files("payroll.engine").joinpath("parameters.toml").read_bytes())


@lru_cache(maxsize=64)
def _params_of(month: date, file_hash: str) -> Params:
    packaged = packaged_file()
    assert packaged.hash == file_hash  # noqa: S101  the hash is only the key of the cache
    return params_from(packaged, month)


def params_from(read: ParameterFile, month: date) -> Params:
    """Choose in a checked file what is in force on the first day of `month`.

    Raises as `load_params`.
    """
    if type(month) is not date or month.day != 1:
        raise BadInput("Le mois de paie se donne par la date de son premier jour.")
    if not read.valid_from <= month <= read.valid_until:
        raise MonthNotCovered(
            f"Aucun paramètre de paie confirmé pour {month_name(month)} : le fichier va du "
            f"{french_date(read.valid_from)} au {french_date(read.valid_until)}. Les taux d'une "
            "année ne sont jamais reconduits sur la suivante : il faut d'abord mettre à jour le "
            "fichier des paramètres."
        )
    values = {history.code: cast(Dated, history.on(month)) for history in read.values}
    return Params(
        month=month,
        valid_from=read.valid_from,
        valid_until=read.valid_until,
        hash=read.hash,
        rules=_rules_on(read, month),
        grid=max((grid for grid in read.grids if grid.since <= month), key=lambda g: g.since),
        values=MappingProxyType(values),
        **{code: dated.value for code, dated in values.items()},
    )


def _rules_on(read: ParameterFile, month: date) -> tuple[LineRule, ...]:
    rules = []
    for entry in read.lines:
        dated = entry.rates.on(month) if entry.rates else None
        rules.append(
            LineRule(
                code=entry.code,
                side="ee" if entry.code in EMPLOYEE_CODES else "er",
                base=entry.base,
                rate=dated.value if dated else None,
                input=entry.input,
                group=entry.group,
                label=entry.label,
                since=dated.since if dated else entry.since,
                source=entry.source,
                headcount_from=entry.headcount_from,
                headcount_below=entry.headcount_below,
                contracts=entry.contracts,
            )
        )
    return tuple(rules)
