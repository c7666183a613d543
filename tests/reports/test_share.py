"""A link for who has no account: printed with its partner's name, for a time, and closed when asked."""

import datetime as dt
import io
import re

import pytest
from pypdf import PdfReader

from ct_platform.kit.errors import Refused
from reports.models import Report, ShareLink
from reports.services import sharing
from tests.factories import NOW, TODAY
from tests.reports.scene import sent_report, set_scene

DAY = dt.timedelta(days=1)


@pytest.fixture
def sent(people) -> Report:
    set_scene(people)
    return sent_report(people)


def make(people, sent: Report, *, name: str = "elsa", days: int = 30, **changes):
    asked = {
        "report": sent, "organisation_id": people.a.partner.pk, "label": "Service emploi",
        "expires_on": TODAY + days * DAY, "actor": people.actor(name), "at": NOW,
    }  # fmt: skip
    return sharing.make_link(**asked | changes)


def test_the_cover_counts_nothing_and_the_button_counts_one(client, people, sent):
    link, secret = make(people, sent)
    for _ in range(3):
        cover = client.get(f"/partage/{secret}/")
        assert cover.status_code == 200
        assert "4\u00a0385,45" not in cover.content.decode()
    link.refresh_from_db()
    assert link.opened == 0
    page = client.post(f"/partage/{secret}/", follow=True)
    assert page.status_code == 200
    link.refresh_from_db()
    assert (link.opened, link.opened_at) == (1, NOW)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert page.headers["Cache-Control"] == "no-store, private"
    text = page.content.decode()
    assert "4\u00a0385,45" in text
    assert "Copie remise à Chambre de Valbrune (Service emploi), le 25 novembre 2026" in text


def test_the_paper_of_a_link_bears_its_partner_on_every_page(client, people, sent):
    _link, secret = make(people, sent)
    address = client.post(f"/partage/{secret}/").headers["Location"]
    paper = client.get(f"{address}pdf/")
    assert paper.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(paper.content)).pages
    assert len(pages) >= 3
    for page in pages:
        assert "Chambre de Valbrune" in re.sub(r"\s+", " ", page.extract_text())


def test_the_secret_is_nowhere_in_the_database_and_is_shown_once(enter, people, sent):
    elsa = enter("elsa")
    shown = elsa.get(f"/rapports/{sent.snapshot_id}/")
    typed = {
        "submission_key": str(shown.context["share"]["submission_key"].value()),
        "label": "Service emploi", "organisation": people.a.partner.pk, "expires_on": "2026-12-20",
    }  # fmt: skip
    first = elsa.post(f"/rapports/{sent.snapshot_id}/partager/", typed)
    elsa.post(f"/rapports/{sent.snapshot_id}/partager/", typed)
    assert ShareLink.objects.count() == 1
    page = elsa.get(first.headers["Location"]).content.decode()
    found = re.search(r"/partage/([\w-]+)/", page)
    assert found is not None
    assert found[1] not in str(ShareLink.objects.values().get())
    assert found[1] not in elsa.get(f"/rapports/{sent.snapshot_id}/").content.decode()


def test_a_closed_or_expired_link_and_its_pass_open_nothing_more(client, people, sent):
    link, secret = make(people, sent, days=1)
    address = client.post(f"/partage/{secret}/").headers["Location"]
    with pytest.raises(sharing.LinkClosed, match="son jour est passé"):
        sharing.find_link(secret=secret, at=NOW + 2 * DAY)
    sharing.close_link(link=link, actor=people.actor("elsa"), at=NOW)
    assert client.get(f"/partage/{secret}/").status_code == 410
    assert client.post(f"/partage/{secret}/").status_code == 410
    assert client.get(address).status_code == 410
    assert client.get(f"{address}pdf/").status_code == 410
    link.refresh_from_db()
    assert link.opened == 1


def test_a_link_needs_an_organisation_that_received_the_report_and_a_near_end(people, sent):
    for changes in (
        {"organisation_id": people.b.partner.pk}, {"label": " "},
        {"expires_on": TODAY}, {"expires_on": TODAY + 91 * DAY},
    ):  # fmt: skip
        with pytest.raises(Refused):
            make(people, sent, **changes)
    assert not ShareLink.objects.exists()


def test_another_organisation_neither_sees_nor_closes_a_link(enter, people, sent):
    link, _secret = make(people, sent)
    assert (
        "Service emploi"
        not in enter("helene").get(f"/rapports/{sent.snapshot_id}/").content.decode()
    )
    for name in ("helene", "farid", "dalia"):
        assert enter(name).post(f"/rapports/liens/{link.pk}/fermer/").status_code == 404
    link.refresh_from_db()
    assert link.closed_at is None
