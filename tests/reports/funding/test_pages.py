"""Pages of funders: what each seat reads, what a form answers, the list of proofs."""

import uuid
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.waiting import waiting_of
from ct_platform.kit.invariants import all_invariants
from reports.models import FundingLine, FundingShare
from reports.selectors.evidence import evidence_of
from reports.services.funding import dues
from tests.factories import NOW, TODAY
from tests.reports import funding_verbs as funds

pytestmark = pytest.mark.django_db


def typed(people, **more):
    return {
        "submission_key": uuid.uuid4(), "organisation": people.a.partner.pk, "name": "Aide",
        "asked_on": "2026-03-02", "asked_amount": "1 000,00", "aim": "cohorts",
        "cohorts": [people.a.cohort.pk],
    } | more  # fmt: skip


def test_a_request_is_noted_once_and_read_on_its_page(people, enter):
    client, sent = enter("driss"), typed(people)
    for _tap in range(2):
        answer = client.post(reverse("reports:ask_funding"), sent)
    line = FundingLine.objects.get()
    assert answer.url == reverse("reports:funding_line", args=[line.pk])
    page = client.get(answer.url).content.decode()
    assert "1\u00a0000,00\u00a0€" in page and "Le financeur a répondu" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"asked_amount": "beaucoup"}, "montant en chiffres"),
        ({"cohorts": []}, "au moins une cohorte"),
        ({"aim": "operation"}, "quelle opération"),
        ({"asked_on": "2027-01-01"}, "pas encore venue"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_writes_nothing(people, enter, wrong, words):
    answer = enter("driss").post(reverse("reports:ask_funding"), typed(people, **wrong))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not FundingLine.objects.exists()


def test_a_payment_too_large_is_told_on_the_page_of_the_line(people, enter):
    line = funds.agreed(people, "1000.00")
    sent = {
        "submission_key": uuid.uuid4(), "kind": "advance", "amount": "1000,01",
        "received_on": "2026-06-01",
    }  # fmt: skip
    answer = enter("driss").post(reverse("reports:receive_funding", args=[line.pk]), sent)
    assert answer.status_code == 422 and "plus que ce qui est accordé" in answer.content.decode()
    assert not line.receipts.exists()


def test_a_funder_reads_its_lines_and_no_others(people, enter):
    mine = funds.agreed(people, "9000.00", name="La nôtre")
    other = funds.agreed(people, "500.00", by=people.b.partner, number="B", name="Une autre")
    client = enter("elsa")
    page = client.get(reverse("reports:funding")).content.decode()
    assert "La nôtre" in page and "Une autre" not in page and "9\u00a0000,00" in page
    assert client.get(reverse("reports:funding_line", args=[mine.pk])).status_code == 200
    assert client.get(reverse("reports:funding_line", args=[other.pk])).status_code == 404
    own = client.get(reverse("reports:funding_line", args=[mine.pk])).content.decode()
    assert "Noter" not in own


def test_suivi_leads_a_funder_to_its_lines(people, enter):
    address = reverse("reports:funding")
    assert address not in enter("elsa").get(reverse("reports:follow")).content.decode()
    funds.asked(people)
    assert address in enter("elsa").get(reverse("reports:follow")).content.decode()
    assert address not in enter("farid").get(reverse("reports:follow")).content.decode()


def test_following_a_cohort_is_not_paying_for_it(people, enter):
    address = reverse("reports:budget", args=[people.a.cohort.pk])
    assert enter("elsa").get(address).status_code == 404
    funds.asked(people)
    assert enter("elsa").get(address).status_code == 404
    funds.granted(people)
    assert enter("elsa").get(address).status_code == 200
    assert enter("helene").get(address).status_code == 403


def test_what_a_funder_waits_for_waits_on_the_board_of_the_cohorts_it_pays(people):
    line = funds.agreed(people)
    due = funds.due(people, line)
    funds.due(people, line, title="Dans un an", on=funds.D(2027, 11, 1))

    def said():
        found = waiting_of([people.a.cohort], TODAY)[people.a.cohort.pk]
        return [one for one in found if "bilan" in one.title]

    (one,) = said()
    assert one.due_on == due.due_on and "1 bilan" in one.title
    dues.hand_over(due=due, handed_on=TODAY, proof="Dépôt", actor=people.actor("driss"), at=NOW)
    assert said() == []


def test_the_list_of_proofs_counts_what_is_there_and_opens_a_door_to_each_hole(people):
    funds.agreed(people)
    funds.cost(people, "10.00", proof="")
    funds.cost(people, "20.00", proof="Facture 2")
    items = {one.proof.code: one for one in evidence_of([people.a.cohort], TODAY).items}
    assert "emblem" not in items
    assert (items["contracts"].there, items["contracts"].asked) == (3, 3)
    assert (items["questionnaires"].there, items["questionnaires"].asked) == (0, 3)
    assert (items["exits"].there, items["exits"].asked) == (0, 1)
    costs = items["costs"]
    assert (costs.there, costs.asked, costs.missing) == (1, 2, 1)
    assert costs.doors[0].url == reverse("reports:budget", args=[people.a.cohort.pk])


def test_proofs_leave_as_a_workbook_and_an_archive(people, enter):
    operation = funds.an_operation(people)
    line = funds.agreed(people, aim="operation", operation=operation, cohorts=[people.a.cohort.pk])
    funds.paid(people, line, "100.00")
    client = enter("driss")
    page = client.get(reverse("reports:operation_evidence", args=[operation.pk])).content.decode()
    assert "31 décembre 2031" in page and "emblème" in page
    answer = client.get(reverse("reports:operation_evidence_sheet", args=[operation.pk]))
    sheets = load_workbook(BytesIO(answer.content)).sheetnames
    assert sheets == ["Liste", "Personnes", "Papiers"]
    answer = client.get(reverse("reports:operation_evidence_bundle", args=[operation.pk]))
    names = ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()
    assert names[0].startswith("preuves-esf-1") and "manifest.csv" in names


def test_invariants_name_a_line_whose_parts_no_longer_sum(people):
    def breaches():
        return [
            words for one in all_invariants() if one.code.startswith("funding.") for words in one.check()
        ]  # fmt: skip

    line = funds.agreed(people, is_eu=True)
    assert breaches() == [
        f"La cohorte {people.a.cohort.name} est payée par l’Union européenne sans porter son emblème."
    ]
    type(people.a.cohort).objects.update(eu_funded=True)
    assert breaches() == []
    FundingShare.objects.filter(line=line).update(amount="1.00")
    assert len(breaches()) == 1


def test_parts_are_written_on_their_page_for_cohorts_of_the_line_alone(people, enter):
    other = funds.another_cohort(people)
    line = funds.asked(people, "1000.00", cohorts=[people.a.cohort.pk, other.pk])
    address = reverse("reports:share_funding", args=[line.pk])
    driss = enter("driss")
    typed = {
        f"part-{people.a.cohort.pk}": "700",
        f"part-{other.pk}": "300",
        "submission_key": uuid.uuid4(),
    }
    assert driss.post(address, typed).status_code == 302
    kept = dict(FundingShare.objects.filter(line=line).values_list("cohort_id", "amount"))
    assert kept == {people.a.cohort.pk: 700, other.pk: 300}
    # A cohort of another territory has no field: what is posted for it is not read.
    foreign = {f"part-{people.b.cohort.pk}": "300", f"part-{people.a.cohort.pk}": "700"}
    again = driss.post(address, foreign | {"submission_key": uuid.uuid4()})
    assert again.status_code == 422 and "Il reste" in again.content.decode()
    assert not FundingShare.objects.filter(cohort=people.b.cohort).exists()
