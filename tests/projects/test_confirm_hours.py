import pytest

from ct_platform.kit.errors import Frozen, Refused, Stale
from ct_platform.kit.models import TransitionLog
from projects.models import WorkChange
from projects.services import work
from tests.factories import NOW
from tests.projects.verbs import confirm, kitchen, lock, note


def ask(people, who, entry, sentence="On a fini à midi, non ?", seen=1):
    work.question_hours(
        entry=entry, sentence=sentence, seen_version=seen, actor=people.actor(who), at=NOW
    )


def test_a_colleague_confirms(people):
    entry = note(people, "amina")

    assert confirm(people, "bastien", entry) == 1

    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_by, entry.confirmed_at) == (
        "confirmed",
        people.bastien,
        NOW,
    )
    assert entry.badge.label == "Confirmé par Bastien"
    assert TransitionLog.objects.get(row_id=entry.pk).by_person_id == people.bastien.pk


def test_the_author_cannot_confirm_their_own_hours(people):
    entry = note(people, "amina")

    with pytest.raises(Refused, match="ses propres heures"):
        confirm(people, "amina", entry)

    entry.refresh_from_db()
    assert (entry.state, TransitionLog.objects.count()) == ("open", 0)


def test_several_at_once_are_all_or_none(people):
    one, own = note(people, "amina"), note(people, "bastien")

    with pytest.raises(Refused):
        confirm(people, "bastien", one, own)

    one.refresh_from_db()
    assert one.state == "open"


def test_confirming_twice_is_quiet(people):
    entry = note(people, "amina")

    assert (confirm(people, "bastien", entry), confirm(people, "driss", entry)) == (1, 0)

    entry.refresh_from_db()
    assert entry.confirmed_by == people.bastien


def test_what_is_paid_stays_and_confirming_it_is_quiet(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    lock(people)

    assert confirm(people, "driss", entry) == 0


def test_nobody_confirms_hours_they_did_not_read(people):
    entry = note(people, "amina")
    work.change_hours(
        entry=entry,
        minutes=480,
        kind="production",
        project=kitchen(people),
        seen_version=1,
        actor=people.actor("amina"),
        at=NOW,
    )

    with pytest.raises(Stale):
        confirm(people, "bastien", entry)

    entry.refresh_from_db()
    assert entry.state == "open"


def test_struck_out_hours_are_refused(people):
    entry = note(people, "amina")
    work.withdraw_hours(entry=entry, actor=people.actor("amina"), at=NOW)
    entry.refresh_from_db()

    with pytest.raises(Refused, match="retirées"):
        confirm(people, "bastien", entry)


def test_a_question_reopens_and_never_edits(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    entry.refresh_from_db()

    ask(people, "driss", entry)

    entry.refresh_from_db()
    assert (entry.state, entry.minutes) == ("open", 210)
    assert (entry.question, entry.questioned_by) == ("On a fini à midi, non ?", people.driss)
    assert WorkChange.objects.last().sentence == "Question : « On a fini à midi, non ? »"


def test_a_colleague_waits_for_the_answer_and_the_coordination_settles(people):
    entry = note(people, "amina")
    ask(people, "bastien", entry)

    with pytest.raises(Refused, match="Une question est posée à Amina"):
        confirm(people, "bastien", entry)
    confirm(people, "driss", entry)

    entry.refresh_from_db()
    assert (entry.state, entry.question) == ("confirmed", "")


def test_a_colleague_does_not_question_what_another_confirmed(people):
    entry = note(people, "bastien")
    confirm(people, "driss", entry)

    with pytest.raises(Refused, match="déjà confirmées"):
        ask(people, "amina", entry)


@pytest.mark.parametrize(("sentence", "said"), [("  ", "manque"), ("x" * 141, "trop long")])
def test_a_question_is_a_short_sentence(people, sentence, said):
    entry = note(people, "amina")

    with pytest.raises(Refused, match=said) as refusal:
        ask(people, "bastien", entry, sentence)

    assert refusal.value.field == "question"
    entry.refresh_from_db()
    assert entry.question == ""


def test_one_question_at_a_time_and_the_same_twice_is_quiet(people):
    entry = note(people, "amina")
    ask(people, "bastien", entry)
    ask(people, "bastien", entry)

    with pytest.raises(Refused, match="déjà posée"):
        ask(people, "driss", entry, "Et lundi ?")

    assert WorkChange.objects.filter(sentence__startswith="Question").count() == 1


def test_nobody_questions_a_pay_run(people):
    entry = note(people, "amina")
    confirm(people, "bastien", entry)
    lock(people)

    with pytest.raises(Frozen):
        ask(people, "driss", entry)
