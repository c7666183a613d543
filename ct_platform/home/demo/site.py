"""The public face of the demo: territories on the map, what the network wrote, partners, meetings, a demand."""

import datetime as dt
import io
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from cohorts.enums import CohortState, OrganisationKind, TerritoryKind
from cohorts.models import Cohort, InformationMeeting, Organisation, Programme, Territory
from cohorts.services.meetings import call_meeting
from ct_platform.home.demo.scene import DAY, Scene, hour
from ct_platform.home.models import EnquiryMail
from ct_platform.home.services import enquiries, partners, site_texts
from ct_platform.kit.clock import monday_of
from projects.models import Project

# Invented places, each somewhere on the true map.
_WHERE = {"Le Plateau": ("45.7800", "3.0800"), "Vallée de la Brune": ("45.1000", "3.3500")}
_TITLES = Path(settings.STATICFILES_DIRS[0]) / "fonts" / "bricolage-700.ttf"
_SELLS = {
    "Les Racines du Plateau": "Paniers de légumes le jeudi, bouquets de saison, repas de quartier.",
    "Les Mains du Val": "Plats à emporter, coups de main et entretien.",
}
# (territory, kind, city, département, latitude, longitude, cohort, pitch, state, trades, weeks from now)
_OTHERS = (
    ("Les Deux Rives", TerritoryKind.QPV, "Port-Clair", "99", "47.2000", "-1.5000", "L’Étal des Rives",
     "Des fleurs sur le quai, et des vélos remis en route.", CohortState.RECRUITING, ("fleuriste", "autre"), 8),
    ("Haut-Causse", TerritoryKind.RURAL, "Saint-Aubin-du-Causse", "99", "44.3000", "2.6000", "La Table du Causse",
     "Une cantine de village, midi et soir.", CohortState.RUNNING, ("cuisine",), -5),
    ("La Belle Étoile", TerritoryKind.QPV, "Montreval", "99", "50.2000", "3.1000", "Fil à Fil",
     "Couture, retouches et réparation.", CohortState.CLOSING, ("autre", "services"), -18),
)  # fmt: skip


def open_the_site(scene: Scene) -> None:
    _stand_on_the_map()
    _elsewhere(scene)
    _meetings(scene)
    _partners(scene)
    _write(scene)
    _ask(scene)


def _stand_on_the_map() -> None:
    for name, (latitude, longitude) in _WHERE.items():
        Territory.objects.filter(name=name).update(latitude=latitude, longitude=longitude)
    for name, sells in _SELLS.items():
        Cohort.objects.filter(name=name).update(sells=sells)


def _elsewhere(scene: Scene) -> None:
    usual = Programme.objects.get(organisation=None, code="ct")
    for place, kind, city, department, y, x, name, pitch, state, trades, weeks in _OTHERS:
        territory = Territory.objects.create(
            name=place, kind=kind, city=city, department=department, latitude=y, longitude=x
        )
        starts = monday_of(scene.today) + dt.timedelta(weeks=weeks)
        cohort = Cohort.objects.create(
            territory=territory, programme=usual, host=scene.cohort.host, name=name, pitch=pitch,
            state=state, starts_on=starts, ends_on=starts + dt.timedelta(days=115),
        )  # fmt: skip
        for trade in trades:
            own = "Couture" if name == "Fil à Fil" else "Vélos"
            Project.objects.create(
                cohort=cohort, name=f"{name}, {trade}", trade=trade, trade_label=own if trade == "autre" else "",
            )  # fmt: skip


