"""Frozen reports, by the disclosure engine of the house, sent to who follows the cohort.

Each is judged against those before it, as a frozen one is. Reports of years before the rates the pay
engine knows say a net of NET_SHARE of the pot: what a CAE's own software would have given.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort
from ct_platform.home.seeding.attest import Attested
from ct_platform.home.seeding.cashier import Paid
from ct_platform.home.seeding.network import Place
from ct_platform.home.seeding.papers import issue
from ct_platform.home.seeding.people import Member, noon
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Sink
from ct_platform.home.seeding.votes import Decided
from ct_platform.home.seeding.work import Done
from ct_platform.kit.clock import Month
from ct_platform.kit.money import ZERO, cents, to_cents
from payroll.rules.sharing import shares_in_cents
from reports.disclosure import Past
from reports.enums import Occasion, ReportState
from reports.models import Basis, PublishedFigure, Recipient, Report, Snapshot
from reports.papers import KIND, paper_of
from reports.partitions import CohortFacts, core_set, past_of
from reports.rules import fingerprint, weeks_expected
from reports.trends import added_values

NET_SHARE, HOST_SHARE = 62, 10  # percent of the pot, of the sales
AFTER_END = dt.timedelta(days=14)
FINAL_AFTER = dt.timedelta(days=30)


def days_of(plan: Plan, today: dt.date) -> list[tuple[dt.date, Occasion]]:
    """A report for the last quarter that ended in its midst, one for its end."""
    found = []
    quarter = _last_quarter_end(min(plan.ends_on, today - dt.timedelta(days=1)))
    if quarter >= plan.starts_on + dt.timedelta(days=28):
        frozen = quarter + dt.timedelta(days=3)
        if frozen <= today:
            found.append((frozen, Occasion.QUARTER))
    if plan.ends_on + AFTER_END <= today:
        found.append((plan.ends_on + AFTER_END, Occasion.END))
    return found


def _last_quarter_end(day: dt.date) -> dt.date:
    first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return first - dt.timedelta(days=1)


class Press:
    """Freezes and sends the reports of one cohort after another."""

    def __init__(self, sink: Sink, today: dt.date) -> None:
        self._sink, self._today = sink, today

    def report(
        self, plan: Plan, cohort: Cohort, place: Place, members: list[Member], done: Done,
        decided: Decided, paid: Paid | None, followers: Iterable[int], attested: Attested,
    ) -> None:  # fmt: skip
        """`paid` is None when the CAE paid elsewhere."""
        history: dict[str, list[Past]] = defaultdict(list)
        for day, occasion in days_of(plan, self._today):
            money = paid or _paid_elsewhere(plan, members, done)
            facts = facts_of(cohort, day, members, done, decided, money, attested)
            core = core_set(facts, history=history)
            for code, row in core.basis.items():
                history[code].append(past_of(code, row))
            mark, at = fingerprint(core.figures), noon(day, 9)
            document = issue(
                self._sink, kind=KIND, title=f"Rapport de suivi, {cohort.name}",
                snapshot=paper_of(cohort, core.figures, mark), cohort=cohort,
                effect_key=f"{KIND}:{cohort.pk}:{mark[:32]}", period=(cohort.starts_on, day), at=at,
            )  # fmt: skip
            snapshot = self._sink.add(
                Snapshot, cohort_id=cohort.pk, frozen_at=at, period_from=cohort.starts_on,
                period_to=day, figures=core.figures, figures_hash=mark, document_id=document,
            )  # fmt: skip
            self._sink.add(Basis, snapshot_id=snapshot, tables=core.basis)
            for code, value in added_values(core.figures):
                self._sink.add(PublishedFigure, snapshot_id=snapshot, code=code, value=value)
            self._send(cohort, snapshot, document, occasion, day, followers)

    def _send(
        self, cohort: Cohort, snapshot: int, document: int, occasion: Occasion, day: dt.date,
        followers: Iterable[int],
    ) -> None:  # fmt: skip
        final = day + FINAL_AFTER < self._today
        sent_at = noon(day, 15)
        year, quarter = (day - dt.timedelta(days=3)).year, (day - dt.timedelta(days=3)).month // 3
        report = self._sink.add(
            Report, snapshot_id=snapshot, cohort_id=cohort.pk, occasion=occasion,
            state=ReportState.FINAL if final else ReportState.SENT, document_id=document,
            due_key="end" if occasion is Occasion.END else f"quarter:{year}-{quarter}",
            prepared_at=noon(day, 9), reviewed_at=noon(day, 14), sent_at=sent_at,
            final_at=sent_at + FINAL_AFTER if final else None,
        )  # fmt: skip
        for organisation in sorted({*followers, cohort.host_id}):
            self._sink.add(Recipient, report_id=report, organisation_id=organisation)


def facts_of(
    cohort: Cohort, day: dt.date, members: list[Member], done: Done, decided: Decided, paid: Paid,
    attested: Attested,
) -> CohortFacts:  # fmt: skip
    """What reports.selectors would count in the database on that day, from what was written in it."""
    minutes: dict[str, dict[int, int]] = defaultdict(dict)
    for entry in done.entries:
        if entry.day <= day:
            kind = minutes[entry.kind]
            kind[entry.member] = kind.get(entry.member, 0) + entry.minutes
    expected = {
        one.key: weeks_expected(cohort.starts_on, min(cohort.ends_on, one.last_day), day)
        for one in members
    }
    sales: dict[tuple[dt.date, str], Any] = defaultdict(lambda: ZERO)
    for row in done.sales:
        if row.on <= day:
            sales[Month.of(row.on).first, row.trade] += row.amount
    votes = [vote for vote in decided.votes if vote[0] <= day]
    return CohortFacts(
        cohort=cohort.name, territory=cohort.territory.name, host=cohort.host.name,
        eu_funded=cohort.eu_funded, first_day=cohort.starts_on, day=day,
        states={one.key: _state_on(one, day) for one in members},
        minutes=minutes,
        weeks_expected={key: len(weeks) for key, weeks in expected.items()},
        weeks_on_time={
            key: len(done.on_time[key].intersection(weeks)) for key, weeks in expected.items()
        },
        decisions=sum(adopted for _day, adopted, _present, _roll in votes),
        votes=[(present, roll) for _day, _adopted, present, roll in votes],
        sales=sales,
        expenses=sum((row.amount for row in done.expenses if row.on <= day), ZERO),
        pot=_summed(paid.pots, day), paid=_summed(paid.nets, day),
        attestations={one.key: int(attested.by(one.key, day)) for one in members},
    )  # fmt: skip


def _state_on(member: Member, day: dt.date) -> str:
    if member.left_on is not None and member.left_on <= day:
        return EnrolmentState.LEFT.value
    over = member.state == EnrolmentState.COMPLETED and member.ends_on <= day
    return EnrolmentState.COMPLETED.value if over else EnrolmentState.ACTIVE.value


def _summed(rows: Iterable[tuple[dt.date, int, int]], day: dt.date) -> dict[int, int]:
    found: dict[int, int] = {}
    for on, key, part in rows:
        if on <= day:
            found[key] = found.get(key, 0) + part
    return found


def _paid_elsewhere(plan: Plan, members: list[Member], done: Done) -> Paid:
    """One pay at the end, to everybody by their hours."""
    sold = sum((row.amount for row in done.sales), ZERO)
    pot = sold - sold * HOST_SHARE / 100 - sum((row.amount for row in done.expenses), ZERO)
    worked = {one.key: 0 for one in members}
    for entry in done.entries:
        worked[entry.member] += entry.minutes
    parts = shares_in_cents("half", to_cents(cents(pot)), worked) if any(worked.values()) else {}
    day = plan.ends_on + dt.timedelta(days=5)
    return Paid(
        pots=[(day, key, part) for key, part in parts.items()],
        nets=[(day, key, part * NET_SHARE // 100) for key, part in parts.items()],
    )
