"""What is late: how many days, what the law adds for a firm, which reminder comes next. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ct_platform.kit.money import cents
from projects.enums.paying import ReminderLevel

# Between professionals (C. com. L441-10 II, D441-5): due without a reminder, for each late invoice.
RECOVERY_FEE = Decimal("40.00")
REMINDER_EVERY = dt.timedelta(days=7)
_AFTER = {
    None: ReminderLevel.FRIENDLY,
    ReminderLevel.FRIENDLY: ReminderLevel.FIRM,
    ReminderLevel.FIRM: ReminderLevel.FORMAL,
    ReminderLevel.FORMAL: ReminderLevel.FORMAL,
}


@dataclass(frozen=True, slots=True)
class Late:
    """`interest` and `fee`: euros a firm may be asked, shown and never charged by themselves."""

    days: int
    interest: Decimal | None
    fee: Decimal | None


def late_of(*, left: Decimal, due_on: dt.date, today: dt.date, rate: Decimal | None) -> Late:
    """`left`: euros VAT included. `rate`: percent a year, from the day after the due date.

    None for who is no firm: a consumer owes neither by law.
    """
    days = (today - due_on).days
    if rate is None:
        return Late(days, None, None)
    return Late(days, cents(left * rate / 100 * days / 365), RECOVERY_FEE)


def next_level(last: str | None) -> ReminderLevel:
    """Friendly, then firm, then formal: nobody is threatened first."""
    return _AFTER[ReminderLevel(last) if last else None]


def may_remind_from(last_on: dt.date | None) -> dt.date | None:
    """The first day of the next reminder; None when there was none."""
    return None if last_on is None else last_on + REMINDER_EVERY
