"""Photos and voices: drawn or written again, refused in a sentence, and nothing typed is lost."""

import io
import struct
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from testimonials.models import Testimonial
from testimonials.services.withdrawals import withdraw_words
from tests.testimonials.conftest import TEXT


def form(**changes):
    return {
        "submission_key": str(uuid.uuid4()), "text": TEXT, "signed_as": "Amina", "trade": "fleuriste",
        "consent_until": "2027-12-31", "uses": ["site"],
    } | changes  # fmt: skip


def photo_with_gps(size=(3000, 2000)) -> bytes:
    picture = Image.new("RGB", size, "green")
    exif = picture.getexif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "PHONE-MAKER"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(enter, **changes):
    return enter("amina").post(reverse("testimonials:mine"), form(**changes))


def test_a_photo_loses_place_and_device_stands_upright_and_is_small(enter):
    content = photo_with_gps()
    assert b"PHONE-MAKER" in content
    send(enter, photo=SimpleUploadedFile("IMG.jpg", content), photo_uses=["site"])
    told = Testimonial.objects.get()
    kept = told.photo.read()
    picture = Image.open(io.BytesIO(kept))
    assert b"PHONE-MAKER" not in kept and not picture.getexif()
    assert picture.size == (533, 800) and len(kept) < 100_000
    assert "IMG" not in told.photo.name


def test_a_photo_of_40_megabytes_is_refused_and_the_words_stay(enter):
    heavy = SimpleUploadedFile("x.jpg", b"\xff\xd8\xff" + bytes(40 * 1024 * 1024))
    answer = send(enter, photo=heavy, photo_uses=["site"])
    assert answer.status_code == 422 and Testimonial.objects.count() == 0
    page = answer.content.decode()
    assert "15 Mo" in page and TEXT in page and 'value="2027-12-31"' in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
        (b"%PDF-1.7", "PDF"),
        (b"<svg/>", "photo"),
        (b"", "vide"),
    ],
)
def test_what_is_no_photo_is_refused_in_a_sentence(enter, content, said):
    answer = send(enter, photo=SimpleUploadedFile("x.jpg", content))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert TEXT in answer.content.decode()


def wave(extra: bytes = b"") -> bytes:
    sound = b"fmt " + struct.pack("<I", 16) + bytes(16) + b"data" + struct.pack("<I", 4) + b"abcd"
    return b"RIFF" + struct.pack("<I", 4 + len(sound) + len(extra)) + b"WAVE" + extra + sound


def test_a_voice_is_kept_apart_and_read_by_two(enter, people):
    told_where = b"LIST" + struct.pack("<I", 12) + b"INFOVALBRUNE"
    voice = SimpleUploadedFile("memo.wav", wave(told_where))
    assert send(enter, text="", recording=voice).status_code == 302
    told = Testimonial.objects.get()
    assert told.state == "told" and b"VALBRUNE" not in told.recording.read()
    address = reverse("testimonials:recording", args=[told.pk])
    opens = {
        name: enter(name).get(address).status_code
        for name in ("amina", "driss", "dalia", "bastien")
    }
    assert opens == {"amina": 200, "driss": 200, "dalia": 404, "bastien": 404}


def test_neither_words_nor_voice_is_nothing(enter):
    answer = send(enter, text="")
    assert answer.status_code == 422 and "ou enregistre ta voix" in answer.content.decode()


def test_what_is_no_voice_is_refused_in_a_sentence(enter):
    answer = send(enter, recording=SimpleUploadedFile("x.mp3", b"MZ not a sound"))
    assert answer.status_code == 422 and "dictaphone" in answer.content.decode()


def test_a_double_tap_with_files_leaves_one(enter):
    page, values = enter("amina"), form()
    for _tap in range(2):
        photo = SimpleUploadedFile("x.jpg", photo_with_gps((60, 40)))
        page.post(reverse("testimonials:mine"), values | {"photo": photo})
    assert Testimonial.objects.count() == 1


def test_taken_back_the_files_leave_the_disk(people, leave, at, django_capture_on_commit_callbacks):
    told = leave(photo=b"x", recording=(wave(), "wav"))
    told.refresh_from_db()
    storage, names = told.photo.storage, (told.photo.name, told.recording.name)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_words(testimonial=told, actor=people.actor("amina"), at=at)
    assert [storage.exists(name) for name in names] == [False, False]
