"""Two hundred of everything in cohort A, in bulk: what a list must survive without a query per row."""

import datetime as dt
import secrets
import uuid
from decimal import Decimal

from cohorts.models import (
    Application,
    ApplicationAnswer,
    Attendance,
    AuthorityNotice,
    Cohort,
    Contract,
    Enrolment,
    FollowUp,
    FollowUpAnswer,
    FollowUpChoice,
    InformationMeeting,
    MeetingGuest,
    Opinion,
    OwnHelper,
    OwnProject,
    OwnStep,
    RecoveryRequest,
    Session,
    Slot,
)
from decisions.models import Outcome, Poll, PollOption, Proposal, ProposalVersion
from documents.models import Document, Rendering
from members.models import BankDetails, Consent, Person
from payroll.models import AccountEntry, Adjustment, Payment, PaymentOrder, PayRun, Share
from projects.models import Expense, Project, Sale, WeekDeclaration, WorkEntry
from reports.models import Question, Report, Snapshot
from testimonials.models import Agreement, Publication, Testimonial
from tests.cohorts.event_world import crowd_events
from tests.decisions.assembly import tally_of_choice
from tests.factories import NOW, TODAY
from tests.personas import People
from tests.projects.money_world import crowd_money
from tests.task_world import crowd_tasks
from tests.trade_world import crowd_trades

MONDAY = dt.date(2026, 11, 23)


def gather(people: People, count: int) -> None:
    """Add `count` rows to every list of cohort A and of the seats that look at it."""
    a, amina, driss = people.a, people.enrolments["amina"], people.driss
    persons = Person.objects.bulk_create(
        Person(first_name=f"Foule{n}", last_name="Nombreuse", search_key=f"nombreuse foule{n}")
        for n in range(count)
    )
    crowd = Enrolment.objects.bulk_create(
        Enrolment(cohort=a.cohort, person=person, votes_from=a.cohort.starts_on)
        for person in persons
    )
    Contract.objects.bulk_create(
        Contract(
            enrolment=e, starts_on=a.cohort.starts_on, ends_on=a.cohort.ends_on,
            state="draft" if n % 2 else "signed", signed_on=None if n % 2 else a.cohort.starts_on,
        )
        for n, e in enumerate(crowd)
    )  # fmt: skip
    RecoveryRequest.objects.bulk_create(
        RecoveryRequest(
            key=uuid.uuid4(), first_name=f"Foule{n}", last_name="Nombreuse", phone="+33639980000",
            search_key=f"nombreuse foule{n}", territory=a.territory, birth_date=TODAY,
            state="refused" if n % 2 else "received", closed_at=NOW if n % 2 else None,
        )
        for n in range(count)
    )  # fmt: skip
    crowd_tasks(people, crowd, count)
    crowd_trades(people, crowd, count)
    contracts = Contract.objects.filter(enrolment__in=crowd)
    AuthorityNotice.objects.bulk_create(
        AuthorityNotice(
            contract=one, authority="urssaf", event="signature", happened_on=TODAY, due_on=TODAY
        )
        for one in contracts
    )
    project = Project.objects.of_cohort(a.cohort.pk).first()
    days = [MONDAY, MONDAY + dt.timedelta(days=1)]
    WorkEntry.objects.bulk_create(
        WorkEntry(
            enrolment=e,
            project=project,
            day=day,
            minutes=60,
            entered_by_id=e.person_id,
        )
        for e in crowd
        for day in days
    )
    WorkEntry.objects.bulk_create(
        WorkEntry(enrolment=amina, project=project, day=TODAY - dt.timedelta(days=n % 60), minutes=5,
                  entered_by_id=amina.person_id)
        for n in range(count)
    )  # fmt: skip
    WeekDeclaration.objects.bulk_create(
        WeekDeclaration(enrolment=e, monday=MONDAY - dt.timedelta(days=7), declared_at=NOW)
        for e in crowd
    )
    Sale.objects.bulk_create(
        Sale(
            project=project,
            label=f"Vente {n}",
            amount=Decimal("10"),
            sold_on=TODAY,
            moved_on=TODAY,
            recorded_by=driss,
        )
        for n in range(count)
    )
    Expense.objects.bulk_create(
        Expense(
            project=project,
            label=f"Dépense {n}",
            amount=Decimal("5"),
            moved_on=TODAY,
            recorded_by=driss,
        )
        for n in range(count)
    )
    _papers(people, persons, count)
    _words(people, crowd)
    _calendar(people, crowd, count)
    crowd_events(people, count)
    _votes(people, count)
    _runs(people, crowd, count)
    Cohort.objects.bulk_create(
        Cohort(territory=a.territory, programme=a.cohort.programme, host=a.host, name=f"Autre {n}",
               starts_on=a.cohort.starts_on, ends_on=a.cohort.ends_on, state="running")
        for n in range(count)
    )  # fmt: skip
    _candidates(people, count)
    _afterwards(people, crowd)
    _reports(people)
    _money(people, crowd)
    crowd_money(people, count)


