"""A host writes versions of a contribution profile, and confirms one on a written answer."""

import datetime as dt
import hashlib
import uuid
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ct_platform.kit.errors import Refused
from ct_platform.kit.scans import MOST_BYTES
from payroll.engine.types import CAPE
from payroll.models import ContributionProfile
from payroll.rules.profiles import profile_of
from payroll.selectors.host import engine_profile, lines_of
from payroll.services.profiles import confirm_profile, write_profile
from tests import factories as make
from tests.factories import NOW
from tests.payroll.scene import set_scene

PAGE = "/coop-hote/reglages/"
PDF = b"%PDF-1.7\n% une r\xc3\xa9ponse"
REFERENCE = "URSSAF, message du 12 octobre 2026"


@pytest.fixture
def profile(people):
    return set_scene(people, confirmed=False).profile


def door(name, profile):
    return reverse(f"payroll:{name}", args=[profile.pk])


def answer(content=PDF, name="reponse.pdf", **changes):
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return {"evidence": REFERENCE, "answer": file, "sure": "on"} | changes


# --- confirming
def test_a_profile_is_confirmed_with_a_name_and_a_written_answer(people, enter, profile):
    helene = enter("helene")
    assert helene.post(door("confirm_profile", profile), answer()).status_code == 302
    profile.refresh_from_db()
    assert (profile.confirmed_by, profile.confirmed_at) == (people.helene, NOW)
    assert profile.evidence_sha256 == hashlib.sha256(PDF).hexdigest()
    assert profile.evidence_file.name.startswith("evidence/profil-")
    assert "Confirmé par Hélène Hôte" in helene.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"evidence": ""}, "Sans réponse écrite"),
        ({"evidence": "oui"}, "de qui, de quel jour"),
        ({"sure": ""}, "Cochez la case"),
        ({"answer": ""}, "Joignez la réponse écrite"),
        ({"answer": SimpleUploadedFile("vide.pdf", b"")}, "Ce fichier est vide"),
        ({"answer": SimpleUploadedFile("reponse.pdf", b"<html>")}, "ni un PDF"),
        ({"answer": SimpleUploadedFile("a.pdf", b"MZ" + b"0" * 50)}, "ni un PDF"),
        ({"answer": SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * MOST_BYTES)}, "dépasse 5 Mo"),
    ],
)
def test_it_is_not_confirmed_without_all_of_it(enter, profile, changes, sentence):
    page = enter("helene").post(door("confirm_profile", profile), answer() | changes)
    assert sentence in page.content.decode()
    profile.refresh_from_db()
    assert not profile.is_confirmed and not profile.evidence_file


def test_confirming_twice_keeps_the_first_name_and_answer(people, profile):
    asked = {"profile": profile, "actor": people.actor("helene"), "at": NOW}
    confirm_profile(evidence=REFERENCE, answer=PDF, **asked)
    again = confirm_profile(evidence="Autre courrier", answer=PDF + b"2", **asked)
    assert again.evidence == REFERENCE
    assert again.evidence_sha256 == hashlib.sha256(PDF).hexdigest()


def test_confirming_asks_for_the_second_factor_again(people, enter, profile, settings):
    helene = enter("helene")
    settings.SECOND_FACTOR_REQUIRED = True
    factor = Authenticator.objects.create(user=people.user("helene"), type="totp", data={})
    session = helene.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "id": factor.pk, "at": 0}
    ]
    session.save()
    sent = helene.post(door("confirm_profile", profile), answer())
    assert sent.status_code == 302 and "second-code" in sent.url
    profile.refresh_from_db()
    assert not profile.is_confirmed


@pytest.mark.parametrize(
    ("name", "status"),
    [("driss", 403), ("dalia", 404), ("hugo", 404), ("amina", 404), ("elsa", 404), ("nora", 404)],
)
def test_profiles_and_answers_belong_to_one_host(people, enter, profile, name, status):
    confirm_profile(
        profile=profile, evidence=REFERENCE, answer=PDF, actor=people.actor("helene"), at=NOW
    )
    client = enter(name)
    assert client.get(door("profile_answer", profile)).status_code == status
    for one in ("confirm_profile", "write_profile"):
        assert client.post(door(one, profile), answer()).status_code == status, one
    assert ContributionProfile.objects.count() == 1


def test_the_host_downloads_the_answer_as_it_was_received(people, enter, profile):
    confirm_profile(
        profile=profile, evidence=REFERENCE, answer=PDF, actor=people.actor("helene"), at=NOW
    )
    sent = enter("helene").get(door("profile_answer", profile))
    assert sent.content == PDF
    assert sent.headers["Content-Type"] == "application/pdf"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in sent.headers["Cache-Control"]


