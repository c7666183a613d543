"""From a draft to its end: what a host may do with a contract, and what the law refuses."""

import datetime as dt
import io

import pytest
from django.core import mail
from pypdf import PdfReader

from cohorts.enums.contracts import EndReason, SendingWay
from cohorts.models import AuthorityNotice, Cohort, Contract, ContractAlert, ContractTerms
from cohorts.rules.contract_points import Answer
from cohorts.services import authority_notices, contract_alerts, contract_changes, contracts
from cohorts.services.authority_notices import Sending
from cohorts.services.cape_ends import issue_cape_ends
from cohorts.services.contract_signing import Signature, sign_amendment, sign_contract
from cohorts.services.contract_terms import TermsWishes, add_contract_terms
from ct_platform.kit.errors import Frozen, Refused
from ct_platform.kit.models import TransitionLog
from documents.models import Document
from documents.services.render import draw
from members.models import Person
from payroll.selectors.people import sharing_people
from tests import factories as make
from tests.cohorts.contracting import Contracting
from tests.factories import NOW

D = dt.date


@pytest.fixture
def host(people):
    return Contracting(people)


def text_of(document):
    pages = PdfReader(io.BytesIO(draw(document))).pages
    return " ".join(" ".join(p.extract_text() for p in pages).replace("\xa0", " ").split())


def test_a_batch_fills_blank_drafts_once_and_keeps_what_was_written(host, people):
    make.EnrolmentFactory(cohort=people.a.cohort, state="selected")
    first = host.first
    contracts.answer_points(contract=first, answers={2: Answer("Nos mots.")}, files={}, **host.who)
    assert contracts.prepare_contracts(cohort=people.a.cohort, **host.who) == 2
    assert first.points.count() == 8 and first.points.get(number=2).text == "Nos mots."
    assert contracts.prepare_contracts(cohort=people.a.cohort, **host.who) == 0


def test_the_words_of_the_host_come_before_those_of_the_house(host, people):
    wishes = TermsWishes(
        kind="cape", in_force_from=D(2026, 1, 1), points={"6": {"text": "Un mois."}}
    )
    add_contract_terms(host=people.a.host, wishes=wishes, actor=people.actor("helene"))
    points = host.prepared().points
    assert points.get(number=6).text == "Un mois." and points.get(number=1).more


@pytest.mark.parametrize(
    ("changes", "field"), [({"months_at_most": 13}, "months_at_most"), ({"renewals_at_most": 3}, "renewals_at_most")]
)  # fmt: skip
def test_terms_wider_than_the_law_are_refused(people, changes, field):
    wishes = TermsWishes(kind="cape", in_force_from=D(2026, 1, 1), **changes)
    with pytest.raises(Refused, match="L127-2") as refusal:
        add_contract_terms(host=people.a.host, wishes=wishes, actor=people.actor("helene"))
    assert refusal.value.field == field and not ContractTerms.objects.exists()


def test_issued_it_is_to_be_signed_and_its_paper_carries_the_eight_points(host, people):
    Cohort.objects.update(eu_funded=True)
    contract = host.issued()
    assert contract.is_to_sign and contract.document.kind == "cape_contract"
    text = text_of(contract.document)
    for words in (
        "Amina Sarr", "732 829 320 00074", "18 décembre 2026", "8° Cotisations sociales", "0,00 €",
        "n’est pas un contrat de travail", "R127-3", "l’Union européenne",
    ):  # fmt: skip
        assert words in text, words
    for word in ("salaire", "employeur", "licenciement"):
        assert word not in text.lower()
    assert (
        contracts.issue_contracts(contracts=[contract], **host.who)[0].document == contract.document
    )
    assert Document.objects.filter(kind="cape_contract").count() == 1


@pytest.mark.parametrize("number", range(1, 9))
def test_without_one_of_the_eight_points_nothing_is_issued(host, number):
    contract = host.asked(host.prepared())
    contract.points.get(number=number).delete()
    with pytest.raises(Refused, match=f"{number}°"):
        contracts.issue_contracts(contracts=[contract], **host.who)
    assert host.first.is_draft and not Document.objects.filter(kind="cape_contract").exists()