def _candidates(people: People, count: int) -> None:
    """Applications at every step, with opinions, answers and guests of a meeting."""
    cohort = people.a.cohort
    applications = Application.objects.bulk_create(
        Application(key=uuid.uuid4(), cohort=cohort, first_name=f"Prénom{n}", last_name="Candidat",
                    birth_date=dt.date(1990, 1, 1) + dt.timedelta(days=n), address="8 allée",
                    motivation="Oui.", state=("selected", "waiting")[n % 2], decided_at=NOW)
        for n in range(count)
    )  # fmt: skip
    Opinion.objects.bulk_create(
        Opinion(application=one, by=people.driss, stance="yes", at=NOW) for one in applications
    )
    ApplicationAnswer.objects.bulk_create(
        ApplicationAnswer(application=one, outcome=one.state, way="letter", sent_at=NOW)
        for one in applications[::3]
    )
    meeting = InformationMeeting.objects.get(cohort=cohort)
    MeetingGuest.objects.bulk_create(
        MeetingGuest(key=uuid.uuid4(), meeting=meeting, name=f"Invité {n}") for n in range(count)
    )
    InformationMeeting.objects.bulk_create(
        InformationMeeting(
            cohort=cohort, starts_at=NOW + dt.timedelta(days=n), place="Ici", seats=9
        )
        for n in range(count)
    )


def _afterwards(people: People, crowd: list[Enrolment]) -> None:
    """Projects shown to Elsa's chamber, steps, and questions at every stage."""
    told = {"written_by": people.driss}
    OwnProject.objects.bulk_create(
        OwnProject(enrolment=e, number=1, kind="job", words="Un emploi", written_at=NOW, **told)
        for e in crowd
    )
    OwnHelper.objects.bulk_create(
        OwnHelper(enrolment=e, organisation=people.a.partner, sees=True, **told) for e in crowd
    )
    amina = people.enrolments["amina"]
    OwnStep.objects.bulk_create(
        OwnStep(enrolment=e, words="Appeler", **told) for e in [*crowd, *[amina] * len(crowd)]
    )
    OwnHelper.objects.bulk_create(
        OwnHelper(enrolment=amina, name=f"Voisine {n}", **told) for n in range(len(crowd))
    )
    consents = Consent.objects.bulk_create(
        Consent(person_id=e.person_id, purpose="follow_up", wording="Oui", given_at=NOW,
                expires_on=dt.date(2028, 1, 1))
        for e in crowd
    )  # fmt: skip
    FollowUpChoice.objects.bulk_create(
        FollowUpChoice(enrolment=e, number=1, agrees=True, channel="call", phone="+33639980012",
                       said="interview", consent=consent, written_at=NOW, **told)
        for e, consent in zip(crowd, consents, strict=True)
    )  # fmt: skip
    rows = FollowUp.objects.bulk_create(
        FollowUp(enrolment=e, months=months, due_on=TODAY - dt.timedelta(days=20))
        for e in crowd
        for months in (3, 6, 12)
    )
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(follow_up=row, number=1, said_on=TODAY, way="phone", status="business",
                       help_wanted=True, written_at=NOW, **told)
        for row in rows[::2]
    )  # fmt: skip


