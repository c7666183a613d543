"""All the cohorts of a seat on one table: theirs, in the order asked, and nobody's name."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.models import AuthorityNotice, Cohort
from ct_platform.home import territory_view
from ct_platform.kit.clock import format_minutes
from tests import factories as make

D = dt.date
HERE, NETWORK = reverse("home:dashboard"), reverse("home:network_cohorts")


def view(client, where=HERE, **asked):
    answer = client.get(where, asked)
    assert answer.status_code == 200
    return answer.context["view"]


def names(client, where=HERE, **asked) -> list[str]:
    return [row.cohort.name for row in view(client, where, **asked).page.object_list]


@pytest.fixture
def three(people):
    """Beside "Les Racines du Plateau": one in preparation, one archived."""
    told = {"territory": people.a.territory, "host": people.a.host}
    make.CohortFactory(
        **told, name="Été au jardin", state="draft", starts_on=D(2027, 1, 4), ends_on=D(2027, 4, 30)
    )
    make.CohortFactory(
        **told, name="Ancienne", state="archived", starts_on=D(2025, 9, 1), ends_on=D(2025, 12, 19)
    )
    return people


def test_a_coordinator_sees_the_cohorts_of_their_territory_only(three, enter):
    assert set(names(enter("driss"))) == {"Les Racines du Plateau", "Été au jardin"}
    assert names(enter("dalia")) == ["La Marmite d’En Bas"]


def test_archived_ones_are_asked_for(three, enter):
    assert "Ancienne" in names(enter("driss"), etat="toutes")
    assert names(enter("driss"), etat="archived") == ["Ancienne"]
    assert names(enter("driss"), etat="draft") == ["Été au jardin"]


def test_a_filter_finds_accents_apart_and_never_beyond_the_territory(three, enter):
    assert names(enter("driss"), q="ete") == ["Été au jardin"]
    assert names(enter("driss"), q="marmite") == []


@pytest.mark.parametrize(
    ("order", "first"),
    [("nom", "Été au jardin"), ("debut", "Été au jardin"), ("fin", "Les Racines du Plateau"),
     ("personnes", "Les Racines du Plateau"), ("heures", "Les Racines du Plateau"),
     ("urgent", "Les Racines du Plateau"), ("inconnu", "Les Racines du Plateau")],
)  # fmt: skip
def test_each_order_puts_its_own_first(three, enter, order, first):
    make.WorkEntryFactory(enrolment=three.enrolments["amina"], day=D(2026, 11, 24), minutes=60)
    assert names(enter("driss"), tri=order)[0] == first


def test_a_line_counts_people_hours_and_what_waits_and_dates_the_nearest(people, enter):
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], day=D(2026, 11, 24), minutes=60)
    make.WorkEntryFactory(enrolment=people.enrolments["amina"], day=D(2026, 11, 16), minutes=500)
    AuthorityNotice.objects.create(
        contract=people.enrolments["amina"].contracts.get(), authority="urssaf", event="signature",
        happened_on=D(2026, 9, 7), due_on=D(2026, 10, 1),
    )  # fmt: skip
    (row,) = view(enter("driss")).page.object_list
    assert (row.people, row.participants, row.minutes) == (2, 3, 60)
    assert row.percent == 0
    assert row.is_alarming
    assert row.due_on == D(2026, 10, 1)
    assert row.is_late
    assert "URSSAF" in row.next.title
    assert row.waiting >= 3


def test_the_board_and_the_table_count_the_same_lines(people, enter):
    (row,) = view(enter("driss")).page.object_list
    board = enter("driss").get(reverse("home:cohort_dashboard", args=[people.a.cohort.pk]))
    assert row.waiting == len(board.context["board"].waiting)


def test_only_those_where_something_waits(three, enter):
    assert len(names(enter("driss"), etat="toutes", attente="oui")) < len(
        names(enter("driss"), etat="toutes")
    )


def test_the_network_reads_groups_without_a_door_and_without_a_name(people, enter):
    answer = enter("nora").get(NETWORK)
    page = answer.content.decode()
    assert "Les Racines du Plateau" in page
    assert "La Marmite" in page
    assert reverse("home:cohort_dashboard", args=[people.a.cohort.pk]) not in page
    for name in ("Amina", "Sarr", "Chloé"):
        assert name not in page


@pytest.mark.parametrize("name", ["driss", "helene", "elsa", "amina"])
def test_nobody_else_reads_the_cohorts_of_the_network(people, enter, name):
    assert enter(name).get(NETWORK).status_code == 403


def test_pages_of_fifty_and_the_same_queries_for_one_and_for_two_hundred(people, enter):
    client = enter("driss")
    client.get(HERE)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(HERE)
        return len(queries)

    few = asked()
    Cohort.objects.bulk_create(
        Cohort(
            territory=people.a.territory, programme=people.a.cohort.programme, host=people.a.host,
            name=f"Autre {n:03}", starts_on=D(2026, 9, 7), ends_on=D(2026, 12, 18), state="running",
        )
        for n in range(200)
    )  # fmt: skip
    assert asked() == few <= 15
    found = view(client)
    assert len(found.page.object_list) == 50
    assert found.page.paginator.num_pages == 5
    assert view(client, page="5").page.number == 5
    assert view(client, page="n’importe quoi").page.number == 1


@pytest.mark.parametrize("asked", [{}, {"tri": "dossiers"}, {"etat": "toutes", "page": "2"}])
def test_the_network_asks_the_same_for_few_and_for_hundreds(people, enter, asked):
    client = enter("nora")
    client.get(NETWORK)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(NETWORK, asked)
        return len(found)

    few = queries()
    Cohort.objects.bulk_create(
        Cohort(
            territory=people.a.territory, programme=people.a.cohort.programme, host=people.a.host,
            name=f"Autre {n:03}", starts_on=D(2025, 9, 1), ends_on=D(2025, 12, 19), state="archived",
        )
        for n in range(200)
    )  # fmt: skip
    assert queries() == few <= 15


def test_an_archived_cohort_still_says_what_waits_there(three, enter):
    ended = Cohort.objects.get(name="Ancienne")
    stay = make.EnrolmentFactory(cohort=ended, state="completed")
    make.WorkEntryFactory(
        enrolment=stay, day=D(2025, 10, 6), minutes=60, state="confirmed",
        confirmed_at=dt.datetime(2025, 10, 7, tzinfo=dt.UTC),
    )  # fmt: skip
    (row,) = view(enter("nora"), NETWORK, etat="archived").page.object_list
    # Its file, and hours that no pay counted.
    assert (row.cohort, row.participants, row.percent, row.waiting) == (ended, 1, 0, 2)
    assert row.is_alarming and row.next is None


def test_files_and_the_nearest_deadline_are_those_of_the_page_shown(people, enter):
    notice = people.enrolments["amina"].contracts.get()
    AuthorityNotice.objects.create(
        contract=notice, authority="urssaf", event="signature", happened_on=D(2026, 9, 7),
        due_on=D(2026, 10, 1),
    )  # fmt: skip
    Cohort.objects.bulk_create(
        Cohort(
            territory=people.a.territory, programme=people.a.cohort.programme, host=people.a.host,
            name=f"Autre {n:03}", starts_on=D(2026, 9, 7), ends_on=D(2026, 12, 18), state="running",
        )
        for n in range(60)
    )  # fmt: skip
    found = view(enter("nora"), NETWORK, tri="nom", page="2")
    row = next(one for one in found.page.object_list if one.cohort == people.a.cohort)
    assert (row.participants, row.percent, row.is_late) == (3, 0, True)
    assert "URSSAF" in row.next.title
    assert found.facts[0].value == "62"


@pytest.mark.parametrize("limits", [(0, 99), (0, 0)], ids=["as asked for", "with all others"])
def test_a_long_list_counts_the_same_and_nothing_of_another_territory(
    three, enter, monkeypatch, limits
):
    for name in ("amina", "chloe"):
        make.WorkEntryFactory(enrolment=three.enrolments[name], day=D(2026, 11, 24), minutes=60)
    short = view(enter("driss"), etat="toutes")
    monkeypatch.setattr(territory_view, "NAMED_ONE_BY_ONE", limits[0])
    monkeypatch.setattr(territory_view, "COUNTED_WITH_ALL", limits[1])
    long = view(enter("driss"), etat="toutes")
    assert long.page.object_list == short.page.object_list
    assert long.facts == short.facts
    assert "La Marmite d’En Bas" not in names(enter("driss"), etat="toutes")
    assert long.facts[2].value == format_minutes(60)


def test_an_empty_territory_says_where_to_begin(people, enter):
    Cohort.objects.filter(pk=people.b.cohort.pk).update(territory=people.a.territory)
    page = enter("dalia").get(HERE).content.decode()
    assert "Pas encore de cohorte" in page
    assert reverse("cohorts:create") in page
