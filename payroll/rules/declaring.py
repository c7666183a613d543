"""By when a pay must be told: the calendars of France Travail and of the RSA. Pure; dates inclusive."""

from dataclasses import dataclass
from datetime import date

from ct_platform.kit.clock import Month

_OPENS, _OPENS_IN_FEBRUARY, _CLOSES = 28, 26, 15
# Months of resources in a quarterly statement, counted back from the month it is made in.
_QUARTER = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens` to `closes`, both included."""

    opens: date
    closes: date


def monthly_statement(month: date) -> Window:
    """Say when France Travail asks about the work of `month` (its first day).

    It opens on the 28th (the 26th for February) and closes on the 15th of the next month, at
    midnight. Source: C. trav. L5411-2; arrêté du 22 décembre 2015 (JORF of 27 December 2015), art. 1.
    """
    day = _OPENS_IN_FEBRUARY if month.month == 2 else _OPENS
    return Window(month.replace(day=day), Month(month).next.first.replace(day=_CLOSES))


def quarterly_statements(paid_on: date) -> tuple[date, date, date]:
    """Say in which months a quarterly statement of resources may ask about money paid on a day.

    Each household has its own quarter. A statement made in month m asks about what was paid in the
    second, third and fourth months before: money of December is asked for in February, March or
    April, once. Gives the first days of these three months, in order.
    Source: CASF R262-7 II (RSA) and CSS R843-1 (prime d'activité), décret 2025-185 du 26 février
    2025, in force on 1 March 2025. Recipients of an MSA: from a date set by arrêté, to confirm.
    """
    month = Month.of(paid_on)
    found = []
    for later in range(1, _QUARTER[-1] + 1):
        month = month.next
        if later in _QUARTER:
            found.append(month.first)
    first, second, third = found
    return first, second, third
