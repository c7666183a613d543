"""What people do with hours and money, said in short, for the tests of this folder."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from projects.models import Project, Sale, WorkEntry
from projects.services import money, work
from tests.factories import NOW, TODAY, ProjectFactory
from tests.personas import People

TUESDAY = dt.date(2026, 11, 24)
MONDAY = dt.date(2026, 11, 23)


def kitchen(people: People) -> Project:
    """The kitchen of cohort A, made once."""
    found = Project.objects.filter(cohort=people.a.cohort, trade="cuisine").first()
    return found or ProjectFactory(
        cohort=people.a.cohort, name="La Grande Marmite", trade="cuisine"
    )


def note(
    people: People, who: str, *, minutes: int = 210, day: dt.date = TODAY, **more: Any
) -> WorkEntry:
    more.setdefault("kind", "production")
    if more["kind"] == "production":
        more.setdefault("project", kitchen(people))
    more.setdefault("project", None)
    more.setdefault("client_uuid", uuid.uuid4())
    return work.note_hours(
        enrolment=people.enrolments[who],
        day=day,
        minutes=minutes,
        actor=people.actor(who),
        at=NOW,
        **more,
    )


def confirm(people: People, who: str, *entries: WorkEntry) -> int:
    seen = {entry.pk: entry.version for entry in entries}
    return work.confirm_hours(entries=entries, seen=seen, actor=people.actor(who), at=NOW)


def lock(people: People, run_key: int = 7, last_day: dt.date = TODAY) -> list[WorkEntry]:
    return work.lock_for_run(
        run_key=run_key,
        cohort_id=people.a.cohort.pk,
        last_day=last_day,
        actor=people.actor("driss"),
        at=NOW,
    )


def sell(people: People, amount: str = "120.00", **more: Any) -> Sale:
    values: dict[str, Any] = {
        "project": kitchen(people),
        "label": "Repas du marché",
        "customer": "Mairie de Valbrune",
        "vat_rate": Decimal("10"),
        "sold_on": dt.date(2026, 11, 7),
        "paid_on": dt.date(2026, 11, 7),
    }
    return money.record_sale(
        amount=Decimal(amount), actor=people.actor("driss"), at=NOW, **(values | more)
    )


def spend(people: People, amount: str = "20.00", **more: Any) -> Any:
    values: dict[str, Any] = {
        "project": kitchen(people),
        "label": "Légumes",
        "supplier": "Primeur des Halles",
        "vat_rate": Decimal("5.5"),
        "spent_on": dt.date(2026, 11, 3),
    }
    return money.record_expense(
        amount=Decimal(amount), actor=people.actor("driss"), at=NOW, **(values | more)
    )
