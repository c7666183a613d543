"""One object of each kind in cohort A, so that every address has something a stranger must not reach."""

import datetime as dt
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cohorts.enums.contracts import FilePurpose, NoticeEvent
from cohorts.enums.entry_files import ProofKind
from cohorts.models import (
    Application,
    FileProof,
    InformationMeeting,
    MeetingGuest,
    Skill,
    SkillConfirmation,
    Voice,
)
from cohorts.rules.skills import SkillWords
from cohorts.services.answers import answer_all
from cohorts.services.applications import keep_voice
from cohorts.services.authority_notices import owe_notices
from cohorts.services.contract_changes import write_amendment
from cohorts.services.contract_files import keep_file
from cohorts.services.entry_files import write_address, write_answers
from cohorts.services.imports import start_import
from cohorts.services.places import locate_by_hand
from cohorts.services.proofs import add_proof
from cohorts.services.selection import decide, give_opinion
from cohorts.services.sensitive import write_sensitive
from cohorts.services.skill_grids import note_grid
from cohorts.services.skills import choose_display, confirm_skill
from decisions import effects
from decisions.models import Assembly, Elector, Poll
from decisions.services import assemblies, opening
from decisions.services.discussion import contribute
from decisions.services.proposals import write_proposal
from decisions.services.proxies import give_proxy
from documents.models import Document
from members.services.bank import enter_bank_details
from payroll.models import Payment, PayRun, Payslip, Share
from payroll.services.adjustments import record_advance
from payroll.services.corrections import propose_correction
from payroll.services.host_bank import enter_host_bank
from payroll.services.orders import Choice
from payroll.services.payments import prepare_payments
from payroll.services.uploads import receive_slips
from projects.enums import WorkKind
from testimonials.models import Publication, Testimonial
from testimonials.services import words
from testimonials.services.moderation import approve_words
from tests import factories as make
from tests import ibans
from tests.access_after import asks_to_come_back, what_comes_next
from tests.access_canary import CANARY
from tests.access_selling import what_is_sold
from tests.cohorts.applying import OGG
from tests.cohorts.event_world import open_doors
from tests.cohorts.signed_sheet import sign_a_sheet
from tests.factories import NOW, TODAY
from tests.payroll.correcting import NEW_RATE, add_colleague
from tests.payroll.made_elsewhere import pdf_of
from tests.payroll.scene import Scene, set_scene
from tests.personas import People
from tests.projects.invoice_world import furnish_invoices
from tests.projects.money_world import take_money
from tests.projects.receipts import spent
from tests.reports.funding_verbs import funded_world
from tests.reports.scene import exchanged_report
from tests.site_world import furnish_site
from tests.task_world import furnish_tasks
from tests.trade_world import furnish_trades


def signed_contract(people: People) -> dict[str, Any]:
    """Amina's contract with a file, an amendment and a notice."""
    contract = people.enrolments["amina"].contracts.get()
    amendment = write_amendment(
        contract=contract, subject="Le local", text=f"Il change de rue, {CANARY}.",
        in_force_from=dt.date(2026, 12, 1), actor=people.actor("helene"), at=NOW,
    )  # fmt: skip
    owe_notices(
        contract=amendment.contract,
        event=NoticeEvent.SIGNATURE,
        happened_on=contract.signed_on,
        at=NOW,
    )
    file = keep_file(
        contract=contract, purpose=FilePurpose.SIGNED, content=pdf_of([CANARY]), actor=people.actor("helene")
    )  # fmt: skip
    return {
        "contract_id": contract.pk,
        "amendment_id": amendment.pk,
        "notice_id": contract.notices.first().pk,
        "file_id": file.pk,
        "kind": "cape",
    }


def keys_of(name: str, wanted: Iterable[str], ids: dict[str, Any]) -> dict[str, Any]:
    """The keys of one address; two rooms may mean another thing by the same word (`order_id`)."""
    own = ids | ids.get(name, {})
    return {key: own[key] for key in wanted}


