"""check_consistency sees what must never be: a gap, a lost file, a changed byte, a broken chain."""

import pytest

from documents import invariants
from documents.models import Counter, Document, Rendering
from documents.services.numbers import take_numbers
from documents.services.replace import replace_document
from tests.documents.samples import SNAPSHOT


@pytest.fixture
def sound(drawn, people, at):
    """Two numbered papers, one of them replaced: nothing to say."""
    first, second = take_numbers(issuer_key=people.a.host.pk, series="R", year=2026, count=2)
    drawn("amina", number=first)
    old = drawn("bastien", number=second)
    (third,) = take_numbers(issuer_key=people.a.host.pk, series="R", year=2026, count=1)
    replace_document(document=old, snapshot=SNAPSHOT, number=third, actor=None, at=at)
    return old


CHECKS = [
    invariants.numbers_are_gapless,
    invariants.every_paper_has_its_rendering,
    invariants.stored_files_are_unaltered,
    invariants.done_renderings_have_a_file,
    invariants.chains_end_at_one_paper,
    invariants.codes_are_unique_in_snapshots,
]


def breaches() -> list[str]:
    return [sentence for check in CHECKS for sentence in check()]


def test_it_has_nothing_to_say_of_sound_papers(sound):
    assert breaches() == []


def test_it_sees_a_number_taken_and_not_used(sound):
    Counter.objects.update(last=4)
    assert [s for s in breaches() if "2026-R-00004 manque" in s]


def test_it_sees_a_number_nobody_took(sound):
    Document.objects.filter(number="2026-R-00003").update(number="2026-R-00009")
    found = breaches()
    assert any("2026-R-00003 manque" in s for s in found)
    assert any("2026-R-00009 est hors de sa série" in s for s in found)


def test_it_sees_a_file_that_is_gone(sound):
    sound.file.storage.delete(sound.file.name)
    assert breaches() == [f"Le fichier du papier {sound.pk} manque."]


def test_it_sees_a_file_that_changed(sound):
    with open(sound.file.path, "ab") as file:
        file.write(b"x")
    assert breaches() == [f"Le fichier du papier {sound.pk} a changé depuis qu’il a été fait."]


def test_it_sees_a_paper_that_will_never_be_drawn(issue):
    paper = issue("amina")
    Rendering.objects.filter(document=paper).delete()
    assert "n’a pas de ligne de rendu" in breaches()[0]


def test_it_sees_a_paper_said_done_without_a_file(issue):
    paper = issue("amina")
    Rendering.objects.filter(document=paper).update(status="done")
    assert breaches() == [f"Le papier {paper.pk} est dit fait, mais n’a pas de fichier."]


def test_it_sees_a_replacement_of_another_kind(sound):
    Document.objects.filter(number="2026-R-00003").update(kind="autre")
    assert len(breaches()) == 1
