"""Suivi at a glance: sums of what reports say, by year, whatever their number."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from reports.invariants import _figures_told_otherwise
from reports.models import PublishedFigure, Snapshot
from reports.selectors.follow import territories_followed
from reports.selectors.overview import overview
from reports.trends import ADDED
from tests import factories as make
from tests.reports.scene import sent_report, set_scene


@pytest.fixture
def sent(people):
    set_scene(people)
    return sent_report(people)


def test_freezing_publishes_what_is_added_and_nothing_masked(sent):
    rows = PublishedFigure.objects.filter(snapshot=sent.snapshot)
    said = {
        one["code"]: Decimal(one["value"])
        for one in sent.snapshot.figures["figures"]
        if one["code"] in ADDED and one["value"] is not None
    }
    assert dict(rows.values_list("code", "value")) == said != {}
    assert list(_figures_told_otherwise()) == []


def test_the_database_keeps_a_published_figure(sent):
    for act in (lambda rows: rows.update(value=1), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(PublishedFigure.objects.all())


def test_a_figure_that_differs_from_its_report_is_a_breach(sent):
    snapshot = Snapshot.objects.get()
    PublishedFigure.objects.create(snapshot=snapshot, code="invented", value=1)
    assert len(list(_figures_told_otherwise())) == 1


def test_a_year_says_how_many_reports_its_sum_adds(sent, enter, people):
    silent = make.CohortFactory(territory=people.a.territory, host=people.a.host, name="Muette")
    page = enter("elsa").get("/suivi/").context["overview"]
    assert page.reports == 1
    assert sum(one.cohorts for one in page.years) >= 2
    assert page.facts[0].note == "1 rapport"
    assert silent.name in enter("elsa").get("/suivi/").content.decode()


def test_a_report_not_sent_adds_nothing(people, enter):
    set_scene(people)
    from ct_platform.kit import clock
    from reports.services.preparing import prepare_report

    prepare_report(cohort=people.a.cohort, actor=None, at=clock.now())
    assert PublishedFigure.objects.exists()
    assert enter("elsa").get("/suivi/").context["overview"].facts == ()


def test_another_partner_sees_none_of_it(sent, enter):
    page = enter("farid").get("/suivi/").context
    assert page["overview"].facts == ()
    assert sent.cohort not in [one.cohort for one in page["page"]]


def test_the_cohorts_of_one_year(sent, enter, people):
    old = make.CohortFactory(
        territory=people.a.territory, host=people.a.host, name="Ancienne",
        starts_on=dt.date(2024, 1, 8), ends_on=dt.date(2024, 5, 5), state="archived",
    )  # fmt: skip
    names = [one.cohort.name for one in enter("elsa").get("/suivi/?annee=2024").context["page"]]
    assert names == [old.name]
    every = enter("elsa").get("/suivi/?annee=1900").context["page"]
    assert len(list(every)) > 1  # a year nobody knows filters nothing


def test_a_cohort_followed_in_two_ways_counts_once(sent, people, enter):
    from cohorts.models import Partnership

    both = Partnership.objects.filter(organisation__partner_seats__person=people.elsa).first()
    Partnership.objects.create(
        organisation=both.organisation, cohort=people.a.cohort, role="funder",
        starts_on=both.starts_on,
    )  # fmt: skip
    (row,) = territories_followed(people.actor("elsa"), "1").object_list
    assert row.report_count == 1
    keys = [one.cohort.pk for one in enter("elsa").get("/suivi/").context["page"]]
    assert len(keys) == len(set(keys))


def test_territories_are_found_by_name(sent, enter, people):
    assert people.a.territory.name in enter("elsa").get("/suivi/territoires/").content.decode()
    nothing = enter("elsa").get("/suivi/territoires/?q=introuvable")
    assert "Aucun territoire de ce nom" in nothing.content.decode()


def test_nothing_sent_yet_says_nothing(people):
    told = overview(people.actor("elsa"))
    assert (told.facts, list(told.trends), told.reports) == ((), [], 0)
