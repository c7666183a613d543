"""A cohort of fifteen at work: hours, weeks, votes, sales, one pay issued, attestations."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cohorts.models import Cohort, Enrolment
from decisions.models import Outcome, Poll, PollOption, Proposal
from documents.models import Document
from payroll.models import PayRun, Share
from projects.enums import WorkKind, WorkState
from projects.models import WeekDeclaration, WorkEntry
from reports.models import Edition, Report
from reports.selectors.open_data import tables_of_edition
from reports.services.open_data import open_year
from reports.services.preparing import prepare_report
from reports.services.questions import ask_question
from reports.services.reviewing import review_report
from reports.services.sending import send_report
from reports.services.sharing import make_link
from reports.services.tokens import make_token
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.personas import People
from tests.reports.merged_scene import published_year

FIRST_NAMES = (
    "Zéphirin", "Philomène", "Isaure", "Wandrille", "Sidonie", "Anselme", "Ludivine", "Théodule",
    "Radegonde", "Firmin", "Hermine", "Barnabé", "Clothilde", "Gontran",
)  # fmt: skip
LAST_NAMES = (
    "Quatrebarbes", "Vuilleminot", "Kerhuon", "Espérandieu", "Boisgontier", "Lachassagne", "Oudinot",
    "Tremblaye", "Jacquemart", "Fauquembergue", "Desgranges", "Haudiquet", "Mirebeau", "Pontgibaud",
)  # fmt: skip


@dataclass
class Scene:
    cohort: Cohort
    members: list[Enrolment]  # fifteen: thirteen newcomers, Amina, Bastien
    left: Enrolment

    @property
    def names(self) -> list[str]:
        """Every first and last name of the cohort: none may be read in a report."""
        persons = [one.person for one in [*self.members, self.left]]
        return [name for person in persons for name in (person.first_name, person.last_name)]


def set_scene(people: People) -> Scene:
    """Gaël, who left, makes sixteen people entered."""
    cohort = people.a.cohort
    pairs = zip(FIRST_NAMES[:13], LAST_NAMES[:13], strict=True)
    newcomers = [
        make.EnrolmentFactory(
            cohort=cohort, person=make.PersonFactory(first_name=first, last_name=last)
        )
        for first, last in pairs
    ]
    members = [people.enrolments["amina"], people.enrolments["bastien"], *newcomers]
    scene = Scene(cohort, members, people.enrolments["gael"])
    garden = make.ProjectFactory(cohort=cohort, name="Le jardin", trade="maraichage")
    kitchen = make.ProjectFactory(cohort=cohort, name="La marmite", trade="cuisine")
    for month, amounts in (
        (9, ("412.50", "180.00")),
        (10, ("955.20", "640.35")),
        (11, ("1210.00", "987.40")),
    ):
        for project, amount in zip((garden, kitchen), amounts, strict=True):
            make.SaleFactory(
                project=project,
                amount=Decimal(amount),
                sold_on=dt.date(2026, month, 7),
                moved_on=dt.date(2026, month, 9),
                recorded_by=people.driss,
            )
    make.ExpenseFactory(project=kitchen, amount=Decimal("315.55"), recorded_by=people.driss)
    note_hours(scene, dt.date(2026, 9, 14), weeks=9)
    put_to_votes(people, turnouts=(14, 12, 15))
    pay(people, scene, month=dt.date(2026, 10, 1))
    return scene


def note_hours(scene: Scene, monday: dt.date, *, weeks: int) -> None:
    """Each week: production and meeting for all, training for all but one, committee for four."""
    entries, declared = [], []
    for number in range(weeks):
        week = monday + dt.timedelta(days=7 * number)
        for rank, one in enumerate(scene.members):
            kinds = {WorkKind.PRODUCTION: 600 + 30 * (rank % 4), WorkKind.MEETING: 120}
            if rank:
                kinds[WorkKind.TRAINING] = 180
            if rank < 4:
                kinds[WorkKind.COMMITTEE] = 60
            entries += [
                WorkEntry(
                    enrolment=one,
                    day=week + dt.timedelta(days=day),
                    minutes=minutes,
                    kind=kind,
                    state=WorkState.CONFIRMED,
                    confirmed_at=NOW,
                    confirmed_by=one.person,
                    entered_by=one.person,
                )
                for day, (kind, minutes) in enumerate(kinds.items())
            ]
            late = 7 if (rank + number) % 6 == 0 else 0
            moment = dt.datetime.combine(week, dt.time(18), dt.UTC) + dt.timedelta(days=7 + late)
            declared.append(WeekDeclaration(enrolment=one, monday=week, declared_at=moment))
    WorkEntry.objects.bulk_create(entries)
    WeekDeclaration.objects.bulk_create(declared)


def put_to_votes(people: People, *, turnouts: tuple[int, ...]) -> None:
    cohort = people.a.cohort
    for present in turnouts:
        proposal = Proposal.objects.create(
            cohort=cohort,
            title="Quel jour pour le conseil ?",
            effect_code="none",
            written_by=people.driss,
        )
        version = proposal.versions.create(written_by=people.driss, written_at=NOW)
        poll = Poll.objects.create(proposal=proposal, version=version, closes_at=NOW)
        option = PollOption.objects.create(poll=poll, position=1, code="yes", label="Oui")
        Outcome.objects.create(
            poll=poll,
            number=Outcome.objects.of_cohort(cohort.pk).count() + 1,
            cohort=cohort,
            kind="elected",
            winner=option,
            tally={"roll": 15, "present": present, "blank": 0, "expressed": present},
            decided_at=NOW - dt.timedelta(days=9),
            in_force_from=dt.date(2026, 11, 16),
        )


def pay(
    people: People, scene: Scene, *, month: dt.date, who: slice = slice(None), net: str = "50.00"
) -> PayRun:
    """An issued run with a share of 82.10 for each, and an attestation."""
    paid = scene.members[who]
    pot = Decimal("82.10") * len(paid)
    run = PayRun.objects.create(
        cohort=scene.cohort, month=month, state="issued", sales=pot, envelope=pot, issued_at=NOW
    )
    Share.objects.bulk_create(
        Share(run=run, enrolment=one, minutes=600, amount=Decimal("82.10"), cost=Decimal("82.10"),
              net_paid=Decimal(net), net_before_tax=Decimal(net))
        for one in paid
    )  # fmt: skip
    Document.objects.bulk_create(
        Document(
            kind="participation", title="Attestation", issuer_key=people.a.host.pk, issuer_name="Le Ferment",
            subject=one.person, cohort_key=scene.cohort.pk, effect_key=f"participation:{run.pk}:{one.pk}",
            code=f"{run.pk:013d}{one.pk:013d}", snapshot={}, template_version="1", issued_at=NOW,
        )
        for one in paid
    )  # fmt: skip
    return run


def sent_report(people: People, cohort: Cohort | None = None, at: dt.datetime = NOW) -> Report:
    """Prepared, read again and sent by Driss (Dalia for cohort B)."""
    cohort = cohort or people.a.cohort
    actor = people.actor("dalia" if cohort == people.b.cohort else "driss")
    report = prepare_report(cohort=cohort, actor=actor, at=at)
    review_report(report=report, actor=actor, at=at)
    report.refresh_from_db()
    send_report(report=report, actor=actor, at=at)
    report.refresh_from_db()
    return report


def opened_year(people: People) -> dict[str, Any]:
    """Keys of addresses: a year published to partners, then to everybody."""
    keys = published_year(people)
    edition = Edition.objects.get(pk=keys["edition_id"])
    seen = tables_of_edition(edition).fingerprint
    open_year(edition=edition, seen=seen, reason="", actor=people.actor("nora"), at=NOW)
    return {
        **keys,
        "reports:open_file": {"year": 2025, "number": 1, "name": "donnees.csv"},
    }


def exchanged_report(people: People, words: str) -> dict[str, Any]:
    """Keys of addresses: a report sent, Elsa's question on it, a link and a token of her chamber."""
    report = sent_report(people)
    elsa = people.actor("elsa")
    question = ask_question(
        report=report, code="people.total", text=f"Pourquoi, {words} ?", actor=elsa, at=NOW
    )
    link, _secret = make_link(
        report=report,
        organisation_id=people.a.partner.pk,
        label=words,
        expires_on=TODAY + dt.timedelta(days=20),
        actor=elsa,
        at=NOW,
    )
    token, _secret = make_token(
        name=words, purpose=words, expires_on=TODAY + dt.timedelta(days=90), actor=elsa, at=NOW
    )
    return {
        "token_id": token.pk,
        "report_id": report.snapshot_id,
        "rest": "ailleurs",
        **opened_year(people),
        "snapshot_id": report.snapshot_id,
        "question_id": question.pk,
        "link_id": link.pk,
        "territory_id": people.a.territory.pk,
    }