def _papers(people: People, persons: list[Person], count: int) -> None:
    model = Document.objects.filter(kind="payslip").first()
    batch = PayRun.objects.of_cohort(people.a.cohort.pk).get(issued_at__isnull=False).batch
    papers = Document.objects.bulk_create(
        Document(
            kind=model.kind, title=f"Bulletin {n}", issuer_key=people.a.host.pk, issuer_name=people.a.host.name,
            subject=owner, cohort_key=people.a.cohort.pk, territory_key=people.a.territory.pk, batch=batch,
            effect_key=f"foule:{n}:{owner.pk}", code=secrets.token_hex(13), snapshot=model.snapshot,
            template_version="1", issued_at=NOW,
        )
        for n, person in enumerate(persons)
        for owner in (person, people.amina)
    )  # fmt: skip
    Rendering.objects.bulk_create(Rendering(document=paper, sent_at=NOW) for paper in papers)


def _words(people: People, crowd: list[Enrolment]) -> None:
    consents = Consent.objects.bulk_create(
        Consent(
            person_id=e.person_id,
            purpose="public_site",
            wording="Oui",
            given_at=NOW,
            expires_on=dt.date(2027, 6, 1),
        )
        for e in crowd
    )
    told = Testimonial.objects.bulk_create(
        Testimonial(
            enrolment=e,
            text="On a bien travaillé.",
            signed_as="F",
            trade="cuisine",
            state="approved",
            decided_at=NOW,
        )
        for e in crowd
    )
    Agreement.objects.bulk_create(
        Agreement(testimonial=one, what="words", use="site", area="world", consent=consent)
        for one, consent in zip(told, consents, strict=True)
    )
    Publication.objects.bulk_create(
        Publication(testimonial=one, use="site", published_on=TODAY, published_at=NOW)
        for one in told
    )


def _votes(people: People, count: int) -> None:
    proposals = Proposal.objects.bulk_create(
        Proposal(cohort=people.a.cohort, title=f"Question {n}", effect_code="sharing_rule", written_by=people.driss)
        for n in range(count)
    )  # fmt: skip
    versions = ProposalVersion.objects.bulk_create(
        ProposalVersion(proposal=p, written_by=people.driss, written_at=NOW,
                        effect_settings={"counted_kinds": ["production"], "in_force_from": "2026-10-03"})
        for p in proposals
    )  # fmt: skip
    polls = Poll.objects.bulk_create(
        Poll(proposal=v.proposal, version=v, closes_at=NOW + dt.timedelta(days=1)) for v in versions
    )
    options = PollOption.objects.bulk_create(
        PollOption(poll=poll, position=1, code="equal", label="Égal pour tous") for poll in polls
    )
    Poll.objects.filter(pk__in=[p.pk for p in polls]).update(
        state="counted", opened_at=NOW - dt.timedelta(days=2), closed_at=NOW - dt.timedelta(days=1)
    )
    first = Outcome.objects.of_cohort(people.a.cohort.pk).count() + 1
    Outcome.objects.bulk_create(
        Outcome(poll=poll, number=first + n, cohort=people.a.cohort, kind="elected", winner=option, decided_at=NOW,
                in_force_from=TODAY, effect_state="applied",
                law="sharing_rule", tally=tally_of_choice({"equal": 1}))
        for n, (poll, option) in enumerate(zip(polls, options, strict=True))
    )  # fmt: skip


