"""A year of merged cohorts: frozen for all scopes at once, published once, repeated word for word."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from cohorts.models import Enrolment, ExitSituation
from ct_platform.kit.errors import Refused
from ct_platform.kit.invariants import all_invariants
from reports.cuts import Partition, partitions_of, register_set
from reports.disclosure import HOUSE
from reports.impact_set import PARTITIONS
from reports.models import Edition, MergedBasis, MergedSnapshot, Publication
from reports.selectors.merged import merged_of, year_of
from reports.services.merging import freeze_edition, publish_edition
from tests import factories as make
from tests.reports.merged_attacker import few_between
from tests.reports.merged_scene import (
    SENT,
    ended_cohort,
    ended_cohorts,
    send_last_report,
)

YEAR = 2025


@pytest.fixture
def freeze(people, at):
    def on_day(days: int = 0, **changes) -> Edition:
        asked = {"year": YEAR, "actor": people.actor("nora"), "at": at + dt.timedelta(days=days)}
        return freeze_edition(**asked | changes)

    return on_day


@pytest.fixture
def publish(people, at):
    def on_day(edition: Edition, days: int = 0) -> Publication:
        moment = at + dt.timedelta(days=days, minutes=5)
        return publish_edition(edition=edition, actor=people.actor("nora"), at=moment)

    return on_day


def figures(edition: Edition, territory=None) -> dict:
    return MergedSnapshot.objects.get(edition=edition, territory=territory).figures


def value(found: dict, code: str):
    return next(one["value"] for one in found["figures"] if one["code"] == code)


def table(found: dict, code: str) -> dict:
    return next(one for one in found["tables"] if one["code"] == code)


def test_it_tells_a_territory_of_three_cohorts_and_the_network(people, freeze):
    ended_cohorts(people, people.a.territory, 3)
    edition = freeze()
    found = figures(edition, people.a.territory)
    assert found["cohorts"] == ["CT 1", "CT 2", "CT 3"]
    assert value(found, "people.total") == 45
    assert value(found, "gender.F") == 27
    assert (value(found, "labour_long.long"), value(found, "labour.unemployed")) == (12, 24)
    assert (value(found, "exit.dynamic"), value(found, "exit.dynamic_rate")) == (27, 60)
    assert (value(found, "after_6.dynamic"), value(found, "after_6.response_rate")) == (24, None)
    assert value(found, "power.more") == 27
    assert value(found, "money.paid") == "2250.00"
    assert value(found, "trades.cuisine") == "3601.50"
    assert figures(edition)["scope"]["kind"] == "network"
    assert value(figures(edition), "gender.F") == 27


def test_what_few_people_answer_is_masked_and_told_with_its_cover(people, freeze):
    ended_cohorts(people, people.a.territory, 3)
    found = figures(freeze(), people.a.territory)
    gender = table(found, "gender")
    assert gender["hidden"] == ["missing", "refused", "X", "M"]
    assert gender["rest"] == 18
    assert value(found, "gender.X") is None
    assert any(one["table"] == "gender" and "11" in one["why"] for one in found["masked"])


def test_a_finer_cut_is_told_of_the_people_of_one_cell_where_that_cell_is(people, freeze):
    ended_cohorts(people, people.a.territory, 3)
    found = figures(freeze(), people.a.territory)
    assert value(found, "exit_dynamic.total") == value(found, "exit.dynamic") == 27
    assert value(found, "exit_dynamic.job") is None, "nine others would be in training"
    assert value(found, "exit_job.total") is None, "told where the cell it cuts is"


def test_what_cannot_be_known_yet_is_said_to_come_later_never_masked(people, freeze):
    ended_cohorts(people, people.a.territory, 3)
    found = figures(freeze())
    assert table(found, "after_12")["later"] == "2027-03-01"
    assert not [one for one in found["figures"] if one["section"] == "after_12"]
    assert not table(found, "after_6")["later"]


def test_a_territory_of_two_cohorts_is_only_in_the_network_and_says_nothing_there(people, freeze):
    ended_cohorts(people, people.a.territory, 3)
    men = [ended_cohort(people, people.b.territory, f"B{n}", sexes="M") for n in range(2)]
    edition = freeze()
    assert not MergedSnapshot.objects.filter(edition=edition, territory=people.b.territory).exists()
    found = figures(edition)
    assert value(found, "people.total") == 75
    assert value(found, "gender.F") is None, "the rest would say that the two others have no woman"
    assert len(men) == 2


def test_without_three_cohorts_there_is_nothing_to_freeze(people, freeze):
    ended_cohorts(people, people.a.territory, 2)
    with pytest.raises(Refused, match="trois coopératives"):
        freeze()
    assert not Edition.objects.exists()


def test_a_year_waits_until_exits_of_its_last_day_may_be_known(people, freeze):
    with pytest.raises(Refused, match="28 janvier 2027"):
        freeze(year=2026)


def test_a_cohort_counts_through_its_last_report_sent_and_one_of_four_people_never(people, freeze):
    ended_cohorts(people, people.a.territory, 3)
    ended_cohort(people, people.a.territory, "Petite", size=4)
    unsent = ended_cohort(people, people.a.territory, "Pas envoyée")
    unsent.snapshots.get().report.__class__.objects.filter(cohort=unsent).update(
        state="prepared", sent_at=None
    )
    found = year_of("impact", YEAR, dt.date(2026, 11, 25))
    assert [one.name for one in found.counted] == ["CT 1", "CT 2", "CT 3"]
    assert found.missing == 2


def test_the_year_minus_reports_of_cohorts_is_nobody(people, freeze):
    """Somebody came back in the year: taken out, they would be what a subtraction shows."""
    first = ended_cohort(people, people.a.territory, "CT 1")
    back = [one.person for one in Enrolment.objects.filter(cohort=first)[:3]]
    ended_cohort(people, people.a.territory, "CT 2", persons=back)
    ended_cohort(people, people.a.territory, "CT 3")
    found = figures(freeze(), people.a.territory)
    assert value(found, "gender.total") == value(found, "people.total") == 45


def test_people_who_came_back_count_once_when_they_are_eleven(people, freeze):
    first = ended_cohort(people, people.a.territory, "CT 1")
    back = [one.person for one in Enrolment.objects.filter(cohort=first)[:11]]
    ended_cohort(people, people.a.territory, "CT 2", persons=back)
    ended_cohort(people, people.a.territory, "CT 3")
    found = figures(freeze(), people.a.territory)
    assert (value(found, "gender.total"), value(found, "people.total")) == (34, 45)


def test_the_same_year_again_is_the_same_edition(people, freeze, publish):
    ended_cohorts(people, people.a.territory, 3)
    first = freeze()
    assert freeze(1) == first
    publish(first, 1)
    assert freeze(2) == first


def test_a_late_form_never_enters_a_published_table(people, freeze, publish):
    """The change would be one person's. The next edition adds what was still to come, and repeats."""
    ended_cohorts(people, people.a.territory, 3)
    first = freeze()
    publish(first)
    late = ExitSituation.objects.filter(status="unemployed").first()
    correct(people, late, "open_ended")
    second = freeze(120)
    assert second.number == 2, "twelve months are over: a table more"
    before, after = (figures(one, people.a.territory) for one in (first, second))
    for code in ("exit", "gender", "after_6"):
        assert table(before, code) == table(after, code)
    assert [one for one in before["figures"] if one["section"] == "exit"] == [
        one for one in after["figures"] if one["section"] == "exit"
    ]
    assert not table(after, "after_12")["later"]
    assert (
        MergedBasis.objects.get(edition=first).tables["exit"]
        == (MergedBasis.objects.get(edition=second).tables["exit"])
    )


