"""What an issued slip was asked wrongly: each change as [old, new], laid over the photograph. Pure.

Values are written as the photograph writes them: decimals as text, minutes and headcount as
integers, a withholding rate sealed. Names of people and places are changes as well ("identity").
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

PROFILE, IDENTITY, PAS_RATE, MINUTES = "profile", "identity", "pas_rate", "minutes"
SETTINGS = (
    "atmp_rate", "mobility_rate", "headcount", "health_cover", "health_cover_employer_share",
    "hourly_rate",
)  # fmt: skip
PERSON = (MINUTES, "presence", "health_waived", PAS_RATE)
# In the order they are read.
NAMES = (PROFILE, *PERSON, *SETTINGS, IDENTITY)

Changes = Mapping[str, list[Any]]


def written(photograph: Mapping[str, Any], enrolment_id: int, name: str) -> Any:
    """What the photograph says of one thing that may be corrected; None when it says nothing."""
    if name == PROFILE:
        return photograph["profile"]
    if name in SETTINGS:
        return photograph["settings"].get(name)
    person = person_in(photograph, enrolment_id)
    if name == MINUTES:
        return sum(person["minutes_by_kind"].values())
    if name == "presence":
        return person["presence"]
    terms = person.get("terms") or {}
    if name == "health_waived":
        return terms.get("health_waived", False)
    sealed = terms.get("sealed_pas_rate")
    return {"key": terms["key"], "sealed": sealed} if sealed else None


def laid_over(photograph: Mapping[str, Any], enrolment_id: int, changes: Changes) -> dict[str, Any]:
    """Give the photograph as it should have been for one person. The original is left as it is."""
    new = {name: change[1] for name, change in changes.items()}
    settings = photograph["settings"] | {name: new[name] for name in SETTINGS if name in new}
    people = [
        _corrected(person, new) if person["enrolment"] == enrolment_id else person
        for person in photograph["people"]
    ]
    profile = new.get(PROFILE, photograph["profile"])
    return {**photograph, "settings": settings, "profile": profile, "people": people}


def person_in(photograph: Mapping[str, Any], enrolment_id: int) -> dict[str, Any]:
    found: dict[str, Any] = next(
        person for person in photograph["people"] if person["enrolment"] == enrolment_id
    )
    return found


def same(old: Any, new: Any) -> bool:
    """Whether two written values say the same: "1.55000" and "1.55" do."""
    if isinstance(old, str) and isinstance(new, str):
        return Decimal(old) == Decimal(new)
    return bool(old == new)


def _corrected(person: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    corrected = dict(person)
    if MINUTES in new:
        corrected["minutes_by_kind"] = {"corrected": new[MINUTES]}
    if "presence" in new:
        corrected["presence"] = new["presence"]
    terms = dict(person.get("terms") or {"key": "", "sealed_pas_rate": "", "health_waived": False})
    if "health_waived" in new:
        terms["health_waived"] = new["health_waived"]
    if PAS_RATE in new:
        rate = new[PAS_RATE] or {"key": "", "sealed": ""}
        terms |= {"key": rate["key"], "sealed_pas_rate": rate["sealed"]}
    if {"health_waived", PAS_RATE} & set(new):
        corrected["terms"] = terms
    return corrected
