"""An assembly calls on paper whoever has neither phone nor mail, with the facts of its notices."""

import datetime as dt

import pytest
from django.urls import reverse

from decisions.services import assemblies
from documents.models import Document
from tests.factories import NOW


@pytest.fixture
def assembly(people):
    return assemblies.convene(
        cohort=people.a.cohort,
        starts_at=NOW + dt.timedelta(days=3),
        place="Salle des Halles",
        word="Venez nombreux.",
        points=["Le local", "Le marché"],
        actor=people.actor("driss"),
        at=NOW,
    )


def test_the_letter_has_the_points_in_their_order_and_no_word_of_employment(
    people, assembly, enter
):
    client = enter("driss")
    page = reverse("decisions:convocations", args=[assembly.pk])
    sheet = client.get(reverse("decisions:assembly", args=[assembly.pk])).content.decode()
    assert page in sheet
    own = people.enrolments["amina"].pk
    assert client.post(page, {"people": [own]}).status_code == 302
    letter = Document.objects.get(kind="convocation")
    assert letter.snapshot["agenda"] == ["Le local", "Le marché"]
    assert letter.snapshot["word"] == "Venez nombreux."
    assert letter.snapshot["law"] == ""
    printed = client.get(reverse("decisions:print_convocations", args=[assembly.pk]))
    assert printed.content.startswith(b"%PDF")


def test_who_left_is_not_called(people, assembly, enter):
    page = reverse("decisions:convocations", args=[assembly.pk])
    assert "Gaël" not in enter("driss").get(page).content.decode()


def test_nothing_to_print_says_so(people, assembly, enter):
    answer = enter("driss").get(
        reverse("decisions:print_convocations", args=[assembly.pk]), follow=True
    )
    assert "pas encore de convocation" in answer.content.decode()