def test_counted_afresh_the_late_form_would_show_its_person(people, freeze, publish, monkeypatch):
    """The same history without the rule: the attacker subtracts the two editions and finds one."""
    ended_cohorts(people, people.a.territory, 3)
    first = freeze()
    correct(people, ExitSituation.objects.filter(status="unemployed").first(), "open_ended")
    second = freeze(120)  # nothing was published: everything is counted afresh
    bases = [MergedBasis.objects.get(edition=one).tables["exit"] for one in (first, second)]
    shown = [cell for cell in bases[0] if value(figures(second), f"exit.{cell}") is not None]
    assert few_between(*bases, shown, HOUSE.breakdown) != []


def test_a_cohort_that_came_late_does_not_count_in_a_published_year(people, freeze, publish):
    ended_cohorts(people, people.a.territory, 3)
    publish(freeze())
    ended_cohort(people, people.a.territory, "En retard")
    assert "En retard" not in figures(freeze(120))["cohorts"]


def test_a_correction_of_a_report_changes_no_sum_already_published(people, freeze, publish):
    first = ended_cohorts(people, people.a.territory, 3)[0]
    publish(freeze())
    send_last_report(
        people, first, list(first.enrolments.all()[:6]), at=SENT + dt.timedelta(days=400)
    )
    assert value(figures(freeze(120)), "people.total") == 45


