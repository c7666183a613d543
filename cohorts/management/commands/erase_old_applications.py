"""What beat does each night, by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from cohorts.services.erasing import erase_what_is_old
from ct_platform.kit import clock


class Command(BaseCommand):
    help = (
        "Efface les candidatures deux ans après le dernier contact, les inscriptions aux réunions "
        "après trois mois, et les messages vocaux de formulaires jamais envoyés ; les invités d’un "
        "événement après trois mois, les contacts sans accord trois mois après l’archivage, les "
        "autres trois ans après leur accord ; les clients particuliers, trois ans après le dernier "
        "contact sans achat, sinon dix ans après l’année de leur dernière facture."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        erased = erase_what_is_old(at=clock.now())
        told = (
            ("candidatures", erased.applications),
            ("inscriptions aux réunions", erased.guests),
            ("messages vocaux", erased.voices),
            ("invités", erased.event_guests),
            ("contacts", erased.contacts),
            ("demandes de retrouver l’accès", erased.recoveries),
            *erased.others,
        )
        self.stdout.write("Effacés :")
        for words, count in told:
            self.stdout.write(f"  {words} : {count}")
