"""A web process that receives one batch when told to, at the same moment as its neighbours.

    python -m tests.projects.send_in_a_process PERSON TIMES

Says "ready", waits for a line (the batch), receives it TIMES times, prints what was answered.
"""

import json
import sys

import django


def main(person_id: int, times: int) -> None:
    django.setup()
    from cohorts.models import Enrolment
    from ct_platform.kit.actor import Actor
    from members.models import Person
    from members.seats import seats_of
    from projects.sync import read_batch, receive
    from tests.factories import NOW, TODAY

    person = Person.objects.get(pk=person_id)
    actor = Actor(person.user_id, person.pk, person.full_name, seats_of(person.pk, TODAY)[0])
    own = Enrolment.objects.select_related("cohort", "person").get(pk=actor.enrolment_id)
    print("ready", flush=True)  # noqa: T201  the test reads it
    batch = read_batch(sys.stdin.readline().encode())
    for _again in range(times):
        answers = receive(batch.entries, own=own, actor=actor, at=NOW)
        print(json.dumps([one.verdict for one in answers]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