def test_another_set_repeats_the_tables_it_shares(people, freeze, publish):
    ended_cohorts(people, people.a.territory, 3)
    publish(freeze())
    shared = [one for one in PARTITIONS if one.code in ("labour", "gender")]
    register_set("fse", shared)
    correct(people, ExitSituation.objects.first(), "death")
    found = figures(freeze(3, set_code="fse"))
    assert [one["code"] for one in found["tables"]] == ["gender", "labour"]
    assert found["tables"][0]["as_of"] == "2026-11-25"


def test_a_code_means_one_cut_in_every_set():
    other = Partition("gender", "", "", "", (), read=lambda stays: {})
    with pytest.raises(ValueError, match="another cut"):
        register_set("wrong", [other])
    assert "wrong" not in {name for name in ("impact", "wrong") if _known(name)}


def _known(name: str) -> bool:
    try:
        return bool(partitions_of(name))
    except KeyError:
        return False


def test_only_the_latest_edition_is_published_and_only_if_nothing_was_meanwhile(
    people, freeze, publish
):
    ended_cohorts(people, people.a.territory, 3)
    register_set("fse", [one for one in PARTITIONS if one.code == "exit"])
    old, other = freeze(), freeze(set_code="fse")
    correct(people, ExitSituation.objects.filter(status="unemployed").first(), "open_ended")
    new = freeze(1)
    with pytest.raises(Refused, match="plus récente"):
        publish(old, 2)
    publish(new, 2)
    with pytest.raises(Refused, match="publiés depuis"):
        publish(other, 3)
    assert Publication.objects.count() == 1
    assert publish(new, 4).edition == new


def test_who_reads_what(people, freeze, publish):
    ended_cohorts(people, people.a.territory, 3)
    edition = freeze()
    readers = ("elsa", "driss", "helene", "farid", "dalia")
    here = people.a.territory.pk
    assert all(merged_of(people.actor(one), "impact", YEAR, None) is None for one in readers)
    publish(edition)
    assert all(merged_of(people.actor(one), "impact", YEAR, None) for one in readers)
    assert merged_of(people.actor("elsa"), "impact", YEAR, here)
    assert merged_of(people.actor("farid"), "impact", YEAR, here) is None, "another territory's"
    assert merged_of(people.actor("amina"), "impact", YEAR, None) is None


@pytest.mark.parametrize("model", [Edition, MergedSnapshot, MergedBasis, Publication])
def test_the_database_refuses_to_change_any_of_it(people, freeze, publish, model):
    ended_cohorts(people, people.a.territory, 3)
    publish(freeze())
    rows = model.objects.all()
    for act in (rows.delete, lambda: rows.update(id=rows.first().pk + 1000)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert model.objects.exists()


def test_queries_do_not_grow_with_the_cohorts(people, freeze, django_assert_max_num_queries):
    ended_cohorts(people, people.a.territory, 8)
    with django_assert_max_num_queries(15):
        year_of("impact", YEAR, dt.date(2026, 11, 25))


def test_the_invariants_hold_and_see_a_breach(people, freeze, publish):
    ended_cohorts(people, people.a.territory, 3)
    edition = freeze()
    publish(edition)
    breaches = lambda: [  # noqa: E731 - said twice
        sentence
        for one in all_invariants()
        if one.code.startswith("reports.merged")
        for sentence in one.check()
    ]
    assert breaches() == []
    MergedSnapshot.objects.create(
        edition=edition,
        territory=make.TerritoryFactory(),
        figures={"figures": []},
        figures_hash="0",
    )
    assert any("ne sont plus ceux" in one for one in breaches())


def correct(people, row: ExitSituation, status: str) -> None:
    ExitSituation.objects.create(
        enrolment=row.enrolment, number=row.number + 1, written_by=people.driss, written_at=SENT,
        left_on=row.left_on, status=status, known_on=row.known_on, reason="Le contrat est arrivé.",
    )  # fmt: skip