def test_one_incomplete_contract_holds_the_whole_batch_back(host, people):
    bastien = people.enrolments["bastien"].contracts.get()
    Contract.objects.filter(pk=bastien.pk).update(state="draft", signed_on=None)
    ready = host.asked(host.prepared())
    with pytest.raises(Refused, match="Bastien"):
        contracts.issue_contracts(contracts=[ready, bastien], **host.who)
    assert not Contract.objects.filter(state="to_sign").exists()


def test_a_full_time_job_forbids_a_cape(host):
    contract = host.asked(host.prepared(), full_time=True)
    with pytest.raises(Refused, match="temps complet"):
        contracts.issue_contracts(contracts=[contract], **host.who)


def test_a_minor_waits_for_the_host_s_rule_then_for_the_consent(host, people):
    Person.objects.filter(pk=people.amina.pk).update(birth_date=D(2009, 5, 1))
    contract = host.asked(host.prepared())
    with pytest.raises(Refused, match="ne prennent pas de mineurs"):
        contracts.issue_contracts(contracts=[contract], **host.who)
    wishes = TermsWishes(kind="cape", in_force_from=D(2026, 1, 1), minors_allowed=True)
    add_contract_terms(host=people.a.host, wishes=wishes, actor=people.actor("helene"))
    with pytest.raises(Refused, match="autorité parentale"):
        contracts.issue_contracts(contracts=[contract], **host.who)
    host.asked(contract, consent_by="Fatou Sarr", consent_on=D(2026, 9, 1))
    issued = contracts.issue_contracts(contracts=[contract], **host.who)[0]
    assert "Fatou Sarr" in text_of(issued.document)


def test_taken_back_before_anybody_signed_its_paper_is_revoked(host):
    contract = host.issued()
    first = contract.document
    contracts.withdraw_contract(contract=contract, reason="Mauvaise date", **host.who)
    first.refresh_from_db()
    assert first.status == "revoked" and host.first.is_draft
    again = contracts.issue_contracts(contracts=[host.first], **host.who)[0]
    assert again.document != first


@pytest.mark.parametrize(
    ("signature", "sentence"),
    [
        (Signature(D(2026, 9, 4), D(2026, 12, 1), proof="Classeur"), "pas encore venu"),
        (Signature(D(2026, 9, 4), D(2026, 9, 4)), "copie signée"),
        (Signature(D(2026, 9, 4), D(2026, 9, 4), scan=b"GIF89a"), "ni un PDF"),
    ],
)
def test_a_signature_has_two_past_days_and_a_proof(host, signature, sentence):
    contract = host.issued()
    with pytest.raises(Refused, match=sentence):
        sign_contract(contract=contract, signature=signature, **host.who)
    assert host.first.is_to_sign and not AuthorityNotice.objects.exists()


def test_signed_the_later_day_binds_and_two_authorities_are_due(host):
    contract = sign_contract(
        contract=host.issued(), signature=Signature(D(2026, 9, 5), D(2026, 9, 3), scan=b"%PDF-1.7 x"), **host.who
    )  # fmt: skip
    assert (contract.signed_on, contract.signature_way) == (D(2026, 9, 5), "scan")
    due = {(one.authority, one.event, one.due_on) for one in contract.notices.all()}
    assert due == {
        ("urssaf", "signature", D(2026, 9, 13)), ("ft", "signature", D(2026, 9, 13))
    }  # fmt: skip
    host.signed(contract)
    assert contract.notices.count() == 2
    assert TransitionLog.objects.filter(model="cohorts.contract", new="signed").count() == 1


def test_an_issued_contract_is_not_edited(host):
    contract = host.issued()
    for act in (
        lambda: contracts.change_dates(contract=contract, starts_on=D(2026, 9, 8), ends_on=D(2026, 9, 9), **host.who),
        lambda: contracts.answer_points(contract=contract, answers={1: Answer("x")}, files={}, **host.who),
        lambda: host.asked(contract, full_time=True),
    ):  # fmt: skip
        with pytest.raises(Frozen):
            act()
    with pytest.raises(Frozen, match="se termine"):
        contracts.cancel_contract(contract=host.signed(contract), reason="x", **host.who)


