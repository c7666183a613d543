from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payroll.services.resealing import reseal_all


class Command(BaseCommand):
    help = (
        "Après l’ajout d’une clé en tête de FIELD_KEYS : referme sous cette clé les IBAN gardés. Peut être "
        "arrêtée et relancée. Gardez les anciennes clés : d’autres réponses scellées s’ouvrent avec elles."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="Compter, sans rien écrire.")

    def handle(self, *args: Any, **options: Any) -> None:
        lost = 0
        for table in reseal_all(write=not options["check"]):
            verb = "à refermer" if options["check"] else "refermés"
            self.stdout.write(f"{table.label} : {table.done} {verb}, {table.already} à jour.")
            for key in table.unreadable:
                self.stdout.write(f"  - la ligne {key} ne s’ouvre avec aucune clé.")
            lost += len(table.unreadable)
        if lost:
            raise CommandError(f"Lignes illisibles : {lost}. Remettez la clé qui les a fermées.")
