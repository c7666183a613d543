"""Every paper of mine in one file: whole, named, listed, and nobody else's."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from documents.models import Document

DOOR = "/mes-papiers/tout/"


def opened(answer) -> zipfile.ZipFile:
    assert answer.status_code == 200
    assert answer.streaming
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_my_ready_papers_under_readable_names_with_a_list(enter, drawn, issue):
    october = drawn("amina", title="Bulletin d’octobre", number="2026-R-00041")
    drawn("amina", title="Bulletin de novembre", number="2026-R-00042", effect_key="sample:2")
    issue("amina", title="Pas encore prêt", effect_key="sample:3")
    drawn("bastien", title="Bulletin de Bastien", number="2026-R-00043", effect_key="sample:4")
    answer = enter("amina").get(DOOR)
    assert answer.headers["Content-Type"] == "application/zip"
    assert 'filename="mes-papiers-2026-11-25.zip"' in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    archive = opened(answer)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "essai-2026-R-00041.pdf", "essai-2026-R-00042.pdf", "LISEZ-MOI.txt", "liste.csv",
    ]  # fmt: skip
    assert archive.read("essai-2026-R-00041.pdf") == october.file.read()
    text = archive.read("LISEZ-MOI.txt").decode("utf-8-sig")
    assert "2 papiers" in text and "Bulletin d’octobre" in text and "Bastien" not in text
    table = list(
        csv.reader(io.StringIO(archive.read("liste.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert [row[0] for row in table[1:]] == archive.namelist()[:2]
    assert table[1][-1] == october.sha256


def test_two_papers_of_one_name_are_told_apart(enter, drawn):
    first = drawn("amina", number="2026-R-00041")
    second = drawn("amina", number="", effect_key="sample:2")
    Document.objects.filter(pk=second.pk).update(snapshot=first.snapshot)
    names = opened(enter("amina").get(DOOR)).namelist()
    assert len(set(names)) == len(names) == 4


def test_a_lost_file_is_said_and_the_others_still_arrive(enter, drawn):
    drawn("amina", title="Celui-ci", number="2026-R-00041")
    lost = drawn("amina", title="Celui-là", number="2026-R-00042", effect_key="sample:2")
    lost.file.storage.delete(lost.file.name)
    archive = opened(enter("amina").get(DOOR))
    assert "essai-2026-R-00042.pdf" not in archive.namelist()
    assert "fichier absent" in archive.read("LISEZ-MOI.txt").decode("utf-8-sig")


def test_a_title_that_looks_like_a_formula_stays_text(enter, drawn):
    drawn("amina", title='=1+1"', number="2026-R-00041")
    table = opened(enter("amina").get(DOOR)).read("liste.csv").decode("utf-8-sig")
    assert '"\'=1+1"""' in table


def test_without_a_paper_it_goes_back_to_the_list(enter, people):
    answer = enter("amina").get(DOOR)
    assert (answer.status_code, answer.url) == (302, reverse("documents:mine"))


def test_who_left_takes_their_papers_and_is_reminded(enter, drawn):
    drawn("gael", number="2026-R-00041")
    gael = enter("gael")
    page = gael.get(reverse("documents:mine")).content.decode()
    assert "Garde tes papiers." in page and DOOR in page
    assert "essai-2026-R-00041.pdf" in opened(gael.get(DOOR)).namelist()


@pytest.mark.parametrize("state", ["closing", "archived"])
def test_everybody_is_reminded_when_the_cohort_ends(enter, drawn, people, state):
    drawn("amina")
    amina = enter("amina")
    assert "Garde tes papiers." not in amina.get(reverse("documents:mine")).content.decode()
    type(people.a.cohort).objects.filter(pk=people.a.cohort.pk).update(state=state)
    assert "Garde tes papiers." in amina.get(reverse("documents:mine")).content.decode()
    assert opened(amina.get(DOOR)).namelist()


def test_staff_take_their_own_papers_only(enter, drawn):
    drawn("amina")
    for name in ("driss", "helene", "bastien"):
        assert enter(name).get(DOOR).status_code == 302, name


def test_it_costs_few_queries(enter, drawn, django_assert_max_num_queries):
    drawn("amina")
    amina = enter("amina")
    amina.get(DOOR)
    with django_assert_max_num_queries(6):
        b"".join(amina.get(DOOR).streaming_content)