def renewed(host, contract, ends_on):
    return host.signed(host.issued(host.renewal(contract, ends_on)), on=D(2026, 11, 24))


def test_two_renewals_then_the_third_is_refused_even_if_all_are_short(host):
    one = renewed(host, host.signed(), D(2026, 12, 20))
    two = renewed(host, one, D(2026, 12, 22))
    assert two.document.kind == "cape_renewal" and "deuxième et dernière" in text_of(two.document)
    with pytest.raises(Refused, match="ne se renouvelle plus"):
        host.renewal(two, D(2026, 12, 24))
    assert Contract.objects.filter(enrolment=host.enrolment).count() == 3


def test_a_renewal_asked_twice_is_one_and_keeps_the_points(host):
    contract = host.signed()
    first = host.renewal(contract, D(2027, 6, 30))
    assert host.renewal(contract, D(2027, 7, 30)) == first
    assert first.points.count() == 8 and first.starts_on == D(2026, 12, 19)
    with pytest.raises(Refused, match="12 mois"):
        contracts.change_dates(
            contract=first, starts_on=first.starts_on, ends_on=D(2027, 12, 19), **host.who
        )


def test_after_its_end_a_contract_is_not_renewed(host):
    contract = host.signed()
    late = host.who | {"at": NOW + dt.timedelta(days=24)}
    with pytest.raises(Refused, match="nouveau contrat"):
        contract_changes.prepare_renewal(contract=contract, ends_on=D(2027, 6, 1), **late)
    issued = host.issued(host.renewal(contract, D(2027, 6, 1)))
    day = D(2026, 12, 19)
    with pytest.raises(Refused, match="avant cette fin"):
        sign_contract(contract=issued, signature=Signature(day, day, proof="Classeur"), **late)


def test_an_amendment_is_written_signed_and_numbered(host):
    contract = host.signed()
    asked = {"subject": "Le local", "text": "Rue Basse.", "in_force_from": D(2026, 12, 1)}
    one = contract_changes.write_amendment(contract=contract, **asked, **host.who)
    assert "Rue Basse." in text_of(one.document) and one.number == 1
    day = D(2026, 11, 24)
    sign_amendment(amendment=one, signature=Signature(day, day, proof="Classeur"), **host.who)
    two = contract_changes.write_amendment(contract=contract, **asked, **host.who)
    contract_changes.cancel_amendment(amendment=two, reason="Non", **host.who)
    two.document.refresh_from_db()
    assert two.number == 2 and two.document.status == "revoked"
    with pytest.raises(Refused, match="hors du contrat"):
        contract_changes.write_amendment(
            contract=contract, **asked | {"in_force_from": D(2027, 1, 1)}, **host.who
        )


def test_an_early_end_says_why_tells_the_authorities_and_drops_the_renewal(host):
    contract = host.signed()
    renewal = renewed(host, contract, D(2027, 6, 30))
    act = {"contract": contract, "ended_on": D(2026, 11, 20), **host.who}
    with pytest.raises(Refused, match="dites pourquoi"):
        contract_changes.end_contract(reason=EndReason.TERM, **act)
    done = contract_changes.end_contract(reason=EndReason.JOB, **act)
    contract_changes.end_contract(reason=EndReason.JOB, **act)
    renewal.refresh_from_db()
    assert (done.ended_on, renewal.state) == (D(2026, 11, 20), "cancelled")
    assert done.notices.filter(event="early_end", state="due").count() == 2
    assert set(renewal.notices.values_list("state", flat=True)) == {"moot"}


def test_a_contract_ends_by_itself_on_its_day_and_nobody_else_is_told(host):
    contract = host.signed()
    assert contract_changes.end_due(at=NOW) == 0
    assert contract_changes.end_due(at=NOW + dt.timedelta(days=24)) >= 1
    contract.refresh_from_db()
    assert (contract.state, contract.ended_on, contract.end_reason) == (
        "ended",
        D(2026, 12, 18),
        "term",
    )
    assert not contract.notices.filter(event="early_end").exists()


