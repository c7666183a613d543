"""The minutes: one text, signed by two, numbered, and never changed afterwards."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ct_platform.kit.errors import Frozen, Refused
from decisions.models import Assembly, MinutesSignature
from decisions.services import assemblies, room
from documents.models import Document
from documents.services.render import draw
from tests.at_once import together
from tests.decisions.assembly import actor_of, close, fill, vote
from tests.decisions.meeting import (
    IN_THE_ROOM,
    closed,
    opened,
    proposal_of,
    put_to_vote_in,
    sign,
)
from tests.decisions.secrecy.sealed import seal
from tests.payroll.golden_slips import text_of as words_of


@pytest.fixture
def six(people):
    return fill(people.a.cohort, 6)


def held(people, six):
    """Four in the room choose by hand, one from home; then it is closed."""
    proposal = proposal_of(people)
    assembly = opened(people, six[:4], proposal, represented={six[5].pk: six[2].pk})
    poll = put_to_vote_in(people, proposal)
    vote(poll, six[4], "half", at=IN_THE_ROOM)
    room.tick(poll=poll, enrolment_ids=[one.pk for one in six[:4]], at=IN_THE_ROOM)
    for teller in (people.actor("driss"), actor_of(six[1])):
        room.type_hands(poll=poll, figures={"half": 3, "hours": 1}, actor=teller)
    point = assembly.agenda.get(proposal=proposal)
    assemblies.write_debate(
        assembly=assembly,
        said={point.pk: "Bastien explique les trois règles."},
        papers_shown="Le tableau des heures",
        incidents="Une panne de réseau, dix minutes.",
    )
    close(poll)
    return closed(people, assembly)


def test_it_is_issued_when_the_second_of_the_two_signs(people, six):
    assembly = held(people, six)
    sign(assembly, six[0])
    assert not Document.objects.exists()
    sign(assembly, six[1])
    assembly.refresh_from_db()
    assert assembly.state == "signed"
    paper = assembly.minutes_document
    assert paper.number == f"2026-PV{people.a.cohort.pk}-00001"
    hashes = set(MinutesSignature.objects.values_list("text_hash", flat=True))
    assert len(hashes) == 1
    assert {one["role"] for one in paper.snapshot["signatures"]} == {"chair", "secretary"}


def test_numbers_follow_in_the_cohort(people, six):
    for _meeting in range(2):
        assembly = closed(people, opened(people, six[:2]))
        for enrolment in six[:2]:
            sign(assembly, enrolment)
    numbers = Document.objects.order_by("pk").values_list("number", flat=True)
    assert [number[-5:] for number in numbers] == ["00001", "00002"]


def test_it_says_all_that_was_promised(people, six):
    assembly = held(people, six)
    for enrolment in six[:2]:
        sign(assembly, enrolment)
    poll = assembly.agenda.get(poll__isnull=False).poll
    pdf = words_of(draw(Document.objects.get()))
    flat = " ".join(pdf.split())
    for said in (
        "Maison de quartier", "Driss Marchal", "Comment partager ?", "Nouvelles du jardin",
        "Bastien explique les trois règles.", "Le tableau des heures", "Une panne de réseau",
        six[0].person.civil_name, six[5].person.civil_name, "Décision n° 1", "à main levée",
        "Quorum : 6 sur 6, il en fallait 3", poll.roll_hash, poll.outcome.code_version,
        poll.outcome.effect_sentence.replace("\xa0", " "), "Annexe 1", "Annexe 2",
    ):  # fmt: skip
        assert said in flat, said
    assert pdf.startswith(("pages: 1", "pages: 2"))


def test_a_secret_result_prints_no_figure(people):
    sealed = seal(people, roll=12)
    assembly = opened(people, sealed.voters[:8], sealed.poll.proposal)
    sealed.cast_all(["half"] * 5 + ["hours"] * 3)
    sealed.close()
    sealed.open(1)
    sealed.open(2)
    closed(people, assembly)
    for enrolment in sealed.voters[:2]:
        sign(assembly, enrolment)
    paper = Document.objects.get(kind="meeting_minutes")
    (decided,) = [point["resolution"] for point in paper.snapshot["agenda"] if point["resolution"]]
    assert (decided["figures"], decided["kept_back"]) == ([], True)
    flat = " ".join(words_of(draw(paper)).split())
    assert "Le nombre de voix n’est pas publié" in flat
    assert "Moitié égal, moitié heures" in flat  # the answer is said, its voices are not


def test_only_chair_and_secretary_sign(people, six):
    assembly = held(people, six)
    for other in (actor_of(six[2]), people.actor("driss"), people.actor("chloe")):
        with pytest.raises(PermissionDenied):
            from decisions.services.minutes import sign_minutes

            sign_minutes(assembly=assembly, read_hash="x", actor=other, at=IN_THE_ROOM)
    assert MinutesSignature.objects.count() == 0


def test_it_is_not_signed_before_the_end(people, six, enter):
    proposal = proposal_of(people)
    assembly = opened(people, six[:3], proposal)
    with pytest.raises(Refused, match="levée"):
        sign(assembly, six[0])
    put_to_vote_in(people, proposal)
    closed(people, assembly)
    with pytest.raises(Refused, match="n’est pas fini"):
        sign(assembly, six[0])
    assert MinutesSignature.objects.count() == 0
    page = enter("amina").get(reverse("decisions:sign_minutes", args=[assembly.pk]))
    assert "Un vote n’est pas fini" in page.content.decode() and b"Je signe" not in page.content


def test_what_changed_since_it_was_read_is_not_signed(people, six):
    assembly = held(people, six)
    with pytest.raises(Refused, match="a changé"):
        sign(assembly, six[0], read_hash="0" * 64)


def test_nothing_changes_once_one_has_signed(people, six):
    assembly = held(people, six)
    sign(assembly, six[0])
    with pytest.raises(Frozen):
        assemblies.write_debate(assembly=assembly, said={})
    # Even a name that changes meanwhile: both sign the same text.
    person = six[0].person
    person.last_name = "Autrement"
    person.save()
    sign(assembly, six[1])
    assert "Autrement" not in str(Document.objects.get().snapshot["attendance"])


def test_signing_twice_is_signing_once(people, six):
    assembly = held(people, six)
    for _twice in range(2):
        sign(assembly, six[0])
    assert MinutesSignature.objects.count() == 1


def test_it_is_read_signed_and_opened_on_the_phone(
    people, enter, django_capture_on_commit_callbacks
):
    fill(people.a.cohort, 3)
    both = [people.enrolments["amina"], people.enrolments["bastien"]]
    assembly = closed(people, opened(people, both))
    address = reverse("decisions:sign_minutes", args=[assembly.pk])
    for name in ("amina", "bastien"):
        client = enter(name)
        page = client.get(address)
        read = page.context["form"].initial["read_hash"]
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(address, {"read_hash": read}).status_code == 302
    opened_paper = enter("amina").get(reverse("decisions:minutes", args=[assembly.pk]))
    assert opened_paper.headers["Content-Type"] == "application/pdf"
    assert enter("chloe").get(reverse("decisions:minutes", args=[assembly.pk])).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_both_sign_at_once_and_one_paper_is_issued(people):
    six = fill(people.a.cohort, 6)
    assembly = closed(people, opened(people, six[:2]))
    answers = together(*[lambda who=who: sign(assembly, who) for who in six[:2]])
    assert not [one for one in answers if isinstance(one, Exception)]
    assert Document.objects.filter(kind="meeting_minutes").count() == 1
    assert Assembly.objects.get().state == "signed"
