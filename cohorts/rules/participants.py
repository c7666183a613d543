"""What a participant counts as for the FSE+ (regulation (EU) 2021/1057, annex I). Pure.

A missing answer and a refusal give neither "yes" nor "no": nobody is counted on a blank.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cohorts.enums.entry_files import MISSING, REFUSED, Diploma, ExitStatus, LabourStatus
from cohorts.rules.ages import add_months, age_on

# Months of unemployment after which it is long, strictly more: FSE+ definition of EECO03.
YOUNG_BEFORE, LONG_MONTHS_YOUNG, LONG_MONTHS = 25, 6, 12

UNEMPLOYED = frozenset({LabourStatus.REGISTERED, LabourStatus.SEEKING})
INACTIVE = frozenset({LabourStatus.STUDENT, LabourStatus.INACTIVE})
WORKING = frozenset({LabourStatus.EMPLOYED, LabourStatus.SELF_EMPLOYED})
ISCED_0_2 = frozenset({Diploma.NONE, Diploma.LOWER})
ISCED_3_4 = frozenset({Diploma.VOCATIONAL, Diploma.BACCALAUREATE, Diploma.POST})
ISCED_5_8 = frozenset({Diploma.SHORT, Diploma.BACHELOR, Diploma.MASTER, Diploma.DOCTORATE})


class Flag(StrEnum):
    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    MISSING = "missing"


# Output codes, in their order; those with a star in the annex are sensitive and optional.
OUTPUTS = tuple(f"EECO{number:02d}" for number in range(1, 18))
SENSITIVE_OUTPUTS = {
    "EECO12": "disability",
    "EECO13": "third_country",
    "EECO14": "foreign_background",
    "EECO15": "minority",
    "EECO16": "homeless",
}
RESULTS = ("EECR01", "EECR02", "EECR03", "EECR04")
# Six months after; the authority may ask a sample only.
LATER_RESULTS = ("EECR05", "EECR06")


@dataclass(frozen=True, slots=True)
class Entry:
    """Answers by question code, and the two dates ages and durations are counted from.

    `entered_on` is the first day of the action; the questions speak of the day before.
    """

    birth_date: dt.date | None
    entered_on: dt.date
    answers: Mapping[str, str]
    sensitive: Mapping[str, str]


def outputs_of(entry: Entry) -> dict[str, Flag]:
    """Each output code, yes, no, refused or missing. EECO01 is yes: who has an entry participates."""
    labour = entry.answers.get("labour", MISSING)
    diploma = entry.answers.get("diploma", MISSING)
    age = age_on(entry.birth_date, entry.entered_on) if entry.birth_date else None
    flags = {
        "EECO01": Flag.YES,
        "EECO02": _among(labour, UNEMPLOYED),
        "EECO03": long_unemployed(entry),
        "EECO04": _among(labour, INACTIVE),
        "EECO05": _among(labour, WORKING),
        "EECO06": _aged(age, 0, 17),
        "EECO07": _aged(age, 18, 29),
        "EECO08": _aged(age, 55, 200),
        "EECO09": _among(diploma, ISCED_0_2),
        "EECO10": _among(diploma, ISCED_3_4),
        "EECO11": _among(diploma, ISCED_5_8),
        "EECO17": _said(entry.answers.get("rural", MISSING)),
    }
    for code, question in SENSITIVE_OUTPUTS.items():
        flags[code] = _said(entry.sensitive.get(question, MISSING))
    return {code: flags[code] for code in OUTPUTS}


def long_unemployed(entry: Entry) -> Flag:
    """Unemployed for strictly more than six months under 25, than twelve from 25 on (EECO03).

    Counted to the day before the entry; the age is that of the entry. Without a birth date, only a
    duration that is long, or short, at any age gives an answer.
    """
    seeking = _among(entry.answers.get("labour", MISSING), UNEMPLOYED)
    if seeking is not Flag.YES:
        return seeking
    since = read_day(entry.answers.get("seeking_since", MISSING))
    if since is None:
        refused = entry.answers.get("seeking_since") == REFUSED
        return Flag.REFUSED if refused else Flag.MISSING
    eve = entry.entered_on - dt.timedelta(days=1)
    longer = {
        months: eve > add_months(since, months) for months in (LONG_MONTHS_YOUNG, LONG_MONTHS)
    }
    if entry.birth_date is None:
        certain = longer[LONG_MONTHS_YOUNG] == longer[LONG_MONTHS]
        return _yes(longer[LONG_MONTHS]) if certain else Flag.MISSING
    is_young = age_on(entry.birth_date, entry.entered_on) < YOUNG_BEFORE
    return _yes(longer[LONG_MONTHS_YOUNG if is_young else LONG_MONTHS])


def read_day(answer: str) -> dt.date | None:
    """The day of an answer that is a date; None for a refusal or nothing."""
    return None if answer in (MISSING, REFUSED) else dt.date.fromisoformat(answer)


def _yes(fact: bool) -> Flag:
    return Flag.YES if fact else Flag.NO


def _among(answer: str, codes: frozenset[str]) -> Flag:
    if answer == MISSING:
        return Flag.MISSING
    return Flag.REFUSED if answer == REFUSED else _yes(answer in codes)


def _said(answer: str) -> Flag:
    return _among(answer, frozenset({"yes"}))


def _aged(age: int | None, youngest: int, oldest: int) -> Flag:
    return Flag.MISSING if age is None else _yes(youngest <= age <= oldest)


IN_JOB = frozenset(
    {
        ExitStatus.OPEN_ENDED, ExitStatus.FIXED_TERM, ExitStatus.TEMPORARY, ExitStatus.TENURE,
        ExitStatus.BUSINESS, ExitStatus.AIDED, ExitStatus.SIAE,
    }
)  # fmt: skip
SEARCHING = frozenset({ExitStatus.UNEMPLOYED})
TRAINING = frozenset({ExitStatus.QUALIFYING})


def results_of(status: str, qualification: str) -> dict[str, Flag]:
    """The results upon leaving, from the raw exit situation; missing until one is noted.

    `status` is an ExitStatus or "", `qualification` yes, no, refused or "". An unknown situation
    stays missing: nobody is counted without a job because nobody answered.
    """
    known = MISSING if status == ExitStatus.UNKNOWN else status
    return {
        "EECR01": _among(known, SEARCHING),
        "EECR02": _among(known, TRAINING),
        "EECR03": _said(qualification),
        "EECR04": _among(known, IN_JOB),
    }


def in_job(status: str) -> bool | None:
    """Whether a raw situation is a job, one's own business included; None when it is not known."""
    return None if status in (MISSING, ExitStatus.UNKNOWN) else status in IN_JOB


