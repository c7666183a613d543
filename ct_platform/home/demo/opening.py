"""A token of the chamber of commerce, and a year opened to everybody when the demo has one to open."""

import datetime as dt

from ct_platform.home.demo.scene import Scene
from reports.selectors.open_data import candidates, tables_of_edition
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


def open_first_year(scene: Scene) -> None:
    """The oldest year partners read; the latest is left for Nora to read again and publish."""
    nora = scene.voice("nora")
    for one in candidates(nora)[-1:]:
        seen = tables_of_edition(one.edition).fingerprint
        open_year(edition=one.edition, seen=seen, reason="", actor=nora, at=scene.at)
