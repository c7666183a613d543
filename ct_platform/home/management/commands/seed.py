import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ct_platform.home.seed import seed


class Command(BaseCommand):
    help = "Ajoute des cohortes synthétiques (personnes, heures, ventes), pour mesurer à grande échelle."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--cohorts", type=int, default=5)
        parser.add_argument("--per-territory", type=int, default=5, help="cohortes par territoire")
        parser.add_argument("--seed", type=int, default=1, help="même graine, mêmes données")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["cohorts"] <= 2000:
            raise CommandError("--cohorts : un nombre de 1 à 2000.")
        if options["per_territory"] < 1:
            raise CommandError("--per-territory : au moins 1.")
        began = time.perf_counter()
        made = seed(
            cohorts=options["cohorts"],
            seed_number=options["seed"],
            per_territory=options["per_territory"],
        )
        self.stdout.write(
            f"{made['cohorts']} cohortes, {made['people']} personnes, {made['hours']} journées, "
            f"{made['movements']} ventes et dépenses, en {time.perf_counter() - began:.1f} s."
        )
