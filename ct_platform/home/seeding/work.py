"""What a cohort does each week: hours, weeks said complete, sales, expenses. The table of millions."""

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from ct_platform.home.seeding.people import Member
from ct_platform.home.seeding.plan import Plan
from ct_platform.home.seeding.sink import Maker, Sink
from ct_platform.kit.money import cents, from_cents
from ct_platform.kit.trades import OWN, TRADES
from projects.enums import WorkKind, WorkState
from projects.models import Expense, Project, Sale, WeekDeclaration, WorkEntry

# Days of a week on which somebody works, twice on some: five and a half entries a week.
PATTERNS = (
    (0, 1, 1, 3, 4), (0, 0, 2, 3, 4), (1, 2, 3, 3, 4, 5), (0, 1, 2, 3, 4), (0, 2, 2, 4, 4, 5),
    (0, 1, 3, 3, 4, 5),
)  # fmt: skip
KINDS = (WorkKind.PRODUCTION,) * 7 + (WorkKind.TRAINING, WorkKind.MEETING, WorkKind.COMMITTEE)
COLUMNS = (
    "enrolment_id", "project_id", "day", "minutes", "kind", "state", "client_uuid", "entered_by_id",
    "confirmed_by_id", "confirmed_at", "pay_run_key", "withdrawn_at",
)  # fmt: skip
ON_TIME, STRUCK_OUT = 0.82, 0.004
# Written these last days, and not read by anybody yet.
FRESH = dt.timedelta(days=3)


@dataclass(slots=True)
class Entry:
    """Hours that count once verified: what pay and reports add up."""

    key: int
    member: int
    day: dt.date
    minutes: int
    kind: str
    run: int | None  # the pay that counts them
    project: int | None


@dataclass(slots=True)
class Moved:
    """A sale or an expense: `trade` of its project, excl. VAT."""

    key: int
    project_id: int
    trade: str
    label: str
    amount: Decimal
    on: dt.date


@dataclass(slots=True)
class Done:
    written: int = 0  # entries of every state
    projects: list[tuple[int, str]] = field(default_factory=list)  # key, trade
    entries: list[Entry] = field(default_factory=list)
    # enrolment → mondays said complete in time
    on_time: dict[int, set[dt.date]] = field(default_factory=lambda: defaultdict(set))
    sales: list[Moved] = field(default_factory=list)
    expenses: list[Moved] = field(default_factory=list)


class Weeks:
    """Writes the weeks of one cohort after another; the quick makers are made once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._entry: Maker = sink.maker(WorkEntry, COLUMNS)
        self._week: Maker = sink.maker(WeekDeclaration, ("enrolment_id", "monday", "declared_at"))

    def write(
        self, plan: Plan, members: list[Member], cohort_id: int, by: int, today: dt.date,
        runs: dict[dt.date, int], chance: random.Random,
    ) -> Done:  # fmt: skip
        """`runs`: month → key of the pay that counts what was done up to the end of that month."""
        projects = self._projects(cohort_id, chance)
        done = Done(projects=projects)
        for place, member in enumerate(members):
            others = members[place - 1].person_id
            self._hours(plan, member, others, projects, today, runs, done, chance)
        self._money(plan, projects, by, today, runs, done, chance)
        return done

    def _projects(self, cohort_id: int, chance: random.Random) -> list[tuple[int, str]]:
        """Two lines of business, none of a trade that the house does not know."""
        codes = chance.sample(sorted(set(TRADES) - {OWN}), 2)
        return [
            (
                self._sink.add(
                    Project, cohort_id=cohort_id, name=str(TRADES[code].label), trade=code
                ),
                code,
            )
            for code in codes
        ]

    def _hours(
        self, plan: Plan, member: Member, other: int, projects: list[tuple[int, str]], today: dt.date,
        runs: dict[dt.date, int], done: Done, chance: random.Random,
    ) -> None:  # fmt: skip
        enrolment, author, peer = str(member.key), str(member.person_id), str(other)
        monday, last = plan.starts_on, min(member.last_day, today - dt.timedelta(days=1))
        pick, some = chance.choice, chance.random
        while monday <= last:
            confirmed_on = monday + dt.timedelta(days=7)
            confirmed_at = f"{confirmed_on} 07:30:00"
            # A week across two months is counted by the later pay: it is confirmed after.
            run = run_of(runs, monday + dt.timedelta(days=6))
            for offset in pick(PATTERNS):
                day = monday + dt.timedelta(days=offset)
                if day > last:
                    break
                kind = pick(KINDS)
                minutes = 15 * int(6 + some() * 12)
                struck = some() < STRUCK_OUT
                waits = struck or day > today - FRESH
                in_pay = None if waits else run
                project = pick(projects)[0] if kind is WorkKind.PRODUCTION else None
                key = self._entry(
                    enrolment,
                    None if project is None else str(project),
                    str(day), str(minutes), kind.value,
                    _state(waits, in_pay), self._sink.uuid(), author,
                    None if waits else peer, None if waits else confirmed_at,
                    None if in_pay is None else str(in_pay),
                    confirmed_at if struck else None,
                )  # fmt: skip
                done.written += 1
                if not waits:
                    done.entries.append(
                        Entry(key, member.key, day, minutes, kind.value, in_pay, project)
                    )
            if monday + dt.timedelta(days=6) <= last:
                self._complete(enrolment, member.key, monday, done, chance)
            monday += dt.timedelta(days=7)

    def _complete(
        self, enrolment: str, key: int, monday: dt.date, done: Done, chance: random.Random
    ) -> None:
        if chance.random() < ON_TIME:
            self._week(enrolment, str(monday), f"{monday + dt.timedelta(days=6)} 18:00:00")
            done.on_time[key].add(monday)

    def _money(
        self, plan: Plan, projects: list[tuple[int, str]], by: int, today: dt.date,
        runs: dict[dt.date, int], done: Done, chance: random.Random,
    ) -> None:  # fmt: skip
        for project, trade in projects:
            day = plan.starts_on + dt.timedelta(days=19)
            while day < min(plan.ends_on, today):
                amount = from_cents(chance.randint(9000, 60000))
                cost = cents(amount * chance.randint(10, 35) / 100)
                run = run_of(runs, day)
                common = {"project_id": project, "recorded_by_id": by, "pay_run_key": run}
                sale = self._sink.add(
                    Sale, **common, label="Vente de la semaine", customer="Marché", amount=amount,
                    vat_rate="5.5", sold_on=day, moved_on=day,
                )  # fmt: skip
                done.sales.append(Moved(sale, project, trade, "Vente de la semaine", amount, day))
                expense = self._sink.add(
                    Expense,
                    **common,
                    label="Achats",
                    supplier="Grossiste",
                    amount=cost,
                    moved_on=day,
                )
                done.expenses.append(Moved(expense, project, trade, "Achats", cost, day))
                day += dt.timedelta(days=7)


def run_of(runs: dict[dt.date, int], day: dt.date) -> int | None:
    """The pay that counts a day: that of its month, else the next one."""
    month = day.replace(day=1)
    return next((key for each, key in sorted(runs.items()) if each >= month), None)


def _state(waits: bool, run: int | None) -> str:
    if waits:
        return WorkState.OPEN.value
    return WorkState.CONFIRMED.value if run is None else WorkState.LOCKED.value
