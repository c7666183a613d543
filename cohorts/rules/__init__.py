"""Judgement about cohorts: a module a noun, values in, value out, today an argument."""

from cohorts.rules.ages import ADULT_AGE, HIGHEST_AGE, add_months, age_on
from cohorts.rules.contracts import (
    CAPE_END_AHEAD_DAYS,
    CONTRACT_MONTHS,
    EndFault,
    cape_end,
    cape_end_fault,
    contract_too_long,
)
from cohorts.rules.cycles import (
    DatedPhase,
    DateFault,
    PhaseShare,
    dated_phases,
    days_between,
    duration_fault,
    start_fault,
    week_number,
)
from cohorts.rules.organisations import spaced_siret

__all__ = [
    "ADULT_AGE",
    "CAPE_END_AHEAD_DAYS",
    "CONTRACT_MONTHS",
    "HIGHEST_AGE",
    "DateFault",
    "DatedPhase",
    "EndFault",
    "PhaseShare",
    "add_months",
    "age_on",
    "cape_end",
    "cape_end_fault",
    "contract_too_long",
    "dated_phases",
    "days_between",
    "duration_fault",
    "spaced_siret",
    "start_fault",
    "week_number",
]
