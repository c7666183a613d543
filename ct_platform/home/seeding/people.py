"""The people of a cohort: where they come from, their contract, what became of them."""

import datetime as dt
import random
from dataclasses import dataclass

from cohorts.enums import EnrolmentState, LeavingReason
from cohorts.enums.contracts import ContractState, EndReason
from cohorts.enums.entry_files import (
    Diploma,
    ExitStatus,
    Household,
    Housing,
    LabourStatus,
    LocatedHow,
    MinimumIncome,
    Sex,
)
from cohorts.enums.follow_ups import AnswerWay, ChoiceSaid, FollowUpChannel, PowerToAct, Thanks
from cohorts.models import (
    Cohort,
    Contract,
    Enrolment,
    EntryPlace,
    EntrySituation,
    ExitInterview,
    ExitSituation,
    FollowUp,
    FollowUpAnswer,
    FollowUpChoice,
)
from cohorts.rules import add_months
from cohorts.rules.exits import TIMED
from cohorts.rules.follow_ups import CONSENT_MONTHS, due_days
from ct_platform.home.seeding.network import Place
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Sink
from ct_platform.kit.clock import PARIS
from members.models import Consent, Person
from members.models.consent import ConsentPurpose
from members.rules import search_key

FIRST_NAMES = ("Awa", "Bruno", "Célia", "Denis", "Émilie", "Farah", "Gilles", "Hana", "Ismaël", "Jeanne",
               "Kévin", "Lina", "Malik", "Noémie", "Omar")  # fmt: skip
PEOPLE = len(FIRST_NAMES)
CHOSEN = 8  # of a cohort that still recruits
VINTAGE = 2024
LEAVES, AGREES, ANSWERS = 0.12, 0.75, 0.7
EXITS = (
    ExitStatus.OPEN_ENDED, ExitStatus.FIXED_TERM, ExitStatus.FIXED_TERM, ExitStatus.TEMPORARY,
    ExitStatus.BUSINESS, ExitStatus.QUALIFYING, ExitStatus.SIAE, ExitStatus.UNEMPLOYED,
    ExitStatus.UNEMPLOYED, ExitStatus.INACTIVE, ExitStatus.UNKNOWN,
)  # fmt: skip
WORDING = "J’accepte qu’on me demande de mes nouvelles."


@dataclass(frozen=True, slots=True)
class Member:
    """One enrolment: keys, state, and the last day there when they left before the end."""

    key: int
    person_id: int
    name: str
    state: EnrolmentState
    left_on: dt.date | None
    starts_on: dt.date
    ends_on: dt.date

    @property
    def last_day(self) -> dt.date:
        return self.left_on or self.ends_on


def noon(day: dt.date, hour: int = 12) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=PARIS)


def fill(
    sink: Sink, plan: Plan, cohort: Cohort, place: Place, people: int, today: dt.date,
    chance: random.Random,
) -> list[Member]:  # fmt: skip
    """Write everybody of a cohort; who is chosen and not in yet has a name and nothing else."""
    number = people if plan.has_begun else min(CHOSEN, people)
    members = [_member(sink, plan, cohort, rank, today, chance) for rank in range(number)]
    if plan.has_begun:
        for member in members:
            _contract(sink, plan, member)
            _entry(sink, member, place, chance)
            if member.state != EnrolmentState.ACTIVE:
                _exit(sink, member, place.coordinator_id, today, chance)
    return members


def _member(
    sink: Sink, plan: Plan, cohort: Cohort, rank: int, today: dt.date, chance: random.Random
) -> Member:
    first = FIRST_NAMES[rank % PEOPLE]
    last = f"Exemple{cohort.pk}" + ("" if rank < PEOPLE else f"-{rank // PEOPLE}")
    person = sink.add(
        Person, first_name=first, last_name=last, search_key=search_key(first, last),
        city="Valbrune", postcode="99100",
        birth_date=dt.date(chance.randint(1960, 2004), chance.randint(1, 12), 15),
    )  # fmt: skip
    state, left_on = _standing(plan, today, chance)
    key = sink.add(
        Enrolment, cohort_id=cohort.pk, person_id=person, state=state, left_on=left_on,
        votes_from=plan.starts_on if plan.has_begun else None,
        left_reason=chance.choice(list(LeavingReason)) if left_on else "",
    )  # fmt: skip
    return Member(key, person, f"{first} {last}", state, left_on, plan.starts_on, plan.ends_on)