def furnish(people: People) -> dict[str, Any]:
    """Keys of addresses → primary keys, all in cohort A and, where a person is meant, Amina's."""
    scene = set_scene(people)
    make.ProjectFactory(cohort=people.a.cohort, name=f"Jardin {CANARY}")
    run = scene.issued()
    entry = make.WorkEntryFactory(
        enrolment=people.enrolments["amina"], day=dt.date(2026, 11, 24), note=CANARY
    )
    sale = make.SaleFactory(
        project=scene.project, label=CANARY, recorded_by=people.driss, moved_on=None
    )
    expense = make.ExpenseFactory(project=scene.project, label=CANARY, recorded_by=people.driss)
    poll = opening.put_to_vote(
        cohort=people.a.cohort,
        title=f"Comment partager ? {CANARY}",
        effect_code="sharing_rule",
        effect_settings={"counted_kinds": list(WorkKind.values), "in_force_from": "2026-12-01"},
        closes_at=NOW + dt.timedelta(days=2),
        actor=people.actor("driss"),
        at=NOW,
    )
    # Amina carries the voice of Bastien, as a proxy given before the opening leaves the roll.
    Elector.objects.filter(poll=poll, enrolment=people.enrolments["bastien"]).update(
        proxy_holder=people.enrolments["amina"]
    )
    assembly = make_assembly(people, poll)
    power = give_proxy(
        proposal=write_proposal(
            cohort=people.a.cohort,
            title=f"Et après ? {CANARY}",
            effect_code="sharing_rule",
            effect_settings={"counted_kinds": [], "in_force_from": "2026-12-01"},
            actor=people.actor("driss"),
            at=NOW,
        ),
        giver=people.enrolments["amina"],
        holder=people.enrolments["bastien"],
        actor=people.actor("amina"),
        at=NOW,
    )
    proposal = write_proposal(
        cohort=people.a.cohort,
        title=f"Le ménage, {CANARY} ?",
        text=CANARY,
        effect_code="living_rule",
        effect_settings=effects.get("living_rule").settings({}),
        actor=people.actor("amina"),
        at=NOW,
    )
    said = contribute(
        proposal=proposal, kind="question", text=CANARY, actor=people.actor("amina"), at=NOW
    )
    left = words.submit_words(
        enrolment=people.enrolments["amina"],
        text=f"Mes mots, {CANARY}.",
        signed_as="Amina",
        trade="fleuriste",
        consent_until=dt.date(2027, 6, 30),
        photo=b"\xff\xd8\xff",
        recording=(OGG, "ogg"),
        actor=people.actor("amina"),
        at=NOW,
    )
    place = Publication.objects.create(
        testimonial=left, use="social", name=CANARY, published_on=TODAY, published_at=NOW, flagged_at=NOW,
    )  # fmt: skip
    draft = start_import(
        cohort=people.a.cohort,
        name=f"{CANARY}.csv",
        content=f"prénom;nom;date de naissance\nZoé;{CANARY};17/05/1990\n".encode(),
        actor=people.actor("driss"),
    )
    add_colleague(people)
    correction = propose_correction(
        share=Share.objects.get(run=run, enrolment=people.enrolments["amina"]),
        reason=f"Le taux était faux, {CANARY}.",
        asked=NEW_RATE,
        actor=people.actor("irene"),
        at=NOW,
    )
    exchange = exchanged_report(people, CANARY)
    scene.work("amina", 60, day=dt.date(2026, 11, 20))
    advance = record_advance(
        enrolment=people.enrolments["amina"],
        amount=Decimal("10.00"),
        given_on=dt.date(2026, 11, 24),
        reason=CANARY,
        actor=people.actor("helene"),
        at=NOW,
    )
    confirmation = confirm_a_skill(people)
    payment = _prepared(people, scene, run)
    upload = receive_slips(
        cohort=people.a.cohort,
        month=dt.date(2026, 10, 1),
        name=f"{CANARY}.pdf",
        content=pdf_of(["SARR Amina", CANARY]),
        actor=people.actor("helene"),
        at=NOW,
    )
    proof = _file_of_amina(people)
    application, meeting = candidates(people)
    own_programme = make.ProgrammeFactory(organisation=people.a.host, code="saison", name=CANARY)
    papers = Document.objects.filter(subject=people.amina)
    contracts = signed_contract(people)
    sheet = sign_a_sheet(people, CANARY)
    return contracts | {
        **sheet,
        **open_doors(people, CANARY),
        **what_comes_next(people),
        **furnish_invoices(people, CANARY),  # the keys of the two next ones prevail
        **what_is_sold(people, CANARY),
        **take_money(people, CANARY),
        **furnish_tasks(people, CANARY),
        **furnish_trades(people, CANARY),
        **furnish_site(people, CANARY),
        "step": "emploi",
        "check": "mandates",
        "proof_id": proof.pk,
        "cohort_id": people.a.cohort.pk,
        "enrolment_id": people.enrolments["amina"].pk,
        "entry_id": entry.pk,
        "sale_id": sale.pk,
        "expense_id": expense.pk,
        **spent(people, scene.project, CANARY),
        "book": "heures",
        "poll_id": poll.pk,
        "represented_id": people.enrolments["bastien"].pk,
        "proxy_id": power.pk,
        "proposal_id": proposal.pk,
        "contribution_id": said.pk,
        "assembly_id": assembly.pk,
        "point_id": assembly.agenda.get().pk,
        "run_id": run.pk,
        "payslip_id": Payslip.objects.get(share__enrolment=people.enrolments["amina"]).pk,
        "share_id": Share.objects.get(run=run, enrolment=people.enrolments["amina"]).pk,
        "profile_id": scene.profile.pk,
        "correction_id": correction.pk,
        "testimonial_id": left.pk,
        "publication_id": place.pk,
        "story_code": _public_story(people).code,
        "secret": "secret-inconnu",
        "import_id": draft.pk,
        "application_id": application.pk,
        "meeting_id": meeting.pk,
        "programme_id": own_programme.pk,
        "document_id": papers.get(kind="payslip").pk,
        "code": papers.get(kind="payslip").code,
        "batch": run.batch,
        "suffix": "csv",
        "effect_code": "sharing_rule",
        "adjustment_id": advance.pk,
        "payment_id": payment.pk,
        "order_id": payment.order_id,
        "export": "journal",
        **exchange,
        **funded_world(people, CANARY),
        "upload_id": upload.pk,
        "confirmation_id": confirmation.pk,
        "organisation_id": people.a.host.pk,
        "slip_id": upload.slips.get().pk,
        "recovery_id": asks_to_come_back(people).pk,
        "year": 2026,
        "token": "jeton-inconnu",
    }


