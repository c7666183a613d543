"""What a cohort must have settled before it is archived: each app registers its checks from ready().

A check gives its missing things as rows of one shape (`lines`), and all the checks of a page are read
by one query. What cannot be said in SQL gives its lines itself (`found`), at its own cost.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, DecimalField, F, IntegerField, Value
from django.db.models.functions import Cast

from cohorts.enums.closing import Severity
from cohorts.models import Cohort

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COLUMNS = (
    "c_check",
    "c_key",
    "c_first",
    "c_used",
    "c_last",
    "c_words",
    "c_day",
    "c_amount",
    "c_number",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is missing. `key` tells it from the others of its check, for ever."""

    key: str
    who: str = ""
    words: str = ""
    day: dt.date | None = None
    amount: Decimal | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the closing.

    code: stands in addresses and in written reasons. title: what is looked for. settled: the sentence
    when nothing is missing. why: what is lost when it stays so. rows: (cohort, today) → `lines(…)`;
    or found: (cohort, today) → the lines themselves. tell: a line → what is missing, in words. mend:
    (cohort, line) → where to settle it; the line is None for the check as a whole.
    """

    code: str
    title: "StrOrPromise"
    settled: "StrOrPromise"
    why: "StrOrPromise"
    severity: Severity
    icon: str
    tell: Callable[[Line], str]
    mend: Callable[[Cohort, Line | None], str]
    # A button that mends all of it at once: its label, and the address it posts to.
    button: "StrOrPromise" = ""
    act: Callable[[Cohort], str] | None = None
    rows: Callable[[Cohort, dt.date], Any] | None = None
    found: Callable[[Cohort, dt.date], Iterable[Line]] | None = None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One figure of the accounts, in euros. `note` says what it is made of; `is_total` closes a sum."""

    label: str
    amount: Decimal
    note: str = ""
    url: str = ""
    is_total: bool = False


Accounts = Callable[[Cohort], list[AccountLine]]
_checks: dict[str, Check] = {}
_accounts: list[Accounts] = []


def register(check: Check) -> None:
    if check.code in _checks:
        raise ValueError(f"closing check {check.code} is registered twice")
    _checks[check.code] = check


def register_accounts(reader: Accounts) -> None:
    """`reader(cohort)` gives the figures of the closing page."""
    if reader not in _accounts:
        _accounts.append(reader)


def all_checks() -> list[Check]:
    """What blocks first, then in the order in which apps registered them."""
    return sorted(_checks.values(), key=lambda one: one.severity != Severity.BLOCKS)


def find(code: str) -> Check | None:
    return _checks.get(code)


def accounts_of(cohort: Cohort) -> list[AccountLine]:
    return [line for reader in _accounts for line in reader(cohort)]


def lines(
    code: str,
    rows: Any,
    *,
    key: str = "pk",
    person: str = "",
    words: str = "",
    day: Any = "",
    amount: str = "",
    number: Any = None,
) -> Any:
    """Rows of a check in the shape that all share. Arguments are paths from the row; "" for none.

    `day` may be an expression; `number` an aggregate (rows already grouped by `values`).
    """
    text = CharField()
    names = ("first_name", "used_name", "last_name")
    first, used, last = (
        Cast(F(f"{person}__{name}"), text) if person else Value("", text) for name in names
    )
    money: DecimalField[Any, Any] = DecimalField(max_digits=12, decimal_places=2)
    shape = {
        "c_check": Value(code, text),
        "c_key": Cast(F(key), text),
        "c_first": first,
        "c_used": used,
        "c_last": last,
        "c_words": Cast(F(words), text) if words else Value("", text),
        "c_day": _path(day, DateField()),
        "c_amount": _path(amount, money),
        "c_number": _path(number, IntegerField()),
    }
    return rows.order_by().annotate(**shape).values_list(*COLUMNS)


def _path(wanted: Any, field: Any) -> Any:
    """A path or an expression; without either, nothing, of the type that PostgreSQL asks of a union."""
    if not wanted:
        return Cast(Value(None), field)
    return F(wanted) if isinstance(wanted, str) else wanted
