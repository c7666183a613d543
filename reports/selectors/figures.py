"""Reads. `facts_of` counts person by person and stays in this app; pages read masked figures."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from cohorts.enums import EnrolmentState
from cohorts.models import Cohort, Enrolment
from cohorts.rules.stays import is_away_all_week
from ct_platform.kit.actor import Actor
from ct_platform.kit.clock import civil_day
from ct_platform.kit.money import ZERO, cents, to_cents
from decisions.enums import ADOPTING
from decisions.models import Outcome
from documents.models import Document, DocumentStatus
from payroll.models import Share
from projects.models import Expense
from projects.selectors import minutes_by_person_and_kind, sales_by_month_and_trade
from reports.disclosure import Past
from reports.models import Snapshot
from reports.partitions import CohortFacts, CoreSet, core_set, past_of
from reports.rules import is_on_time, weeks_expected


def figures_of(cohort: Cohort, day: dt.date, earlier: Iterable[Snapshot] | None = None) -> CoreSet:
    """Make the report of a cohort as it would be frozen on `day`. Six queries, and one for `earlier`.

    `earlier`: all its reports with their basis (see `snapshots_of`), when they are at hand.
    """
    rows = Snapshot.objects.filter(cohort=cohort).that_count()
    rows = rows.select_related("basis").defer("figures")
    return core_set(facts_of(cohort, day), history=history_of(rows if earlier is None else earlier))


def history_of(earlier: Iterable[Snapshot]) -> dict[str, list[Past]]:
    """Every table of every earlier report that left or may leave, oldest first, whoever read it."""
    found: dict[str, list[Past]] = defaultdict(list)
    for snapshot in sorted(earlier, key=lambda one: (one.frozen_at, one.pk)):
        for code, row in snapshot.basis.tables.items():
            found[code].append(past_of(code, row))
    return found


def facts_of(cohort: Cohort, day: dt.date) -> CohortFacts:
    """Count a cohort from its first day to `day` included. Six queries.

    `cohort` comes with its territory and host.
    """
    entered = _entered(cohort.pk)
    minutes: dict[str, dict[int, int]] = defaultdict(dict)
    for key, kinds in minutes_by_person_and_kind(cohort.pk, cohort.starts_on, day).items():
        for kind, number in kinds.items():
            minutes[kind][key] = number
    mondays = {key: one.weeks_there(cohort, day) for key, one in entered.items()}
    outcomes = Outcome.objects.of_cohort(cohort.pk).filter(decided_at__date__lte=day)
    decided = list(outcomes.order_by("number").values_list("kind", "tally"))
    pot, paid = _money_of_people(cohort.pk)
    return CohortFacts(
        cohort=cohort.name,
        territory=cohort.territory.name,
        host=cohort.host.name,
        eu_funded=cohort.eu_funded,
        first_day=min(cohort.starts_on, day),
        day=day,
        states={key: one.state for key, one in entered.items()},
        minutes=minutes,
        weeks_expected={key: len(weeks) for key, weeks in mondays.items()},
        weeks_on_time={
            key: len(entered[key].on_time.intersection(weeks)) for key, weeks in mondays.items()
        },
        decisions=sum(kind in ADOPTING for kind, _tally in decided),
        votes=[(tally["present"], tally["roll"]) for _kind, tally in decided if "roll" in tally],
        sales={
            # SQLite adds amounts as floats: 11507.930000000000.
            (row.month.first, row.trade): cents(row.amount)
            for row in sales_by_month_and_trade(cohort.pk)
            if row.month.first <= day
        },
        expenses=cents(_expenses(cohort.pk, day)),
        pot=pot,
        paid=paid,
        attestations={key: one.attestations for key, one in entered.items()},
    )


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who began: where they stand, when they were there, weeks declared in time, papers."""

    state: str
    votes_from: dt.date | None
    left_on: dt.date | None
    attestations: int
    on_time: set[dt.date]
    away: list[list[str]]

    def weeks_there(self, cohort: Cohort, day: dt.date) -> list[dt.date]:
        first = max(cohort.starts_on, self.votes_from or cohort.starts_on)
        weeks = weeks_expected(first, min(cohort.ends_on, self.left_on or cohort.ends_on), day)
        return [monday for monday in weeks if not is_away_all_week(self.away, monday)]


def _entered(cohort_id: int) -> dict[int, Entered]:
    """By enrolment key. One query for people, weeks and papers: a page counts all this at each visit."""
    papers = (
        Document.objects.filter(
            kind="participation",
            cohort_key=cohort_id,
            status=DocumentStatus.VALID,
            subject_id=OuterRef("person_id"),
        )
        .order_by()
        .values("subject_id")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = (
        Enrolment.objects.of_cohort(cohort_id)
        .exclude(state=EnrolmentState.SELECTED)
        .annotate(papers=Subquery(papers))
        .order_by("pk")
        .values_list(
            "pk", "state", "votes_from", "left_on", "papers", "away",
            "week_declarations__monday", "week_declarations__declared_at",
        )
    )  # fmt: skip
    found: dict[int, Entered] = {}
    for key, state, votes_from, left_on, number, away, monday, moment in rows:
        one = found.setdefault(key, Entered(state, votes_from, left_on, number or 0, set(), away))
        if monday is not None and is_on_time(monday, civil_day(moment)):
            one.on_time.add(monday)
    return found


def _expenses(cohort_id: int, day: dt.date) -> Decimal:
    rows = Expense.objects.of_cohort(cohort_id).standing().filter(moved_on__lte=day)
    return rows.aggregate(total=Sum("amount"))["total"] or ZERO


def _money_of_people(cohort_id: int) -> tuple[dict[int, int], dict[int, int]]:
    """Cents of the pots shared out, and cents paid, by person, over issued runs. One query.

    Before tax: beside the nets of a run, which a coordinator reads, it would give a tax away. A
    counter-slip and the slip that follows it add up to what a correction changed.
    """
    pot: dict[int, int] = defaultdict(int)
    paid: dict[int, int] = defaultdict(int)
    corrected = Sum("slips__net_before_tax", filter=Q(slips__correction__isnull=False))
    rows = Share.objects.of_cohort(cohort_id).issued().annotate(more=corrected).order_by()
    columns = ("enrolment_id", "amount", "net_before_tax", "more")
    for key, amount, net, more in rows.values_list(*columns):
        pot[key] += to_cents(amount)
        paid[key] += to_cents((net or ZERO) + cents(more or ZERO))
    return pot, paid


def snapshots_of(actor: Actor, cohort_id: int) -> list[Snapshot]:
    """The frozen reports of a cohort, latest first, with paper and basis, without figures. One query."""
    rows = Snapshot.objects.visible_to(actor).filter(cohort_id=cohort_id)
    joined = rows.select_related("basis", "report__document")
    return list(joined.defer("figures", "report__document__snapshot"))
