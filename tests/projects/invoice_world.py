"""A draft, an issued invoice and an accepted quote of cohort A, for the tables of access."""

from typing import Any

from tests import factories as make
from tests.personas import People
from tests.projects.invoicing import set_scene


def furnish_invoices(people: People, canary: str) -> dict[str, Any]:
    scene = set_scene(people)
    shop = make.CustomerFactory(cohort=scene.cohort, name=canary, address=canary)
    draft = scene.draft(title=canary, customer=shop)
    scene.issued(title=canary, customer=shop)
    return {
        "invoice_id": draft.pk,
        "quote_id": scene.quote(title=canary, customer=shop).pk,
        "customer_id": shop.pk,
    }
