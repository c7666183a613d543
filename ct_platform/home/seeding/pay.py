"""Pay of the year whose rates are known, by the pay engine. Nothing is written here: see cashier.

Before that year each CAE paid with its own software: nothing of it stands in the database but what
the reports of that time said.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cohorts.models import Cohort, Enrolment
from ct_platform.home.seeding.network import Place, frozen_terms
from ct_platform.home.seeding.people import Member, noon
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.votes import SharingRule
from ct_platform.home.seeding.work import Done, Entry, Moved, run_of
from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO, from_cents, to_cents
from members.models import Person
from payroll.engine.errors import MonthNotCovered
from payroll.engine.params import load_params
from payroll.engine.types import Slip, Ytd
from payroll.models import PayRun, Share
from payroll.rules.envelope import envelope_of
from payroll.rules.months import presence, rank
from payroll.rules.photographs import VERSION, fee_in, fingerprint, total_amount
from payroll.rules.sharing import counted_minutes, shares_in_cents
from payroll.rules.stored_slips import slip_to_json, ytd_to_json
from payroll.services.asking import pay_input, solve
from projects.enums import WorkKind

FIRST_SALE = dt.timedelta(days=19)
SETTLED_AFTER = dt.timedelta(days=10)
Computed = list[tuple[Share, Slip | None]]


def covered(month: dt.date) -> bool:
    try:
        load_params(month)
    except MonthNotCovered:
        return False
    return True


def months_of(plan: Plan, today: dt.date) -> list[dt.date]:
    """One pay at the end of a cohort that is over, one for each whole month of a cohort at work."""
    if plan.has_ended:
        month = plan.ends_on.replace(day=1)
        settled = plan.ends_on + SETTLED_AFTER <= today
        return [month] if settled and covered(month) else []
    found, month = [], (plan.starts_on + FIRST_SALE).replace(day=1)
    while plan.has_begun and month < today.replace(day=1):
        if covered(month):
            found.append(month)
        month = Month(month).next.first
    return found


class Desk:
    """The pays of one cohort, oldest first: what one keeps, the next takes up."""

    def __init__(
        self, cohort: Cohort, place: Place, members: list[Member], rule: SharingRule,
        runs: dict[dt.date, int], done: Done,
    ) -> None:  # fmt: skip
        self._cohort, self._place, self._rule, self._runs = cohort, place, rule, runs
        self._members = {member.key: member for member in members}
        self._entries: dict[int, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for entry in done.entries:
            if entry.run is not None:
                self._entries[entry.run][entry.member].append(entry)
        self._done = done
        self._kept: dict[int, Decimal] = {}
        self._years: dict[int, tuple[int, Ytd]] = {}

    def frozen(self, month: dt.date, day: dt.date) -> PayRun:
        """The run of a month, photographed on `day`, its pot worked out; not saved."""
        photograph = self._photograph(month)
        pot = envelope_of(
            sales=total_amount(photograph["sales"]), reserve=ZERO,
            expenses=total_amount(photograph["expenses"]), fee=fee_in(photograph),
        )  # fmt: skip
        host = self._place.host
        return PayRun(
            id=self._runs[month], cohort=self._cohort, month=month, paid_on=day,
            rule_id=self._rule.key, settings_id=host.settings_id, profile_id=host.profile_id,
            photograph=photograph, photograph_hash=fingerprint(photograph), sales=pot.sales,
            expenses=pot.expenses, contribution=pot.contribution, envelope=pot.amount,
            frozen_by_id=self._place.coordinator_id, frozen_at=noon(day),
        )  # fmt: skip

    def shares(self, run: PayRun) -> Computed:
        """Not saved, without their key."""
        people = {one["enrolment"]: one for one in run.photograph["people"]}
        minutes = counted_minutes(
            {key: one["minutes_by_kind"] for key, one in people.items()}, list(WorkKind.values)
        )
        parts = shares_in_cents(self._rule.kind, to_cents(run.envelope), minutes)
        return [
            self._share(run, one, minutes[key], from_cents(parts[key]))
            for key, one in people.items()
        ]

    def keep(self, enrolment_id: int, slip_key: int, slip: Slip) -> None:
        """What the year has used once a slip is issued."""
        self._years[enrolment_id] = (slip_key, slip.ytd_after)

    def _share(
        self, run: PayRun, person: dict[str, Any], minutes: int, amount: Decimal
    ) -> tuple[Share, Slip | None]:
        key = person["enrolment"]
        carried = self._kept.get(key, ZERO)
        slip_key, before = self._years.get(key, (None, Ytd.empty()))
        inp = pay_input(run.photograph, person, run.month)
        solved = solve(amount + carried, run.photograph, inp, before, load_params(run.month))
        slip, member = solved.slip, self._members[key]
        self._kept[key] = solved.remainder
        first, last = member.name.split(" ", 1)
        who = Person(
            id=member.person_id, first_name=first, last_name=last, postcode="99100", city="Valbrune"
        )
        share = Share(
            run=run, enrolment=Enrolment(id=key, person=who), minutes=minutes, amount=amount,
            minutes_by_kind=person["minutes_by_kind"], carried_in=carried, remainder=solved.remainder,
        )  # fmt: skip
        if slip is not None:
            share.cost, share.gross, share.tax = (
                slip.total_employer_cost,
                slip.gross,
                slip.pas_amount,
            )
            share.net_before_tax, share.net_social = slip.net_before_tax, slip.net_social
            share.net_taxable, share.net_paid = slip.net_taxable, slip.net_paid
            share.slip = {
                "slip": slip_to_json(slip), "ytd_before": ytd_to_json(before), "after_slip": slip_key,
            }  # fmt: skip
        return share, slip

    def _photograph(self, month: dt.date) -> dict[str, Any]:
        """As payroll.services.photographs takes it, from what has just been written."""
        rule, host = self._rule, self._place.host
        entries = self._entries[self._runs[month]]
        return {
            "version": VERSION,
            "month": month.isoformat(),
            "cohort_month": rank(month, self._cohort.starts_on),
            "reserve": "0.00",
            "reserve_decision": None,
            "waived_people": 0,
            "rule": {
                "id": rule.key, "version": 1, "kind": rule.kind,
                "counted_kinds": sorted(WorkKind.values),
                "in_force_from": rule.decided_on.isoformat(), "decision": rule.number,
                "decided_on": rule.decided_on.isoformat(),
            },
            **frozen_terms(host),
            "people": [
                self._person(self._members[key], month, entries[key]) for key in sorted(entries)
            ],
            "sales": self._moved(self._done.sales, month),
            "expenses": self._moved(self._done.expenses, month),
            "idle": [],
        }  # fmt: skip

    def _moved(self, rows: Iterable[Moved], month: dt.date) -> list[dict[str, Any]]:
        return [
            {"id": row.key, "project": row.project_id, "label": row.label,
             "amount": str(row.amount), "on": row.on.isoformat()}
            for row in rows
            if run_of(self._runs, row.on) == self._runs[month]
        ]  # fmt: skip

    def _person(self, member: Member, month: dt.date, entries: list[Entry]) -> dict[str, Any]:
        by_kind: dict[str, int] = defaultdict(int)
        for entry in entries:
            by_kind[entry.kind] += entry.minutes
        there = presence(month, [(member.starts_on, member.last_day)])
        return {
            "enrolment": member.key,
            "person": member.person_id,
            "name": member.name,
            "contract": {
                "kind": "cape", "starts_on": member.starts_on.isoformat(),
                "ends_on": member.last_day.isoformat(),
            },
            "presence": str(there or 1),
            "terms": None,
            "minutes_by_kind": dict(sorted(by_kind.items())),
            "entries": [[e.key, e.day.isoformat(), e.minutes, e.kind] for e in entries],
        }  # fmt: skip