def _standing(
    plan: Plan, today: dt.date, chance: random.Random
) -> tuple[EnrolmentState, dt.date | None]:
    if not plan.has_begun:
        return EnrolmentState.SELECTED, None
    latest = min(plan.ends_on - dt.timedelta(days=7), today - dt.timedelta(days=1))
    span = (latest - plan.starts_on).days
    if span > 20 and chance.random() < LEAVES:
        left_on = plan.starts_on + dt.timedelta(days=chance.randint(20, span))
        return EnrolmentState.LEFT, left_on
    return EnrolmentState.COMPLETED if plan.has_ended else EnrolmentState.ACTIVE, None


def _contract(sink: Sink, plan: Plan, member: Member) -> None:
    signed = plan.starts_on - dt.timedelta(days=3)
    ended = member.state != EnrolmentState.ACTIVE
    sink.add(
        Contract, enrolment_id=member.key, starts_on=plan.starts_on, ends_on=plan.ends_on,
        state=ContractState.ENDED if ended else ContractState.SIGNED,
        ended_on=member.last_day if ended else None,
        end_reason=(EndReason.PERSON if member.left_on else EndReason.TERM) if ended else "",
        person_signed_on=signed, host_signed_on=signed, signed_on=signed,
    )  # fmt: skip


def _entry(sink: Sink, member: Member, place: Place, chance: random.Random) -> None:
    version = {
        "enrolment_id": member.key,
        "number": 1,
        "written_by_id": place.coordinator_id,
        "written_at": noon(member.starts_on),
    }
    labour = chance.choice(list(LabourStatus))
    long_ago = member.starts_on - dt.timedelta(days=chance.randint(30, 900))
    sought = labour in (LabourStatus.REGISTERED, LabourStatus.SEEKING)
    sink.add(
        EntrySituation, **version, entered_on=member.starts_on, labour=labour,
        seeking_since=long_ago.isoformat() if sought else "",
        minimum_income=chance.choice(list(MinimumIncome)), diploma=chance.choice(list(Diploma)),
        household=chance.choice(list(Household)), housing=chance.choice(list(Housing)),
        rural=chance.choice(("yes", "no", "no")), sex=chance.choice((Sex.WOMAN, Sex.WOMAN, Sex.MAN)),
        birth_place="Valbrune",
    )  # fmt: skip
    sink.add(
        EntryPlace, **version, address="1 rue de l’Exemple", postcode="99100", city="Valbrune",
        quarter_status="out", vintage=VINTAGE, located_how=LocatedHow.HAND,
        evidence="Adresse synthétique",
    )  # fmt: skip


def _exit(sink: Sink, member: Member, by: int, today: dt.date, chance: random.Random) -> None:
    known_on = min(member.last_day + dt.timedelta(days=chance.randint(0, 20)), today)
    version = {
        "enrolment_id": member.key, "number": 1, "written_by_id": by, "written_at": noon(known_on),
    }  # fmt: skip
    status = chance.choice(EXITS)
    sink.add(
        ExitSituation, **version, left_on=member.last_day, status=status, known_on=known_on,
        contract_months=chance.randint(1, 12) if status in TIMED else None,
        qualification=chance.choice(("yes", "no", "")),
    )  # fmt: skip
    sink.add(
        ExitInterview, **version, held_on=known_on, power=chance.choice(list(PowerToAct)),
        learnt="Tenir un stand.", advice="Parlez aux autres.",
    )  # fmt: skip
    agrees = chance.random() < AGREES
    consent = None
    if agrees:
        consent = sink.add(
            Consent, person_id=member.person_id, purpose=ConsentPurpose.FOLLOW_UP, wording=WORDING,
            given_at=noon(known_on), expires_on=add_months(member.last_day, CONSENT_MONTHS),
        )  # fmt: skip
    sink.add(
        FollowUpChoice, **version, agrees=agrees, said=ChoiceSaid.INTERVIEW, consent_id=consent,
        channel=FollowUpChannel.CALL if agrees else "",
    )  # fmt: skip
    for months, due_on in due_days(member.last_day).items():
        asked = sink.add(FollowUp, enrolment_id=member.key, months=months, due_on=due_on)
        if agrees and due_on < today and chance.random() < ANSWERS:
            _answer(sink, asked, min(due_on + dt.timedelta(days=3), today), by, chance)


def _answer(sink: Sink, asked: int, day: dt.date, by: int, chance: random.Random) -> None:
    status = chance.choice(EXITS)
    sink.add(
        FollowUpAnswer, follow_up_id=asked, number=1, said_on=day, way=AnswerWay.PHONE, status=status,
        contract_months=chance.randint(1, 12) if status in TIMED else None,
        thanks=chance.choice(list(Thanks)), written_by_id=by, written_at=noon(day),
    )  # fmt: skip