def later_results_of(status: str, better: str, labour: str) -> dict[str, Flag]:
    """The results six months after leaving; missing until somebody answered.

    `status` is the ExitStatus then, `better` what those who worked at entry (`labour`) say of it.
    EECR06 speaks of people in employment upon entering, whose work is better six months after: the
    others count in EECR05 and are "no" here; without a job there is no better one. Better is more
    stable, fuller, more qualified or with more responsibilities, never the wage alone (guidance of the
    Commission on ESF monitoring, annex C1; that of 2021–2027 to be confirmed with the authority).
    """
    working = in_job(status)
    job = Flag.MISSING if working is None else _yes(working)
    entered = _among(labour, WORKING)
    if working is None:
        improved = Flag.MISSING
    elif entered is not Flag.YES or not working:
        improved = Flag.NO if entered in (Flag.YES, Flag.NO) else entered
    else:
        improved = _said(better)
    return {"EECR05": job, "EECR06": improved}


@dataclass(frozen=True, slots=True)
class Stay:
    """One time somebody was in a cohort of the operation. Dates are inclusive; None: still in."""

    person_id: int
    enrolment_id: int
    entered_on: dt.date
    left_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Participation:
    """One participant: entry situation of the first stay, exit situation of the last."""

    person_id: int
    first_enrolment_id: int
    last_enrolment_id: int
    entered_on: dt.date
    left_on: dt.date | None

    @property
    def came_back(self) -> bool:
        return self.first_enrolment_id != self.last_enrolment_id


def once_per_person(stays: Iterable[Stay]) -> list[Participation]:
    """Count each person once, even if they left and came back; in the order they first entered.

    Source: FSE+, "counted once per operation"; entry is the first action, exit the last. Who is in
    again has not left.
    """
    by_person: dict[int, list[Stay]] = {}
    for stay in sorted(stays, key=lambda one: (one.entered_on, one.enrolment_id)):
        by_person.setdefault(stay.person_id, []).append(stay)
    return [
        Participation(
            person_id=person_id,
            first_enrolment_id=own[0].enrolment_id,
            last_enrolment_id=own[-1].enrolment_id,
            entered_on=own[0].entered_on,
            left_on=_last_day(own),
        )
        for person_id, own in by_person.items()
    ]


def _last_day(own: list[Stay]) -> dt.date | None:
    days = [stay.left_on for stay in own]
    return None if None in days else max(day for day in days if day is not None)