def test_pay_counts_an_early_end_and_no_unsigned_renewal(host, people):
    contract = host.signed()
    renewal = host.renewal(contract, D(2027, 6, 30))

    def shares(month):
        return set(sharing_people(people.a.cohort.pk, month, []).values_list("pk", flat=True))

    assert host.enrolment.pk in shares(D(2026, 12, 1)) and host.enrolment.pk not in shares(
        D(2027, 1, 1)
    )
    host.signed(host.issued(renewal), on=D(2026, 11, 24))
    assert host.enrolment.pk in shares(D(2027, 1, 1))
    contract_changes.end_contract(
        contract=contract, ended_on=D(2026, 10, 31), reason=EndReason.PERSON, **host.who
    )
    assert host.enrolment.pk not in shares(D(2026, 11, 1))


def test_the_attestation_of_the_end_follows_the_contract(host, people):
    contract = host.signed()
    contract_changes.end_contract(
        contract=contract, ended_on=D(2026, 11, 20), reason=EndReason.AGREEMENT, **host.who
    )

    def give(day):
        return issue_cape_ends(cohort=people.a.cohort, ends={host.enrolment.pk: day}, **host.who)

    with pytest.raises(Refused, match="n’est pas dans son CAPE"):
        give(D(2026, 12, 18))
    assert "avant le terme prévu" in text_of(give(D(2026, 11, 20))[0])


def test_a_notice_has_its_letter_and_is_sent_with_a_proof(host):
    notice = host.signed().notices.get(authority="urssaf")
    letter = authority_notices.write_letter(notice=notice, **host.who)
    assert authority_notices.write_letter(notice=notice, **host.who) == letter
    text = text_of(letter)
    assert "R5142-1" in text and "4 septembre 2026" in text and letter.subject is None
    for sending, sentence in (
        (Sending(D(2026, 9, 6), SendingWay.EMAIL), "preuve"),
        (Sending(D(2026, 9, 3), SendingWay.EMAIL, "n° 1"), "avant"),
        (Sending(D(2026, 11, 26), SendingWay.EMAIL, "n° 1"), "pas encore venu"),
    ):
        with pytest.raises(Refused, match=sentence):
            authority_notices.record_sending(notice=notice, sending=sending, **host.who)
    done = authority_notices.record_sending(
        notice=notice, sending=Sending(D(2026, 9, 6), SendingWay.REGISTERED, "1A 123"), **host.who
    )
    assert (done.state, done.reference) == ("sent", "1A 123")


def test_an_employment_contract_is_signed_without_points_nor_notices(host):
    Contract.objects.filter(pk=host.first.pk).update(kind="cesa")
    contract = contracts.issue_contracts(contracts=[host.first], **host.who)[0]
    assert contract.document is None
    assert not host.signed(contract).notices.exists()


@pytest.mark.parametrize("days", [30, 15, 7])
def test_an_end_is_mailed_once_to_the_host_and_the_coordinator(people, days, monkeypatch):
    monkeypatch.setattr(contract_alerts, "send", lambda keys: len(keys))
    at = dt.datetime(2026, 12, 18, 9, tzinfo=dt.UTC) - dt.timedelta(days=days)
    assert contract_alerts.write_due(at=at) == 4  # two cohorts, two people each
    assert contract_alerts.write_due(at=at) == 0
    for key in ContractAlert.objects.values_list("pk", flat=True):
        assert contract_alerts.tell(alert_id=key, at=at)
        assert not contract_alerts.tell(alert_id=key, at=at)
    to = sorted(message.to[0] for message in mail.outbox)
    assert to == [f"{name}@exemple.test" for name in ("dalia", "driss", "helene", "hugo")]
    assert "Amina" not in mail.outbox[0].body and "18 décembre 2026" in mail.outbox[0].body


def test_a_renewed_contract_is_not_announced(people):
    for name in ("amina", "bastien", "gael", "chloe"):
        first = people.enrolments[name].contracts.get()
        make.ContractFactory(
            enrolment=first.enrolment, renews=first, signed_on=D(2026, 11, 1),
            starts_on=D(2026, 12, 19), ends_on=D(2027, 6, 1),
        )  # fmt: skip
    assert contract_alerts.write_due(at=NOW) == 0
