"""A partnership that has not begun opens nothing: signed ahead, it is read from its first day."""

import datetime as dt

import pytest

from cohorts.models import Cohort, Partnership, Territory
from reports.models import MergedSnapshot, Report, Snapshot
from reports.selectors.follow import followed
from tests import factories as make
from tests.factories import TODAY
from tests.reports.scene import sent_report, set_scene
from tests.site_world import show_partner

DAY = dt.timedelta(days=1)


@pytest.fixture
def report(people):
    set_scene(people)
    return sent_report(people)


def begins(people, **changed) -> None:
    assert Partnership.objects.filter(organisation=people.a.partner).update(**changed)


def test_from_its_first_day_it_opens_what_was_sent(people, report):
    begins(people, starts_on=TODAY)
    assert Report.objects.visible_to(people.actor("elsa")).get() == report


@pytest.mark.parametrize("ends_on", [None, TODAY + 900 * DAY])
@pytest.mark.parametrize("of", ["territory", "cohort"])
def test_the_day_before_nothing_is_there(enter, people, report, of, ends_on):
    place = {"territory": None, "cohort": people.a.cohort} if of == "cohort" else {}
    begins(people, starts_on=TODAY + DAY, ends_on=ends_on, **place)
    elsa = people.actor("elsa")
    for model in (Cohort, Territory, Report, Snapshot, MergedSnapshot):
        assert not model.objects.visible_to(elsa).exists(), model
    assert not followed(elsa, "1").object_list
    assert enter("elsa").get(f"/rapports/{report.snapshot_id}/").status_code == 404
    assert Report.objects.visible_to(people.actor("driss")).get() == report


def test_one_to_come_does_not_reopen_what_was_sent_after_the_last(people, report):
    """Over in June, to begin again in January: what was sent in November is for January."""
    sent = report.sent_at.date()
    begins(people, ends_on=sent - DAY)
    make.PartnershipFactory(
        organisation=people.a.partner, territory=people.a.territory, starts_on=TODAY + 30 * DAY
    )
    elsa = people.actor("elsa")
    assert people.a.cohort in Cohort.objects.visible_to(elsa)
    assert not Report.objects.visible_to(elsa).exists()
    assert all(row.snapshot is None for row in followed(elsa, "1").object_list)


@pytest.mark.parametrize(("starts_on", "named"), [(TODAY, True), (TODAY + DAY, False)])
def test_the_page_of_a_territory_names_who_works_there_today(people, client, starts_on, named):
    show_partner(people, people.a.partner)
    Cohort.objects.filter(pk=people.a.cohort.pk).update(state="running")
    begins(people, starts_on=starts_on)
    page = client.get(f"/territoires/{people.a.territory.pk}/")
    assert page.status_code == 200
    assert ("Prête la cuisine" in page.content.decode()) is named
