"""A stranger opens the page of a cooperative and applies: written, aloud, helped, once."""

import datetime as dt
import uuid

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from cohorts.models import Application, Voice
from cohorts.rules.recruiting import VOICE_BYTES, voice_format
from cohorts.services.applications import apply, keep_voice
from ct_platform.kit.errors import Refused
from members.limits import Limit
from tests import factories as make
from tests.cohorts.applying import OGG, recording, recruiting_cohort, said, somebody, typed
from tests.factories import NOW


@pytest.fixture
def cohort(people):
    return recruiting_cohort(people, pitch="Une cuisine partagée.")


@pytest.fixture
def url(cohort):
    return reverse("cohorts:apply", args=[cohort.pk])


# --- the page


def test_the_page_says_what_where_when_how_many_and_with_whom(client, cohort):
    body = client.get(reverse("cohorts:cooperative", args=[cohort.pk])).content.decode()
    for words in (
        "Une cuisine partagée",
        "Le Plateau",
        "4 janvier",
        "15",
        "Le Ferment",
        "à partir de 16 ans",
    ):
        assert words in body
    assert reverse("cohorts:apply", args=[cohort.pk]) in body
    home = client.get("/").content.decode()
    assert reverse("cohorts:cooperative", args=[cohort.pk]) in home


def test_a_draft_has_no_page_and_a_group_at_work_takes_nobody(client, people):
    draft = make.CohortFactory(territory=people.a.territory, state="draft")
    assert client.get(reverse("cohorts:cooperative", args=[draft.pk])).status_code == 404
    assert client.post(reverse("cohorts:apply", args=[draft.pk]), typed()).status_code == 404
    running = people.a.cohort
    page = client.get(reverse("cohorts:cooperative", args=[running.pk])).content.decode()
    assert "Le recrutement est fini" in page
    assert "Je candidate" not in page
    answer = client.post(reverse("cohorts:apply", args=[running.pk]), typed())
    assert "Le recrutement est fini" in answer.content.decode()
    assert not Application.objects.exists()


# --- the form


def test_it_keeps_what_was_said_without_an_account_nor_a_session(client, cohort, url):
    answer = client.post(url, typed())
    assert answer.headers["Location"] == reverse("cohorts:applied", args=[cohort.pk])
    found = Application.objects.get()
    assert (found.cohort, found.state, found.full_name) == (cohort, "received", "Zoé Martin")
    assert (found.phone, found.available) == ("+33639981234", ["morning", "saturday"])
    thanks = client.get(answer.headers["Location"]).content.decode()
    assert "Zoé" not in thanks
    assert not client.cookies


def test_a_double_tap_applies_once(client, url):
    sent = typed()
    for _tap in range(2):
        assert client.post(url, sent).status_code == 302
    assert Application.objects.count() == 1


def test_the_same_form_with_other_words_is_told_and_loses_nothing(client, url):
    sent = typed()
    client.post(url, sent)
    answer = client.post(url, sent | {"motivation": "Autre chose."})
    assert "déjà partie" in answer.content.decode()
    assert "Autre chose." in answer.content.decode()
    assert Application.objects.get().motivation == "J’aime cuisiner."


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"first_name": ""}, "first_name", "votre prénom"),
        ({"birth_date": "31/02/1990"}, "birth_date", "date"),
        ({"birth_date": "2030-01-01"}, "birth_date", "pas possible"),
        ({"birth_date": "2012-01-01"}, "birth_date", "moins de 16 ans"),
        ({"phone": "12"}, "phone", "pas complet"),
        ({"phone": ""}, "phone", "un seul suffit"),
        ({"email": "zoe(at)exemple.fr"}, "email", "pas complète"),
        ({"motivation": " "}, "motivation", "message vocal"),
        ({"is_helped": "on"}, "helper_name", "nom de la personne qui aide"),
        ({"helper_name": "Luc", "helper_link": "voisin"}, "helper_agreed", "Relisez"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_the_rest_stays(client, url, changes, field, words):
    answer = client.post(url, typed(wishes="Mes mots à moi.") | changes)
    assert words in " ".join(answer.context["form"].errors[field])
    assert "Mes mots à moi." in answer.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "way",
    [
        {"email": "zoe@exemple.fr"},
        {"address": "8 allée des Tilleuls"},
        {"helper_contact": "06 39 98 00 01"},
    ],
)
def test_one_way_to_be_reached_suffices(client, url, way):
    assert client.post(url, typed(phone="") | way).status_code == 302


def test_somebody_helps_and_the_sentence_they_agreed_to_is_kept(client, url):
    helper = {
        "is_helped": "on", "helper_name": "Luc Petit", "helper_link": "voisin", "helper_agreed": "on",
    }  # fmt: skip
    client.post(url, typed() | helper)
    found = Application.objects.get()
    assert (found.helper_name, found.helper_link) == ("Luc Petit", "voisin")
    assert "relu les réponses ensemble" in found.helper_wording


def test_a_filled_trap_is_told_and_nothing_is_kept(client, url):
    answer = client.post(url, typed(site="http://exemple.test", voice=recording()))
    assert "Laissez vide" in answer.content.decode()
    assert not Application.objects.exists()
    assert not Voice.objects.exists()