def _public_story(people: People) -> Testimonial:
    """A colleague's, that anybody may read."""
    told = words.submit_words(
        enrolment=people.enrolments["bastien"], text="On s’est levés tôt, et on a tenu.", signed_as="B.",
        trade="cuisine", consent_until=dt.date(2027, 6, 30), photo=b"\xff\xd8\xff", photo_uses=("site",),
        actor=people.actor("bastien"), at=NOW,
    )  # fmt: skip
    approve_words(testimonial=told, actor=people.actor("driss"), at=NOW)
    return told


def confirm_a_skill(people: People) -> SkillConfirmation:
    """Bastien saw Amina do it, and so did Driss; she chose to have it on her papers."""
    note_grid(
        cohort=people.a.cohort,
        words=[SkillWords(f"Négocier {CANARY}")],
        adopted_on=TODAY,
        actor=people.actor("driss"),
        at=NOW,
    )
    skill = Skill.objects.of_cohort(people.a.cohort.pk).get()
    amina = people.enrolments["amina"]
    choose_display(enrolment=amina, shown={skill.pk: ["on_papers"]}, actor=people.actor("amina"))
    given = [
        confirm_skill(
            enrolment=amina,
            skill=skill,
            level=2,
            evidence=f"Samedi, {CANARY}.",
            actor=people.actor(name),
            at=NOW,
        )
        for name in ("bastien", "driss")
    ]
    return given[0]


