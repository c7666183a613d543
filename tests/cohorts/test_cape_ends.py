"""Attestation of the end of a CAPE: the host's, for whose contract ends or ended, once."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cohorts.rules import EndFault, cape_end, cape_end_fault
from cohorts.services.cape_ends import issue_cape_ends
from ct_platform.kit.errors import Refused
from documents import kinds
from documents.models import Document
from documents.services.render import draw
from documents.services.revoke import revoke_document
from tests import factories as make
from tests.factories import NOW

D = dt.date
END = D(2026, 12, 18)


@pytest.fixture
def give(people):
    def issue(ends=None, **changes):
        asked = {
            "cohort": people.a.cohort, "actor": people.actor("helene"), "at": NOW,
            "ends": ends or {people.enrolments["amina"].pk: END},
        }  # fmt: skip
        return issue_cape_ends(**{**asked, **changes})

    return issue


def text_of(document):
    page = PdfReader(io.BytesIO(draw(document))).pages[0]
    return " ".join(page.extract_text().replace("\xa0", " ").split())


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [
        (None, END),
        (D(2026, 10, 1), D(2026, 10, 1)),
        (D(2027, 1, 5), END),
        (D(2026, 9, 1), D(2026, 9, 7)),
    ],
)
def test_a_cape_ends_as_planned_or_when_its_holder_left(left_on, expected):
    assert cape_end([(D(2026, 9, 7), END)], left_on) == expected


@pytest.mark.parametrize(
    ("ended_on", "fault"),
    [
        (END, None),
        (D(2026, 9, 7), None),
        (D(2026, 9, 6), EndFault.OUTSIDE),
        (D(2026, 12, 19), EndFault.OUTSIDE),
    ],
)
def test_the_last_day_lies_within_the_terms(ended_on, fault):
    assert cape_end_fault([(D(2026, 9, 7), END)], ended_on, D(2026, 11, 25)) == fault


def test_a_month_ahead_is_the_earliest_and_no_term_is_no_end():
    terms = [(D(2026, 9, 7), END)]
    assert cape_end_fault(terms, END, D(2026, 11, 17)) is None
    assert cape_end_fault(terms, END, D(2026, 11, 16)) is EndFault.TOO_EARLY
    assert cape_end_fault([], END, END) is EndFault.NO_TERM


def test_it_says_parties_dates_terms_and_what_it_is_not(people, give):
    paper = give()[0]
    text = text_of(paper)
    for words in (
        "Le Ferment", "732 829 320 00074", "Amina Sarr", "7 septembre 2026", "18 décembre 2026",
        "Contrat initial", "Les Racines du Plateau", "L127-1 à L127-7", "n’est pas un certificat de travail",
        "qui se termine le",
    ):  # fmt: skip
        assert words in text, words
    for word in ("salaire", "employeur", "licenciement", "1990"):
        assert word not in text.lower()
    assert (paper.issuer_key, paper.subject) == (people.a.host.pk, people.amina)


def test_who_left_early_has_the_day_of_the_end_and_never_its_reason(people, give):
    gael = people.enrolments["gael"]
    type(gael).objects.filter(pk=gael.pk).update(left_reason="personal")
    text = text_of(give({gael.pk: D(2026, 10, 1)})[0])
    assert "terminé le 1er octobre 2026" in text and "avant le terme prévu" in text
    assert "personnelle" not in text


def test_renewals_are_terms_of_their_own(people, give):
    amina = people.enrolments["amina"]
    make.ContractFactory(
        enrolment=amina, renews=amina.contracts.get(),
        starts_on=D(2026, 12, 19), ends_on=D(2026, 12, 24), signed_on=D(2026, 11, 24),
    )  # fmt: skip
    text = text_of(give({amina.pk: D(2026, 12, 24)})[0])
    assert "Renouvellement n° 1" in text and "24 décembre 2026" in text


def test_the_same_day_again_is_the_same_paper_another_day_replaces_it(people, give):
    amina = people.enrolments["amina"].pk
    first = give()[0]
    assert give() == [first]
    second = give({amina: D(2026, 11, 30)})[0]
    first.refresh_from_db()
    assert (first.status, first.replaced_by) == ("replaced", second)
    assert give({amina: D(2026, 11, 30)}) == [second]
    assert Document.objects.filter(kind="cape_end").count() == 2


def test_after_a_revocation_it_is_given_again(people, give):
    first = give()[0]
    revoke_document(document=first, reason="Erreur", actor=people.actor("helene"), at=NOW)
    assert give()[0] != first


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(D(2026, 9, 1), "n’est pas dans son CAPE"), (D(2027, 1, 1), "n’est pas dans son CAPE")],
)
def test_a_day_outside_is_refused_and_nobody_gets_a_paper(people, give, day, sentence):
    ends = {people.enrolments["bastien"].pk: END, people.enrolments["amina"].pk: day}
    with pytest.raises(Refused, match=sentence):
        give(ends)
    assert not Document.objects.filter(kind="cape_end").exists()


def test_a_wage_has_no_such_paper(people, give):
    people.enrolments["amina"].contracts.update(kind="cdd")
    assert give() == []


def test_people_of_another_cohort_are_left_out(people, give):
    assert give({people.enrolments["chloe"].pk: END}) == []


def test_the_check_page_learns_the_dates_and_no_name(people, give):
    facts = kinds.get("cape_end").public_facts(give()[0].snapshot)
    assert [fact.value for fact in facts] == [
        "Les Racines du Plateau", "du 7 septembre au 18 décembre 2026",
    ]  # fmt: skip


def address(people, name="cape_ends", **more):
    return reverse(f"cohorts:{name}", kwargs={"cohort_id": people.a.cohort.pk, **more})


def test_the_host_ticks_people_and_gives_them_their_paper(people, enter):
    client, gael = enter("helene"), people.enrolments["gael"].pk
    page = client.get(address(people)).content.decode()
    assert f'name="fin-{gael}" value="2026-10-01"' in page
    answer = client.post(
        address(people), {"people": [gael], f"fin-{gael}": "2026-10-02"}, follow=True
    )
    assert "1 attestation est émise" in answer.content.decode()
    paper = Document.objects.get(kind="cape_end")
    assert paper.subject == people.gael and paper.snapshot["ended_on"] == "2026-10-02"
    mine = enter("gael").get(reverse("documents:mine")).content.decode()
    assert "Attestation de fin de CAPE" in mine


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({}, "Choisissez au moins une personne"), ({"fin": ""}, "Écrivez le dernier jour"),
     ({"fin": "2026-13-40"}, "Écrivez le dernier jour"), ({"fin": "2027-02-01"}, "n’est pas dans son CAPE")],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(people, enter, sent, sentence):
    amina = people.enrolments["amina"].pk
    typed = {"people": [amina], f"fin-{amina}": sent["fin"]} if sent else {}
    answer = enter("helene").post(address(people), typed)
    page = answer.content.decode()
    assert sentence in page
    assert not Document.objects.filter(kind="cape_end").exists()
    if sent:
        assert f'value="{sent["fin"]}"' in page


def test_a_preview_leaves_no_trace(people, enter):
    answer = enter("helene").get(
        address(people, "cape_end_preview", enrolment_id=people.enrolments["amina"].pk)
    )
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Aperçu, sans valeur" in text and "scannez" not in text
    assert not Document.objects.filter(kind="cape_end").exists()


@pytest.mark.parametrize(("name", "status"), [("driss", 403), ("hugo", 404), ("amina", 403)])
def test_nobody_else_gives_it(people, enter, name, status):
    amina = people.enrolments["amina"].pk
    answer = enter(name).post(address(people), {"people": [amina], f"fin-{amina}": "2026-12-18"})
    assert answer.status_code == status
    assert not Document.objects.filter(kind="cape_end").exists()
