"""Which files are complete, and when a cohort runs a risk. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from cohorts.enums.entry_files import MISSING
from cohorts.rules.participants import UNEMPLOYED

# Above this share of incomplete participants the authority may correct the grant.
ALARM_PERCENT = 35
# What a file needs besides its answers, by the code the pages name it.
BIRTH_DATE, CONTACT, ADDRESS, QUARTER = "birth_date", "contact", "address", "quarter"
REQUIRED = (
    "sex", BIRTH_DATE, "birth_place", CONTACT, ADDRESS, QUARTER, "labour", "seeking_since",
    "minimum_income", "diploma", "household", "housing", "rural",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of one participant; `answers` by question code, sensitive ones never."""

    birth_date: dt.date | None
    has_contact: bool
    has_address: bool
    is_located: bool
    answers: Mapping[str, str]


def reaches(phone: str, email: str, referent: str) -> bool:
    """At least one phone, e-mail or referent: somebody can be found again six months later."""
    return bool(phone.strip() or email.strip() or referent.strip())


def missing_from(facts: FileFacts) -> tuple[str, ...]:
    """What is still missing, in the order of the questionnaire. A refusal is an answer."""
    there = {
        BIRTH_DATE: facts.birth_date is not None,
        CONTACT: facts.has_contact,
        ADDRESS: facts.has_address,
        QUARTER: facts.is_located,
    }
    return tuple(
        code
        for code in REQUIRED
        if not there.get(code, False) and not _answered(code, facts.answers)
    )


def _answered(code: str, answers: Mapping[str, str]) -> bool:
    if code == "seeking_since" and answers.get("labour", MISSING) not in UNEMPLOYED:
        return True  # asked of the unemployed only
    return answers.get(code, MISSING) != MISSING


def is_alarming(incomplete: int, total: int) -> bool:
    """Strictly more than 35 % of incomplete participants; nobody is no risk."""
    return incomplete * 100 > ALARM_PERCENT * total