def _meetings(scene: Scene) -> None:
    rives = Cohort.objects.get(name="L’Étal des Rives")
    for days, at, place in (
        (9, 18, "Maison du quai, 2 quai des Mariniers"),
        (16, 10, "Marché couvert, au fond"),
    ):
        call_meeting(
            cohort=rives,
            starts_at=hour(scene.today + days * DAY, at),
            place=place,
            seats=25,
            at=scene.at,
        )
    # Whatever the day of the demo, the valley has one to come too.
    val = Cohort.objects.get(name="Les Mains du Val")
    if not InformationMeeting.objects.filter(cohort=val, starts_at__gt=scene.at).exists():
        call_meeting(
            cohort=val,
            starts_at=hour(scene.today + 6 * DAY, 18, 30),
            place="Salle des fêtes",
            seats=20,
            at=scene.at,
        )


def _logo(colour: str, letter: str) -> SimpleUploadedFile:
    """An invented mark: a disc and its letter."""
    drawn = Image.new("RGB", (240, 240), "white")
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((20, 20, 220, 220), fill=colour)
    font = ImageFont.truetype(_TITLES, 130)
    pen.text((120, 120), letter, fill="white", font=font, anchor="mm")
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue())


def _partners(scene: Scene) -> None:
    town, _made = Organisation.objects.get_or_create(
        name="Ville de Valbrune",
        defaults={"kind": OrganisationKind.FUNDER, "city": "Valbrune"},
    )
    named = Organisation.objects.get
    shown = (
        (
            named(name="Le Ferment"),
            "Porte les contrats, les factures et la paie des groupes.",
            "#335a11",
        ),
        (
            named(name="Chambre de commerce de Valbrune"),
            "Ouvre son marché de Noël et son réseau d’entreprises.",
            "#1b4c7a",
        ),
        (
            named(name="Pôle ESS de la Brune"),
            "Réunit le comité local et suit les résultats.",
            "#9c1a53",
        ),
        (town, "Prête le terrain des Tilleuls et la cuisine du centre social.", "#8f3b07"),
    )
    for organisation, sentence, colour in shown:
        partners.note_partner(
            partner=None,
            shown=partners.Shown(
                organisation=organisation, sentence=sentence, website="",
                agreed_how="Accord inventé pour la démonstration", agreed_on=scene.today - 30 * DAY, ended_on=None,
            ),
            logo=partners.redraw_logo(_logo(colour, organisation.name[0])),
            actor=scene.voice("nora"),
        )  # fmt: skip


def _write(scene: Scene) -> None:
    """One text published, and a draft of another that waits to be looked at."""
    nora = scene.voice("nora")
    legal = site_texts.write_version(
        code="legal_publisher",
        body=(
            "**Éditeur.** Réseau des coopératives de territoire de la Brune, association inventée pour cette "
            "démonstration, 12 rue des Halles, 99100 Valbrune. Publication : Nora Diallo.\n\n"
            "**Hébergeur.** La machine sur laquelle vous avez lancé la démonstration."
        ),
        seen=0,
        actor=nora,
        at=scene.at - 20 * DAY,
    )
    site_texts.publish(code=legal.code, number=1, seen=0, actor=nora, at=scene.at - 20 * DAY)
    site_texts.write_version(
        code="home_takes",
        body=(
            "Une paie, expliquée ligne par ligne. Une attestation qui prouve les heures et le travail, et "
            "qu’un employeur peut vérifier. **Et l’expérience d’avoir décidé.**"
        ),
        seen=0,
        actor=nora,
        at=scene.at - DAY,
    )


def _ask(scene: Scene) -> None:
    enquiry = enquiries.ask(
        key=uuid.uuid4(),
        asked=enquiries.Asked(
            who="association", name="Maud Verdier", organisation="Régie des Tilleuls", place="Les Tilleuls, Valbrune",
            email="maud.verdier@exemple.test", phone="",
            message="Nous avons un terrain et une quinzaine d’habitants prêts à essayer. Par où commencer ?",
            agreed_to="J’accepte que ces réponses soient gardées pour me répondre, puis effacées.",
        ),
        at=scene.at - 2 * DAY,
    )  # fmt: skip
    for mail in EnquiryMail.objects.filter(enquiry=enquiry):
        enquiries.tell(mail_id=mail.pk, at=scene.at)
