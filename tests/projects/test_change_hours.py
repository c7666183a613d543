import datetime as dt
from typing import Any

import pytest

from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.models import TransitionLog
from projects.models import WorkChange
from projects.services import work
from tests.factories import NOW
from tests.projects.verbs import confirm, lock, note


def change(people, entry, **more: Any):
    values: dict[str, Any] = {
        "minutes": 240,
        "kind": entry.kind,
        "project": entry.project,
        "seen_version": entry.version,
    }
    return work.change_hours(entry=entry, actor=people.actor("amina"), at=NOW, **(values | more))


def test_it_says_what_was_and_what_is(people):
    entry = change(people, note(people, "amina", kind="meeting"))

    assert entry.minutes == 240
    last = WorkChange.objects.filter(entry=entry).last()
    assert (
        last.sentence
        == "Corrigé. Avant : 3\u00a0h\u00a030, Réunion. Maintenant : 4\u00a0h, Réunion."
    )


def test_what_was_confirmed_waits_again_for_a_colleague(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    entry.refresh_from_db()

    change(people, entry)

    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_by, entry.confirmed_at) == ("open", None, None)
    assert TransitionLog.objects.filter(row_id=entry.pk, old="confirmed", new="open").count() == 1


def test_changing_nothing_is_quiet(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)

    change(people, entry, minutes=210)

    entry.refresh_from_db()
    assert (entry.state, entry.version) == ("confirmed", 1)


def test_it_refuses_hours_of_a_pay_run(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    lock(people)

    with pytest.raises(Frozen, match="dans une paie"):
        change(people, entry)
    with pytest.raises(Frozen):
        work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=NOW)

    entry.refresh_from_db()
    assert (entry.minutes, entry.state, entry.withdrawn_at) == (210, "locked", None)


def test_it_refuses_what_was_struck_out(people):
    entry = note(people, "amina")
    work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=NOW)

    with pytest.raises(Refused, match="retirées"):
        change(people, entry)


def test_it_counts_the_other_hours_of_the_day_and_not_its_own(people):
    entry = note(people, "amina", minutes=20 * 60)
    note(people, "amina", minutes=4 * 60)

    with pytest.raises(Refused, match="Tu as noté 25"):
        change(people, entry, minutes=21 * 60)
    change(people, entry, minutes=19 * 60)

    entry.refresh_from_db()
    assert entry.minutes == 19 * 60


def test_two_screens_do_not_erase_each_other(people):
    entry = note(people, "amina")
    change(people, entry, minutes=240)

    with pytest.raises(Stale, match="viennent de changer"):
        change(people, entry, minutes=300, seen_version=1)

    entry.refresh_from_db()
    assert entry.minutes == 240


def test_striking_out_keeps_the_row_and_happens_once(people):
    entry = note(people, "amina")

    for _tap in range(2):
        work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=NOW)

    entry.refresh_from_db()
    assert entry.withdrawn_at == NOW
    assert WorkChange.objects.filter(sentence__startswith="Retiré").count() == 1


def test_a_change_answers_the_question_of_a_colleague(people):
    entry = note(people, "amina")
    work.question_hours(
        entry=entry,
        sentence="On a fini à midi, non ?",
        seen_version=1,
        actor=people.actor("bastien"),
        at=NOW,
    )

    change(people, entry, minutes=180)

    entry.refresh_from_db()
    assert (entry.question, entry.questioned_by, entry.state) == ("", None, "open")


def test_keeping_one_s_hours_answers_too(people):
    entry = note(people, "amina", day=dt.date(2026, 11, 24))
    work.declare_week(
        enrolment=entry.enrolment, monday=dt.date(2026, 11, 23), actor=people.actor("amina"), at=NOW
    )
    work.question_hours(
        entry=entry, sentence="Sûre ?", seen_version=1, actor=people.actor("bastien"), at=NOW
    )

    for _tap in range(2):
        work.keep_hours(entry=entry, actor=people.actor("amina"), at=NOW)

    entry.refresh_from_db()
    assert (entry.question, entry.minutes, entry.state) == ("", 210, "declared")
    assert WorkChange.objects.filter(sentence__startswith="Gardé").count() == 1