def _runs(people: People, crowd: list[Enrolment], count: int) -> None:
    run = PayRun.objects.of_cohort(people.a.cohort.pk).get(issued_at__isnull=False)
    model = Share.objects.filter(run=run, slip__isnull=False).first()
    fields = ("minutes", "minutes_by_kind", "amount", "carried_in", "cost", "remainder", "gross", "net_before_tax",
              "net_social", "net_taxable", "tax", "net_paid", "slip")  # fmt: skip
    values = {name: getattr(model, name) for name in fields}
    Share.objects.bulk_create(Share(run=run, enrolment=e, **values) for e in crowd)
    months = [dt.date(2000 + n // 12, n % 12 + 1, 1) for n in range(count)]
    runs = PayRun.objects.bulk_create(
        PayRun(cohort=people.a.cohort, month=month) for month in months
    )
    Share.objects.bulk_create(
        Share(run=r, enrolment=people.enrolments["amina"], **values) for r in runs
    )


def _reports(people: People) -> None:
    model = Snapshot.objects.select_related("document").get()
    others = list(Cohort.objects.filter(territory=people.a.territory, name__startswith="Autre"))
    papers = Document.objects.bulk_create(
        Document(
            kind="report", title="Rapport", issuer_key=people.a.host.pk, issuer_name=people.a.host.name,
            cohort_key=cohort.pk, effect_key=f"foule:rapport:{cohort.pk}", code=secrets.token_hex(13),
            snapshot=model.document.snapshot, template_version="1", issued_at=NOW,
        )
        for cohort in others
    )  # fmt: skip
    Snapshot.objects.bulk_create(
        Snapshot(cohort=cohort, frozen_at=NOW, frozen_by=people.driss, period_from=model.period_from,
                 period_to=model.period_to, figures=model.figures, figures_hash=model.figures_hash, document=paper)
        for cohort, paper in zip(others, papers, strict=True)
    )  # fmt: skip
    alike = Snapshot.objects.exclude(pk=model.pk).filter(cohort__in=others)
    Report.objects.bulk_create(
        Report(snapshot=one, cohort_id=one.cohort_id, state="sent", occasion="by_hand", prepared_at=NOW,
               reviewed_at=NOW, sent_at=NOW, document_id=one.document_id)
        for one in alike
    )  # fmt: skip
    Question.objects.bulk_create(
        Question(report=model.report, organisation=people.a.partner, code="people.total",
                 text="Et là ?", asked_by=people.persons["elsa"], asked_at=NOW)
        for _ in range(40)
    )  # fmt: skip


def _money(people: People, crowd: list[Enrolment]) -> None:
    """Everybody has an account, an advance, a movement and a payment of the run."""
    run = PayRun.objects.of_cohort(people.a.cohort.pk).get(issued_at__isnull=False)
    order = PaymentOrder.objects.get(run=run)
    amina = BankDetails.objects.get(person=people.amina)
    BankDetails.objects.bulk_create(
        BankDetails(person_id=e.person_id, holder="F", sealed=amina.sealed, last4=amina.last4,
                    blind=amina.blind, entered_by=people.helene, entered_at=NOW)
        for e in crowd
    )  # fmt: skip
    given = {
        "kind": "advance",
        "amount": 1,
        "given_on": TODAY,
        "recorded_by": people.helene,
        "recorded_at": NOW,
    }
    Adjustment.objects.bulk_create(Adjustment(enrolment=e, reason="F", **given) for e in crowd)
    for enrolment in (people.enrolments["amina"], *crowd):
        AccountEntry.objects.bulk_create(
            AccountEntry(enrolment=enrolment, kind="net", amount=1, at=NOW, sentence="F")
            for _n in range(2)
        )
    Payment.objects.bulk_create(
        Payment(order=order, enrolment=e, kind="sepa", amount=1, end_to_end=f"F{e.pk}",
                sealed_iban=amina.sealed, last4=amina.last4)
        for e in crowd
    )  # fmt: skip


def _calendar(people: People, crowd: list[Enrolment], count: int) -> None:
    """A hundred sessions, and everybody at the one of today."""
    sessions = Session.objects.bulk_create(
        Session(
            cohort=people.a.cohort,
            kind="training",
            title=f"Séance {n}",
            place="Ici",
            day=people.a.cohort.starts_on + dt.timedelta(days=n % 80),
            created_by=people.driss,
        )
        for n in range(count)
    )
    Slot.objects.bulk_create(
        Slot(session=one, half="morning", starts=dt.time(9), ends=dt.time(12)) for one in sessions
    )
    today = Slot.objects.filter(session__day=TODAY, session__title__startswith="Atelier").first()
    if today is not None:
        Attendance.objects.bulk_create(
            Attendance(
                slot=today,
                enrolment=one,
                presence="present",
                way="noted",
                noted_at=NOW,
                noted_by=people.driss,
            )
            for one in crowd
        )