def test_an_altered_answer_is_not_handed_out(people, enter, profile):
    confirmed = confirm_profile(
        profile=profile, evidence=REFERENCE, answer=PDF, actor=people.actor("helene"), at=NOW
    )
    with open(confirmed.evidence_file.path, "ab") as stored:
        stored.write(b"!")
    sent = enter("helene").get(door("profile_answer", profile), headers={"referer": PAGE})
    assert PDF not in sent.content
    assert sent.status_code in (302, 409)


# --- a new version
def version(**changes):
    asked = {
        "in_force_from": "2026-12-01", "rgdu": "", "tdelta_override": "",
        "legal_reference": "Rescrit du 3 novembre 2026", "submission_key": str(uuid.uuid4()),
    }  # fmt: skip
    return asked | changes


def due_of(profile, *but):
    return [
        line.code
        for line in lines_of(profile)
        if line.is_due and line.code != "rgdu" and line.code not in but
    ]


def test_a_change_is_a_new_unconfirmed_version_and_the_earlier_one_stays(people, enter):
    before = set_scene(people).profile
    due = [*due_of(before, "er_ags", "er_training"), "ee_agirc_arrco_t1"]
    sent = enter("helene").post(
        door("write_profile", before), version(due=due, rgdu="on", tdelta_override="0,3212")
    )
    assert sent.status_code == 302
    written = ContributionProfile.objects.get(version=2)
    assert written.disabled_lines == ["er_ags", "er_training"]
    assert written.enabled_lines == ["ee_agirc_arrco_t1"]
    assert (written.rgdu, written.tdelta_override) == (True, Decimal("0.3212"))
    assert (written.written_by, written.is_confirmed) == (people.helene, False)
    before.refresh_from_db()
    assert before.is_confirmed and before.disabled_lines == []
    shown = {line.code: line.is_due for line in lines_of(written)}
    assert shown["rgdu"] and shown["ee_agirc_arrco_t1"] and not shown["er_ags"]


def test_an_untouched_form_gives_the_same_profile(people, enter):
    before = set_scene(people).profile
    enter("helene").post(door("write_profile", before), version(due=due_of(before)))
    assert engine_profile(ContributionProfile.objects.get(version=2)) == CAPE


def test_lines_the_page_does_not_show_stay_as_they_were(people):
    """Under 50 staff the PEEC is not shown: a version does not bring it back."""
    scene = set_scene(people)
    before = make.ContributionProfileFactory(
        host=scene.world.host, code="employee", disabled_lines=["er_peec", "er_ags"]
    )
    written = write_profile(
        before=before, in_force_from=dt.date(2026, 12, 1), shown=["er_ags", "er_csa"],
        due=["er_ags"], rgdu=None, tdelta_override=None, legal_reference="Rescrit 2",
        actor=scene.helene,
    )  # fmt: skip
    assert written.disabled_lines == ["er_csa", "er_peec"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"legal_reference": ""}, "sur quel texte"),
        ({"legal_reference": "oui"}, "sur quel texte"),
        ({"tdelta_override": "1,2"}, "va de 0 à 1"),
        ({"due": ["er_nothing"]}, "Sélectionnez un choix valide"),
        ({"in_force_from": "bientôt"}, "Écrivez une date"),
    ],
)
def test_a_wrong_version_is_refused_beside_the_field(people, enter, changes, sentence):
    before = set_scene(people).profile
    page = enter("helene").post(
        door("write_profile", before), version(due=due_of(before)) | changes
    )
    assert sentence in page.content.decode()
    assert ContributionProfile.objects.count() == 1


def test_a_version_never_reaches_back_into_a_photographed_run(people, enter):
    scene = set_scene(people)
    scene.frozen()
    page = enter("helene").post(
        door("write_profile", scene.profile),
        version(due=due_of(scene.profile), in_force_from="2026-11-02"),
    )
    assert "déjà photographiée" in page.content.decode()
    assert ContributionProfile.objects.count() == 1


def test_one_form_sent_twice_writes_one_version(people, enter):
    before = set_scene(people).profile
    helene, form = enter("helene"), version(due=due_of(before))
    for _ in "12":
        helene.post(door("write_profile", before), form)
    assert ContributionProfile.objects.count() == 2


def test_the_service_refuses_lines_nobody_was_shown(people):
    scene = set_scene(people)
    with pytest.raises(Refused, match="parmi les lignes"):
        write_profile(
            before=scene.profile, in_force_from=dt.date(2026, 12, 1), shown=["er_csa"],
            due=["er_ags"], rgdu=None, tdelta_override=None, legal_reference="Rescrit 2",
            actor=scene.helene,
        )  # fmt: skip


def test_a_line_both_on_and_off_is_off():
    both = profile_of("cape", disabled=["er_cet"], enabled=["er_cet", "ee_cet"])
    assert "er_cet" in both.disabled_lines and "ee_cet" not in both.disabled_lines
