"""From "Donner toutes les attestations" to the last paper: thirty attestations, two workers.

DATABASE_URL and REDIS_URL as in bench.real. The first closing warms the workers and is shown apart.
"""

import datetime as dt
import time

from bench.real import broker, own_database, two_workers
from bench.table import show

PEOPLE, ROUNDS, TARGET = 30, 3, 3.0
MONTHS = [dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)]


def prepare(people, number: int):
    """A closing cohort of thirty who worked three months, were treasurers, and confirmed skills."""
    from cohorts.models import Mandate, Skill, SkillConfirmation, SkillDisplay
    from tests import factories as make
    from tests.factories import TODAY

    cohort = make.CohortFactory(
        name=f"Clôture {number}", territory=people.a.territory, host=people.a.host, state="closing"
    )
    kitchen = make.ProjectFactory(cohort=cohort, trade="cuisine")
    skill = Skill.objects.create(cohort=cohort, title="Négocier un prix")
    for enrolment in make.EnrolmentFactory.create_batch(PEOPLE, cohort=cohort):
        for month in MONTHS:
            for day in range(5):
                make.WorkEntryFactory(
                    enrolment=enrolment, project=kitchen, minutes=300, day=month.replace(day=8 + day),
                    confirmed=True,
                )  # fmt: skip
        Mandate.objects.create(
            enrolment=enrolment, title="Commission ventes", starts_on=MONTHS[0].replace(day=10),
            decision_number=1,
        )  # fmt: skip
        for by, role in ((people.bastien, "peer"), (people.driss, "coordinator")):
            SkillConfirmation.objects.create(
                enrolment=enrolment, skill=skill, by=by, role=role, level=2, evidence="Samedi.",
                confirmed_on=TODAY,
            )  # fmt: skip
        SkillDisplay.objects.create(enrolment=enrolment, skill=skill, on_papers=False)
    return cohort


def measure(people, cohort) -> tuple[float, float, int]:
    """Seconds until the batch is committed, until the last paper, and how many papers."""
    from ct_platform.kit import clock
    from documents.selectors import batch_progress
    from projects.rules import closing_batch
    from projects.services.attestations import issue_closing_papers

    began = time.perf_counter()
    issue_closing_papers(cohort=cohort, actor=people.actor("driss"), at=clock.now())
    answered = time.perf_counter() - began
    while True:
        progress = batch_progress(closing_batch(cohort.pk))
        if progress.is_finished or time.perf_counter() - began > 60:
            break
        time.sleep(0.02)
    assert progress.is_complete, progress
    return answered, time.perf_counter() - began, progress.total


def main() -> None:
    own_database("ct_bench_attestations")
    from tests import personas

    people = personas.build()
    cohorts = [prepare(people, number) for number in range(1, ROUNDS + 1)]
    with two_workers():
        rows = []
        for number, cohort in enumerate(cohorts):
            answered, finished, papers = measure(people, cohort)
            rows.append(
                [cohort.name + (" (worker starting)" if not number else ""), papers,
                 f"{answered * 1000:.0f} ms", f"{finished:.2f} s", f"{TARGET:.0f} s" if number else "–"]
            )  # fmt: skip
        show(
            f"Attestations of {PEOPLE} people, two workers, PostgreSQL, broker: {broker()}",
            rows,
            ["closing", "papers", "issued", "last paper", "target"],
        )


if __name__ == "__main__":
    main()
