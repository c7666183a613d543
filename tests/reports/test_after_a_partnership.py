"""A partnership that is over: what was sent while it lasted stays, what comes later is not theirs."""

import datetime as dt

from cohorts.models import Cohort, Partnership
from reports.models import Report, Snapshot
from reports.selectors.follow import followed
from tests import factories as make
from tests.reports.scene import sent_report, set_scene


def end(people, day: dt.date) -> None:
    """The partnership of Elsa's chamber ends; that of any other stays."""
    ended = Partnership.objects.filter(organisation=people.a.partner).update(ends_on=day)
    assert ended


def test_a_report_sent_in_time_stays(enter, people):
    set_scene(people)
    report = sent_report(people)
    end(people, report.sent_at.date())
    elsa = people.actor("elsa")
    assert Report.objects.visible_to(elsa).get() == report
    assert enter("elsa").get(f"/rapports/{report.snapshot_id}/").status_code == 200
    (row,) = followed(elsa, "1").object_list
    assert row.snapshot.pk == report.snapshot_id


def test_a_report_sent_the_day_after_is_not_theirs(enter, people):
    set_scene(people)
    report = sent_report(people)
    end(people, report.sent_at.date() - dt.timedelta(days=1))
    elsa = people.actor("elsa")
    assert not Report.objects.visible_to(elsa).exists()
    assert not Snapshot.objects.visible_to(elsa).exists()
    assert enter("elsa").get(f"/rapports/{report.snapshot_id}/").status_code == 404
    assert all(row.snapshot is None for row in followed(elsa, "1").object_list)
    # The same report stays with who still reads it.
    assert Report.objects.visible_to(people.actor("nora")).exists()
    assert Report.objects.visible_to(people.actor("driss")).exists()


def test_a_cohort_that_began_after_the_end_is_not_followed(people):
    first = Cohort.objects.get(pk=people.a.cohort.pk)
    later = make.CohortFactory(
        territory=first.territory,
        host=first.host,
        starts_on=first.starts_on + dt.timedelta(days=200),
        ends_on=first.ends_on + dt.timedelta(days=200),
    )
    elsa = people.actor("elsa")
    assert later in Cohort.objects.visible_to(elsa)
    end(people, first.starts_on + dt.timedelta(days=100))
    seen = Cohort.objects.visible_to(elsa)
    assert first in seen and later not in seen
