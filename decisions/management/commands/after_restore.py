from typing import Any

from django.core.management.base import BaseCommand

from ct_platform.kit import clock
from decisions.services.restored import void_interrupted


class Command(BaseCommand):
    help = (
        "À lancer une fois la base rendue d’une sauvegarde, avant de rouvrir le site : une sauvegarde "
        "n’a ni urne ni clé, donc les votes secrets en cours sont nuls et chacun lit pourquoi."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        voided, gone = void_interrupted(at=clock.now())
        self.stdout.write(f"Votes secrets en cours, annulés : {voided} (à refaire).")
        self.stdout.write(f"Votes secrets comptés dont l’urne n’est plus là : {gone}.")
        self.stdout.write("Vérifiez maintenant : check_consistency.")
