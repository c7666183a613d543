from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ct_platform.kit.invariants import all_invariants


class Command(BaseCommand):
    help = "Vérifie toutes les règles de la maison sur toute la base ; une phrase par manquement."

    def handle(self, *args: Any, **options: Any) -> None:
        breaches = 0
        for invariant in all_invariants():
            found = list(invariant.check())
            breaches += len(found)
            mark = "vrai" if not found else f"FAUX ({len(found)})"
            self.stdout.write(f"{mark:10} {invariant.sentence}")
            for sentence in found:
                self.stdout.write(f"           - {sentence}")
        if breaches:
            raise CommandError(f"Manquements : {breaches}.")
        self.stdout.write("Tout est cohérent.")
