"""A draft, an issued invoice and an accepted quote of cohort A, for the tables of access."""

import datetime as dt
from typing import Any

from tests import factories as make
from tests.personas import People
from tests.projects.invoicing import set_scene


def furnish_invoices(people: People, canary: str) -> dict[str, Any]:
    # Later than other conditions of the same host: those of the day.
    scene = set_scene(people, in_force_from=dt.date(2026, 2, 1))
    shop = make.CustomerFactory(cohort=scene.cohort, name=canary, address=canary)
    draft = scene.draft(title=canary, customer=shop)
    scene.issued(title=canary, customer=shop)
    return {
        "invoice_id": draft.pk,
        "projects:edit_invoice": {"invoice_id": draft.pk},
        "quote_id": scene.quote(title=canary, customer=shop).pk,
        "customer_id": shop.pk,
    }
