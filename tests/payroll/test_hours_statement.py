"""Relevé d'heures: one per person and pay, what was counted, who confirmed, over as many pages as needed."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from documents import kinds
from documents.models import Document
from documents.services.render import draw
from payroll.services.runs import issue_run
from tests.factories import NOW
from tests.payroll.scene import set_scene


def statement(people, name="amina") -> Document:
    return Document.objects.get(kind="hours_statement", subject=people.persons[name])


def pages_of(document) -> list[str]:
    pages = PdfReader(io.BytesIO(draw(document))).pages
    return [" ".join(page.extract_text().replace("\xa0", " ").split()) for page in pages]


def test_each_person_gets_what_the_pay_counted_for_them_and_nothing_of_others(people):
    scene = set_scene(people)
    scene.work("amina", 60, day=dt.date(2026, 11, 9), kind="meeting", note="Bilan du marché")
    scene.work("amina", 45, day=dt.date(2026, 11, 10), confirmed=False)
    scene.issued()

    shot = statement(people).snapshot
    assert [(one["day"], one["minutes"], one["kind"]) for one in shot["entries"]][-2:] == [
        ("2026-11-06", 210, "production"),
        ("2026-11-09", 60, "meeting"),
    ]
    assert sum(one["minutes"] for one in shot["entries"]) == 2670 == shot["counted"]
    assert {one["confirmed_on"] for one in shot["entries"]} == {"2026-11-25"}
    assert sum(one["minutes"] for one in statement(people, "bastien").snapshot["entries"]) == 1260


def test_who_worked_no_hour_is_told_so(people):
    scene = set_scene(people)
    people.enrolments["bastien"].work_entries.all().delete()
    scene.issued()
    assert "Aucune heure confirmée" in pages_of(statement(people, "bastien"))[0]


def test_kinds_the_rule_leaves_out_are_printed_and_said_to_be_left_out(people):
    scene = set_scene(people, kind="hours")
    scene.rule.counted_kinds = ["production"]
    scene.rule.save()
    scene.work("amina", 60, day=dt.date(2026, 11, 9), kind="training")
    scene.issued()
    text = pages_of(statement(people))[0]
    assert "hors partage" in text and "la règle ne compte pas ces heures" in text
    assert "Heures confirmées 44 h 30" in text
    assert "Heures comptées dans le partage 43 h 30" in text


def test_late_hours_are_marked_as_those_of_an_earlier_month(people):
    scene = set_scene(people)
    scene.work("amina", 30, day=dt.date(2026, 10, 28))
    scene.issued()
    text = pages_of(statement(people))[0]
    assert "Mercredi 28 octobre *" in text and "Heures d’un mois précédent" in text


def test_many_entries_take_several_pages_each_with_the_heads(people):
    scene = set_scene(people)
    for number in range(90):
        scene.work(
            "amina", 10, day=dt.date(2026, 11, 1 + number % 24), note=f"Tâche {number}, au marché"
        )
    scene.issued()
    pages = pages_of(statement(people))
    assert len(pages) >= 3
    tables = [page for page in pages if "Tâche" in page]
    assert all("Jour Travail Nature Durée Confirmé par, le" in page for page in tables)
    assert sum(page.count("Tâche ") for page in pages) == 90


@pytest.mark.parametrize("eu", [True, False])
def test_the_emblem_and_the_signatures_stand_on_a_co_financed_one_only(people, eu):
    people.a.cohort.eu_funded = eu
    people.a.cohort.save(update_fields=["eu_funded"])
    set_scene(people).issued()
    text = pages_of(statement(people))[0]
    assert ("l’Union européenne" in text) is eu
    assert ("Amina Sarr, signature" in text) is eu


def test_issuing_twice_gives_one_statement(people):
    scene = set_scene(people)
    run = scene.issued()
    issue_run(run=run, actor=scene.helene, at=NOW)
    assert Document.objects.filter(kind="hours_statement").count() == 2


def test_the_check_page_learns_hours_and_month_and_no_name(people):
    set_scene(people).issued()
    facts = kinds.get("hours_statement").public_facts(statement(people).snapshot)
    assert [fact.value for fact in facts] == [
        "Les Racines du Plateau", "novembre 2026", "43\u00a0h\u00a030",
    ]  # fmt: skip
