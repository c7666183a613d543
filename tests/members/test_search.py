"""Searching: each seat finds what is theirs; the same role elsewhere finds nothing, and no hint of it."""

import datetime as dt
import logging
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import Application, Session
from ct_platform.kit.middleware import HideKeys
from documents.models import Document
from members.models import Person
from members.rules import fold, search_key
from members.spelling import pattern_of
from projects.enums import OrderState
from projects.models import Offer, Order, Quote, Task
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.payroll.scene import set_scene
from tests.projects.issued import issued_invoice


def ask(client, words: str) -> str:
    answer = client.get(reverse("members:search"), {"q": words})
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page[page.index("</form>", page.index("chercher-ici")) :]


def named(people, first: str, last: str, world=None, **more):
    person = make.PersonFactory(
        first_name=first, last_name=last, search_key=search_key(first, last), **more
    )
    cohort = (world or people.a).cohort
    return make.EnrolmentFactory(cohort=cohort, person=person)


@pytest.fixture
def thing_of_each_sort(people):
    """One of everything that can be found, in both worlds, all of them named "Bêche"."""
    for world, name in ((people.a, "driss"), (people.b, "dalia")):
        mark = f"Bêche de {name}"
        named(people, "Bêche", name.capitalize(), world)
        make.CohortFactory(territory=world.territory, host=world.host, name=f"{mark}, cohorte")
        project, by = make.ProjectFactory(cohort=world.cohort), people.persons[name]
        make.SaleFactory(project=project, label=f"{mark}, vente", recorded_by=by)
        issued_invoice(project, ("100.00", "20"), title=f"{mark}, facture")
        Quote.objects.create(
            cohort=world.cohort, customer=make.CustomerFactory(cohort=world.cohort),
            title=f"{mark}, devis", written_by=by,
        )  # fmt: skip
        Task.objects.create(
            cohort=world.cohort, title=f"{mark}, tâche", day=TODAY, starts=dt.time(8),
            ends=dt.time(12), needed=3, created_by=by,
        )  # fmt: skip
        offer = Offer.objects.create(
            project=project, title=f"{mark}, offre", unit_price=12, quantity=9, starts_on=TODAY,
            ends_on=TODAY, order_until=TODAY, written_by=by,
        )  # fmt: skip
        for state in (OrderState.TAKEN, OrderState.CANCELLED):
            Order.objects.create(
                offer=offer, name=f"{mark}, commande {state}", quantity=1, day=TODAY, taken_by=by,
                state=state,
            )  # fmt: skip
        Session.objects.create(
            cohort=world.cohort, kind="training", title=f"{mark}, séance", place="Salle", day=TODAY,
            created_by=people.persons[name],
        )  # fmt: skip
        Application.objects.create(
            key=uuid.uuid4(), cohort=world.cohort, first_name="Bêche", last_name=f"Candidat {name}",
            phone="+33639980012",
        )  # fmt: skip
        from decisions.services.proposals import write_proposal

        write_proposal(
            cohort=world.cohort, title=f"{mark}, proposition", effect_code="sharing_rule",
            effect_settings={"counted_kinds": [], "in_force_from": "2026-12-01"},
            actor=people.actor(name), at=NOW,
        )  # fmt: skip


def test_a_coordinator_finds_everything_of_their_territory_and_nothing_of_another(
    people, enter, thing_of_each_sort
):
    found = ask(enter("driss"), "beche")
    for sort in (
        "cohorte", "vente", "séance", "proposition", "facture", "devis", "tâche", "commande taken",
    ):  # fmt: skip
        assert f"Bêche de driss, {sort}" in found
    assert "commande cancelled" not in found
    assert "Bêche Driss" in found
    assert "Candidat driss" in found
    assert "dalia" not in found.lower()


def test_the_coordinator_next_door_finds_theirs_and_not_ours(people, enter, thing_of_each_sort):
    found = ask(enter("dalia"), "beche")
    assert "Bêche de dalia, vente" in found
    assert "driss" not in found.lower()


def test_nothing_outside_is_counted_or_hinted_at(people, enter):
    """The page for a name known elsewhere is the page for a name nobody bears."""
    named(people, "Ophélie", "Introuvable", people.b)
    found = ask(enter("driss"), "Introuvable").replace("Introuvable", "")
    nobody = ask(enter("driss"), "Zzyzx").replace("Zzyzx", "")
    assert found == nobody
    # Nor by a spelling close to it.
    assert ask(enter("driss"), "Introuvabla") == nobody


