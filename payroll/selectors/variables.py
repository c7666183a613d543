"""The variables of a pay, person by person: what the host's own payroll software is asked to pay."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cohorts.models import Enrolment
from members.models import Person
from payroll.models import PayRun, Share
from payroll.selectors.book_rows import hours_of, withholdings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """`share` is a total cost to reach, in euros; figures are None before the shares are computed.

    `presence` is a fraction of the month; hours are decimal, by kind of work.
    """

    person: Person
    contract: dict[str, str] | None
    presence: Decimal
    hours_by_kind: dict[str, Decimal]
    hours: Decimal
    health_waived: bool
    share: Decimal | None = None
    carried_in: Decimal | None = None
    gross: Decimal | None = None
    net_before_tax: Decimal | None = None
    advances: Decimal | None = None
    deductions: Decimal | None = None

    def day(self, name: str) -> dt.date | None:
        """First or last day of the contract: "starts_on", "ends_on"."""
        return dt.date.fromisoformat(self.contract[name]) if self.contract else None


def variables_of(run: PayRun) -> list[Variables]:
    """Everybody of the photograph, by name. Costs five queries.

    Names, birth dates and addresses are today's; hours and contracts those of the photograph.
    """
    photograph: list[dict[str, Any]] = run.photograph["people"]
    enrolments = Enrolment.objects.filter(
        pk__in=[person["enrolment"] for person in photograph]
    ).select_related("person")
    people = {enrolment.pk: enrolment.person for enrolment in enrolments}
    shares = {
        share.enrolment_id: share
        for share in run.shares.prefetch_related("corrections", "withholdings__adjustment")
    }
    found = [
        _variables(person, people[person["enrolment"]], shares.get(person["enrolment"]))
        for person in photograph
    ]
    return sorted(found, key=lambda one: (one.person.last_name, one.person.first_name))


def _variables(photo: dict[str, Any], person: Person, share: Share | None) -> Variables:
    minutes: dict[str, int] = photo["minutes_by_kind"]
    known: dict[str, Any] = {
        "person": person,
        "contract": photo["contract"],
        "presence": Decimal(photo["presence"]),
        "hours_by_kind": {kind: hours_of(worked) for kind, worked in minutes.items()},
        "hours": hours_of(sum(minutes.values())),
        "health_waived": bool((photo.get("terms") or {}).get("health_waived")),
    }
    if share is None:
        return Variables(**known)
    advances, deductions = withholdings_of(share)
    figures = share.standing  # the estimate; once issued, what was issued and corrected since
    if figures.paid_hours is not None:
        known["hours"] = figures.paid_hours
    return Variables(
        **known,
        share=share.amount + share.carried_in,
        carried_in=share.carried_in,
        gross=figures.gross,
        net_before_tax=figures.net_before_tax,
        advances=advances,
        deductions=deductions,
    )
