import datetime as dt

import pytest

from documents import kinds
from documents.models import Document
from projects.services import work
from projects.services.attestations import issue_participation
from tests.factories import NOW, EnrolmentFactory, ProjectFactory, WorkEntryFactory
from tests.projects.verbs import confirm, note


def issue(people, *names, batch="payrun:7", **more):
    return issue_participation(
        enrolments=[people.enrolments[name] for name in names],
        batch=batch,
        cohort=people.a.cohort,
        actor=people.actor("driss"),
        at=NOW,
        **more,
    )


def test_it_photographs_dates_places_and_verified_hours_by_kind(people):
    confirm(
        people,
        "bastien",
        note(people, "amina"),
        note(people, "amina", minutes=60, kind="meeting"),
    )
    note(people, "amina", minutes=45)  # nobody confirmed these

    paper = issue(people, "amina")[0]

    shot = paper.snapshot
    assert [(row["kind"], row["minutes"]) for row in shot["hours"]] == [
        ("production", 210),
        ("meeting", 60),
    ]
    assert shot["projects"] == ["Cuisine, La Grande Marmite"]
    assert (shot["from"], shot["to"]) == ("2026-09-07", "2026-11-25")
    assert (shot["host"]["name"], shot["coordinators"]) == ("Le Ferment", ["Driss Marchal"])
    assert shot["partners"] == ["Chambre de Valbrune"]
    assert (paper.issuer_key, paper.subject) == (people.a.host.pk, people.amina)
    assert paper.effect_key == f"participation:{people.enrolments['amina'].pk}:payrun:7"


def test_who_left_gets_one_that_ends_on_the_day_they_left(people):
    assert issue(people, "gael")[0].snapshot["to"] == "2026-10-01"


def test_it_leaves_out_people_of_another_cohort(people):
    papers = issue(people, "amina", "chloe")

    assert [paper.subject for paper in papers] == [people.amina]
    assert Document.objects.count() == 1


def test_issuing_twice_gives_the_same_paper(people):
    assert issue(people, "amina") == issue(people, "amina")
    assert issue(people, "amina", batch="payrun:8") != issue(people, "amina")


def test_the_check_page_repeats_hours_and_dates_and_never_a_name(people):
    confirm(people, "bastien", note(people, "amina"))

    facts = kinds.get("participation").public_facts(issue(people, "amina")[0].snapshot)

    assert [fact.value for fact in facts] == [
        "Les Racines du Plateau",
        "du 7 septembre au 25 novembre 2026",
        "3\u00a0h\u00a030",
    ]
    assert not any("Amina" in fact.value or "Sarr" in fact.value for fact in facts)


def test_the_pdf_is_one_page_and_says_what_it_is_not(
    people, django_capture_on_commit_callbacks, pdf_text
):
    confirm(people, "bastien", note(people, "amina", day=dt.date(2026, 11, 24)))

    with django_capture_on_commit_callbacks(execute=True):
        paper = issue(people, "amina")[0]

    paper.refresh_from_db()
    pages = pdf_text(paper)
    assert len(pages) == 1
    assert "Amina Sarr" in pages[0]
    assert "n’est pas un certificat de travail" in pages[0]
    assert "CAPE" in pages[0]
    assert "l’Union européenne" not in pages[0]


def test_the_emblem_stands_on_the_papers_of_a_co_financed_cohort(
    people, django_capture_on_commit_callbacks, pdf_text
):
    people.a.cohort.eu_funded = True
    people.a.cohort.save(update_fields=["eu_funded"])

    with django_capture_on_commit_callbacks(execute=True):
        paper = issue(people, "amina")[0]

    paper.refresh_from_db()
    assert "l’Union européenne" in pdf_text(paper)[0]


@pytest.fixture
def pdf_text():
    from pypdf import PdfReader

    def read(document):
        with document.file.open("rb") as file:
            return [" ".join(page.extract_text().split()) for page in PdfReader(file).pages]

    return read


def test_it_costs_the_same_for_one_person_and_for_thirty(people, django_assert_max_num_queries):
    kitchen = ProjectFactory(cohort=people.a.cohort)
    rows = EnrolmentFactory.create_batch(30, cohort=people.a.cohort)
    for row in rows:
        WorkEntryFactory(enrolment=row, project=kitchen, confirmed=True)
    driss = people.actor("driss")

    with django_assert_max_num_queries(20):
        papers = issue_participation(
            enrolments=rows, batch="b", cohort=people.a.cohort, actor=driss, at=NOW
        )

    assert len(papers) == 30


def test_it_knows_nothing_of_struck_out_hours(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=NOW)

    assert issue(people, "amina")[0].snapshot["hours"] == []