def test_a_host_finds_its_own_people_by_name_and_not_by_phone(people, enter):
    named(people, "Amédée", "Logé", phone="+33639981234")
    assert "Amédée Logé" in ask(enter("helene"), "amedee")
    assert "Amédée" not in ask(enter("hugo"), "amedee")
    assert "Amédée" not in ask(enter("helene"), "06 39 98 12 34")


def test_a_host_opens_contracts_and_no_path(people, enter):
    page = ask(enter("helene"), "Amina")
    assert reverse("cohorts:contracts", args=[people.a.cohort.pk]) in page
    assert (
        reverse("cohorts:path", args=[people.a.cohort.pk, people.enrolments["amina"].pk])
        not in page
    )


def test_a_partner_finds_groups_and_never_a_person(people, enter):
    assert "Les Racines du Plateau" in ask(enter("elsa"), "racines")
    assert "Les Racines du Plateau" not in ask(enter("farid"), "racines")
    for name in ("Amina", "Sarr", "Chloé"):
        assert "Rien trouvé" in ask(enter("elsa"), name)


def test_the_network_finds_groups_and_never_a_person(people, enter):
    assert "La Marmite" in ask(enter("nora"), "marmite")
    assert "Rien trouvé" in ask(enter("nora"), "Amina")


def test_a_cooperant_finds_a_colleague_by_used_name_only(people, enter):
    named(people, "Jean-Baptiste", "Dupré", used_name="Bébert", phone="+33639981234")
    assert "Bébert" in ask(enter("amina"), "bebert")
    for words in ("Dupré", "Baptiste", "06 39 98 12 34"):
        assert "Bébert" not in ask(enter("amina"), words)
    found = ask(enter("amina"), "bebert")
    assert "Dupré" not in found
    assert "Bébert" not in ask(enter("chloe"), "bebert")


def test_a_cooperant_does_not_find_who_left_nor_who_is_only_selected(people, enter):
    assert "Gaël" not in ask(enter("amina"), "gael")
    waits = named(people, "Sidonie", "Attente")
    type(waits).objects.filter(pk=waits.pk).update(state="selected")
    assert "Sidonie" not in ask(enter("amina"), "sidonie")


def test_a_cooperant_finds_their_own_papers_and_nobody_else_s(people, enter):
    set_scene(people).issued()
    paper = Document.objects.get(kind="payslip", subject=people.amina)
    assert paper.number in ask(enter("amina"), "bulletin")
    assert paper.number in ask(enter("amina"), paper.number.lower())
    other = Document.objects.get(kind="payslip", subject=people.bastien)
    assert other.number not in ask(enter("amina"), "bulletin")
    assert "Rien trouvé" in ask(enter("amina"), other.number)


def test_a_paper_is_found_by_its_number_by_the_seats_that_open_it(people, enter):
    """A coordinator never opens a slip: its number finds them nothing."""
    set_scene(people).issued()
    number = Document.objects.get(kind="payslip", subject=people.amina).number
    assert number in ask(enter("helene"), number.replace("-", " "))
    assert "Rien trouvé" in ask(enter("hugo"), number)
    assert "Rien trouvé" in ask(enter("driss"), number)


def test_a_coopérant_finds_no_cohort_proposal_nor_sale(people, enter, thing_of_each_sort):
    found = ask(enter("amina"), "beche")
    for sort in ("cohorte", "vente", "séance", "proposition", "Candidat", "devis", "facture"):
        assert f"Bêche de driss, {sort}" not in found


def test_a_coopérant_finds_the_work_of_their_cohort_and_opens_it(people, enter, thing_of_each_sort):
    amina = enter("amina")
    found = ask(amina, "beche")
    assert "Bêche de driss, tâche" in found and "Bêche de driss, commande taken" in found
    assert "dalia" not in found.lower()
    urls = re.findall(r'href="(/(?:taches|activites)/[^"]+)"', found)
    assert len(urls) == 2
    for url in urls:
        assert "Bêche de driss" in amina.get(url).content.decode()


def test_a_host_finds_its_invoices_and_no_quote_nor_task(people, enter, thing_of_each_sort):
    found = ask(enter("helene"), "beche")
    assert "Bêche de driss, facture" in found
    for sort in ("devis", "tâche", "commande"):
        assert f"Bêche de driss, {sort}" not in found
    assert "dalia, facture" not in found


@pytest.mark.parametrize(
    "typed",
    ["Émilie Lefèvre", "emilie lefevre", "LEFEVRE Emilie", "lefev", "Lefèvre-Émilie", "Mimi"],
)
def test_a_person_is_found_however_the_name_is_typed(people, enter, typed):
    named(people, "Émilie", "Lefèvre", used_name="Mimi")
    assert "Mimi Lefèvre" in ask(enter("driss"), typed)