def _file_of_amina(people: People) -> FileProof:
    """An address, a quarter, an answer of each sort and a scan, all saying the canary where they can."""
    told = {"enrolment": people.enrolments["amina"], "actor": people.actor("driss"), "at": NOW}
    write_answers(answers={"birth_place": CANARY, "labour": "registered"}, **told)
    write_address(address=CANARY, postcode="93200", city="Saint-Denis", insee="93066", **told)
    locate_by_hand(quarter_code="", evidence=f"Carte, {CANARY}", **told)
    write_sensitive(answers={"disability": "yes"}, **told)
    return add_proof(
        kind=ProofKind.SIGNED_QUESTIONNAIRE, content=b"%PDF-1.7 " + CANARY.encode(), **told
    )


def candidates(people: People) -> tuple[Application, InformationMeeting]:
    """Somebody applied aloud to cohort A, is selected, and a letter waits for them."""
    cohort, driss = people.a.cohort, people.actor("driss")
    meeting = InformationMeeting.objects.create(
        cohort=cohort, starts_at=NOW + dt.timedelta(days=3), place="Salle des Halles", seats=9
    )
    MeetingGuest.objects.create(key=uuid.uuid4(), meeting=meeting, name=CANARY, contact=CANARY)
    key = uuid.uuid4()
    voice = keep_voice(cohort=cohort, key=key, content=OGG)
    application = Application.objects.create(
        key=key, cohort=cohort, first_name="Zoé", last_name=CANARY, birth_date=dt.date(1990, 5, 3),
        address=CANARY, motivation=CANARY, helper_name=CANARY,
    )  # fmt: skip
    Voice.objects.filter(pk=voice.pk).update(application=application)
    give_opinion(application=application, stance="yes", reasons=CANARY, actor=driss, at=NOW)
    decide(application=application, to="selected", note=CANARY, actor=driss, at=NOW)
    answer_all(cohort=cohort, keys=[application.pk], word=CANARY, at=NOW)
    application.refresh_from_db()
    return application, meeting


def make_assembly(people: People, poll: Poll) -> Assembly:
    """In session, on the open vote: Amina presides, Bastien writes."""
    assembly = assemblies.convene(
        cohort=people.a.cohort,
        starts_at=NOW + dt.timedelta(hours=1),
        place=f"Chez {CANARY}",
        proposals=[poll.proposal],
        actor=people.actor("driss"),
        at=NOW,
    )
    here = [people.enrolments[name].pk for name in ("amina", "bastien")]
    assemblies.note_attendance(assembly=assembly, present=here, represented={})
    return assemblies.open_assembly(
        assembly=assembly,
        chair_id=here[0],
        secretary_id=here[1],
        actor=people.actor("driss"),
        at=NOW,
    )


def _prepared(people: People, scene: Scene, run: PayRun) -> Payment:
    """A transfer prepared for Amina, on her account."""
    helene = people.actor("helene")
    enter_bank_details(person=people.amina, iban=ibans.AMINA, holder=CANARY, actor=helene, at=NOW)
    enter_host_bank(
        host=people.a.host, iban=ibans.HOST, holder="Le Ferment", bic="", actor=helene, at=NOW
    )
    (order,) = prepare_payments(
        run=run,
        choices=[Choice(people.enrolments["amina"].pk, "sepa")],
        execute_on=NOW.date(),
        actor=helene,
        at=NOW,
    )
    found: Payment = order.payments.get()
    return found
