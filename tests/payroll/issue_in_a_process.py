"""A web process that issues one run when told to, so that a test may kill it on the way.

    python -m tests.payroll.issue_in_a_process RUN PERSON SEED

Says "ready", waits for a line, issues, says what became of the run.
"""

import random
import sys

import django


def main(run_id: int, person_id: int, seed: int) -> None:
    django.setup()
    from celery import current_app

    from ct_platform.kit.actor import Actor
    from documents.services.sending import TASK
    from members.models import Person
    from members.seats import seats_of
    from payroll.models import PayRun
    from payroll.services.runs import issue_run
    from tests.factories import NOW, TODAY
    from tests.workers import deliver_several_times

    current_app.tasks[TASK].apply_async = deliver_several_times(random.Random(seed))
    person = Person.objects.get(pk=person_id)
    actor = Actor(person.user_id, person.pk, person.full_name, seats_of(person.pk, TODAY)[0])
    run = PayRun.objects.get(pk=run_id)
    print("ready", flush=True)  # noqa: T201  the test reads it
    sys.stdin.readline()
    run = issue_run(run=run, actor=actor, at=NOW)
    print(run.state, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
