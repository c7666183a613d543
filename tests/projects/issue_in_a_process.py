"""A web process that issues its share of drafts when told to: eight of them race in a test.

    python -m tests.projects.issue_in_a_process PERSON DAY_AFTER DRAFT DRAFT…

Says "ready", waits for a line, issues each draft. Drafts at an odd place are issued as if after
midnight when DAY_AFTER is 1, so that days change while the numbers are given. A draft refused
because the day changed is tried again, as a person would.
"""

import datetime as dt
import sys

import django


def main(person_id: int, day_after: int, *drafts: int) -> None:
    django.setup()
    from celery import current_app

    from ct_platform.kit.actor import Actor
    from ct_platform.kit.errors import Stale
    from documents.services.sending import TASK
    from members.models import Person
    from members.seats import seats_of
    from projects.models import Invoice
    from projects.services.invoices import issue_invoice
    from tests.factories import NOW, TODAY

    current_app.tasks[TASK].apply_async = lambda *_, **__: None  # papers are drawn elsewhere
    person = Person.objects.get(pk=person_id)
    actor = Actor(person.user_id, person.pk, person.full_name, seats_of(person.pk, TODAY)[0])
    print("ready", flush=True)  # noqa: T201  the test reads it
    sys.stdin.readline()
    for place, key in enumerate(drafts):
        late = dt.timedelta(days=1) if day_after and place >= len(drafts) // 2 else dt.timedelta()
        try:
            issue_invoice(invoice=Invoice(pk=key), actor=actor, at=NOW + late)
        except Stale:
            issue_invoice(invoice=Invoice(pk=key), actor=actor, at=NOW + dt.timedelta(days=1))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
