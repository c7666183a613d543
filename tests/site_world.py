"""Something on the public site: a draft, a partner with its logo, a demand. And one of each for the access table."""

import datetime as dt
import io
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cohorts.models import Organisation
from ct_platform.home.models import ShownPartner
from ct_platform.home.services import enquiries, partners, site_texts
from tests.factories import NOW, TODAY
from tests.personas import People


def picture(side: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "#4b1f52").save(out, "PNG")
    return out.getvalue()


def asked(**said: Any) -> enquiries.Asked:
    words = {
        "who": "authority", "name": "Maud Verdier", "organisation": "Mairie de Valbrune",
        "place": "Les Tilleuls, Valbrune", "email": "maud@exemple.test", "phone": "",
        "message": "Nous aimerions en monter une.", "agreed_to": "J’accepte.",
    }  # fmt: skip
    return enquiries.Asked(**(words | said))


def show_partner(
    people: People, organisation: Organisation, *, since: dt.date = TODAY, **said: Any
) -> ShownPartner:
    shown = partners.Shown(
        organisation=organisation,
        sentence=said.get("sentence", "Prête la cuisine du centre social."),
        website=said.get("website", "https://exemple.test"),
        agreed_how="courriel de la direction",
        agreed_on=since,
        ended_on=said.get("ended_on"),
    )
    logo = partners.redraw_logo(SimpleUploadedFile("logo.png", picture()))
    return partners.note_partner(partner=None, shown=shown, logo=logo, actor=people.actor("nora"))


def draft(
    people: People, code: str = "idea_lead", body: str = "Une phrase neuve.", *, seen: int = 0
):  # type: ignore[no-untyped-def]
    return site_texts.write_version(
        code=code, body=body, seen=seen, actor=people.actor("nora"), at=NOW
    )


def furnish_site(people: People, canary: str) -> dict[str, Any]:
    version = draft(people, body=f"Un brouillon, {canary}.")
    partner = show_partner(people, people.a.partner)
    enquiry = enquiries.ask(key=uuid.uuid4(), asked=asked(message=canary), at=NOW)
    return {
        "territory_id": people.a.territory.pk,
        "trade_code": "maraichage",
        "text_code": version.code,
        "number": version.number,
        "partner_id": partner.pk,
        "enquiry_id": enquiry.pk,
    }