@pytest.mark.parametrize("typed", ["benali", "ben ali", "Ben-Ali", "BENALI karim", "karim ben ali"])
def test_a_name_in_one_word_or_in_two_is_the_same(people, enter, typed):
    named(people, "Karim", "Ben Ali")
    named(people, "Karim", "Benali")
    found = ask(enter("driss"), typed)
    assert "Karim Ben Ali" in found
    assert ("Karim Benali" in found) == (typed != "")


@pytest.mark.parametrize("typed", ["Mohamed Keita", "Mohammed Keitta", "Mohammde Keita"])
def test_a_name_one_letter_away_is_offered_and_says_so(people, enter, typed):
    named(people, "Mohammed", "Keita")
    found = ask(enter("driss"), typed)
    assert "Mohammed Keita" in found
    assert "s’écrit presque pareil" in found


@pytest.mark.parametrize(
    "typed", ["06 39 98 12 34", "0639981234", "+33 6 39 98 12 34", "98 12 34", "06.39.98.12.34"]
)
def test_a_phone_finds_its_person_however_it_is_typed(people, enter, typed):
    named(people, "Joignable", "Partout", phone="+33639981234")
    assert "Joignable Partout" in ask(enter("driss"), typed)
    assert "Joignable Partout" not in ask(enter("dalia"), typed)


def test_three_digits_find_nobody_by_phone(people, enter):
    named(people, "Joignable", "Partout", phone="+33639981234")
    assert "Joignable" not in ask(enter("driss"), "123")


def test_one_letter_is_not_searched(people, enter):
    assert "au moins 2" in ask(enter("driss"), "a")


def test_no_more_than_eight_of_a_sort_are_shown_and_their_number_is_not(people, enter):
    for n in range(12):
        named(people, f"Prénom{n}", "Multiple")
    found = ask(enter("driss"), "multiple")
    assert found.count("Multiple") == 8
    assert "Il y en a d’autres" in found
    assert "12" not in found


def test_a_very_long_question_is_cut(people, enter):
    assert "Rien trouvé" in ask(enter("driss"), "z" * 5000)


def test_wildcards_of_the_database_are_letters_like_others(people, enter):
    for typed in ("%%%", "__", "a%b", "'; --"):
        assert "Sarr" not in ask(enter("driss"), typed)


def test_who_searches_without_end_is_asked_to_wait(people, enter):
    client = enter("driss")
    for _ in range(60):
        client.get(reverse("members:search"), {"q": "sarr"})
    answer = client.get(reverse("members:search"), {"q": "sarr"})
    assert answer.status_code == 429
    assert "Sarr" not in answer.content.decode().replace('value="sarr"', "")
    # Each counts for themself.
    assert "Chloé" in ask(enter("dalia"), "chloe")


def test_what_was_typed_is_in_no_line_of_the_log(people, enter, caplog):
    with caplog.at_level(logging.DEBUG):
        ask(enter("driss"), "Mohamed Confidentiel")
    assert "Confidentiel" not in caplog.text
    record = logging.LogRecord(
        "gunicorn.access", logging.INFO, "", 1,
        '"GET /recherche/?q=Mohamed+Confidentiel&page=2 HTTP/1.1" 200', (), None,
    )  # fmt: skip
    assert HideKeys().filter(record)
    assert "Confidentiel" not in record.getMessage()
    assert "page=2" in record.getMessage()


@pytest.mark.parametrize(
    "text",
    ["Émilie", "L’Œuvre d’Ève", "Ben-Ali", "ÇA ET LÀ", "Łódź", "Straße", "Nguyễn", "e\u0301te\u0301",
     "A.B.C. (x) « y »", "Šimůnek", "", "123 rue"],
)  # fmt: skip
def test_the_database_folds_as_the_house_does(db, text):
    """What the house takes for the same word, the database finds."""
    make.PersonFactory(first_name="x", last_name=f"avant {text} après")
    for word in fold(text).split():
        assert Person.objects.filter(last_name__regex=pattern_of(word)).exists(), word
    assert not Person.objects.filter(last_name__regex=pattern_of("zyx")).exists()


def test_a_search_costs_fifteen_queries_at_most(people, enter, thing_of_each_sort):
    client = enter("driss")
    client.get(reverse("members:seats"), follow=True)
    with CaptureQueriesContext(connection) as queries:
        ask(client, "introuvable")
    assert len(queries) <= 15


def test_the_box_stands_in_the_header_of_staff(people, enter):
    for name in ("driss", "helene", "elsa", "nora"):
        page = enter(name).get(reverse("members:profile")).content.decode()
        assert f'action="{reverse("members:search")}"' in page