def test_too_many_sendings_from_one_place_wait_and_lose_nothing(client, url, monkeypatch):
    monkeypatch.setattr("cohorts.views.joining.SENT", Limit("application", 0, 60))
    answer = client.post(url, typed())
    assert "attendez un peu" in answer.content.decode()
    assert "J’aime cuisiner." in answer.content.decode()
    assert not Application.objects.exists()


def test_the_age_is_the_programmes(client, people):
    summer = make.CohortFactory(
        programme=make.ProgrammeFactory(cjs=True), state="recruiting",
        starts_on=dt.date(2027, 7, 1), ends_on=dt.date(2027, 8, 20),
    )  # fmt: skip
    page = reverse("cohorts:apply", args=[summer.pk])
    answer = client.post(page, typed())
    assert "18 ans au plus" in answer.context["form"].errors["birth_date"][0]
    assert client.post(page, typed(birth_date="2010-01-15")).status_code == 302


# --- the voice


def test_a_voice_suffices_and_is_handed_to_the_selection_alone(client, cohort, url, enter):
    assert client.post(url, typed(motivation="", voice=recording())).status_code == 302
    found = Application.objects.get()
    page = reverse("cohorts:application_voice", args=[cohort.pk, found.pk])
    driss = enter("driss")
    assert driss.get(page).status_code == 302  # first, say that one reads
    driss.post(reverse("cohorts:read_application", args=[cohort.pk, found.pk]))
    answer = driss.get(page)
    assert b"".join(answer.streaming_content) == OGG
    assert answer.headers["Content-Type"] == "audio/ogg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(page).status_code == 302  # the door
    assert enter("dalia").get(page).status_code == 404
    assert enter("elsa").get(page).status_code == 403


def test_a_voice_survives_a_mistake_elsewhere(client, url):
    sent = typed(motivation="")
    answer = client.post(url, sent | {"first_name": "", "voice": recording()})
    assert "message vocal est bien reçu" in answer.content.decode()
    assert client.post(url, sent).status_code == 302
    assert Application.objects.get().voice.size == len(OGG)


def test_a_new_voice_replaces_the_one_before_and_its_file(cohort):
    key = uuid.uuid4()
    first = keep_voice(cohort=cohort, key=key, content=OGG)
    second = keep_voice(cohort=cohort, key=key, content=OGG + b"x")
    assert Voice.objects.get().pk == first.pk == second.pk
    assert not default_storage.exists(str(first.file))
    assert default_storage.exists(str(second.file))


def test_a_sent_voice_is_never_replaced(cohort):
    key = uuid.uuid4()
    kept = keep_voice(cohort=cohort, key=key, content=OGG)
    apply(cohort=cohort, key=key, said=said(motivation=""), at=NOW)
    assert keep_voice(cohort=cohort, key=key, content=OGG + b"x").size == kept.size


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>1</script>",
        b"%PDF-1.7 ....",
        b"\x89PNG\r\n\x1a\n....",
        b"",
        b"MZ" + b"\0" * 20,
    ],
)
def test_what_is_no_recording_is_refused_whatever_its_name(client, url, content):
    answer = client.post(url, typed(voice=recording(content)))
    assert "voice" in answer.context["form"].errors
    assert not Voice.objects.exists()
    assert not Application.objects.exists()


def test_a_recording_too_long_is_refused(cohort):
    with pytest.raises(Refused, match="dix minutes"):
        keep_voice(cohort=cohort, key=uuid.uuid4(), content=OGG + b"\0" * VOICE_BYTES)
    assert not Voice.objects.exists()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"OggS\0\2\0\0\0\0\0\0", "audio/ogg"),
        (b"\x1a\x45\xdf\xa3\0\0\0\0\0\0\0\0", "audio/webm"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftyp3gp4", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"RIFF\0\0\0\0AVI ", None),
        (b"ID3\3\0\0\0\0\0\0\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\0", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"#!AMR\n", "audio/amr"),
        (b"\xff\xd8\xff\xe0", None),  # a photograph
        (b"\xff\xfe<\0h\0", None),  # UTF-16 text
        (b"", None),
    ],
)
def test_first_bytes_say_what_a_recording_is(head, kind):
    assert voice_format(head) == kind


def test_somebody_elses_key_opens_no_voice(cohort, people):
    other = recruiting_cohort_b(people)
    key = uuid.uuid4()
    keep_voice(cohort=cohort, key=key, content=OGG)
    with pytest.raises(Refused, match="déjà servi"):
        keep_voice(cohort=other, key=key, content=OGG)
    with pytest.raises(Refused):
        apply(cohort=other, key=key, said=said(motivation=""), at=NOW)


def recruiting_cohort_b(people):
    return make.CohortFactory(
        territory=people.b.territory, host=people.b.host, state="recruiting",
        starts_on=dt.date(2027, 1, 4), ends_on=dt.date(2027, 4, 23),
    )  # fmt: skip


def test_the_form_is_short_for_a_cheap_phone(client, url):
    page = client.get(url)
    assert page.status_code == 200
    assert len(page.content) < 40_000
    assert "no-store" in page.headers["Cache-Control"]  # two people never share the key of a form


def test_two_people_may_apply(cohort):
    somebody(cohort)
    somebody(cohort, first_name="Lina")
    assert Application.objects.count() == 2
