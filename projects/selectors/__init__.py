"""What pages and other apps read of hours and money. Each function says its cost."""

from projects.selectors.cohort_hours import (
    CohortWeek,
    PersonWeek,
    WeekStatus,
    cohort_week,
    weeks_in_doubt,
    weeks_of_cohort,
)
from projects.selectors.money import (
    CohortTotals,
    MonthTrade,
    ProjectTotals,
    cohort_totals,
    project_totals,
    sales_by_month_and_trade,
)
from projects.selectors.my_hours import (
    OwnWeek,
    awaiting_colleagues,
    last_worked_day,
    own_enrolment,
    own_week,
)
from projects.selectors.verified import (
    hours_this_week_by_trade,
    minutes_by_kind,
    minutes_by_person_and_kind,
)

__all__ = [
    "CohortTotals",
    "CohortWeek",
    "MonthTrade",
    "OwnWeek",
    "PersonWeek",
    "ProjectTotals",
    "WeekStatus",
    "awaiting_colleagues",
    "cohort_totals",
    "cohort_week",
    "hours_this_week_by_trade",
    "last_worked_day",
    "minutes_by_kind",
    "minutes_by_person_and_kind",
    "own_enrolment",
    "own_week",
    "project_totals",
    "sales_by_month_and_trade",
    "weeks_in_doubt",
    "weeks_of_cohort",
]
