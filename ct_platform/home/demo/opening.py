"""A token of the chamber of commerce, and a year opened to everybody when the demo has one to open."""

import datetime as dt

from ct_platform.home.demo.scene import Scene
from ct_platform.kit.errors import Refused
from reports.selectors.open_data import OPEN_SET, tables_of_edition
from reports.services.merging import freeze_edition, publish_edition
from reports.services.open_data import open_year
from reports.services.tokens import make_token


def give_a_token(scene: Scene) -> None:
    """Its secret is thrown away, as anywhere else: to try the API, one makes another."""
    make_token(
        name="Tableau de bord de la chambre",
        purpose="Nos chiffres du territoire, chaque lundi",
        expires_on=scene.today + dt.timedelta(days=300),
        actor=scene.voice("elsa"),
        at=scene.at,
    )


def open_last_year(scene: Scene) -> None:
    """Last year, if three of its cohorts sent their last report; else there is nothing to open yet."""
    nora, year = scene.voice("nora"), scene.today.year - 1
    try:
        edition = freeze_edition(set_code=OPEN_SET, year=year, actor=nora, at=scene.at)
    except Refused:
        return
    publish_edition(edition=edition, actor=nora, at=scene.at)
    seen = tables_of_edition(edition).fingerprint
    open_year(edition=edition, seen=seen, reason="", actor=nora, at=scene.at)
